//! Several treaties with one noun: "the INF and Open Skies treaties" are two mentions.

use super::listed::Bare;
use super::{Candidate, Desk, Sighting};
use crate::text::Classes;

/// Adds `last` and the names that stand before it in one list with it. The noun behind the last
/// name of a list belongs to all, so its mention ends before a plural noun.
pub(super) fn add(desk: &Desk, mut last: Sighting, bare: &[Bare], floor: usize, found: &mut Vec<Sighting>) {
    let mut list = Vec::new();
    let mut at = last.words.start;
    let mut counted = false;
    while let Some(end) = end_before_joint(desk, at, floor) {
        if let Some(earlier) =
            found.pop_if(|f| f.words.end == end && f.nouns == 0 && f.rows.iter().any(|c| c.ambiguous))
        {
            at = earlier.words.start;
            list.push(Sighting { paired: true, ..earlier });
            continue;
        }
        let free = found.last().map_or(floor, |f| f.words.end);
        let ordinal = ordinal_before(desk, end, &last);
        counted |= ordinal.is_some();
        let new = ordinal.or_else(|| listed_before(desk, end, &last, bare)).filter(|s| s.words.start >= free);
        let Some(new) = new else { break };
        at = new.words.start;
        list.push(new);
    }
    if !list.is_empty() {
        last.paired = true;
        let noun = desk.token(last.words.end - 1).and_then(|t| desk.treaties.noun(t));
        if noun.is_some_and(|n| n.plural) && !counted && last.words.len() > 1 {
            last.words.end -= 1;
        }
    }
    list.reverse();
    found.extend(list);
    found.push(last);
}

/// Where the word before "and" or a comma ends, when one stands before `at`.
fn end_before_joint(desk: &Desk, at: usize, floor: usize) -> Option<usize> {
    let mut end = at;
    while end > floor
        && desk.token(end - 1).is_some_and(|t| t.is(Classes::CONJUNCTION) || t.is_mark(',') || t.is_mark('&'))
    {
        end -= 1;
    }
    (end < at && end > floor && at - end < 3).then_some(end)
}

fn listed_before(desk: &Desk, end: usize, last: &Sighting, bare: &[Bare]) -> Option<Sighting> {
    let noun = desk
        .token(last.words.end - 1)
        .and_then(|t| desk.treaties.noun(t))
        .or_else(|| desk.token(last.words.end).and_then(|t| desk.treaties.noun(t)))?;
    let core = bare.iter().rev().take(8).filter(|b| b.words.end == end).max_by_key(|b| b.words.len())?;
    let fits = core.cores.iter().filter(|c| (c.nouns | c.swaps) & noun.bit != 0);
    let rows: Vec<Candidate> = fits.map(|c| Candidate { row: c.row, ambiguous: c.ambiguous }).collect();
    let capital = desk.token(core.words.start).is_some_and(|t| t.is_capitalised());
    (!rows.is_empty() && capital).then(|| Sighting {
        words: core.words.clone(),
        rows,
        nouns: noun.bit,
        abbreviation: false,
        paired: true,
    })
}

/// "Third" of "the Third and Fourth Geneva Conventions".
fn ordinal_before(desk: &Desk, end: usize, last: &Sighting) -> Option<Sighting> {
    let is_ordinal = |i: usize| desk.token(i).is_some_and(|t| t.is(Classes::TREATY_ORDINAL) && t.is_capitalised());
    if !is_ordinal(end - 1) || !is_ordinal(last.words.start) {
        return None;
    }
    let mut words = vec![*desk.token(end - 1)?];
    words.extend_from_slice(&desk.tokens()[last.words.start + 1..last.words.end - 1]);
    let (length, cores) = desk.treaties.cores.longest(&words)?;
    let rows: Vec<Candidate> = cores.iter().map(|c| Candidate { row: c.row, ambiguous: c.ambiguous }).collect();
    (length == words.len()).then_some(Sighting {
        words: end - 1..end,
        rows,
        nouns: last.nouns,
        abbreviation: false,
        paired: true,
    })
}

/// Adds the places that go on a list that begins with "treaties of Sèvres": "and Lausanne". The
/// noun belongs to all, so it is in no mention. The word behind the last is the answer.
pub(super) fn add_behind(desk: &Desk, first: &mut Sighting, end: usize, found: &mut Vec<Sighting>) -> usize {
    let mut at = first.words.end;
    let Some(noun) = desk.token(first.words.start).and_then(|t| desk.treaties.noun(t)).filter(|n| n.plural) else {
        return at;
    };
    while let Some(start) = start_behind_joint(desk, at) {
        let ahead = desk.tokens().get(start..end.min(start + 6)).unwrap_or_default();
        let Some((length, cores)) = desk.treaties.cores.longest(ahead) else { break };
        let fits = cores.iter().filter(|c| (c.nouns | c.swaps) & noun.bit != 0);
        let rows: Vec<Candidate> = fits.map(|c| Candidate { row: c.row, ambiguous: c.ambiguous }).collect();
        if rows.is_empty() || !ahead.first().is_some_and(|t| t.is_capitalised()) {
            break;
        }
        at = start + length;
        found.push(Sighting { words: start..at, rows, nouns: noun.bit, abbreviation: false, paired: true });
    }
    if at > first.words.end {
        first.words.start += 2;
    }
    at
}

/// The word behind "and" or a comma, when one stands at `at`.
fn start_behind_joint(desk: &Desk, at: usize) -> Option<usize> {
    let joint = |i: usize| desk.token(i).is_some_and(|t| t.is(Classes::CONJUNCTION) || t.is_mark(','));
    let count = (at..at + 2).take_while(|&i| joint(i)).count();
    (count > 0).then_some(at + count)
}
