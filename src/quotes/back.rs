//! Who stands before: the nearest person or body in the sentences above a pronoun.

use super::clause::{Clause, Phrase};
use super::resolve::Resolver;
use super::speaker::first_subject;
use crate::article::SpeakerKind;
use crate::names::{Gender, Name, NameKind, Names};
use crate::reading::BlockKind;
use crate::text::{Classes, Tag, Token};

/// Whom a pronoun may stand for.
#[derive(Clone, Copy)]
pub(super) struct Sought {
    pub(super) gender: Gender,
    /// The entity that is spoken to or of beside it: in "he accused Roth" he is not Roth.
    pub(super) other: Option<usize>,
}

impl Sought {
    /// Anybody at all.
    pub(super) const ANYBODY: Sought = Sought { gender: Gender::Unknown, other: None };

    /// Whether a sentence begins with a pronoun of the gender: whoever is meant stands further up.
    fn goes_on(self, clause: &Clause) -> bool {
        clause.is(clause.start, pronouns_of(self.gender))
    }
}

/// The pronouns of a gender; none where it is not known.
fn pronouns_of(gender: Gender) -> Classes {
    match gender {
        Gender::He => Classes::PRONOUN_HE,
        Gender::She => Classes::PRONOUN_SHE,
        Gender::Unknown => Classes::NONE,
    }
}

/// How many sentences are looked at, those that go on with the same pronoun included.
const FAR: usize = 24;

/// What a noun for a person shows: "spokeswoman", "son".
pub(super) fn gender_of(noun: &Token) -> Gender {
    match (noun.is(Classes::HE_WORD), noun.is(Classes::SHE_WORD)) {
        (true, false) => Gender::He,
        (false, true) => Gender::She,
        _ => Gender::Unknown,
    }
}

impl<'a> Resolver<'a> {
    /// The nearest person who is sought: in the sentence before `item`, then sentence by sentence
    /// back, those who spoke first, then subjects, then anybody named. A heading between is passed
    /// over, and sentences that go on with the same pronoun do not count.
    pub(super) fn person_before(&mut self, sentence: usize, item: usize, sought: Sought, back: usize) -> Option<usize> {
        if let Some(party) = self.person_here(sentence, item, sought) {
            return Some(party);
        }
        let here = self.block_kind(sentence);
        let mut left = back;
        for earlier in (sentence.saturating_sub(FAR)..sentence).rev() {
            match self.block_kind(earlier) {
                kind if kind == here => {}
                Some(BlockKind::Headline) if here == Some(BlockKind::Subheadline) => {}
                Some(BlockKind::Heading) => continue,
                _ => break,
            }
            let found = self.person_in(earlier, sought);
            left -= usize::from(!sought.goes_on(&self.clause_of(earlier)));
            if found.is_some() || left == 0 {
                return found;
            }
        }
        None
    }

    /// Who is sought in the sentence itself, before `item`: somebody named, or "the leader" of "The
    /// leader was asked to resign after he said".
    fn person_here(&mut self, sentence: usize, item: usize, sought: Sought) -> Option<usize> {
        let clause = self.clause_of(sentence);
        if let Some(party) = self.named_in(clause.start, item, sought) {
            return Some(party);
        }
        // "A man had to be rescued, he said": what is said does not tell who says it.
        let behind = matches!(clause.before(item), None | Some(Tag::Comma | Tag::Quote | Tag::Dash));
        if sought.gender == Gender::Unknown || behind {
            return None;
        }
        let subject = first_subject(&clause.until(item)).filter(|s| s.items.end <= item)?;
        let head = self.scene.narrative.items.get(subject.head)?;
        let token = self.token(head)?;
        let role = token.is(Classes::ROLE) && !head.plural && head.tag == Tag::Noun;
        let fits = role && !gender_of(token).is_opposite(sought.gender) && !self.owner_is(&subject, sought.gender);
        let party =
            if fits { self.party_of_phrase(&subject, sentence).or_else(|| self.somebody(&subject)) } else { None };
        party.filter(|&p| self.may_be(p, sought))
    }

