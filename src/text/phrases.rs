//! Many phrases looked for at once, word by word, longest first.

use rustc_hash::FxHashMap;

use super::classes::Classes;
use super::lexicon::{Lexicon, WordId};
use super::words::{Token, tokens};

/// A set of phrases, each with a value of type `T`.
pub(crate) struct Phrases<T> {
    // `first[word]` is the state after that word; 0 where no phrase begins with it.
    first: Vec<u32>,
    next: FxHashMap<(u32, WordId), u32>,
    // `values[state]`: what the phrase that ends here means.
    values: Vec<Option<T>>,
}

/// Collects phrases while the lexicon still grows.
pub(crate) struct PhrasesBuilder<T> {
    first: FxHashMap<WordId, u32>,
    next: FxHashMap<(u32, WordId), u32>,
    values: Vec<Option<T>>,
}

impl<T> Default for PhrasesBuilder<T> {
    fn default() -> Self {
        PhrasesBuilder { first: FxHashMap::default(), next: FxHashMap::default(), values: vec![None] }
    }
}

impl<T> PhrasesBuilder<T> {
    /// The slot of a phrase, entered into the lexicon if it is new. Fill it to give it a meaning;
    /// find it filled where the phrase already has one.
    pub(crate) fn slot(&mut self, phrase: &str, lexicon: &mut Lexicon) -> &mut Option<T> {
        let mut state = 0;
        for token in tokens(phrase, &Lexicon::default()) {
            let word = lexicon.enter(&phrase[token.start()..token.end()], Classes::NONE);
            let fresh = self.values.len() as u32;
            let slot = match state {
                0 => self.first.entry(word).or_insert(fresh),
                _ => self.next.entry((state, word)).or_insert(fresh),
            };
            state = *slot;
            if state == fresh {
                self.values.push(None);
            }
        }
        &mut self.values[state as usize]
    }

    /// Adds `class` to every word that a phrase begins with.
    pub(crate) fn mark_beginnings(&self, class: Classes, lexicon: &mut Lexicon) {
        #[expect(clippy::iter_over_hash_type, reason = "each word is marked by itself")]
        for &word in self.first.keys() {
            lexicon.add(word, class);
        }
    }

    /// Ready to be searched with; `lexicon` has every word by now.
    pub(crate) fn build(self, lexicon: &Lexicon) -> Phrases<T> {
        let mut first = vec![0; lexicon.len()];
        #[expect(clippy::iter_over_hash_type, reason = "each entry has a place of its own")]
        for (word, state) in self.first {
            first[word.0 as usize] = state;
        }
        Phrases { first, next: self.next, values: self.values }
    }
}

impl<T> Phrases<T> {
    /// The longest phrase that begins with the first of `tokens`: how many tokens it has, and its
    /// value. Letter case and spaces do not matter here; the caller checks what matters to it.
    pub(crate) fn longest(&self, tokens: &[Token]) -> Option<(usize, &T)> {
        // Most words begin no phrase.
        tokens.first().filter(|token| self.begins(token))?;
        self.all(tokens).last()
    }

    /// Whether some phrase begins with `token`.
    pub(crate) fn begins(&self, token: &Token) -> bool {
        self.first.get(token.word.0 as usize).is_some_and(|&state| state != 0)
    }

    /// All phrases that begin with the first of `tokens`, shortest first.
    pub(crate) fn all<'p>(&'p self, tokens: &[Token]) -> impl Iterator<Item = (usize, &'p T)> {
        let mut state = 0;
        tokens
            .iter()
            .enumerate()
            .map_while(move |(i, token)| {
                state = match i {
                    0 => self.first.get(token.word.0 as usize).copied().filter(|&s| s != 0)?,
                    _ => *self.next.get(&(state, token.word))?,
                };
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
        let mut builder = PhrasesBuilder::default();
        for (phrase, value) in [("Guinea", 1), ("Guinea-Bissau", 2), ("St. Lucia", 3)] {
            *builder.slot(phrase, &mut lexicon) = Some(value);
        }
        let phrases = builder.build(&lexicon);
        let find = |text: &str| phrases.longest(&tokens(text, &lexicon)).map(|(n, v)| (n, *v));
        assert_eq!(find("Guinea-Bissau votes"), Some((3, 2)));
        assert_eq!(find("Guinea votes"), Some((1, 1)));
        assert_eq!(find("ST. LUCIA votes"), Some((3, 3)));
        assert_eq!(find("Lucia votes"), None);
    }
}
