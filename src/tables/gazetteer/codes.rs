//! Countries and regions by their codes: LV, US-OH.

use rustc_hash::FxHashMap;

use super::{CountryId, RegionId};

/// The codes, looked up one by one.
pub(super) struct Codes {
    // By the two letters of the code.
    countries: Vec<Option<CountryId>>,
    regions: FxHashMap<u64, RegionId>,
}

/// As many as there are codes of two letters, each letter in five bits.
const COUNTRIES: usize = 1 << 10;

impl Codes {
    /// No codes yet.
    pub(super) fn new() -> Codes {
        Codes { countries: vec![None; COUNTRIES], regions: FxHashMap::default() }
    }

    /// Adds a country. Those that are no more have codes of four letters, by which no table asks.
    pub(super) fn add_country(&mut self, code: &str, country: CountryId) {
        if let &[one, other] = code.as_bytes() {
            self.countries[place(one, other)] = Some(country);
        }
    }

    /// Adds a region.
    pub(super) fn add_region(&mut self, code: &str, region: RegionId) {
        self.regions.insert(number(code.as_bytes()), region);
    }

    /// The country with this code, or with the region of this code in it.
    pub(super) fn country(&self, code: &[u8]) -> Option<CountryId> {
        match *code {
            [one, other] | [one, other, b'-', ..] => self.countries[place(one, other)],
            _ => None,
        }
    }

    /// The region with this code.
    pub(super) fn region(&self, code: &[u8]) -> RegionId {
        if code.len() > 2 { self.regions.get(&number(code)).copied().unwrap_or_default() } else { RegionId::NONE }
    }
}

fn place(one: u8, other: u8) -> usize {
    usize::from(one & 31) << 5 | usize::from(other & 31)
}

/// A code as a number: no code has more than eight letters.
fn number(code: &[u8]) -> u64 {
    code.iter().fold(0, |number, &byte| number << 8 | u64::from(byte))
}
