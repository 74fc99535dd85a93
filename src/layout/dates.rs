//! Dates of datelines: month and day in either order, with or without a year.

use std::ops::Range;

use super::lines::span;
use crate::article::{CalendarDate, DatelineDate};
use crate::tables::Tables;
use crate::text::{Classes, Shape, Token};

/// A date as read from words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ReadDate {
    /// Its words.
    pub(super) words: Range<usize>,
    year: Option<u16>,
    month: u8,
    day: Option<u8>,
}

/// The date that begins with the token `at`.
pub(super) fn date(text: &str, tokens: &[Token], at: usize, tables: &Tables) -> Option<ReadDate> {
    let start = skip_weekday(tokens, at);
    let mut read = month_first(text, tokens, start, tables).or_else(|| day_first(text, tokens, start, tables))?;
    let year_at = read.words.end + usize::from(tokens.get(read.words.end).is_some_and(|t| t.is_mark(',')));
    if let Some(year) = tokens.get(year_at).and_then(|t| year(text, t)) {
        read.year = Some(year);
        read.words.end = year_at + 1;
    }
    Some(read)
}

/// `Monday, ` before a date is passed over.
fn skip_weekday(tokens: &[Token], at: usize) -> usize {
    match tokens.get(at..) {
        Some([day, comma, ..]) if day.is(Classes::WEEKDAY) && comma.is_mark(',') => at + 2,
        Some([day, _, ..]) if day.is(Classes::WEEKDAY) => at + 1,
        _ => at,
    }
}

/// `March 4`, `Sept. 2`, `April 05`, and `Narch 4` with a slip in the month.
fn month_first(text: &str, tokens: &[Token], at: usize, tables: &Tables) -> Option<ReadDate> {
    let word = tokens.get(at).filter(|t| t.is_capitalised() || t.is(Classes::DATELINE_MONTH))?;
    let day_at = at + 1 + stop_after(tokens, at);
    let (day, end) = day(text, tokens, day_at)?;
    let month = month(text, word, tables)
        .or_else(|| tables.months.misspelt(word.of(text)).filter(|_| word.is_capitalised()))?;
    Some(ReadDate { words: at..end, year: None, month, day })
}

/// `4 March`, `17th April`, `01 LUG`, `18 jun`, `2 de marzo`.
fn day_first(text: &str, tokens: &[Token], at: usize, tables: &Tables) -> Option<ReadDate> {
    let (day, next) = day(text, tokens, at)?;
    let of = tokens.get(next).is_some_and(|t| t.shape == Shape::Lower && matches!(t.of(text), "de" | "of" | "di"));
    let month_at = next + usize::from(of);
    let month = month(text, tokens.get(month_at)?, tables)?;
    Some(ReadDate { words: at..month_at + 1 + stop_after(tokens, month_at), year: None, month, day })
}

fn month(text: &str, word: &Token, tables: &Tables) -> Option<u8> {
    // "2 may" is no date: the abbreviations of other languages come in lower case, "may" does not.
    let small_may = word.shape == Shape::Lower && word.of(text) == "may";
    (word.is(Classes::DATELINE_MONTH) && !small_may).then(|| tables.months.number(word.word))?
}

/// 1 when the full stop of an abbreviated month follows.
fn stop_after(tokens: &[Token], at: usize) -> usize {
    usize::from(tokens.get(at + 1).is_some_and(|t| t.is_mark('.') && !t.spaced && t.end() - t.start() == 1))
}

/// The day that stands at `at`, and the token after it. Days that no month has (March 187) are
/// days without a number.
fn day(text: &str, tokens: &[Token], at: usize) -> Option<(Option<u8>, usize)> {
    let token = tokens.get(at).filter(|t| t.shape == Shape::Number)?;
    let word = token.of(text);
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ordinal = &word[digits.len()..];
    let fine = matches!(ordinal.to_ascii_lowercase().as_str(), "" | "st" | "nd" | "rd" | "th");
    let number: u16 = digits.parse().ok().filter(|_| fine && digits.len() <= 3)?;
    let day = u8::try_from(number).ok().filter(|d| (1..=31).contains(d));
    (number > 0).then_some((day, at + 1))
}

