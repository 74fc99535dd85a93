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
/// A table of hashes with open addressing, because every word of every text is looked up here: a
/// word of ASCII is hashed as it stands, eight bytes at a time, and compared without a copy.
#[derive(Default)]
pub(crate) struct Lexicon {
    // Power of two long, never full; a slot with `WordId::UNKNOWN` is free.
    slots: Vec<Slot>,
    // By number, as are the classes; number 0 is the unknown word.
    words: Vec<Box<str>>,
    classes: Vec<Classes>,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    hash: u32,
    word: WordId,
}

impl Lexicon {
    /// Enters one word (no white space in it), or adds `classes` to it when it is there already.
    pub(crate) fn enter(&mut self, word: &str, classes: Classes) -> WordId {
        let folded = fold(word);
        if self.words.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let hash = hash(folded.as_bytes());
        let (place, known) = self.find(hash, folded.as_bytes());
        if known != WordId::UNKNOWN {
            self.classes[known.0 as usize] |= classes;
            return known;
        }
        let fresh = WordId(self.words.len() as u32);
        self.words.push(folded.into());
        self.classes.push(classes);
        self.slots[place] = Slot { hash: hash as u32, word: fresh };
        fresh
    }

    /// Number and classes of a word as written.
    pub(crate) fn look_up(&self, word: &str) -> (WordId, Classes) {
        if self.slots.is_empty() {
            return (WordId::UNKNOWN, Classes::NONE);
        }
        let id = match word.is_ascii() {
            true => self.find(hash(word.as_bytes()), word.as_bytes()).1,
            false => {
                let folded = fold(word);
                self.find(hash(folded.as_bytes()), folded.as_bytes()).1
            }
        };
        (id, self.classes[id.0 as usize])
    }

    /// How many words are known, the unknown word included.
    pub(crate) fn len(&self) -> usize {
        self.words.len().max(1)
    }

    /// The slot of a word and its number; a free slot and no number when it is not known.
    fn find(&self, hash: u64, word: &[u8]) -> (usize, WordId) {
        let mask = self.slots.len() - 1;
        let mut place = (hash >> 32) as usize & mask;
        loop {
            let slot = self.slots[place];
            let fits =
                || slot.hash == hash as u32 && self.words[slot.word.0 as usize].as_bytes().eq_ignore_ascii_case(word);
            if slot.word == WordId::UNKNOWN || fits() {
                return (place, slot.word);
            }
            place = (place + 1) & mask;
        }
    }

    fn grow(&mut self) {
        if self.words.is_empty() {
            self.words.push(Box::default());
            self.classes.push(Classes::NONE);
        }
        self.slots = vec![Slot::default(); (self.slots.len() * 2).max(1 << 12)];
        for (number, word) in self.words.iter().enumerate().skip(1) {
            let hash = hash(word.as_bytes());
            let (place, _) = self.find(hash, word.as_bytes());
            self.slots[place] = Slot { hash: hash as u32, word: WordId(number as u32) };
        }
    }
}

/// The same for upper and lower case of ASCII: bit 5 is set in all bytes, which changes no digit
/// and no mark that stands inside words.
fn hash(word: &[u8]) -> u64 {
    const CASE: u64 = 0x2020_2020_2020_2020;
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = word.len() as u64;
    let mut mix = |eight: u64| hash = (hash.rotate_left(5) ^ (eight | CASE)).wrapping_mul(SPREAD);
    let (chunks, rest) = word.as_chunks::<8>();
    chunks.iter().for_each(|c| mix(u64::from_le_bytes(*c)));
    if !rest.is_empty() {
        mix(rest.iter().rev().fold(0, |eight, &byte| eight << 8 | u64::from(byte)));
    }
    hash ^ hash >> 29
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_however_its_letters_are_written() {
        let mut lexicon = Lexicon::default();
        assert_eq!(lexicon.look_up("Riga").0, WordId::UNKNOWN);
        let riga = lexicon.enter("Riga", Classes::NONE);
        let lodz = lexicon.enter("Łódź", Classes::NONE);
        for i in 0..9000 {
            lexicon.enter(&format!("word{i}"), Classes::NONE);
        }
        assert_eq!(lexicon.enter("RIGA", Classes::MONTH), riga);
        for (word, id) in [("riga", riga), ("RIGA", riga), ("łódź", lodz), ("ŁÓDŹ", lodz), ("rigb", WordId::UNKNOWN)]
        {
            assert_eq!(lexicon.look_up(word).0, id, "{word}");
        }
        assert!(lexicon.look_up("riga").1.any(Classes::MONTH));
        assert_eq!(lexicon.len(), 9003);
    }
}
