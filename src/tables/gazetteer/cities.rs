//! `data/cities.tsv`: the cities of the world and the small towns of countries that English
//! papers write about most.
//!
//! Some fifty thousand names would take more time and memory in the lexicon than all else, and
//! few of them occur in an article. So a hash of each name, word by word, leads to its places.

use super::codes::Codes;
use super::names::Also;
use super::{CountryId, Meaning, RegionId};
use crate::article::CountryMentionKind::City;
use crate::tables::tsv;
use crate::text::{Lexicon, Token, WordId, number_of_row, tokens};

const FILE: &str = include_str!("../../../data/cities.tsv");
/// Longest name, in words and marks.
const LONGEST: usize = 9;
/// Room for the names with few collisions: twice as many as there are, a power of two.
const SLOTS: usize = 1 << 17;
/// About as many places as there are.
const PLACES: usize = 1 << 16;

/// The cities with their index.
pub(super) struct Cities {
    // Hash of a name (upper half) and where its places start (lower half); 0 is free.
    index: Vec<u64>,
    // The places of all names, those of each one behind the other.
    places: Vec<Place>,
    // What begins with each word of the lexicon. Most words with a capital are words that the lexicon
    // knows, and most of those begin nothing; the unknown word may begin anything.
    openers: Vec<Opener>,
    // Most other words begin no name either. Small beside the index, the filter stays near the
    // processor and spares it the way there.
    filter: Filter,
}

/// What begins with a word of the lexicon: the number of the name that the word alone is, if it is
/// one, and in the bits above it with which letters the next words of longer names begin.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Opener(u32);

impl Opener {
    /// No name begins so.
    const NOTHING: Opener = Opener(0);
    /// The bits of the number: there are fewer places.
    const NUMBER: u32 = (1 << 17) - 1;
    /// Whether a longer name may go on with a word that begins with `first`.
    fn goes_on(self, first: char) -> bool {
        self.0 & Opener::next(first) != 0
    }

    /// The bit of the next words that begin with `first`: two letters share one, and so does whatever is
    /// no letter of ASCII, and may be folded to something else.
    fn next(first: char) -> u32 {
        let first = if first.is_ascii() { first } else { first.to_lowercase().next().unwrap_or_default() };
        let pair = if first.is_ascii_alphabetic() { u32::from(first) % 32 / 2 } else { 14 };
        (Opener::NUMBER + 1) << pair
    }

    fn alone(self) -> Option<CityFound> {
        let number = self.0 & Opener::NUMBER;
        (number != 0).then_some(CityFound { words: 1, number })
    }
}

/// What the beginnings of rows of words are, told by their hashes; says now and then of another one
/// that it is one of them.
struct Filter(Vec<u64>);

/// A whole name.
const NAME: u64 = 1;
/// What a longer name begins with.
const BEGINNING: u64 = 2;

impl Filter {
    /// Room for the two bits of so many hashes that few of the others pass.
    const CELLS: usize = 1 << 13;

    fn note(&mut self, hash: u64, sort: u64) {
        self.0[Filter::cell(hash)] |= sort << Filter::bit(hash);
    }

    fn sorts(&self, hash: u64) -> u64 {
        self.0[Filter::cell(hash)] >> Filter::bit(hash)
    }

    fn cell(hash: u64) -> usize {
        (hash >> 5) as usize % Filter::CELLS
    }

    /// The first of the two bits of a hash in its cell.
    fn bit(hash: u64) -> u64 {
        hash % 32 * 2
    }
}

/// A city, in few bytes.
#[derive(Clone, Copy)]
struct Place {
    country: CountryId,
    region: RegionId,
    /// Thousands of people.
    size: u16,
    /// What else its name is.
    also: Also,
    /// Whether it is the last place of its name.
    is_last: bool,
}

/// A name found.
pub(super) struct CityFound {
    pub(super) words: usize,
    /// Its number, by which its places are known.
    pub(super) number: u32,
}

impl Cities {
    /// Reads the file, with all words in the lexicon that will be there.
    pub(super) fn new(lexicon: &Lexicon, codes: &Codes) -> Cities {
        let mut openers = vec![Opener::NOTHING; lexicon.len()];
        openers[WordId::UNKNOWN.0 as usize] = Opener(!Opener::NUMBER);
        // No name has the number 0.
        let nowhere = Place { country: CountryId(0), region: RegionId::NONE, size: 0, also: Also::NONE, is_last: true };
        let mut places = Vec::with_capacity(PLACES);
        places.push(nowhere);
        let filter = Filter(vec![0; Filter::CELLS]);
        let mut cities = Cities { index: vec![0; SLOTS], places, openers, filter };
        for line in tsv::pieces(FILE, b'\n') {
            let number = cities.places.len() as u32;
            if let Some((name, row)) = name_of(line)
                && cities.enter_places(row, codes)
            {
                cities.enter(name, number, lexicon);
            }
        }
        cities
    }