fn year(text: &str, token: &Token) -> Option<u16> {
    let word = token.of(text);
    let year = word.parse().ok().filter(|_| word.len() == 4)?;
    (1800..=2199).contains(&year).then_some(year)
}

impl ReadDate {
    /// The date as the article gives it. Without a printed year it falls as near to the day of
    /// publication as it can, before or after New Year.
    pub(super) fn resolved(&self, tokens: &[Token], published_on: Option<CalendarDate>) -> DatelineDate {
        let nearest = || {
            let published = published_on?;
            let day = self.day?;
            let distance = |year: &u16| day_number(*year, self.month, day).abs_diff(day_number_of(published));
            let years = published.year.saturating_sub(1)..=published.year.saturating_add(1);
            years.filter(|&y| CalendarDate::new(y, self.month, day).is_some()).min_by_key(distance)
        };
        DatelineDate {
            span: span(tokens, &self.words),
            year: self.year.or_else(nearest),
            month: Some(self.month),
            day: self.day,
        }
    }
}

fn day_number_of(date: CalendarDate) -> i64 {
    day_number(date.year, date.month, date.day)
}

/// Days since the beginning of the calendar, near enough to tell which of three years is nearest.
fn day_number(year: u16, month: u8, day: u8) -> i64 {
    const BEFORE_MONTH: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let before = BEFORE_MONTH.get(usize::from(month).saturating_sub(1)).copied().unwrap_or(0);
    i64::from(year) * 365 + i64::from(year) / 4 + before + i64::from(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    fn read(words: &str, published_on: Option<(u16, u8, u8)>) -> Option<(Option<u16>, Option<u8>, Option<u8>)> {
        let tables = Tables::new();
        let tokens = text::tokens(words, &tables.lexicon);
        let published = published_on.and_then(|(y, m, d)| CalendarDate::new(y, m, d));
        let date = date(words, &tokens, 0, &tables)?.resolved(&tokens, published);
        Some((date.year, date.month, date.day))
    }

    #[test]
    fn the_dates_of_all_newsrooms_are_read() {
        for (words, expected) in [
            ("March 4 (AP)", Some((None, Some(3), Some(4)))),
            ("Sept. 2 (AP)", Some((None, Some(9), Some(2)))),
            ("Aug 29, 2014 (AP)", Some((Some(2014), Some(8), Some(29)))),
            ("April 05, 2018", Some((Some(2018), Some(4), Some(5)))),
            ("17th April, 2026", Some((Some(2026), Some(4), Some(17)))),
            ("01 LUG - Rain", Some((None, Some(7), Some(1)))),
            ("10 juil 2024", Some((Some(2024), Some(7), Some(10)))),
            ("2 de marzo", Some((None, Some(3), Some(2)))),
            ("18 jun (AP)", Some((None, Some(6), Some(18)))),
            ("Monday, March 4", Some((None, Some(3), Some(4)))),
            ("Narch 4 -", Some((None, Some(3), Some(4)))),
            ("March 187 -", Some((None, Some(3), None))),
            ("4 may sail", None),
            ("Ferries 4 -", None),
            ("March of time", None),
        ] {
            assert_eq!(read(words, None), expected, "{words}");
        }
    }

    #[test]
    fn a_date_without_a_year_falls_nearest_to_the_day_of_publication() {
        for (words, published, year) in [
            ("March 4", (2024, 3, 5), 2024),
            ("December 31", (2025, 1, 1), 2024),
            ("January 2", (2024, 12, 30), 2025),
            ("January 17", (2019, 1, 17), 2019),
            ("Feb. 29", (2025, 3, 1), 2024),
        ] {
            assert_eq!(read(words, Some(published)).and_then(|d| d.0), Some(year), "{words} {published:?}");
        }
    }
}
