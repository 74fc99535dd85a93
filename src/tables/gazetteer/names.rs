//! Names of countries and regions: `data/countries.tsv`, `data/subdivisions.tsv`,
//! `data/ambiguous_names.tsv`, `data/not_places.tsv`.

use super::codes::Codes;
use super::{Country, CountryId, Meaning, RegionId};
use crate::article::CountryMentionKind::{self, *};
use crate::tables::tsv;
use crate::text::{Classes, Lexicon, Phrases, fold};

pub(super) const COUNTRIES: &str = include_str!("../../../data/countries.tsv");
pub(super) const SUBDIVISIONS: &str = include_str!("../../../data/subdivisions.tsv");
pub(super) const AMBIGUOUS: &str = include_str!("../../../data/ambiguous_names.tsv");
pub(super) const NOT_PLACES: &str = include_str!("../../../data/not_places.tsv");

/// What a name is besides the name of a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Also(u8);

impl Also {
    /// Nothing else.
    pub(crate) const NONE: Also = Also(0);
    /// A name of people: Jordan, Lincoln.
    pub(crate) const PERSON: Also = Also(1);
    /// An ordinary word: turkey, nice.
    pub(crate) const WORD: Also = Also(2);
    /// Too slight a sign by itself; counts beside other signs of its country: CAR.
    pub(crate) const SLIGHT: Also = Also(4);
    /// Counts only before a hyphen: Franco-.
    pub(crate) const BEFORE_HYPHEN: Also = Also(8);
    /// A language: French.
    pub(crate) const LANGUAGE: Also = Also(16);
    /// A postal abbreviation, which counts only behind a place and a comma: Gary, IN.
    pub(crate) const POSTAL: Also = Also(32);

    /// The letters of a cell.
    pub(super) fn parse(cell: &[u8]) -> Also {
        cell.iter().fold(Also::NONE, |also, letter| match letter {
            b'n' => also.with(Also::PERSON),
            b'w' => also.with(Also::WORD),
            b's' => also.with(Also::SLIGHT),
            b'h' => also.with(Also::BEFORE_HYPHEN),
            b'l' => also.with(Also::LANGUAGE),
            _ => also,
        })
    }

    /// Both together.
    pub(crate) fn with(self, other: Also) -> Also {
        Also(self.0 | other.0)
    }

    /// Whether it is at least one of `other`.
    pub(crate) fn is(self, other: Also) -> bool {
        self.0 & other.0 != 0
    }
}

/// What a phrase stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub(super) meanings: Vec<Meaning>,
    pub(super) also: Also,
}

/// Collects names from all four files.
pub(super) struct Builder {
    pub(super) countries: Vec<Country>,
    pub(super) codes: Codes,
    // How many, the first of which is no region.
    regions: u16,
    pub(super) phrases: Phrases<u32>,
    pub(super) entries: Vec<Entry>,
}

/// Rank of a country's name against cities of the same name, as if so many thousands lived there.
const COUNTRY_SIZE: u32 = 1_000_000;
/// Rank of a region that every reader knows: the states of federations that English papers write
/// about, the nations of Britain.
const STATE_SIZE: u32 = 5_000;
/// Rank of any other region.
const REGION_SIZE: u32 = 500;
/// Rank of a capital that the table of cities does not know.
const CAPITAL_SIZE: u32 = 10;

impl Builder {
    /// Reads all four files.
    pub(super) fn read(lexicon: &mut Lexicon) -> Builder {
        let mut builder = Builder {
            countries: Vec::new(),
            codes: Codes::new(),
            regions: 1,
            phrases: Phrases::opened_by(Classes::PLACE_NAME),
            entries: Vec::new(),
        };
        builder.read_countries(lexicon);
        builder.read_subdivisions(lexicon);
        builder.read_ambiguous(lexicon);
        for (_, [phrases]) in tsv::rows::<1>(NOT_PLACES) {
            for phrase in tsv::list(phrases) {
                builder.entry(phrase, lexicon).meanings.clear();
            }
        }
        builder
    }

