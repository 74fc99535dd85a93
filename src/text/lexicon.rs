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
/// A table with open addressing, because every word of every text is looked up here. What is asked of
/// a word lies beside it: for nearly every word, known or not, one look at one line of the cache tells all.
pub(crate) struct Lexicon {
    // Power of two long, never full.
    pairs: Vec<Pair>,
    // All bits of a hash but those that are a place among the pairs.
    shift: u32,
    // By number; number 0 is the unknown word.
    words: Words,
}

/// The places of two words in one line of the cache; the second is free as long as the first is.
#[derive(Clone, Copy, Default)]
#[repr(align(64))]
struct Pair([Slot; 2]);

/// A word, or with `WordId::UNKNOWN` a free place.
#[derive(Clone, Copy, Default)]
struct Slot {
    head: u64,
    // The tail of the key, and above it the number of the word: a slot has no room for each of its own.
    tail_and_word: u64,
    classes: Classes,
}

/// What a word is looked up by: its first fourteen bytes in lower case. In place of the last of them
/// stands [`Key::CUT`] when the word is longer; all shorter words are known by their key alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    /// Eight bytes.
    head: u64,
    /// The six behind them.
    tail: u64,
}

impl Lexicon {
    /// An empty lexicon with room for so many words.
    pub(crate) fn with_room_for(words: usize) -> Lexicon {
        let mut lexicon = Lexicon { pairs: Vec::new(), shift: 0, words: Words::default() };
        lexicon.words.push("");
        lexicon.grow_to(words.next_power_of_two().max(1 << 11));
        lexicon
    }

    /// Enters one word (no white space in it), or adds `classes` to it when it is there already.
    pub(crate) fn enter(&mut self, word: &str, classes: Classes) -> WordId {
        if word.is_ascii() { self.enter_folded(word, classes) } else { self.enter_folded(&fold(word), classes) }
    }

    /// As [`Lexicon::enter`], for a word with nothing to fold but capitals of ASCII.
    fn enter_folded(&mut self, word: &str, classes: Classes) -> WordId {
        if self.words.len() >= self.pairs.len() {
            self.grow_to(self.pairs.len() * 2);
        }
        let key = Key::of(word.as_bytes());
        let (pair, place) = self.find(key, word.as_bytes());
        let slot = &mut self.pairs[pair].0[place];
        // There are more numbers than words, as a test sees to.
        if slot.word() == WordId::UNKNOWN
            && let Ok(number) = u16::try_from(self.words.len())
        {
            *slot = Slot::new(key, WordId(number));
            self.words.push(word);
        }
        slot.classes |= classes;
        slot.word()
    }

    /// Adds `classes` to a word that is known.
    pub(super) fn add(&mut self, word: WordId, classes: Classes) {
        if word != WordId::UNKNOWN {
            let letters = self.words.of(word);
            let (pair, place) = self.find(Key::of(letters), letters);
            self.pairs[pair].0[place].classes |= classes;
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
        let key = Key::of(word);
        if key.is_cut() { self.look_up_by_search(key, word) } else { self.look_up_key(key) }
    }

    /// As [`Lexicon::look_up_folded`], for a word that is known by its key.
    #[inline]
    pub(super) fn look_up_key(&self, key: Key) -> (WordId, Classes) {
        let Some(Pair(slots)) = self.pairs.get(key.place(self.shift)) else { return Default::default() };
        // Without a branch: no processor can guess which of the two it is, or whether the word is known.
        let slot = &slots[usize::from(!slots[0].has(key))];
        if !slot.has(key) & (slot.word() != WordId::UNKNOWN) {
            return self.look_up_by_search(key, &[]);
        }
        (slot.word(), slot.classes)
    }

    /// Letters are looked at only where the key is cut.
    #[inline(never)]
    fn look_up_by_search(&self, key: Key, letters: &[u8]) -> (WordId, Classes) {
        let (pair, place) = self.find(key, letters);
        let slot = &self.pairs[pair].0[place];
        (slot.word(), slot.classes)
    }

    /// Every word that is known, with its letters and its classes, in no order.
    pub(super) fn words(&self) -> impl Iterator<Item = (WordId, &[u8], Classes)> {
        let known = self.pairs.iter().flat_map(|pair| pair.0).filter(|slot| slot.word() != WordId::UNKNOWN);
        known.map(|slot| (slot.word(), self.words.of(slot.word()), slot.classes))
    }

    /// How many words are known, the unknown word included.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The pair of a word and its place there; a free one when it is not known.
    fn find(&self, key: Key, word: &[u8]) -> (usize, usize) {
        let is_it = |slot: &Slot| slot.has(key) && (!key.is_cut() || is_same_tail(self.words.of(slot.word()), word));
        let mut pair = key.place(self.shift);
        loop {
            let place = self.pairs[pair].0.iter().position(|slot| slot.word() == WordId::UNKNOWN || is_it(slot));
            match place {
                Some(place) => return (pair, place),
                None => pair = (pair + 1) & (self.pairs.len() - 1),
            }
        }
    }

    /// Makes `size` pairs, a power of two.
    fn grow_to(&mut self, size: usize) {
        self.shift = u64::BITS - size.ilog2();
        let old = std::mem::replace(&mut self.pairs, vec![Pair::default(); size]);
        for slot in old.iter().flat_map(|pair| pair.0).filter(|slot| slot.word() != WordId::UNKNOWN) {
            let (pair, place) = self.find(slot.key(), self.words.of(slot.word()));
            self.pairs[pair].0[place] = slot;
        }
    }
}

impl Default for Lexicon {
    fn default() -> Lexicon {
        Lexicon::with_room_for(0)
    }
}

/// Whether two words with one key, more than eight bytes, also agree behind it; the first of the words
/// is folded.
fn is_same_tail(known: &[u8], word: &[u8]) -> bool {
    let last = word.len().saturating_sub(8);
    let same = |at: usize| Eight::at(known, at) == Eight::at(word, at).lower_case();
    known.len() == word.len() && same(last) && (8..last).step_by(8).all(same)
}

impl Slot {
    fn new(key: Key, word: WordId) -> Slot {
        let tail_and_word = key.tail | u64::from(word.0) << Key::TAIL_BITS;
        Slot { head: key.head, tail_and_word, classes: Classes::NONE }
    }

