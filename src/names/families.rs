//! Members of a family whom the text gives no family name: "his wife Karen", "Wendell and Analise
//! Oakes".

use super::words::{is_possessive, is_word, key};
use super::{Gender, Name, NameKind, Names};
use crate::reading::Reading;
use crate::span::Span;
use crate::text::{Classes, Token};

/// Gives every person of one given name, presented as somebody's kin, the family name of that
/// somebody.
pub(super) fn lend(reading: &Reading, names: &mut Names) {
    let mut head: Option<usize> = None;
    // Whether each has a full name, asked once.
    let mut full = vec![None; names.entities.len()];
    for i in 0..names.names.len() {
        let entity = names.names[i].entity;
        if let Some(lender) = partner(reading, names, i).and_then(|e| family_of(reading, names, e)) {
            make_person(names, entity);
            names.entities[entity].family.get_or_insert(lender);
            continue;
        }
        if names.names[i].kind != NameKind::Person {
            continue;
        }
        if *full[entity].get_or_insert_with(|| family_of(reading, names, entity).is_some()) {
            head = Some(entity);
            continue;
        }
        let lender = kin_of(reading, names, i, head).or_else(|| child_or_parent_of(reading, names, i));
        if let Some(family) = lender.and_then(|e| borne_by(reading, names, e)) {
            names.entities[entity].family.get_or_insert(family);
        }
    }
}

/// A given name beside another one's full name is a person's, whatever else it may be.
fn make_person(names: &mut Names, entity: usize) {
    let Some(entity) = names.entities.get_mut(entity) else { return };
    entity.kind = NameKind::Person;
    for &mention in entity.mentions.iter() {
        if let Some(name) = names.names.get_mut(mention) {
            name.kind = NameKind::Person;
        }
    }
}

/// The family name of somebody with a full name: all behind its given names.
fn family_of(reading: &Reading, names: &Names, entity: usize) -> Option<Span> {
    let entity = names.entities.get(entity)?;
    // Most are named in full at once.
    let first = entity.mentions.first().and_then(|&m| names.names.get(m));
    let name = first.filter(|n| n.words.contains(&entity.words.start)).or_else(|| names.at(entity.words.start))?;
    let words = reading.tokens.get(name.words.clone())?;
    let single = words.first().is_some_and(|t| t.is(Classes::TITLE_KEPT | Classes::COURTESY));
    let given = words.iter().take_while(|t| t.end() <= entity.name.end()).position(|t| t.spaced && is_word(t));
    let start = words.iter().skip(1).position(|t| t.spaced && is_word(t)).map(|i| i + 1)?;
    // "Karen Sue Roth", "Anh Thu Nguyen"
    let last = name.family.map_or(start, |f| f - name.words.start);
    let asian = words.get(last).is_some_and(|t| t.is(Classes::FAMILY_FIRST));
    let middle = |t: &&Token| is_given(t) || asian;
    let more = words.get(start..last).unwrap_or_default().iter().take_while(middle).count();
    let first = words.get(start + more).filter(|_| !single && given.is_some())?;
    (name.family != Some(name.words.start)).then(|| Span::between(first.start(), entity.name.end()))
}

/// The family name of somebody, their own or that of their family.
fn borne_by(reading: &Reading, names: &Names, entity: usize) -> Option<Span> {
    family_of(reading, names, entity).or_else(|| names.entities.get(entity)?.family)
}

/// "Wendell and Analise Oakes": the one named behind "and".
fn partner(reading: &Reading, names: &Names, i: usize) -> Option<usize> {
    let (name, next) = (names.names.get(i)?, names.names.get(i + 1)?);
    if next.words.start != name.words.end + 1 || next.kind != NameKind::Person {
        return None;
    }
    let joined = reading.tokens.get(name.words.end).is_some_and(|t| is_word(t) && t.of(reading.text) == "and");
    let given = reading.tokens.get(name.words.start).is_some_and(is_given);
    (joined && given && name.words.len() == 1 && next.words.len() > 1).then_some(next.entity)
}

fn is_given(token: &Token) -> bool {
    token.is(Classes::GIVEN_HE | Classes::GIVEN_SHE)
}

