//! Which language a text is in, told by its script and its commonest short words.

use super::lexicon::WordId;
use super::words::{Shape, Token};

/// So many words from the beginning are enough to tell.
const SAMPLE: usize = 600;

/// Fewer hits than this tell nothing.
const FEWEST_HITS: u32 = 3;

/// The common short words of each language told apart.
#[derive(Default)]
pub(crate) struct StopWords {
    tags: Vec<&'static str>,
    // By word number; bit i stands for `tags[i]`.
    words: Vec<u32>,
}

impl StopWords {
    /// Adds a language; the first is the one taken when little speaks for any.
    pub(crate) fn add_language(&mut self, tag: &'static str) {
        self.tags.push(tag);
    }

    /// Adds a word to the language added last.
    pub(crate) fn add_word(&mut self, word: WordId) {
        let at = word.0 as usize;
        if self.words.len() <= at {
            self.words.resize(at + 1, 0);
        }
        if let (Some(languages), Some(last)) = (self.words.get_mut(at), self.tags.len().checked_sub(1)) {
            *languages |= 1 << last;
        }
    }

    fn of(&self, word: WordId) -> u32 {
        self.words.get(word.0 as usize).copied().unwrap_or(0)
    }
}

/// BCP 47 tag of the language; `None` when it cannot be told. Very short texts in Latin letters
/// count as the first language of `stop_words`, so that a single line is still read.
pub(crate) fn language(text: &str, tokens: &[Token], stop_words: &StopWords) -> Option<&'static str> {
    let sample = &tokens[..tokens.len().min(SAMPLE)];
    let seen = Seen::of(sample, stop_words);
    if (seen.words - seen.ascii) * 2 > seen.words
        && let Some(tag) = Letters::of(text, sample).tag_by_script(seen.words)
    {
        return Some(tag);
    }
    let (best, hits) = seen.most_hits(sample, stop_words);
    let first = stop_words.tags.first().copied();
    if hits < FEWEST_HITS {
        return if are_mostly_ascii(text, sample, seen.words) { first } else { None };
    }
    stop_words.tags.get(best).copied()
}

/// What one look at the sample shows, and no more is asked of nearly every text.
#[derive(Default)]
struct Seen {
    /// Words, and those of them that begin with a letter of ASCII.
    words: usize,
    ascii: usize,
    /// Words of the first language, and words of any other.
    first: u32,
    others: u32,
}

impl Seen {
    fn of(sample: &[Token], stop_words: &StopWords) -> Seen {
        let mut seen = Seen::default();
        // Without a branch: no processor can guess where the marks stand.
        for token in sample {
            let word = !matches!(token.shape, Shape::Mark | Shape::Number);
            let languages = stop_words.of(token.word);
            seen.words += usize::from(word);
            seen.ascii += usize::from(word & token.first.is_ascii());
            seen.first += languages & 1;
            seen.others += u32::from(languages > 1);
        }
        seen
    }

    /// The language with the most words in the sample, and how many those are. Of two with equally
    /// many the one added first.
    fn most_hits(&self, sample: &[Token], stop_words: &StopWords) -> (usize, u32) {
        // No other language can have more: so it is with nearly every text.
        if self.first >= self.others {
            return (0, self.first);
        }
        let mut hits = [0_u32; 32];
        for token in sample {
            let mut languages = stop_words.of(token.word);
            while languages != 0 {
                if let Some(count) = hits.get_mut(languages.trailing_zeros() as usize) {
                    *count += 1;
                }
                languages &= languages - 1;
            }
        }
        hits.iter().enumerate().fold((0, 0), |best, (i, &count)| if count > best.1 { (i, count) } else { best })
    }
}

/// Whether most words are of letters of ASCII alone.
fn are_mostly_ascii(text: &str, sample: &[Token], words: usize) -> bool {
    let plain = |t: &&Token| !matches!(t.shape, Shape::Mark | Shape::Number) && t.bytes(text).is_ascii();
    sample.iter().filter(plain).count() * 10 >= words * 6
}

/// How many words of the sample have a letter of each script among their first.
#[derive(Default)]
struct Letters {
    counts: [usize; SCRIPTS.len()],
}

/// Scripts that belong to one language or nearly so. Kana before Han: Japanese has both.
const SCRIPTS: [(&str, &[(char, char)]); 9] = [
    ("ja", &[('\u{3040}', '\u{30ff}')]),
    ("ko", &[('\u{1100}', '\u{11ff}'), ('\u{ac00}', '\u{d7af}')]),
    ("zh", &[('\u{3400}', '\u{9fff}')]),
    ("ar", &[('\u{600}', '\u{6ff}'), ('\u{750}', '\u{77f}')]),
    ("he", &[('\u{590}', '\u{5ff}')]),
    ("el", &[('\u{370}', '\u{3ff}')]),
    ("hi", &[('\u{900}', '\u{97f}')]),
    ("th", &[('\u{e00}', '\u{e7f}')]),
    ("ka", &[('\u{10a0}', '\u{10ff}')]),
];

impl Letters {
    fn of(text: &str, sample: &[Token]) -> Letters {
        let mut letters = Letters::default();
        let foreign = |t: &&Token| !t.first.is_ascii() && !matches!(t.shape, Shape::Mark | Shape::Number);
        for token in sample.iter().filter(foreign) {
            for c in token.of(text).chars().take(8) {
                let script = SCRIPTS.iter().position(|(_, ranges)| ranges.iter().any(|&(a, b)| (a..=b).contains(&c)));
                if let Some(count) = script.and_then(|i| letters.counts.get_mut(i)) {
                    *count += 1;
                    break;
                }
            }
        }
        letters
    }

    /// The language of the script in which most of so many words are written.
    fn tag_by_script(&self, words: usize) -> Option<&'static str> {
        let foreign: usize = self.counts.iter().sum();
        if foreign * 2 <= words {
            return None;
        }
        let kana = self.counts.first().copied().unwrap_or(0);
        let most = self.counts.iter().max().copied().unwrap_or(0);
        let at = if kana * 5 > foreign { 0 } else { self.counts.iter().position(|&n| n == most)? };
        SCRIPTS.get(at).map(|(tag, _)| *tag)
    }
}
