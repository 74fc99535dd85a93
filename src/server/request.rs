//! Reads what a request asks for and refuses what it may not.

use super::rejected::{Fault, Rejected};
use crate::article::{CalendarDate, days_in_month};
use crate::structure::Options;
use crate::wire::v1 as pb;

/// What is asked of every article of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Wish {
    pub(super) unit: pb::OffsetUnit,
    pub(super) omit_text: bool,
    features: Options,
}

/// An article that may be worked on.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) options: Options,
}

/// Every feature there is.
pub(super) const FEATURES: [pb::Feature; 4] =
    [pb::Feature::Quotes, pb::Feature::IndirectQuotes, pb::Feature::Treaties, pb::Feature::Countries];

impl Wish {
    /// Reads the options of a call; none means every feature, in bytes.
    pub(super) fn read(options: Option<pb::StructureOptions>) -> Result<Wish, Rejected> {
        let pb::StructureOptions { offset_unit, features, omit_text } = options.unwrap_or_default();
        let mut faults = Vec::new();
        let unit = match pb::OffsetUnit::try_from(offset_unit) {
            Ok(pb::OffsetUnit::Unspecified) => pb::OffsetUnit::Utf8Byte,
            Ok(unit) => unit,
            Err(_) => {
                faults.push(Fault { field: "options.offset_unit".to_owned(), why: "no such unit" });
                pb::OffsetUnit::Utf8Byte
            }
        };
        let features = read_features(&features, &mut faults);
        if faults.is_empty() { Ok(Wish { unit, omit_text, features }) } else { Err(Rejected::OptionInvalid(faults)) }
    }

    /// Names of the features that will be worked on.
    pub(super) fn feature_names(&self) -> impl Iterator<Item = &'static str> {
        let Options { published_on: _, quotes, indirect_quotes, treaties, countries } = self.features;
        [(quotes, "quotes"), (indirect_quotes, "indirect_quotes"), (treaties, "treaties"), (countries, "countries")]
            .into_iter()
            .filter_map(|(asked, name)| asked.then_some(name))
    }

    /// The article of a request; `at` leads to it from the request, `""` when errors name paths
    /// from the article.
    pub(super) fn piece(&self, article: Option<pb::Article>, at: &str, limit: usize) -> Result<Piece, Rejected> {
        let pb::Article { text, published_on } = article.unwrap_or_default();
        if text.len() > limit {
            return Err(Rejected::TextTooLong { field: format!("{at}text"), limit, actual: text.len() });
        }
        if text.trim_start().is_empty() {
            return Err(Rejected::TextEmpty { field: format!("{at}text") });
        }
        let published_on = published_on.map(|date| read_date(date, at)).transpose()?;
        Ok(Piece { text, options: Options { published_on, ..self.features } })
    }
}

/// No feature means all of them.
fn read_features(features: &[i32], faults: &mut Vec<Fault>) -> Options {
    let mut wanted =
        Options { published_on: None, quotes: false, indirect_quotes: false, treaties: false, countries: false };
    for (i, &feature) in features.iter().enumerate() {
        match pb::Feature::try_from(feature) {
            Ok(pb::Feature::Quotes) => wanted.quotes = true,
            Ok(pb::Feature::IndirectQuotes) => wanted.indirect_quotes = true,
            Ok(pb::Feature::Treaties) => wanted.treaties = true,
            Ok(pb::Feature::Countries) => wanted.countries = true,
            Ok(pb::Feature::Unspecified) => {
                faults.push(Fault { field: format!("options.features[{i}]"), why: "the feature is not said" });
            }
            Err(_) => faults.push(Fault { field: format!("options.features[{i}]"), why: "no such feature" }),
        }
    }
    if features.is_empty() { Options::default() } else { wanted }
}

fn read_date(date: pb::CalendarDate, at: &str) -> Result<CalendarDate, Rejected> {
    let pb::CalendarDate { year, month, day } = date;
    let longest = days_in_month(year, month);
    let fault = |part: &str, why| Fault { field: format!("{at}published_on.{part}"), why };
    let mut faults = Vec::new();
    (!(1..=9999).contains(&year)).then(|| faults.push(fault("year", "years run from 1 to 9999")));
    (!(1..=12).contains(&month)).then(|| faults.push(fault("month", "months run from 1 to 12")));
    (!(1..=longest).contains(&day)).then(|| faults.push(fault("day", "the month has no such day")));
    if !faults.is_empty() {
        return Err(Rejected::OptionInvalid(faults));
    }
    Ok(CalendarDate { year: year as u16, month: month as u8, day: day as u8 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(rejected: Rejected) -> Vec<String> {
        match rejected {
            Rejected::OptionInvalid(faults) => faults.into_iter().map(|f| f.field).collect(),
            other => vec![format!("{other:?}")],
        }
    }

    #[test]
    fn a_newer_client_that_asks_for_an_unknown_feature_is_told_which() {
        let options = pb::StructureOptions { offset_unit: 9, features: vec![1, 0, 77], omit_text: false };
        let wrong = Wish::read(Some(options)).expect_err("three faults");
        assert_eq!(fields(wrong), ["options.offset_unit", "options.features[1]", "options.features[2]"]);
    }

    #[test]
    fn asking_for_nothing_asks_for_everything_and_asking_for_one_for_one() {
        let all = Wish::read(None).expect("no options are fine");
        assert_eq!(all.feature_names().collect::<Vec<_>>(), ["quotes", "indirect_quotes", "treaties", "countries"]);
        assert_eq!(all.unit, pb::OffsetUnit::Utf8Byte);
        let one = pb::StructureOptions { features: vec![pb::Feature::Treaties.into()], ..Default::default() };
        assert_eq!(Wish::read(Some(one)).expect("fine").feature_names().collect::<Vec<_>>(), ["treaties"]);
    }

    #[test]
    fn only_days_of_the_calendar_can_be_days_of_publication() {
        for (year, month, day, wrong) in [
            (2024, 2, 29, &[][..]),
            (2023, 2, 29, &["day"]),
            (1900, 2, 29, &["day"]),
            (2024, 13, 1, &["month"]),
            (0, 0, 0, &["year", "month", "day"]),
            (10_000, 4, 31, &["year", "day"]),
        ] {
            let found =
                read_date(pb::CalendarDate { year, month, day }, "article.").err().map(fields).unwrap_or_default();
            let wrong: Vec<_> = wrong.iter().map(|part| format!("article.published_on.{part}")).collect();
            assert_eq!(found, wrong, "{year}-{month}-{day}");
        }
    }
}
