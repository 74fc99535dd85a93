//! Lines put together to blocks: paragraphs, headlines and the rest, before anybody says which.

use std::ops::Range;

use super::lines::{Ending, Line, ending, span};
use super::wrap::{self, Wrap};
use crate::span::Span;
use crate::tables::Tables;
use crate::text::{Classes, Shape, Token};

/// Lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Its words, as a range of the text's tokens.
    pub(super) words: Range<usize>,
    /// Where it stands.
    pub(super) span: Span,
    /// How it ends.
    pub(super) ending: Ending,
    /// How many words it has, marks not counted; no more than [`MANY_WORDS`] are counted.
    pub(super) size: usize,
    /// Whether a sentence ends inside it.
    pub(super) has_sentences: bool,
    /// Which of the places where a sentence of the text can end are inside it.
    pub(super) ends: Range<usize>,
}

/// Blocks are not counted further than this: they are prose by then.
pub(super) const MANY_WORDS: usize = 60;

impl Block {
    /// A block of these words, given where a sentence of the text can end and which of these places
    /// are inside.
    fn new(text: &str, tokens: &[Token], words: Range<usize>, all_ends: &[u32], ends: Range<usize>) -> Block {
        let inside = &tokens[words.clone()];
        let size = inside.iter().filter(|t| t.shape != Shape::Mark).count().min(MANY_WORDS);
        Block {
            span: span(tokens, &words),
            ending: ending(text, inside),
            has_sentences: has_sentences(tokens, &words, &all_ends[ends.clone()]),
            words,
            size,
            ends,
        }
    }

    /// Its words and marks.
    pub(super) fn of<'t>(&self, tokens: &'t [Token]) -> &'t [Token] {
        &tokens[self.words.clone()]
    }

    /// Whether it reads like the text of an article: sentences, not a label.
    pub(super) fn is_prose(&self) -> bool {
        self.ending == Ending::Sentence && self.size >= 5 || self.has_sentences && self.size >= 12 || self.size >= 40
    }
}

/// Whether a full stop, question or exclamation mark stands inside `words`, before a capital; `ends`
/// are the places where a sentence can end.
fn has_sentences(tokens: &[Token], words: &Range<usize>, ends: &[u32]) -> bool {
    let near = &tokens[words.start..words.end.min(words.start + MANY_WORDS + 2)];
    ends.iter().map(|&end| end as usize - words.start).take_while(|&i| i + 1 < near.len()).filter(|&i| i > 0).any(|i| {
        let (before, stop, next) = (&near[i - 1], &near[i], &near[i + 1]);
        let ends = stop.shape == Shape::Mark
            && matches!(stop.first, '.' | '?' | '!')
            && !stop.spaced
            && before.shape != Shape::Initial
            && before.shape != Shape::Mark;
        ends && next.spaced && next.is_capitalised() && !before.is(Classes::ABBREVIATION | Classes::TITLE_ABBREVIATION)
    })
}

/// The blocks of the text, in order; together they hold every line.
pub(super) fn blocks(text: &str, tokens: &[Token], mut lines: Vec<Line>, ends: &[u32], tables: &Tables) -> Vec<Block> {
    let wrap = Wrap::of(text, tokens, &mut lines);
    let mut blocks = Vec::with_capacity(lines.len());
    let (mut first, mut done) = (0, 0);
    for i in 1..=lines.len() {
        if i < lines.len() && wrap::joins(text, tokens, &lines, first, i, &wrap, tables) {
            continue;
        }
        let (Some(start), Some(end)) = (lines.get(first), lines.get(i - 1)) else { break };
        let words = start.words.start..end.words.end;
        let inside = ends[done..].iter().take_while(|&&i| (i as usize) < words.end).count();
        blocks.push(Block::new(text, tokens, words, ends, done..done + inside));
        done += inside;
        first = i;
    }
    blocks
}
