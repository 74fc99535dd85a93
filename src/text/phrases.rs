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
    // The state behind a first word, by the number of the word; 0 where no phrase begins.
    first: Vec<u32>,
    // The state behind a state and one more word.
    next: FxHashMap<(u32, WordId), u32>,
    // State 0 is that before the first word.
    states: Vec<State<T>>,
}

/// What is known behind some words.
struct State<T> {
    // What the phrase that ends here means.
    value: Option<T>,
    // The words that some phrase goes on with here, each as one of few bits: most words that stand
    // there in a text are none of them, and then nothing is looked up.
    ahead: u64,
}

impl<T> Phrases<T> {
    /// No phrases yet; words that begin one will be of the class `opener`.
    pub(crate) fn opened_by(opener: Classes) -> Phrases<T> {
        let before = State { value: None, ahead: 0 };
        Phrases { opener, first: Vec::new(), next: FxHashMap::default(), states: vec![before] }
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
        &mut self.states[state as usize].value
    }

    /// As [`Phrases::slot`], for the phrase that a word alone is.
    pub(crate) fn word_slot(&mut self, word: WordId, lexicon: &mut Lexicon) -> &mut Option<T> {
        lexicon.add(word, self.opener);
        let state = self.step(0, word);
        &mut self.states[state as usize].value
    }

    /// The state behind `state` and `word`, made if it is new.
    fn step(&mut self, state: u32, word: WordId) -> u32 {
        let fresh = self.states.len() as u32;
        let next = if state == 0 {
            let number = word.0 as usize;
            if self.first.len() <= number {
                self.first.resize(number + 1, 0);
            }
            &mut self.first[number]
        } else {
            self.states[state as usize].ahead |= bit(word);
            self.next.entry((state, word)).or_default()
        };
        if *next == 0 {
            *next = fresh;
            self.states.push(State { value: None, ahead: 0 });
        }
        *next
    }

    /// The longest phrase that begins with the first of `tokens`: how many tokens it has, and its
    /// value. Letter case and spaces do not matter here; the caller checks what matters to it.
    #[inline]
    pub(crate) fn longest(&self, tokens: &[Token]) -> Option<(usize, &T)> {
        if self.begins(tokens.first()?) { self.longest_begun(tokens) } else { None }
    }

    // Kept apart, because most callers ask in vain.
    #[inline(never)]
    fn longest_begun(&self, tokens: &[Token]) -> Option<(usize, &T)> {
        self.all(tokens).last()
    }

    /// Whether some phrase begins with `token`.
    #[inline]
    pub(crate) fn begins(&self, token: &Token) -> bool {
        token.is(self.opener)
    }

    /// All phrases that begin with the first of `tokens`, shortest first.
    pub(crate) fn all<'p>(&'p self, tokens: &[Token]) -> impl Iterator<Item = (usize, &'p T)> {
        let first = tokens.first().filter(|token| self.begins(token)).and_then(|token| self.behind_first(token));
        let mut rest = tokens.iter().enumerate().skip(1);
        let states = std::iter::successors(first.map(|state| (1, state)), move |&(_, state)| {
            let (i, token) = rest.next()?;
            Some((i + 1, self.behind(state, token)?))
        });
        states.filter_map(|(length, state)| Some((length, state.1.value.as_ref()?)))
    }

    /// The state behind a first word, and its number.
    fn behind_first(&self, token: &Token) -> Option<(u32, &State<T>)> {
        let number = *self.first.get(token.word.0 as usize).filter(|&&number| number != 0)?;
        Some((number, self.states.get(number as usize)?))
    }

    /// The state behind a state and one more word, and its number.
    fn behind(&self, (number, state): (u32, &State<T>), token: &Token) -> Option<(u32, &State<T>)> {
        if state.ahead & bit(token.word) == 0 {
            return None;
        }
        let number = *self.next.get(&(number, token.word))?;
        Some((number, self.states.get(number as usize)?))
    }
}

/// One of 64 bits for a word.
fn bit(word: WordId) -> u64 {
    1 << (word.0 % 64)
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
