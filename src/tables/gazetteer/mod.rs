//! The gazetteer: countries, their people, capitals and seats of government, regions, cities.
//!
//! Names of countries and regions are phrases of the lexicon (`names.rs`); the many cities are
//! kept by the hashes of their names (`cities.rs`).

mod cities;
mod codes;
mod names;

use crate::article::CountryMentionKind;
use crate::text::{Lexicon, Phrases, Token};

use cities::Cities;
use codes::Codes;
pub(crate) use names::Also;
use names::{Builder, Entry};

/// Number of a row of `data/countries.tsv`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct CountryId(pub(crate) u16);

/// Number of a row of `data/subdivisions.tsv`; [`RegionId::NONE`] where the region is not told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub(crate) struct RegionId(pub(crate) u16);

impl RegionId {
    /// No region.
    pub(crate) const NONE: RegionId = RegionId(0);
}

/// One place that a name may stand for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Meaning {
    /// Its country.
    pub(crate) country: CountryId,
    /// Its region, or the region itself.
    pub(crate) region: RegionId,
    /// How the name refers to the country.
    pub(crate) kind: CountryMentionKind,
    /// Thousands of people that live there; for a country or region a figure of its rank.
    pub(crate) size: u32,
}

/// A name found at the beginning of some words.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// How many words it has.
    pub(crate) words: usize,
    /// What it may stand for; empty when the phrase only hides the names inside it.
    pub(crate) meanings: Vec<Meaning>,
    /// What else the name is.
    pub(crate) also: Also,
    /// Whether it is a name of a country, a region, or what belongs to them, not only of a city.
    pub(crate) ranked: bool,
}

/// A name found whose meanings have not been read yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sighting {
    /// How many words it has.
    pub(crate) words: usize,
    /// Number of the name, the same wherever the name is found.
    pub(crate) key: u64,
    entry: Option<u32>,
    city: Option<u32>,
}

/// All places.
pub(crate) struct Gazetteer {
    countries: Vec<Country>,
    names: Phrases<u32>,
    entries: Vec<Entry>,
    cities: Cities,
    codes: Codes,
}

/// A row of `data/countries.tsv`.
struct Country {
    code: &'static str,
    name: &'static str,
}

impl Gazetteer {
    /// Reads the files and enters the words of all names but those of cities. All other words have to
    /// be in the lexicon by then.
    pub(super) fn new(lexicon: &mut Lexicon) -> Gazetteer {
        let Builder { countries, codes, phrases, entries, .. } = Builder::read(lexicon);
        let cities = Cities::new(lexicon, &codes);
        Gazetteer { countries, codes, names: phrases, entries, cities }
    }

    /// How many countries there are; the number of each is less.
    pub(crate) fn countries(&self) -> usize {
        self.countries.len()
    }

    /// ISO code of a country, as in [`crate::article::Country::code`].
    pub(crate) fn code(&self, country: CountryId) -> &'static str {
        self.countries.get(country.0 as usize).map_or("", |c| c.code)
    }

    /// Usual English name of a country.
    pub(crate) fn name(&self, country: CountryId) -> &'static str {
        self.countries.get(country.0 as usize).map_or("", |c| c.name)
    }

    /// The country with this code.
    pub(crate) fn by_code(&self, code: &str) -> Option<CountryId> {
        self.codes.country(code.as_bytes())
    }

    /// The longest name that begins with the first of `words`. Letter case does not matter here;
    /// the caller checks what matters to it.
    pub(crate) fn longest(&self, text: &str, words: &[Token]) -> Option<Found> {
        let sighting = self.sight(text, words)?;
        let mut meanings = Vec::new();
        let also = self.read(&sighting, &mut meanings);
        Some(Found { words: sighting.words, meanings, also, ranked: sighting.entry.is_some() })
    }

    /// Whether some name may begin with `token`.
    #[inline]
    pub(crate) fn begins(&self, token: &Token) -> bool {
        self.names.begins(token) || self.cities.begins(token)
    }

    /// As [`Gazetteer::longest`], for callers who need not know, or know already, what it means.
    pub(crate) fn sight(&self, text: &str, words: &[Token]) -> Option<Sighting> {
        let named = self.names.longest(words).map(|(n, &entry)| (n, entry));
        let city = self.cities.longest(text, words);
        match (named, city) {
            (Some((words, entry)), Some(city)) if city.words == words => {
                Some(Sighting { words, key: entry.into(), entry: Some(entry), city: Some(city.number) })
            }
            (Some((words, entry)), city) if city.as_ref().is_none_or(|c| c.words < words) => {
                Some(Sighting { words, key: entry.into(), entry: Some(entry), city: None })
            }
            (_, Some(city)) => Some(Sighting {
                words: city.words,
                key: 1 << 32 | u64::from(city.number),
                entry: None,
                city: Some(city.number),
            }),
            _ => None,
        }
    }

    /// Whether a name that was sighted may stand for a place, and does not only hide the names in it.
    pub(crate) fn is_place(&self, sighting: &Sighting) -> bool {
        let entry = sighting.entry.and_then(|entry| self.entries.get(entry as usize));
        entry.map_or(sighting.city.is_some(), |entry| !entry.meanings.is_empty())
    }

    /// Adds what a name that was sighted may stand for to `meanings`: nothing when the phrase only
    /// hides the names inside it. What else the name is, is the answer.
    pub(crate) fn read(&self, sighting: &Sighting, meanings: &mut Vec<Meaning>) -> Also {
        let start = meanings.len();
        let entry = sighting.entry.and_then(|entry| self.entries.get(entry as usize));
        if let Some(entry) = entry {
            meanings.extend(&entry.meanings);
        }
        let hides = entry.is_some_and(|entry| entry.meanings.is_empty());
        let also = entry.map_or(Also::NONE, |entry| entry.also);
        match sighting.city.filter(|_| !hides) {
            Some(city) => also.with(self.cities.meanings(city, meanings, start)),
            None => also,
        }
    }

    /// Country code of a place that stands in a dateline, given the words behind it, which may
    /// begin with its region or country.
    pub(crate) fn country_of(&self, text: &str, place: &[Token], behind: &[Token]) -> Option<&'static str> {
        let place =
            self.longest(text, place).filter(|f| f.words == place.len()).map(|f| f.meanings).unwrap_or_default();
        let regions = self.longest(text, behind).filter(|f| f.ranked).map(|f| f.meanings).unwrap_or_default();
        let inside = regions.iter().find(|r| place.iter().any(|p| p.lies_in(r)));
        let state = regions.iter().find(|r| r.kind != CountryMentionKind::Capital);
        let first = inside.or(if place.is_empty() { state } else { None }).or(Meaning::usual(&place));
        first.map(|m| self.code(m.country))
    }
}

