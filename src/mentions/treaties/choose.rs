//! Which treaty a name means: the text around it decides where the name alone does not.

use std::ops::Range;

use super::{Candidate, Desk, Found, Mention, Sighting, Who};
use crate::article::TreatyMentionKind;
use crate::names::NameKind;
use crate::text::{Classes, Shape, fold};

/// Turns sightings into mentions; names without evidence are dropped.
pub(super) fn mentions(desk: &Desk, sightings: Vec<Sighting>) -> Found {
    let evidence = Evidence::gather(desk, &sightings);
    let mut found = Found::default();
    let mut introduced: Vec<(&str, Who)> = Vec::new();
    for sighting in sightings {
        let word = desk.reading.words(sighting.words.clone());
        if sighting.abbreviation
            && let Some(who) = introduced_by(desk, &sighting, &found)
        {
            introduced.push((word, who));
        }
        let known = introduced.iter().rev().take(8).find(|i| sighting.abbreviation && i.0 == word).map(|i| i.1);
        let who = match evidence.row(desk, &sighting) {
            _ if known.is_some() => known.unwrap_or(Who::Unlisted(0)),
            Some(row) => Who::Listed(row),
            None if sighting.rows.is_empty() => unlisted(desk, &sighting.words, &mut found),
            None => match super::titles::as_name(desk, &sighting.words) {
                true => unlisted(desk, &sighting.words, &mut found),
                false => continue,
            },
        };
        let Sighting { words, nouns, .. } = sighting;
        found.mentions.push(Mention { words, who, kind: TreatyMentionKind::Name, nouns });
    }
    found.mentions.sort_by_key(|m| m.words.start);
    found
}

/// The treaty whose name stands before an ambiguous abbreviation in brackets: "a new Strategic
/// Arms Reduction Treaty (START)".
fn introduced_by(desk: &Desk, sighting: &Sighting, found: &Found) -> Option<Who> {
    let last = found.mentions.last().filter(|m| m.words.end + 1 == sighting.words.start)?;
    let ambiguous = sighting.rows.iter().all(|c| c.ambiguous);
    (ambiguous && desk.word(last.words.end) == "(").then_some(last.who)
}

/// Titles further back than this are taken for others, so that a long list of titles stays cheap.
const MEMORY: usize = 64;

/// The treaty of this title: one seen before under the same words or the beginning of them, or a
/// new one.
fn unlisted(desk: &Desk, words: &Range<usize>, found: &mut Found) -> Who {
    let title = fold(desk.reading.words(words.clone()));
    let same = |old: &Range<usize>| {
        let old = fold(desk.reading.words(old.clone()));
        old.split_whitespace().eq(title.split_whitespace()) || begins_with(&old, &title) || begins_with(&title, &old)
    };
    if let Some(i) = found.unlisted.iter().rev().take(MEMORY).position(same).map(|back| found.unlisted.len() - 1 - back)
    {
        if words.len() > found.unlisted[i].len() {
            found.unlisted[i] = words.clone();
        }
        return Who::Unlisted(i);
    }
    found.unlisted.push(words.clone());
    Who::Unlisted(found.unlisted.len() - 1)
}

fn begins_with(long: &str, short: &str) -> bool {
    let mut long = long.split_whitespace();
    short.split_whitespace().count() > 1 && short.split_whitespace().all(|word| long.next() == Some(word))
}

/// What the text says for rows with ambiguous names.
struct Evidence {
    /// Rows that a name without doubt means, in order.
    firm: Vec<u32>,
    /// What the evidence of each row that is met weighs, in order of rows; each word counts once.
    words: Vec<(u32, Points)>,
}

/// What speaks for a row; between equals the number of places that fit decides.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
struct Points {
    points: u32,
    places: u32,
}

impl Evidence {
    fn gather(desk: &Desk, sightings: &[Sighting]) -> Evidence {
        let mut firm: Vec<u32> = sightings.iter().filter_map(|s| only(&s.rows)).collect();
        firm.sort_unstable();
        firm.dedup();
        let in_doubt = |s: &&Sighting| s.rows.iter().any(|c| c.ambiguous);
        let doubtful: Vec<&Sighting> = sightings.iter().filter(in_doubt).collect();
        let mut rows: Vec<u32> = doubtful.iter().flat_map(|s| s.rows.iter().map(|c| c.row)).collect();
        rows.sort_unstable();
        rows.dedup();
        let words = if rows.is_empty() { Vec::new() } else { words_for(desk, &rows, &doubtful) };
        Evidence { firm, words }
    }

    /// The row that a sighting means.
    fn row(&self, desk: &Desk, sighting: &Sighting) -> Option<u32> {
        if let Some(row) = only(&sighting.rows) {
            return Some(row);
        }
        if is_place(desk, sighting) && !is_meant(desk, &sighting.words) {
            return None;
        }
        if sighting.abbreviation && !sighting.paired && desk.shouts(sighting.words.start) {
            let firm = sighting.rows.iter().find(|c| self.firm.binary_search(&c.row).is_ok());
            return firm.map(|c| c.row);
        }
        let beside = year_beside(desk, &sighting.words);
        let scored = sighting.rows.iter().filter_map(|c| Some((self.score(desk, *c, beside)?, c)));
        let (Points { points, .. }, best) = scored.rev().max_by_key(|&(score, _)| score)?;
        let alone = sighting.rows.iter().filter(|c| self.score(desk, **c, beside).is_some()).count() == 1;
        let last_left = alone && sighting.rows.len() > 1 && desk.year.is_some();
        let last = desk.token(sighting.words.end - 1);
        // Parties and hotels hold conventions in cities that gave their names to treaties.
        let convention = last.is_some_and(|t| t.shape == Shape::Lower && t.of(desk.reading.text) == "convention");
        let sure = points >= if convention { 8 } else { 4 } || !best.ambiguous || last_left || alone && sighting.paired;
        sure.then_some(best.row)
    }