/// "wife Karen", "the Roths' mother, Earline": kin of the family named with them, or of the one
/// named last.
fn kin_of(reading: &Reading, names: &Names, i: usize, last: Option<usize>) -> Option<usize> {
    let name = names.names.get(i)?;
    let kin = |words: std::ops::Range<usize>| {
        reading.tokens.get(words).unwrap_or_default().iter().any(|t| t.is(Classes::KIN))
    };
    let before = name.whole.start.min(name.words.start.saturating_sub(1))..name.words.start;
    if name.words.len() > 1 || !kin(before) && !behind_kin(reading, name) {
        return None;
    }
    let from = name.whole.start.saturating_sub(6);
    let owner = (from..name.words.start).rev().find(|&w| {
        let token = reading.tokens.get(w);
        token.is_some_and(|t| is_possessive(t, reading.text) || matches!(t.first, '\'' | '’') && !t.spaced)
    });
    let owner = owner.and_then(|w| w.checked_sub(1)).and_then(|w| owner_at(reading, names, w));
    // "Her husband, Imran": the text does not say that they share a name.
    let close = last.filter(|&e| is_near(reading, names, e, name) || opens_with_kin(reading, name));
    owner.or(close)
}

/// "Husband Shane, 41, was out.": kin of the one whom the story is about, though named long before.
fn opens_with_kin(reading: &Reading, name: &Name) -> bool {
    let kin = name.words.start.checked_sub(1).and_then(|k| reading.tokens.get(k));
    let before = name.words.start.checked_sub(2).and_then(|k| reading.tokens.get(k));
    kin.is_some_and(|t| t.is(Classes::KIN) && t.is_capitalised()) && before.is_none_or(|t| !is_word(t))
}

/// "his mum, Maureen", "her oldest, 16-year-old Jayden", where no spouse is spoken of: the family of
/// whoever may be "he" or "she", named last before.
fn child_or_parent_of(reading: &Reading, names: &Names, i: usize) -> Option<usize> {
    let name = names.names.get(i).filter(|n| n.words.len() == 1)?;
    let old = name.words.start.checked_sub(1).and_then(|w| reading.tokens.get(w));
    let aged = old.is_some_and(|t| !t.spaced && t.of(reading.text) == "old");
    let start = name.words.start.saturating_sub(if aged { AGE } else { 0 });
    let kin = (start.saturating_sub(2)..start).find(|&k| reading.tokens[k].is(Classes::KIN))?;
    let whose = kin.checked_sub(1).and_then(|w| reading.tokens.get(w))?;
    let he = whose.is(Classes::PRONOUN_HE);
    if reading.tokens[kin].is(Classes::SPOUSE)
        || !whose.is(Classes::POSSESSIVE)
        || !he && !whose.is(Classes::PRONOUN_SHE)
    {
        return None;
    }
    let other = if he { Gender::She } else { Gender::He };
    let before = names.names.get(..i)?.iter().rev().take(NEAR).filter(|n| n.kind == NameKind::Person);
    let owner = before.map(|n| n.entity).find(|&e| names.entities.get(e).is_some_and(|e| e.gender != other))?;
    borne_by(reading, names, owner).map(|_| owner)
}

/// So many words and marks has "16-year-old".
const AGE: usize = 5;

/// So many names back somebody's son finds his mother.
const NEAR: usize = 6;

/// Whether somebody was named in full in the sentence of `name`, or shortly before.
fn is_near(reading: &Reading, names: &Names, entity: usize, name: &Name) -> bool {
    let mentions = names.entities.get(entity).map_or(&[] as &[usize], |e| &e.mentions);
    let before = mentions.iter().filter_map(|&m| names.names.get(m)).take_while(|n| n.words.start < name.words.start);
    let Some(last) = before.last() else { return false };
    let between = reading.tokens.get(last.words.end..name.words.start).unwrap_or_default();
    !between.iter().any(|t| t.is_mark('.') || t.is_mark('!') || t.is_mark('?'))
}

/// The role stands before a comma: "the Roths' mother, Earline".
fn behind_kin(reading: &Reading, name: &Name) -> bool {
    let comma = name.words.start.checked_sub(1).filter(|&c| reading.tokens[c].is_mark(','));
    comma.and_then(|c| c.checked_sub(1)).and_then(|k| reading.tokens.get(k)).is_some_and(|t| t.is(Classes::KIN))
}

/// Somebody of the family that the word names, one of them or all: "Roth", "Roths".
fn owner_at(reading: &Reading, names: &Names, word: usize) -> Option<usize> {
    if let Some(name) = names.at(word).filter(|n| n.kind == NameKind::Person) {
        return Some(name.entity);
    }
    let token = reading.tokens.get(word)?;
    let whole = token.of(reading.text);
    let is_family = |n: &&Name| {
        let family = n.family.and_then(|f| reading.tokens.get(f));
        family.is_some_and(|f| {
            let one = f.of(reading.text);
            whole.strip_prefix(one).is_some_and(|rest| matches!(rest, "s" | "es"))
                || key(f, reading.text) == key(token, reading.text)
        })
    };
    names.names.iter().take(FAMILIES).find(is_family).map(|n| n.entity)
}

/// How many names are held against the name of a family.
const FAMILIES: usize = 60;
