//! Countries referred to: by name, abbreviation, demonym, capital, seat of government, city or
//! region.
//!
//! Every name of the gazetteer in the text is a candidate (`candidates`). What stands beside it
//! speaks for or against it (`beside`), a region behind it tells where it is (`regions`), and what
//! else the article names decides between its meanings (`weigh`).

mod beside;
mod candidates;
mod regions;
mod weigh;

use crate::article::{Country, CountryMention, Dateline};
use crate::names::Names;
use crate::reading::Reading;
use crate::span::Span;
use crate::tables::{CountryId, Gazetteer, Tables};

use candidates::Candidate;

/// Finds the countries, in order of their first mention. Nothing inside `treaties` counts.
/// [`crate::article::CountryMention::quote`] is left to the caller.
pub(crate) fn find(
    reading: &Reading,
    names: &Names,
    dateline: Option<&Dateline>,
    treaties: &[Span],
    tables: &Tables,
) -> Vec<Country> {
    let mut candidates = candidates::find(reading, treaties, tables);
    regions::tie(reading, &mut candidates, tables);
    beside::judge(reading, names, dateline, &mut candidates, tables);
    weigh::decide(&mut candidates);
    gather(reading, &candidates, &tables.gazetteer)
}

/// One entry a country, its mentions in order.
fn gather(reading: &Reading, candidates: &[Candidate], gazetteer: &Gazetteer) -> Vec<Country> {
    let mut order: Vec<CountryId> = Vec::new();
    let mut countries: Vec<Country> = Vec::new();
    for candidate in candidates {
        let (Some(meaning), Some(span)) = (candidate.chosen, reading.span(candidate.words.clone())) else { continue };
        let i = order.iter().position(|&c| c == meaning.country).unwrap_or(order.len());
        if i == order.len() {
            order.push(meaning.country);
            let (code, name) = (gazetteer.code(meaning.country).to_owned(), gazetteer.name(meaning.country).to_owned());
            countries.push(Country { code, name, mentions: Vec::new() });
        }
        countries[i].mentions.push(CountryMention { span, kind: meaning.kind, quote: None });
    }
    countries
}
