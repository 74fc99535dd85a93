//! Every word that some table knows, with its number and its classes.

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
///
/// A table with open addressing, because every word of every text is looked up here. Its slots hold
/// the first eight letters of the word itself, so that most words are told apart without following
/// a pointer.
#[derive(Default)]
pub(crate) struct Lexicon {
    // Power of two long, never full; a slot with `WordId::UNKNOWN` is free.
    slots: Vec<Slot>,
    // By number, as are the classes; number 0 is the unknown word.
    words: Vec<Box<str>>,
    classes: Vec<Classes>,
}

/// A word of eight bytes or less is known by its key alone.
#[derive(Clone, Copy, Default)]
struct Slot {
    // The key, taken apart so that a slot has no padding.
    head: u64,
    rest: u32,
    word: WordId,
}

/// The first eight bytes of a word in lower case, and its length mixed with the bytes behind them.
#[derive(Clone, Copy, Default)]
struct Key {
    head: u64,
    rest: u32,
}

impl Lexicon {
    /// Enters one word (no white space in it), or adds `classes` to it when it is there already.
    pub(crate) fn enter(&mut self, word: &str, classes: Classes) -> WordId {
        let folded = fold(word);
        if self.words.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let key = Key::of(folded.as_bytes());
        let (place, known) = self.find(key, folded.as_bytes());
        if known != WordId::UNKNOWN {
            self.classes[known.0 as usize] |= classes;
            return known;
        }
        let fresh = WordId(self.words.len() as u32);
        self.words.push(folded.into());
        self.classes.push(classes);
        self.slots[place] = Slot { head: key.head, rest: key.rest, word: fresh };
        fresh
    }

    /// Number and classes of a word as written.
    pub(crate) fn look_up(&self, word: &str) -> (WordId, Classes) {
        if word.is_ascii() {
            return self.look_up_key(Key::of(word.as_bytes()), word.as_bytes());
        }
        let folded = fold(word);
        self.look_up_key(Key::of(folded.as_bytes()), folded.as_bytes())
    }

    /// As [`Lexicon::look_up`], for a word of ASCII in its text: the bytes behind it save a copy.
    pub(crate) fn look_up_at(&self, text: &[u8], start: usize, end: usize) -> (WordId, Classes) {
        let (behind, len) = (&text[start..], end - start);
        let key = match (behind.first_chunk(), MASKS.get(len)) {
            (Some(chunk), Some(mask)) => Key { head: lower_case(u64::from_le_bytes(*chunk) & mask), rest: len as u32 },
            _ => Key::of(&behind[..len]),
        };
        self.look_up_key(key, &behind[..len])
    }

    /// How many words are known, the unknown word included.
    pub(crate) fn len(&self) -> usize {
        self.words.len().max(1)
    }

    fn look_up_key(&self, key: Key, word: &[u8]) -> (WordId, Classes) {
        if self.slots.is_empty() {
            return (WordId::UNKNOWN, Classes::NONE);
        }
        let id = self.find(key, word).1;
        (id, self.classes[id.0 as usize])
    }

    /// The slot of a word and its number; a free slot and no number when it is not known.
    fn find(&self, key: Key, word: &[u8]) -> (usize, WordId) {
        let mask = self.slots.len() - 1;
        let mut place = key.place() & mask;
        loop {
            let slot = self.slots[place];
            let is_free = slot.word == WordId::UNKNOWN;
            if is_free || slot.head == key.head && slot.rest == key.rest && self.is_same(slot.word, word) {
                return (place, slot.word);
            }
            place = (place + 1) & mask;
        }
    }

    /// Whether the word with this number, whose key is the key of `word`, is `word`.
    fn is_same(&self, known: WordId, word: &[u8]) -> bool {
        word.len() <= 8 || self.words[known.0 as usize].as_bytes().eq_ignore_ascii_case(word)
    }

    fn grow(&mut self) {
        if self.words.is_empty() {
            self.words.push(Box::default());
            self.classes.push(Classes::NONE);
        }
        self.slots = vec![Slot::default(); (self.slots.len() * 2).max(1 << 12)];
        for number in 1..self.words.len() {
            let key = Key::of(self.words[number].as_bytes());
            let (place, _) = self.find(key, self.words[number].as_bytes());
            self.slots[place] = Slot { head: key.head, rest: key.rest, word: WordId(number as u32) };
        }
    }
}

impl Key {
    fn of(word: &[u8]) -> Key {
        let (head, rest) = word.split_at(word.len().min(8));
        let (chunks, last) = rest.as_chunks::<8>();
        let mix = |hash: u64, eight: u64| (hash.rotate_left(23) ^ lower_case(eight)).wrapping_mul(SPREAD);
        let hash = chunks.iter().fold(0, |hash, chunk| mix(hash, u64::from_le_bytes(*chunk)));
        let hash = mix(hash, eight(last));
        Key { head: lower_case(eight(head)), rest: (hash >> 32) as u32 ^ word.len() as u32 }
    }

    fn place(self) -> usize {
        let mixed = (self.head ^ u64::from(self.rest) << 40).wrapping_mul(SPREAD);
        (mixed ^ mixed >> 32) as usize
    }
}

/// Up to eight bytes as a number.
fn eight(bytes: &[u8]) -> u64 {
    match bytes.first_chunk() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => bytes.iter().rev().fold(0, |eight, &byte| eight << 8 | u64::from(byte)),
    }
}

/// The bytes of a word of so many letters among eight.
const MASKS: [u64; 9] =
    [0, 0xff, 0xffff, 0xff_ffff, 0xffff_ffff, 0xff_ffff_ffff, 0xffff_ffff_ffff, 0xff_ffff_ffff_ffff, u64::MAX];

const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Eight bytes at once, capitals of ASCII in lower case and all others as they are.
fn lower_case(eight: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let low = eight & (0x7f * ONES);
    let from_a = low + (0x80 - b'A' as u64) * ONES;
    let past_z = low + (0x7f - b'Z' as u64) * ONES;
    let capital = (from_a ^ past_z) & !eight & (0x80 * ONES);
    eight | capital >> 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_capitals_change_when_eight_bytes_are_put_in_lower_case() {
        for byte in 0..=255u8 {
            let eight = u64::from_le_bytes([byte, b'A', b'[', b'z', 0xff, b'@', b'Z', byte]);
            let low =
                u64::from_le_bytes([byte, b'A', b'[', b'z', 0xff, b'@', b'Z', byte].map(|b| b.to_ascii_lowercase()));
            assert_eq!(lower_case(eight), low, "{byte}");
        }
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
            for text in [format!("{word} and more words"), word.to_owned()].iter().filter(|t| t.is_ascii()) {
                assert_eq!(lexicon.look_up_at(text.as_bytes(), 0, word.len()).0, id, "{text}");
            }
        }
        assert!(lexicon.look_up("riga").1.any(Classes::MONTH));
        assert_eq!(lexicon.len(), 9004);
    }
}
