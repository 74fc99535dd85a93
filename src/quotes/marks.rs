//! Where the quotation marks are, and which belong together.
//!
//! Marks are paired inside one paragraph. Nothing here fails: a mark that finds no partner is
//! read as a mistake and dropped, unless the paragraph opens with it or the next one opens with
//! a mark again, as long quotes do.

use std::ops::Range;

use super::dashes;
use super::labels::label_inside;
use crate::reading::{Block, Reading};
use crate::tables::Tables;
use crate::text::{Classes, Shape, Token};

/// Words between quotation marks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Marked {
    /// Index of the block in [`Reading::blocks`].
    pub(super) block: usize,
    /// The opening mark, as a token.
    pub(super) open: usize,
    /// The words between the marks, as tokens.
    pub(super) words: Range<usize>,
    /// Whether single marks stand around it.
    pub(super) single: bool,
    /// Whether it stands inside another pair of marks.
    pub(super) nested: bool,
    /// Whether it has no closing mark and goes on in the next paragraph.
    pub(super) goes_on: bool,
    /// Whether a dash stands before it and no marks around it, as in dialogue.
    pub(super) dashed: bool,
}

impl Marked {
    /// The first token after it, its closing mark included.
    pub(super) fn end(&self) -> usize {
        self.words.end + usize::from(!self.goes_on && !self.dashed)
    }
}

/// The pairs of marks of a text as it is read.
#[derive(Default)]
pub(super) struct Pairs {
    /// Those of the blocks read so far, and what dashes set off in them.
    pub(super) found: Vec<Marked>,
    /// The marks of the block that is read which wait for their partners.
    open: Vec<Open>,
}

/// A mark that waits for its partner.
#[derive(Clone, Copy)]
struct Open {
    at: usize,
    single: bool,
    // A mark that may be its partner, or the apostrophe of a plural: the senators'.
    maybe: Option<usize>,
}

/// What a mark can be, told from the white space and the marks around it.
#[derive(Clone, Copy)]
struct Side {
    opens: bool,
    closes: bool,
}

/// Adds all pairs of marks of a block of prose, in order of their opening marks, and what dashes set
/// off in it.
pub(super) fn find(reading: &Reading, tables: &Tables, index: usize, pairs: &mut Pairs) {
    let Pairs { found, open } = pairs;
    let first = found.len();
    open.clear();
    let block = &reading.blocks[index];
    let words = reading.tokens.get(block.words.clone()).unwrap_or_default();
    let marks = words.iter().enumerate().filter(|(_, t)| t.shape == Shape::Mark && !matches!(t.first, ',' | '.'));
    for (n, token) in marks {
        let at = block.words.start + n;
        if is_double(token) {
            double(reading, index, block, at, open, found);
        } else if is_single(token) {
            single(reading, index, block, at, open, found);
        }
    }
    if !open.is_empty() {
        let next = reading.blocks[index + 1..].iter().find(|b| b.is_prose());
        let next_opens = next.is_some_and(|next| opens_with_mark(reading, next));
        close_what_is_left(index, block, next_opens, open, found);
    }
    for marked in &mut found[first..] {
        if marked.open == block.words.start
            && let Some(colon) = label_inside(reading.tokens, &marked.words)
        {
            marked.open = colon;
            marked.words.start = colon + 1;
        }
    }
    dashes::find(reading, tables, index, block, found);
    found[first..].sort_by_key(|m| m.open);
    tell_nested(&mut found[first..]);
}

/// Whether a pair of marks may open with the mark `token`.
pub(super) fn may_open(token: &Token) -> bool {
    is_double(token) || is_single(token)
}

fn opens_with_mark(reading: &Reading, block: &Block) -> bool {
    reading.tokens.get(block.words.start).is_some_and(|t| is_double(t) || t.first == '‘')
}

fn is_double(token: &Token) -> bool {
    match token.first {
        '"' | '“' | '”' | '«' | '»' | '„' | '‟' | '＂' => token.shape == Shape::Mark,
        '`' | '\'' => token.end() - token.start() == 2,
        _ => false,
    }
}

fn is_single(token: &Token) -> bool {
    matches!(token.first, '\'' | '`' | '‘' | '’' | '‚' | '‹' | '›')
}