    /// Who is sought in an earlier sentence.
    fn person_in(&mut self, sentence: usize, sought: Sought) -> Option<usize> {
        let clause = &self.clause_of(sentence);
        let subject = first_subject(clause).or_else(|| self.opening_role(clause));
        let named = subject.as_ref().and_then(|s| self.named_subject(s));
        let spoke = self.spoke[sentence].filter(|&p| self.may_be(p, sought));
        let named = named.filter(|&p| self.may_be(p, sought));
        spoke
            .or(named)
            .or_else(|| self.pronoun_subject(subject.as_ref()?, sentence, sought))
            .or_else(|| subject.and_then(|s| self.unnamed_subject(&s, sentence, sought)))
            .or_else(|| self.named_in(clause.start, clause.end, sought))
    }

    /// Whom "she" stands for at the head of a sentence, where anybody is sought.
    fn pronoun_subject(&mut self, subject: &Phrase, sentence: usize, sought: Sought) -> Option<usize> {
        let head = self.scene.narrative.items.get(subject.head).filter(|i| i.tag == Tag::Pronoun)?;
        let own = head.is(Classes::PRONOUN_HE | Classes::PRONOUN_SHE) && sought.gender == Gender::Unknown;
        if own { self.of_pronoun(head, sentence, subject.items.start) } else { None }
    }

    pub(super) fn named_subject(&mut self, subject: &Phrase) -> Option<usize> {
        let item = self.scene.narrative.items.get(subject.head)?;
        let name = item.name().and_then(|i| self.names.names.get(i));
        let name = name.or_else(|| self.name_with_role(item.first())).or_else(|| self.name_behind(subject))?;
        (name.kind == NameKind::Person).then(|| self.of_entity(name.entity))
    }

    /// "Ines Roth and the man who wants her job": the one who is named.
    fn only_named_in(&mut self, subject: &Phrase) -> Option<usize> {
        let items = self.scene.narrative.items.get(subject.items.clone())?;
        let names: &'a Names = self.names;
        let mut people = items.iter().filter_map(|i| names.names.get(i.name()?));
        let only = people.next().filter(|n| n.kind == NameKind::Person)?;
        people.next().is_none().then(|| self.of_entity(only.entity))
    }

    /// "The minister relies on": the role at the start of a sentence whose verb no table knows.
    pub(super) fn opening_role(&self, clause: &Clause) -> Option<Phrase> {
        let part = |i: &usize| {
            matches!(clause.tag(*i), Some(Tag::Noun | Tag::Name | Tag::Past | Tag::Glue | Tag::Number | Tag::Time))
        };
        if !clause.is(clause.start, Classes::ARTICLE) {
            return None;
        }
        // "The Republican" is a role too.
        let noun = |i: usize| matches!(clause.tag(i), Some(Tag::Noun | Tag::Name));
        let role = |i: usize| noun(i) && self.token(&clause.items[i]).is_some_and(|t| t.is(Classes::ROLE));
        let words = clause.start + 1..clause.end.min(clause.start + 8);
        let head = words.take_while(part).find(|&i| role(i) && !role(i + 1))?;
        Some(Phrase { items: clause.start..head + 1, head })
    }

