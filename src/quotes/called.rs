//! Who is called by a noun: "the minister", "the ministry", "the striker".

use super::back::{Sought, gender_of};
use super::clause::Phrase;
use super::narrative::Item;
use super::resolve::Resolver;
use super::speaker::first_subject;
use crate::article::SpeakerKind;
use crate::names::{Entity, NameKind};
use crate::span::Span;
use crate::text::{Classes, Tag, Token, WordId};

/// So many of those who may be called "the minister" are weighed.
const CANDIDATES: usize = 64;

/// What may be said of so many is said of the one who is speaking: "the leader", "the boss".
const VAGUE: usize = 8;

/// So many sentences back "the man" may have been introduced as "a man".
const INTRODUCED: usize = 2;

impl<'a> Resolver<'a> {
    /// "the minister", "the ministry": the nearest one that was called so, or somebody without a
    /// name who was.
    pub(super) fn of_noun(&mut self, phrase: &Phrase, head: &Item, sentence: usize) -> Option<usize> {
        let token = self.token(head)?;
        let definite = self.is_definite(phrase);
        if !definite && !self.is_bare_role(phrase) {
            return self.presented_later(phrase, token, sentence);
        }
        if let Some(party) = self.of_kin(phrase) {
            return Some(party);
        }
        let unnamed = self.by_head.get(&token.word).copied().filter(|_| token.word != WordId::UNKNOWN);
        let unnamed = unnamed.filter(|&p| self.parties[p].plural == head.plural);
        let aged = self.is_aged(head);
        if self.is_another(phrase) && !aged {
            return self.of_there(phrase, token);
        }
        if let Some(party) = if aged { self.of_age(head) } else { None } {
            return Some(party);
        }
        let exact = self.called_by(token.word).next().is_some();
        if let Some(known) = unnamed.filter(|_| definite && !exact) {
            return Some(known);
        }
        if let Some(party) = if definite && !exact { self.introduced(phrase, head, sentence) } else { None } {
            return Some(party);
        }
        if let Some(party) = if definite && !exact { self.of_demonym(phrase, token) } else { None } {
            return Some(party);
        }
        if let Some(entity) = self.called(phrase, token.word, token.start()) {
            let roles = self.scene.tables.callings.roles(token.word);
            let short = roles.map_or(&[][..], |r| &r.short[..]);
            let mut exact = std::iter::once(&token.word).chain(short);
            let own = exact.any(|&w| self.called_before(w, token.start()).any(|e| e == entity));
            let vague = roles.is_some_and(|r| r.all.len() >= VAGUE);
            let beside = if own || !definite { None } else { self.beside(sentence, token) };
            let beside =
                beside.filter(|&p| vague && self.spoke_beside(sentence, token) == Some(p) || self.is_unknown(p));
            return beside.or_else(|| Some(self.of_entity(entity)));
        }
        if definite && unnamed.is_some() {
            return unnamed;
        }
        if let Some(party) = if definite { self.of_epithet(phrase, token, sentence) } else { None } {
            return Some(party);
        }
        // "the striker" right after the one who spoke or was spoken of
        let owned = self.scene.narrative.items[phrase.items.clone()]
            .iter()
            .any(|i| i.tag == Tag::Possessive || i.is(Classes::POSSESSIVE));
        let role = definite
            && !owned
            && !head.plural
            && (token.is(Classes::ROLE) && !token.is(Classes::BODY) && self.is_of_nobody_new(phrase) || aged);
        let near = role.then(|| self.person_before(sentence, phrase.items.start, Sought::ANYBODY, 3)).flatten();
        let near = near.filter(|&p| !self.parties[p].gender.is_opposite(gender_of(token)));
        // "A pilot said", "the woman said"
        let plain = aged || token.is(Classes::HE_WORD | Classes::SHE_WORD) && !token.is(Classes::KIN | Classes::TITLE);
        let just_spoke = |p: usize| (sentence.saturating_sub(1)..=sentence).any(|s| self.spoke[s] == Some(p));
        // "An insider said", "the source said"
        let others = self.scene.tables.callings.roles(token.word).map_or(&[][..], |r| &r.all);
        let synonym = |p: usize| others.iter().any(|w| self.by_head.get(w) == Some(&p));
        let near = near.filter(|&p| match self.parties[p].kind {
            SpeakerKind::Person => true,
            SpeakerKind::Unnamed => (plain || synonym(p)) && self.parties[p].presented && just_spoke(p),
            _ => false,
        });
        if let Some(party) = near.filter(|_| token.is(Classes::ROLE)) {
            let role = self.scene.mention(phrase);
            self.parties[party].role = self.parties[party].role.or(role);
        }
        // "the company", "the force" right after the body that spoke or acted
        let body = definite && !owned && token.is(Classes::BODY) && !head.plural;
        let group = |r: &mut Self| {
            let party = r.group_before(sentence, phrase.items.start, false)?;
            let entity = r.parties[party].entity.and_then(|e| r.names.entities.get(e));
            entity.is_none_or(|e| e.kind == NameKind::Body && r.may_be_called(e, token)).then_some(party)
        };
        let bare = !self.scene.narrative.items[phrase.items.clone()].iter().any(|i| i.tag == Tag::Name);
        let company = body && token.is(Classes::COMPANY) && bare;
        near.or_else(|| if body { group(self) } else { None })
            .or_else(|| if company { self.company_before(phrase.items.start) } else { None })
    }

