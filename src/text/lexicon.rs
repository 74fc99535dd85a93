//! Every word that some table knows, with its number and its classes.

use super::classes::Classes;
use super::eight::Eight;
use super::words::{fold, folded};

/// Number of a word in the [`Lexicon`]; [`WordId::UNKNOWN`] for a word that no table knows.
///
/// Two bytes, so that a token fills half a line of the cache and no more: the tables know about
/// 33,000 words and may know twice as many.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub(crate) struct WordId(pub(crate) u16);

impl WordId {
    /// A word that no table knows.
    pub(crate) const UNKNOWN: WordId = WordId(0);
}

/// Every word that some table knows. Words are kept folded: lower case, straight apostrophes.
///
/// A table with open addressing, because every word of every text is looked up here. Its slots hold
/// the first eight letters of the word itself and all that is asked of it: half a line of the cache,
/// and for most words no look elsewhere.
#[derive(Default)]
pub(crate) struct Lexicon {
    // Power of two long, never full; a slot with `WordId::UNKNOWN` is free.
    slots: Vec<Slot>,
    // All bits of a hash but those that are a place among the slots.
    shift: u32,
    // By number; number 0 is the unknown word.
    words: Words,
}

/// A word of eight bytes or less is known by its key alone.
#[derive(Clone, Copy, Default)]
struct Slot {
    // The key, taken apart so that a slot has no padding.
    head: u64,
    rest: u32,
    word: WordId,
    classes: Classes,
}

/// What a word is looked up by: its first eight bytes in lower case, and its length mixed with the
/// bytes behind them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    head: u64,
    rest: u32,
}

impl Lexicon {
    /// An empty lexicon with room for so many words.
    pub(crate) fn with_room_for(words: usize) -> Lexicon {
        let mut lexicon = Lexicon::default();
        lexicon.grow_to((words * 2).next_power_of_two());
        lexicon
    }

    /// Enters one word (no white space in it), or adds `classes` to it when it is there already.
    pub(crate) fn enter(&mut self, word: &str, classes: Classes) -> WordId {
        if word.is_ascii() { self.enter_folded(word, classes) } else { self.enter_folded(&fold(word), classes) }
    }

    /// As [`Lexicon::enter`], for a word with nothing to fold but capitals of ASCII.
    fn enter_folded(&mut self, word: &str, classes: Classes) -> WordId {
        if self.words.len() * 2 >= self.slots.len() {
            self.grow_to((self.slots.len() * 2).max(1 << 12));
        }
        let key = Key::of(word.as_bytes());
        let place = self.find(key, word.as_bytes());
        let slot = &mut self.slots[place];
        slot.classes |= classes;
        // There are more numbers than words, as a test sees to.
        if slot.word == WordId::UNKNOWN
            && let Ok(number) = u16::try_from(self.words.len())
        {
            (slot.head, slot.rest, slot.word) = (key.head, key.rest, WordId(number));
            self.words.push(word);
        }
        slot.word
    }

    /// Adds `classes` to a word that is known.
    pub(super) fn add(&mut self, word: WordId, classes: Classes) {
        if word != WordId::UNKNOWN {
            let letters = self.words.of(word);
            let place = self.find(Key::of(letters), letters);
            self.slots[place].classes |= classes;
        }
    }

    /// Number and classes of a word as written.
    pub(crate) fn look_up(&self, word: &str) -> (WordId, Classes) {
        if word.is_ascii() {
            self.look_up_folded(word.as_bytes())
        } else {
            folded(word, |word| self.look_up_folded(word))
        }
    }

    /// As [`Lexicon::look_up`], for a word with nothing to fold but capitals of ASCII.
    pub(super) fn look_up_folded(&self, word: &[u8]) -> (WordId, Classes) {
        self.look_up_key(Key::of(word), word)
    }

    /// As [`Lexicon::look_up_folded`], for a word whose key is known already.
    #[inline]
    pub(super) fn look_up_key(&self, key: Key, word: &[u8]) -> (WordId, Classes) {
        let Some(mut slot) = self.slots.get(key.place(self.shift)) else { return Default::default() };
        // Most words are short and stand where they are looked for first; a free slot has no classes.
        if !(slot.key() == key && word.len() <= 8) && slot.word != WordId::UNKNOWN {
            slot = &self.slots[self.find(key, word)];
        }
        (slot.word, slot.classes)
    }

    /// Every word that is known, with its letters and its classes, in no order.
    pub(super) fn words(&self) -> impl Iterator<Item = (WordId, &[u8], Classes)> {
        let known = self.slots.iter().filter(|slot| slot.word != WordId::UNKNOWN);
        known.map(|slot| (slot.word, self.words.of(slot.word), slot.classes))
    }

    /// How many words are known, the unknown word included.
    pub(crate) fn len(&self) -> usize {
        self.words.len().max(1)
    }

