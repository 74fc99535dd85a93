//! `data/cities.tsv`: the cities of the world and the small towns of countries that English
//! papers write about most.
//!
//! Some fifty thousand names would take more time and memory in the lexicon than all else, and
//! few of them occur in an article. So the file stays as it is, and a hash of each name, word by
//! word, leads to its row, which is read when the name is met.

use super::codes::Codes;
use super::names::Also;
use super::{Found, Meaning, RegionId};
use crate::article::CountryMentionKind::City;
use crate::tables::tsv;
use crate::text::{Lexicon, Token, number_of_row, tokens};

const FILE: &str = include_str!("../../../data/cities.tsv");
/// Longest name, in words and marks.
const LONGEST: usize = 9;
/// Room for the names with few collisions: twice as many as there are, a power of two.
const SLOTS: usize = 1 << 17;
/// Bits of the filters that know names and how they begin: few of the others pass.
const NAMES: usize = 1 << 19;
const BEGINNINGS: usize = 1 << 18;

/// The cities with their index.
pub(super) struct Cities {
    // Hash of a name (upper half) and where its row starts in the file (lower half); 0 is free.
    index: Vec<u64>,
    // Most words with a capital are no city. Small beside the index, the filter stays near the
    // processor and spares it the way there.
    names: Filter,
    // Every beginning of a longer name.
    beginnings: Filter,
}

/// A bit for the hash of each of many things; says now and then of another that it is one of them. It
/// is a power of two long.
struct Filter(Vec<u64>);

impl Filter {
    fn of_bits(bits: usize) -> Filter {
        Filter(vec![0; bits / 64])
    }

    fn note(&mut self, hash: u64) {
        let cell = self.cell(hash);
        self.0[cell] |= 1 << (hash % 64);
    }

    fn has(&self, hash: u64) -> bool {
        self.0[self.cell(hash)] & 1 << (hash % 64) != 0
    }

    fn cell(&self, hash: u64) -> usize {
        (hash >> 6) as usize & (self.0.len() - 1)
    }
}

/// A name found.
pub(super) struct CityFound {
    pub(super) words: usize,
    /// Where its row starts in the file.
    pub(super) row: u32,
}

impl Cities {
    /// Indexes the file.
    pub(super) fn new() -> Cities {
        let (names, beginnings) = (Filter::of_bits(NAMES), Filter::of_bits(BEGINNINGS));
        let mut cities = Cities { index: vec![0; SLOTS], names, beginnings };
        let mut start = 0;
        for line in tsv::pieces(FILE, b'\n') {
            if let Some(name) = name_of(line) {
                cities.enter(name, start as u32);
            }
            start += line.len() + 1;
        }
        cities
    }

    fn enter(&mut self, name: &'static str, row: u32) {
        let (mut hash, mut start) = (0, 0);
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
            start = i + 1;
        }
        self.enter_hash(number_of_row(hash, &bytes[start..]), row);
    }

    /// Enters a name that has marks inside its words.
    fn enter_words(&mut self, name: &str, row: u32) {
        let words = tokens(name, &Lexicon::default());
        let Some((last, before)) = words.split_last() else { return };
        let hash = before.iter().fold(0, |hash, word| self.extend_beginning(hash, word.bytes(name)));
        self.enter_hash(number_of_row(hash, last.bytes(name)), row);
    }

    /// The hash of the beginning of a longer name, longer by one word.
    fn extend_beginning(&mut self, hash: u64, word: &[u8]) -> u64 {
        let hash = number_of_row(hash, word);
        self.beginnings.note(hash);
        hash
    }

    fn enter_hash(&mut self, hash: u64, row: u32) {
        self.names.note(hash);
        let mut slot = hash as usize % SLOTS;
        while self.index[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        self.index[slot] = hash & !0xffff_ffff | u64::from(row);
    }

    /// The longest city name that begins with the first of `words`.
    pub(super) fn longest(&self, text: &str, words: &[Token]) -> Option<CityFound> {
        let mut found = None;
        let mut hash = 0;
        for (i, token) in words.iter().take(LONGEST).enumerate() {
            if i > 0 && !self.beginnings.has(hash) {
                break;
            }
            hash = token.number_of_row(hash, text);
            if self.names.has(hash)
                && let Some(row) = self.row(hash)
            {
                found = Some(CityFound { words: i + 1, row });
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

    /// Adds the places of a row to what was found.
    pub(super) fn meanings(&self, row: u32, codes: &Codes, found: &mut Found) {
        let row = FILE.as_bytes().get(row as usize..).unwrap_or_default();
        let name = memchr::memchr(b'\t', row).unwrap_or(row.len());
        let mut rest = row.get(name + 1..).unwrap_or_default();
        while let Some((code, size, behind)) = first_place(rest) {
            rest = behind;
            let Some(country) = codes.country(code) else { continue };
            let region = codes.region(code);
            match found
                .meanings
                .iter_mut()
                .find(|m| m.country == country && m.region == RegionId::NONE && !m.is_country())
            {
                // The capital, or a seat of government, that the table of countries has already.
                Some(known) => known.size = known.size.max(size),
                None => found.meanings.push(Meaning { country, region, kind: City, size }),
            }
        }
        if !found.meanings.iter().any(Meaning::is_country) {
            let also = rest.split(|&b| b == b'\n').next();
            found.also = found.also.with(Also::parse(also.unwrap_or_default()));
        }
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
