//! What stands around an article: told line by line, before the article is found among it.

use super::blocks::Block;
use super::lines::Ending;
use crate::article::FurnitureKind;
use crate::tables::Tables;
use crate::text::{Classes, Shape, Token};

/// Sentences longer than this that begin like a furniture line are prose that happens to.
const LONGEST_SENTENCE: usize = 12;

/// A phrase of so many words and marks begins no prose by chance.
const LONG_PHRASE: usize = 5;

/// No furniture line that is told by its words has more than this.
const LONGEST: usize = 45;

/// What sort of matter the block is; `None` when it may be part of the article. On a pasted page
/// (`strict` false) less is needed.
pub(super) fn kind(
    text: &str,
    tokens: &[Token],
    block: &Block,
    tables: &Tables,
    strict: bool,
) -> Option<FurnitureKind> {
    let words = block.of(tokens);
    if tables.labels.is_end_mark(words) {
        return Some(FurnitureKind::SignOff);
    }
    let bare = &words[..words.len()
        - words.iter().rev().take_while(|t| matches!(t.first, '…' | '.' | ':' | '>' | '»' | '|')).count()];
    if let Some(kind) = tables.furniture.whole(words).or_else(|| tables.furniture.whole(bare)) {
        return Some(kind);
    }
    if block.size == 0 {
        return Some(FurnitureKind::Other);
    }
    if block.size > LONGEST {
        let credit = tables.furniture.ends(words).filter(|_| !strict && block.ending == Ending::Word);
        return credit.filter(|&k| k == FurnitureKind::Caption);
    }
    let inner = &words[words.iter().take(3).take_while(|t| opens_line(t)).count()..];
    by_words(words, inner, block, tables, strict).or_else(|| by_look(text, words, block))
}

/// Brackets, dashes, stars and bars in front of the first word.
fn opens_line(token: &Token) -> bool {
    token.shape == Shape::Mark
        && matches!(token.first, '(' | '[' | '-' | '–' | '—' | '*' | '|' | '•' | '>' | '·' | '»' | '▶' | '^' | '#')
}

fn by_words(words: &[Token], inner: &[Token], block: &Block, tables: &Tables, strict: bool) -> Option<FurnitureKind> {
    let sentence = block.ending == Ending::Sentence && block.size > LONGEST_SENTENCE;
    let begins = tables.furniture.begins(words).or_else(|| tables.furniture.begins(inner));
    if let Some((length, kind)) = begins {
        let bracketed = words.first().is_some_and(|t| t.is_mark('(') || t.is_mark('['));
        let unmistakable = bracketed || kind == FurnitureKind::SignOff || length >= LONG_PHRASE;
        if !sentence || !strict || unmistakable {
            return Some(kind);
        }
    }
    let bare = match words {
        [rest @ .., stop] if stop.is_mark('.') => rest,
        _ => words,
    };
    if let Some(kind) = tables.furniture.ends(words).or_else(|| tables.furniture.ends(bare)) {
        let prose = block.has_sentences && block.size > LONGEST_SENTENCE && strict;
        return (!prose).then_some(kind);
    }
    let caption_end = words.last().is_some_and(|t| t.is_mark(')'));
    let may_hold = block.ending != Ending::Sentence || caption_end || !strict && !block.has_sentences;
    tables.furniture.holds(words).filter(|_| may_hold)
}

/// Lines told by their look: dates and times, e-mail addresses, handles, codes of the wire.
fn by_look(text: &str, words: &[Token], block: &Block) -> Option<FurnitureKind> {
    let says_when =
        words.iter().any(|t| matches!(t.of(text), "Updated" | "Published" | "Posted" | "Updated:" | "Modified"));
    if says_when && is_stamp(text, words) {
        return Some(FurnitureKind::Note);
    }
    // The number of a page.
    if let [number] = words
        && number.shape == Shape::Number
    {
        return Some(FurnitureKind::Other);
    }
    if is_wire_code(text, words) || is_initials(text, words) {
        return Some(FurnitureKind::SignOff);
    }
    let dated = words.iter().any(|t| t.is(Classes::MONTH)) && has_clock(words);
    if dated && block.size <= 12 && block.ending != Ending::Sentence {
        return Some(FurnitureKind::Other);
    }
    if block.size <= 12 && is_time(text, words) {
        return Some(FurnitureKind::Other);
    }
    let counted =
        matches!(words, [n, what] if n.shape == Shape::Number && what.of(text).eq_ignore_ascii_case("comments"));
    if counted {
        return Some(FurnitureKind::Navigation);
    }
    let at = words.iter().any(|t| t.is_mark('@'));
    let short = block.size <= 6 && block.ending != Ending::Sentence;
    let signed_post = at && words.first().is_some_and(|t| matches!(t.first, '—' | '–' | '-')) && block.size <= 14;
    if signed_post {
        return Some(FurnitureKind::Other);
    }
    (at && short).then_some(FurnitureKind::SignOff)
}

