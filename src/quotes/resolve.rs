//! Who is who: mentions beside quotes become speakers, one for each person or body.
//!
//! A pronoun never becomes a name. It takes the speaker that the sentences before it offer, by
//! gender, number and nearness; where they offer none, the quote has no speaker.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::again::{self, Said};
use super::back::{Sought, gender_of};
use super::clause::{Clause, Phrase};
use super::epithets::Epithets;
use super::narrative::Item;
use super::speaker::{Attribution, Scene};
use crate::article::{Quote, QuoteKind, Speaker, SpeakerKind};
use crate::names::{Entity, Gender, Name, NameKind, Names};
use crate::reading::BlockKind;
use crate::span::Span;
use crate::text::{Classes, Shape, Tag, Token, WordId, one_line};

/// How many sentences back a pronoun or "the minister" looks.
const BACK: usize = 8;

/// A source: an entity of the names, or somebody without a name.
#[derive(Clone, Debug)]
pub(super) struct Party {
    pub(super) entity: Option<usize>,
    // What somebody without a name is called.
    pub(super) called: String,
    // What a mention calls somebody whose role stands nowhere else.
    pub(super) role: Option<Span>,
    pub(super) kind: SpeakerKind,
    pub(super) gender: Gender,
    pub(super) plural: bool,
    // Two who speak with one voice.
    pub(super) pair: bool,
    // Somebody by trade or role: an aide, a driver.
    pub(super) is_person: bool,
    // Somebody whom the text presents: "an aide", "one driver".
    pub(super) presented: bool,
    pub(super) mentions: Vec<Span>,
}

/// Ties attributions to parties, in the order of the text.
pub(super) struct Resolver<'a> {
    pub(super) scene: Scene<'a>,
    pub(super) names: &'a Names,
    pub(super) parties: Vec<Party>,
    // The party of each entity of the names.
    pub(super) by_entity: Vec<Option<usize>>,
    // Parties without an entity, by their names in small letters.
    pub(super) by_name: FxHashMap<String, usize>,
    // The last party without an entity, by the head of its name.
    pub(super) by_head: FxHashMap<WordId, usize>,
    // The one person with a word in their name, nobody where there are several; and the first body or
    // other with these letters as initials. Read when first asked.
    parts: Option<FxHashMap<&'a str, Option<usize>>>,
    initials: Option<FxHashMap<u64, usize>>,
    // The words that may call an entity (minister, committee), each with the entity's first mention
    // and the entity, in order.
    pub(super) called_so: Vec<(WordId, usize, usize)>,
    // For the labels of a transcript: where the text first says who a word was. Read when first asked.
    pub(super) labelled: Option<FxHashMap<WordId, usize>>,
    // The entity that answers in an interview, if any. Read when first asked.
    pub(super) interviewee: Option<Option<usize>>,
    // Who spoke last in each sentence.
    pub(super) spoke: Vec<Option<usize>>,
    // Who spoke first in the body.
    pub(super) opener: Option<usize>,
    pub(super) epithets: Epithets,
}

/// The quotes with their speakers, and the speakers in order of their first mention.
pub(super) fn resolve(scene: Scene, names: &Names, mut attributions: Vec<Attribution>) -> (Vec<Quote>, Vec<Speaker>) {
    if attributions.is_empty() {
        return (Vec::new(), Vec::new());
    }
    attributions.sort_by_key(|a| a.pieces.first().map_or(0, |p| p.start));
    let mut resolver = Resolver::new(scene, names);
    let place = |(i, a): (usize, &Attribution)| (resolver.is_title_page(a), a.sentence, i);
    let mut order: Vec<(bool, usize, usize)> = attributions.iter().enumerate().map(place).collect();
    order.sort_unstable();
    let mut chosen: Vec<Option<usize>> = vec![None; attributions.len()];
    resolver.note_titled(&attributions);
    for (.., i) in order.into_iter().take_while(|_| !scene.reading.stop.by_now()) {
        if attributions[i].subject.as_ref().is_some_and(|s| resolver.is_sign(s)) {
            attributions[i].subject = None;
        }
        if resolver.is_title_page(&attributions[i])
            && let Some(label) =
                attributions[i].subject.as_ref().and_then(|s| resolver.bare_label(attributions[i].basis, s))
        {
            attributions[i].subject = Some(label);
        }
        chosen[i] = resolver.party_of(&attributions[i]);
    }
    if scene.wanted.marked {
        resolver.repeat(&mut attributions, &mut chosen);
    }
    resolver.answer(&attributions, &chosen)
}

