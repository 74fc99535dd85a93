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
}

/// Blocks are not counted further than this: they are prose by then.
pub(super) const MANY_WORDS: usize = 60;

impl Block {
    pub(super) fn new(text: &str, tokens: &[Token], words: Range<usize>) -> Block {
        let inside = &tokens[words.clone()];
        let size = inside.iter().filter(|t| t.shape != Shape::Mark).count().min(MANY_WORDS);
        Block {
            span: span(tokens, &words),
            ending: ending(text, inside),
            has_sentences: has_sentences(inside),
            words,
            size,
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

/// Whether a full stop, question or exclamation mark stands inside, before a capital.
fn has_sentences(tokens: &[Token]) -> bool {
    let near = &tokens[..tokens.len().min(MANY_WORDS + 2)];
    near.windows(3).any(|w| {
        // Told in one go: no processor can guess where marks stand.
        let stop = (w[1].first == '.') | (w[1].first == '?') | (w[1].first == '!');
        let ends = stop
            && w[1].shape == Shape::Mark
            && !w[1].spaced
            && w[0].shape != Shape::Initial
            && w[0].shape != Shape::Mark;
        ends && w[2].spaced && w[2].is_capitalised() && !w[0].is(Classes::ABBREVIATION | Classes::TITLE_ABBREVIATION)
    })
}

/// The blocks of the text, in order; together they hold every line.
pub(super) fn blocks(text: &str, tokens: &[Token], mut lines: Vec<Line>, tables: &Tables) -> Vec<Block> {
    let wrap = Wrap::of(text, tokens, &mut lines);
    let mut blocks = Vec::with_capacity(lines.len());
    let mut first = 0;
    for i in 1..=lines.len() {
        if i < lines.len() && wrap::joins(text, tokens, &lines, first, i, &wrap, tables) {
            continue;
        }
        let (Some(start), Some(end)) = (lines.get(first), lines.get(i - 1)) else { break };
        blocks.push(Block::new(text, tokens, start.words.start..end.words.end));
        first = i;
    }
    blocks
}
