//! Tab-separated files: one header line, no quoting, `#` lines are comments.

/// The rows of a table as arrays of its `N` columns, with their line numbers. Columns missing at
/// the end of a row are empty; `rows_are_sound` in the tests of each table finds them.
pub(super) fn rows<const N: usize>(file: &'static str) -> impl Iterator<Item = (usize, [&'static str; N])> {
    let lines = file.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.skip(1).map(|(i, line)| {
        let mut cells = line.split('\t');
        (i + 1, std::array::from_fn(|_| cells.next().unwrap_or_default().trim()))
    })
}

/// The parts of a cell that holds several, separated by a bar.
pub(super) fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|part| !part.is_empty())
}

/// Panics with file and line when a row has not `columns` cells: for tests only.
#[cfg(test)]
pub(super) fn assert_sound(name: &str, file: &str, columns: usize) {
    for (i, line) in file.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        let cells = line.split('\t').count();
        assert!(cells == columns, "data/{name}:{}: {cells} columns, not {columns}: {line}", i + 1);
    }
}
