//! The one walk over all words of the text: where its capitals stand and how each line has them.

use std::ops::Range;

use super::words::{LowerCase, USUAL};
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
    /// Where the words with a capital stand.
    pub(super) capitals: Vec<u32>,
}

impl Walk {
    /// Walks over the whole text.
    pub(super) fn over(reading: &Reading) -> Walk {
        // A sentence has some twenty words, and every sixth of them a capital.
        let words = reading.tokens.len();
        let (sentences, capitals) = (Vec::with_capacity(words / 16), Vec::with_capacity(words / 5));
        let mut walk = Walk { sentences, capitals, lower: LowerCase::default() };
        let (mut capitals, mut unusual) = (Picked::default(), Picked::default());
        for block in &reading.blocks {
            for words in reading.sentences_of(block) {
                let start = walk.capitals.len();
                let mut counted = 0;
                for near in (words.start..words.end).step_by(NEAR).map(|at| at..words.end.min(at + NEAR)) {
                    counted += count(reading, near, &mut capitals, &mut unusual);
                    walk.capitals.extend_from_slice(capitals.taken());
                    for &i in unusual.taken() {
                        walk.lower.note(&reading.tokens[i as usize], reading.text);
                    }
                }
                if block.kind != BlockKind::Dateline {
                    let case = Counts::of(counted).case(words.len(), block.kind == BlockKind::Paragraph);
                    let capitals = start..walk.capitals.len();
                    walk.sentences.push(Sentence { words: words.clone(), block: block.kind, case, capitals });
                }
            }
        }
        walk
    }

    /// Where the capitalised words of a sentence stand.
    pub(super) fn capitals_of(&self, sentence: &Sentence) -> &[u32] {
        &self.capitals[sentence.capitals.clone()]
    }
}

/// Counts a few words by how they are written, and picks those with a capital and the unusual ones in
/// small letters.
fn count(reading: &Reading, words: Range<usize>, capitals: &mut Picked, unusual: &mut Picked) -> u64 {
    let mut counts = 0;
    for (token, i) in reading.tokens[words.clone()].iter().zip(words) {
        let small = token.shape == Shape::Mixed && !token.is_capitalised();
        let shape = if small { Shape::Lower } else { token.shape } as usize;
        counts += COUNTED[usize::from(token.end() - token.start() > 3)][shape];
        capitals.pick(i, CAPITAL[shape]);
        unusual.pick(i, (token.shape == Shape::Lower) & !token.is(USUAL));
    }
    counts
}

/// So many words are looked at in one go.
const NEAR: usize = 64;

/// Some of a few words, in order. Picked without a branch, because no processor can guess how the
/// next word is written.
struct Picked {
    words: [u32; NEAR],
    count: usize,
}

impl Default for Picked {
    fn default() -> Picked {
        Picked { words: [0; NEAR], count: 0 }
    }
}

impl Picked {
    /// Takes the word `i`, or lets the next one take its place.
    fn pick(&mut self, i: usize, wanted: bool) {
        self.words[self.count % NEAR] = i as u32;
        self.count += usize::from(wanted);
    }

    /// The words picked since this was last asked.
    fn taken(&mut self) -> &[u32] {
        &self.words[..std::mem::take(&mut self.count).min(NEAR)]
    }
}

/// Whether words of a shape have a capital; mixed ones without count as in small letters by then. A
/// table beside `Token::is_capitalised`, which asks with a branch: here that costs the library a fiftieth.
const CAPITAL: [bool; SHAPES] = {
    let mut capital = [false; SHAPES];
    capital[Shape::Capital as usize] = true;
    capital[Shape::Upper as usize] = true;
    capital[Shape::Initial as usize] = true;
    capital[Shape::Mixed as usize] = true;
    capital
};

/// What a shorter and a longer word of each shape add to three numbers that are counted in one.
const COUNTED: [[u64; SHAPES]; 2] = {
    let mut longer = [0; SHAPES];
    longer[Shape::Capital as usize] = 1;
    longer[Shape::Initial as usize] = 1;
    longer[Shape::Mixed as usize] = 1;
    longer[Shape::Upper as usize] = 1 << LANE;
    longer[Shape::Lower as usize] = 1 << (2 * LANE);
    [[0; SHAPES], longer]
};

/// How many shapes there are.
const SHAPES: usize = Shape::Mark as usize + 1;

/// Bits for one of the three numbers.
const LANE: u32 = 20;

/// The longer words of a line by how they are written.
struct Counts {
    capital: usize,
    upper: usize,
    lower: usize,
}

impl Counts {
    /// The three numbers that were counted in one.
    fn of(counted: u64) -> Counts {
        let number = |lane: u32| (counted >> (lane * LANE) & ((1 << LANE) - 1)) as usize;
        Counts { capital: number(0), upper: number(1), lower: number(2) }
    }

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
