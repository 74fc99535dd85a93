//! Who is who: mentions beside quotes become speakers, one for each person or body.
//!
//! A pronoun never becomes a name. It takes the speaker that the sentences before it offer, by
//! gender, number and nearness; where they offer none, the quote has no speaker.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::clause::{Clause, Phrase};
use super::cue::antecedent;
use super::narrative::{Item, Tag};
use super::speaker::{Attribution, Scene, first_subject};
use crate::article::{Basis, Quote, Speaker, SpeakerKind};
use crate::names::{Entity, Gender, Name, NameKind, Names};
use crate::reading::BlockKind;
use crate::span::Span;
use crate::text::{Classes, Token, WordId};

/// How many sentences back a pronoun or "the minister" looks.
const BACK: usize = 8;

/// A source: an entity of the names, or somebody without a name.
#[derive(Clone, Debug)]
struct Party {
    entity: Option<usize>,
    // What somebody without a name is called.
    called: String,
    kind: SpeakerKind,
    gender: Gender,
    plural: bool,
    // Somebody by trade or role: an aide, a driver.
    is_person: bool,
    mentions: Vec<Span>,
}

/// How many names are held against a handle.
const HANDLES: usize = 200;

/// Ties attributions to parties, in the order of the text.
struct Resolver<'a> {
    scene: Scene<'a>,
    names: &'a Names,
    parties: Vec<Party>,
    // The party of each entity of the names.
    by_entity: Vec<Option<usize>>,
    // Parties without an entity, by their names in small letters.
    by_name: FxHashMap<String, usize>,
    // The last party without an entity, by the head of its name.
    by_head: FxHashMap<WordId, usize>,
    // For an entity that is named by a part of another one's name only, that other one.
    same_as: Vec<usize>,
    // The words that may call an entity, each with that entity, in order: minister, committee.
    called_so: Vec<(WordId, usize)>,
    // What the text says of the labels of a transcript.
    labelled: FxHashMap<WordId, Option<usize>>,
    // Who spoke last in each sentence.
    spoke: Vec<Option<usize>>,
    // Who spoke first in the body.
    opener: Option<usize>,
}

/// The quotes with their speakers, and the speakers in order of their first mention.
pub(super) fn resolve(scene: Scene, names: &Names, mut attributions: Vec<Attribution>) -> (Vec<Quote>, Vec<Speaker>) {
    attributions.sort_by_key(|a| a.pieces.first().map_or(0, |p| p.start));
    let mut resolver = Resolver::new(scene, names);
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    order.sort_by_key(|&i| (resolver.is_title_page(&attributions[i]), attributions[i].sentence, i));
    let mut chosen: Vec<Option<usize>> = vec![None; attributions.len()];
    for i in order.into_iter().take_while(|_| !scene.reading.stop.by_now()) {
        chosen[i] = resolver.party_of(&attributions[i]);
    }
    resolver.answer(&attributions, &chosen)
}

