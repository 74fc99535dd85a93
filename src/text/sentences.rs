//! Sentences of a paragraph.

use std::ops::Range;

use super::classes::Classes;
use super::words::{Shape, Token};

/// Words that open a sentence with a capital they would not have inside one.
const OPENERS: Classes = Classes::DETERMINER
    .with(Classes::PREPOSITION)
    .with(Classes::CONJUNCTION)
    .with(Classes::SUBORDINATOR)
    .with(Classes::PRONOUN_HE)
    .with(Classes::PRONOUN_SHE)
    .with(Classes::PRONOUN_THEY)
    .with(Classes::PRONOUN_IT)
    .with(Classes::PRONOUN_SPEECH)
    .with(Classes::RELATIVE)
    .with(Classes::ADVERB);

/// A verb of saying stands no further than this behind a quoted question.
const CUE_NEAR: usize = 5;

/// Adds the sentences of a stretch of text that has these words, given those of them it may end with: in
/// order, each as a range of `tokens`, together covering every word.
pub(crate) fn sentences(
    text: &str,
    tokens: &[Token],
    words: Range<usize>,
    ends: &[u32],
    found: &mut Vec<Range<usize>>,
) {
    let Some(inside) = tokens.get(words.clone()) else { return };
    let mut first = 0;
    for i in ends.iter().map(|&end| end as usize - words.start) {
        if may_end(text, &inside[i]) && ends_here(text, inside, first, i) {
            found.push(words.start + first..words.start + i + 1);
            first = i + 1;
        }
    }
    if first < inside.len() {
        found.push(words.start + first..words.end);
    }
}

/// As [`sentences`], for tests that have no list of ends.
#[cfg(test)]
pub(crate) fn sentences_of(text: &str, tokens: &[Token], words: Range<usize>) -> Vec<Range<usize>> {
    let may_end = |&i: &usize| tokens[i].bytes(text).last().is_some_and(|&last| may_end_with(last));
    let ends: Vec<u32> = words.clone().filter(may_end).map(|i| i as u32).collect();
    let mut found = Vec::new();
    sentences(text, tokens, words, &ends, &mut found);
    found
}

/// Whether a sentence can end with this word or mark, one of those that [`may_end_with`] lets through.
fn may_end(text: &str, token: &Token) -> bool {
    match token.shape {
        // The semicolon is that of an entity: `&quot;`.
        Shape::Mark => matches!(token.first, '.' | '!' | '?' | '…' | ';') || is_closing(token),
        _ => ends_with_stop(text, token),
    }
}

/// Whether a sentence can end, whatever stands around it, with a word or mark whose last byte is
/// `last`: marks, and the full stop of `U.S.`. Not many do, and only there need anybody look.
#[inline]
pub(super) fn may_end_with(last: u8) -> bool {
    MAY_END[usize::from(last)]
}

const MAY_END: [bool; 256] = {
    let mut may = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        may[byte] = matches!(byte as u8, b'.' | b'!' | b'?' | b';' | b'"' | b'\'' | b')' | b']' | 0x80..);
        byte += 1;
    }
    may
};

/// Whether the last letter is a full stop: U.S., p.m.
fn ends_with_stop(text: &str, token: &Token) -> bool {
    text.as_bytes().get(token.end().wrapping_sub(1)) == Some(&b'.')
}

/// Whether the sentence that began with `tokens[first]` ends with `tokens[i]`: a full stop,
/// question or exclamation mark, with the closing quotation marks and brackets behind it, before
/// a word that can open a sentence.
fn ends_here(text: &str, tokens: &[Token], first: usize, i: usize) -> bool {
    let Some(next) = tokens.get(i + 1) else { return false };
    if !next.spaced || !opens_sentence(text, &tokens[i + 1..]) {
        return false;
    }
    let stop = before_closing(&tokens[first..=i]).checked_sub(1).map_or(i, |n| first + n);
    let quoted = stop < i && !matches!(tokens[i].first, ')' | ']');
    match &tokens[stop] {
        t if t.is_mark('.') => quoted || !is_abbreviated(text, tokens, first, stop, next),
        t if t.is_mark('!') || t.is_mark('?') || t.is_mark('…') => !(quoted && is_attributed(&tokens[i + 1..])),
        t if t.shape != Shape::Mark && ends_with_stop(text, t) => ends_with_initials(t, &tokens[i + 1..]),
        _ => false,
    }
}

/// How many of the tokens stand before the closing quotation marks and brackets at their end.
fn before_closing(tokens: &[Token]) -> usize {
    let mut end = tokens.len();
    loop {
        end = match &tokens[..end] {
            [.., and, name, semicolon] if and.is_mark('&') && semicolon.is_mark(';') && !name.spaced => end - 3,
            [.., and, hash, number, semicolon]
                if and.is_mark('&') && hash.is_mark('#') && semicolon.is_mark(';') && !number.spaced =>
            {
                end - 4
            }
            [.., last] if is_closing(last) => end - 1,
            _ => return end,
        }
    }
}

fn is_closing(token: &Token) -> bool {
    token.shape == Shape::Mark && !token.spaced && matches!(token.first, '"' | '”' | '“' | '’' | '\'' | '»' | ')' | ']')
}

