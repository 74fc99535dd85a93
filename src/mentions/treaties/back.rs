//! Back references: "the treaty", "the 1987 pact", for one that is named before.

use std::ops::Range;

use super::choose::year_at;
use super::{Desk, Found, Mention, Who};
use crate::article::TreatyMentionKind;
use crate::tables::treaties::{Noun, Strength};
use crate::text::{Classes, Shape, Token};

/// A word like "deal" or "document" points back over at most this many words.
const NEAR: usize = 90;

/// Mentions further back than this are forgotten.
const MEMORY: usize = 12;

/// Adds the back references.
pub(super) fn add(desk: &Desk, found: &mut Found) {
    let mut all: Vec<Mention> = Vec::with_capacity(found.mentions.len() * 2);
    let mut named = std::mem::take(&mut found.mentions).into_iter().peekable();
    let mut generic = None;
    for block in &desk.reading.blocks {
        for i in block.words.clone() {
            let Some(noun) = desk.token(i).and_then(|t| desk.treaties.noun(t)) else { continue };
            while let Some(next) = named.next_if(|m| m.words.start <= i) {
                all.push(next);
            }
            if all.last().is_some_and(|m| m.words.end > i) {
                continue;
            }
            let pointer = Pointer::at(desk, i, noun, &block.words);
            if is_generic(desk, i, noun, block.words.start) {
                generic = Some(i);
            }
            if let Some((pointer, who)) = pointer.and_then(|p| p.resolve(desk, &all, generic).map(|who| (p, who))) {
                let nouns = pointer.noun.bit;
                all.push(Mention { words: pointer.words, who, kind: TreatyMentionKind::BackReference, nouns });
            }
        }
    }
    all.extend(named);
    found.mentions = all;
}

/// Words that may point back to a treaty.
struct Pointer {
    words: Range<usize>,
    noun: Noun,
    year: Option<u16>,
}

impl Pointer {
    /// The definite phrase that ends with the noun at `at`.
    fn at(desk: &Desk, at: usize, noun: Noun, block: &Range<usize>) -> Option<Pointer> {
        let next = desk.token(at + 1).filter(|_| at + 1 < block.end);
        if next.is_some_and(|t| t.is(Classes::TREATY_LURE_AFTER) || desk.treaties.noun(t).is_some() || goes_on(desk, t))
        {
            return None;
        }
        let mut year = None;
        for i in (block.start..at).rev().take(4) {
            let token = desk.token(i)?;
            if token.is(Classes::TREATY_DEFINITE) {
                return Some(Pointer { words: i..at + 1, noun, year });
            }
            match year_at(desk, i) {
                Some(found) => year = Some(found),
                None if describes(desk, token) || token.is(Classes::MONTH) => {}
                None => return None,
            }
        }
        None
    }

    /// The mention it points back to: the nearest one that its noun fits best.
    /// A general one met since ("a deal") is nearer than all that are not named by the same noun.
    fn resolve(&self, desk: &Desk, before: &[Mention], generic: Option<usize>) -> Option<Who> {
        let mut best: Option<(usize, Who)> = None;
        let mut seen: Vec<Who> = topic(before, self.words.start).into_iter().collect();
        for mention in before.iter().rev().take(MEMORY) {
            let far = self.words.start - mention.words.end.min(self.words.start) > NEAR;
            if self.noun.strength <= Strength::Weak && far {
                break;
            }
            let steps = seen.iter().position(|&who| who == mention.who).unwrap_or_else(|| {
                seen.push(mention.who);
                seen.len() - 1
            });
            let Some(rank) = self.rank(desk, mention) else { continue };
            let hidden = generic.is_some_and(|g| g > mention.words.end && self.words.start.saturating_sub(g) < NEAR);
            if hidden && rank > 0 && self.year.is_none() {
                continue;
            }
            let cost = 2 * steps + rank;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, mention.who));
            }
        }
        best.map(|(_, who)| who)
    }

    /// How well the noun fits: 0 the very noun, 3 the table knows it, 5 news may use it.
    fn rank(&self, desk: &Desk, mention: &Mention) -> Option<usize> {
        let (nouns, swaps, signed) = match mention.who {
            Who::Listed(row) => desk.treaties.rows.get(row as usize).map(|r| (r.nouns, r.swaps, r.year))?,
            Who::Unlisted(_) => (mention.nouns, self.noun.family, None),
        };
        let year_fits = self.year.is_none_or(|year| signed.is_none_or(|s| s.abs_diff(year) <= 1));
        let named = mention.nouns & self.noun.bit != 0 && mention.kind == TreatyMentionKind::Name;
        let rank = match self.noun.strength {
            _ if named => 0,
            _ if nouns & self.noun.bit != 0 => 3,
            Strength::Back => 5,
            _ if swaps & self.noun.bit != 0 => 5,
            _ => return None,
        };
        let several = |i| desk.token(i).and_then(|t| desk.treaties.noun(t)).is_some_and(|n| n.plural);
        let number_fits = !self.noun.plural || mention.words.clone().any(several);
        (year_fits && number_fits).then_some(rank)
    }
}

/// The treaty that the text is about, when all mentions are far from the word at `at`: the one met
/// most often. Others may have been named in passing.
fn topic(before: &[Mention], at: usize) -> Option<Who> {
    let near = before.last().is_none_or(|m| at.saturating_sub(m.words.end) <= NEAR);
    if near {
        return None;
    }
    let count = |who| before.iter().rev().take(MEMORY).filter(|m| m.who == who).count();
    let (times, who) = before.iter().rev().take(MEMORY).map(|m| (count(m.who), m.who)).max_by_key(|c| c.0)?;
    let rivals = before.iter().rev().take(MEMORY).any(|m| m.who != who && count(m.who) == times);
    (!rivals).then_some(who)
}

/// Whether the noun for an agreement at `at` belongs to "a deal", "any new treaty": not to "NAFTA, a
/// free trade agreement", which is one that is named.
fn is_generic(desk: &Desk, at: usize, noun: Noun, start: usize) -> bool {
    if noun.plural || noun.bit & desk.treaties.pacts == 0 {
        return false;
    }
    let article = (start..at).rev().take(4).find(|&i| desk.token(i).is_some_and(|t| t.is(Classes::DETERMINER)));
    article.is_some_and(|i| {
        let definite = desk.token(i).is_some_and(|t| t.is(Classes::TREATY_DEFINITE));
        !definite && i.checked_sub(1).is_none_or(|b| desk.word(b) != ",")
    })
}

/// Whether a preposition behind the noun makes it another one: "the treaty on wells".
fn goes_on(desk: &Desk, next: &Token) -> bool {
    matches!(next.of(desk.reading.text), "of" | "on" | "for" | "between")
}

/// Whether a word between article and noun only describes: "the landmark trade pact". One that
/// compares says something of a treaty and names none: "the oldest pact".
fn describes(desk: &Desk, token: &Token) -> bool {
    let other = Classes::TREATY_LURE
        | Classes::TREATY_FRESH
        | Classes::PREPOSITION
        | Classes::CONJUNCTION
        | Classes::AUXILIARY
        | Classes::DETERMINER
        | Classes::CUE
        | Classes::VERB;
    let word = token.of(desk.reading.text);
    match token.shape {
        Shape::Lower if word.len() > 5 && word.ends_with("est") => false,
        Shape::Lower => token.is(Classes::TREATY_SUBJECT) || !token.is(other) && token.first.is_alphabetic(),
        Shape::Mark => token.is_mark('-') && !token.spaced,
        _ => false,
    }
}