    /// Whoever spoke in the sentence before in the same paragraph, or is its subject.
    fn beside(&mut self, sentence: usize, noun: &Token) -> Option<usize> {
        if let Some(party) = self.spoke_beside(sentence, noun) {
            return Some(party);
        }
        let sentences = &self.scene.narrative.sentences;
        let before = sentence.checked_sub(1).filter(|&b| sentences[b].block == sentences[sentence].block)?;
        let subject = first_subject(&self.clause_of(before))?;
        let party = self.named_subject(&subject)?;
        (!self.parties[party].gender.is_opposite(gender_of(noun)) && noun.is(Classes::ROLE)).then_some(party)
    }

    /// Whether the text gives a person no role.
    fn is_unknown(&self, party: usize) -> bool {
        let entity = self.parties[party].entity.and_then(|e| self.names.entities.get(e));
        entity.is_some_and(|e| e.kind == NameKind::Person && e.role.is_none() && e.described.is_none())
    }

    /// The person who spoke in the sentence before, in the same paragraph: whoever is called by what
    /// may be said of many, "the leader", is rather the one who is speaking.
    pub(super) fn spoke_beside(&self, sentence: usize, noun: &Token) -> Option<usize> {
        let sentences = &self.scene.narrative.sentences;
        let before = sentence.checked_sub(1).filter(|&b| sentences[b].block == sentences[sentence].block)?;
        let party = self.spoke[before].filter(|&p| self.parties[p].kind == SpeakerKind::Person)?;
        (!self.parties[party].gender.is_opposite(gender_of(noun)) && noun.is(Classes::ROLE)).then_some(party)
    }

    /// "a man" of the sentences before, where "the man" follows: somebody spoken of who has said nothing yet.
    fn introduced(&mut self, phrase: &Phrase, head: &Item, sentence: usize) -> Option<usize> {
        let token = self.token(head).filter(|t| t.is(Classes::ROLE) && !t.is(Classes::TITLE))?;
        if head.plural || phrase.head != phrase.items.start + 1 || phrase.head + 1 != phrase.items.end {
            return None;
        }
        let others = self.scene.tables.callings.roles(token.word).map_or(&[][..], |r| &r.all);
        let called = |t: &Token| t.word == token.word || others.contains(&t.word);
        for earlier in (sentence.saturating_sub(INTRODUCED)..=sentence).rev() {
            let clause = self.clause_of(earlier);
            let end = if earlier == sentence { phrase.items.start } else { clause.end };
            let same = |&i: &usize| !clause.items[i].plural && self.token(&clause.items[i]).is_some_and(called);
            let Some(at) = (clause.start..end).rev().find(same) else { continue };
            if let Some(name) = self.name_with_role(clause.items[at].first()) {
                return Some(self.of_entity(name.entity));
            }
            let core = clause.core_before(at + 1)?;
            // "where he is a sergeant"
            let told = core.items.start > clause.start && clause.is(core.items.start - 1, Classes::BE);
            let new = !told && clause.is(core.items.start, Classes::ARTICLE) && !self.is_definite(&core);
            let whole = clause.phrase_after(core.items.start).filter(|p| new && p.head == at)?;
            return self.name_behind(&whole).map(|n| self.of_entity(n.entity)).or_else(|| self.somebody(&whole));
        }
        None
    }

