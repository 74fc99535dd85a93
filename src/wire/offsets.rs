//! Byte offsets counted again in another unit, in one pass over the text.

use crate::span::Span;
use crate::wire::v1::OffsetUnit;

/// Answers offsets in one unit for the spans of one text.
pub(super) struct Offsets {
    // Sorted byte offsets where the count drifts from the bytes, with the drift from there on:
    // unit offset = byte offset - drift. Empty when the unit is the byte.
    drifts: Vec<(u32, u32)>,
}

impl Offsets {
    /// Counts `text` once.
    pub(super) fn new(text: &str, unit: OffsetUnit) -> Offsets {
        let width = match unit {
            OffsetUnit::Unspecified | OffsetUnit::Utf8Byte => return Offsets { drifts: Vec::new() },
            OffsetUnit::Utf16CodeUnit => char::len_utf16,
            OffsetUnit::CodePoint => |_: char| 1,
        };
        let mut drifts = Vec::new();
        let mut drift = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
            drift += (c.len_utf8() - width(c)) as u32;
            drifts.push(((at + c.len_utf8()) as u32, drift));
        }
        Offsets { drifts }
    }

    /// The span as the wire has it.
    pub(super) fn span(&self, span: Span) -> super::v1::Span {
        super::v1::Span { start: self.count(span.start()), end: self.count(span.end()) }
    }

    fn count(&self, byte: usize) -> u32 {
        let byte = byte as u32;
        match self.drifts.partition_point(|&(at, _)| at <= byte).checked_sub(1) {
            Some(i) => byte - self.drifts[i].1,
            None => byte,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_counts_an_emoji_its_own_way() {
        let text = "é🚢 Riga";
        let riga = Span::between(text.len() - 4, text.len());
        let count = |unit| Offsets::new(text, unit).span(riga).start;
        assert_eq!(count(OffsetUnit::Utf8Byte), 7);
        assert_eq!(count(OffsetUnit::Utf16CodeUnit), 4);
        assert_eq!(count(OffsetUnit::CodePoint), 3);
    }
}
