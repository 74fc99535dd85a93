//! Quotes: where they are, the cue, the speaker, and who "he" is.

use crate::article::{Quote, Speaker};
use crate::names::Names;
use crate::reading::Reading;
use crate::tables::Tables;

/// Which quotes are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Wanted {
    /// Quotes in quotation marks.
    pub(crate) marked: bool,
    /// Reported speech without marks.
    pub(crate) indirect: bool,
}

/// Finds the quotes, in order of their first word, and their speakers, in order of their first
/// mention. [`Quote::paragraph`] is left to the caller, who knows the page.
pub(crate) fn find(reading: &Reading, names: &Names, tables: &Tables, wanted: Wanted) -> (Vec<Quote>, Vec<Speaker>) {
    let _ = (reading, names, tables, wanted);
    (Vec::new(), Vec::new())
}
