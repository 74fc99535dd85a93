//! `data/regions.tsv`: states, provinces and countries as datelines print them beside a place.

use super::tsv;
use crate::text::{Classes, Lexicon, Phrases};

const FILE: &str = include_str!("../../data/regions.tsv");

/// The names as phrases, each with its country.
pub(super) fn read(lexicon: &mut Lexicon) -> Phrases<&'static str> {
    let mut regions = Phrases::opened_by(Classes::REGION);
    for (_, [country, names]) in tsv::rows::<2>(FILE) {
        for name in tsv::list(names) {
            regions.slot(name, lexicon).get_or_insert(country);
        }
    }
    regions
}

/// Every region, for tests that print each in a dateline.
#[cfg(test)]
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    tsv::rows::<2>(FILE).flat_map(|(_, [_, names])| tsv::list(names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_says_its_country() {
        tsv::assert_sound("regions.tsv", FILE, 2);
        for (line, [country, names]) in tsv::rows::<2>(FILE) {
            assert!(country.len() == 2 && !names.is_empty(), "data/regions.tsv:{line}");
        }
    }
}
