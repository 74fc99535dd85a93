//! What a word is in its clause, as far as closed lists and endings tell.

use super::classes::Classes;
use super::lexicon::{Lexicon, WordId};
use super::words::{Shape, Token};

/// What an item is in its clause, as far as a closed list of words and its shape tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Tag {
    /// the, some, his
    Determiner,
    /// he, nobody
    Pronoun,
    /// him, them
    Object,
    /// who, which
    Relative,
    /// that
    That,
    /// of, in
    Preposition,
    /// and, but
    Conjunction,
    /// because, when
    Subordinator,
    /// is, will
    Auxiliary,
    /// not
    Negation,
    /// A form of a verb of saying.
    Cue,
    /// A common verb that is no cue.
    Verb,
    /// -ed: past or participle
    Past,
    /// -ing
    Ing,
    /// also, quickly
    Adverb,
    /// Monday, week
    Time,
    /// Any other word in small letters.
    Noun,
    /// A name, or a capitalised word.
    Name,
    /// 17
    Number,
    /// 's
    Possessive,
    /// ,
    Comma,
    /// — with space around it
    Dash,
    /// :
    Colon,
    /// ;
    Semicolon,
    /// . ? !
    Stop,
    /// Words in brackets.
    Aside,
    /// Words in quotation marks.
    Quote,
    /// A stop after Mr or J, a hyphen, a stroke: holds a name together.
    Glue,
    /// Any other mark.
    Other,
}

impl Tag {
    /// A bit of its own, for sets of tags.
    pub(crate) const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// What a word is by the closed classes; nothing if it is of none. The first that fits decides.
    fn closed(classes: Classes) -> Option<Tag> {
        let that = classes.any(Classes::RELATIVE) && classes.any(Classes::DETERMINER);
        let fits = |&&(class, _): &&(Classes, Tag)| classes.any(class);
        if that { Some(Tag::That) } else { CLOSED.iter().find(fits).map(|&(_, tag)| tag) }
    }

    /// What a word of no closed class is, by its other classes and, if they tell nothing, by its
    /// ending.
    pub(crate) fn open(word: &[u8], classes: Classes) -> Tag {
        if let Some(&(_, tag)) = OPEN.iter().find(|&&(class, _)| classes.any(class)) {
            return tag;
        }
        match word {
            [_, _, _, .., b'l', b'y'] if !classes.any(Classes::NOT_ADVERB) => Tag::Adverb,
            [_, .., before, b'e', b'd'] if *before != b'e' && !classes.any(Classes::NOT_PAST) => Tag::Past,
            [_, _, _, .., b'i', b'n', b'g'] if !classes.any(Classes::CUE_NOUN) => Tag::Ing,
            _ => Tag::Noun,
        }
    }

    /// Whether a word that is no name has it by an open class: many words have, and more may.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Tag::Cue | Tag::Verb | Tag::Past | Tag::Ing | Tag::Adverb | Tag::Time | Tag::Noun)
    }
}

/// Closed classes, and what a word of each is.
const CLOSED: &[(Classes, Tag)] = &[
    (Classes::RELATIVE, Tag::Relative),
    (Classes::POSSESSIVE.and(Classes::DETERMINER), Tag::Determiner),
    (Classes::CONJUNCTION, Tag::Conjunction),
    (Classes::AUXILIARY, Tag::Auxiliary),
    (Classes::NEGATION, Tag::Negation),
    (Classes::PREPOSITION, Tag::Preposition),
    (Classes::SUBORDINATOR, Tag::Subordinator),
    (Classes::SUBJECT, Tag::Pronoun),
    (Classes::OBJECT_PRONOUN, Tag::Object),
];

/// Open classes that tell more than an ending does, and what a word of each is.
const OPEN: &[(Classes, Tag)] =
    &[(Classes::CUE, Tag::Cue), (Classes::VERB, Tag::Verb), (Classes::TIME, Tag::Time), (Classes::ADVERB, Tag::Adverb)];

/// What a word in small letters is.
#[derive(Clone, Copy)]
pub(crate) struct Plain {
    /// Its part in the clause.
    pub(crate) tag: Tag,
    /// Whether it ends like a plural or is one.
    pub(crate) plural: bool,
}

impl Plain {
    fn of(word: &[u8], classes: Classes) -> Plain {
        let tag = Tag::closed(classes).unwrap_or_else(|| Tag::open(word, classes));
        let ends = matches!(word, [b's'] | [.., 0..=b'r' | b't'.., b's']);
        Plain { tag, plural: ends || classes.any(Classes::PLURAL) }
    }
}

/// What every word of a lexicon is, found once: nearly all words of a text are such.
pub(crate) struct Tags {
    // By the numbers of the words.
    plain: Vec<Plain>,
}

impl Tags {
    /// Reads the words of a lexicon that is complete.
    pub(crate) fn of_lexicon(lexicon: &Lexicon) -> Tags {
        let mut plain = vec![Plain::of(b"", Classes::NONE); lexicon.len()];
        for (word, letters, classes) in lexicon.words() {
            plain[usize::from(word.0)] = Plain::of(letters, classes);
        }
        Tags { plain }
    }

    /// What a word would be in small letters.
    pub(crate) fn of(&self, token: &Token, text: &str) -> Plain {
        let known = token.word != WordId::UNKNOWN && matches!(token.shape, Shape::Lower | Shape::Capital);
        let found = self.plain.get(usize::from(token.word.0)).filter(|_| known);
        found.copied().unwrap_or_else(|| Plain::of(token.bytes(text), token.classes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_tells_what_a_word_is_unless_a_list_knows_better() {
        for (word, classes, tag) in [
            ("quickly", Classes::NONE, Tag::Adverb),
            ("fly", Classes::NONE, Tag::Noun),
            ("family", Classes::NOT_ADVERB, Tag::Noun),
            ("flooded", Classes::NONE, Tag::Past),
            ("shed", Classes::NONE, Tag::Past),
            ("bed", Classes::NONE, Tag::Noun),
            ("freed", Classes::NONE, Tag::Noun),
            ("sailing", Classes::NONE, Tag::Ing),
            ("spring", Classes::NONE, Tag::Ing),
            ("swing", Classes::NONE, Tag::Noun),
            ("ruling", Classes::CUE_NOUN, Tag::Noun),
            ("told", Classes::CUE, Tag::Cue),
            ("that", Classes::RELATIVE | Classes::DETERMINER, Tag::That),
            ("to", Classes::PREPOSITION | Classes::CUE, Tag::Preposition),
        ] {
            assert_eq!(Plain::of(word.as_bytes(), classes).tag, tag, "{word}");
        }
    }

    #[test]
    fn a_word_in_s_may_be_several_things() {
        for (word, plural) in [("pilots", true), ("s", true), ("press", false), ("pilot", false), ("", false)] {
            assert_eq!(Plain::of(word.as_bytes(), Classes::NONE).plural, plural, "{word}");
        }
    }
}