impl<'a> Resolver<'a> {
    fn new(scene: Scene<'a>, names: &'a Names) -> Resolver<'a> {
        let heads = |(i, entity): (usize, &'a Entity)| {
            let first = entity.mentions.first().copied().unwrap_or(usize::MAX);
            entity.heads.iter().filter(|&&head| head != WordId::UNKNOWN).map(move |&head| (head, first, i))
        };
        let mut called_so = Vec::with_capacity(names.entities.len());
        called_so.extend(names.entities.iter().enumerate().flat_map(heads));
        called_so.sort_unstable();
        Resolver {
            scene,
            names,
            parties: Vec::with_capacity(16),
            by_entity: vec![None; names.entities.len()],
            by_name: FxHashMap::default(),
            by_head: FxHashMap::default(),
            called_so,
            parts: None,
            initials: None,
            labelled: None,
            interviewee: None,
            spoke: vec![None; scene.narrative.sentences.len()],
            opener: None,
            epithets: Epithets::default(),
        }
    }

    pub(super) fn token(&self, item: &Item) -> Option<&'a Token> {
        self.scene.reading.tokens.get(item.end().checked_sub(1)?)
    }

    pub(super) fn clause_at(&self, item: usize) -> (usize, Clause<'a>) {
        let sentence = self.sentence_of(item, 0);
        (sentence, self.clause_of(sentence))
    }

    /// The sentence that holds an item; most often it is the one `near`.
    fn sentence_of(&self, item: usize, near: usize) -> usize {
        let sentences = &self.scene.narrative.sentences;
        if sentences.get(near).is_some_and(|s| s.items.contains(&item)) {
            return near;
        }
        sentences.partition_point(|s| s.items.end <= item).min(sentences.len().saturating_sub(1))
    }

    /// The whole of a sentence.
    pub(super) fn clause_of(&self, sentence: usize) -> Clause<'a> {
        let nothing = Clause::new(&self.scene.narrative.items, 0..0, 0);
        self.scene.narrative.sentences.get(sentence).map_or(nothing, |sentence| self.scene.cues().clause(sentence))
    }

    /// What headline and headings repeat of the body is said by whoever says it there.
    fn repeat(&mut self, attributions: &mut Vec<Attribution>, chosen: &mut Vec<Option<usize>>) {
        let free = again::unclaimed(self, attributions);
        let titles = |a: &Attribution| self.is_title_page(a) && a.kind != QuoteKind::Indirect;
        let lead = self.of_unnamed_in_lead(attributions, chosen);
        if free.is_empty() && lead.is_none() && !attributions.iter().any(titles) {
            return;
        }
        let said = Said::of(self, attributions);
        if let Some((i, unnamed)) = lead
            && let Some(quote) = said.has_again(self.scene.reading, &attributions[i], i)
            && let Some(named) = chosen[quote].filter(|&p| self.parties[p].kind == SpeakerKind::Person)
        {
            chosen.iter_mut().filter(|c| **c == Some(unnamed)).for_each(|c| *c = Some(named));
        }
        for i in (0..attributions.len()).filter(|&i| titles(&attributions[i])).take(again::TITLES) {
            let Some((quote, exact)) = said.has(self.scene.reading, &attributions[i]) else { continue };
            let named = chosen[i].is_some_and(|p| self.parties[p].entity.is_some());
            // "Survivors: ..." are several, whoever says it in the text.
            if chosen[i].is_some_and(|p| self.parties[p].entity.is_none() && self.parties[p].plural) {
                continue;
            }
            // What the headline gives to a party, its chairman may have said.
            let body = named && chosen[i].is_some_and(|p| self.parties[p].kind == SpeakerKind::Organization);
            if chosen[quote].is_some() && (exact && !body || !named) {
                chosen[i] = chosen[quote];
            }
        }
        for title in free {
            if let Some((quote, _)) = said.has(self.scene.reading, &title) {
                attributions.push(title);
                chosen.push(chosen[quote]);
            }
        }
    }

    /// "a sign", and "which" that stands for one: nobody speaks.
    fn is_sign(&self, phrase: &Phrase) -> bool {
        let items = &self.scene.narrative.items;
        let Some(head) = items.get(phrase.head) else { return false };
        if matches!(head.tag, Tag::Relative | Tag::That) {
            let (_, clause) = self.clause_at(phrase.head);
            let nearest = clause.core_before(phrase.head);
            let is_sign =
                |p: &Phrase| items.get(p.head).and_then(|i| self.token(i)).is_some_and(|t| t.is(Classes::SIGN));
            return [nearest, self.scene.cues().antecedent(&clause, phrase.head)].iter().flatten().any(is_sign);
        }
        head.tag != Tag::Name && self.token(head).is_some_and(|t| t.is(Classes::SIGN))
    }

    /// Headlines wait until the body has named its people.
    pub(super) fn is_title_page(&self, attribution: &Attribution) -> bool {
        self.block_kind(attribution.sentence) != Some(BlockKind::Paragraph)
    }

    pub(super) fn block_kind(&self, sentence: usize) -> Option<BlockKind> {
        let block = self.scene.narrative.sentences.get(sentence)?.block;
        self.scene.reading.blocks.get(block).map(|b| b.kind)
    }

    fn party_of(&mut self, attribution: &Attribution) -> Option<usize> {
        let subject = attribution.subject.as_ref()?;
        // "minister says" over an article that opens with what the minister said
        let page = self.is_title_page(attribution);
        if !page {
            self.learn_epithets(attribution.sentence);
        }
        let head = self.scene.narrative.items.get(subject.head).and_then(|i| self.token(i));
        let office = |t: &Token| t.is(Classes::ROLE | Classes::TITLE) && !t.is(Classes::BODY);
        let role = || head.is_some_and(office) && self.is_bare_role(subject);
        let opener = self.opener.filter(|&p| page && self.parties[p].kind == SpeakerKind::Person && role());
        let signed = self.of_initials(attribution, subject).or_else(|| self.of_own_paper(attribution, subject));
        let signed = signed.or_else(|| self.of_own_words(attribution, subject));
        let party = signed.or_else(|| self.party_of_phrase(subject, attribution.sentence)).or(opener);
        let party = party.or_else(|| self.of_label(attribution, subject));
        let party = party.or_else(|| self.somebody(subject))?;
        if let Some(spoke) = self.spoke.get_mut(attribution.sentence) {
            spoke.get_or_insert(party);
        }
        if !page && self.opener.is_none() {
            self.opener = Some(party);
            self.opened_by(party);
        }
        if let Some(mention) = self.scene.mention(subject) {
            self.parties[party].mentions.push(mention);
        }
        Some(party)
    }

    /// The party that a phrase in the sentence `near`, or not far from it, names or points back to.
    pub(super) fn party_of_phrase(&mut self, phrase: &Phrase, near: usize) -> Option<usize> {
        let items = &self.scene.narrative.items;
        let head = items.get(phrase.head)?;
        let sentence = self.sentence_of(phrase.head, near);
        match head.tag {
            Tag::Relative | Tag::That => {
                let clause = self.clause_of(sentence);
                let antecedent = self.scene.cues().antecedent(&clause, phrase.head)?;
                if matches!(items.get(antecedent.head)?.tag, Tag::Relative | Tag::That) {
                    return None;
                }
                self.party_of_phrase(&antecedent, sentence).or_else(|| self.somebody(&antecedent))
            }
            Tag::Pronoun | Tag::Object => self.of_pronoun(head, sentence, phrase.items.start),
            Tag::Determiner if head.is(Classes::POSSESSIVE) => self.of_pronoun(head, sentence, phrase.items.start),
            // "One of his advisers, Owen Pike,"
            Tag::Determiner => self.name_behind(phrase).map(|name| self.of_entity(name.entity)),
            _ if let Some(country) = self.countryman(phrase) => self
                .of_nation(country, self.token(head)?.start(), false)
                .or_else(|| self.person_before(sentence, phrase.items.start, Sought::ANYBODY, 3)),
            _ => self
                .of_pair(phrase)
                .or_else(|| self.of_handle(phrase))
                .or_else(|| self.of_name(phrase))
                .or_else(|| self.of_noun(phrase, head, sentence)),
        }
    }

    /// "Roth and Ortiz", "Belgium and France": two who speak with one voice.
    fn of_pair(&mut self, phrase: &Phrase) -> Option<usize> {
        let items = self.scene.narrative.items.get(phrase.items.clone())?;
        let names: &'a Names = self.names;
        let name = |i: &Item| i.name().and_then(|n| names.names.get(n));
        let (first, second) = match items {
            [a, and, b] | [a, and, _, b] if and.tag == Tag::Conjunction && and.is(Classes::CONJUNCTION) => {
                (name(a)?, name(b)?)
            }
            _ => return None,
        };
        let people = first.kind == NameKind::Person;
        if people != (second.kind == NameKind::Person) || first.entity == second.entity {
            return None;
        }
        let full = |n: &Name| names.entities.get(n.entity).map_or(String::new(), |e| self.full_name(e));
        let pair = [full(first), full(second)].join(" and ");
        if let Some(&at) = self.by_name.get(&pair) {
            return Some(at);
        }
        self.by_name.insert(pair.clone(), self.parties.len());
        self.parties.push(Party {
            entity: None,
            called: pair,
            role: None,
            kind: if people { SpeakerKind::Person } else { SpeakerKind::Organization },
            gender: Gender::Unknown,
            plural: true,
            pair: true,
            is_person: false,
            presented: false,
            mentions: Vec::new(),
        });
        Some(self.parties.len() - 1)
    }

    /// A name in the phrase, or one whose role the phrase is.
    fn of_name(&mut self, phrase: &Phrase) -> Option<usize> {
        let items = &self.scene.narrative.items;
        let named = self.named_last(phrase).or_else(|| self.named_before_address(phrase));
        let head = items.get(named.unwrap_or(phrase.head))?;
        let named = head.name().and_then(|i| self.names.names.get(i));
        let name = named
            .or_else(|| self.names.at(head.first()))
            .or_else(|| self.name_with_role(head.first()))
            .or_else(|| self.name_behind(phrase))?;
        Some(self.of_entity(name.entity))
    }

    /// "President of the Assembly Diosdado Cabello": the person at the end, when no preposition
    /// stands before the name.
    fn named_last(&self, phrase: &Phrase) -> Option<usize> {
        let items = &self.scene.narrative.items;
        let last = phrase.items.clone().rev().find(|&i| items[i].tag != Tag::Aside)?;
        let name = items.get(last)?.name().and_then(|i| self.names.names.get(i))?;
        let joined = last > phrase.items.start && matches!(items[last - 1].tag, Tag::Name | Tag::Noun);
        (name.kind == NameKind::Person && joined && last != phrase.head).then_some(last)
    }

    /// "Roth saheb": the name before a word of respect.
    fn named_before_address(&self, phrase: &Phrase) -> Option<usize> {
        let items = &self.scene.narrative.items;
        let address = self.token(items.get(phrase.head)?)?.is(Classes::COURTESY);
        let before = phrase.head.checked_sub(1).filter(|&i| i >= phrase.items.start && address)?;
        items[before].name().is_some().then_some(before)
    }

    /// "A White House spokesman, Corey Stamm,": the name that has the word at `token` as its role.
    pub(super) fn name_with_role(&self, token: usize) -> Option<&'a Name> {
        let names: &'a Names = self.names;
        let next = names.names.partition_point(|n| n.words.start <= token);
        let near = names.names.get(next.saturating_sub(2)..)?.iter().take(5);
        near.into_iter().find(|n| n.kind == NameKind::Person && n.whole.contains(&token))
    }

    /// "their daughter, the cellist Morag Roth": the person named behind the comma.
    pub(super) fn name_behind(&self, phrase: &Phrase) -> Option<&'a Name> {
        let items = &self.scene.narrative.items;
        if !self.has_comma_behind(phrase) || items.get(phrase.head)?.plural {
            return None;
        }
        let (_, clause) = self.clause_at(phrase.head);
        let behind = clause.phrase_after(phrase.items.end + 1)?;
        let closes = matches!(clause.tag(behind.items.end), None | Some(Tag::Comma | Tag::Stop));
        let names: &'a Names = self.names;
        let name = items.get(behind.head)?.name().and_then(|i| names.names.get(i))?;
        (closes && name.kind == NameKind::Person).then_some(name)
    }

    fn has_comma_behind(&self, phrase: &Phrase) -> bool {
        self.scene.narrative.items.get(phrase.items.end).is_some_and(|i| i.tag == Tag::Comma)
    }

    pub(super) fn of_entity(&mut self, entity: usize) -> usize {
        let entity = self.same_as(entity);
        if let Some(at) = self.by_entity.get(entity).copied().flatten() {
            return at;
        }
        let found = self.names.entities.get(entity);
        let kind = match found.map(|e| e.kind) {
            Some(NameKind::Person) => SpeakerKind::Person,
            _ => SpeakerKind::Organization,
        };
        self.parties.push(Party {
            entity: Some(entity),
            called: String::new(),
            role: None,
            kind,
            gender: found.map_or(Gender::Unknown, |e| e.gender),
            plural: false,
            pair: false,
            is_person: kind == SpeakerKind::Person,
            presented: false,
            mentions: Vec::new(),
        });
        if let Some(at) = self.by_entity.get_mut(entity) {
            *at = Some(self.parties.len() - 1);
        }
        self.parties.len() - 1
    }

    /// The entity itself, or the one person whose name its single word is part of, or the body whose
    /// initials it is.
    fn same_as(&mut self, entity: usize) -> usize {
        let (text, tokens, entities) = (self.scene.reading.text, self.scene.reading.tokens, &self.names.entities);
        let Some(known) = entities.get(entity) else { return entity };
        let written = known.name.of(text);
        if let Some(letters) = acronym(written.chars()) {
            let initials = self.initials.get_or_insert_with(|| initials(tokens, entities));
            if let Some(&spelt_out) = initials.get(&letters) {
                return spelt_out;
            }
        }
        if known.kind == NameKind::Body || known.words.len() > 1 {
            return entity;
        }
        // "Mr Roth" where the text names nobody but Anna Roth is somebody else.
        let fits = |e: &usize| entities.get(*e).is_some_and(|e| !e.gender.is_opposite(known.gender));
        let parts = self.parts.get_or_insert_with(|| parts(text, tokens, entities));
        parts.get(written).copied().flatten().filter(fits).unwrap_or(entity)
    }

    pub(super) fn is_definite(&self, phrase: &Phrase) -> bool {
        let items = &self.scene.narrative.items[phrase.items.clone()];
        let Some(first) = items.first() else { return false };
        let the = |i: &Item| i.is_word(self.scene.reading, "the");
        the(first)
            || first.tag == Tag::Determiner && first.is(Classes::POSSESSIVE)
            || items.iter().take(phrase.head - phrase.items.start).any(|i| i.tag == Tag::Possessive)
    }

    /// "minister", "official": one role word and nothing else.
    pub(super) fn is_bare_role(&self, phrase: &Phrase) -> bool {
        let items = &self.scene.narrative.items;
        let Some(head) = items.get(phrase.head) else { return false };
        !head.plural && !items[phrase.items.clone()].iter().any(|i| i.tag == Tag::Determiner)
    }

    pub(super) fn of_pronoun(&mut self, head: &Item, sentence: usize, start: usize) -> Option<usize> {
        if head.is(Classes::PRONOUN_HE) || head.is(Classes::PRONOUN_SHE) {
            let gender = if head.is(Classes::PRONOUN_HE) { Gender::He } else { Gender::She };
            let sought = Sought { gender, other: self.object_of(start) };
            let found = self.person_before(sentence, start, sought, BACK)?;
            if self.parties[found].gender == Gender::Unknown {
                self.parties[found].gender = gender;
            }
            return Some(found);
        }
        if head.is(Classes::PRONOUN_IT) {
            return self.group_before(sentence, start, false);
        }
        if head.is(Classes::PRONOUN_THEY) {
            return self.group_before(sentence, start, true);
        }
        None
    }

    /// The person that the verb of the pronoun at `item` is about: "he accused Roth".
    fn object_of(&self, item: usize) -> Option<usize> {
        let (_, clause) = self.clause_at(item);
        let verb = |tag| matches!(tag, Tag::Auxiliary | Tag::Adverb | Tag::Negation | Tag::Cue | Tag::Verb | Tag::Past);
        let behind = (item + 1..clause.end).find(|&i| !clause.tag(i).is_some_and(verb)).filter(|&i| i > item + 1)?;
        let object = clause.core_after(behind)?;
        let name = self.scene.narrative.items.get(object.head)?.name().and_then(|n| self.names.names.get(n))?;
        let entity = self.names.entities.get(name.entity)?;
        (entity.kind == NameKind::Person).then_some(name.entity)
    }

    /// Somebody without a name, called as the phrase calls them.
    pub(super) fn somebody(&mut self, phrase: &Phrase) -> Option<usize> {
        let items = &self.scene.narrative.items;
        let head = items.get(phrase.head)?;
        let noun = matches!(head.tag, Tag::Noun | Tag::Name | Tag::Cue | Tag::Past | Tag::Ing | Tag::Verb);
        if !noun && !self.is_quantity(phrase) {
            return None;
        }
        let fuller = self.told_behind(phrase);
        let phrase = fuller.as_ref().unwrap_or(phrase);
        let head = items.get(phrase.head)?;
        let phrase = &self.without_participle(phrase);
        let mention = self.scene.mention(phrase)?;
        // "my father" and "his father" are two fathers, and each is called a father.
        let mention = self.without_reflexive(phrase).unwrap_or(mention);
        let key = self.without_determiner(phrase, mention, true).to_lowercase();
        if let Some(&at) = self.by_name.get(&key) {
            return Some(at);
        }
        let called = self.without_determiner(phrase, mention, false);
        let token = self.token(head)?;
        let at = self.parties.len();
        self.by_name.insert(key, at);
        self.by_head.insert(token.word, at);
        // "Q:" is nobody's name.
        let name = head.tag == Tag::Name && !token.is(Classes::ROLE) && token.shape != Shape::Initial;
        let body = token.is(Classes::BODY) || name;
        let (_, clause) = self.clause_at(phrase.head);
        let who = [phrase.items.end, phrase.items.end + 1].iter().any(|&i| clause.is(i, Classes::SUBJECT_RELATIVE));
        self.parties.push(Party {
            entity: None,
            called,
            role: None,
            kind: if body { SpeakerKind::Organization } else { SpeakerKind::Unnamed },
            gender: gender_of(token),
            plural: self.is_plural(phrase),
            pair: false,
            is_person: token.is(Classes::ROLE) || who && !body,
            presented: !self.is_definite(phrase),
            mentions: Vec::new(),
        });
        Some(at)
    }

    /// "two of the reviewers", "some of the crew"
    fn is_quantity(&self, phrase: &Phrase) -> bool {
        let items = &self.scene.narrative.items;
        let number = |i: &Item| matches!(i.tag, Tag::Determiner | Tag::Number) && !i.is(Classes::POSSESSIVE);
        let of = items.get(phrase.head + 1).filter(|_| phrase.head + 1 < phrase.items.end);
        items.get(phrase.head).is_some_and(number) && of.is_some_and(|i| i.is_word(self.scene.reading, "of"))
    }

    /// "One passenger, a lorry driver from Poland,": what tells more of somebody without a name.
    fn told_behind(&self, phrase: &Phrase) -> Option<Phrase> {
        let items = &self.scene.narrative.items;
        if !self.has_comma_behind(phrase) {
            return None;
        }
        let (_, clause) = self.clause_at(phrase.head);
        if !clause.is(phrase.items.end + 1, Classes::ARTICLE) {
            return None;
        }
        let behind = clause.phrase_after(phrase.items.end + 1)?;
        let role = |i: usize| items.get(i).and_then(|i| self.token(i)).is_some_and(|t| t.is(Classes::ROLE));
        let told = items[behind.head..behind.items.end].iter().any(|i| i.tag == Tag::Preposition);
        let one = |i: usize| items.get(i).is_some_and(|i| !i.plural);
        (told && role(phrase.head) && role(behind.head) && one(phrase.head) && one(behind.head)).then_some(behind)
    }

    /// Several people, or "two pilots and a clerk".
    fn is_plural(&self, phrase: &Phrase) -> bool {
        let items = &self.scene.narrative.items;
        let and = |i: &usize| items[*i].tag == Tag::Conjunction;
        let more = |i: usize| matches!(items[i].tag, Tag::Determiner | Tag::Number);
        let pair = (phrase.items.start..phrase.head).rev().find(and).is_some_and(|and| more(and + 1));
        pair || self.is_quantity(phrase) || items.get(phrase.head).is_some_and(|i| i.plural)
    }

    /// "a study published on Monday" is a study and "a pilot who had slept" is a pilot, but "a person
    /// briefed on the talks" stays whole, and so does "the river's rising level".
    fn without_participle(&self, phrase: &Phrase) -> Phrase {
        if phrase.head + 1 == phrase.items.end {
            return phrase.clone();
        }
        let (_, clause) = self.clause_at(phrase.head);
        let inside = |i: usize| matches!(clause.before(i), Some(Tag::Possessive | Tag::Determiner));
        let relative = |i: usize| clause.is(i, Classes::SUBJECT_RELATIVE) && !self.is_plural(phrase);
        let leaves =
            |&i: &usize| clause.is_participle(i) && !clause.is(i, Classes::TELLING_WHICH) && !inside(i) || relative(i);
        let end = (phrase.head + 1..phrase.items.end).find(leaves).unwrap_or(phrase.items.end);
        Phrase { items: phrase.items.start..end, head: phrase.head }
    }

    /// "the journal itself" is the journal.
    fn without_reflexive(&self, phrase: &Phrase) -> Option<Span> {
        let items = &self.scene.narrative.items;
        let last = phrase.items.end.checked_sub(1).filter(|&i| i > phrase.items.start)?;
        let bare = Phrase { items: phrase.items.start..last, head: phrase.head };
        items.get(last)?.is(Classes::REFLEXIVE).then(|| self.scene.mention(&bare)).flatten()
    }

    /// "one senior aide" is a senior aide: the name without what only counts, and without whose it is
    /// unless `owned`.
    fn without_determiner(&self, phrase: &Phrase, mention: Span, owned: bool) -> String {
        if self.is_quantity(phrase) {
            return one_line(mention.of(self.scene.reading.text));
        }
        let plural = self.is_plural(phrase);
        let items = &self.scene.narrative.items[phrase.items.clone()];
        let counts = |i: &&Item| {
            let whose = i.is(Classes::POSSESSIVE);
            matches!(i.tag, Tag::Determiner) && !(whose && owned) && (whose || !plural || i.is(Classes::ARTICLE))
        };
        let skipped = items.iter().take_while(counts).last().map(|i| i.end());
        let tokens = self.scene.reading.tokens;
        let start = skipped.and_then(|t| tokens.get(t)).map_or(mention.start(), |t| t.start());
        let span =
            if start < mention.end() { Span::between(start.max(mention.start()), mention.end()) } else { mention };
        one_line(span.of(self.scene.reading.text))
    }

    /// The quotes with the numbers of their speakers, and the speakers that quotes point at.
    fn answer(mut self, attributions: &[Attribution], chosen: &[Option<usize>]) -> (Vec<Quote>, Vec<Speaker>) {
        let mut quotes: Vec<Quote> = Vec::with_capacity(attributions.len());
        let by_party = |(a, &party): (_, &Option<usize>)| Some(Quote { speaker: party, ..self.scene.quote(a)? });
        quotes.extend(attributions.iter().zip(chosen).filter_map(by_party));
        quotes.sort_by_key(|quote| quote.content.first().copied());
        let mut used = Vec::with_capacity(quotes.len());
        used.extend(quotes.iter().filter_map(|quote| quote.speaker));
        used.sort_unstable();
        used.dedup();
        used.sort_by_cached_key(|&p| self.parties[p].mentions.iter().min().copied());
        let mut place = vec![None; self.parties.len()];
        for (i, &party) in used.iter().enumerate() {
            place[party] = Some(i);
        }
        for quote in &mut quotes {
            quote.speaker = quote.speaker.and_then(|party| place[party]);
        }
        (quotes, used.iter().map(|&party| self.speaker(party)).collect())
    }

    /// The party as a speaker of the answer, which takes its words and mentions along.
    fn speaker(&mut self, party: usize) -> Speaker {
        let Party { entity, called, role, kind, mentions, .. } = &mut self.parties[party];
        let (called, mut mentions) = (std::mem::take(called), std::mem::take(mentions));
        mentions.sort_unstable();
        mentions.dedup();
        let (kind, mentioned, text) = (*kind, *role, self.scene.reading.text);
        let entity = entity.and_then(|e| self.names.entities.get(e));
        let role = entity.and_then(|e| e.role).map(|r| r.of(text));
        // "captain, who was born in Dakar"
        let mentioned = || mentioned.and_then(|r| r.of(text).split(',').next());
        let role = role.or_else(mentioned).map_or(String::new(), one_line);
        Speaker { name: entity.map_or(called, |e| self.full_name(e)), role, kind, mentions }
    }

    /// The fullest form, with the family name that another one of the family has.
    pub(super) fn full_name(&self, entity: &Entity) -> String {
        let text = self.scene.reading.text;
        let name = one_line(entity.name.of(text));
        match entity.family.map(|family| one_line(family.of(text))) {
            // "Nicola and Stephen Garside", who is Nicola Garside further on
            Some(family) if name.strip_suffix(&*family).is_none_or(|given| !given.ends_with(' ')) => {
                [&*name, &*family].join(" ")
            }
            _ => name,
        }
    }
}

