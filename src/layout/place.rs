//! Places as datelines print them: names, several of them, with the region beside each.

use std::ops::Range;

use super::dates;
use crate::tables::Tables;
use crate::text::{Classes, Shape, Token};

/// A place of a dateline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ReadPlace {
    /// Its name, without the region.
    pub(super) words: Range<usize>,
    /// The region printed beside it, when the tables know it: its country.
    pub(super) region: Option<&'static str>,
}

/// The places at the beginning of a dateline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ReadPlaces {
    /// The places, in order; at least one.
    pub(super) places: Vec<ReadPlace>,
    /// The token after them and their regions.
    pub(super) end: usize,
    /// Whether the first is in capitals.
    pub(super) in_capitals: bool,
    /// Whether a region that the tables know stands beside one of them.
    pub(super) has_region: bool,
}

/// The words in which a place is looked for.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) tables: &'a Tables,
}

/// No name of a place has more words, hyphens and stops than this.
const LONGEST_NAME: usize = 9;

/// No dateline names more places than this.
const MOST_PLACES: usize = 5;

/// The places that begin at the token `at`.
pub(super) fn places(words: Words, at: usize) -> Option<ReadPlaces> {
    let (first, in_capitals) = name(words, at)?;
    let mut read = ReadPlaces { places: Vec::new(), end: first.end, in_capitals, has_region: false };
    let mut next = Some(first);
    while let Some(name_words) = next {
        read.end = name_words.end;
        let region = regions(words, &mut read.end);
        read.has_region |= region.is_some();
        read.places.push(ReadPlace { words: name_words, region });
        if read.places.len() >= MOST_PLACES {
            break;
        }
        next = another(words, read.end);
    }
    Some(read)
}

/// The name of a further place after a slash, an ampersand or "and".
fn another(words: Words, at: usize) -> Option<Range<usize>> {
    let joiner = words.tokens.get(at)?;
    let slash = joiner.is_mark('/') && !is_slashed(words.tokens, at);
    let comma = usize::from(joiner.is_mark(','));
    let link = words.tokens.get(at + comma)?;
    let and = link.is_mark('&') || link.of(words.text).eq_ignore_ascii_case("and");
    let start = if slash { at + 1 } else { at + comma + 1 };
    (slash || and).then(|| name(words, start).map(|(range, _)| range))?
}

/// Whether a name between slashes begins at `at`: `/TASS/`.
pub(super) fn is_slashed(tokens: &[Token], at: usize) -> bool {
    let opens = tokens.get(at).is_some_and(|t| t.is_mark('/') && t.spaced);
    opens && tokens.iter().skip(at + 1).take(6).any(|t| t.is_mark('/') && !t.spaced)
}

/// The name that begins at `at`, and whether it is in capitals.
pub(super) fn name(words: Words, at: usize) -> Option<(Range<usize>, bool)> {
    let first = words.tokens.get(at).filter(|t| may_begin_name(words, at, t))?;
    let in_capitals = match first.shape {
        Shape::Upper => true,
        Shape::Initial | Shape::Mixed => words
            .tokens
            .get(at + 1)
            .is_some_and(|t| t.shape == Shape::Upper || t.is_mark('.') || t.is_mark('&') && !t.spaced),
        _ => false,
    };
    let mut end = at + 1;
    while end - at < LONGEST_NAME {
        match further(words.tokens, end, in_capitals) {
            Some(n) => end += n,
            None => break,
        }
    }
    Some((at..end, in_capitals))
}

fn may_begin_name(words: Words, at: usize, token: &Token) -> bool {
    let small = Classes::PREPOSITION | Classes::CONJUNCTION | Classes::SUBORDINATOR | Classes::AUXILIARY;
    let pronouns = Classes::PRONOUN_HE | Classes::PRONOUN_SHE | Classes::PRONOUN_THEY | Classes::PRONOUN_IT;
    let never = small | pronouns | Classes::PRONOUN_SPEECH | Classes::WEEKDAY | Classes::RELATIVE | Classes::NEGATION;
    let article = token.is(Classes::DETERMINER) && !token.of(words.text).eq_ignore_ascii_case("the");
    let month = token.is(Classes::MONTH) && dates::date(words.text, words.tokens, at, words.tables).is_some();
    // "US", "UN", "IN" are written like the small words but in capitals.
    let never = token.is(never) && (token.shape != Shape::Upper || token.end() - token.start() > 2);
    token.is_capitalised() && !never && !article && !month
}