    fn read_countries(&mut self, lexicon: &mut Lexicon) {
        for (_, [code, name, _, aliases, demonyms, capitals, metonyms]) in tsv::rows::<7>(COUNTRIES) {
            let country = CountryId(self.countries.len() as u16);
            self.countries.push(Country { code, name });
            self.codes.add_country(code, country);
            let mut put = |phrase: &str, kind, size| {
                self.add(phrase, Meaning { country, region: RegionId::NONE, kind, size }, lexicon);
            };
            put(name, Name, COUNTRY_SIZE);
            tsv::list(aliases).for_each(|a| put(a, kind_of_alias(a), COUNTRY_SIZE));
            tsv::list(demonyms).for_each(|d| put(d, Demonym, COUNTRY_SIZE));
            tsv::list(capitals).for_each(|c| put(c, Capital, CAPITAL_SIZE));
            tsv::list(metonyms).for_each(|m| put(m, Metonym, COUNTRY_SIZE));
            for demonym in tsv::list(demonyms).filter(|d| is_word(d)) {
                lexicon.enter(demonym, Classes::DEMONYM);
            }
            for place in
                std::iter::once(name).chain(tsv::list(aliases)).chain(tsv::list(capitals)).filter(|d| is_word(d))
            {
                lexicon.enter(place, Classes::PLACE);
            }
        }
    }

    fn read_subdivisions(&mut self, lexicon: &mut Lexicon) {
        for (_, [code, name, aliases, abbreviations, demonyms, also]) in tsv::rows::<6>(SUBDIVISIONS) {
            let Some(country) = self.codes.country(code.as_bytes()) else { continue };
            let region = RegionId(self.regions);
            self.codes.add_region(code, region);
            self.regions += 1;
            let size = if is_state(code) { STATE_SIZE } else { REGION_SIZE };
            let meaning = Meaning { country, region, kind: Subdivision, size };
            for demonym in tsv::list(demonyms).filter(|d| is_word(d)) {
                lexicon.enter(demonym, Classes::DEMONYM);
            }
            for phrase in std::iter::once(name).chain(tsv::list(aliases)).chain(tsv::list(demonyms)) {
                self.add(phrase, meaning, lexicon);
            }
            let entry = self.entry(name, lexicon);
            entry.also = entry.also.with(Also::parse(also.as_bytes()));
            for abbreviation in tsv::list(abbreviations) {
                self.add(abbreviation, meaning, lexicon);
                if !abbreviation.ends_with('.') {
                    let entry = self.entry(abbreviation, lexicon);
                    entry.also = entry.also.with(Also::POSTAL);
                }
            }
        }
    }

    fn read_ambiguous(&mut self, lexicon: &mut Lexicon) {
        for (_, [name, readings, also]) in tsv::rows::<3>(AMBIGUOUS) {
            let wanted: Vec<Meaning> =
                tsv::list(readings).filter_map(|code| self.reading(code, name, lexicon)).collect();
            let entry = self.entry(name, lexicon);
            entry.also = entry.also.with(Also::parse(also.as_bytes()));
            if also.contains("-") {
                entry.meanings.clear();
            }
            if !wanted.is_empty() {
                entry.meanings = wanted;
            }
        }
    }

    /// The meaning of `name` in the country or region `code`: the one another table gives, or else
    /// a demonym, or an abbreviation when it is written in capitals.
    fn reading(&mut self, code: &str, name: &str, lexicon: &mut Lexicon) -> Option<Meaning> {
        let country = self.codes.country(code.as_bytes())?;
        let region = self.codes.region(code.as_bytes());
        let known =
            self.entry(name, lexicon).meanings.iter().find(|m| m.country == country && m.region == region).copied();
        let kind = if name.chars().all(char::is_uppercase) { Abbreviation } else { Demonym };
        known.or(Some(Meaning { country, region, kind, size: COUNTRY_SIZE }))
    }

    /// Adds a meaning to a name, unless the name has that meaning already.
    fn add(&mut self, phrase: &str, meaning: Meaning, lexicon: &mut Lexicon) {
        let meanings = &mut self.entry(phrase, lexicon).meanings;
        if !meanings.iter().any(|m| m.country == meaning.country && m.region == meaning.region) {
            meanings.push(meaning);
        }
    }

