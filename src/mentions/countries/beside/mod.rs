//! What the words beside a name say of it: a place, a person, a language, part of another name.

mod other_name;
mod person;
mod town;
mod word;

use super::candidates::Candidate;
use crate::article::CountryMentionKind::*;
use crate::article::Dateline;
use crate::names::Names;
use crate::reading::Reading;
use crate::tables::Also;
use crate::text::{Classes, Token};

/// Sets the evidence of every candidate that is not settled yet.
pub(super) fn judge(reading: &Reading, names: &Names, dateline: Option<&Dateline>, candidates: &mut [Candidate]) {
    let mut is_candidate = vec![false; reading.tokens.len()];
    candidates.iter().flat_map(|c| c.words.clone()).for_each(|i| is_candidate[i] = true);
    for candidate in candidates.iter_mut() {
        if candidate.tied.is_some() {
            continue;
        }
        let beside = Beside { reading, names, is_candidate: &is_candidate, candidate };
        let as_town = beside.is_as_town();
        let dated =
            dateline.is_some_and(|d| d.places.iter().any(|p| reading.span(candidate.words.clone()) == Some(p.span)));
        let base = candidate.evidence.unwrap_or_default();
        candidate.evidence = if dated { Some(12) } else { beside.evidence().map(|e| e + base) };
        candidate.as_town = as_town;
    }
    lists(reading, candidates);
}

/// "Reading and Oxford", "from Split to Bari": places beside places.
fn lists(reading: &Reading, candidates: &mut [Candidate]) {
    for i in 1..candidates.len() {
        let (before, from) = candidates.split_at_mut(i);
        let (Some(a), Some(b)) = (before.last_mut(), from.first_mut()) else { continue };
        let between = reading.tokens.get(a.words.end..b.words.start).unwrap_or_default();
        let joins = |t: &Token| t.is_mark(',') || t.is(Classes::CONJUNCTION) || t.of(reading.text) == "to";
        if a.sentence != b.sentence || between.is_empty() || between.len() > 2 || !between.iter().all(joins) {
            continue;
        }
        let (of_first, of_second) = (support(a), support(b));
        for (candidate, support) in [(a, of_second), (b, of_first)] {
            if let Some(evidence) = candidate.evidence.as_mut().filter(|_| candidate.tied.is_none()) {
                *evidence += support;
            }
        }
    }
}

/// How much a name speaks for the name beside it in a list being a place.
fn support(candidate: &Candidate) -> i32 {
    let place = candidate.meanings.iter().any(|m| m.kind > Demonym);
    let plain = !candidate.also.is(Also::WORD.with(Also::PERSON)) && candidate.meanings.iter().any(|m| m.size >= 100);
    match candidate.evidence {
        Some(5..) if place => 4,
        Some(_) if place && plain => 2,
        _ => 0,
    }
}

struct Beside<'a> {
    reading: &'a Reading<'a>,
    names: &'a Names,
    is_candidate: &'a [bool],
    candidate: &'a Candidate,
}

impl Beside<'_> {
    /// What speaks for the name; nothing when it surely refers to no country.
    fn evidence(&self) -> Option<i32> {
        let c = self.candidate;
        if self.is_named_county() {
            return Some(8);
        }
        let hidden = self.is_working_word()
            || c.in_byline && !self.before(1).is_some_and(|t| t.is(Classes::LOCATIVE) || t.is_mark(','))
            || self.is_university_of_state()
            || self.is_part_of_identity()
            || self.is_part_of_feature()
            || self.is_native()
            || self.is_broadcast()
            || self.is_team()
            || self.is_part_of_venture()
            || self.is_named_after()
            || c.also.is(Also::BEFORE_HYPHEN) && !self.joins_capital_behind()
            || c.also.is(Also::POSTAL)
            || c.also.is(Also::LANGUAGE) && self.is_language()
            || c.also.is(Also::WORD) && self.is_ordinary_word()
            || self.is_pronoun_us()
            || self.is_person();
        (!hidden).then(|| self.score())
    }

    /// "County Clare", "Co. Down": the county before its name is a county of Ireland or Britain.
    fn is_named_county(&self) -> bool {
        let county = self.before(1).is_some_and(|t| t.is_capitalised() && t.is(Classes::COUNTY));
        county && !self.is_country() && self.candidate.meanings.iter().any(|m| m.kind == Subdivision)
    }

    /// The word `n` before the name (1 is next to it), in its sentence.
    fn before(&self, n: usize) -> Option<&Token> {
        let i = self.candidate.words.start.checked_sub(n)?;
        self.reading.tokens.get(i).filter(|_| i >= self.candidate.sentence.start)
    }

    /// The word `n` behind the name (1 is next to it), in its sentence.
    fn behind(&self, n: usize) -> Option<&Token> {
        let i = self.candidate.words.end + n - 1;
        self.reading.tokens.get(i).filter(|_| i < self.candidate.sentence.end)
    }

    fn is_country(&self) -> bool {
        self.candidate.meanings.iter().any(|m| m.is_country())
    }

    /// Whether the name is no more than that of a town.
    fn is_town(&self) -> bool {
        self.candidate.meanings.iter().all(|m| matches!(m.kind, City | Capital))
    }
}
