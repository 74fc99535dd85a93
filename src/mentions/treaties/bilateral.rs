//! Treaties of two parties by the names of the parties: "the U.S.-Japanese semiconductor pact".

use std::ops::Range;

use super::{Candidate, Desk, Sighting};
use crate::tables::treaties::{Noun, Strength};
use crate::text::{Classes, Shape, Token};

/// Between the parties and the noun stand at most this many words.
const SUBJECT: usize = 5;

/// The name whose parties are joined by the hyphen or slash at `joint`.
pub(super) fn at(desk: &Desk, joint: usize, within: Range<usize>) -> Option<Sighting> {
    let token = desk.token(joint).filter(|t| is_joint(t))?;
    desk.token(joint + 1).filter(|t| t.start() == token.end() && t.is_capitalised())?;
    let (start, one) =
        (1..=3).filter_map(|n| joint.checked_sub(n)).filter(|&s| s >= within.start).find_map(|start| {
            let (end, code) = party(desk, start, joint)?;
            (end == joint).then_some((start, code))
        })?;
    let (behind, other) = party(desk, joint + 1, within.end)?;
    let (noun_at, noun) = noun_behind(desk, behind, within.end)?;
    let words = start..noun_at + 1;
    if is_indefinite(desk, &words)
        || desk.tokens()[words.clone()].iter().any(|t| t.is(Classes::TREATY_LURE)) && noun.strength < Strength::Strong
    {
        return None;
    }
    let rows = rows(desk, (one, other), subjects(desk, behind..noun_at + 1));
    let named =
        noun_at > behind && noun.strength >= Strength::Plain && !noun.plural && super::titles::is_definite(desk, start);
    (!rows.is_empty() || named).then_some(Sighting { words, rows, nouns: noun.bit, abbreviation: false, paired: false })
}

/// The hyphen or slash of "U.S.-Japanese".
pub(super) fn is_joint(token: &Token) -> bool {
    matches!(token.first, '-' | '–' | '‑' | '/') && token.shape == Shape::Mark && !token.spaced
}

/// "Australia's Free Trade Agreement with the United States": the parties stand around the title.
pub(super) fn with_partner(desk: &Desk, title: Sighting, end: usize) -> Sighting {
    if desk.word(title.words.end) != "with" || !title.rows.is_empty() {
        return title;
    }
    let at = title.words.end + if desk.word(title.words.end + 1) == "the" { 2 } else { 1 };
    let Some((behind, other)) = party(desk, at, end) else { return title };
    let before = title.words.start.saturating_sub(8)..title.words.start;
    let owners = before.rev().filter_map(|i| party(desk, i, title.words.start));
    let about = subjects(desk, title.words.clone());
    let found = owners.map(|(_, one)| rows(desk, (one, other), about)).find(|rows| !rows.is_empty());
    match found {
        Some(rows) => Sighting { words: title.words.start..behind, rows, ..title },
        None => title,
    }
}

/// The party named at `at`: the word behind its name, and its code.
fn party<'a>(desk: &Desk<'a>, at: usize, end: usize) -> Option<(usize, &'a str)> {
    let ahead = desk.tokens().get(at..end.min(at + 4))?;
    if !ahead.first()?.is_capitalised() {
        return None;
    }
    if let Some((length, code)) = desk.treaties.parties.longest(ahead) {
        return Some((at + length, code));
    }
    let found = desk.gazetteer.longest(desk.reading.text, ahead)?;
    let country = found.meanings.iter().find(|m| m.is_country())?.country;
    Some((at + found.words, desk.gazetteer.code(country)))
}

/// The noun for an agreement behind the parties, with only words for the subject between.
fn noun_behind(desk: &Desk, from: usize, end: usize) -> Option<(usize, Noun)> {
    let function =
        Classes::DETERMINER | Classes::PREPOSITION | Classes::AUXILIARY | Classes::CONJUNCTION | Classes::RELATIVE;
    for i in from..end.min(from + SUBJECT) {
        let token = desk.token(i)?;
        if let Some(noun) = desk.treaties.noun(token) {
            return Some((i, noun));
        }
        let hyphen = token.is_mark('-') && !token.spaced;
        if !hyphen && (!token.first.is_alphabetic() || token.is(function)) {
            return None;
        }
    }
    None
}

fn subjects(desk: &Desk, words: Range<usize>) -> u32 {
    desk.tokens()[words].iter().fold(0, |all, t| all | desk.treaties.subject(t.word))
}

/// The rows between two parties that share most with `subjects` and are old enough; the youngest
/// of several.
fn rows(desk: &Desk, parties: (&str, &str), subjects: u32) -> Vec<Candidate> {
    let year = |row: u32| desk.treaties.rows.get(row as usize).and_then(|r| r.year);
    let old_enough = |row: u32| year(row).zip(desk.year).is_none_or(|(signed, now)| signed <= now + 1);
    let fitting = desk.treaties.between(parties.0, parties.1, subjects).filter(|&(row, _)| old_enough(row));
    let best = fitting.max_by_key(|&(row, shared)| (shared, year(row)));
    best.map(|(row, _)| Candidate { row, ambiguous: false }).into_iter().collect()
}

/// Whether the name is only one of many: "a U.S.-Mexico trade deal".
fn is_indefinite(desk: &Desk, words: &Range<usize>) -> bool {
    let before = words.start.checked_sub(1).map_or("", |i| desk.word(i));
    let lower = desk.token(words.end - 1).is_some_and(|t| t.shape == Shape::Lower);
    lower && ["a", "an", "any", "no", "new"].iter().any(|w| before.eq_ignore_ascii_case(w))
}
