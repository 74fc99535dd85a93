//! `data/words.tsv`, `data/newsroom.tsv`, `data/place_words.tsv`: single words and the classes they belong to.

use super::tsv;
use crate::text::{Classes, Lexicon};

/// English, the words of the page, the words beside places.
const FILES: [(&str, &str); 3] = [
    ("words.tsv", include_str!("../../data/words.tsv")),
    ("newsroom.tsv", include_str!("../../data/newsroom.tsv")),
    ("place_words.tsv", include_str!("../../data/place_words.tsv")),
];

/// Enters every word with its class.
pub(super) fn read(lexicon: &mut Lexicon) {
    for (_, file) in FILES {
        for (_, [class, words]) in tsv::rows::<2>(file) {
            for word in tsv::list(words) {
                lexicon.enter(word, Classes::by_tag(class).unwrap_or_default());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_word_lists_names_a_class_that_exists() {
        for (name, file) in FILES {
            tsv::assert_sound(name, file, 2);
            for (line, [class, _]) in tsv::rows::<2>(file) {
                assert!(Classes::by_tag(class).is_some(), "data/{name}:{line}: no class {class}");
            }
        }
    }
}