fn opens_sentence(text: &str, tokens: &[Token]) -> bool {
    let [token, rest @ ..] = tokens else { return false };
    let then_capital = || rest.iter().take(4).find(|t| t.shape != Shape::Mark).is_some_and(Token::is_capitalised);
    match token.first {
        '"' | '“' | '„' | '‘' | '«' | '(' | '[' | '`' => true,
        '\'' => then_capital(),
        '&' => rest.first().is_some_and(|t| t.is_mark('#') || matches!(t.of(text), "quot" | "ldquo" | "lsquo")),
        _ => token.is_capitalised() || token.shape == Shape::Number,
    }
}

/// Whether somebody is said to have asked or shouted it: "Who?" Sousa asked.
fn is_attributed(tokens: &[Token]) -> bool {
    let near = tokens.iter().take(CUE_NEAR).take_while(|t| t.shape != Shape::Mark || t.is_mark('.'));
    tokens.first().is_some_and(|t| t.is_capitalised() && !t.is(Classes::DETERMINER | Classes::SUBJECT))
        && near.skip(1).any(|t| t.is(Classes::CUE) && t.shape == Shape::Lower)
}

/// Whether the full stop at `stop` belongs to an abbreviation or an initial and ends no sentence.
fn is_abbreviated(text: &str, tokens: &[Token], first: usize, stop: usize, next: &Token) -> bool {
    let Some(word) = stop.checked_sub(1).and_then(|i| tokens.get(i)) else { return false };
    if tokens[stop].spaced || tokens[stop].of(text) != "." {
        return false;
    }
    let opens = next.is_capitalised() && next.is(OPENERS);
    match word.shape {
        // "posted on X. “It works”"
        Shape::Initial if matches!(next.first, '"' | '“') => !ends_small(tokens, stop),
        Shape::Initial => !opens,
        // "1. What happens next"
        Shape::Number => stop == first + 1,
        _ if word.is(Classes::TITLE_ABBREVIATION) && word.is_capitalised() => true,
        _ if word.is(Classes::ABBREVIATION) && (word.is_capitalised() || word.shape == Shape::Lower) => {
            let named = next.is_capitalised() && !opens;
            next.shape == Shape::Number || named && word.is_capitalised()
        }
        _ => false,
    }
}

/// Whether a word in small letters stands before the single letter in front of the full stop.
fn ends_small(tokens: &[Token], stop: usize) -> bool {
    stop.checked_sub(2).and_then(|i| tokens.get(i)).is_some_and(|t| t.shape == Shape::Lower)
}

/// Whether a sentence ends with `U.S.` or `p.m.`: only when the next word would not have its
/// capital otherwise.
fn ends_with_initials(token: &Token, behind: &[Token]) -> bool {
    let [next, rest @ ..] = behind else { return false };
    // "said the U.S. "clearly" gained"
    if next.shape == Shape::Mark && rest.first().is_some_and(|t| t.shape == Shape::Lower) {
        return false;
    }
    if next.shape == Shape::Number {
        return false;
    }
    let time =
        token.shape == Shape::Lower && !next.is(Classes::WEEKDAY | Classes::MONTH) && next.shape == Shape::Capital;
    !next.is_capitalised() || next.is(OPENERS) || time
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use crate::text::tokens;

    #[test]
    fn a_paragraph_is_cut_where_its_sentences_end() {
        let tables = Tables::new();
        for (text, expected) in [
            ("Rain fell. The ferries stopped.", 2),
            ("Mr. Sousa met Gen. Roth in St. Gallen.", 1),
            ("George W. Roth left. He was 61.", 2),
            ("She said so in a video on X. \"We sail.\"", 2),
            ("The U.S. Senate met. It rained.", 2),
            ("They moved to the U.S. The ferries stopped.", 2),
            ("They said the U.S. \"clearly\" gained.", 1),
            ("They moved to the U.S. \"We sailed,\" she said.", 2),
            ("It sails at 9 a.m. Monday from the old port.", 1),
            ("It sails at 9 a.m. Rain is likely.", 2),
            ("\"We agree,\" she said. \"We sail.\"", 2),
            ("\"Who sails?\" Ana Sousa asked.", 1),
            ("\"Who sails?\" she asked. \"Nobody!\" Ines left.", 3),
            ("He refused. (She did not.) The ferry left.", 3),
            ("“No.” “Why?” Nobody sailed.", 3),
            ("The weather in the south. west stayed dry.", 1),
            ("Lorries of more than 7.5 t. would pay a toll.", 1),
            ("It paid No. 10 Sept. 4 a toll of $4.20. The port gained.", 2),
            ("1. What happens next is open.", 1),
            ("Ferries Inc. Chairman Ines Roth resigned.", 1),
            ("It bought Ferries Inc. The price is secret.", 2),
            ("&quot;We sail.&quot; The ferry left.", 2),
            ("``No.'' Rain fell.", 2),
            ("No stop at all", 1),
        ] {
            let tokens = tokens(text, &tables.lexicon);
            let found = super::sentences_of(text, &tokens, 0..tokens.len());
            let shown: Vec<&str> =
                found.iter().map(|s| &text[tokens[s.start].start()..tokens[s.end - 1].end()]).collect();
            assert_eq!(found.len(), expected, "{shown:?}");
        }
    }
}
