//! Names that stand in the table.

use std::ops::Range;

use super::{Candidate, Desk, Sighting, titles};
use crate::tables::treaties::{Claim, Core, Noun, Strength};
use crate::text::{Classes, Shape};

/// No name has more words than this.
const LONGEST: usize = 48;

/// A core that stands without a noun, for lists: "INF" of "the INF and Open Skies treaties".
pub(super) struct Bare<'a> {
    pub(super) words: Range<usize>,
    pub(super) cores: &'a [Core],
}

/// The longest listed name that begins with the word at `i`. A core without noun goes to `bare`.
pub(super) fn at<'a>(desk: &Desk<'a>, i: usize, end: usize, bare: &mut Vec<Bare<'a>>) -> Option<Sighting> {
    let name = read(desk, i, end, bare)?;
    if begins_later(desk, &name, end) || is_lure(desk, &name) {
        return None;
    }
    Some(stretched(desk, name, end))
}

/// Whether the name without its first word says the same or more: "nuclear Non-Proliferation
/// Treaty" begins with its first capital, and the year is no part of "1951 Convention relating to
/// the Status of Refugees".
fn begins_later(desk: &Desk, name: &Sighting, end: usize) -> bool {
    let (i, words) = (name.words.start, &name.words);
    let Some(first) = desk.token(i).filter(|t| matches!(t.shape, Shape::Lower | Shape::Number)) else { return false };
    let Some(inner) = read(desk, i + 1, end, &mut Vec::new()) else { return false };
    if first.shape == Shape::Number {
        return inner.words.end > words.end;
    }
    let capital_inside = desk.tokens()[words.clone()].iter().any(|t| t.is_capitalised());
    let same_rows = || inner.rows.iter().map(|c| c.row).eq(name.rows.iter().map(|c| c.row));
    capital_inside && inner.words.end == words.end && same_rows()
}

/// Whether the words behind make it something else: "Geneva Convention Center", "NPT-threaded",
/// `<NPT>`.
fn is_lure(desk: &Desk, name: &Sighting) -> bool {
    let (end, last) = (name.words.end, desk.token(name.words.end - 1));
    let threaded = name.words.len() == 1
        && desk.token(end).is_some_and(|t| t.is_mark('-') && !t.spaced)
        && desk
            .token(end + 1)
            .is_some_and(|t| t.shape == Shape::Lower && !t.spaced && desk.word(end + 1).ends_with("ed"));
    let noun = last.is_some_and(|t| desk.treaties.noun(t).is_some());
    let ticker = name.words.len() == 1 && name.words.start.checked_sub(1).is_some_and(|i| desk.word(i) == "<");
    threaded
        || ticker
        || noun
            && titles::is_lure_behind(desk, end)
            && (end..end + 2).any(|i| desk.token(i).is_some_and(|t| t.is_capitalised()))
}

fn read<'a>(desk: &Desk<'a>, i: usize, end: usize, bare: &mut Vec<Bare<'a>>) -> Option<Sighting> {
    let ahead = desk.tokens().get(i..end.min(i + LONGEST))?;
    let mut best: Option<Sighting> = None;
    for (length, claims) in desk.treaties.names.all(ahead) {
        keep(&mut best, whole(desk, i..i + length, claims));
    }
    for (length, cores) in desk.treaties.cores.all(ahead) {
        match noun_behind(desk, i + length, end) {
            Some((at, noun)) => keep(&mut best, with_noun(desk, i..at + 1, i + length == at, noun, cores)),
            None => bare.push(Bare { words: i..i + length, cores }),
        }
    }
    best
}

/// Of two names the longer one, and the later one of two that are as long.
fn keep(best: &mut Option<Sighting>, new: Option<Sighting>) {
    if let Some(new) = new
        && best.as_ref().is_none_or(|b| new.words.len() >= b.words.len())
    {
        *best = Some(new);
    }
}

/// A whole name: "Treaty of Rome", "GATT".
fn whole(desk: &Desk, words: Range<usize>, claims: &[Claim]) -> Option<Sighting> {
    let rows: Vec<Candidate> = claims
        .iter()
        .filter(|c| written(desk, words.clone(), c))
        .map(|c| Candidate { row: c.row, ambiguous: c.ambiguous })
        .collect();
    let nouns = desk.tokens()[words.clone()].iter().find_map(|t| desk.treaties.noun(t)).map_or(0, |n| n.bit);
    let abbreviation = claims.iter().all(|c| c.capitals);
    (!rows.is_empty()).then_some(Sighting { words, rows, nouns, abbreviation, paired: false })
}