    /// The slot of a word; a free one when it is not known.
    fn find(&self, key: Key, word: &[u8]) -> usize {
        let mut place = key.place(self.shift);
        loop {
            let slot = self.slots[place];
            let is_free = slot.word == WordId::UNKNOWN;
            if is_free || slot.key() == key && (word.len() <= 8 || is_same_tail(self.words.of(slot.word), word)) {
                return place;
            }
            place = (place + 1) & (self.slots.len() - 1);
        }
    }

    /// Makes `size` slots, a power of two.
    fn grow_to(&mut self, size: usize) {
        if self.words.len() == 0 {
            self.words.push("");
        }
        self.shift = u64::BITS - size.ilog2();
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        for slot in old.into_iter().filter(|slot| slot.word != WordId::UNKNOWN) {
            let mut place = slot.key().place(self.shift);
            while self.slots[place].word != WordId::UNKNOWN {
                place = (place + 1) & (size - 1);
            }
            self.slots[place] = slot;
        }
    }
}

/// Whether two words of one length, more than eight bytes, that agree in the first eight also agree
/// behind them; the first of the words is folded.
fn is_same_tail(known: &[u8], word: &[u8]) -> bool {
    let last = word.len().saturating_sub(8);
    let same = |at: usize| Eight::at(known, at) == Eight::at(word, at).lower_case();
    known.len() == word.len() && same(last) && (8..last).step_by(8).all(same)
}

impl Slot {
    fn key(self) -> Key {
        Key { head: self.head, rest: self.rest }
    }
}

impl Key {
    /// The key of a word.
    fn of(word: &[u8]) -> Key {
        let key = Key::of_head(Eight::at(word, 0).lower_case());
        let tail = (8..word.len()).step_by(8);
        tail.fold(key, |key, at| key.and(Eight::at(word, at).lower_case())).with_length(word.len())
    }

    /// The key of a word that begins with `head`, in lower case. The rest of it and its length follow.
    pub(super) fn of_head(head: Eight) -> Key {
        Key { head: head.0, rest: 0 }
    }

    /// With the next eight bytes of the word, in lower case.
    pub(super) fn and(self, next: Eight) -> Key {
        let mixed = (u64::from(self.rest) << 23 ^ next.0).wrapping_mul(SPREAD);
        Key { rest: (mixed >> 32) as u32, ..self }
    }

    /// With the length of the whole word.
    pub(super) fn with_length(self, length: usize) -> Key {
        Key { rest: self.rest ^ length as u32, ..self }
    }

    fn place(self, shift: u32) -> usize {
        ((self.head ^ u64::from(self.rest) << 40).wrapping_mul(SPREAD) >> shift) as usize
    }
}

const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Words by their number, one behind the other in one piece of memory.
#[derive(Default)]
struct Words {
    letters: Vec<u8>,
    ends: Vec<u32>,
}

impl Words {
    fn push(&mut self, word: &str) {
        let start = self.letters.len();
        self.letters.extend_from_slice(word.as_bytes());
        self.letters[start..].make_ascii_lowercase();
        self.ends.push(self.letters.len() as u32);
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn of(&self, word: WordId) -> &[u8] {
        let number = word.0 as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.letters[start as usize..self.ends[number] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;
    use crate::text::tokens;

    #[test]
    fn the_tables_may_grow_by_a_third_before_numbers_of_words_run_out() {
        assert!(Tables::new().lexicon.len() < usize::from(u16::MAX) * 3 / 4);
    }

    #[test]
    fn a_word_is_found_however_its_letters_are_written() {
        let mut lexicon = Lexicon::default();
        assert_eq!(lexicon.look_up("Riga").0, WordId::UNKNOWN);
        let riga = lexicon.enter("Riga", Classes::NONE);
        let lodz = lexicon.enter("Łódź", Classes::NONE);
        for i in 0..9000 {
            lexicon.enter(&format!("word{i}"), Classes::NONE);
        }
        let long = lexicon.enter("Constantinople", Classes::NONE);
        assert_eq!(lexicon.enter("RIGA", Classes::MONTH), riga);
        for (word, id) in [
            ("riga", riga),
            ("RIGA", riga),
            ("łódź", lodz),
            ("ŁÓDŹ", lodz),
            ("rigb", WordId::UNKNOWN),
            ("CONSTANTINOPLE", long),
            ("constantinoplx", WordId::UNKNOWN),
        ] {
            assert_eq!(lexicon.look_up(word).0, id, "{word}");
            for text in [format!("{word} and more words"), word.to_owned()] {
                assert_eq!(tokens(&text, &lexicon).first().map(|t| t.word), Some(id), "{text}");
            }
        }
        assert!(lexicon.look_up("riga").1.any(Classes::MONTH));
        assert_eq!(lexicon.len(), 9004);
    }
}