    /// "The judge was unmoved", "A spokeswoman came", "His wife stopped": somebody by role or kin, when
    /// nobody of the paragraph has spoken before.
    fn unnamed_subject(&mut self, subject: &Phrase, sentence: usize, sought: Sought) -> Option<usize> {
        let items = &self.scene.narrative.items;
        let head = items.get(subject.head)?;
        let token = self.token(head)?;
        let first = items.get(subject.items.start)?;
        let one = || ["One", "one", "Another", "another"].iter().any(|w| first.is_word(self.scene.reading, w));
        let somebody = self.is_definite(subject) || first.is(Classes::ARTICLE) || one();
        if !token.is(Classes::ROLE) || head.plural || sought.gender == Gender::Unknown || !somebody {
            return None;
        }
        if gender_of(token).is_opposite(sought.gender)
            || self.owner_is(subject, sought.gender)
            || self.spoke_in_paragraph(sentence, sought)
        {
            return None;
        }
        let party = self
            .of_kin(subject)
            .or_else(|| self.called(subject, token.word, token.start()).map(|entity| self.of_entity(entity)))
            .or_else(|| self.of_epithet(subject, token, sentence))
            .or_else(|| self.just_before(subject, sentence, sought))
            .or_else(|| self.somebody(subject))?;
        self.may_be(party, sought).then_some(party)
    }

    /// "The striker" right after somebody spoke or acted.
    pub(super) fn just_before(&mut self, subject: &Phrase, sentence: usize, sought: Sought) -> Option<usize> {
        let items = &self.scene.narrative.items;
        if subject.items.clone().any(|i| i != subject.head && items[i].tag == Tag::Name) {
            return None;
        }
        let here = self.block_kind(sentence);
        for earlier in (sentence.saturating_sub(2)..sentence).rev() {
            if self.block_kind(earlier) != here {
                continue;
            }
            let first = first_subject(&self.clause_of(earlier));
            let named = first.and_then(|s| self.named_subject(&s).or_else(|| self.only_named_in(&s)));
            let found = self.spoke[earlier].or(named).filter(|&p| self.may_be(p, sought));
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// "her" of "her daughter" where a woman is looked for: the one who owns comes first.
    fn owner_is(&self, subject: &Phrase, gender: Gender) -> bool {
        let first = self.scene.narrative.items.get(subject.items.start);
        first.is_some_and(|i| i.is(Classes::POSSESSIVE) && i.is(pronouns_of(gender)))
    }

    /// Whether somebody who may be sought spoke before `sentence` in its paragraph.
    fn spoke_in_paragraph(&self, sentence: usize, sought: Sought) -> bool {
        let sentences = &self.scene.narrative.sentences;
        let Some(block) = sentences.get(sentence).map(|s| s.block) else { return false };
        let before = (0..sentence).rev().take_while(|&s| sentences[s].block == block);
        before.filter_map(|s| self.spoke[s]).any(|p| self.may_be(p, sought))
    }

    fn may_be(&self, party: usize, sought: Sought) -> bool {
        let party = &self.parties[party];
        let other = party.entity.is_some() && party.entity == sought.other;
        let fits = !other && !party.gender.is_opposite(sought.gender);
        fits && !party.plural && party.kind != SpeakerKind::Organization && (party.entity.is_some() || party.is_person)
    }

    /// A person named in the items: the last whose gender is known to fit, else the first who may
    /// fit.
    fn named_in(&mut self, start: usize, end: usize, sought: Sought) -> Option<usize> {
        let items = self.scene.narrative.items.get(start..end)?;
        let (names, gender): (&Names, Gender) = (self.names, sought.gender);
        let person = |n: &&Name| n.kind == NameKind::Person && Some(n.entity) != sought.other;
        let people = || items.iter().filter_map(|i| names.names.get(i.name()?)).filter(person);
        let of = |n: &Name| names.entities.get(n.entity).map_or(Gender::Unknown, |e| e.gender);
        let known = people().rfind(|n| gender != Gender::Unknown && of(n) == gender);
        let name = known.or_else(|| people().find(|n| gender == Gender::Unknown || of(n) == Gender::Unknown))?;
        let party = self.of_entity(name.entity);
        self.may_be(party, sought).then_some(party)
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
            None if token.is(Classes::COMPANY) && subject.items.end == subject.head + 1 => {
                self.company_before(subject.items.start).or_else(|| self.somebody(subject))
            }
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
            let sighting = self.scene.tables.gazetteer.sight(self.scene.reading.text, words);
            let known = sighting.is_some_and(|sighting| sighting.words == words.len());
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