/// `AP-NY-06-12-14 1832EDT`
fn is_wire_code(text: &str, words: &[Token]) -> bool {
    let numbers = words.iter().filter(|t| t.first.is_ascii_digit()).count();
    let first = words.first().is_some_and(|t| t.shape == Shape::Upper && t.of(text).len() <= 4);
    let tied = words.get(1).is_some_and(|t| t.is_mark('-') && !t.spaced);
    first
        && tied
        && numbers >= 2
        && words.len() <= 12
        && words.iter().all(|t| !matches!(t.shape, Shape::Lower | Shape::Capital))
}

/// `gr/bp`, `mc-jlr/tym`: initials of those who handled the story, at least two.
fn is_initials(text: &str, words: &[Token]) -> bool {
    let letters = words.iter().filter(|t| t.shape != Shape::Mark);
    let short = letters.clone().all(|t| t.shape == Shape::Lower && t.of(text).len() <= 4);
    let slash = words.iter().any(|t| t.is_mark('/'));
    let tied = words.iter().skip(1).all(|t| !t.spaced);
    slash && short && tied && (2..=5).contains(&letters.count())
}

fn has_clock(words: &[Token]) -> bool {
    words.windows(3).any(|w| w[1].is_mark(':') && w[0].first.is_ascii_digit() && w[2].first.is_ascii_digit())
}

/// Whether the line is one that stands beside a byline: a date, "Published ...", "By" alone.
pub(super) fn is_stamp(text: &str, words: &[Token]) -> bool {
    let dated = words.iter().any(|t| t.is(Classes::MONTH)) && words.iter().any(|t| t.shape == Shape::Number);
    let short = words.len() <= 24;
    let by = words.first().is_some_and(|t| t.is(Classes::BYLINE_OPENER)) && words.len() <= 2;
    short
        && (is_time(text, words)
            || dated && words.iter().all(|t| t.shape != Shape::Lower || is_stamp_word(text, t))
            || by)
}

fn is_stamp_word(text: &str, token: &Token) -> bool {
    is_time_word(token.of(text))
        || matches!(token.of(text), "minute" | "minutes" | "hour" | "hours" | "updated" | "first" | "published")
}

/// Whether the words are nothing but a date, a time or an age: `16 September 2024 9:33pm`.
fn is_time(text: &str, words: &[Token]) -> bool {
    let begins = words.iter().find(|t| t.shape != Shape::Mark).is_some_and(|t| {
        t.shape == Shape::Number || t.is(Classes::MONTH | Classes::WEEKDAY) || is_time_word(t.of(text))
    });
    let numbers = words.iter().filter(|t| t.first.is_ascii_digit()).count();
    let months = words.iter().filter(|t| t.is(Classes::MONTH)).count();
    let only = words.iter().all(|t| match t.shape {
        Shape::Mark => true,
        Shape::Number => true,
        Shape::Initial => true,
        Shape::Upper => t.end() - t.start() <= 5 || t.is(Classes::MONTH | Classes::WEEKDAY),
        _ => t.is(Classes::MONTH | Classes::WEEKDAY) || is_time_word(t.of(text)),
    });
    let clock = has_clock(words);
    begins && only && numbers >= 1 && (months >= 1 || clock || numbers >= 3)
}

fn is_time_word(word: &str) -> bool {
    matches!(
        word,
        "at" | "am"
            | "pm"
            | "a.m"
            | "p.m"
            | "a.m."
            | "p.m."
            | "on"
            | "of"
            | "Today"
            | "Yesterday"
            | "Mon"
            | "Tue"
            | "Tues"
            | "Wed"
            | "Thu"
            | "Thur"
            | "Thurs"
            | "Fri"
            | "Sat"
            | "Sun"
            | "Updated"
            | "updated"
            | "Posted"
            | "Published"
            | "ago"
            | "min"
            | "read"
    )
}
