//! Words of the text that headline or heading gives again: whoever says them there says them here.

use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::marks::Marked;
use super::resolve::Resolver;
use super::speaker::Attribution;
use crate::article::{Basis, QuoteKind};
use crate::reading::{BlockKind, Reading};
use crate::text::{Shape, Token, WordId};

/// So many quotes of headlines and headings are looked for in the text.
pub(super) const TITLES: usize = 16;

/// So many words of such a quote are looked at.
const WORDS: usize = 40;

/// Fewer letters are no words that anybody could be known by.
const LETTERS: usize = 8;

/// The marked quotes of the body, by their words.
pub(super) struct Said {
    /// Index of the attribution, and where its words stand among those of all.
    quotes: Vec<(usize, Range<usize>)>,
    /// The words of all, as numbers.
    words: Vec<u64>,
}

impl Said {
    /// Reads the quotes among `attributions` that stand in the body.
    pub(super) fn of(resolver: &Resolver, attributions: &[Attribution]) -> Said {
        let body = |a: &Attribution| !resolver.is_title_page(a) && a.kind != QuoteKind::Indirect;
        let mut said = Said { quotes: Vec::with_capacity(attributions.len()), words: Vec::new() };
        for (i, quote) in attributions.iter().enumerate().filter(|(_, a)| body(a)) {
            let start = said.words.len();
            said.words.extend(words(resolver.scene.reading, quote));
            said.quotes.push((i, start..said.words.len()));
        }
        said
    }

    /// The quotes with their words.
    fn quotes(&self) -> impl Iterator<Item = (usize, &[u64])> {
        self.quotes.iter().map(|(i, words)| (*i, &self.words[words.clone()]))
    }

    /// Which other quote of the body has the words of the quote `own` in their order.
    pub(super) fn has_again(&self, reading: &Reading, quote: &Attribution, own: usize) -> Option<usize> {
        let wanted: Vec<u64> = words(reading, quote).collect();
        let others = self.quotes().filter(|(i, words)| *i != own && words.len() > wanted.len());
        let mut again = others.filter(|(_, words)| words.windows(wanted.len().max(1)).any(|w| w == wanted));
        again.next().filter(|_| wanted.len() > 1).map(|(i, _)| i)
    }

    /// Which quote of the body has the words of `title`, and whether it has them in their order.
    pub(super) fn has(&self, reading: &Reading, title: &Attribution) -> Option<(usize, bool)> {
        let wanted: Vec<u64> = words(reading, title).take(WORDS).collect();
        let letters: usize = title.pieces.iter().map(|p| reading.words(p.clone()).len()).sum();
        if letters < LETTERS || wanted.is_empty() {
            return None;
        }
        let exact = self.quotes().find(|(_, words)| words.windows(wanted.len()).any(|w| w == wanted));
        if let Some((i, _)) = exact {
            return Some((i, true));
        }
        if wanted.len() < 4 {
            return None;
        }
        let best = self.quotes().map(|(i, words)| (shared(&wanted, words), i));
        let (most, quote) = best.max_by_key(|&(n, i)| (n, std::cmp::Reverse(i)))?;
        (most * 3 >= wanted.len() * 2).then_some((quote, false))
    }
}

/// How many of the wanted words are among the others, each counted as often as it is wanted.
fn shared(wanted: &[u64], words: &[u64]) -> usize {
    let mut left: FxHashMap<u64, usize> = FxHashMap::with_capacity_and_hasher(wanted.len(), FxBuildHasher);
    for &word in wanted {
        *left.entry(word).or_default() += 1;
    }
    let take = |word: &&u64| match left.get_mut(*word) {
        Some(n) if *n > 0 => {
            *n -= 1;
            true
        }
        _ => false,
    };
    words.iter().filter(take).count()
}

/// The words as numbers, however they are capitalised, without marks.
fn words(reading: &Reading, attribution: &Attribution) -> impl Iterator<Item = u64> {
    let tokens = attribution.pieces.iter().flat_map(|p| reading.tokens.get(p.clone()).unwrap_or_default());
    // A word that some table knows has a number already.
    let number = |t: &Token| match t.word {
        WordId::UNKNOWN => t.number_of_row(0, reading.text),
        word => word.0.into(),
    };
    tokens.filter(|t| t.shape != Shape::Mark).map(number)
}

/// Whether the marks stand around a whole heading.
fn is_heading(resolver: &Resolver, sentence: usize, marked: &Marked) -> bool {
    let block = resolver.scene.reading.blocks.get(marked.block);
    let whole = block.is_some_and(|b| b.words.start == marked.open && b.words.end <= marked.end());
    whole && resolver.block_kind(sentence) == Some(BlockKind::Heading)
}

/// The words between marks in headline and headings that no cue claims.
pub(super) fn unclaimed(resolver: &Resolver, attributions: &[Attribution]) -> Vec<Attribution> {
    let scene = resolver.scene;
    let claimed = |open: usize| attributions.iter().flat_map(|a| a.pieces.iter()).any(|p| p.start == open);
    let quoting = scene.narrative.sentences.iter().enumerate().filter(|(_, s)| s.has_quote);
    let titles =
        quoting.filter(|(_, s)| scene.reading.blocks.get(s.block).is_some_and(|b| b.kind != BlockKind::Paragraph));
    let quotes = titles.flat_map(|(sentence, s)| {
        let items = scene.narrative.signs(s).map(|i| &scene.narrative.items[i]);
        items.filter_map(move |i| Some((sentence, scene.marked_of(i)?)))
    });
    // One or two words in a headline may be in marks for other reasons.
    let several = |m: &Marked| {
        let words = scene.reading.tokens.get(m.words.clone()).unwrap_or_default();
        words.iter().filter(|t| t.shape != Shape::Mark).count() > 2
    };
    let fits = |s: usize, m: &Marked| !claimed(m.words.start) && (several(m) || is_heading(resolver, s, m));
    let free = quotes.take(TITLES).filter(|&(s, m)| fits(s, m));
    free.map(|(sentence, marked)| Attribution {
        pieces: [marked.words.clone()].into_iter().collect(),
        subject: None,
        cue: None,
        basis: Basis::Context,
        kind: QuoteKind::Direct,
        sentence,
        goes_on: false,
    })
    .collect()
}
