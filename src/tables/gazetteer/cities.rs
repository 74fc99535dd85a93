//! `data/cities.tsv`: the cities of the world and the small towns of countries that English
//! papers write about most.
//!
//! Some fifty thousand names would take more time and memory in the lexicon than all else, and
//! few of them occur in an article. So the file stays as it is, and a hash of each name, word by
//! word, leads to its row, which is read when the name is met.

use super::codes::Codes;
use super::names::Also;
use super::{Meaning, RegionId};
use crate::article::CountryMentionKind::City;
use crate::tables::tsv;
use crate::text::{Lexicon, Token, WordId, number_of_row, tokens};

const FILE: &str = include_str!("../../../data/cities.tsv");
/// Longest name, in words and marks.
const LONGEST: usize = 9;
/// Room for the names with few collisions: twice as many as there are, a power of two.
const SLOTS: usize = 1 << 17;

/// The cities with their index.
pub(super) struct Cities {
    // Hash of a name (upper half) and where its row starts in the file (lower half); 0 is free.
    index: Vec<u64>,
    // A bit for each word of the lexicon that begins a name. Most words with a capital are words that
    // the lexicon knows and that begin none.
    openers: Vec<u64>,
    // Most other words begin no name either. Small beside the index, the filter stays near the
    // processor and spares it the way there.
    filter: Filter,
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
        self.0[Filter::cell(hash)] |= sort << (hash % 64 & !1);
    }

    fn sorts(&self, hash: u64) -> u64 {
        self.0[Filter::cell(hash)] >> (hash % 64 & !1)
    }

    fn cell(hash: u64) -> usize {
        (hash >> 6) as usize % Filter::CELLS
    }
}

/// A name found.
pub(super) struct CityFound {
    pub(super) words: usize,
    /// Where its row starts in the file.
    pub(super) row: u32,
}

impl Cities {
    /// Indexes the file, with all words in the lexicon that will be there.
    pub(super) fn new(lexicon: &Lexicon) -> Cities {
        let openers = vec![0; lexicon.len() / 64 + 1];
        let mut cities = Cities { index: vec![0; SLOTS], openers, filter: Filter(vec![0; Filter::CELLS]) };
        cities.open_with(WordId::UNKNOWN);
        let mut start = 0;
        for line in tsv::pieces(FILE, b'\n') {
            if let Some(name) = name_of(line) {
                let first = cities.enter(name, start as u32);
                cities.open_with(lexicon.look_up(first).0);
            }
            start += line.len() + 1;
        }
        cities
    }

