//! Quoted words that nobody says: titles, terms, scare quotes.

use super::clause::Clause;
use super::marks::Marked;
use crate::reading::Reading;
use crate::text::{Classes, Shape, Tag, Token};

/// Whether the quote at item `at` is the title of a work or a name given to something, going by
/// its own capitals and by the word before it.
pub(super) fn is_name(reading: &Reading, clause: &Clause, at: usize, marked: &Marked) -> bool {
    let tokens = &reading.tokens[marked.words.clone()];
    let named = |i| is_naming(clause, i);
    is_titled(reading.text, tokens)
        || is_so_called(reading, marked)
        || at > clause.start && is_near(clause, at, Classes::WORK) && words(tokens) <= 8 && starts_high(tokens)
        || naming_before(clause, at).is_some_and(named) && words(tokens) <= 8
}

/// "the so-called" right before the marks.
fn is_so_called(reading: &Reading, marked: &Marked) -> bool {
    let before = marked.open.saturating_sub(3)..marked.open;
    let hyphened = matches!(reading.tokens.get(before.clone()), Some([_, hyphen, _]) if hyphen.is_mark('-'));
    hyphened && reading.words(before).to_ascii_lowercase().contains("so-called")
}

/// "titled" right before `at`, or "known as the".
fn naming_before(clause: &Clause, at: usize) -> Option<usize> {
    let mut i = at.checked_sub(1)?;
    if clause.tag(i) == Some(Tag::Determiner) {
        i = i.checked_sub(1)?;
    }
    if clause.tag(i) == Some(Tag::Preposition) && clause.is(i, Classes::SUBORDINATOR) {
        i = i.checked_sub(1)?;
    }
    clause.is(i, Classes::NAMING).then_some(i)
}

/// Whether the quote is a heading in marks: a title, or a few words without an end.
pub(super) fn is_heading(reading: &Reading, marked: &Marked) -> bool {
    let tokens = &reading.tokens[marked.words.clone()];
    let ended = tokens.last().is_some_and(|t| matches!(t.first, '.' | ',' | '!' | '?' | '…') && t.shape == Shape::Mark);
    is_titled(reading.text, tokens) || is_stage_direction(reading, marked) || !ended && words(tokens) < 4
}

/// Whether nothing but a few words in brackets stand in the marks: "(LAUGHTER.)"
pub(super) fn is_stage_direction(reading: &Reading, marked: &Marked) -> bool {
    let tokens = &reading.tokens[marked.words.clone()];
    let aside = tokens.first().is_some_and(|t| t.is_mark('(') || t.is_mark('['));
    aside && words(tokens) < 5
}

/// Whether one of the classes stands right before `at`, or before a comma.
fn is_near(clause: &Clause, at: usize, classes: Classes) -> bool {
    let before = match clause.before(at) {
        Some(Tag::Comma) => at - 1,
        _ => at,
    };
    before > clause.start && clause.is(before - 1, classes)
}

/// "a park called", "is known as": the thing has the name, and nobody calls it so.
fn is_naming(clause: &Clause, naming: usize) -> bool {
    // "what engineers called"
    let what = clause.before(naming.saturating_sub(1)) == Some(Tag::Subordinator);
    let thing = match clause.before(naming) {
        Some(Tag::Noun) => !what,
        before => matches!(before, Some(Tag::Comma | Tag::Adverb | Tag::Verb)),
    };
    thing && clause.tag(naming) != Some(Tag::Auxiliary)
}

fn words(tokens: &[Token]) -> usize {
    tokens.iter().filter(|t| t.shape != Shape::Mark).count()
}

fn starts_high(tokens: &[Token]) -> bool {
    tokens.first().is_some_and(|t| t.is_capitalised() || t.shape == Shape::Number)
}

/// Two words or more, all of any length with a capital, and no end of a sentence inside.
fn is_titled(text: &str, tokens: &[Token]) -> bool {
    if !starts_high(tokens) || words(tokens) > 12 {
        return false;
    }
    let small = Classes::DETERMINER | Classes::PREPOSITION | Classes::CONJUNCTION | Classes::AUXILIARY;
    let long = || {
        tokens
            .iter()
            .filter(|t| t.shape != Shape::Mark && t.shape != Shape::Number && !t.of(text).starts_with(['\'', '’']))
    };
    let high = long().filter(|t| t.is_capitalised()).count();
    let low = long().filter(|t| !t.is_capitalised() && !t.is(small)).count();
    let spoken = tokens.iter().any(|t| t.is(Classes::PRONOUN_SPEECH));
    let ends = tokens.iter().any(|t| t.is_mark('!') || t.is_mark('?'));
    high >= 2 && low == 0 && !(spoken && ends)
}
