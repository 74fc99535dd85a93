//! Who stands before: the nearest person or body in the sentences above a pronoun.

use super::clause::{Clause, Phrase};
use super::resolve::Resolver;
use super::speaker::first_subject;
use crate::article::SpeakerKind;
use crate::names::{Gender, Name, NameKind, Names};
use crate::reading::BlockKind;
use crate::text::{Classes, Tag};

impl<'a> Resolver<'a> {
    /// The nearest person of the gender: in the sentence before `item`, then sentence by sentence
    /// back, those who spoke first, then subjects, then anybody named. A heading between is passed
    /// over.
    pub(super) fn person_before(&mut self, sentence: usize, item: usize, gender: Gender, back: usize) -> Option<usize> {
        let start = self.clause_of(sentence).start;
        if let Some(party) = self.named_in(start, item, gender) {
            return Some(party);
        }
        let here = self.block_kind(sentence);
        for earlier in (sentence.saturating_sub(back)..sentence).rev() {
            match self.block_kind(earlier) {
                kind if kind == here => {}
                Some(BlockKind::Heading) => continue,
                _ => break,
            }
            let clause = &self.clause_of(earlier);
            let subject = first_subject(clause).or_else(|| self.opening_role(clause));
            let named = subject.as_ref().and_then(|s| self.named_subject(s));
            let spoke = self.spoke[earlier].filter(|&p| self.may_be(p, gender));
            let named = named.filter(|&p| self.may_be(p, gender));
            let found = spoke
                .or(named)
                .or_else(|| subject.and_then(|s| self.unnamed_subject(&s, earlier, gender)))
                .or_else(|| self.named_in(clause.start, clause.end, gender));
            if found.is_some() {
                return found;
            }
        }
        None
    }

    fn named_subject(&mut self, subject: &Phrase) -> Option<usize> {
        let item = self.scene.narrative.items.get(subject.head)?;
        let name = item.name().and_then(|i| self.names.names.get(i));
        let name = name.or_else(|| self.name_with_role(item.first())).or_else(|| self.name_behind(subject))?;
        (name.kind == NameKind::Person).then(|| self.of_entity(name.entity))
    }

    /// "The minister relies on": the role at the start of a sentence whose verb no table knows.
    fn opening_role(&self, clause: &Clause) -> Option<Phrase> {
        let part = |i: &usize| matches!(clause.tag(*i), Some(Tag::Noun | Tag::Name | Tag::Past | Tag::Glue));
        if !clause.is(clause.start, Classes::ARTICLE) {
            return None;
        }
        let role = |i: usize| {
            clause.tag(i) == Some(Tag::Noun) && self.token(&clause.items[i]).is_some_and(|t| t.is(Classes::ROLE))
        };
        let words = clause.start + 1..clause.end.min(clause.start + 6);
        let head = words.take_while(part).find(|&i| role(i) && !role(i + 1))?;
        Some(Phrase { items: clause.start..head + 1, head })
    }

    /// "The judge was unmoved", "His wife stopped": somebody by role or kin, when nobody of the
    /// paragraph has spoken before.
    fn unnamed_subject(&mut self, subject: &Phrase, sentence: usize, gender: Gender) -> Option<usize> {
        let items = &self.scene.narrative.items;
        let head = items.get(subject.head)?;
        let token = self.token(head)?;
        if !token.is(Classes::ROLE) || head.plural || gender == Gender::Unknown || !self.is_definite(subject) {
            return None;
        }
        let shows = match (token.is(Classes::HE_WORD), token.is(Classes::SHE_WORD)) {
            (true, false) => Gender::He,
            (false, true) => Gender::She,
            _ => gender,
        };
        if shows != gender || self.owner_is(subject, gender) || self.spoke_in_paragraph(sentence, gender) {
            return None;
        }
        let party = match self.of_kin(subject) {
            Some(party) => party,
            None => match self.called(subject, token.word, token.start()) {
                Some(entity) => self.of_entity(entity),
                None => match self.just_before(subject, sentence, gender) {
                    Some(party) => party,
                    None => self.somebody(subject)?,
                },
            },
        };
        self.may_be(party, gender).then_some(party)
    }