    /// How much speaks for a row; nothing when it is younger than the article.
    fn score(&self, desk: &Desk, candidate: Candidate, beside: Option<u16>) -> Option<Points> {
        let row = desk.treaties.rows.get(candidate.row as usize)?;
        if row.year.zip(desk.year).is_some_and(|(signed, now)| signed > now + 1) {
            return None;
        }
        let firm = if self.firm.binary_search(&candidate.row).is_ok() { 50 } else { 0 };
        let Points { points: words, places } =
            self.words.binary_search_by_key(&candidate.row, |w| w.0).map_or(Points::default(), |i| self.words[i].1);
        let year = match beside {
            Some(year) if row.year == Some(year) => 60,
            Some(_) if row.year.is_some() => return (!candidate.ambiguous).then_some(Points::default()),
            _ => 0,
        };
        let owner = if candidate.ambiguous { 0 } else { OWN };
        let points = firm + words.min(48) + year + owner + 3u32.saturating_sub(row.tier.into());
        Some(Points { points, places })
    }
}

/// The one row that a name means without doubt.
fn only(rows: &[Candidate]) -> Option<u32> {
    match rows {
        [one] if !one.ambiguous => Some(one.row),
        _ => None,
    }
}

/// A word of a treaty's subject weighs this much.
const SUBJECT: u32 = 4;

/// All places together weigh no more than this: articles name countries for many reasons.
const PLACES: u32 = 4;

/// What it weighs that a name is a row's own, which others use as well.
const OWN: u32 = 3;

/// What the distinct words of evidence weigh for each of `rows`, outside the names that are in doubt.
fn words_for(desk: &Desk, rows: &[u32], doubtful: &[&Sighting]) -> Vec<(u32, Points)> {
    let mut met: Vec<(u32, bool, u32)> = Vec::new();
    let tokens = desk.tokens();
    for i in (0..tokens.len()).filter(|&i| desk.treaties.evidence.begins(&tokens[i])) {
        let inside = doubtful.partition_point(|s| s.words.end <= i);
        if !doubtful.get(inside).is_some_and(|s| s.words.contains(&i)) {
            let ahead = &tokens[i..tokens.len().min(i + 6)];
            for (length, for_rows) in desk.treaties.evidence.all(ahead) {
                let place = desk.gazetteer.sight(desk.reading.text, ahead).is_some();
                let fitting = for_rows.iter().filter(|row| rows.binary_search(row).is_ok());
                met.extend(fitting.map(|&row| (row, place, u32::from(tokens[i + length - 1].word.0))));
            }
        }
    }
    met.sort_unstable();
    met.dedup();
    let weight = |words: &[(u32, bool, u32)]| {
        let places = words.iter().filter(|w| w.1).count() as u32;
        let of_places = if places > 0 { (places + 2).min(PLACES) } else { 0 };
        Points { points: SUBJECT * (words.len() as u32 - places) + of_places, places }
    };
    met.chunk_by(|a, b| a.0 == b.0).map(|words| (words[0].0, weight(words))).collect()
}

/// A place alone, that may stand for its treaty: Kyoto, Maastricht.
fn is_place(desk: &Desk, sighting: &Sighting) -> bool {
    let tokens = &desk.tokens()[sighting.words.clone()];
    tokens.len() < 3
        && sighting.nouns == 0
        && !sighting.paired
        && !sighting.abbreviation
        && tokens.iter().all(|t| matches!(t.shape, Shape::Capital | Shape::Upper))
}

/// Whether a place stands for its treaty: not "in Kyoto", not "Kyoto hotels", not "Kyoto, Japan".
fn is_meant(desk: &Desk, words: &Range<usize>) -> bool {
    let before = words.start.checked_sub(1).and_then(|i| desk.token(i));
    let located = before.is_some_and(|t| {
        t.is(Classes::PREPOSITION) && !t.is(Classes::TREATY_ANCHOR)
            || t.is_capitalised() && t.shape != Shape::Upper && desk.word(words.start - 1).len() > 3
    });
    let next = desk.token(words.end);
    let goes_on = next.is_some_and(|t| t.is_capitalised() || t.is_mark(','));
    let person = desk.names.at(words.start).is_some_and(|n| n.kind == NameKind::Person);
    !located && !goes_on && !person
}

/// The year written before or behind a name: "the 1975 Algiers Agreement", "of 1975", "(1975)".
fn year_beside(desk: &Desk, words: &Range<usize>) -> Option<u16> {
    let before = words.start.checked_sub(1).and_then(|i| year_at(desk, i));
    let behind = || {
        let linked = matches!(desk.word(words.end), "of" | "," | "(" | "from");
        year_at(desk, words.end + 1).filter(|_| linked)
    };
    // "the Algiers Agreement, signed in 1975", "was signed in 1975"
    let signed = || {
        let verb = (words.end..words.end + 3).find(|&i| desk.token(i).is_some_and(|t| t.is(Classes::TREATY_ANCHOR)))?;
        year_at(desk, verb + 2)
    };
    before.or_else(behind).or_else(signed)
}

/// The year at this word, if it is one.
pub(super) fn year_at(desk: &Desk, i: usize) -> Option<u16> {
    let token = desk.token(i).filter(|t| t.shape == Shape::Number)?;
    let word = token.of(desk.reading.text);
    word.parse().ok().filter(|year| word.len() == 4 && (1300..2100).contains(year))
}
