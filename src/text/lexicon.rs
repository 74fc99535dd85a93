//! Every word that some table knows, with its number and its classes.

#![expect(clippy::disallowed_types, reason = "looked up, never walked; FxHash has no random seed")]

use rustc_hash::FxHashMap;

use super::classes::Classes;
use super::words::fold;

/// Number of a word in the [`Lexicon`]; [`WordId::UNKNOWN`] for a word that no table knows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub(crate) struct WordId(pub(crate) u32);

impl WordId {
    /// A word that no table knows.
    pub(crate) const UNKNOWN: WordId = WordId(0);
}

/// Every word that some table knows. Words are kept folded: lower case, straight apostrophes.
pub(crate) struct Lexicon {
    ids: FxHashMap<Box<str>, WordId>,
    classes: Vec<Classes>,
}

impl Default for Lexicon {
    fn default() -> Lexicon {
        // Number 0 is the unknown word.
        Lexicon { ids: FxHashMap::default(), classes: vec![Classes::NONE] }
    }
}

impl Lexicon {
    /// Enters one word (no white space in it), or adds `classes` to it when it is there already.
    pub(crate) fn enter(&mut self, word: &str, classes: Classes) -> WordId {
        let folded = fold(word);
        if let Some(&id) = self.ids.get(folded.as_ref()) {
            self.classes[id.0 as usize] |= classes;
            return id;
        }
        let id = WordId(self.classes.len() as u32);
        self.classes.push(classes);
        self.ids.insert(folded.as_ref().into(), id);
        id
    }

    /// Number and classes of an already folded word.
    pub(crate) fn look_up(&self, folded: &str) -> (WordId, Classes) {
        match self.ids.get(folded) {
            Some(&id) => (id, self.classes[id.0 as usize]),
            None => (WordId::UNKNOWN, Classes::NONE),
        }
    }

    /// How many words are known.
    pub(crate) fn len(&self) -> usize {
        self.classes.len()
    }
}
