//! What the words beside a name say of it: a place, a person, a language, part of another name.

mod other_name;
mod person;
mod town;
mod word;

use std::ops::Range;

use super::candidates::Candidate;
use super::met::{MetName, MetNames, Sorts};
use crate::article::Dateline;
use crate::names::Names;
use crate::reading::Reading;
use crate::tables::Also;
use crate::text::{Classes, Token};

/// Sets the evidence of every candidate that is not settled yet.
pub(super) fn judge(
    reading: &Reading,
    names: &Names,
    dateline: Option<&Dateline>,
    candidates: &mut [Candidate],
    met: &MetNames,
) {
    let mut candidate_before = 0..0;
    for candidate in candidates.iter_mut() {
        let before = std::mem::replace(&mut candidate_before, candidate.words.clone());
        if candidate.tied.is_some() {
            continue;
        }
        let beside = Beside::new(reading, names, before, candidate, met.name(candidate.name));
        let as_town = beside.is_as_town();
        let dated =
            dateline.is_some_and(|d| d.places.iter().any(|p| reading.span(candidate.words.clone()) == Some(p.span)));
        let base = candidate.evidence.unwrap_or_default();
        candidate.evidence = if dated { Some(12) } else { beside.evidence().map(|e| e + base) };
        candidate.as_town = as_town;
    }
    lists(reading, candidates, met);
}

/// "Reading and Oxford", "from Split to Bari": places beside places.
fn lists(reading: &Reading, candidates: &mut [Candidate], met: &MetNames) {
    for i in 1..candidates.len() {
        let (before, from) = candidates.split_at_mut(i);
        let (Some(a), Some(b)) = (before.last_mut(), from.first_mut()) else { continue };
        let between = reading.tokens.get(a.words.end..b.words.start).unwrap_or_default();
        let joins = |t: &Token| t.is_mark(',') || t.is(Classes::CONJUNCTION) || t.of(reading.text) == "to";
        if a.sentence != b.sentence || between.is_empty() || between.len() > 2 || !between.iter().all(joins) {
            continue;
        }
        let (of_first, of_second) = (support(a, met.name(a.name)), support(b, met.name(b.name)));
        for (candidate, support) in [(a, of_second), (b, of_first)] {
            if let Some(evidence) = candidate.evidence.as_mut().filter(|_| candidate.tied.is_none()) {
                *evidence += support;
            }
        }
    }
}

/// How much a name speaks for the name beside it in a list being a place.
fn support(candidate: &Candidate, name: &MetName) -> i32 {
    let place = name.sorts.any(Sorts::PLACE);
    let plain = !name.also.is(Also::WORD.with(Also::PERSON)) && name.sorts.any(Sorts::LARGE);
    match candidate.evidence {
        Some(5..) if place => 4,
        Some(_) if place && plain => 2,
        _ => 0,
    }
}

/// A candidate with what stands beside it.
struct Beside<'a> {
    reading: &'a Reading<'a>,
    names: &'a Names,
    /// The words of the candidate before it.
    candidate_before: Range<usize>,
    candidate: &'a Candidate,
    name: &'a MetName,
    /// Its first word.
    own: &'a Token,
    /// The words next to it, in its sentence.
    last: Option<&'a Token>,
    next: Option<&'a Token>,
    /// Whether "of" stands before it.
    behind_of: bool,
    /// Whether what stands before it belongs to an address.
    behind_address: bool,
}

impl<'a> Beside<'a> {
    fn new(
        reading: &'a Reading,
        names: &'a Names,
        candidate_before: Range<usize>,
        candidate: &'a Candidate,
        name: &'a MetName,
    ) -> Beside<'a> {
        let Range { start, end } = candidate.words;
        let last = start.checked_sub(1).filter(|&i| i >= candidate.sentence.start).and_then(|i| reading.tokens.get(i));
        let next = reading.tokens.get(end).filter(|_| end < candidate.sentence.end);
        let behind_of = last.is_some_and(|t| is(reading, t, "of"));
        let own = &reading.tokens[start];
        let mut beside = Beside {
            reading,
            names,
            candidate_before,
            candidate,
            name,
            own,
            last,
            next,
            behind_of,
            behind_address: false,
        };
        beside.behind_address = beside.has_address_before();
        beside
    }

    /// What speaks for the name; nothing when it surely refers to no country.
    fn evidence(&self) -> Option<i32> {
        let (c, also) = (self.candidate, self.name.also);
        if self.is_named_county() {
            return Some(8);
        }
        let hidden = also.is(Also::POSTAL)
            || c.in_byline && !self.last.is_some_and(|t| t.is(Classes::LOCATIVE) || t.is_mark(','))
            || self.is_working_word()
            || self.is_part_of_identity()
            || self.is_native()
            || self.is_part_of_other_name()
            || self.is_named_after()
            || also.is(Also::BEFORE_HYPHEN) && !self.joins_capital_behind()
            || also.is(Also::LANGUAGE) && self.is_language()
            || also.is(Also::WORD) && self.is_ordinary_word()
            || self.is_pronoun_us()
            || self.is_person();
        (!hidden).then(|| self.score())
    }

    /// "County Clare", "Co. Down": the county before its name is a county of Ireland or Britain.
    fn is_named_county(&self) -> bool {
        let county = self.last.is_some_and(|t| t.is(Classes::COUNTY) && t.is_capitalised());
        county && !self.name.is_country() && self.name.sorts.any(Sorts::REGION)
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

    /// Whether `token` is `word`, letter by letter.
    fn is(&self, token: &Token, word: &str) -> bool {
        is(self.reading, token, word)
    }
}

fn is(reading: &Reading, token: &Token, word: &str) -> bool {
    token.bytes(reading.text) == word.as_bytes()
}