/// A row of `data/ambiguous_names.tsv` with its sentences.
#[cfg(test)]
pub(crate) struct AmbiguousRow {
    pub(crate) line: usize,
    pub(crate) name: &'static str,
    pub(crate) counts: &'static str,
    pub(crate) code: &'static str,
    pub(crate) not: &'static str,
}

#[cfg(test)]
impl Gazetteer {
    /// The rows that prove themselves by sentences.
    pub(crate) fn ambiguous_rows(&self) -> impl Iterator<Item = AmbiguousRow> {
        super::tsv::rows::<6>(names::AMBIGUOUS).map(|(line, [name, _, _, counts, code, not])| AmbiguousRow {
            line,
            name,
            counts,
            code,
            not,
        })
    }

    /// Line, name and code of every country and its aliases, those of several readings left out.
    pub(crate) fn country_names(&self) -> impl Iterator<Item = (usize, &'static str, &'static str)> {
        let ambiguous: Vec<_> = self.ambiguous_rows().map(|row| row.name).collect();
        let names = super::tsv::rows::<4>(names::COUNTRIES).flat_map(|(line, [code, name, _, aliases])| {
            std::iter::once(name).chain(super::tsv::list(aliases)).map(move |n| (line, n, code))
        });
        names.filter(move |n| !ambiguous.contains(&n.1))
    }

    /// Line and phrase of what only looks like a place.
    pub(crate) fn no_places(&self) -> impl Iterator<Item = (usize, &'static str)> {
        super::tsv::rows::<1>(names::NOT_PLACES)
            .flat_map(|(line, [phrases])| super::tsv::list(phrases).map(move |p| (line, p)))
    }
}

impl Meaning {
    /// Whether this place lies in the country or region `other`.
    pub(crate) fn lies_in(&self, other: &Meaning) -> bool {
        self.country == other.country
            && match other.kind {
                CountryMentionKind::Subdivision => {
                    // Only of some countries do the tables know the regions of cities.
                    self.kind != CountryMentionKind::Subdivision
                        && (self.region == other.region || self.region == RegionId::NONE)
                }
                CountryMentionKind::Name | CountryMentionKind::Abbreviation => self.kind > CountryMentionKind::Demonym,
                _ => false,
            }
    }

    /// The likeliest of the places that a name may stand for, when nothing else is known.
    pub(crate) fn usual(meanings: &[Meaning]) -> Option<&Meaning> {
        meanings.iter().max_by_key(|m| m.rank())
    }

    /// How likely a name stands for this place when nothing else is known: tenths of a doubling of
    /// its people, and six doublings for a capital.
    pub(crate) fn rank(&self) -> u32 {
        let capital = if self.kind == CountryMentionKind::Capital { 60 } else { 0 };
        (u64::from(self.size) + 1).ilog2() * 10 + capital
    }

    /// Whether it is a region that every reader knows: Ohio, Scotland.
    pub(crate) fn is_state(&self) -> bool {
        self.kind == CountryMentionKind::Subdivision && self.size >= 5000
    }

    /// Whether it is a country by name, abbreviation or demonym.
    pub(crate) fn is_country(&self) -> bool {
        self.kind <= CountryMentionKind::Demonym
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use crate::text::tokens;

    #[test]
    fn the_country_of_a_dateline_place_is_told_by_its_region() {
        let tables = Tables::new();
        for (place, region, code) in [
            ("MOSCOW", "", Some("RU")),
            ("LEBANON", "Pa.", Some("US")),
            ("Lebanon", "", Some("LB")),
            ("LONDON", "Ontario", Some("CA")),
            ("LONDON", "", Some("GB")),
            ("WASHINGTON", "", Some("US")),
            ("ATHENS", "Georgia", Some("US")),
            ("TBILISI", "Georgia", Some("GE")),
            ("UNITED NATIONS", "", None),
            ("Smallville", "Kan.", Some("US")),
        ] {
            let text = format!("{place} {region}");
            let words = tokens(&text, &tables.lexicon);
            let (place, region) = words.split_at(words.partition_point(|t| t.start() < place.len()));
            assert_eq!(tables.gazetteer.country_of(&text, place, region), code, "{text}");
        }
    }
}
