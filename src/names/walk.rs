//! The one walk over all words of the text: where its capitals stand and how each line has them.

use std::ops::Range;

use super::words::{LowerCase, is_unusual};
use crate::reading::{BlockKind, Reading};
use crate::text::Shape;

/// How the words of a line are capitalised.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Case {
    /// Names alone, and the first word.
    Sentence,
    /// Most words: capitals prove nothing.
    Title,
    /// All letters: capitals prove nothing, and neither does a word all in capitals.
    Capitals,
}

/// A sentence or line in which names are looked for.
pub(super) struct Sentence {
    /// Its words.
    pub(super) words: Range<usize>,
    /// What the block is that it stands in.
    pub(super) block: BlockKind,
    /// How it is capitalised.
    pub(super) case: Case,
    /// Its capitalised words, among those of the text.
    capitals: Range<usize>,
}

/// What the walk has seen.
pub(super) struct Walk {
    /// The sentences and lines, in order, datelines left out.
    pub(super) sentences: Vec<Sentence>,
    /// The words that the text has in lower case.
    pub(super) lower: LowerCase,
    capitals: Vec<u32>,
}

impl Walk {
    /// Walks over the whole text.
    pub(super) fn over(reading: &Reading) -> Walk {
        // A sentence has some twenty words, and every sixth of them a capital.
        let words = reading.tokens.len();
        let (sentences, capitals) = (Vec::with_capacity(words / 16), Vec::with_capacity(words / 5));
        let mut walk = Walk { sentences, capitals, lower: LowerCase::default() };
        for block in &reading.blocks {
            for words in &block.sentences {
                let start = walk.capitals.len();
                let counts = walk.read(reading, words.clone());
                if block.kind != BlockKind::Dateline {
                    let case = counts.case(words.len(), block.kind == BlockKind::Paragraph);
                    let capitals = start..walk.capitals.len();
                    walk.sentences.push(Sentence { words: words.clone(), block: block.kind, case, capitals });
                }
            }
        }
        walk
    }

    /// Where the capitalised words of a sentence stand.
    pub(super) fn capitals(&self, sentence: &Sentence) -> &[u32] {
        &self.capitals[sentence.capitals.clone()]
    }

    fn read(&mut self, reading: &Reading, words: Range<usize>) -> Counts {
        let mut counts = Counts::default();
        for (token, i) in reading.tokens[words.clone()].iter().zip(words) {
            let long = usize::from(token.end() - token.start() > 3);
            match token.shape {
                Shape::Mark | Shape::Number => {}
                Shape::Lower => {
                    counts.lower += long;
                    if is_unusual(token) {
                        self.lower.note(token, reading.text);
                    }
                }
                _ if !token.is_capitalised() => counts.lower += long,
                shape => {
                    self.capitals.push(i as u32);
                    counts.upper += if shape == Shape::Upper { long } else { 0 };
                    counts.capital += if shape == Shape::Upper { 0 } else { long };
                }
            }
        }
        counts
    }
}

/// The longer words of a line by how they are written.
#[derive(Default)]
struct Counts {
    capital: usize,
    upper: usize,
    lower: usize,
}

impl Counts {
    /// How a line of so many words is capitalised: by the share of capitals among its longer words.
    /// Prose must do so beyond doubt, since a short sentence may be little but names.
    fn case(&self, words: usize, prose: bool) -> Case {
        let Counts { capital, upper, lower } = *self;
        let share = if prose { 8 } else { 4 };
        if lower * 4 > words {
            Case::Sentence
        } else if upper >= 2 && (capital + lower) * 4 <= upper {
            Case::Capitals
        } else if capital + upper >= share - 1 && lower * share <= capital + upper {
            Case::Title
        } else {
            Case::Sentence
        }
    }
}
