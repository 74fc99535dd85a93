//! Tab-separated files: one header line, no quoting, `#` lines are comments.

/// The rows of a table as arrays of its `N` columns, with their line numbers. Columns missing at
/// the end of a row are empty; `rows_are_sound` in the tests of each table finds them.
pub(super) fn rows<const N: usize>(file: &'static str) -> impl Iterator<Item = (usize, [&'static str; N])> {
    let lines = pieces(file, b'\n').enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.skip(1).map(|(i, line)| {
        let mut cells = pieces(line, b'\t');
        (i + 1, std::array::from_fn(|_| cells.next().unwrap_or_default().trim_ascii()))
    })
}

/// The pieces of `text` between the marks. The whole program starts by cutting its tables: this is
/// faster than `str::split`.
pub(super) fn pieces(text: &str, mark: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (piece, behind) = match memchr::memchr(mark, text.as_bytes()) {
            Some(at) => (&text[..at], Some(&text[at + 1..])),
            None => (text, None),
        };
        rest = behind;
        Some(piece)
    })
}

/// The parts of a cell that holds several, separated by a bar.
pub(super) fn list(cell: &str) -> impl Iterator<Item = &str> {
    pieces(cell, b'|').map(str::trim_ascii).filter(|part| !part.is_empty())
}

/// Panics with file and line when a row has not `columns` cells: for tests only.
#[cfg(test)]
pub(super) fn assert_sound(name: &str, file: &str, columns: usize) {
    for (i, line) in file.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        let cells = line.split('\t').count();
        assert!(cells == columns, "data/{name}:{}: {cells} columns, not {columns}: {line}", i + 1);
    }
}
