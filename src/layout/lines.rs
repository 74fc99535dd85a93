//! The lines of a text, as runs of its words.

use std::ops::Range;

use crate::span::Span;
use crate::text::{Cut, Shape, Token};

/// A line that holds at least one word or mark.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its words, as a range of the text's tokens.
    pub(super) words: Range<usize>,
    /// Line breaks before it: 1 on the next line, 2 or more after a blank line, 0 at the start.
    pub(super) breaks: usize,
    /// Columns of white space before its first word.
    pub(super) indent: usize,
    /// Characters from its first word through its last, once it is measured.
    pub(super) columns: usize,
    /// Characters of its first word with all that hangs on it, up to white space that may break;
    /// once it is measured.
    pub(super) first_word: usize,
    /// Whether a form feed stands before it.
    pub(super) after_feed: bool,
}

impl Line {
    fn new(words: Range<usize>, before: Gap) -> Line {
        let Gap { breaks, indent, feed } = before;
        Line { words, breaks, indent, columns: 0, first_word: 0, after_feed: feed }
    }

    /// Counts its characters, which is asked of few lines.
    pub(super) fn measure(&mut self, text: &str, tokens: &[Token]) {
        let inside = span(tokens, &self.words).of(text);
        self.columns = inside.chars().count();
        self.first_word = inside.chars().take_while(|&c| !may_break(c)).count();
    }

    /// The column after its last character.
    pub(super) fn end_column(&self) -> usize {
        self.indent + self.columns
    }
}

/// Width of a tab in columns.
const TAB: usize = 8;

/// The lines of the text, in order, which together hold every token.
pub(super) fn lines(text: &str, cut: &Cut) -> Vec<Line> {
    let tokens = &cut.tokens;
    let Some(first) = tokens.first() else { return Vec::new() };
    let mut lines = Vec::with_capacity(cut.breaks.len() + 1);
    let mut before = Gap::read(&text[..first.start()]);
    let mut start = 0;
    for i in cut.breaks.iter().map(|&i| i as usize) {
        let (Some(last), Some(next)) = (i.checked_sub(1).and_then(|last| tokens.get(last)), tokens.get(i)) else {
            continue;
        };
        let gap = Gap::read(&text[last.end()..next.start()]);
        if gap.breaks > 0 {
            lines.push(Line::new(start..i, std::mem::replace(&mut before, gap)));
            start = i;
        }
    }
    lines.push(Line::new(start..tokens.len(), before));
    lines
}

/// White space at which a line may be wrapped.
fn may_break(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// What stands between two words.
#[derive(Default)]
struct Gap {
    breaks: usize,
    indent: usize,
    feed: bool,
}

impl Gap {
    fn read(gap: &str) -> Gap {
        let mut read = Gap::default();
        let mut previous = ' ';
        for c in gap.chars() {
            match c {
                '\n' if previous == '\r' => {}
                '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    // A paragraph separator is a blank line of its own.
                    read.breaks += if c == '\u{2029}' { 2 } else { 1 };
                    read.feed |= c == '\u{c}';
                    read.indent = 0;
                }
                '\t' => read.indent += TAB - read.indent % TAB,
                _ if c.is_whitespace() => read.indent += 1,
                _ => {}
            }
            previous = c;
        }
        read
    }
}

/// From the first through the last of the words.
pub(super) fn span(tokens: &[Token], words: &Range<usize>) -> Span {
    match tokens.get(words.clone()) {
        Some([first, .., last]) => Span::between(first.start(), last.end()),
        Some([only]) => only.span(),
        _ => Span::default(),
    }
}

/// How a line or block ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ending {
    /// Full stop, question or exclamation mark, dots, with closing marks behind.
    Sentence,
    /// Colon.
    Colon,
    /// Comma, semicolon, hyphen or dash: more must follow.
    Open,
    /// A word.
    Word,
}

/// How the last of `tokens` ends them.
pub(super) fn ending(text: &str, tokens: &[Token]) -> Ending {
    let Some(last) = without_closing(without_bracket(tokens)).last() else { return Ending::Word };
    if last.shape != Shape::Mark {
        return if last.of(text).ends_with('.') { Ending::Sentence } else { Ending::Word };
    }
    match last.first {
        '.' | '!' | '?' | '…' | '。' | '؟' | '！' | '？' => Ending::Sentence,
        ':' => Ending::Colon,
        ',' | ';' | '-' | '–' | '—' | '―' | '_' | '&' | '/' => Ending::Open,
        _ => Ending::Word,
    }
}

/// `tokens` without a word in brackets behind their full stop: "They sailed. (ANI)".
fn without_bracket(tokens: &[Token]) -> &[Token] {
    match tokens {
        [rest @ .., stop, open, _, close] if open.is_mark('(') && close.is_mark(')') && is_full_stop(stop) => {
            &tokens[..rest.len() + 1]
        }
        _ => tokens,
    }
}

fn is_full_stop(token: &Token) -> bool {
    token.shape == Shape::Mark && matches!(token.first, '.' | '!' | '?')
}

/// `tokens` without the quotation marks and brackets that close them, entities included.
pub(super) fn without_closing(mut tokens: &[Token]) -> &[Token] {
    loop {
        tokens = match tokens {
            [rest @ .., a, b, c] if is_entity(a, b, c) => rest,
            [rest @ .., a, b, c, d] if b.is_mark('#') && is_entity(a, c, d) => rest,
            [rest @ .., last] if is_closing(last) => rest,
            _ => return tokens,
        }
    }
}

/// Whether the three are an entity that was left in the text: `&quot;`.
fn is_entity(a: &Token, b: &Token, c: &Token) -> bool {
    a.is_mark('&') && c.is_mark(';') && !b.spaced && !c.spaced && b.shape != Shape::Mark
}

/// Marks that may stand behind the full stop of a sentence.
fn is_closing(token: &Token) -> bool {
    token.shape == Shape::Mark && matches!(token.first, '"' | '”' | '’' | '\'' | '»' | ')' | ']' | '>' | '*')
}
