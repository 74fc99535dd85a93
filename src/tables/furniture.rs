//! `data/furniture.tsv`: how the lines that stand around an article begin, end or read.

use super::tsv;
use crate::article::FurnitureKind;
use crate::text::{Classes, Lexicon, Phrases, Token};

const FILE: &str = include_str!("../../data/furniture.tsv");

/// No phrase of the table is longer than this many words and marks.
const LONGEST: usize = 16;

/// Phrases of the matter around articles.
pub(crate) struct FurnitureLines {
    whole: Phrases<FurnitureKind>,
    begins: Phrases<FurnitureKind>,
    ends: Phrases<FurnitureKind>,
    holds: Phrases<FurnitureKind>,
}

impl FurnitureLines {
    /// What sort of line `tokens` are when they are a phrase of the table from end to end.
    pub(crate) fn whole(&self, tokens: &[Token]) -> Option<FurnitureKind> {
        self.whole.longest(tokens).filter(|(n, _)| *n == tokens.len()).map(|(_, kind)| *kind)
    }

    /// What sort of line begins like `tokens`, and how many of them say so.
    pub(crate) fn begins(&self, tokens: &[Token]) -> Option<(usize, FurnitureKind)> {
        self.begins.longest(tokens).map(|(n, kind)| (n, *kind))
    }

    /// What sort of line ends like `tokens`, with or without their full stop.
    pub(crate) fn ends(&self, tokens: &[Token]) -> Option<FurnitureKind> {
        let stop = usize::from(tokens.last().is_some_and(|t| t.is_mark('.')));
        let first = tokens.len().saturating_sub(LONGEST + stop);
        let mut bare = None;
        for i in (first..tokens.len()).filter(|&i| self.ends.begins(&tokens[i])) {
            let rest = &tokens[i..];
            for (n, &kind) in self.ends.all(rest) {
                if n == rest.len() {
                    return Some(kind);
                }
                if n + stop == rest.len() {
                    bare = bare.or(Some(kind));
                }
            }
        }
        bare
    }

    /// What sort of line holds a phrase of the table, such as a picture credit.
    pub(crate) fn holds(&self, tokens: &[Token]) -> Option<FurnitureKind> {
        let begins = (0..tokens.len()).filter(|&i| self.holds.begins(&tokens[i]));
        begins.map(|i| &tokens[i..]).find_map(|rest| self.holds.longest(rest).map(|(_, kind)| *kind))
    }
}

/// Reads the table.
pub(super) fn read(lexicon: &mut Lexicon) -> FurnitureLines {
    let mut phrases = |wanted: &str, opener| {
        let mut found = Phrases::opened_by(opener);
        for (_, [kind, how, phrase]) in tsv::rows::<3>(FILE) {
            if how == wanted {
                *found.slot(phrase, lexicon) = kind_of(kind);
            }
        }
        found
    };
    FurnitureLines {
        whole: phrases("whole", Classes::FURNITURE_WHOLE),
        begins: phrases("begins", Classes::FURNITURE_BEGIN),
        ends: phrases("ends", Classes::FURNITURE_END),
        holds: phrases("holds", Classes::FURNITURE_INSIDE),
    }
}

fn kind_of(name: &str) -> Option<FurnitureKind> {
    match name {
        "sign-off" => Some(FurnitureKind::SignOff),
        "copyright" => Some(FurnitureKind::Copyright),
        "caption" => Some(FurnitureKind::Caption),
        "note" => Some(FurnitureKind::Note),
        "navigation" => Some(FurnitureKind::Navigation),
        "other" => Some(FurnitureKind::Other),
        _ => None,
    }
}

/// Every row as how, phrase and kind, for tests that print each below an article.
#[cfg(test)]
pub(crate) fn phrases() -> impl Iterator<Item = (&'static str, &'static str, FurnitureKind)> {
    tsv::rows::<3>(FILE).filter_map(|(_, [kind, how, phrase])| Some((how, phrase, kind_of(kind)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    #[test]
    fn every_furniture_line_names_a_kind_and_a_place_and_is_short() {
        tsv::assert_sound("furniture.tsv", FILE, 3);
        for (line, [kind, how, phrase]) in tsv::rows::<3>(FILE) {
            let known = ["whole", "begins", "ends", "holds"].contains(&how) && kind_of(kind).is_some();
            let length = tokens(phrase, &Lexicon::default()).len();
            assert!(known && (1..=LONGEST).contains(&length), "data/furniture.tsv:{line}: {phrase}");
        }
    }
}
