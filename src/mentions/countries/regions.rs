//! "Lebanon, Pa.", "Athens, Georgia", "London (Ontario)": the region behind a place tells which
//! place it is, and the place tells which Georgia.

use super::candidates::Candidate;
use super::met::{MetNames, Sorts};
use crate::article::CountryMentionKind::{City, Subdivision};
use crate::reading::Reading;
use crate::tables::{Also, Meaning};
use crate::text::{Classes, Shape, Token};

/// Weight of a place named together with its region.
const SURE: i32 = 12;

/// Ties places to the regions behind them, and enters places that no table lists.
pub(super) fn tie(reading: &Reading, candidates: &mut Vec<Candidate>, names: &mut MetNames) {
    for i in 1..candidates.len() {
        let (before, from) = candidates.split_at_mut(i);
        let (Some(place), Some(region)) = (before.last_mut(), from.first_mut()) else { continue };
        if stands_behind(reading, place, region) {
            tie_pair(place, region, names);
        }
    }
    enter_unlisted(reading, candidates, names);
}

/// Whether a comma or a bracket, and nothing else, parts the two.
fn stands_behind(reading: &Reading, place: &Candidate, region: &Candidate) -> bool {
    let between = reading.tokens.get(place.words.end..region.words.start).unwrap_or_default();
    region.sentence == place.sentence && matches!(between, [mark] if mark.is_mark(',') || mark.is_mark('('))
}

fn tie_pair(place: &mut Candidate, region: &mut Candidate, names: &MetNames) {
    let (places, regions) = (names.meanings(place.name), names.meanings(region.name));
    let inside = regions.iter().find_map(|r| places.iter().find(|p| p.lies_in(r)).map(|p| (*p, *r)));
    let unlisted = || {
        // A town too small for the tables, in a state that only ever stands behind a place.
        let state = regions.iter().find(|m| m.kind == Subdivision)?;
        let abbreviated = region.words.len() == 2 || names.name(region.name).also.is(Also::POSTAL);
        let fits = names.name(place.name).sorts.any(Sorts::CITY.with(Sorts::REGION)) && abbreviated;
        fits.then_some((Meaning { kind: City, size: 1, ..*state }, *state))
    };
    if let Some((inner, outer)) = inside.or_else(unlisted) {
        for (candidate, meaning) in [(place, inner), (region, outer)] {
            candidate.tied = Some(meaning);
            candidate.evidence = Some(SURE);
        }
    }
}

/// "Smallville, Kan.": a place that no table lists, known by the state behind it.
fn enter_unlisted(reading: &Reading, candidates: &mut Vec<Candidate>, names: &mut MetNames) {
    let mut entered = Vec::new();
    let mut last_end = 0;
    for region in candidates.iter_mut() {
        let free = last_end;
        last_end = region.words.end;
        let short = names.name(region.name).also.is(Also::POSTAL)
            || region.words.len() == 2 && reading.words(region.words.clone()).ends_with('.');
        if region.tied.is_some() || !short {
            continue;
        }
        let Some(state) = names.meanings(region.name).iter().find(|m| m.kind == Subdivision).copied() else { continue };
        let Some(words) = name_before_comma(reading, region, free) else { continue };
        region.tied = Some(state);
        region.evidence = Some(SURE);
        let meaning = Meaning { kind: City, size: 1, ..state };
        let name = names.enter_unlisted([meaning]);
        entered.push(Candidate { words, name, tied: Some(meaning), ..region.clone() });
    }
    if !entered.is_empty() {
        candidates.append(&mut entered);
        candidates.sort_by_key(|c| c.words.start);
    }
}

/// The words with capitals, at most three, before the comma before `region`, none before `free`.
fn name_before_comma(reading: &Reading, region: &Candidate, free: usize) -> Option<std::ops::Range<usize>> {
    let first = region.sentence.start.max(free);
    let comma = region.words.start.checked_sub(1).filter(|&i| i > first && reading.tokens[i].is_mark(','))?;
    let mut start = comma;
    while start > first && comma - start < 3 && is_name_word(&reading.tokens[start - 1]) {
        start -= 1;
    }
    (start < comma).then_some(start..comma)
}

fn is_name_word(token: &Token) -> bool {
    let plain = Classes::DETERMINER | Classes::PREPOSITION | Classes::CONJUNCTION | Classes::MONTH | Classes::WEEKDAY;
    token.is_capitalised() && token.shape != Shape::Initial && !token.is(plain | Classes::PERSON_TITLE)
}
