//! Many phrases looked for at once, word by word, longest first.

use rustc_hash::FxHashMap;

use super::classes::Classes;
use super::lexicon::{Lexicon, WordId};
use super::words::{Token, tokens};

/// A set of phrases, each with a value of type `T`.
pub(crate) struct Phrases<T> {
    // What words that begin a phrase have among their classes: most words begin none, and then no
    // table is looked into.
    opener: Classes,
    // The state behind a state and one more word; phrases begin in state 0.
    next: FxHashMap<(u32, WordId), u32>,
    // `values[state]`: what the phrase that ends here means.
    values: Vec<Option<T>>,
}

impl<T> Phrases<T> {
    /// No phrases yet; words that begin one will be of the class `opener`.
    pub(crate) fn opened_by(opener: Classes) -> Phrases<T> {
        Phrases { opener, next: FxHashMap::default(), values: vec![None] }
    }

    /// The slot of a phrase, whose words are entered into the lexicon. Fill it to give the phrase a
    /// meaning; find it filled where the phrase already has one.
    pub(crate) fn slot(&mut self, phrase: &str, lexicon: &mut Lexicon) -> &mut Option<T> {
        let mut state = 0;
        for token in tokens(phrase, lexicon) {
            let word = match state {
                0 if !self.begins(&token) => lexicon.enter(token.of(phrase), self.opener),
                _ if token.word == WordId::UNKNOWN => lexicon.enter(token.of(phrase), Classes::NONE),
                _ => token.word,
            };
            state = self.step(state, word);
        }
        &mut self.values[state as usize]
    }

    /// As [`Phrases::slot`], for the phrase that a word alone is.
    pub(crate) fn word_slot(&mut self, word: WordId, lexicon: &mut Lexicon) -> &mut Option<T> {
        lexicon.add(word, self.opener);
        let state = self.step(0, word);
        &mut self.values[state as usize]
    }

    /// The state behind `state` and `word`, made if it is new.
    fn step(&mut self, state: u32, word: WordId) -> u32 {
        let fresh = self.values.len() as u32;
        let next = *self.next.entry((state, word)).or_insert(fresh);
        if next == fresh {
            self.values.push(None);
        }
        next
    }

    /// The longest phrase that begins with the first of `tokens`: how many tokens it has, and its
    /// value. Letter case and spaces do not matter here; the caller checks what matters to it.
    #[inline]
    pub(crate) fn longest(&self, tokens: &[Token]) -> Option<(usize, &T)> {
        if self.begins(tokens.first()?) { self.all(tokens).last() } else { None }
    }

    /// Whether some phrase begins with `token`.
    #[inline]
    pub(crate) fn begins(&self, token: &Token) -> bool {
        token.is(self.opener)
    }

    /// All phrases that begin with the first of `tokens`, shortest first.
    pub(crate) fn all<'p>(&'p self, tokens: &[Token]) -> impl Iterator<Item = (usize, &'p T)> {
        let opened = tokens.first().is_some_and(|token| self.begins(token));
        let tokens = if opened { tokens } else { &[] };
        let mut state = 0;
        tokens
            .iter()
            .enumerate()
            .map_while(move |(i, token)| {
                state = *self.next.get(&(state, token.word))?;
                Some((i + 1, self.values[state as usize].as_ref()))
            })
            .filter_map(|(length, value)| Some((length, value?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_wins() {
        let mut lexicon = Lexicon::default();
        let mut phrases = Phrases::opened_by(Classes::NAME_OPENER);
        for (phrase, value) in [("Guinea", 1), ("Guinea-Bissau", 2), ("St. Lucia", 3)] {
            *phrases.slot(phrase, &mut lexicon) = Some(value);
        }
        let find = |text: &str| phrases.longest(&tokens(text, &lexicon)).map(|(n, v)| (n, *v));
        assert_eq!(find("Guinea-Bissau votes"), Some((3, 2)));
        assert_eq!(find("Guinea votes"), Some((1, 1)));
        assert_eq!(find("ST. LUCIA votes"), Some((3, 3)));
        assert_eq!(find("Lucia votes"), None);
    }
}
