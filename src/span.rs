//! Where something stands in the text.

use std::ops::Range;

/// A stretch of the text as sent, in bytes: `start..end`, half open.
///
/// ```
/// let text = "Łódź, March 3";
/// let span = copydesk::Span::new(text, 0..7).expect("falls between characters");
/// assert_eq!(span.of(text), "Łódź");
/// assert_eq!(copydesk::Span::new(text, 0..1), None); // cuts the Ł
/// ```
// Invariant: start <= end, and both fall between characters of the text it was made for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// `None` when the range cuts a character, runs past the end, or lies beyond 4 GiB.
    pub fn new(text: &str, range: Range<usize>) -> Option<Span> {
        text.get(range.clone())?;
        Some(Span { start: u32::try_from(range.start).ok()?, end: u32::try_from(range.end).ok()? })
    }

    /// For ends that are known to fall between characters: those of other spans of the same text.
    pub(crate) fn between(start: usize, end: usize) -> Span {
        debug_assert!(start <= end, "{start}..{end}");
        Span { start: start as u32, end: end.max(start) as u32 }
    }

    /// First byte of the stretch.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// First byte after the stretch.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the stretch holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words it covers; empty when `text` is not the text it was made for.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or_default()
    }

    /// Whether `other` lies inside, edges included.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies inside.
    pub fn holds(self, offset: usize) -> bool {
        self.start() <= offset && offset < self.end()
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The shortest stretch that covers both.
    pub(crate) fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Without the white space at its edges.
    #[cfg(test)]
    pub(crate) fn trim(self, text: &str) -> Span {
        let words = self.of(text);
        let start = self.start() + (words.len() - words.trim_start().len());
        Span::between(start, start + words.trim().len())
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn a_span_never_cuts_a_letter_of_a_place_name() {
        let text = "Łódź";
        assert_eq!(Span::new(text, 0..2).map(|s| s.of(text)), Some("Ł"));
        assert_eq!(Span::new(text, 0..1), None);
        assert_eq!(Span::new(text, 0..99), None);
    }

    #[test]
    fn white_space_at_the_edges_of_a_headline_is_not_part_of_it() {
        let text = "\u{a0} Storm \n";
        assert_eq!(Span::between(0, text.len()).trim(text).of(text), "Storm");
    }
}
