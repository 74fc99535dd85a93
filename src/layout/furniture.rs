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

/// No stamp has more words and marks than this.
const LONGEST_STAMP: usize = 24;

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
        let credit = if !strict && block.ending == Ending::Word { tables.furniture.ends(words) } else { None };
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
    let prose = block.has_sentences && block.size > LONGEST_SENTENCE && strict;
    let caption_end = words.last().is_some_and(|t| t.is_mark(')'));
    let may_hold = block.ending != Ending::Sentence || caption_end || !strict && !block.has_sentences;
    // Most paragraphs are furniture by no phrase further on.
    if prose && !may_hold {
        return None;
    }
    if let Some(kind) = tables.furniture.ends(words) {
        return (!prose).then_some(kind);
    }
    if may_hold { tables.furniture.holds(words) } else { None }
}

/// Lines told by their look: dates and times, e-mail addresses, handles, codes of the wire. All of
/// them are short, and most blocks are not: how long a line is comes first in every question.
fn by_look(text: &str, words: &[Token], block: &Block) -> Option<FurnitureKind> {
    let says_when = |t: &Token| {
        matches!(t.first, 'U' | 'P' | 'M') && matches!(t.of(text), "Updated" | "Published" | "Posted" | "Modified")
    };
    if words.len() <= LONGEST_STAMP && words.iter().any(says_when) && is_stamp(text, words) {
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
    let dated = || words.iter().any(|t| t.is(Classes::MONTH)) && has_clock(words);
    if block.size <= 12 && block.ending != Ending::Sentence && dated() {
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
    let at = block.size <= 14 && words.iter().any(|t| t.is_mark('@'));
    let signed = words.first().is_some_and(|t| t.is(Classes::BYLINE_OPENER));
    let short = block.size <= 6 && block.ending != Ending::Sentence && !signed;
    let signed_post = at && words.first().is_some_and(|t| matches!(t.first, '—' | '–' | '-'));
    if signed_post {
        return Some(FurnitureKind::Other);
    }
    (at && short).then_some(FurnitureKind::SignOff)
}

/// `AP-NY-06-12-14 1832EDT`
fn is_wire_code(text: &str, words: &[Token]) -> bool {
    let first = words.first().is_some_and(|t| t.shape == Shape::Upper && t.of(text).len() <= 4);
    let tied = words.get(1).is_some_and(|t| t.is_mark('-') && !t.spaced);
    words.len() <= 12
        && first
        && tied
        && words.iter().filter(|t| t.first.is_ascii_digit()).count() >= 2
        && words.iter().all(|t| !matches!(t.shape, Shape::Lower | Shape::Capital))
}

/// `gr/bp`, `mc-jlr/tym`: initials of those who handled the story, at least two.
fn is_initials(text: &str, words: &[Token]) -> bool {
    let letters = words.iter().filter(|t| t.shape != Shape::Mark);
    let short = |t: &Token| t.shape == Shape::Lower && t.of(text).len() <= 4;
    let tied = words.iter().skip(1).all(|t| !t.spaced);
    tied && words.iter().any(|t| t.is_mark('/')) && letters.clone().all(short) && (2..=5).contains(&letters.count())
}

fn has_clock(words: &[Token]) -> bool {
    words.windows(3).any(|w| w[1].is_mark(':') && w[0].first.is_ascii_digit() && w[2].first.is_ascii_digit())
}

/// `14.31 GMT`
fn has_dotted_clock(text: &str, words: &[Token]) -> bool {
    let dotted = |t: &Token| matches!(t.of(text).as_bytes(), [b'0'..=b'9', .., b'.', b'0'..=b'5', b'0'..=b'9']);
    words.windows(2).any(|w| dotted(&w[0]) && w[1].is(Classes::TIME_WORD))
}

/// Whether the line is an hour and nothing else, with its zone: "14.31 GMT", "9:05 am"; or without one
/// when it cannot be how long a video is: "12:41".
pub(super) fn is_hour(text: &str, words: &[Token]) -> bool {
    if let [hour, colon, minute] = words {
        let hour = hour.of(text).as_bytes();
        let day = matches!(hour, [b'0', b'5'..=b'9'] | [b'1' | b'2', _]) && minute.end() - minute.start() == 2;
        if colon.is_mark(':') && minute.shape == Shape::Number && day {
            return true;
        }
    }
    let clock = has_clock(words) || has_dotted_clock(text, words);
    let zone = words.last().is_some_and(|t| t.is(Classes::TIME_WORD));
    clock && zone && words.len() <= 5 && !words.iter().any(|t| t.is(Classes::MONTH))
}

/// Whether the line is one that stands beside a byline: a date, "Published ...", "By" alone.
pub(super) fn is_stamp(text: &str, words: &[Token]) -> bool {
    if words.len() > LONGEST_STAMP {
        return false;
    }
    let dated = words.iter().any(|t| t.is(Classes::MONTH)) && words.iter().any(|t| t.shape == Shape::Number);
    let by = words.first().is_some_and(|t| t.is(Classes::BYLINE_OPENER)) && words.len() <= 2;
    is_time(text, words)
        || dated && words.iter().all(|t| t.shape != Shape::Lower || t.is(Classes::STAMP_WORD | Classes::TIME_WORD))
        || by
}

/// Whether the words are nothing but a date, a time or an age: `16 September 2024 9:33pm`.
fn is_time(text: &str, words: &[Token]) -> bool {
    let begins = words.iter().find(|t| t.shape != Shape::Mark).is_some_and(|t| {
        t.shape == Shape::Number || t.is(Classes::MONTH | Classes::WEEKDAY) || t.is(Classes::TIME_WORD)
    });
    let only = |t: &Token| match t.shape {
        Shape::Mark => true,
        Shape::Number => true,
        Shape::Initial => true,
        Shape::Upper => t.end() - t.start() <= 5 || t.is(Classes::MONTH | Classes::WEEKDAY),
        _ => t.is(Classes::MONTH | Classes::WEEKDAY) || t.is(Classes::TIME_WORD),
    };
    // Most lines begin like no date.
    if !begins || !words.iter().all(only) {
        return false;
    }
    let numbers = words.iter().filter(|t| t.first.is_ascii_digit()).count();
    let dated = || words.iter().any(|t| t.is(Classes::MONTH));
    let clock = || has_clock(words) || has_dotted_clock(text, words);
    numbers >= 3 || numbers >= 1 && (dated() || clock())
}

/// Whether the line is what an agency puts under its story: its name, alone or with the initials
/// of the desk: "(ANI)", "PTI DNR SKB".
pub(super) fn is_agency_mark(text: &str, block: &Block, tokens: &[Token], tables: &Tables) -> bool {
    let words = block.of(tokens);
    let inner = &words[words.iter().take_while(|t| t.shape == Shape::Mark).count()..];
    let Some((n, ())) = tables.agencies.longest(inner) else { return false };
    let initials = |t: &Token| match t.shape {
        Shape::Mark | Shape::Initial => true,
        Shape::Upper | Shape::Lower | Shape::Mixed => t.of(text).len() <= 3,
        _ => false,
    };
    block.ending == Ending::Word && block.size <= 6 && inner[n..].iter().all(initials)
}

/// Whether the words hold an e-mail address.
pub(super) fn has_address(words: &[Token]) -> bool {
    words.windows(3).any(|w| w[1].is_mark('@') && !w[1].spaced && !w[2].spaced && w[0].shape != Shape::Mark)
}
