//! Sentences of a paragraph.

use super::classes::Classes;
use super::words::{Shape, Token};
use crate::span::Span;

/// The sentences of a stretch of text, given its words: in order, without overlap, each without
/// white space at its edges, together covering every word.
pub(crate) fn sentences(text: &str, tokens: &[Token]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut first = 0;
    for i in 0..tokens.len() {
        if ends_here(text, tokens, i) {
            found.push(Span::between(tokens[first].start(), tokens[i].end()));
            first = i + 1;
        }
    }
    if let (Some(first), Some(last)) = (tokens.get(first), tokens.last()) {
        found.push(Span::between(first.start(), last.end()));
    }
    found
}

/// Whether a sentence ends with `tokens[i]`: a full stop, question or exclamation mark, with the
/// closing quotation marks and brackets behind it, before a word that can open a sentence.
fn ends_here(text: &str, tokens: &[Token], i: usize) -> bool {
    let Some(next) = tokens.get(i + 1) else { return false };
    if !next.spaced || !opens_sentence(next, tokens.get(i + 2)) {
        return false;
    }
    let stop = tokens[..=i].iter().rposition(|t| !is_closing(t)).unwrap_or(i);
    match tokens[stop] {
        t if t.is_mark('.') => !is_abbreviated(text, tokens, stop, next),
        t if t.is_mark('!') || t.is_mark('?') || t.is_mark('…') => true,
        t => t.shape == Shape::Upper && t.of(text).ends_with('.') && !next.is_capitalised(),
    }
}

fn is_closing(token: &Token) -> bool {
    token.shape == Shape::Mark && !token.spaced && matches!(token.first, '"' | '”' | '’' | '\'' | '»' | ')' | ']')
}

fn opens_sentence(token: &Token, after: Option<&Token>) -> bool {
    token.is_capitalised()
        || token.shape == Shape::Number
        || matches!(token.first, '"' | '“' | '‘' | '«' | '(' | '[' | '`')
        || token.is_mark('\'') && after.is_some_and(Token::is_capitalised)
}

/// Whether the full stop at `stop` belongs to an abbreviation or an initial and ends no sentence.
fn is_abbreviated(text: &str, tokens: &[Token], stop: usize, next: &Token) -> bool {
    let Some(word) = stop.checked_sub(1).map(|i| &tokens[i]) else { return false };
    if tokens[stop].spaced || tokens[stop].of(text) != "." {
        return false;
    }
    word.shape == Shape::Initial
        || word.is(Classes::TITLE_ABBREVIATION) && word.is_capitalised()
        || word.is(Classes::ABBREVIATION) && (next.shape == Shape::Number || !next.is_capitalised())
}