    /// Whether "the federation" may be a body that is called a court: no. One whose name has no such
    /// noun, and "the agency" or "the body", may be any.
    fn may_be_called(&self, entity: &Entity, noun: &Token) -> bool {
        let reading = self.scene.reading;
        let first = reading.token_at(entity.name.start());
        let words = reading.tokens[first..].iter().take_while(|t| t.end() <= entity.name.end());
        let other =
            words.filter(|t| t.is(Classes::BODY) && entity.heads.contains(&t.word)).any(|t| t.word != noun.word);
        !other || noun.is(Classes::ANY_BODY)
    }

    /// The "old" of "the 74-year-old".
    fn is_aged(&self, head: &Item) -> bool {
        let token = |back: usize| head.first().checked_sub(back).and_then(|i| self.scene.reading.tokens.get(i));
        token(1).is_some_and(|t| t.is_mark('-') && !t.spaced) && token(2).is_some_and(|t| t.is(Classes::TIME))
    }

    /// "the critic", but not "the critic of this newspaper"; "the chairman of the panel" may be the one
    /// just named.
    fn is_of_nobody_new(&self, phrase: &Phrase) -> bool {
        let items = self.scene.narrative.items.get(phrase.head..phrase.items.end).unwrap_or_default();
        let office = items.first().and_then(|i| self.token(i)).is_some_and(|t| t.is(Classes::TITLE));
        office || !items.iter().any(|i| i.tag == Tag::Preposition)
    }

    /// "the senator from Texas": told apart from others by a place, and so nobody named before whose
    /// role does not have it.
    fn is_another(&self, phrase: &Phrase) -> bool {
        let items = self.scene.narrative.items.get(phrase.head..phrase.items.end).unwrap_or_default();
        let [_, from, name, ..] = items else { return false };
        from.is(Classes::WITHIN) && from.tag == Tag::Preposition && name.tag == Tag::Name
    }

    /// The entities that `word` may call, in the order in which the text first names them.
    pub(super) fn called_by(&self, word: WordId) -> impl Iterator<Item = usize> {
        self.so_called(word).iter().map(|&(_, _, entity)| entity)
    }

    fn so_called(&self, word: WordId) -> &[(WordId, usize, usize)] {
        let called = &self.called_so[self.called_so.partition_point(|&(w, ..)| w < word)..];
        &called[..called.partition_point(|&(w, ..)| w == word)]
    }

    /// The entity that `word` may call, nearest before the byte `at`; in headlines any.
    pub(super) fn called(&self, phrase: &Phrase, word: WordId, at: usize) -> Option<usize> {
        // "Business Insider" is nobody's aide.
        let head = self.scene.narrative.items.get(phrase.head);
        let proper = head.is_some_and(|i| i.tag == Tag::Name) && !self.is_definite(phrase);
        let roles = self.scene.tables.callings.roles(word).filter(|_| !proper);
        let (short, roles) = roles.map_or((&[][..], &[][..]), |r| (&r.short[..], &r.all[..]));
        let exact = std::iter::once(&word).chain(short).any(|&w| self.called_before(w, at).next().is_some());
        let another = |entity: &usize| self.has_another_role(phrase, *entity);
        let own = || std::iter::once(&word).chain(short).flat_map(|&w| self.called_before(w, at));
        let own = || own().filter(|entity| !another(entity));
        let body = self.is_of_body(phrase);
        let meant = || roles.iter().filter(|_| !exact || body).flat_map(|&role| self.called_before(role, at));
        let meant = || meant().filter(|&e| !body || self.shared_words(phrase, e) > 0);
        // Whoever is called by the noun itself shares that word.
        let fits = || own().map(|e| (e, 0)).chain(meant().map(|e| (e, 1)));
        let last = |(entity, more): (usize, usize)| {
            let mentions = &self.names.entities.get(entity)?.mentions;
            let starts_before = |m: &usize| self.names.names.get(*m).is_some_and(|n| n.span.start() <= at);
            let i = mentions.partition_point(starts_before).checked_sub(1)?;
            // "the ruling party's candidate": the one whose role has these words
            mentions.get(i).map(|&m| (self.shared_words(phrase, entity) + more, m, entity))
        };
        let nearest = fits().filter_map(last).max();
        let first = || self.called_by(word).take(CANDIDATES).find(|entity| !another(entity));
        nearest.map(|(_, _, entity)| entity).or_else(first)
    }