/// What the mark at `at` can be by its place.
fn side(reading: &Reading, block: &Block, at: usize) -> Side {
    let token = &reading.tokens[at];
    let before = (at > block.words.start).then(|| &reading.tokens[at - 1]);
    let after = (at + 1 < block.words.end).then(|| &reading.tokens[at + 1]);
    let space_before = token.spaced || before.is_none();
    let space_after = after.is_none_or(|t| t.spaced);
    let parts = |t: &Token| matches!(t.first, '/' | '-' | '–' | '—' | '\'' | '"');
    let lets_open = before.is_some_and(|t| parts(t) || matches!(t.first, '(' | '[' | '{' | '‘' | '“' | '«'));
    let lets_close = after.is_some_and(|t| {
        parts(t) || matches!(t.first, ',' | '.' | ';' | ':' | '?' | '!' | ')' | ']' | '}' | '’' | '”' | '»' | '…')
    });
    Side { opens: (space_before || lets_open) && !space_after, closes: !space_before && (space_after || lets_close) }
}

fn double(reading: &Reading, index: usize, block: &Block, at: usize, open: &mut Vec<Open>, found: &mut Vec<Marked>) {
    let token = &reading.tokens[at];
    let Side { opens, closes } = side(reading, block, at);
    let inner = |o: &Open| reading.tokens[o.at].first == '"';
    let waiting = match token.first {
        '»' => open.iter().rposition(|o| !o.single && !inner(o)),
        _ => None,
    };
    let waiting = waiting.or_else(|| open.iter().rposition(|o| !o.single));
    let turned_open = matches!(token.first, '“' | '«' | '„' | '‟' | '`');
    let turned_close = matches!(token.first, '”' | '»');
    if waiting.is_some() && !turned_open && is_inches(reading, at) {
        return;
    }
    let fresh = Open { at, single: false, maybe: None };
    // A wrongly turned mark closes or opens by its place.
    let can_close = if turned_open { closes && !opens } else { turned_close || closes || !opens };
    let can_open = if turned_close { opens && !closes } else { turned_open || opens || !closes };
    match waiting {
        Some(i) if can_close => {
            close(reading, index, open[i], at, found);
            open.truncate(i);
        }
        // «... "..." ...»
        Some(i) if token.first == '"' && reading.tokens[open[i].at].first == '«' => open.push(fresh),
        // The earlier mark was never closed.
        Some(i) => {
            open.truncate(i);
            open.push(fresh);
        }
        None if can_open => open.push(fresh),
        None => {}
    }
}

/// The mark behind 6'3" is no quotation mark.
fn is_inches(reading: &Reading, at: usize) -> bool {
    let number = |back: usize| at.checked_sub(back).is_some_and(|i| reading.tokens[i].shape == Shape::Number);
    let foot = |back: usize| at.checked_sub(back).is_some_and(|i| matches!(reading.tokens[i].first, '\'' | '’' | '′'));
    number(1) && foot(2) && number(3)
}

fn single(reading: &Reading, index: usize, block: &Block, at: usize, open: &mut Vec<Open>, found: &mut Vec<Marked>) {
    let token = &reading.tokens[at];
    let Side { opens, closes } = side(reading, block, at);
    if opens && !closes && !matches!(token.first, '’' | '›') && may_open_single(reading, block, at) {
        open.push(Open { at, single: true, maybe: None });
        return;
    }
    let Some(i) = open.iter().rposition(|o| o.single) else { return };
    // A single pair inside doubles never reaches out of them.
    if open[i + 1..].iter().any(|o| !o.single) || !closes || matches!(token.first, '‘' | '‹' | '‚' | '`') {
        return;
    }
    if may_be_possessive(reading, block, at) {
        open[i].maybe = Some(at);
        return;
    }
    close(reading, index, open[i], at, found);
    open.truncate(i);
}

fn may_open_single(reading: &Reading, block: &Block, at: usize) -> bool {
    let Some(next) = reading.tokens.get(at + 1).filter(|_| at + 1 < block.words.end) else { return false };
    let decade = next.shape == Shape::Number && next.of(reading.text).ends_with('s');
    let wordlike =
        next.shape != Shape::Mark || matches!(next.first, '…' | '.' | '$' | '#' | '@' | '[' | '£' | '€' | '“' | '"');
    wordlike && !decade && (!next.is(Classes::CLIPPED) || next.is_capitalised())
}

/// Behind a word in -s and before a small word the mark may be that of the senators' vote.
fn may_be_possessive(reading: &Reading, block: &Block, at: usize) -> bool {
    let ends_in_s = at.checked_sub(1).is_some_and(|i| reading.tokens[i].of(reading.text).ends_with(['s', 'z', 'x']));
    let next = reading.tokens.get(at + 1).filter(|_| at + 1 < block.words.end);
    ends_in_s && next.is_some_and(|t| t.spaced && t.shape != Shape::Mark)
}

