//! `data/labels.tsv`: slugs, section labels and end marks.

use super::tsv;
use crate::text::{Classes, Lexicon, Phrases, Token};

const FILE: &str = include_str!("../../data/labels.tsv");

/// The labels of newsrooms.
pub(crate) struct Labels {
    slugs: Phrases<()>,
    sections: Phrases<()>,
    end_marks: Phrases<()>,
}

impl Labels {
    /// How many of the words at the beginning of `tokens` are a slug: UPDATE 2, EXCLUSIVE.
    pub(crate) fn slug(&self, tokens: &[Token]) -> Option<usize> {
        self.slugs.longest(tokens).map(|(n, ())| n)
    }

    /// Whether the whole of `tokens` is a section label: World, Business News.
    pub(crate) fn is_section(&self, tokens: &[Token]) -> bool {
        self.sections.longest(tokens).is_some_and(|(n, ())| n == tokens.len())
    }

    /// Whether the whole of `tokens` is a mark below the text: Reuter, (END), -30-.
    pub(crate) fn is_end_mark(&self, tokens: &[Token]) -> bool {
        self.end_marks.longest(tokens).is_some_and(|(n, ())| n == tokens.len())
    }
}

/// Reads the table.
pub(super) fn read(lexicon: &mut Lexicon) -> Labels {
    let mut phrases = |wanted: &str| {
        let mut found = Phrases::opened_by(Classes::LABEL);
        for (_, [sort, names]) in tsv::rows::<2>(FILE) {
            for name in tsv::list(names).filter(|_| sort == wanted) {
                *found.slot(name, lexicon) = Some(());
            }
        }
        found
    };
    Labels { slugs: phrases("slug"), sections: phrases("section"), end_marks: phrases("end-mark") }
}

/// Every label of a sort, for tests that print each in an article.
#[cfg(test)]
pub(crate) fn names(wanted: &str) -> impl Iterator<Item = &'static str> {
    tsv::rows::<2>(FILE).filter(move |(_, [sort, _])| *sort == wanted).flat_map(|(_, [_, names])| tsv::list(names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_is_a_slug_a_section_or_an_end_mark() {
        tsv::assert_sound("labels.tsv", FILE, 2);
        for (line, [sort, _]) in tsv::rows::<2>(FILE) {
            assert!(["slug", "section", "end-mark"].contains(&sort), "data/labels.tsv:{line}: {sort}");
        }
    }
}