    /// Enters a name; its first word is the answer.
    fn enter<'n>(&mut self, name: &'n str, row: u32) -> &'n str {
        let (mut hash, mut start) = (0, 0);
        let mut first = name;
        let bytes = name.as_bytes();
        // Most names have no other marks than these, or none.
        for (i, &byte) in bytes.iter().enumerate() {
            match byte {
                b' ' => hash = self.extend_beginning(hash, &bytes[start..i]),
                b'-' => {
                    hash = self.extend_beginning(hash, &bytes[start..i]);
                    hash = self.extend_beginning(hash, b"-");
                }
                b'.' | b'\'' | b',' => return self.enter_words(name, row),
                _ => continue,
            }
            if start == 0 {
                first = &name[..i];
            }
            start = i + 1;
        }
        self.enter_hash(number_of_row(hash, &bytes[start..]), row);
        first
    }

    /// Enters a name that has marks inside its words.
    fn enter_words<'n>(&mut self, name: &'n str, row: u32) -> &'n str {
        let words = tokens(name, &Lexicon::default());
        let Some((last, before)) = words.split_last() else { return name };
        let hash = before.iter().fold(0, |hash, word| self.extend_beginning(hash, word.bytes(name)));
        self.enter_hash(number_of_row(hash, last.bytes(name)), row);
        words[0].of(name)
    }

    /// The hash of the beginning of a longer name, longer by one word.
    fn extend_beginning(&mut self, hash: u64, word: &[u8]) -> u64 {
        let hash = number_of_row(hash, word);
        self.filter.note(hash, BEGINNING);
        hash
    }

    fn enter_hash(&mut self, hash: u64, row: u32) {
        self.filter.note(hash, NAME);
        let mut slot = hash as usize % SLOTS;
        while self.index[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        self.index[slot] = hash & !0xffff_ffff | u64::from(row);
    }

    fn open_with(&mut self, word: WordId) {
        self.openers[word.0 as usize / 64] |= 1 << (word.0 % 64);
    }

    /// Whether some name may begin with `token`.
    #[inline]
    fn begins(&self, token: &Token) -> bool {
        let bits = self.openers.get(token.word.0 as usize / 64);
        bits.is_some_and(|bits| bits & 1 << (token.word.0 % 64) != 0)
    }

    /// The longest city name that begins with the first of `words`.
    #[inline]
    pub(super) fn longest(&self, text: &str, words: &[Token]) -> Option<CityFound> {
        if self.begins(words.first()?) { self.longest_of(text, words) } else { None }
    }

    fn longest_of(&self, text: &str, words: &[Token]) -> Option<CityFound> {
        let mut found = None;
        let mut hash = 0;
        for (i, token) in words.iter().take(LONGEST).enumerate() {
            hash = token.number_of_row(hash, text);
            let sorts = self.filter.sorts(hash);
            if sorts & NAME != 0
                && let Some(row) = self.row(hash)
            {
                found = Some(CityFound { words: i + 1, row });
            }
            if sorts & BEGINNING == 0 {
                break;
            }
        }
        found
    }

    /// The row whose name has this hash. Thirty-two bits beside the slot tell names apart; that no
    /// two names of the file share them is checked by a test.
    fn row(&self, hash: u64) -> Option<u32> {
        let mut slot = hash as usize % SLOTS;
        loop {
            match self.index[slot] {
                0 => return None,
                entry if entry >> 32 == hash >> 32 => return Some(entry as u32),
                _ => slot = (slot + 1) % SLOTS,
            }
        }
    }

    /// Adds the places of a row to the meanings of its name, which are those from `start` on. What else
    /// the name is, where it is not that of a country, is the answer.
    pub(super) fn meanings(&self, row: u32, codes: &Codes, meanings: &mut Vec<Meaning>, start: usize) -> Also {
        let row = FILE.as_bytes().get(row as usize..).unwrap_or_default();
        let name = memchr::memchr(b'\t', row).unwrap_or(row.len());
        let mut rest = row.get(name + 1..).unwrap_or_default();
        while let Some((code, size, behind)) = first_place(rest) {
            rest = behind;
            let Some(country) = codes.country(code) else { continue };
            let region = codes.region(code);
            let same = |m: &&mut Meaning| m.country == country && m.region == RegionId::NONE && !m.is_country();
            match meanings[start..].iter_mut().find(same) {
                // The capital, or a seat of government, that the table of countries has already.
                Some(known) => known.size = known.size.max(size),
                None => meanings.push(Meaning { country, region, kind: City, size }),
            }
        }
        if meanings[start..].iter().any(Meaning::is_country) {
            return Also::NONE;
        }
        let also = rest.split(|&b| b == b'\n').next();
        Also::parse(also.unwrap_or_default())
    }
}

/// Code and size of the first of the places of a row, and what stands behind it and its mark.
fn first_place(row: &[u8]) -> Option<(&[u8], u32, &[u8])> {
    let ends = |&b: &u8| matches!(b, b' ' | b'\t' | b'\n');
    let (code, rest) = row.split_at_checked(row.iter().position(ends)?)?;
    let (_, rest) = rest.split_first().filter(|(mark, _)| **mark == b' ')?;
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let (size, rest) = rest.split_at_checked(digits)?;
    let size = size.iter().fold(0, |number, digit| 10 * number + u32::from(digit & 0xf));
    Some((code, size, rest.get(1..).unwrap_or_default()))
}

/// The name of a row; none for comments and the header.
fn name_of(line: &'static str) -> Option<&'static str> {
    let name = tsv::pieces(line, b'\t').next()?;
    (!line.starts_with('#') && name != "name" && line.len() > name.len()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;

    #[test]
    fn every_city_is_found_by_its_name_and_by_no_other_row() {
        let tables = Tables::new();
        for (line, [name, places, also]) in tsv::rows::<3>(FILE) {
            let words = tokens(name, &tables.lexicon);
            let found = tables.gazetteer.cities.longest(name, &words);
            let row = found
                .filter(|f| f.words == words.len())
                .map(|f| FILE[f.row as usize..].split('\t').next().unwrap_or_default());
            assert_eq!(row, Some(name), "data/cities.tsv:{line}");
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
