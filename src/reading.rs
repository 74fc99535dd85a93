//! What the stages after the layout read: the text, its words, and the blocks they stand in.

use std::ops::Range;

use crate::span::Span;
use crate::stop::Stop;
use crate::text::Token;

/// A text with its layout known, ready for names, quotes and mentions.
pub(crate) struct Reading<'a> {
    /// The text as sent.
    pub(crate) text: &'a str,
    /// Every word and mark of it, in order.
    pub(crate) tokens: &'a [Token],
    /// Its blocks, in order, without overlap.
    pub(crate) blocks: Vec<Block>,
    /// The sentences of all blocks, as ranges of `tokens`.
    pub(crate) sentences: Vec<Range<usize>>,
    /// Whether it is still wanted that somebody reads it.
    pub(crate) stop: &'a Stop<'a>,
}

/// What a block is in the article.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum BlockKind {
    /// Section label above the headline.
    Kicker,
    /// Headline.
    Headline,
    /// Line or lines under the headline.
    Subheadline,
    /// Who wrote it.
    Byline,
    /// Place, date and agency.
    Dateline,
    /// Heading inside the body.
    Heading,
    /// Paragraph of the body.
    Paragraph,
    /// Matter around the article.
    Furniture,
}

/// A block of the page with its words and sentences.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// What it is.
    pub(crate) kind: BlockKind,
    /// Where it stands.
    pub(crate) span: Span,
    /// Its words, as a range of [`Reading::tokens`].
    pub(crate) words: Range<usize>,
    /// Its sentences, as a range of [`Reading::sentences`]. They together make up `words`; blocks that
    /// are no prose are one sentence.
    pub(crate) sentences: Range<usize>,
}

impl Block {
    /// Whether it holds prose or a headline, where people speak.
    pub(crate) fn is_prose(&self) -> bool {
        use BlockKind::*;
        matches!(self.kind, Headline | Subheadline | Heading | Paragraph)
    }
}

impl<'a> Reading<'a> {
    /// The sentences of a block, as ranges of [`Reading::tokens`].
    pub(crate) fn sentences_of(&self, block: &Block) -> &[Range<usize>] {
        self.sentences.get(block.sentences.clone()).unwrap_or_default()
    }

    /// Where the words in `range` stand, from the first through the last; nothing when it is empty.
    pub(crate) fn span(&self, range: Range<usize>) -> Option<Span> {
        let words = self.tokens.get(range)?;
        Some(Span::between(words.first()?.start(), words.last()?.end()))
    }

    /// The words in `range`, as written.
    pub(crate) fn words(&self, range: Range<usize>) -> &'a str {
        self.span(range).map_or("", |s| s.of(self.text))
    }

    /// Index of the first word that starts at or after the byte `offset`.
    pub(crate) fn token_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|t| t.start() < offset)
    }
}
