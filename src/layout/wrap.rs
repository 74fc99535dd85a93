//! Where a line goes on in the next: hard wraps told from the ends of paragraphs.
//!
//! A wrapped line ends because the next word found no room. So a line that ends although there
//! was room ends a block, whatever else stands there; and a full line that stops in the middle of
//! a sentence goes on. Between them lies the full line that ends with a full stop; blank lines,
//! indents or, without those, the habits of the text decide.

use super::byline;
use super::dateline;
use super::lines::{Ending, Line, ending};
use crate::tables::Tables;
use crate::text::{Classes, Shape, Token};

/// How the lines of a text were made.
pub(super) struct Wrap {
    /// Width at which lines were wrapped; `None` when each line is a block of its own.
    width: Option<usize>,
    /// So many line breaks make one line end: 2 in double-spaced text.
    unit: usize,
    /// Indent of a line that does not open a paragraph.
    margin: usize,
    /// Whether lines end well before the width for no reason: set by hand.
    ragged: bool,
    /// Paragraph ends that are certain, where neither blank line nor indent marks them.
    ends: usize,
    /// Whether blank lines or indents mark most paragraphs.
    parted: bool,
    /// Sentence ends inside lines.
    inner_stops: usize,
    /// Where each line but the last meets the next.
    seams: Vec<Seam>,
}

/// Lines further down than this are not looked at for headlines and datelines.
const HEAD_LINES: usize = 14;

/// So many lines from the first may be a headline that was broken by hand.
const HAND_BROKEN: usize = 4;

/// No quotation is followed through more words than this.
const LONG_PARAGRAPH: usize = 400;

/// A line may be this much longer than the widest line that surely goes on.
const OVERHANG: usize = 6;

impl Wrap {
    /// Reads the habits of the text from its lines, and measures those whose length will count.
    pub(super) fn of(text: &str, tokens: &[Token], lines: &mut [Line]) -> Wrap {
        let mut seams: Vec<Seam> = lines.windows(2).map(|pair| Seam::read(text, tokens, &pair[0], &pair[1])).collect();
        let unit = unit(&seams);
        // Most texts of today have every paragraph on a line of its own.
        let flows = seams.iter().any(|s| s.breaks <= unit && s.flows);
        let measured = if flows { lines.len() } else { lines.len().min(HAND_BROKEN + 1) };
        lines.iter_mut().take(measured).for_each(|line| line.measure(text, tokens));
        for (seam, pair) in seams.iter_mut().zip(lines.windows(2)) {
            (seam.end_column, seam.next_word) = (pair[0].end_column(), pair[1].first_word);
        }
        let wrap = Wrap {
            width: None,
            unit,
            margin: margin(lines),
            ragged: false,
            ends: 0,
            parted: true,
            inner_stops: 0,
            seams,
        };
        if flows { wrap.with_width(tokens, lines) } else { wrap }
    }

    /// Finds the width of lines of which some surely go on.
    fn with_width(mut self, tokens: &[Token], lines: &[Line]) -> Wrap {
        let close: Vec<&Seam> = self.seams.iter().filter(|s| s.breaks <= self.unit).collect();
        let flows: Vec<&&Seam> = close.iter().filter(|s| s.flows).collect();
        let Some(widest) = flows.iter().map(|s| s.end_column).max() else { return self };
        let width = close.iter().map(|s| s.end_column).filter(|&c| c <= widest + OVERHANG).max().unwrap_or(widest);
        let full = flows.iter().filter(|s| s.is_full(width)).count();
        let longer = lines.iter().filter(|l| l.end_column() > width).count();
        let unindented = close.iter().filter(|s| s.indent <= self.margin + 1).count();
        let ragged = full * 4 < flows.len() * 3;
        let long_enough = flows.iter().filter(|s| s.end_column * 2 >= width).count();
        let steady = !ragged || flows.len() >= 4 && long_enough * 10 >= flows.len() * 8;
        if steady && longer * 4 <= lines.len() && flows.len() * 5 >= unindented && width >= 20 {
            let ends = close.iter().filter(|s| s.ending == Ending::Sentence && !s.is_full(width)).count();
            let marked = self.seams.iter().filter(|s| s.breaks > self.unit || s.indent > self.margin + 1).count();
            let parted = marked * 2 >= ends;
            self.inner_stops = if parted { 0 } else { lines.iter().map(|l| inner_stops(tokens, l)).sum() };
            (self.width, self.ends, self.parted) = (Some(width), ends, parted);
        }
        self.ragged = ragged;
        self
    }
}