/// Whether a name is written as the table wants it.
fn written(desk: &Desk, words: Range<usize>, claim: &Claim) -> bool {
    let tokens = &desk.tokens()[words];
    if claim.capitals {
        return tokens.iter().any(|t| matches!(t.shape, Shape::Upper | Shape::Mixed))
            || tokens.len() > 1 && tokens[0].is_capitalised() && tokens[tokens.len() - 1].shape == Shape::Initial;
    }
    !claim.cased
        || tokens.len() > 3 && !claim.ambiguous
        || tokens[0].is_capitalised()
        || tokens[tokens.len() - 1].is_capitalised()
}

/// The noun for an agreement at `at`, or behind a bracket or words for the subject there: "ABM
/// (Anti-Ballistic Missile) Treaty", "Paris climate accord".
fn noun_behind(desk: &Desk, at: usize, end: usize) -> Option<(usize, Noun)> {
    let noun = |i: usize| desk.token(i).filter(|_| i < end).and_then(|t| desk.treaties.noun(t)).map(|n| (i, n));
    if let Some(found) = noun(at) {
        return Some(found);
    }
    let first = desk.token(at)?;
    if first.is_mark('(') {
        let close = (at + 1..end.min(at + 8)).find(|&i| desk.tokens()[i].is_mark(')'))?;
        return noun(close + 1);
    }
    let subjects = (at..end.min(at + 3)).take_while(|&i| is_subject(desk, i)).count();
    if subjects == 0 { None } else { noun(at + subjects) }
}

fn is_subject(desk: &Desk, i: usize) -> bool {
    desk.token(i).is_some_and(|t| t.is(Classes::TREATY_SUBJECT) || t.is_mark('-') && !t.spaced)
}

/// A core with its noun: the noun of the table, or one that news puts in its place.
fn with_noun(desk: &Desk, words: Range<usize>, close: bool, noun: Noun, cores: &[Core]) -> Option<Sighting> {
    let first = desk.token(words.start)?;
    let lower = first.shape == Shape::Lower;
    if lower && cores.iter().all(|c| c.cased) && !may_be_small(desk, &words, close) {
        return None;
    }
    let bracketed = desk.tokens()[words.clone()].iter().any(|t| t.is_mark('('));
    let of_table = |c: &&Core| (close || bracketed) && c.nouns & noun.bit != 0 && !(lower && c.ambiguous && c.cased);
    // "Mercosur deal with Ecuador" is about to be made.
    if noun.strength == Strength::Weak && close && desk.word(words.end) == "with" && words.len() < 3 {
        return None;
    }
    let mut rows: Vec<Candidate> =
        cores.iter().filter(of_table).map(|c| Candidate { row: c.row, ambiguous: c.ambiguous }).collect();
    // Words between name and noun are for pacts and accords; conventions have titles.
    if rows.is_empty() && (close || noun.bit & desk.treaties.pacts != 0) {
        let swapped = |c: &&Core| {
            let pact = close || c.nouns == 0 || c.nouns & desk.treaties.pacts != 0;
            pact && c.swaps & noun.bit != 0 && !(lower && c.ambiguous)
        };
        // "Washington deal" may be anything, and so may "Helsinki Tax Agreement".
        let vague = noun.strength == Strength::Weak && words.len() < 3 || !close && desk.is_titled(words.end - 2);
        rows =
            cores.iter().filter(swapped).map(|c| Candidate { row: c.row, ambiguous: c.ambiguous || vague }).collect();
    }
    (!rows.is_empty()).then_some(Sighting { words, rows, nouns: noun.bit, abbreviation: false, paired: false })
}

/// Whether a name that the table writes with capitals may be meant by small letters: names of
/// several words, and "the lisbon treaty"; not "a nice deal".
fn may_be_small(desk: &Desk, words: &Range<usize>, close: bool) -> bool {
    let definite = words.start.checked_sub(1).and_then(|i| desk.token(i));
    let definite =
        definite.is_some_and(|t| t.is(Classes::TREATY_DEFINITE) || t.shape == Shape::Lower && t.first == '\'');
    close && (words.len() > 3 || definite && words.len() > 1 || words.len() > 2)
}

/// A listed name that goes on as a title: "Paris Agreement on Climate Change" is one mention.
fn stretched(desk: &Desk, name: Sighting, end: usize) -> Sighting {
    let last = name.words.end - 1;
    let is_noun = desk.token(last).is_some_and(|t| desk.treaties.noun(t).is_some() && t.is_capitalised());
    let parts = matches!(desk.word(last + 1), "of" | "between" | "for");
    let Some(end) = titles::end_behind(desk, last, end).filter(|_| is_noun && !parts) else { return name };
    // "the Helsinki Convention on Baltic pollution": a subject, no title.
    if end == last + 3
        && desk.token(end).is_some_and(|t| {
            t.shape == Shape::Lower && !t.is(titles::function_words() | Classes::VERB | Classes::ADVERB | Classes::CUE)
        })
    {
        return name;
    }
    let rows = if name.rows.iter().any(|c| c.ambiguous) { Vec::new() } else { name.rows };
    Sighting { words: name.words.start..end, rows, ..name }
}