impl<'a> Resolver<'a> {
    fn new(scene: Scene<'a>, names: &'a Names) -> Resolver<'a> {
        let heads = |(i, entity): (usize, &'a Entity)| {
            entity.heads.iter().filter(|&&head| head != WordId::UNKNOWN).map(move |&head| (head, i))
        };
        let mut called_so: Vec<(WordId, usize)> = names.entities.iter().enumerate().flat_map(heads).collect();
        called_so.sort_unstable();
        Resolver {
            scene,
            names,
            parties: Vec::with_capacity(16),
            by_entity: vec![None; names.entities.len()],
            by_name: FxHashMap::default(),
            by_head: FxHashMap::default(),
            called_so,
            same_as: same_as(scene, names),
            labelled: FxHashMap::default(),
            spoke: vec![None; scene.narrative.sentences.len()],
            opener: None,
        }
    }

    fn token(&self, item: &Item) -> Option<&'a Token> {
        self.scene.reading.tokens.get(item.end.checked_sub(1)?)
    }

    fn clause_at(&self, item: usize) -> (usize, Clause<'a>) {
        let sentences = &self.scene.narrative.sentences;
        let at = sentences.partition_point(|s| s.items.end <= item).min(sentences.len().saturating_sub(1));
        let range = sentences.get(at).map_or(0..0, |s| s.items.clone());
        (at, Clause { items: &self.scene.narrative.items, start: range.start, end: range.end })
    }

    /// Headlines wait until the body has named its people.
    fn is_title_page(&self, attribution: &Attribution) -> bool {
        self.block_kind(attribution.sentence) != Some(BlockKind::Paragraph)
    }

    fn block_kind(&self, sentence: usize) -> Option<BlockKind> {
        let block = self.scene.narrative.sentences.get(sentence)?.block;
        self.scene.reading.blocks.get(block).map(|b| b.kind)
    }

    fn party_of(&mut self, attribution: &Attribution) -> Option<usize> {
        let subject = attribution.subject.as_ref()?;
        // "minister says" over an article that opens with what the minister said
        let page = self.is_title_page(attribution);
        let opener =
            self.opener.filter(|&p| page && self.is_bare_role(subject) && self.parties[p].kind == SpeakerKind::Person);
        let party = self.party_of_phrase(subject).or(opener);
        let party = party.or_else(|| self.of_label(attribution, subject));
        let party = party.or_else(|| self.somebody(subject))?;
        if let Some(spoke) = self.spoke.get_mut(attribution.sentence) {
            *spoke = Some(party);
        }
        if !page {
            self.opener = self.opener.or(Some(party));
        }
        if let Some(mention) = self.scene.mention(subject) {
            self.parties[party].mentions.push(mention);
        }
        Some(party)
    }

    /// "@RepRoth": the one whose family name ends the handle.
    fn of_handle(&mut self, phrase: &Phrase) -> Option<usize> {
        let head = self.scene.narrative.items.get(phrase.head)?;
        let token = self.token(head)?;
        let sign = head.first.checked_sub(1).and_then(|i| self.scene.reading.tokens.get(i))?;
        if token.spaced || !sign.is_mark('@') {
            return None;
        }
        let text = self.scene.reading.text;
        let name = self.names.names.iter().take(HANDLES).find(|n| {
            let family = n.family.and_then(|f| self.scene.reading.tokens.get(f)).map(|t| t.of(text));
            family.is_some_and(|f| f.len() > 3 && holds(token.of(text), f))
        });
        let entity = name.map(|n| n.entity)?;
        Some(self.of_entity(entity))
    }

    /// "MODERATOR", where the text says that the moderator was Peder Lund.
    fn of_label(&mut self, attribution: &Attribution, subject: &Phrase) -> Option<usize> {
        let items = &self.scene.narrative.items;
        let head = items.get(subject.head)?;
        let token = self.token(head)?;
        if attribution.basis != Basis::Label || token.word == WordId::UNKNOWN {
            return None;
        }
        if let Some(&known) = self.labelled.get(&token.word) {
            return known;
        }
        let found = self.who_was(token.word);
        self.labelled.insert(token.word, found);
        found
    }

    /// The person of whom the text says that the `label` was this one.
    fn who_was(&mut self, label: WordId) -> Option<usize> {
        let tokens = self.scene.reading.tokens;
        let was = |i: usize| {
            tokens.get(i).is_some_and(|t| t.word == label) && tokens.get(i + 1).is_some_and(|t| t.is(Classes::BE))
        };
        let at = (0..tokens.len()).find(|&i| was(i))?;
        let next = self.names.names.partition_point(|n| n.words.start <= at);
        let name = self.names.names.get(next).filter(|n| n.kind == NameKind::Person && n.words.start < at + 8)?;
        Some(self.of_entity(name.entity))
    }

    /// The party that a phrase names or points back to.
    fn party_of_phrase(&mut self, phrase: &Phrase) -> Option<usize> {
        let items = &self.scene.narrative.items;
        let head = items.get(phrase.head)?;
        let (sentence, clause) = self.clause_at(phrase.head);
        match head.tag {
            Tag::Relative | Tag::That => {
                let antecedent = antecedent(clause, phrase.head)?;
                if matches!(items.get(antecedent.head)?.tag, Tag::Relative | Tag::That) {
                    return None;
                }
                self.party_of_phrase(&antecedent).or_else(|| self.somebody(&antecedent))
            }
            Tag::Pronoun | Tag::Object => self.of_pronoun(head, sentence, clause, phrase.items.start),
            Tag::Determiner if head.is(Classes::POSSESSIVE) => {
                self.of_pronoun(head, sentence, clause, phrase.items.start)
            }
            Tag::Determiner => None,
            _ => {
                self.of_handle(phrase).or_else(|| self.of_name(phrase)).or_else(|| self.of_noun(phrase, head, sentence))
            }
        }
    }

    /// A name in the phrase, or one whose role the phrase is.
    fn of_name(&mut self, phrase: &Phrase) -> Option<usize> {
        let items = &self.scene.narrative.items;
        let head = items.get(self.named_last(phrase).unwrap_or(phrase.head))?;
        let named = head.index.filter(|_| head.tag == Tag::Name).and_then(|i| self.names.names.get(i as usize));
        let name = named
            .or_else(|| self.names.at(head.first))
            .or_else(|| self.name_with_role(head.first))
            .or_else(|| self.name_behind(phrase))?;
        Some(self.of_entity(name.entity))
    }

    /// "President of the Assembly Diosdado Cabello": the person at the end, when no preposition
    /// stands before the name.
    fn named_last(&self, phrase: &Phrase) -> Option<usize> {
        let items = &self.scene.narrative.items;
        let last = phrase.items.clone().rev().find(|&i| items[i].tag != Tag::Aside)?;
        let name = items
            .get(last)?
            .index
            .filter(|_| items[last].tag == Tag::Name)
            .and_then(|i| self.names.names.get(i as usize))?;
        let joined = last > phrase.items.start && matches!(items[last - 1].tag, Tag::Name | Tag::Noun);
        (name.kind == NameKind::Person && joined && last != phrase.head).then_some(last)
    }

    /// "A White House spokesman, Corey Stamm,": the name that has the word at `token` as its role.
    fn name_with_role(&self, token: usize) -> Option<&'a Name> {
        let names: &'a Names = self.names;
        let next = names.names.partition_point(|n| n.words.start <= token);
        let near = names.names.get(next.saturating_sub(2)..)?.iter().take(5);
        near.into_iter().find(|n| n.kind == NameKind::Person && n.whole.contains(&token))
    }

    /// "their daughter, the cellist Morag Roth": the person named behind the comma.
    fn name_behind(&self, phrase: &Phrase) -> Option<&'a Name> {
        let items = &self.scene.narrative.items;
        let (_, clause) = self.clause_at(phrase.head);
        if clause.tag(phrase.items.end) != Some(Tag::Comma) || items.get(phrase.head)?.plural {
            return None;
        }
        let behind = clause.phrase_after(phrase.items.end + 1)?;
        let closes = matches!(clause.tag(behind.items.end), None | Some(Tag::Comma | Tag::Stop));
        let names: &'a Names = self.names;
        let name = items.get(behind.head)?.index.and_then(|i| names.names.get(i as usize))?;
        (closes && name.kind == NameKind::Person).then_some(name)
    }

    fn of_entity(&mut self, entity: usize) -> usize {
        let entity = self.same_as.get(entity).copied().unwrap_or(entity);
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
            kind,
            gender: found.map_or(Gender::Unknown, |e| e.gender),
            plural: false,
            is_person: kind == SpeakerKind::Person,
            mentions: Vec::new(),
        });
        if let Some(at) = self.by_entity.get_mut(entity) {
            *at = Some(self.parties.len() - 1);
        }
        self.parties.len() - 1
    }

    /// "the minister", "the ministry": the nearest one that was called so, or somebody without a
    /// name who was.
    fn of_noun(&mut self, phrase: &Phrase, head: &Item, sentence: usize) -> Option<usize> {
        let token = self.token(head)?;
        let definite = self.is_definite(phrase);
        if !definite && !self.is_bare_role(phrase) {
            return None;
        }
        let unnamed = self.by_head.get(&token.word).copied().filter(|_| token.word != WordId::UNKNOWN);
        if let Some(entity) = self.called(phrase, token.word, token.start()) {
            return Some(self.of_entity(entity));
        }
        if definite && unnamed.is_some() {
            return unnamed;
        }
        // "the striker" right after the one who spoke or was spoken of
        let owned = self.scene.narrative.items[phrase.items.clone()]
            .iter()
            .any(|i| i.tag == Tag::Possessive || i.is(Classes::POSSESSIVE));
        let role = definite && !owned && token.is(Classes::ROLE) && !head.plural;
        let near = role.then(|| self.person_before(sentence, phrase.items.start, Gender::Unknown, 3)).flatten();
        let near = near.filter(|&p| self.parties[p].kind == SpeakerKind::Person);
        // "the company", "the force" right after the body that spoke or acted
        let body = definite && token.is(Classes::BODY) && !head.plural;
        let group = |r: &mut Self| {
            let party = r.group_before(sentence, phrase.items.start, false)?;
            let entity = r.parties[party].entity.and_then(|e| r.names.entities.get(e));
            entity.is_none_or(|e| e.kind == NameKind::Body).then_some(party)
        };
        near.or_else(|| if body { group(self) } else { None })
    }

    /// The entity that `word` may call, nearest before the byte `at`; in headlines any.
    fn called(&self, phrase: &Phrase, word: WordId, at: usize) -> Option<usize> {
        let first = self.called_so.partition_point(|&(w, _)| w < word);
        let fits = || self.called_so[first..].iter().take_while(|(w, _)| *w == word).map(|&(_, entity)| entity);
        let last = |entity: usize| {
            let mentions = &self.names.entities.get(entity)?.mentions;
            let starts_before = |m: &usize| self.names.names.get(*m).is_some_and(|n| n.span.start() <= at);
            let i = mentions.partition_point(starts_before).checked_sub(1)?;
            // "the ruling party's candidate": the one whose role has these words
            mentions.get(i).map(|&m| (self.shared_words(phrase, entity), m, entity))
        };
        let nearest = fits().filter_map(last).max();
        nearest.map(|(_, _, entity)| entity).or_else(|| fits().next())
    }

    /// How many words of the phrase stand in the role or the name of the entity too.
    fn shared_words(&self, phrase: &Phrase, entity: usize) -> usize {
        let tokens = self.scene.reading.tokens;
        let Some(entity) = self.names.entities.get(entity) else { return 0 };
        let within = |span: Span| {
            let first = self.scene.reading.token_at(span.start());
            tokens[first..].iter().take(12).take_while(move |t| t.end() <= span.end())
        };
        let known = |word: WordId| {
            [Some(entity.name), entity.role].into_iter().flatten().any(|s| within(s).any(|t| t.word == word))
        };
        let items = self.scene.narrative.items.get(phrase.items.clone()).unwrap_or_default();
        let words =
            items.iter().filter(|i| !matches!(i.tag, Tag::Determiner | Tag::Preposition | Tag::Possessive | Tag::Glue));
        let ids = words.flat_map(|i| &tokens[i.first..i.end]).map(|t| t.word);
        ids.take(12).filter(|&w| w != WordId::UNKNOWN && known(w)).count()
    }

    fn is_definite(&self, phrase: &Phrase) -> bool {
        let items = &self.scene.narrative.items[phrase.items.clone()];
        let Some(first) = items.first() else { return false };
        let the = |i: &Item| self.scene.reading.words(i.first..i.end).eq_ignore_ascii_case("the");
        the(first)
            || first.tag == Tag::Determiner && first.is(Classes::POSSESSIVE)
            || items.iter().any(|i| i.tag == Tag::Possessive)
    }

    /// "minister", "official": one role word and nothing else.
    fn is_bare_role(&self, phrase: &Phrase) -> bool {
        let items = &self.scene.narrative.items;
        let Some(head) = items.get(phrase.head) else { return false };
        !head.plural && !items[phrase.items.clone()].iter().any(|i| i.tag == Tag::Determiner)
    }

    fn of_pronoun(&mut self, head: &Item, sentence: usize, clause: Clause, start: usize) -> Option<usize> {
        let _ = clause;
        if head.is(Classes::PRONOUN_HE) || head.is(Classes::PRONOUN_SHE) {
            let gender = if head.is(Classes::PRONOUN_HE) { Gender::He } else { Gender::She };
            let found = self.person_before(sentence, start, gender, BACK)?;
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

    /// The nearest person of the gender: in the sentence before `item`, then sentence by sentence
    /// back, those who spoke first, then subjects, then anybody named.
    fn person_before(&mut self, sentence: usize, item: usize, gender: Gender, back: usize) -> Option<usize> {
        let (_, clause) = self.clause_at(item);
        if let Some(party) = self.named_in(clause.start, item, gender) {
            return Some(party);
        }
        for earlier in (sentence.saturating_sub(back)..sentence).rev() {
            if self.block_kind(earlier) != self.block_kind(sentence) {
                break;
            }
            let items = self.scene.narrative.sentences[earlier].items.clone();
            let clause = Clause { items: &self.scene.narrative.items, start: items.start, end: items.end };
            let subject = first_subject(clause).and_then(|s| self.named_subject(&s));
            let spoke = self.spoke[earlier].filter(|&p| self.may_be(p, gender));
            let subject = subject.filter(|&p| self.may_be(p, gender));
            let found = spoke.or(subject).or_else(|| self.named_in(items.start, items.end, gender));
            if found.is_some() {
                return found;
            }
        }
        None
    }

    fn named_subject(&mut self, subject: &Phrase) -> Option<usize> {
        let item = self.scene.narrative.items.get(subject.head)?;
        let name = item.index.filter(|_| item.tag == Tag::Name).and_then(|i| self.names.names.get(i as usize));
        let name = name.or_else(|| self.name_with_role(item.first))?;
        (name.kind == NameKind::Person).then(|| self.of_entity(name.entity))
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
        let people = || {
            items
                .iter()
                .filter(|i| i.tag == Tag::Name)
                .filter_map(|i| names.names.get(i.index? as usize))
                .filter(|n| n.kind == NameKind::Person)
        };
        let of = |n: &Name| names.entities.get(n.entity).map_or(Gender::Unknown, |e| e.gender);
        let known = people().rfind(|n| gender != Gender::Unknown && of(n) == gender);
        let name = known.or_else(|| people().find(|n| gender == Gender::Unknown || of(n) == Gender::Unknown))?;
        let party = self.of_entity(name.entity);
        self.may_be(party, gender).then_some(party)
    }

    /// The nearest body ("it"), or body or group ("they").
    fn group_before(&mut self, sentence: usize, item: usize, plural: bool) -> Option<usize> {
        let (_, clause) = self.clause_at(item);
        for earlier in (sentence.saturating_sub(3)..=sentence).rev() {
            let range = self.scene.narrative.sentences[earlier].items.clone();
            if let Some(party) = self.spoke[earlier] {
                let known = &self.parties[party];
                if known.kind == SpeakerKind::Organization || plural && known.plural {
                    return Some(party);
                }
            }
            let end = if earlier == sentence { item } else { range.end };
            let subject = first_subject(Clause { items: clause.items, start: range.start, end });
            let body = subject.and_then(|s| {
                let head = self.scene.narrative.items.get(s.head)?;
                let name = self.names.names.get(head.index? as usize)?;
                (name.kind == NameKind::Body).then_some(name.entity)
            });
            if let Some(entity) = body {
                return Some(self.of_entity(entity));
            }
        }
        None
    }

    /// Somebody without a name, called as the phrase calls them.
    fn somebody(&mut self, phrase: &Phrase) -> Option<usize> {
        let items = &self.scene.narrative.items;
        let head = items.get(phrase.head)?;
        if !matches!(head.tag, Tag::Noun | Tag::Name | Tag::Cue | Tag::Past | Tag::Ing | Tag::Verb) {
            return None;
        }
        let mention = self.scene.mention(phrase)?;
        // "my father" and "his father" are two fathers, and each is called a father.
        let key = self.without_determiner(phrase, mention, true).to_lowercase();
        if let Some(&at) = self.by_name.get(&key) {
            return Some(at);
        }
        let called = self.without_determiner(phrase, mention, false);
        let token = self.token(head)?;
        let at = self.parties.len();
        self.by_name.insert(key, at);
        self.by_head.insert(token.word, at);
        let body = token.is(Classes::BODY) || head.tag == Tag::Name && !token.is(Classes::ROLE);
        self.parties.push(Party {
            entity: None,
            called,
            kind: if body { SpeakerKind::Organization } else { SpeakerKind::Unnamed },
            gender: Gender::Unknown,
            plural: head.plural,
            is_person: token.is(Classes::ROLE),
            mentions: Vec::new(),
        });
        Some(at)
    }

    /// "one senior aide" is a senior aide: the name without what only counts, and without whose it is
    /// unless `owned`.
    fn without_determiner(&self, phrase: &Phrase, mention: Span, owned: bool) -> String {
        let head_plural = self.scene.narrative.items.get(phrase.head).is_some_and(|i| i.plural);
        let items = &self.scene.narrative.items[phrase.items.clone()];
        let counts = |i: &&Item| {
            let whose = i.is(Classes::POSSESSIVE);
            matches!(i.tag, Tag::Determiner) && !(whose && owned) && (whose || !head_plural || i.is(Classes::ARTICLE))
        };
        let skipped = items.iter().take_while(counts).last().map(|i| i.end);
        let tokens = self.scene.reading.tokens;
        let start = skipped.and_then(|t| tokens.get(t)).map_or(mention.start(), |t| t.start());
        let span =
            if start < mention.end() { Span::between(start.max(mention.start()), mention.end()) } else { mention };
        plain(span.of(self.scene.reading.text))
    }

    /// The quotes with the numbers of their speakers, and the speakers that quotes point at.
    fn answer(&self, attributions: &[Attribution], chosen: &[Option<usize>]) -> (Vec<Quote>, Vec<Speaker>) {
        let mut found: Vec<(Quote, Option<usize>)> = Vec::with_capacity(attributions.len());
        found.extend(attributions.iter().zip(chosen).filter_map(|(a, &party)| Some((self.scene.quote(a)?, party))));
        found.sort_by_key(|(quote, _)| quote.content.first().copied());
        let mut used: Vec<usize> = found.iter().filter_map(|(_, party)| *party).collect();
        used.sort_unstable();
        used.dedup();
        used.sort_by_cached_key(|&p| self.parties[p].mentions.iter().min().copied());
        let mut place = vec![None; self.parties.len()];
        for (i, &party) in used.iter().enumerate() {
            place[party] = Some(i);
        }
        let quotes =
            found.into_iter().map(|(quote, party)| Quote { speaker: party.and_then(|p| place[p]), ..quote }).collect();
        let speakers = used.iter().map(|&p| self.speaker(&self.parties[p])).collect();
        (quotes, speakers)
    }

    fn speaker(&self, party: &Party) -> Speaker {
        let mut mentions = party.mentions.clone();
        mentions.sort_unstable();
        mentions.dedup();
        let text = |span: Span| plain(span.of(self.scene.reading.text));
        let (name, role) = match party.entity.and_then(|e| self.names.entities.get(e)) {
            Some(entity) => (text(entity.name), entity.role.map(text).unwrap_or_default()),
            None => (party.called.clone(), String::new()),
        };
        Speaker { name, role, kind: party.kind, mentions }
    }
}

fn holds(handle: &str, family: &str) -> bool {
    handle.len() > family.len() && handle.to_lowercase().contains(&family.to_lowercase())
}

/// For each entity itself, or the one person whose name its single word is part of.
fn same_as(scene: Scene, names: &Names) -> Vec<usize> {
    let tokens = |entity: &Entity| scene.reading.tokens[entity.words.clone()].iter().take(6);
    let text = scene.reading.text;
    let mut parts: FxHashMap<&str, Option<usize>> =
        FxHashMap::with_capacity_and_hasher(names.entities.len(), FxBuildHasher);
    for (i, entity) in names.entities.iter().enumerate() {
        if entity.kind == NameKind::Person && entity.words.len() > 1 {
            for token in tokens(entity).filter(|t| t.is_capitalised() && t.end() - t.start() > 2) {
                parts.entry(token.of(text)).and_modify(|e| *e = None).or_insert(Some(i));
            }
        }
    }
    let mut initials: FxHashMap<u64, usize> = FxHashMap::default();
    for (i, entity) in names.entities.iter().enumerate().filter(|(_, e)| e.kind != NameKind::Person) {
        if let Some(letters) = acronym(tokens(entity).filter(|t| t.is_capitalised()).map(|t| t.first)) {
            initials.entry(letters).or_insert(i);
        }
    }
    let same = |(i, entity): (usize, &Entity)| {
        let written = entity.name.of(text);
        let spelt_out = acronym(written.chars()).and_then(|letters| initials.get(&letters));
        match entity.kind {
            _ if spelt_out.is_some() => spelt_out.copied().unwrap_or(i),
            NameKind::Body => i,
            _ => parts.get(written).copied().flatten().unwrap_or(i),
        }
    };
    names.entities.iter().enumerate().map(same).collect()
}

/// Two to five capital letters as one number; nothing for anything else.
fn acronym(letters: impl Iterator<Item = char>) -> Option<u64> {
    let number = letters
        .take(6)
        .try_fold(0, |number, letter| letter.is_ascii_uppercase().then_some(number << 8 | u64::from(letter)))?;
    (1 << 8..1 << 40).contains(&number).then_some(number)
}

/// A name on one line, with single spaces.
fn plain(name: &str) -> String {
    // Most are so already.
    let mut before = b' ';
    let single = name.bytes().all(|byte| {
        let fits = byte.is_ascii_graphic() || byte == b' ' && before != b' ';
        before = byte;
        fits
    });
    if single && before != b' ' {
        return name.to_owned();
    }
    let mut plain = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}
