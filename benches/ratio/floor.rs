//! The one-pass floor: the least work that yields spans of the right kinds. Not an extractor.
//!
//! UTF-8 check, paragraphs, quotes with a word behind them, every word looked up in a lexicon of
//! the texts' own words, code points of every span.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

pub(crate) struct Floor {
    lexicon: HashMap<Box<[u8]>, u32, FxBuildHasher>,
}

impl Floor {
    /// Knows every word of `texts`, as a good lexicon would.
    pub(crate) fn new(texts: &[String]) -> Floor {
        let mut lexicon = HashMap::default();
        for text in texts {
            for word in Words(text.as_bytes()) {
                let next = lexicon.len() as u32;
                lexicon.entry(word.into()).or_insert(next);
            }
        }
        Floor { lexicon }
    }

    /// One pass over a text; the number only keeps the work from being left out.
    pub(crate) fn pass(&self, text: &str) -> u64 {
        let bytes = text.as_bytes();
        let mut sum = u64::from(std::str::from_utf8(bytes).is_ok());
        let mut ends: Vec<usize> = memchr::memchr_iter(b'\n', bytes).collect();
        for at in memchr::memchr2_iter(b'"', 0xe2, bytes) {
            ends.push(at);
            sum += Words(&bytes[at..]).next().map_or(0, |w| w.len() as u64);
        }
        for word in Words(bytes) {
            sum += self.lexicon.get(word).map_or(0, |&id| u64::from(id));
        }
        ends.sort_unstable();
        sum + code_points(bytes, &ends)
    }
}

/// Code points before each of the sorted `ends`, added up.
fn code_points(bytes: &[u8], ends: &[usize]) -> u64 {
    let (mut sum, mut count, mut from) = (0, 0, 0);
    for &end in ends {
        count += bytes[from..end].iter().filter(|&&b| b & 0xc0 != 0x80).count() as u64;
        from = end;
        sum += count;
    }
    sum
}

struct Words<'t>(&'t [u8]);

fn is_word_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b >= 0x80
}

impl<'t> Iterator for Words<'t> {
    type Item = &'t [u8];

    fn next(&mut self) -> Option<&'t [u8]> {
        let start = self.0.iter().position(|&b| is_word_byte(b))?;
        let rest = &self.0[start..];
        let end = rest.iter().position(|&b| !is_word_byte(b)).unwrap_or(rest.len());
        self.0 = &rest[end..];
        Some(&rest[..end])
    }
}
