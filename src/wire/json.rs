//! JSON that stays on one line for every reader.

use std::io::{self, Write};

use serde::Serialize;

/// One JSON line, line end included. U+0085, U+2028 and U+2029 are escaped, since many readers
/// (Python's `str.splitlines` among them) take them for line ends.
pub fn json_line<T: Serialize>(value: &T) -> serde_json::Result<Vec<u8>> {
    let mut line = Vec::with_capacity(4096);
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut line, OneLine))?;
    line.push(b'\n');
    Ok(line)
}

struct OneLine;

impl serde_json::ser::Formatter for OneLine {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(['\u{85}', '\u{2028}', '\u{2029}']) {
            writer.write_all(&rest.as_bytes()[..at])?;
            let end = rest[at..].chars().next().map_or(rest.len(), |c| at + c.len_utf8());
            for c in rest[at..end].chars() {
                write!(writer, "\\u{:04x}", u32::from(c))?;
            }
            rest = &rest[end..];
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::json_line;

    #[test]
    fn a_line_separator_inside_an_article_does_not_end_the_json_line() {
        let line = String::from_utf8(json_line(&"a\u{2028}b\u{85}c\n").expect("a string")).expect("UTF-8");
        assert_eq!(line, "\"a\\u2028b\\u0085c\\n\"\n");
    }
}