    fn entry(&mut self, phrase: &str, lexicon: &mut Lexicon) -> &mut Entry {
        let fresh = self.entries.len() as u32;
        let number = *self.phrases.slot(phrase, lexicon).get_or_insert(fresh);
        if number == fresh {
            self.entries.push(Entry::default());
        }
        &mut self.entries[number as usize]
    }
}

fn is_state(code: &str) -> bool {
    matches!(code.get(..3), Some("US-" | "CA-" | "AU-")) || matches!(code, "GB-ENG" | "GB-SCT" | "GB-WLS" | "GB-NIR")
}

fn is_word(phrase: &str) -> bool {
    phrase.chars().all(char::is_alphabetic) && fold(phrase) != "us"
}

/// Whether an alias is an abbreviation: capitals and full stops only.
fn kind_of_alias(alias: &str) -> CountryMentionKind {
    let short = alias.len() <= 8 && alias.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '&'));
    if short { Abbreviation } else { Name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Names that two rows claim for different countries or regions without a row of readings.
    fn clashes(countries: &'static str, subdivisions: &'static str, ambiguous: &'static str) -> Vec<String> {
        let settled: Vec<String> = tsv::rows::<3>(ambiguous)
            .filter(|(_, r)| !r[1].is_empty() || r[2].contains('s'))
            .map(|(_, r)| fold(r[0]).into_owned())
            .collect();
        let mut claims: BTreeMap<String, (String, usize, bool)> = BTreeMap::new();
        let mut found = Vec::new();
        let mut claim = |name: &str, code: &str, line: usize, is_region: bool| {
            let name = fold(name).into_owned();
            if settled.contains(&name) {
                return;
            }
            match claims.get(&name) {
                Some((other, first, region)) if other != code && !(is_region && *region) => {
                    found.push(format!("{name}: lines {first} ({other}) and {line} ({code})"));
                }
                Some(_) => {}
                None => {
                    claims.insert(name, (code.to_owned(), line, is_region));
                }
            }
        };
        for (line, [code, name, _, lists @ ..]) in tsv::rows::<7>(countries) {
            let names = std::iter::once(name).chain(lists.into_iter().flat_map(tsv::list));
            names.for_each(|n| claim(n, code, line, false));
        }
        for (line, [code, name, aliases, abbreviations, demonyms, _]) in tsv::rows::<6>(subdivisions) {
            let lists = [aliases, abbreviations, demonyms].into_iter().flat_map(tsv::list);
            std::iter::once(name).chain(lists).for_each(|n| claim(n, &code[..2], line, true));
        }
        found
    }

    #[test]
    fn two_rows_that_claim_one_name_are_refused_with_both_lines() {
        assert_eq!(clashes(COUNTRIES, SUBDIVISIONS, AMBIGUOUS), Vec::<String>::new());
        let twice = "code\tname\nAA\tOldland\t\tRuria\nBB\tNewland\t\tRuria\n";
        assert_eq!(clashes(twice, "code\n", "name\n"), ["ruria: lines 2 (AA) and 3 (BB)"]);
        assert!(clashes(twice, "code\n", "name\treadings\nRuria\tAA|BB\n").is_empty());
    }

    #[test]
    fn rows_of_the_gazetteer_are_sound() {
        tsv::assert_sound("countries.tsv", COUNTRIES, 7);
        tsv::assert_sound("subdivisions.tsv", SUBDIVISIONS, 6);
        for (line, [name, readings, also, ..]) in tsv::rows::<6>(AMBIGUOUS) {
            assert!(also.chars().all(|c| "nwshl-".contains(c)), "data/ambiguous_names.tsv:{line}: {name}: also {also}");
            for code in tsv::list(readings) {
                let known = tsv::rows::<1>(COUNTRIES).chain(tsv::rows::<1>(SUBDIVISIONS)).any(|(_, [c])| c == code);
                assert!(known, "data/ambiguous_names.tsv:{line}: {name}: no {code}");
            }
        }
        for (line, [code, ..]) in tsv::rows::<6>(SUBDIVISIONS) {
            let country = code.split('-').next().unwrap_or_default();
            assert!(
                tsv::rows::<1>(COUNTRIES).any(|(_, [c])| c == country),
                "data/subdivisions.tsv:{line}: no country {country}"
            );
        }
    }
}