    /// Enters the places of a row, given what stands behind its name; whether there are any.
    fn enter_places(&mut self, row: &str, codes: &Codes) -> bool {
        let first = self.places.len();
        let mut rest = row.as_bytes();
        while let Some((code, size, behind)) = first_place(rest) {
            rest = behind;
            if let Some(country) = codes.country(code) {
                let region = codes.region(code);
                self.places.push(Place { country, region, size, also: Also::NONE, is_last: false });
            }
        }
        let also = Also::parse(rest);
        self.places[first..].iter_mut().for_each(|place| place.also = also);
        self.places[first..].last_mut().map(|place| place.is_last = true).is_some()
    }

    fn enter(&mut self, name: &str, number: u32, lexicon: &Lexicon) {
        let bytes = name.as_bytes();
        // Most names have no other marks than these, or none.
        match bytes.iter().position(|byte| matches!(byte, b' ' | b'-' | b'.' | b'\'' | b',')) {
            None => self.enter_word(name, number, lexicon),
            Some(end) if bytes[end..].iter().any(|byte| matches!(byte, b'.' | b'\'' | b',')) => {
                self.enter_words(name, number, lexicon);
            }
            Some(end) => {
                let next = if bytes[end] == b'-' { end } else { end + 1 };
                self.open_longer(&name[..end], &name[next..], lexicon);
                let (mut hash, mut start) = (0, 0);
                for (i, &byte) in bytes.iter().enumerate().skip(end) {
                    if matches!(byte, b' ' | b'-') {
                        hash = self.extend_beginning(hash, &bytes[start..i]);
                        start = i + 1;
                    }
                    if byte == b'-' {
                        hash = self.extend_beginning(hash, b"-");
                    }
                }
                self.enter_hash(number_of_row(hash, &bytes[start..]), number);
            }
        }
    }

    /// Enters a name of one word.
    fn enter_word(&mut self, name: &str, number: u32, lexicon: &Lexicon) {
        match lexicon.look_up(name).0 {
            WordId::UNKNOWN => self.enter_hash(number_of_row(0, name.as_bytes()), number),
            word => self.openers[word.0 as usize].0 |= number,
        }
    }

    /// Enters a name that has marks inside its words.
    fn enter_words(&mut self, name: &str, number: u32, lexicon: &Lexicon) {
        let words = tokens(name, lexicon);
        let Some((last, before)) = words.split_last() else { return };
        let [first, next, ..] = &words[..] else { return self.enter_word(name, number, lexicon) };
        self.open_longer(first.of(name), next.of(name), lexicon);
        let hash = before.iter().fold(0, |hash, word| self.extend_beginning(hash, word.bytes(name)));
        self.enter_hash(number_of_row(hash, last.bytes(name)), number);
    }

    /// Notes that a longer name begins with `word` and goes on with `next`.
    fn open_longer(&mut self, word: &str, next: &str, lexicon: &Lexicon) {
        let first = next.chars().next().unwrap_or_default();
        self.openers[lexicon.look_up(word).0.0 as usize].0 |= Opener::next(first);
    }

    /// The hash of the beginning of a longer name, longer by one word.
    fn extend_beginning(&mut self, hash: u64, word: &[u8]) -> u64 {
        let hash = number_of_row(hash, word);
        self.filter.note(hash, BEGINNING);
        hash
    }

