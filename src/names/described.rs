//! What the text says that somebody is or does, where it gives no role: "Ines Roth, who leads the
//! council,", "Owen Pike worked as a deckhand", "The first witness was Owen Pike".

use std::ops::Range;

use super::NameKind;
use super::drafts::Draft;
use super::words::{CLOSED, OFFICE, POSSESSOR, is_possessive, is_word};
use crate::text::{Classes, Shape, Token, WordId};

/// So many words of what is said are looked at.
const WORDS: usize = 10;

/// What a text says of somebody.
pub(super) struct Described {
    /// The words that say it.
    pub(super) words: Range<usize>,
    /// The nouns for the person, and the verb that tells what they do: "leads".
    pub(super) heads: [Option<WordId>; 3],
}

/// What stands behind or before the name of a person.
pub(super) fn read(tokens: &[Token], text: &str, draft: &Draft) -> Option<Described> {
    // "Roth of Nebraska, who": it is not Nebraska who is meant.
    let home = draft.words().start.checked_sub(1).is_some_and(|i| tokens[i].is(Classes::OF));
    // "Ines Roth at the institute in Pune, India, who"
    let place = || tokens[draft.words()].iter().all(|t| t.is(Classes::PLACE) && !t.is(OFFICE));
    if draft.kind == NameKind::Other && (home || place()) {
        return None;
    }
    let before = before(tokens, text, draft);
    match behind(tokens, text, draft) {
        Some(mut said) => {
            said.heads[2] = before.and_then(|b| b.heads[0]);
            Some(said)
        }
        None => before,
    }
}

/// ", who leads the council", ", 23, who was working as a deckhand", " is a nurse", " worked as".
fn behind(tokens: &[Token], text: &str, draft: &Draft) -> Option<Described> {
    let end = draft.behind().map_or(draft.words().end, |role| role.end);
    let end = behind_home(tokens, end).unwrap_or(end);
    let next = tokens.get(end)?;
    // "at the institute in Pune, India, who"
    if next.is(Classes::PREPOSITION) && draft.kind == NameKind::Person {
        return who(tokens, text, behind_work(tokens, end)? + 1);
    }
    if next.is_mark(',') {
        let number = tokens.get(end + 1).is_some_and(|t| t.shape == Shape::Number);
        let age = number && tokens.get(end + 2).is_some_and(|t| t.is_mark(','));
        return who(tokens, text, if age { end + 3 } else { end + 1 });
    }
    if next.is(Classes::SUBJECT_RELATIVE) && draft.behind().is_some() {
        return who(tokens, text, end);
    }
    // Behind most names stands no such verb.
    if !next.is(Classes::BE | Classes::VERB) {
        return None;
    }
    let words = end..until(tokens, end);
    let noun = noun_in(tokens, text, words.clone())?;
    Some(Described { words, heads: [Some(noun), None, None] })
}

/// Behind "of Nebraska", where the one who comes from there is described.
fn behind_home(tokens: &[Token], end: usize) -> Option<usize> {
    tokens.get(end).filter(|t| t.is(Classes::OF) && t.shape == Shape::Lower)?;
    let home = tokens.get(end + 1..)?.iter().take(4).take_while(|t| t.is_capitalised()).count();
    (home > 0).then_some(end + 1 + home)
}

/// The comma behind "at the institute in Pune, India" where "who" follows.
fn behind_work(tokens: &[Token], start: usize) -> Option<usize> {
    let place = |t: &&Token| t.is_mark(',') || is_word(t) && !t.is(Classes::VERB | Classes::CUE | Classes::AUXILIARY);
    let length = tokens.get(start..)?.iter().take(WORK).take_while(place).count();
    (start..start + length)
        .find(|&i| tokens[i].is_mark(',') && tokens.get(i + 1).is_some_and(|t| t.is(Classes::SUBJECT_RELATIVE)))
}

/// So many words and marks may tell where somebody works.
const WORK: usize = 14;

/// What the clause says that begins with the "who" at `at`.
fn who(tokens: &[Token], text: &str, at: usize) -> Option<Described> {
    tokens.get(at).filter(|t| t.is(Classes::SUBJECT_RELATIVE))?;
    let words = at + 1..until(tokens, at + 1);
    let helping = |t: &&Token| t.is(Classes::AUXILIARY | Classes::ADVERB | Classes::NEGATION);
    let verb = tokens[words.clone()].iter().find(|t| !helping(t));
    let verb = verb.filter(|t| t.word != WordId::UNKNOWN && !t.is(OFFICE | CLOSED));
    let heads = [noun_in(tokens, text, words.clone()), verb.map(|t| t.word), None];
    Some(Described { words, heads })
}

/// Where what is said ends: at the next mark, and not too far.
fn until(tokens: &[Token], start: usize) -> usize {
    let rest = tokens.get(start..).unwrap_or_default().iter().take(WORDS);
    start + rest.take_while(|t| is_word(t) || t.is_mark('-') && !t.spaced).count()
}

/// The noun for a person behind "is a", "as a" or "became".
fn noun_in(tokens: &[Token], text: &str, words: Range<usize>) -> Option<WordId> {
    let opens = |i: usize| {
        let article = tokens.get(i + 1).is_some_and(|t| t.is(Classes::DETERMINER | POSSESSOR));
        tokens[i].is(Classes::BE) && article || matches!(tokens[i].of(text), "as" | "became" | "becomes")
    };
    let at = words.clone().take(4).find(|&i| opens(i))?;
    // "who described him as a liar"
    if tokens[words.start..at].iter().any(|t| t.is(Classes::CUE | POSSESSOR) || t.is_capitalised()) {
        return None;
    }
    let skipped = usize::from(tokens.get(at + 1).is_some_and(|t| t.is(Classes::DETERMINER | POSSESSOR)));
    let phrase = tokens.get(at + 1 + skipped..words.end)?;
    let closes = |t: &&Token| is_word(t) && t.is(CLOSED) && !t.is(OFFICE);
    let head = phrase.iter().take_while(|t| !closes(t)).filter(|t| t.is(OFFICE)).last()?;
    (!head.is(Classes::ROLE_PLURAL)).then_some(head.word)
}

/// "The first witness was Owen Pike", but not "The minister was Ines Roth's brother".
fn before(tokens: &[Token], text: &str, draft: &Draft) -> Option<Described> {
    let start = draft.before().map_or(draft.words().start, |role| role.start);
    let noun = start.checked_sub(2)?;
    let said =
        tokens[noun + 1].is(Classes::BE) && tokens[noun].is(Classes::ROLE) && !tokens[noun].is(Classes::ROLE_PLURAL);
    let owner = || tokens.get(draft.words().end).is_some_and(|t| is_possessive(t, text));
    (said && !owner()).then(|| Described { words: noun..noun + 1, heads: [Some(tokens[noun].word), None, None] })
}
