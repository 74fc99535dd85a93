//! Countries and regions by their codes: LV, US-OH.

use rustc_hash::FxHashMap;

use super::{CountryId, RegionId};

/// The codes, looked up one by one.
#[derive(Default)]
pub(super) struct Codes {
    countries: FxHashMap<u64, CountryId>,
    regions: FxHashMap<u64, RegionId>,
}

impl Codes {
    /// Adds a country.
    pub(super) fn add_country(&mut self, code: &str, country: CountryId) {
        self.countries.insert(number(code.as_bytes()), country);
    }

    /// Adds a region.
    pub(super) fn add_region(&mut self, code: &str, region: RegionId) {
        self.regions.insert(number(code.as_bytes()), region);
    }

    /// The country with this code, or with the region of this code in it.
    pub(super) fn country(&self, code: &[u8]) -> Option<CountryId> {
        // No country that has regions has a code of more than two letters.
        let country = if code.get(2) == Some(&b'-') { &code[..2] } else { code };
        self.countries.get(&number(country)).copied()
    }

    /// The region with this code.
    pub(super) fn region(&self, code: &[u8]) -> RegionId {
        if code.len() > 2 { self.regions.get(&number(code)).copied().unwrap_or_default() } else { RegionId::NONE }
    }
}

/// A code as a number: no code has more than eight letters.
fn number(code: &[u8]) -> u64 {
    code.iter().fold(0, |number, &byte| number << 8 | u64::from(byte))
}