    fn enter_hash(&mut self, hash: u64, number: u32) {
        self.filter.note(hash, NAME);
        let mut slot = hash as usize % SLOTS;
        while self.index[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        self.index[slot] = hash & !0xffff_ffff | u64::from(number);
    }

    /// Whether some name may begin with `token`.
    #[inline]
    pub(super) fn begins(&self, token: &Token) -> bool {
        self.opener(token) != Opener::NOTHING
    }

    fn opener(&self, token: &Token) -> Opener {
        self.openers.get(token.word.0 as usize).copied().unwrap_or_default()
    }

    /// The longest city name that begins with the first of `words`.
    #[inline]
    pub(super) fn longest(&self, text: &str, words: &[Token]) -> Option<CityFound> {
        let first = words.first()?;
        let opener = self.opener(first);
        // Behind most words that open a name stands none that goes on with it.
        if first.word == WordId::UNKNOWN || words.get(1).is_some_and(|next| opener.goes_on(next.first)) {
            self.longest_row(text, words).or(opener.alone())
        } else {
            opener.alone()
        }
    }

    /// The longest name that is not one word of the lexicon.
    #[inline(never)]
    fn longest_row(&self, text: &str, words: &[Token]) -> Option<CityFound> {
        let mut found = None;
        let mut hash = 0;
        for (i, token) in words.iter().take(LONGEST).enumerate() {
            hash = token.number_of_row(hash, text);
            let sorts = self.filter.sorts(hash);
            if sorts & NAME != 0
                && let Some(number) = self.number(hash)
            {
                found = Some(CityFound { words: i + 1, number });
            }
            if sorts & BEGINNING == 0 {
                break;
            }
        }
        found
    }

    /// The number of the name that has this hash. Thirty-two bits beside the slot tell names apart; that no
    /// two names of the file share them is checked by a test.
    fn number(&self, hash: u64) -> Option<u32> {
        let mut slot = hash as usize % SLOTS;
        loop {
            match self.index[slot] {
                0 => return None,
                entry if entry >> 32 == hash >> 32 => return Some(entry as u32),
                _ => slot = (slot + 1) % SLOTS,
            }
        }
    }

    /// Adds the places of a name to its meanings, which are those from `start` on. What else the name
    /// is, where it is not that of a country, is the answer.
    pub(super) fn meanings(&self, number: u32, meanings: &mut Vec<Meaning>, start: usize) -> Also {
        for &Place { country, region, size, also, is_last } in self.places.get(number as usize..).unwrap_or_default() {
            let size = size.into();
            let same = |m: &&mut Meaning| m.country == country && m.region == RegionId::NONE && !m.is_country();
            match meanings[start..].iter_mut().find(same) {
                // The capital, or a seat of government, that the table of countries has already.
                Some(known) => known.size = known.size.max(size),
                None => meanings.push(Meaning { country, region, kind: City, size }),
            }
            if is_last {
                return if meanings[start..].iter().any(Meaning::is_country) { Also::NONE } else { also };
            }
        }
        Also::NONE
    }
}

/// Code and size of the first of the places of a row, and what stands behind it and its mark.
fn first_place(row: &[u8]) -> Option<(&[u8], u16, &[u8])> {
    let ends = |&b: &u8| matches!(b, b' ' | b'\t');
    let (code, rest) = row.split_at_checked(row.iter().position(ends)?)?;
    let (_, rest) = rest.split_first().filter(|(mark, _)| **mark == b' ')?;
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let (size, rest) = rest.split_at_checked(digits)?;
    let size =
        size.iter().fold(0, |number: u16, digit| number.saturating_mul(10).saturating_add(u16::from(digit & 0xf)));
    Some((code, size, rest.get(1..).unwrap_or_default()))
}

/// The name of a row and what stands behind it; none for comments and the header.
fn name_of(line: &'static str) -> Option<(&'static str, &'static str)> {
    let name = tsv::pieces(line, b'\t').next()?;
    let row = line.get(name.len() + 1..)?;
    (!line.starts_with('#') && name != "name").then_some((name, row))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::tables::Tables;

    #[test]
    fn every_city_is_found_by_its_name_and_by_no_other() {
        let tables = Tables::new();
        let mut numbers = BTreeSet::new();
        for (line, [name, places, also]) in tsv::rows::<3>(FILE) {
            let words = tokens(name, &tables.lexicon);
            let found = tables.gazetteer.cities.longest(name, &words);
            let whole = found.filter(|f| f.words == words.len());
            assert!(whole.is_some_and(|f| numbers.insert(f.number)), "data/cities.tsv:{line}");
            assert!(also.chars().all(|c| "nw".contains(c)), "data/cities.tsv:{line}: also {also}");
            for place in places.split('|') {
                let (code, size) = place.split_once(' ').unwrap_or_default();
                assert!(size.parse::<u16>().is_ok(), "data/cities.tsv:{line}: no size in {place}");
                let known = tables.gazetteer.by_code(code.get(..2).unwrap_or_default());
                assert!(known.is_some(), "data/cities.tsv:{line}: no country in {place}");
            }
        }
    }
}
