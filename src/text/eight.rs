//! Eight bytes of a text at once, as one number.
//!
//! Most words of news have eight letters or less: one number then tells where a word ends, how it is
//! written, and what it is looked up by.

/// Eight bytes, the first of them the lowest; zeros behind the end of what was read.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Eight(pub(super) u64);

/// The same in each of the eight bytes.
const fn each(byte: u8) -> u64 {
    0x0101_0101_0101_0101 * byte as u64
}

const TOP: u64 = each(0x80);

/// The top bit of each byte of `low` that lies in `first..=last`; no byte of `low` has its own top bit.
const fn between(low: u64, first: u8, last: u8) -> u64 {
    let from_first = low + each(0x80 - first);
    let past_last = low + each(0x7f - last);
    (from_first ^ past_last) & TOP
}

impl Eight {
    /// The bytes from `at` on.
    pub(super) fn at(bytes: &[u8], at: usize) -> Eight {
        let rest = bytes.get(at..).unwrap_or_default();
        match (rest.first_chunk(), bytes.last_chunk()) {
            (Some(chunk), _) => Eight(u64::from_le_bytes(*chunk)),
            // Less than eight are left: they are the last of the last eight.
            (None, Some(chunk)) if !rest.is_empty() => Eight(u64::from_le_bytes(*chunk) >> (64 - 8 * rest.len())),
            _ => Eight(rest.iter().rev().fold(0, |eight, &byte| eight << 8 | u64::from(byte))),
        }
    }

    /// The letters of ASCII that they begin with, zeros behind, and how many those are.
    #[inline]
    pub(super) fn letters(self) -> (Eight, usize) {
        let letters = between(self.0 & !TOP | each(0x20), b'a', b'z') & !self.0;
        let others = !letters & TOP;
        // All bits below the byte of the lowest; all bits when there is none.
        let below = ((others & others.wrapping_neg()) >> 7).wrapping_sub(1);
        (Eight(self.0 & below), others.trailing_zeros() as usize / 8)
    }

    /// The first `length` of them, zeros behind.
    pub(super) fn first(self, length: usize) -> Eight {
        if length < 8 { Eight(self.0 & !(u64::MAX << (8 * length))) } else { self }
    }

    /// Whether all are ASCII.
    pub(super) fn is_ascii(self) -> bool {
        self.0 & TOP == 0
    }

    /// Without the first.
    pub(super) fn behind_first(self) -> Eight {
        Eight(self.0 >> 8)
    }

    /// Letters in lower case, zeros as they are; all of them are one or the other.
    #[inline]
    pub(super) fn letters_in_lower_case(self) -> Eight {
        // All letters have one bit; small letters also have the bit below it.
        Eight(self.0 | (self.0 & each(0x40)) >> 1)
    }

    /// Capitals of ASCII in lower case, all others as they are.
    pub(super) fn lower_case(self) -> Eight {
        let capitals = between(self.0 & !TOP, b'A', b'Z') & !self.0;
        Eight(self.0 | capitals >> 2)
    }

    /// Whether there are capitals, and whether there are small letters, when all of them are letters
    /// or zero.
    pub(super) fn capitals_and_smalls(self) -> (bool, bool) {
        let letters = self.0 & each(0x40);
        let smalls = letters & self.0 << 1;
        (letters != smalls, smalls != 0)
    }
}

/// A number for a row of folded words, which stands for the row without its last word in `before`.
pub(crate) fn number_of_row(before: u64, word: &[u8]) -> u64 {
    let eights = (0..word.len()).step_by(8).map(|at| Eight::at(word, at));
    ended(eights.fold(begun(before), mixed))
}

/// The same for the word of a text from `start` to `end`, as it is written; nothing when there is
/// more to fold in it than capitals of ASCII.
pub(super) fn number_of_row_at(before: u64, text: &[u8], start: usize, end: usize) -> Option<u64> {
    let mut number = begun(before);
    for at in (start..end).step_by(8) {
        let eight = Eight::at(text, at).first(end - at);
        if !eight.is_ascii() {
            return None;
        }
        number = mixed(number, eight.lower_case());
    }
    Some(ended(number))
}

fn begun(before: u64) -> u64 {
    before ^ 0x9e37_79b9_7f4a_7c15
}

fn mixed(number: u64, eight: Eight) -> u64 {
    (number.rotate_left(29) ^ eight.0).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

fn ended(number: u64) -> u64 {
    (number ^ number >> 29).wrapping_mul(0x94d0_49bb_1331_11eb) ^ number >> 32
}

#[cfg(test)]
mod tests {
    use super::Eight;

    #[test]
    fn eight_bytes_are_told_apart_as_one_by_one() {
        for byte in 0..=255u8 {
            let bytes = [byte, b'A', b'[', b'z', 0xff, b'@', b'Z', byte];
            let eight = Eight::at(&bytes, 0);
            assert_eq!(eight.lower_case(), Eight::at(&bytes.map(|b| b.to_ascii_lowercase()), 0), "{byte}");
            let count = if byte.is_ascii_alphabetic() { 2 } else { 0 };
            let letters = Eight::at(&bytes[..count], 0);
            assert_eq!(eight.letters(), (letters, count), "{byte}");
            assert_eq!(letters.letters_in_lower_case(), letters.lower_case(), "{byte}");
            assert_eq!(eight.behind_first(), Eight::at(&bytes[1..], 0));
        }
    }

    #[test]
    fn a_word_of_eight_letters_and_more_fills_the_eight() {
        let eight = Eight::at(b"Parliament", 0);
        assert_eq!(eight.letters(), (eight, 8));
    }

    #[test]
    fn capitals_and_small_letters_are_seen_among_eight() {
        for (word, seen) in
            [("RIGA", (true, false)), ("riga", (false, true)), ("Riga", (true, true)), ("", (false, false))]
        {
            assert_eq!(Eight::at(word.as_bytes(), 0).capitals_and_smalls(), seen, "{word}");
        }
    }
}
