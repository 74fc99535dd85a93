//! Transcripts: paragraphs that open with the name of the one who speaks and a colon.

use std::ops::Range;

use crate::reading::{Block, BlockKind, Reading};
use crate::text::{Classes, Shape, Token};

/// What one speaker says in one go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Turn {
    /// The label, as tokens; empty where the turn goes on from the paragraph before.
    pub(super) label: Range<usize>,
    /// The words, as tokens.
    pub(super) words: Range<usize>,
}

/// How many words and marks a label has at most: "REAR ADM. ROTH-HALE".
const LABEL: usize = 8;

/// How many paragraphs must open with a label before a text is a transcript.
const TURNS: usize = 3;

/// For every block of the reading, its turn; none at all when the text is no transcript. The blocks
/// that open with a label are those of `labels`, in order; those that `is_told` knows are the
/// reporter's again.
pub(super) fn turns(
    reading: &Reading,
    labels: &[(usize, Range<usize>)],
    is_told: impl Fn(usize) -> bool,
) -> Vec<Option<Turn>> {
    if !is_transcript(reading, labels) {
        return Vec::new();
    }
    let mut turns = vec![None; reading.blocks.len()];
    let mut labels = labels.iter().peekable();
    let mut speaking = false;
    for (i, block) in reading.blocks.iter().enumerate() {
        let label = labels.next_if(|(at, _)| *at == i).map(|(_, label)| label.clone());
        if label.is_none() && (block.kind != BlockKind::Paragraph || speaking && is_told(i)) {
            speaking = false;
            continue;
        }
        turns[i] = match label {
            Some(label) => Some(Turn { words: label.end + 1..block.words.end, label }),
            None if speaking && !is_direction(reading, block) => Some(Turn { label: 0..0, words: block.words.clone() }),
            None => None,
        };
        turns[i] = turns[i].take().filter(|t| !t.words.is_empty());
        speaking |= turns[i].is_some();
    }
    turns
}

/// The label that opens a paragraph: OLAFSEN: or Ines Roth: or Q: or Q.
pub(super) fn label(reading: &Reading, block: &Block) -> Option<Range<usize>> {
    // A short question of a transcript looks like a heading on the page.
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading) {
        return None;
    }
    let words = reading.tokens.get(block.words.clone())?;
    if is_letter_with_stop(reading, words) {
        return Some(block.words.start..block.words.start + 1);
    }
    let colon = words.iter().take(LABEL + 1).position(|t| t.is_mark(':')).filter(|&i| i > 0)?;
    let fits = words[..colon].iter().all(is_label_word);
    let spoken = words.get(colon + 1).is_some_and(|t| t.spaced && !matches!(t.first, '"' | '“' | '‘' | '\'' | '«'));
    (fits && spoken).then(|| block.words.start..block.words.start + colon)
}

/// "Q. Who is it?", "A. Nobody."
fn is_letter_with_stop(reading: &Reading, words: &[Token]) -> bool {
    matches!(words, [letter, stop, next, ..]
        if stop.is_mark('.') && !stop.spaced && next.spaced && matches!(letter.of(reading.text), "Q" | "A"))
}

fn is_label_word(token: &Token) -> bool {
    token.is_capitalised() && !token.is(Classes::WEEKDAY | Classes::MONTH)
        || matches!(token.first, '.' | '-') && !token.spaced
}

/// Whether enough paragraphs open with a label, and one of the labels comes again.
fn is_transcript(reading: &Reading, labels: &[(usize, Range<usize>)]) -> bool {
    if labels.len() < TURNS {
        return false;
    }
    let mut words: Vec<&str> = labels.iter().map(|(_, label)| reading.words(label.clone())).collect();
    words.sort_unstable();
    words.windows(2).any(|pair| pair[0] == pair[1])
}

/// A stage direction: a whole paragraph in brackets.
fn is_direction(reading: &Reading, block: &Block) -> bool {
    let words = reading.tokens.get(block.words.clone()).unwrap_or_default();
    words.first().is_some_and(|t| t.is_mark('(') || t.is_mark('['))
}

/// Where the speech begins inside marks that hold the label too: "WALLACE: Let us start."
pub(super) fn label_inside(tokens: &[Token], words: &Range<usize>) -> Option<usize> {
    let inside = tokens.get(words.clone())?;
    let colon = inside.iter().take(LABEL).position(|t| t.is_mark(':')).filter(|&i| i > 0)?;
    let capitals = inside[..colon].iter().all(|t| matches!(t.shape, Shape::Upper | Shape::Initial) || t.is_mark('.'));
    let long = inside[0].end() - inside[0].start() > 2;
    (capitals && long && colon + 1 < inside.len()).then_some(words.start + colon)
}
