//! A name before it is known whose it is.

use std::ops::Range;

use super::NameKind;
use super::pieces::Piece;
use super::roles::Around;
use crate::reading::BlockKind;

/// A name before it is known whose it is. Small, because there is one for every name: words are
/// counted in 32 bits.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    words: Row,
    title: Row,
    before: Option<Row>,
    behind: Option<Row>,
    family: Option<u32>,
    /// What it looks like by itself.
    pub(super) kind: NameKind,
    /// A body of a state.
    pub(super) state: bool,
    /// It stands in the byline or around the article: nobody in the story.
    pub(super) outside: bool,
    /// It stands in headline or heading: what the text calls somebody counts more.
    pub(super) titled_line: bool,
}

impl Draft {
    /// A name with what stands around it in a block; its family name is the word `family`.
    pub(super) fn new(piece: Piece, around: Around, family: Option<usize>, block: BlockKind) -> Draft {
        Draft {
            words: Row::of(piece.words),
            title: Row::of(piece.title),
            before: around.before.map(Row::of),
            behind: around.behind.map(Row::of),
            family: family.map(|f| f as u32),
            kind: piece.kind,
            state: piece.state,
            outside: matches!(block, BlockKind::Byline | BlockKind::Furniture),
            titled_line: block != BlockKind::Paragraph,
        }
    }

    /// A word of whose capital nothing is known but that it is a name elsewhere.
    pub(super) fn of_word(word: usize) -> Draft {
        let piece = Piece { words: word..word + 1, title: word..word, kind: NameKind::Other, state: false };
        Draft::new(piece, Around::default(), Some(word), BlockKind::Paragraph)
    }

    /// The name alone.
    pub(super) fn words(&self) -> Range<usize> {
        self.words.range()
    }

    /// The capitalised title before it; empty when there is none.
    pub(super) fn title(&self) -> Range<usize> {
        self.title.range()
    }

    /// The role before the name, title included.
    pub(super) fn before(&self) -> Option<Range<usize>> {
        self.before.map(Row::range)
    }

    /// The role behind the name.
    pub(super) fn behind(&self) -> Option<Range<usize>> {
        self.behind.map(Row::range)
    }

    /// Whether a role stands before or behind it. Most names stand alone.
    pub(super) fn has_role(&self) -> bool {
        self.before.is_some() || self.behind.is_some()
    }

    /// The roles before and behind.
    pub(super) fn roles(&self) -> impl Iterator<Item = Range<usize>> {
        self.before().into_iter().chain(self.behind())
    }

    /// The word that is the family name.
    pub(super) fn family(&self) -> Option<usize> {
        self.family.map(|f| f as usize)
    }
}

/// A stretch of words.
#[derive(Clone, Copy, Debug)]
struct Row {
    start: u32,
    end: u32,
}

impl Row {
    fn of(words: Range<usize>) -> Row {
        Row { start: words.start as u32, end: words.end as u32 }
    }

    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}