    /// Those whom `word` may call and whom the text has named by the byte `at`, the last of them.
    pub(super) fn called_before(&self, word: WordId, at: usize) -> impl Iterator<Item = usize> {
        let called = self.so_called(word);
        let named = |mention: usize| self.names.names.get(mention).is_some_and(|n| n.span.start() <= at);
        let before = called.partition_point(|&(_, mention, _)| named(mention));
        called[before.saturating_sub(CANDIDATES)..before].iter().map(|&(_, _, entity)| entity)
    }

    /// Whether "the home affairs secretary" may not be the general secretary: the phrase says in two
    /// words or more which one is meant, and the role has none of them.
    pub(super) fn has_another_role(&self, phrase: &Phrase, entity: usize) -> bool {
        let items = self.scene.narrative.items.get(phrase.items.start..phrase.head).unwrap_or_default();
        let telling = items.iter().filter(|i| matches!(i.tag, Tag::Noun | Tag::Name)).count();
        telling > 1 && self.shared_words(phrase, entity) < 2 || self.is_of_another_nation(items, entity)
    }

    /// Whether "the Danish minister" may not be the Russian foreign minister.
    fn is_of_another_nation(&self, items: &[Item], entity: usize) -> bool {
        let nation = |t: &&Token| t.is(Classes::DEMONYM) && t.word != WordId::UNKNOWN;
        let Some(wanted) = items.iter().filter_map(|i| self.token(i)).find(nation) else { return false };
        let Some(role) = self.names.entities.get(entity).and_then(|e| e.role) else { return false };
        let mut own = self.words_of_span(role).filter(nation).peekable();
        own.peek().is_some() && !own.any(|t| t.word == wanted.word)
    }

    /// Whether "the union leader" tells by a body which leader is meant.
    fn is_of_body(&self, phrase: &Phrase) -> bool {
        let items = self.scene.narrative.items.get(phrase.items.start..phrase.head).unwrap_or_default();
        items.iter().filter_map(|i| self.token(i)).any(|t| t.is(Classes::BODY))
    }

    /// The words of a role or a name, the first of them if it is a long one.
    fn words_of_span(&self, span: Span) -> impl Iterator<Item = &'a Token> {
        let first = self.scene.reading.token_at(span.start());
        self.scene.reading.tokens[first..].iter().take(12).take_while(move |t| t.end() <= span.end())
    }

    /// How many words of the phrase stand in the role or the name of the entity too.
    pub(super) fn shared_words(&self, phrase: &Phrase, entity: usize) -> usize {
        let tokens = self.scene.reading.tokens;
        let Some(entity) = self.names.entities.get(entity) else { return 0 };
        let text = self.scene.reading.text;
        let known = |word: &&Token| {
            let said = [Some(entity.name), entity.role, entity.described].into_iter().flatten();
            let same = |t: &Token| t.word == word.word && (t.word != WordId::UNKNOWN || t.of(text) == word.of(text));
            said.into_iter().any(|span| self.words_of_span(span).any(same))
        };
        let items = self.scene.narrative.items.get(phrase.items.clone()).unwrap_or_default();
        let words =
            items.iter().filter(|i| !matches!(i.tag, Tag::Determiner | Tag::Preposition | Tag::Possessive | Tag::Glue));
        words.flat_map(|i| &tokens[i.tokens()]).take(12).filter(known).count()
    }
}