/// What meets where a line ends and the next begins.
struct Seam {
    breaks: usize,
    indent: usize,
    /// Where the line ends, and how long the next word is: once the lines are measured.
    end_column: usize,
    next_word: usize,
    ending: Ending,
    flows: bool,
}

impl Seam {
    fn read(text: &str, tokens: &[Token], line: &Line, next: &Line) -> Seam {
        let ending = ending(text, &tokens[line.words.clone()]);
        let lower = tokens.get(next.words.start).is_some_and(|t| t.shape == Shape::Lower);
        Seam {
            breaks: next.breaks,
            indent: next.indent,
            end_column: 0,
            next_word: 0,
            ending,
            flows: lower && matches!(ending, Ending::Word | Ending::Open),
        }
    }

    /// Whether the next word found no room in a line of `width`.
    fn is_full(&self, width: usize) -> bool {
        self.end_column + 1 + self.next_word > width
    }
}

/// 2 for double-spaced text, where a blank line stands between the lines of a sentence too.
fn unit(seams: &[Seam]) -> usize {
    let single = seams.iter().filter(|s| s.breaks == 1).count();
    let double = seams.iter().filter(|s| s.breaks == 2).count();
    let flows = seams.iter().filter(|s| s.breaks == 2 && s.flows).count();
    if double >= 4 && single * 8 < double && flows * 5 >= double * 2 { 2 } else { 1 }
}

/// The smallest indent that at least one line in seven has.
fn margin(lines: &[Line]) -> usize {
    let mut counts = [0_usize; 17];
    for line in lines {
        if let Some(count) = counts.get_mut(line.indent.min(16)) {
            *count += 1;
        }
    }
    counts.iter().position(|&n| n > 0 && n * 7 >= lines.len()).unwrap_or(0)
}

/// Sentences that end inside the line with another behind them.
fn inner_stops(tokens: &[Token], line: &Line) -> usize {
    let words = &tokens[line.words.clone()];
    words
        .windows(3)
        .filter(|w| {
            let stop = w[1].is_mark('.') || w[1].is_mark('?') || w[1].is_mark('!');
            let short = w[0].shape == Shape::Initial || w[0].is(Classes::ABBREVIATION | Classes::TITLE_ABBREVIATION);
            stop && !short && (w[2].spaced && w[2].is_capitalised() || w[2].first == '"' || w[2].first == '”')
        })
        .count()
}

/// Whether line `i` goes on with the block that began with line `first`.
pub(super) fn joins(
    text: &str,
    tokens: &[Token],
    lines: &[Line],
    first: usize,
    i: usize,
    wrap: &Wrap,
    tables: &Tables,
) -> bool {
    let (Some(line), Some(next), Some(seam)) = (lines.get(i - 1), lines.get(i), wrap.seams.get(i - 1)) else {
        return false;
    };
    let turned_page = next.after_feed && wrap.width.is_some();
    if next.breaks > wrap.unit && !(turned_page && seam.flows) {
        return false;
    }
    let words = &tokens[next.words.start..];
    let mid_sentence = wrap.width.is_some_and(|w| seam.ending == Ending::Word && seam.is_full(w));
    if opens_item(words) && !mid_sentence || tables.labels.is_end_mark(&tokens[next.words.clone()]) {
        return false;
    }
    let lower = words.first().is_some_and(|t| t.shape == Shape::Lower);
    if i < HEAD_LINES && !(mid_sentence && lower) && (byline::opens(words) || dateline::opens(text, words, tables)) {
        return false;
    }
    let Some(width) = wrap.width else { return joins_unwrapped(tokens, line, next, i, seam, tables) };
    if seam.flows {
        return true;
    }
    if next.indent > wrap.margin + 1 {
        return false;
    }
    let full = seam.is_full(width);
    let slack = width.saturating_sub(seam.end_column + 1 + seam.next_word);
    match seam.ending {
        Ending::Open => true,
        Ending::Word if wrap.ragged => line.columns * 10 >= width * 6,
        Ending::Word => full || wrap.parted && slack < 2,
        Ending::Sentence | Ending::Colon if wrap.parted => full || slack * 4 < width,
        Ending::Sentence | Ending::Colon if !full => false,
        Ending::Colon => true,
        Ending::Sentence => stays(text, tokens, lines, first, i, wrap),
    }
}

