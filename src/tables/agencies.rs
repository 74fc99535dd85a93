//! `data/agencies.tsv`: news agencies and others who print their name in a dateline or byline.

use super::tsv;
use crate::text::{Classes, Lexicon, Phrases};

const FILE: &str = include_str!("../../data/agencies.tsv");

/// The names, as phrases.
pub(super) fn read(lexicon: &mut Lexicon) -> Phrases<()> {
    let mut names = Phrases::opened_by(Classes::AGENCY);
    for (_, [name, _]) in tsv::rows::<2>(FILE) {
        *names.slot(name, lexicon) = Some(());
    }
    names
}

/// Every name, for tests that print each in a dateline.
#[cfg(test)]
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    tsv::rows::<2>(FILE).map(|(_, [name, _])| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_agency_has_a_name_and_a_kind() {
        tsv::assert_sound("agencies.tsv", FILE, 2);
        for (line, [name, kind]) in tsv::rows::<2>(FILE) {
            let known = ["agency", "press-release", "broadcaster", "paper"].contains(&kind);
            assert!(!name.is_empty() && known, "data/agencies.tsv:{line}");
        }
    }
}
