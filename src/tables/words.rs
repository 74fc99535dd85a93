//! `data/words.tsv`, `data/place_words.tsv`: single words and the classes they belong to.

use super::tsv;
use crate::text::{Classes, Lexicon};

const FILE: &str = include_str!("../../data/words.tsv");
const PLACE_WORDS: &str = include_str!("../../data/place_words.tsv");

/// Enters every word with its class.
pub(super) fn read(lexicon: &mut Lexicon) {
    for (_, [class, words]) in tsv::rows::<2>(FILE).chain(tsv::rows(PLACE_WORDS)) {
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
        for (name, file) in [("words.tsv", FILE), ("place_words.tsv", PLACE_WORDS)] {
            tsv::assert_sound(name, file, 2);
            for (line, [class, _]) in tsv::rows::<2>(file) {
                assert!(Classes::by_tag(class).is_some(), "data/{name}:{line}: no class {class}");
            }
        }
    }
}