    fn key(&self) -> Key {
        Key { head: self.head, tail: self.tail_and_word & Key::TAIL }
    }

    fn has(&self, key: Key) -> bool {
        self.head ^ key.head | (self.tail_and_word ^ key.tail) & Key::TAIL == 0
    }

    fn word(&self) -> WordId {
        WordId((self.tail_and_word >> Key::TAIL_BITS) as u16)
    }
}

impl Key {
    const TAIL_BITS: u32 = 48;

    const TAIL: u64 = (1 << Key::TAIL_BITS) - 1;

    /// Stands in no word.
    const CUT: u64 = 1 << (Key::TAIL_BITS - 8);

    /// Words of so many bytes or less are known by their key.
    pub(super) const LENGTH: usize = 14;

    /// The key of a word.
    fn of(word: &[u8]) -> Key {
        let eight = |at: usize| Eight::at(word, at).lower_case().0;
        let tail = if word.len() <= Key::LENGTH { eight(8) } else { eight(8) & (Key::TAIL >> 8) | Key::CUT };
        Key { head: eight(0), tail }
    }

    /// The key of a word of no more than [`Key::LENGTH`] letters of ASCII.
    pub(super) fn of_letters(head: Eight, tail: Eight) -> Key {
        Key { head: head.letters_in_lower_case().0, tail: tail.letters_in_lower_case().0 }
    }

    /// The key of a mark of ASCII.
    pub(super) fn of_mark(mark: u8) -> Key {
        Key { head: u64::from(mark), tail: 0 }
    }

    /// Whether the word is longer than its key.
    fn is_cut(self) -> bool {
        self.tail >> (Key::TAIL_BITS - 8) == 1
    }

    fn place(self, shift: u32) -> usize {
        ((self.head.wrapping_mul(SPREAD) ^ self.tail.wrapping_mul(SPREAD)) >> shift) as usize
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
        let longer = lexicon.enter("Internationally", Classes::NONE);
        assert_eq!(lexicon.enter("RIGA", Classes::MONTH), riga);
        for (word, id) in [
            ("riga", riga),
            ("RIGA", riga),
            ("łódź", lodz),
            ("ŁÓDŹ", lodz),
            ("rigb", WordId::UNKNOWN),
            ("CONSTANTINOPLE", long),
            ("constantinoplx", WordId::UNKNOWN),
            ("Internationally", longer),
            ("internationallx", WordId::UNKNOWN),
            ("internationall", WordId::UNKNOWN),
            ("internationallyy", WordId::UNKNOWN),
        ] {
            assert_eq!(lexicon.look_up(word).0, id, "{word}");
            for text in [format!("{word} and more words"), word.to_owned()] {
                assert_eq!(tokens(&text, &lexicon).first().map(|t| t.word), Some(id), "{text}");
            }
        }
        assert!(lexicon.look_up("riga").1.any(Classes::MONTH));
        assert_eq!(lexicon.len(), 9005);
    }
}
