//! Countries referred to.

use crate::article::{Country, Dateline};
use crate::names::Names;
use crate::reading::Reading;
use crate::span::Span;
use crate::tables::Tables;

/// Finds the countries, in order of their first mention. Nothing inside `treaties` counts.
/// [`crate::article::CountryMention::quote`] is left to the caller.
pub(crate) fn find(
    reading: &Reading,
    names: &Names,
    dateline: Option<&Dateline>,
    treaties: &[Span],
    tables: &Tables,
) -> Vec<Country> {
    let _ = (reading, names, dateline, treaties, tables);
    Vec::new()
}