/// The words of a name, the first of them if it is a long one.
fn words_of<'a>(tokens: &'a [Token], entity: &Entity) -> impl Iterator<Item = &'a Token> {
    tokens[entity.words.clone()].iter().take(6).filter(|t| t.is_capitalised())
}

/// The words in the names of people, each with the one person who has it in theirs.
fn parts<'a>(text: &'a str, tokens: &[Token], entities: &[Entity]) -> FxHashMap<&'a str, Option<usize>> {
    let mut parts = FxHashMap::with_capacity_and_hasher(entities.len(), FxBuildHasher);
    let people = entities.iter().enumerate().filter(|(_, e)| e.kind == NameKind::Person && e.words.len() > 1);
    for (i, person) in people {
        for token in words_of(tokens, person).filter(|t| t.end() - t.start() > 2) {
            parts.entry(token.of(text)).and_modify(|e| *e = None).or_insert(Some(i));
        }
    }
    parts
}

/// The initials of all who are no people, each with the first who has them.
fn initials(tokens: &[Token], entities: &[Entity]) -> FxHashMap<u64, usize> {
    let mut initials = FxHashMap::default();
    for (i, entity) in entities.iter().enumerate().filter(|(_, e)| e.kind != NameKind::Person) {
        if let Some(letters) = acronym(words_of(tokens, entity).map(|t| t.first)) {
            initials.entry(letters).or_insert(i);
        }
    }
    initials
}

/// Two to five capital letters as one number; nothing for anything else.
fn acronym(letters: impl Iterator<Item = char>) -> Option<u64> {
    let number = letters
        .take(6)
        .try_fold(0, |number, letter| letter.is_ascii_uppercase().then_some(number << 8 | u64::from(letter)))?;
    (1 << 8..1 << 40).contains(&number).then_some(number)
}
