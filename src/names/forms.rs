//! What is asked of every name again and again while names are tied, read once.

use std::ops::Range;

use super::drafts::Draft;
use super::words::{GIVEN, is_word, key};
use crate::reading::Reading;
use crate::text::{Classes, Shape, Token};

/// A word of a name.
#[derive(Clone, Copy)]
pub(super) struct Word {
    /// Its place among the words of the text.
    pub(super) at: usize,
    /// The number that stands for it, however it is capitalised.
    pub(super) key: u64,
}

/// How a name is written. Small, because there is one for every name.
pub(super) struct Form {
    /// Where its telling words begin among those of all names, and how many they are.
    telling: (u32, u16),
    /// How often white space parts its words.
    pub(super) spaces: u16,
    /// The first initial in it.
    pub(super) initial: Option<char>,
    /// Whether a title that stays with a name, or a courtesy title, is one of its words.
    pub(super) titled: bool,
    /// Whether one of its words makes a body only of a name.
    pub(super) body_by_name: bool,
}

/// The forms of all names of a text, in the order of their drafts.
pub(super) struct Forms {
    forms: Vec<Form>,
    words: Vec<Word>,
}

impl Forms {
    /// Reads the names.
    pub(super) fn of(reading: &Reading, drafts: &[Draft]) -> Forms {
        let mut forms = Forms { forms: Vec::with_capacity(drafts.len()), words: Vec::with_capacity(drafts.len() * 2) };
        for draft in drafts {
            let form = forms.read(reading, draft.words());
            forms.forms.push(form);
        }
        forms
    }

    /// The form of a name.
    pub(super) fn get(&self, name: usize) -> &Form {
        &self.forms[name]
    }

    /// The words that tell a name from others: no initials, no marks, no "Jr", no title that stays
    /// with the name. Where all are such, all words.
    pub(super) fn telling(&self, name: usize) -> &[Word] {
        let (start, count) = self.forms[name].telling;
        &self.words[start as usize..][..usize::from(count)]
    }

    fn read(&mut self, reading: &Reading, name: Range<usize>) -> Form {
        let tokens = reading.tokens;
        let words = &tokens[name.clone()];
        let start = self.words.len();
        let word = |at: usize| Word { at, key: key(&tokens[at], reading.text) };
        if let [only] = words {
            // Most names are one word, which has to tell whatever it is.
            self.words.extend(is_word(only).then(|| word(name.start)));
        } else {
            let titled = words.first().is_some_and(|t| t.is(Classes::COURTESY | Classes::TITLE_KEPT));
            let titles = words.iter().take_while(|t| titled && t.is(Classes::TITLE)).count();
            self.words.extend((name.start + titles..name.end).filter(|&w| tells(tokens, w)).map(word));
            if self.words.len() == start {
                self.words.extend(name.filter(|&w| is_word(&tokens[w])).map(word));
            }
        }
        let classes = words.iter().fold(Classes::NONE, |all, t| all | t.classes);
        Form {
            telling: (start as u32, (self.words.len() - start) as u16),
            titled: classes.any(Classes::COURTESY | Classes::TITLE_KEPT),
            body_by_name: classes.any(Classes::BODY_NAME),
            initial: words.iter().find(|t| t.shape == Shape::Initial && !t.is(Classes::PARTICLE)).map(|t| t.first),
            spaces: words.iter().skip(1).filter(|t| t.spaced).count() as u16,
        }
    }
}

/// A word that tells a name from others: no initial, no mark, no "Jr".
fn tells(tokens: &[Token], w: usize) -> bool {
    let token = &tokens[w];
    is_word(token)
        && token.shape != Shape::Initial
        && !token.is(Classes::POSTNOMINAL | Classes::TITLE_KEPT)
        && !(token.is(Classes::PARTICLE) && (token.shape == Shape::Lower || is_tied(token, tokens.get(w + 1))))
}

/// A particle that goes with the word behind it though the sentence gave it a capital:
/// "El-Shennawy", "Van den Berg".
fn is_tied(particle: &Token, next: Option<&Token>) -> bool {
    next.is_some_and(|t| {
        t.is_mark('-') && !t.spaced && !particle.is(GIVEN) || t.shape == Shape::Lower && t.is(Classes::PARTICLE)
    })
}
