//! `data/months.tsv`: month names as datelines print them.

use super::tsv;
use crate::text::{Classes, Lexicon, WordId};

const FILE: &str = include_str!("../../data/months.tsv");

/// Month names with their numbers.
pub(crate) struct Months {
    // Sorted by word.
    words: Vec<(WordId, u8)>,
}

impl Months {
    /// The month that `word` names, 1 to 12.
    pub(crate) fn number(&self, word: WordId) -> Option<u8> {
        let at = self.words.binary_search_by_key(&word, |(w, _)| *w).ok()?;
        self.words.get(at).map(|(_, month)| *month)
    }

    /// The month meant by a misspelt English name: one letter wrong, missing or too many (Narch,
    /// Marchg, Febuary). Abbreviations are too short to be guessed.
    pub(crate) fn misspelt(&self, word: &str) -> Option<u8> {
        if !(4..=10).contains(&word.len()) || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        english()
            .find(|(_, name)| name.len() >= 5 && one_slip(word.as_bytes(), name.as_bytes()))
            .map(|(month, _)| month)
    }
}

/// English names in full, with their numbers.
fn english() -> impl Iterator<Item = (u8, &'static str)> {
    tsv::rows::<3>(FILE)
        .filter(|(_, [_, language, _])| *language == "en")
        .filter_map(|(_, [month, _, names])| Some((month.parse().ok()?, tsv::list(names).next()?)))
}

/// Whether the two differ by one letter, written wrong, left out or added.
fn one_slip(a: &[u8], b: &[u8]) -> bool {
    let same = |(x, y): &(&u8, &u8)| x.eq_ignore_ascii_case(y);
    let front = a.iter().zip(b).take_while(same).count();
    let back = a.iter().rev().zip(b.iter().rev()).take_while(same).count();
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    longer - shorter <= 1 && (front + back).min(shorter) + 1 >= longer
}

/// Reads the table.
pub(super) fn read(lexicon: &mut Lexicon) -> Months {
    let mut words: Vec<(WordId, u8)> = Vec::new();
    for (_, [month, _, names]) in tsv::rows::<3>(FILE) {
        for name in tsv::list(names) {
            words.extend(month.parse().ok().map(|m| (lexicon.enter(name, Classes::DATELINE_MONTH), m)));
        }
    }
    words.sort_unstable();
    words.dedup();
    Months { words }
}

/// Every name with its number, for tests that print each in a dateline.
#[cfg(test)]
pub(crate) fn names() -> impl Iterator<Item = (u8, &'static str)> {
    tsv::rows::<3>(FILE)
        .flat_map(|(_, [month, _, names])| tsv::list(names).map(move |n| (month.parse().expect("a month"), n)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_month_name_means_two_months() {
        tsv::assert_sound("months.tsv", FILE, 3);
        let months = read(&mut Lexicon::default());
        for pair in months.words.windows(2) {
            assert!(pair[0].0 != pair[1].0, "{pair:?}");
        }
        assert!(names().all(|(month, _)| (1..=12).contains(&month)));
    }

    #[test]
    fn a_slip_of_the_teletype_still_names_its_month() {
        let months = read(&mut Lexicon::default());
        for (word, month) in
            [("Narch", 3), ("Marchg", 3), ("Mach", 3), ("Febuary", 2), ("Apri", 4), ("Octobre", 0), ("Match", 3)]
        {
            assert_eq!(months.misspelt(word).unwrap_or(0), month, "{word}");
        }
    }
}