/// How many tokens from `at` belong to a name that has begun before.
fn further(tokens: &[Token], at: usize, in_capitals: bool) -> Option<usize> {
    let fits = |t: &Token| match t.shape {
        Shape::Upper | Shape::Initial | Shape::Mixed => t.is_capitalised(),
        Shape::Capital => !in_capitals && !t.is(Classes::DATELINE_MONTH),
        _ => false,
    };
    match tokens.get(at..)? {
        [a, ..] if a.spaced && fits(a) => Some(1),
        [hyphen, a, ..] if hyphen.is_mark('-') && hyphen.end() - hyphen.start() == 1 && !hyphen.spaced && !a.spaced => {
            (fits(a) || a.is(Classes::PLACE_PARTICLE) || !in_capitals && a.shape == Shape::Lower).then_some(2)
        }
        [stop, a, ..] if stop.is_mark('.') && !stop.spaced && a.spaced && fits(a) => {
            tokens.get(at - 1).filter(|t| t.end() - t.start() <= 3).map(|_| 2)
        }
        // An apostrophe that was left as an entity: N&#39;DJAMENA.
        [and, hash, number, stop, a, ..]
            if and.is_mark('&') && !and.spaced && hash.is_mark('#') && stop.is_mark(';') && !a.spaced && fits(a) =>
        {
            (number.shape == Shape::Number).then_some(5)
        }
        [particle, a, ..] if particle.spaced && particle.is(Classes::PLACE_PARTICLE) && a.spaced && fits(a) => Some(2),
        [particle, b, a, ..] if particle.is(Classes::PLACE_PARTICLE) && b.is(Classes::PLACE_PARTICLE) && fits(a) => {
            Some(3)
        }
        [ending, ..]
            if !ending.spaced && matches!(ending.first, '\'' | '’') && ending.shape == Shape::Lower && in_capitals =>
        {
            Some(1)
        }
        _ => None,
    }
}

/// Passes over the regions beside a place, `end` with them; gives the country of the first that
/// the tables know.
fn regions(words: Words, end: &mut usize) -> Option<&'static str> {
    let mut country = None;
    for _ in 0..2 {
        let Some((after, found)) = region(words, *end) else { break };
        *end = after;
        country = country.or(found);
    }
    country
}

/// The region after a place: behind a comma, in brackets, or right behind when the tables know it.
fn region(words: Words, at: usize) -> Option<(usize, Option<&'static str>)> {
    let mark = words.tokens.get(at)?;
    if mark.is_mark('[') || mark.is_mark('(') {
        return bracketed_region(words, at);
    }
    if !mark.is_mark(',') {
        return None;
    }
    let start = at + 1;
    if dates::date(words.text, words.tokens, start, words.tables).is_some() {
        return None;
    }
    let rest = words.tokens.get(start..)?;
    if let Some((n, country)) = words.tables.regions.longest(rest)
        && rest.first().is_some_and(|t| t.is_capitalised() || t.shape == Shape::Lower && n > 1)
    {
        return Some((after_stop(words.tokens, start + n), Some(*country)));
    }
    if words.tables.agencies.longest(rest).is_some() {
        return None;
    }
    let (name, _) = name(words, start)?;
    let end = after_stop(words.tokens, name.end);
    closes_soon(words, end).then_some((end, None))
}

/// `[India]`, `(Latvia)`.
fn bracketed_region(words: Words, at: usize) -> Option<(usize, Option<&'static str>)> {
    let inside = words.tokens.get(at + 1..)?;
    let listed = words.tables.regions.longest(inside).map(|(n, country)| (n, *country));
    let (n, country) = listed.or_else(|| country(words, inside))?;
    let close = words.tokens.get(at + 1 + n)?;
    (close.is_mark(']') || close.is_mark(')')).then_some((at + n + 2, Some(country)))
}

/// The country that `ahead` begins with, and how many words name it.
fn country(words: Words, ahead: &[Token]) -> Option<(usize, &'static str)> {
    let gazetteer = &words.tables.gazetteer;
    let found = gazetteer.longest(words.text, ahead)?;
    let country = found.meanings.iter().find(|m| m.is_country())?;
    Some((found.words, gazetteer.code(country.country)))
}

/// The token after the full stop of an abbreviated region, when one stands at `at`.
fn after_stop(tokens: &[Token], at: usize) -> usize {
    let stop = tokens.get(at).is_some_and(|t| t.is_mark('.') && !t.spaced && t.end() - t.start() == 1);
    // "Calif.-" keeps its stop; the stop of "RIGA, Latvia." closes the dateline, which is as well.
    at + usize::from(stop)
}

/// Whether a date, an agency or a closing mark stands at `at`, so that what stood before it can
/// be a region that no table knows.
fn closes_soon(words: Words, at: usize) -> bool {
    let Some(token) = words.tokens.get(at) else { return true };
    let comma = usize::from(token.is_mark(','));
    let dated = dates::date(words.text, words.tokens, at + comma, words.tables).is_some();
    dated
        || is_slashed(words.tokens, at)
        || matches!(token.first, '(' | '-' | '–' | '—' | '―') && (token.spaced || token.end() - token.start() > 1)
}
