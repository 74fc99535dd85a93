//! What a person may be called whose role is written otherwise: "the senator" for "Sen. Roth".

use super::tsv;
use crate::text::{Classes, Lexicon, WordId};

const CALLINGS: &str = include_str!("../../data/callings.tsv");

/// Nouns with the words of roles they may stand for.
pub(crate) struct Callings {
    // By noun, in order.
    rows: Vec<(WordId, Roles)>,
}

/// The words of roles that a noun may stand for.
#[derive(Default)]
pub(crate) struct Roles {
    /// Short for the noun itself: Sen. for senator.
    pub(crate) short: Vec<WordId>,
    /// All, the short ones among them.
    pub(crate) all: Vec<WordId>,
}

impl Callings {
    /// Enters every word, and keeps the numbers.
    pub(super) fn read(lexicon: &mut Lexicon) -> Callings {
        let mut rows: Vec<(WordId, Roles)> = Vec::new();
        for (_, [noun, words, _]) in tsv::rows::<3>(CALLINGS) {
            let mut roles = Roles::default();
            for role in tsv::list(words) {
                let word = lexicon.enter(role, Classes::NONE);
                roles.all.push(word);
                if noun.starts_with(&*role.to_lowercase()) {
                    roles.short.push(word);
                }
            }
            rows.push((lexicon.enter(noun, Classes::NONE), roles));
        }
        rows.sort_unstable_by_key(|(noun, _)| noun.0);
        Callings { rows }
    }

    /// The words of roles that the noun may stand for.
    pub(crate) fn roles(&self, noun: WordId) -> Option<&Roles> {
        let row = self.rows.binary_search_by_key(&noun.0, |(noun, _)| noun.0).ok().and_then(|i| self.rows.get(i));
        row.map(|(_, roles)| roles)
    }
}

/// The rows: line, noun, example.
#[cfg(test)]
pub(crate) fn rows_for_tests() -> impl Iterator<Item = (usize, &'static str, &'static str)> {
    tsv::rows::<3>(CALLINGS).map(|(line, [noun, _, example])| (line, noun, example))
}