/// A full line that ends with a full stop, in a text that marks its paragraphs by nothing: as
/// many paragraphs end there by chance as elsewhere, and as many sentences. What the text does
/// more often is taken, weighed by how the next line begins and by the length so far.
fn stays(text: &str, tokens: &[Token], lines: &[Line], first: usize, i: usize, wrap: &Wrap) -> bool {
    let (Some(start), Some(next)) = (lines.get(first), lines.get(i)) else { return false };
    if quote_is_open(text, &tokens[start.words.start..next.words.start]) {
        return true;
    }
    // In tenths, so that halves of weights stay whole numbers.
    let mut for_end = wrap.ends * 10 + 5;
    if let Some(word) = tokens.get(next.words.start) {
        if matches!(word.first, '"' | '“' | '‘' | '`') {
            for_end = for_end * 5 / 2;
        }
        let goes_on = Classes::PRONOUN_HE | Classes::PRONOUN_SHE | Classes::PRONOUN_THEY | Classes::PRONOUN_IT;
        if word.is(goes_on | Classes::CONJUNCTION) {
            for_end = for_end * 7 / 10;
        }
    }
    for_end = match i - first {
        1 => for_end / 2,
        2 | 3 => for_end,
        _ => for_end * 8 / 5,
    };
    for_end < wrap.inner_stops * 10 + 5
}

/// Whether a quotation that began in these words has not ended.
fn quote_is_open(text: &str, tokens: &[Token]) -> bool {
    if tokens.len() > LONG_PARAGRAPH {
        return false;
    }
    let (mut straight, mut curly) = (0_usize, 0_i32);
    for token in tokens.iter().filter(|t| t.shape == Shape::Mark) {
        match token.first {
            '"' => straight += 1,
            '“' => curly += 1,
            '”' => curly -= 1,
            '`' if token.of(text).len() == 2 => curly += 1,
            '\'' if token.of(text).len() == 2 => curly -= 1,
            _ => {}
        }
    }
    straight % 2 == 1 || curly > 0
}

/// Lines of a text without hard wraps: only a headline that was broken by hand, or a sentence cut
/// by a stray line break, goes on.
fn joins_unwrapped(tokens: &[Token], line: &Line, next: &Line, i: usize, seam: &Seam, tables: &Tables) -> bool {
    let begins = &tokens[next.words.clone()];
    let labels = Classes::PREPOSITION | Classes::DETERMINER | Classes::CONJUNCTION | Classes::AUXILIARY;
    if tables.furniture.begins(begins).is_some() || tables.labels.is_section(&tokens[line.words.clone()]) {
        return false;
    }
    let last = tokens.get(line.words.end - 1);
    let hangs = last.is_some_and(|t| t.shape == Shape::Lower && t.is(labels)) && line.words.len() > 2;
    if i <= HAND_BROKEN && line.columns < 100 && next.columns < 100 {
        let in_capitals =
            |l: &Line| tokens[l.words.clone()].iter().all(|t| t.shape != Shape::Lower && t.shape != Shape::Capital);
        let leads_on = begins.first().is_some_and(|t| t.is(labels | Classes::SUBORDINATOR));
        let capitals = in_capitals(line) && in_capitals(next) && leads_on && line.words.len() > 2;
        return seam.ending == Ending::Word && (hangs || capitals || seam.flows && line.words.len() > 3)
            || seam.ending == Ending::Open && seam.flows;
    }
    seam.flows && (line.columns >= 60 || next.columns >= 60) && line.words.len() > 5
}

/// Whether a list item begins here: a dash, a bullet, a number with a full stop or bracket.
fn opens_item(tokens: &[Token]) -> bool {
    match tokens {
        [mark, word, ..] if mark.shape == Shape::Mark && word.spaced => {
            matches!(mark.first, '-' | '*' | '•' | '·' | '–' | '▪' | '●' | '◦' | '‣' | '—')
        }
        [number, mark, ..] if number.shape == Shape::Number && number.end() - number.start() <= 2 => {
            mark.is_mark(')') && !mark.spaced
        }
        _ => false,
    }
}
