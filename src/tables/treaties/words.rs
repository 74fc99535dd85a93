//! `data/treaty_words.tsv`: nouns for agreements, and the words that tell titles from lures.

use rustc_hash::FxHashMap;

use crate::tables::tsv;
use crate::text::{Classes, Lexicon, WordId, fold};

const FILE: &str = include_str!("../../../data/treaty_words.tsv");

/// How much a noun for an agreement says alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Strength {
    /// Only points back to a treaty: document.
    Back,
    /// Ends listed names only: deal, charter.
    Weak,
    /// Heads titles with words on both sides: declaration.
    Titled,
    /// Heads titles when more speaks for it: agreement.
    Plain,
    /// Heads titles: treaty.
    Strong,
}

/// A noun for an agreement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Noun {
    /// One bit for each noun; its plural has the same.
    pub(crate) bit: u32,
    /// Whether it is the plural.
    pub(crate) plural: bool,
    /// How much it says alone.
    pub(crate) strength: Strength,
    /// The nouns that news puts in its place.
    pub(crate) family: u32,
}

/// The file, read.
#[derive(Default)]
pub(super) struct Words {
    /// Every form of every noun, folded.
    nouns: Vec<(String, Noun)>,
    /// Ways to write one and the same, folded, the longest first in each.
    spellings: Vec<Vec<String>>,
    /// By the first word of such ways, which of them those are.
    spelt: FxHashMap<String, Vec<usize>>,
    /// Prefixes written with or without a hyphen.
    pub(super) prefixes: Vec<&'static str>,
    lures: Vec<&'static str>,
    /// Words for a party in a pair, with its code.
    pub(super) parties: Vec<(&'static str, &'static str)>,
    /// Words for what a treaty of two is about, each with the bit of its subject.
    subjects: Vec<(WordId, u32)>,
    next_subject: u32,
}

/// Enters the words into the lexicon and keeps what names are made with.
pub(super) fn read(lexicon: &mut Lexicon) -> Words {
    let mut words = Words { next_subject: 1, ..Words::default() };
    for (_, [class, key, list, _note]) in tsv::rows::<4>(FILE) {
        match class {
            "noun" => words.add_noun(key, list),
            "family" => words.add_family(key == "both", list),
            "spelling" => words.add_spelling(tsv::list(list).map(|w| fold(w).into_owned()).collect()),
            "prefix" => words.prefixes.extend(tsv::list(list)),
            "lure" => words.lures.extend(tsv::list(list)),
            "party" => words.parties.extend(tsv::list(list).map(|name| (name, key))),
            "subject" => words.add_subject(list, lexicon),
            _ => tsv::list(list).for_each(|word| {
                lexicon.enter(word, Classes::by_tag(class).unwrap_or_default());
            }),
        }
    }
    for (form, _) in &words.nouns {
        lexicon.enter(form, Classes::TREATY_NOUN);
    }
    words
}

impl Words {
    fn add_noun(&mut self, key: &str, forms: &str) {
        let strength = match key {
            "strong" => Strength::Strong,
            "plain" => Strength::Plain,
            "titled" => Strength::Titled,
            "back" => Strength::Back,
            _ => Strength::Weak,
        };
        let bit = self.nouns.iter().map(|(_, n)| n.bit).max().map_or(1, |b| b << 1);
        for (i, form) in tsv::list(forms).enumerate() {
            self.nouns.push((fold(form).into_owned(), Noun { bit, plural: i > 0, strength, family: 0 }));
        }
    }

    fn add_family(&mut self, mutual: bool, list: &str) {
        let bits = tsv::list(list).map(|n| self.noun_bit(n)).fold(0, |a, b| a | b);
        let heads = if mutual { bits } else { tsv::list(list).next().map_or(0, |n| self.noun_bit(n)) };
        for (_, noun) in self.nouns.iter_mut().filter(|(_, n)| n.bit & heads != 0) {
            noun.family |= bits;
        }
    }

    fn add_spelling(&mut self, ways: Vec<String>) {
        for way in &ways {
            let first = way.split([' ', '-']).next().unwrap_or_default();
            self.spelt.entry(first.to_owned()).or_default().push(self.spellings.len());
        }
        self.spellings.push(ways);
    }

    /// The groups of ways to write one and the same of which one can begin with one of `words`.
    pub(super) fn spellings<'w>(&self, words: impl Iterator<Item = &'w str>) -> impl Iterator<Item = &Vec<String>> {
        let mut groups: Vec<usize> = words.filter_map(|word| self.spelt.get(word)).flatten().copied().collect();
        groups.sort_unstable();
        groups.dedup();
        groups.into_iter().filter_map(|group| self.spellings.get(group))
    }

    fn add_subject(&mut self, list: &str, lexicon: &mut Lexicon) {
        let bit = self.next_subject;
        self.subjects.extend(tsv::list(list).map(|word| (lexicon.enter(word, Classes::NONE), bit)));
        self.next_subject = bit << 1;
    }

    /// The words for what a treaty of two is about, by their number in the lexicon, in order.
    pub(super) fn subjects(&self) -> Vec<(WordId, u32)> {
        let mut subjects = self.subjects.clone();
        subjects.sort_unstable();
        subjects
    }

    /// The noun in one of its forms.
    pub(super) fn noun(&self, word: &str) -> Option<Noun> {
        self.nouns.iter().find(|(form, _)| form.eq_ignore_ascii_case(word)).map(|&(_, noun)| noun)
    }

    /// The bit of a noun; none for another word.
    pub(super) fn noun_bit(&self, word: &str) -> u32 {
        self.noun(word).map_or(0, |n| n.bit)
    }

    /// The nouns that news puts in the place of one.
    pub(super) fn family(&self, word: &str) -> u32 {
        self.noun(word).map_or(0, |n| n.family)
    }

    /// The nouns that news puts in the place of any of `nouns`.
    pub(super) fn swaps(&self, nouns: u32) -> u32 {
        self.nouns.iter().filter(|(_, n)| n.bit & nouns != 0).fold(0, |all, (_, n)| all | n.family)
    }

    /// Names that hold the words of a treaty and are none.
    pub(super) fn lures(&self) -> impl Iterator<Item = &'static str> {
        self.lures.iter().copied()
    }

    /// The nouns by their number in the lexicon, in order.
    pub(super) fn nouns(&self, lexicon: &Lexicon) -> Vec<(WordId, Noun)> {
        let mut nouns: Vec<_> = self.nouns.iter().map(|(form, noun)| (lexicon.look_up(form).0, *noun)).collect();
        nouns.sort_unstable_by_key(|&(word, _)| word);
        nouns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_words_around_treaties_says_something_known() {
        tsv::assert_sound("treaty_words.tsv", FILE, 4);
        for (line, [class, ..]) in tsv::rows::<4>(FILE) {
            let known = matches!(class, "noun" | "family" | "spelling" | "prefix" | "lure" | "party" | "subject");
            assert!(known || Classes::by_tag(class).is_some(), "data/treaty_words.tsv:{line}: no class {class}");
        }
    }

    #[test]
    fn news_swaps_an_accord_for_a_pact_and_never_for_a_convention() {
        let words = read(&mut Lexicon::default());
        assert_ne!(words.family("accord") & words.noun_bit("pacts"), 0);
        assert_eq!(words.family("accord") & words.noun_bit("convention"), 0);
        assert_ne!(words.family("convention") & words.noun_bit("treaty"), 0);
    }
}