    /// "The striker" right after somebody spoke or acted.
    fn just_before(&mut self, subject: &Phrase, sentence: usize, gender: Gender) -> Option<usize> {
        let items = self.scene.narrative.items.get(subject.items.clone())?;
        if items.iter().any(|i| i.tag == Tag::Name) {
            return None;
        }
        let here = self.block_kind(sentence);
        for earlier in (sentence.saturating_sub(2)..sentence).rev() {
            if self.block_kind(earlier) != here {
                continue;
            }
            let first = first_subject(&self.clause_of(earlier));
            let named = first.and_then(|s| self.named_subject(&s));
            let found = self.spoke[earlier].or(named).filter(|&p| self.may_be(p, gender));
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// "her" of "her daughter" where a woman is looked for: the one who owns comes first.
    fn owner_is(&self, subject: &Phrase, gender: Gender) -> bool {
        let owner = match gender {
            Gender::He => Classes::PRONOUN_HE,
            Gender::She => Classes::PRONOUN_SHE,
            Gender::Unknown => return false,
        };
        let first = self.scene.narrative.items.get(subject.items.start);
        first.is_some_and(|i| i.is(Classes::POSSESSIVE) && i.is(owner))
    }

    /// Whether somebody who may be of the gender spoke before `sentence` in its paragraph.
    fn spoke_in_paragraph(&self, sentence: usize, gender: Gender) -> bool {
        let sentences = &self.scene.narrative.sentences;
        let Some(block) = sentences.get(sentence).map(|s| s.block) else { return false };
        let before = (0..sentence).rev().take_while(|&s| sentences[s].block == block);
        before.filter_map(|s| self.spoke[s]).any(|p| self.may_be(p, gender))
    }

    fn may_be(&self, party: usize, gender: Gender) -> bool {
        let party = &self.parties[party];
        let fits = gender == Gender::Unknown || party.gender == gender || party.gender == Gender::Unknown;
        fits && !party.plural && party.kind != SpeakerKind::Organization && (party.entity.is_some() || party.is_person)
    }

    /// A person named in the items: the last whose gender is known to fit, else the first who may
    /// fit.
    fn named_in(&mut self, start: usize, end: usize, gender: Gender) -> Option<usize> {
        let items = self.scene.narrative.items.get(start..end)?;
        let names: &Names = self.names;
        let people = || items.iter().filter_map(|i| names.names.get(i.name()?)).filter(|n| n.kind == NameKind::Person);
        let of = |n: &Name| names.entities.get(n.entity).map_or(Gender::Unknown, |e| e.gender);
        let known = people().rfind(|n| gender != Gender::Unknown && of(n) == gender);
        let name = known.or_else(|| people().find(|n| gender == Gender::Unknown || of(n) == Gender::Unknown))?;
        let party = self.of_entity(name.entity);
        self.may_be(party, gender).then_some(party)
    }

    /// The nearest body ("it"), or body or group ("they").
    pub(super) fn group_before(&mut self, sentence: usize, item: usize, plural: bool) -> Option<usize> {
        for earlier in (sentence.saturating_sub(3)..=sentence).rev() {
            if let Some(party) = self.spoke[earlier] {
                let known = &self.parties[party];
                if known.kind == SpeakerKind::Organization && !known.pair || plural && known.plural {
                    return Some(party);
                }
            }
            let clause = &self.clause_of(earlier);
            let end = if earlier == sentence { item } else { clause.end };
            let subject = first_subject(&clause.until(end));
            if let Some(party) = subject.and_then(|s| self.body_subject(&s)) {
                return Some(party);
            }
        }
        None
    }

    /// A body as a subject: by its name, or "the council" whatever its name.
    fn body_subject(&mut self, subject: &Phrase) -> Option<usize> {
        let head = self.scene.narrative.items.get(subject.head)?;
        if let Some(name) = head.name().and_then(|i| self.names.names.get(i)) {
            return (name.kind == NameKind::Body).then(|| self.of_entity(name.entity));
        }
        let token = self.token(head)?;
        if !token.is(Classes::BODY) || head.plural || head.tag != Tag::Noun || !self.is_definite(subject) {
            return None;
        }
        match self.called(subject, token.word, token.start()) {
            Some(entity) => Some(self.of_entity(entity)),
            None => self.somebody(subject),
        }
    }

    /// "The firm": the nearest name before `item`, outside of quotes, that may be a company's and of
    /// which the text says nothing else.
    pub(super) fn company_before(&mut self, item: usize) -> Option<usize> {
        let names: &'a Names = self.names;
        let may_be = |n: &&Name| {
            let words = self.scene.reading.tokens.get(n.words.clone()).unwrap_or_default();
            let state = Classes::PLACE | Classes::DEMONYM | Classes::NATIONALITY | Classes::BODY_STATE;
            let place = Classes::PLACE_WORD | Classes::GIVEN_PLACE | Classes::TREATY_NOUN;
            let known = self.scene.tables.gazetteer.sight(self.scene.reading.text, words).is_some();
            n.kind != NameKind::Person && !words.iter().any(|t| t.is(state | place)) && !known
        };
        let before = self.scene.narrative.items.get(..item)?.iter().rev().take(COMPANIES);
        let mut named = before.filter_map(|i| names.names.get(i.name()?));
        let name = named.find(may_be)?;
        Some(self.of_entity(name.entity))
    }
}

/// How many words back "the firm" looks for its name.
const COMPANIES: usize = 200;