fn close(reading: &Reading, block: usize, open: Open, at: usize, found: &mut Vec<Marked>) {
    let words = open.at + 1..at;
    if reading.tokens[words.clone()].iter().any(|t| t.shape != Shape::Mark) {
        found.push(Marked {
            block,
            open: open.at,
            words,
            single: open.single,
            nested: false,
            goes_on: false,
            dashed: false,
        });
    }
}

/// At the end of a paragraph: long quotes go on, other marks without a partner are dropped.
fn close_what_is_left(index: usize, block: &Block, next_opens: bool, open: &[Open], found: &mut Vec<Marked>) {
    let Some(outer) = open.first().copied() else { return };
    if let Some(at) = outer.maybe {
        found.push(Marked {
            block: index,
            open: outer.at,
            words: outer.at + 1..at,
            single: true,
            nested: false,
            goes_on: false,
            dashed: false,
        });
        return;
    }
    let from_the_start = outer.at == block.words.start;
    let goes_on = if outer.single { from_the_start && next_opens } else { from_the_start || next_opens };
    if goes_on && outer.at + 1 < block.words.end {
        let words = outer.at + 1..block.words.end;
        let Open { at: open, single, .. } = outer;
        found.push(Marked { block: index, open, words, single, nested: false, goes_on: true, dashed: false });
    }
}

/// What stands between the marks of another pair is nested; pairs that cross are not made.
fn tell_nested(found: &mut [Marked]) {
    let mut end = 0;
    for marked in found {
        marked.nested = marked.open < end;
        end = end.max(marked.words.end);
    }
}

#[cfg(test)]
mod tests {
    use crate::quotes::tests::marked;

    #[test]
    fn marks_are_paired_whatever_the_house_style() {
        for (text, expected) in [
            ("“We sail,” he said. \"Now,\" she said.", vec!["We sail,", "Now,"]),
            ("``We sail,'' he said. ''Now,'' she said.", vec!["We sail,", "Now,"]),
            ("«We sail», he said. „Now“, she said. »Never«, they said.", vec!["We sail", "Now", "Never"]),
            ("‘We’ll sail,’ he said.", vec!["We’ll sail,"]),
            ("Minister: 'We sail' as ferries stop", vec!["We sail"]),
            ("«He asked: \"Who?\"», she said.", vec!["He asked: \"Who?\"", "Who?"]),
        ] {
            assert_eq!(marked(text), expected, "{text}");
        }
    }

    #[test]
    fn apostrophes_feet_and_inches_open_no_quote() {
        for text in [
            "The sailors' vote and the cooks' pay rose in the '90s.",
            "He is 6'3\" tall and wore a 5' 10\" coat.",
            "Rock 'n' roll, get 'em, 'til dawn, says the dogs’ owner.",
            "The ships’ masters and the crews’ wives met.",
        ] {
            assert_eq!(marked(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(marked("\"He is 6'3\" tall,\" she said."), ["He is 6'3\" tall,"]);
        assert_eq!(marked("‘The sailors’ vote is off,’ he said."), ["The sailors’ vote is off,"]);
        assert_eq!(marked("He spoke of 'the last sailors' and left."), ["the last sailors"]);
    }

    #[test]
    fn a_mark_without_a_partner_is_dropped_or_goes_on_in_the_next_paragraph() {
        assert_eq!(marked("He said the \"pier was shut. She left."), Vec::<String>::new());
        assert_eq!(marked("The pier\" was shut, \"for good,\" he said."), ["for good,"]);
        assert_eq!(
            marked("\"It began in May.\n\n\"By June we had nothing,\" Roth said."),
            ["It began in May.", "By June we had nothing,"]
        );
        assert_eq!(marked("\"He sang and left."), ["He sang and left."]);
        assert_eq!(marked("He called it \"mad. \"We go,\" she said."), ["We go,"]);
        assert_eq!(marked("”We go,“ she said."), ["We go,"]);
    }

    #[test]
    fn quotes_inside_quotes_and_brackets_inside_quotes_are_kept() {
        assert_eq!(
            marked("\"He told me 'never again' and left,\" Roth said."),
            ["He told me 'never again' and left,", "never again"]
        );
        assert_eq!(marked("‘People hear “Ming” and run,’ he said."), ["People hear “Ming” and run,", "Ming"]);
        assert_eq!(marked("\"They [the crew] know 'us,'\" he said."), ["They [the crew] know 'us,'", "us,"]);
    }
}
