//! The tables of names: given and family names, titles, roles, bodies, and words they are made of.

use rustc_hash::FxHashMap;

use super::tsv;
use crate::text::{Classes, Lexicon, Phrases};

const NAME_WORDS: &str = include_str!("../../data/name_words.tsv");
const GIVEN_NAMES: &str = include_str!("../../data/given_names.tsv");
const FAMILY_NAMES: &str = include_str!("../../data/family_names.tsv");
const FAMILY_ENDINGS: &str = include_str!("../../data/family_endings.tsv");
const TITLES: &str = include_str!("../../data/titles.tsv");
const ROLES: &str = include_str!("../../data/roles.tsv");
const BODY_WORDS: &str = include_str!("../../data/body_words.tsv");
const BODIES: &str = include_str!("../../data/bodies.tsv");
const ORDINARY: &str = include_str!("../../data/ordinary_words.tsv");

/// A body known by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct KnownBody {
    /// It belongs to a state or to several.
    pub(crate) state: bool,
    /// It is written in capitals only.
    pub(crate) acronym: bool,
    /// It is a country after all, though named like a body: the Soviet Union.
    pub(crate) place: bool,
}

/// Endings of family names, in lower case, and whether only women bear them.
#[derive(Default)]
pub(crate) struct FamilyEndings {
    // Only looked up in, never walked.
    endings: FxHashMap<&'static [u8], bool>,
    longest: usize,
}

impl FamilyEndings {
    fn read() -> FamilyEndings {
        let mut read = FamilyEndings::default();
        for (_, [letters, gender, _]) in tsv::rows::<3>(FAMILY_ENDINGS) {
            read.endings.insert(letters.as_bytes(), gender == "she");
            read.longest = read.longest.max(letters.len());
        }
        read
    }

    /// Whether only women bear the longest ending that a folded word has; nothing when it has none.
    pub(crate) fn of(&self, word: &[u8]) -> Option<bool> {
        let mut lengths = (1..=self.longest.min(word.len())).rev();
        lengths.find_map(|length| self.endings.get(&word[word.len() - length..]).copied())
    }
}

/// What the names room looks up beside the classes of words.
pub(crate) struct NameTables {
    /// Bodies known by name.
    pub(crate) bodies: Phrases<KnownBody>,
    /// Endings of family names.
    pub(crate) family_endings: FamilyEndings,
}

/// Reads the tables and enters their words with their classes.
pub(super) fn read(lexicon: &mut Lexicon) -> NameTables {
    for (_, [class, words]) in tsv::rows::<2>(NAME_WORDS) {
        enter(lexicon, words, Classes::by_tag(class).unwrap_or_default());
    }
    for (_, [gender, _, words]) in tsv::rows::<3>(GIVEN_NAMES) {
        enter(lexicon, words, given_class(gender));
    }
    for (_, [language, words]) in tsv::rows::<2>(FAMILY_NAMES) {
        let first = if language == "East Asian" { Classes::FAMILY_FIRST } else { Classes::NONE };
        enter(lexicon, words, Classes::FAMILY | first);
    }
    for (_, [gender, usage, words]) in tsv::rows::<3>(TITLES) {
        let usage = match usage {
            "kept" => Classes::TITLE_KEPT,
            "courtesy" => Classes::COURTESY,
            _ => Classes::NONE,
        };
        enter(lexicon, words, Classes::TITLE | gender_class(gender) | usage);
    }
    for (_, [gender, number, words]) in tsv::rows::<3>(ROLES) {
        let plural = if number == "plural" { Classes::ROLE_PLURAL } else { Classes::NONE };
        enter(lexicon, words, Classes::ROLE | gender_class(gender) | plural);
    }
    for (_, [sort, form, words]) in tsv::rows::<3>(BODY_WORDS) {
        enter(lexicon, words, body_class(sort, form));
    }
    for (_, [words]) in tsv::rows::<1>(ORDINARY) {
        enter(lexicon, words, Classes::ORDINARY);
    }
    NameTables { bodies: bodies(lexicon), family_endings: FamilyEndings::read() }
}

fn enter(lexicon: &mut Lexicon, words: &str, classes: Classes) {
    for word in tsv::list(words) {
        lexicon.enter(word, classes);
    }
}

fn given_class(gender: &str) -> Classes {
    match gender {
        "he" => Classes::GIVEN_HE,
        "she" => Classes::GIVEN_SHE,
        "place" => Classes::GIVEN_PLACE,
        _ => Classes::GIVEN_HE | Classes::GIVEN_SHE,
    }
}

fn gender_class(gender: &str) -> Classes {
    match gender {
        "he" => Classes::HE_WORD,
        "she" => Classes::SHE_WORD,
        _ => Classes::NONE,
    }
}

fn body_class(sort: &str, form: &str) -> Classes {
    let state = if sort == "state" { Classes::BODY_STATE } else { Classes::NONE };
    match form {
        "noun" if sort == "company" || sort == "media" => Classes::BODY | Classes::COMPANY,
        "noun" => Classes::BODY | state,
        "last" => Classes::BODY_NAME | Classes::BODY_LAST | state,
        _ => Classes::BODY_NAME | state,
    }
}

fn bodies(lexicon: &mut Lexicon) -> Phrases<KnownBody> {
    let mut bodies = Phrases::opened_by(Classes::KNOWN_BODY);
    for (_, [sort, acronym, names]) in tsv::rows::<3>(BODIES) {
        for name in tsv::list(names) {
            *bodies.slot(name, lexicon) =
                Some(KnownBody { state: sort == "state", acronym: acronym == "yes", place: sort == "place" });
        }
    }
    bodies
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_of_names_has_its_columns_and_known_words_in_them() {
        for (name, file, columns) in [
            ("name_words.tsv", NAME_WORDS, 2),
            ("given_names.tsv", GIVEN_NAMES, 3),
            ("family_names.tsv", FAMILY_NAMES, 2),
            ("family_endings.tsv", FAMILY_ENDINGS, 3),
            ("titles.tsv", TITLES, 3),
            ("roles.tsv", ROLES, 3),
            ("body_words.tsv", BODY_WORDS, 3),
            ("bodies.tsv", BODIES, 3),
            ("ordinary_words.tsv", ORDINARY, 1),
        ] {
            tsv::assert_sound(name, file, columns);
        }
        for (line, [class, _]) in tsv::rows::<2>(NAME_WORDS) {
            assert!(Classes::by_tag(class).is_some(), "data/name_words.tsv:{line}: no class {class}");
        }
        let sorts = ["state", "company", "media", "party", "club", "school", "group"];
        for (line, [sort, form, _]) in tsv::rows::<3>(BODY_WORDS) {
            assert!(sorts.contains(&sort) && ["noun", "name", "last"].contains(&form), "data/body_words.tsv:{line}");
        }
        for (line, [sort, acronym, _]) in tsv::rows::<3>(BODIES) {
            assert!(
                (sorts.contains(&sort) || sort == "place") && ["", "yes"].contains(&acronym),
                "data/bodies.tsv:{line}"
            );
        }
        for (line, [ending, _, example]) in tsv::rows::<3>(FAMILY_ENDINGS) {
            assert!(example.ends_with(ending), "data/family_endings.tsv:{line}");
        }
    }
}
