//! `data/words.tsv`: single words and the classes they belong to.

use super::tsv;
use crate::text::{Classes, Lexicon};

const FILE: &str = include_str!("../../data/words.tsv");

/// Enters every word with its class.
pub(super) fn read(lexicon: &mut Lexicon) {
    for (_, [class, words]) in tsv::rows::<2>(FILE) {
        for word in tsv::list(words) {
            lexicon.enter(word, Classes::by_tag(class).unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_word_list_names_a_class_that_exists() {
        tsv::assert_sound("words.tsv", FILE, 2);
        for (line, [class, _]) in tsv::rows::<2>(FILE) {
            assert!(Classes::by_tag(class).is_some(), "data/words.tsv:{line}: no class {class}");
        }
    }
}
