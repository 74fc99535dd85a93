//! What a word can be inside a name: the questions that all parts of this room ask of tokens.

use std::hash::Hasher;

use rustc_hash::{FxBuildHasher, FxHashSet, FxHasher};

use crate::tables::Tables;
use crate::text::{Classes, Shape, Token, WordId};

/// Words of the closed classes, which no name begins with.
pub(super) const CLOSED: Classes = Classes::PRONOUN_HE
    .and(Classes::PRONOUN_SHE)
    .and(Classes::PRONOUN_THEY)
    .and(Classes::PRONOUN_IT)
    .and(Classes::PRONOUN_SPEECH)
    .and(Classes::RELATIVE)
    .and(Classes::DETERMINER)
    .and(Classes::PREPOSITION)
    .and(Classes::CONJUNCTION)
    .and(Classes::SUBORDINATOR)
    .and(Classes::AUXILIARY)
    .and(Classes::NEGATION);

/// Pronouns that stand before a noun as "the" does, among others.
pub(super) const POSSESSOR: Classes = Classes::PRONOUN_HE
    .and(Classes::PRONOUN_SHE)
    .and(Classes::PRONOUN_THEY)
    .and(Classes::PRONOUN_IT)
    .and(Classes::PRONOUN_SPEECH);

/// A given name, whether of men, of women or of places too.
pub(super) const GIVEN: Classes = Classes::GIVEN_HE.and(Classes::GIVEN_SHE).and(Classes::GIVEN_PLACE);

/// A word that makes a body of a capitalised name.
pub(super) const BODY_WORD: Classes = Classes::BODY.and(Classes::BODY_NAME);

/// An adjective or noun of a nation or a part of the world.
pub(super) const NATION: Classes = Classes::DEMONYM.and(Classes::NATIONALITY);

/// A title or a role.
pub(super) const OFFICE: Classes = Classes::TITLE.and(Classes::ROLE);

/// A given name that is no place.
pub(super) fn is_plain_given(token: &Token) -> bool {
    let acronym = token.shape == Shape::Upper && token.end() - token.start() < 4;
    token.is(Classes::GIVEN_HE | Classes::GIVEN_SHE) && !token.is(Classes::GIVEN_PLACE) && !acronym
}

/// What the tables know as anything but a name.
pub(super) const USUAL: Classes = CLOSED
    .and(OFFICE)
    .and(BODY_WORD)
    .and(Classes::ORDINARY)
    .and(Classes::PLACE_WORD)
    .and(NATION)
    .and(Classes::PLACE)
    .and(Classes::CUE)
    .and(Classes::VERB);

/// A word that no table knows as anything but a name.
pub(super) fn is_unusual(token: &Token) -> bool {
    is_word(token) && !token.is(USUAL)
}

/// A word and no mark.
pub(super) fn is_word(token: &Token) -> bool {
    token.shape != Shape::Mark
}

/// The ending 's of a possessive.
pub(super) fn is_possessive(token: &Token, text: &str) -> bool {
    !token.spaced && token.end() > token.start() + 1 && matches!(token.of(text), "'s" | "’s" | "'S" | "’S" | "ʼs")
}

/// A month or a weekday, which stands beside names without being part of them.
pub(super) fn is_date_word(token: &Token) -> bool {
    token.is(Classes::MONTH | Classes::WEEKDAY)
}

/// A quotation mark that opens: white space before it, none behind.
pub(super) fn opens_quote(tokens: &[Token], i: usize) -> bool {
    let (Some(mark), Some(next)) = (tokens.get(i), tokens.get(i + 1)) else { return false };
    match mark.first {
        '“' | '‘' | '«' | '„' | '`' => mark.shape == Shape::Mark,
        '"' | '\'' => mark.shape == Shape::Mark && mark.spaced && !next.spaced,
        _ => false,
    }
}

/// One number for one word of a name, however it is capitalised.
#[inline]
pub(super) fn key(token: &Token, text: &str) -> u64 {
    if token.word == WordId::UNKNOWN { key_of_unknown(token, text) } else { u64::from(token.word.0) }
}

#[inline(never)]
fn key_of_unknown(token: &Token, text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    token.folded(text, |word| hasher.write(word));
    hasher.finish() | 1 << 63
}

/// The gender that an ending like -ova shows, and whether the word ends as family names do.
pub(super) fn family_ending(token: &Token, text: &str, tables: &Tables) -> Option<bool> {
    if token.is(Classes::ORDINARY) || token.end() - token.start() < 5 {
        return None;
    }
    token.folded(text, |word| tables.names.family_endings.of(word))
}

/// Which unknown words the text has in lower case: "Ferries" at the start of a sentence is no name
/// when "ferries" stands elsewhere. A set that may now and then say yes by mistake.
#[derive(Default)]
pub(super) struct LowerCase(Bits);

impl LowerCase {
    /// Adds an unknown word that stands in lower case.
    pub(super) fn note(&mut self, token: &Token, text: &str) {
        self.0.set(key(token, text));
    }

    /// Whether the word stands in lower case somewhere.
    pub(super) fn has(&self, token: &Token, text: &str) -> bool {
        is_unusual(token) && self.0.has(key(token, text))
    }
}

/// The words of names found where capitals prove something.
// Only looked up in, never walked.
#[derive(Default)]
pub(super) struct Known(FxHashSet<u64>);

impl Known {
    /// None yet, and room for so many.
    pub(super) fn with_room_for(words: usize) -> Known {
        Known(FxHashSet::with_capacity_and_hasher(words, FxBuildHasher))
    }

    /// Adds a word.
    pub(super) fn note(&mut self, token: &Token, text: &str) {
        self.0.insert(key(token, text));
    }

    /// Whether it is one of the words.
    pub(super) fn has(&self, token: &Token, text: &str) -> bool {
        self.0.contains(&key(token, text))
    }
}

/// A bit for every key, which some keys share.
struct Bits([u64; 128]);

impl Default for Bits {
    fn default() -> Bits {
        Bits([0; 128])
    }
}

impl Bits {
    fn set(&mut self, key: u64) {
        let (cell, bit) = Bits::place(key);
        self.0[cell] |= bit;
    }

    fn has(&self, key: u64) -> bool {
        let (cell, bit) = Bits::place(key);
        self.0[cell] & bit != 0
    }

    fn place(key: u64) -> (usize, u64) {
        let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 51;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }
}
