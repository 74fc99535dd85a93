//! Which names are one person or body: by full names, then last names, short forms and acronyms.

use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::described;
use super::drafts::Draft;
use super::forms::{Forms, Word};
use super::words::{BODY_WORD, GIVEN, NATION, OFFICE, family_ending, is_possessive, is_unusual, key};
use super::{Entity, Gender, Name, NameKind, Names};
use crate::few::Few;
use crate::reading::Reading;
use crate::span::Span;
use crate::tables::Tables;
use crate::text::{Classes, Shape, Token, WordId};

/// So many people of one last name are told apart; more are not looked at.
const NAMESAKES: usize = 8;

/// Names of more words than this are as good as names of so many.
const MANY_WORDS: usize = 31;

/// So many words of one name are looked at when a part of it may stand for all.
const LONGEST_NAME: usize = 6;

/// Ties the names to persons and bodies.
pub(super) fn link(reading: &Reading, tables: &Tables, drafts: &[Draft]) -> Names {
    let count = drafts.len();
    let mut desk = Desk {
        reading,
        tables,
        drafts,
        forms: &Forms::of(reading, drafts),
        people: Vec::with_capacity(count),
        // Few names are full names.
        full: FxHashMap::with_capacity_and_hasher(count / 2, FxBuildHasher),
        called: FxHashMap::with_capacity_and_hasher(count, FxBuildHasher),
    };
    let mut owner = desk.by_full_names();
    desk.note_acronyms(&mut owner);
    for (i, owner) in owner.iter_mut().enumerate() {
        let entity = *owner.get_or_insert_with(|| desk.by_short_name(i));
        let person = &mut desk.people[entity];
        person.seen = Some(i as u32);
        person.mentions += 1;
    }
    desk.finish(&owner)
}

/// A person or body while names are being tied.
struct Person {
    /// The name that founded it.
    first: u32,
    /// The latest name tied to it so far.
    seen: Option<u32>,
    /// How many names are tied to it so far.
    mentions: u32,
    /// Its number among the entities of the answer, once it has one.
    number: Option<u32>,
    /// The fullest form of its name so far.
    fullest: Fullness,
    /// How many words the fullest of its roles has so far.
    role_words: u32,
    gender: Gender,
    kind: NameKind,
}

struct Desk<'a> {
    reading: &'a Reading<'a>,
    tables: &'a Tables,
    drafts: &'a [Draft],
    forms: &'a Forms,
    people: Vec<Person>,
    /// By all words of the name.
    full: FxHashMap<u64, usize>,
    /// By one word.
    called: FxHashMap<u64, Namesakes>,
}

/// How a person or body is called by one word: the number of the word becomes another one.
#[derive(Clone, Copy)]
enum By {
    /// Last name, acronym or short form.
    Short,
    /// Given name.
    Given,
    /// The noun that heads the name of a body.
    Head,
}

impl By {
    fn key(self, word: u64) -> u64 {
        word ^ (self as u64) << 61
    }
}

/// Entities that are called alike, in the order they were met.
#[derive(Default)]
struct Namesakes {
    list: [u32; NAMESAKES],
    count: usize,
}

impl Namesakes {
    /// Adds an entity that is not among them while there is room.
    fn note(&mut self, entity: usize) {
        if self.iter().any(|e| e == entity) {
            return;
        }
        if let Some(free) = self.list.get_mut(self.count) {
            *free = entity as u32;
            self.count += 1;
        }
    }

    fn iter(&self) -> impl Iterator<Item = usize> {
        self.list.iter().take(self.count).map(|&e| e as usize)
    }
}

impl<'a> Desk<'a> {
    fn token(&self, i: usize) -> &Token {
        &self.reading.tokens[i]
    }

    fn key(&self, i: usize) -> u64 {
        key(self.token(i), self.reading.text)
    }

    /// The entities of all names of several words, the longest names first: what is part of a longer
    /// one, wherever that stands, is the same name.
    fn by_full_names(&mut self) -> Vec<Option<usize>> {
        let (drafts, forms) = (self.drafts, self.forms);
        let length = |i: usize| forms.telling(i).len().min(MANY_WORDS);
        let several = |&i: &usize| drafts[i].words().len() > 1 || drafts[i].outside;
        let mut long = Vec::with_capacity(drafts.len());
        long.extend((0..drafts.len()).filter(several));
        // How many names have more words than n, so that each finds its place in the order.
        let mut before = [0; MANY_WORDS + 1];
        long.iter().for_each(|&i: &usize| before[length(i)] += 1);
        let mut all = 0;
        before.iter_mut().rev().for_each(|n| all += std::mem::replace(n, all));
        let mut order = vec![0; all];
        for &i in &long {
            let place = &mut before[length(i)];
            order[*place] = i;
            *place += 1;
        }
        let mut owner = vec![None; drafts.len()];
        for i in order {
            owner[i] = self.by_full_name(i);
        }
        owner
    }

    fn telling(&self, i: usize) -> &'a [Word] {
        self.forms.telling(i)
    }

    /// The entity of a name of several words.
    fn by_full_name(&mut self, i: usize) -> Option<usize> {
        let draft = &self.drafts[i];
        if draft.outside {
            return Some(self.found(i));
        }
        let [first, between @ .., last] = self.telling(i) else { return None };
        let ends = mix(mix(0, first.key), last.key);
        let whole = self.whole(i);
        let person = draft.kind == NameKind::Person;
        let by_ends = || self.full.get(&ends).filter(|_| person && !between.is_empty());
        let known = self.full.get(&whole).or_else(by_ends).copied();
        let parts = self.called.get(&By::Short.key(whole));
        let known = known.or_else(|| parts?.iter().next());
        // "Mr Prat-Hale" where two people have that name.
        if parts.is_some_and(|p| p.count > 1) || known.is_none() && self.is_particle_and_family(i) {
            return None;
        }
        let entity = match known {
            Some(entity) => {
                self.learn_gender(i, entity);
                entity
            }
            None => self.found(i),
        };
        if person && self.people[entity].kind != NameKind::Person {
            self.people[entity].kind = NameKind::Person;
        }
        self.full.insert(whole, entity);
        match draft.kind {
            NameKind::Person => {
                if !between.is_empty() {
                    self.full.insert(ends, entity);
                }
                self.note_person(i, entity);
            }
            NameKind::Body => self.note_body(i, entity, first),
            NameKind::Other => self.note_other(i, entity),
        }
        Some(entity)
    }

    /// One number for all words of a name.
    fn whole(&self, i: usize) -> u64 {
        self.telling(i).iter().fold(0, |hash, w| mix(hash, w.key))
    }

    /// "De Brissac" where the text has a Charles de Brissac.
    fn is_particle_and_family(&self, i: usize) -> bool {
        let [particle, family] = self.telling(i) else { return false };
        self.token(particle.at).is(Classes::PARTICLE)
            && self.called(By::Short, family.key).any(|e| self.people[e].kind == NameKind::Person)
    }

    /// The entities that are called by a word.
    fn called(&self, by: By, word: u64) -> impl Iterator<Item = usize> {
        self.called.get(&by.key(word)).into_iter().flat_map(Namesakes::iter)
    }

    /// Notes that an entity can be called by a word.
    fn note(&mut self, by: By, word: u64, entity: usize) {
        self.called.entry(by.key(word)).or_default().note(entity);
    }

    fn found(&mut self, i: usize) -> usize {
        let kind = self.drafts[i].kind;
        self.people.push(Person {
            first: i as u32,
            seen: None,
            mentions: 0,
            number: None,
            fullest: Fullness::default(),
            role_words: 0,
            gender: Gender::Unknown,
            kind,
        });
        let entity = self.people.len() - 1;
        self.learn_gender(i, entity);
        entity
    }

    fn learn_gender(&mut self, i: usize, entity: usize) {
        if self.drafts[i].kind == NameKind::Person && self.people[entity].gender == Gender::Unknown {
            self.people[entity].gender = self.gender(i);
        }
    }

    /// Last names, and given names, by which a person can be called later.
    fn note_person(&mut self, i: usize, entity: usize) {
        let family = self.drafts[i].family();
        let [first, rest @ ..] = self.telling(i) else { return };
        for w in rest {
            if Some(w.at) == family || !self.token(w.at).is(GIVEN) {
                self.note(By::Short, w.key, entity);
            }
        }
        if let Some(family) = family.filter(|&f| rest.last().is_none_or(|last| last.at != f)) {
            self.note(By::Short, self.key(family), entity);
        }
        self.note_parts(i, entity);
        if Some(first.at) != family {
            self.note(By::Given, first.key, entity);
        }
        for w in rest {
            // A nickname between marks.
            if self.token(w.at).is(GIVEN) && self.token(w.at - 1).shape == Shape::Mark {
                let ends = mix(mix(0, w.key), family.map_or(0, |f| self.key(f)));
                self.full.insert(ends, entity);
            }
        }
    }

    /// Several words out of the name: "Holtz-Eakin" of "Douglas Holtz-Eakin", "Quiroga" and "María
    /// Fernanda Quiroga" of "María Fernanda Quiroga Luzuriaga".
    fn note_parts(&mut self, i: usize, entity: usize) {
        let words = self.telling(i);
        // A name of two words has no such part but itself.
        if words.len() < 3 {
            return;
        }
        let mut from = &words[..words.len().min(LONGEST_NAME)];
        while let [first, rest @ ..] = from {
            let mut hash = mix(0, first.key);
            for w in rest {
                hash = mix(hash, w.key);
                if !self.full.contains_key(&hash) {
                    self.note(By::Short, hash, entity);
                }
            }
            from = rest;
        }
    }

    /// The head noun of a body's name, and its first word when that is a name of its own.
    fn note_body(&mut self, i: usize, entity: usize, first: &Word) {
        if let Some(head) = self.body_head(i) {
            self.note(By::Head, u64::from(head.0), entity);
        }
        let company = self.forms.get(i).body_by_name;
        if company && is_unusual(self.token(first.at)) && !self.is_place(first.at) {
            self.note(By::Short, first.key, entity);
        }
    }

    /// A name of unusual words may be a person's: its last word will show.
    fn note_other(&mut self, i: usize, entity: usize) {
        let usual = Classes::ORDINARY | NATION | Classes::PLACE_WORD | BODY_WORD;
        let unusual = |t: &Token| !t.is(usual) && t.spaced && !matches!(t.shape, Shape::Upper | Shape::Number);
        if let words @ ([last] | [_, last] | [_, _, last]) = self.telling(i)
            && words.iter().all(|w| unusual(self.token(w.at)))
        {
            self.note(By::Short, last.key, entity);
        }
    }

    /// "International Atomic Energy Agency (IAEA)".
    fn note_acronyms(&mut self, owner: &mut [Option<usize>]) {
        for i in 1..self.drafts.len() {
            let words = self.drafts[i].words();
            let before = self.drafts[i - 1].words().end;
            let bracketed = before + 1 == words.start
                && self.token(before).is_mark('(')
                && self.reading.tokens.get(words.end).is_some_and(|t| t.is_mark(')'));
            if !bracketed
                || words.len() != 1
                || self.token(words.start).shape != Shape::Upper
                || self.drafts[i - 1].kind != NameKind::Body
            {
                continue;
            }
            if let Some(entity) = owner[i - 1] {
                self.note(By::Short, self.key(words.start), entity);
                owner[i] = Some(entity);
            }
        }
    }

    /// The entity of a name of one word.
    fn by_short_name(&mut self, i: usize) -> usize {
        let [before @ .., word] = self.telling(i) else { return self.found(i) };
        let body = self.drafts[i].kind == NameKind::Body;
        let found = if body { self.by_head(word.at) } else { None };
        // A part of a longer name has several words itself.
        let part = || if before.is_empty() { None } else { self.called.get(&By::Short.key(self.whole(i))) };
        let found = found
            .or_else(|| self.namesake(i, part()?))
            .or_else(|| self.namesake(i, self.called.get(&By::Short.key(word.key))?))
            .or_else(|| self.by_given(i, word));
        if let Some(entity) = found {
            if !body
                && self.people[entity].kind == NameKind::Other
                && self.telling(self.people[entity].first as usize).len() > 1
            {
                self.people[entity].kind = NameKind::Person;
            }
            if self.drafts[i].kind == NameKind::Person && self.people[entity].kind == NameKind::Other {
                self.people[entity].kind = NameKind::Person;
            }
            self.learn_gender(i, entity);
            return entity;
        }
        let entity = self.found(i);
        self.note(By::Short, word.key, entity);
        entity
    }

    fn by_head(&self, word: usize) -> Option<usize> {
        let called = self.called(By::Head, u64::from(self.token(word).word.0));
        called.filter(|&e| self.people[e].seen.is_some()).max_by_key(|&e| self.people[e].seen)
    }

    fn by_given(&self, i: usize, word: &Word) -> Option<usize> {
        if !self.token(word.at).is(GIVEN) {
            return None;
        }
        let list = self.called.get(&By::Given.key(word.key)).filter(|list| list.count == 1)?;
        self.namesake(i, list)
    }

    /// The gazetteer knows a place of this name.
    fn is_place(&self, word: usize) -> bool {
        let tokens = self.reading.tokens.get(word..word + 1).unwrap_or_default();
        self.tables.gazetteer.sight(self.reading.text, tokens).is_some()
    }

    /// "in Jordan" is no person, even where one of that name is in the story.
    fn is_place_here(&self, i: usize) -> bool {
        let start = self.drafts[i].words().start;
        let behind = start.checked_sub(1).is_some_and(|before| self.token(before).is(Classes::LOCATIVE));
        behind
            && self.drafts[i].title().is_empty()
            && (self.token(start).is(Classes::GIVEN_PLACE) || self.is_place(start))
    }

    /// Who of one last name is meant: by gender and role of this mention, then the latest named
    /// before, then the first named behind.
    fn namesake(&self, i: usize, list: &Namesakes) -> Option<usize> {
        if self.is_place_here(i) {
            return None;
        }
        let gender = match self.title_gender(i) {
            Gender::Unknown => self.reflexive_gender(i),
            gender => gender,
        };
        let initial = self.forms.get(i).initial;
        let fits = |&e: &usize| {
            let person = &self.people[e];
            let first = self.token(self.drafts[person.first as usize].words().start).first;
            !gender.is_opposite(person.gender)
                && initial.is_none_or(|c| c == first)
                && !(self.drafts[i].kind == NameKind::Person && person.kind == NameKind::Body)
        };
        let rank = |&e: &usize| {
            let person = &self.people[e];
            let same_role = self.role_heads(person.first as usize).any(|head| self.role_heads(i).any(|h| h == head));
            // "Mr Roth" is rather Nasser Roth than S. Roth.
            let same_gender = gender != Gender::Unknown && person.gender == gender;
            (same_role, same_gender, person.seen, std::cmp::Reverse(person.first))
        };
        let only = if list.count == 1 { list.iter().next() } else { None };
        // Where there is no choice nothing need be weighed.
        only.map_or_else(|| list.iter().filter(fits).max_by_key(rank), |e| Some(e).filter(fits))
    }

    /// What "himself" right behind a name shows.
    fn reflexive_gender(&self, i: usize) -> Gender {
        match self.reading.tokens.get(self.drafts[i].words().end) {
            Some(t) if t.is(Classes::REFLEXIVE) && t.is(Classes::PRONOUN_HE) => Gender::He,
            Some(t) if t.is(Classes::REFLEXIVE) && t.is(Classes::PRONOUN_SHE) => Gender::She,
            _ => Gender::Unknown,
        }
    }

    /// The nouns that head the roles around a name.
    fn role_heads(&self, i: usize) -> impl Iterator<Item = WordId> {
        let draft = &self.drafts[i];
        let roles = draft.roles().flat_map(|role| self.heads_of(role));
        // "Mrs Justice Roth" is a justice.
        let titled = self.token(draft.words().start).is(Classes::COURTESY | Classes::TITLE_KEPT);
        let kept = draft.words().take_while(move |&w| titled && self.token(w).is(Classes::TITLE));
        roles.chain(kept.filter(|&w| !self.token(w).is(Classes::COURTESY)).map(|w| self.token(w).word))
    }

    /// "minister" of "Minister of Trade", "chairman and head" of "chairman and head of the board".
    fn heads_of(&self, role: Range<usize>) -> impl Iterator<Item = WordId> {
        let tokens = self.reading.tokens;
        let noun = |t: &&Token| t.is(OFFICE) && !t.is(Classes::COURTESY);
        let of = role.clone().find(|&w| self.is_preposition(w)).unwrap_or(role.end);
        // "the senator's aide" is no senator.
        let owner = (role.start..of).rev().find(|&w| is_possessive(&tokens[w], self.reading.text));
        let before = tokens[owner.unwrap_or(role.start)..of].iter().filter(noun);
        let behind = tokens[of..role.end].iter().filter(noun);
        let others = usize::from(before.clone().next().is_none());
        before.chain(behind.take(others)).map(|t| t.word)
    }

    /// "the journal Cryosphere Letters", "their insurer, HomeSure": what a body is called beside its name.
    fn body_noun_before(&self, i: usize) -> Option<WordId> {
        let Range { start, end } = self.drafts[i].words();
        let token = |at: usize| self.reading.tokens.get(at);
        let comma = start.checked_sub(1).and_then(token)?.is_mark(',');
        let noun = token(start.checked_sub(1 + usize::from(comma))?)?;
        // Before most names stands another word.
        if !noun.is(Classes::BODY) || noun.shape != Shape::Lower || self.drafts[i].kind == NameKind::Person {
            return None;
        }
        let closes = token(end).is_none_or(|t| t.is_mark(',') || t.is_mark('.'));
        // What closes one block says nothing of what opens the next.
        let apart = self.reading.text.get(noun.end()..token(start)?.start()).is_none_or(|gap| gap.contains('\n'));
        (!apart && (closes || !comma)).then_some(noun.word)
    }

    fn is_preposition(&self, i: usize) -> bool {
        self.token(i).is(Classes::PREPOSITION) && self.token(i).shape == Shape::Lower
    }

    fn body_head(&self, i: usize) -> Option<WordId> {
        let words = self.drafts[i].words();
        let of = words.clone().find(|&w| self.is_preposition(w)).unwrap_or(words.end);
        (words.start..of).rev().map(|w| self.token(w)).find(|t| t.is(BODY_WORD)).map(|t| t.word)
    }

    /// What title and role say of the gender.
    fn title_gender(&self, i: usize) -> Gender {
        let draft = &self.drafts[i];
        let kept = Classes::TITLE_KEPT | Classes::COURTESY;
        let titled = self.forms.get(i).titled;
        if !titled && draft.title().is_empty() && !draft.has_role() {
            return Gender::Unknown;
        }
        let words = if titled { draft.words() } else { 0..0 };
        let title = draft.title().chain(words.filter(|&w| self.token(w).is(kept)));
        let roles = draft.roles().flat_map(|r| {
            let of = r.clone().find(|&w| self.is_preposition(w));
            r.start..of.unwrap_or(r.end)
        });
        for w in title.chain(roles) {
            match self.token(w) {
                t if t.is(Classes::HE_WORD) && t.is(OFFICE) => return Gender::He,
                t if t.is(Classes::SHE_WORD) && t.is(OFFICE) => return Gender::She,
                _ => {}
            }
        }
        Gender::Unknown
    }

    /// What title, given name, role and family name say of the gender, in this order: a woman may
    /// be a chairman.
    // Kept apart, because most names are not asked.
    #[inline(never)]
    fn gender(&self, i: usize) -> Gender {
        let title = self.title_gender(i);
        let address = self.drafts[i].title().any(|w| self.token(w).is(Classes::COURTESY));
        if title != Gender::Unknown && address {
            return title;
        }
        let family = self.drafts[i].family();
        let given = self
            .telling(i)
            .iter()
            .filter(|w| Some(w.at) != family && self.token(w.at).is_capitalised())
            .find(|w| self.token(w.at).is(GIVEN))
            .filter(|w| !self.is_syllable(w.at))
            .map(|w| self.token(w.at));
        match given.map(|t| (t.is(Classes::GIVEN_HE), t.is(Classes::GIVEN_SHE))) {
            Some((true, false)) => return Gender::He,
            Some((false, true)) => return Gender::She,
            _ if title != Gender::Unknown => return title,
            _ => {}
        }
        let she = family.is_some_and(|w| family_ending(self.token(w), self.reading.text, self.tables) == Some(true));
        if she { Gender::She } else { Gender::Unknown }
    }

    /// The "Yong" of "Yong-suk", which is no man's name for that.
    fn is_syllable(&self, word: usize) -> bool {
        let token = |i: usize| self.reading.tokens.get(i).filter(|t| !t.spaced);
        token(word + 1).is_some_and(|t| t.is_mark('-')) && token(word + 2).is_some_and(|t| t.shape == Shape::Lower)
    }

    /// Numbers the entities by first mention and gives each its fullest name and role.
    fn finish(mut self, owner: &[Option<usize>]) -> Names {
        let (mentioned, known) = (self.drafts.len(), self.people.len());
        let mut names =
            Names { names: Vec::with_capacity(mentioned), entities: Vec::with_capacity(known), ..Names::default() };
        for (i, draft) in self.drafts.iter().enumerate() {
            let Some(person) = owner[i] else { continue };
            let Some(span) = self.reading.span(draft.words()) else { continue };
            let (bare, words) = self.without_letters(i, span);
            let entity = self.people[person].number.map_or_else(
                || {
                    names.entities.push(self.entity(person, bare, words.clone()));
                    names.entities.len() - 1
                },
                |number| number as usize,
            );
            self.people[person].number = Some(entity as u32);
            let found = &mut names.entities[entity];
            // Who is named once is named no fuller elsewhere.
            if self.people[person].mentions > 1 {
                let spaces = if bare == span { self.forms.get(i).spaces.into() } else { self.spaces_in(&words) };
                // Most mentions are no longer, and need not be looked at more closely.
                if (spaces, true, bare.len() as u32) > self.people[person].fullest {
                    let fullness = self.fullness(spaces, bare);
                    if fullness > self.people[person].fullest {
                        self.people[person].fullest = fullness;
                        (found.name, found.words) = (bare, words);
                    }
                }
            }
            self.people[person].role_words =
                self.add_mention(found, self.people[person].role_words, i, names.names.len());
            names.names.push(self.name(i, span, entity));
        }
        for entity in names.entities.iter().filter(|e| e.kind != NameKind::Other) {
            for &i in entity.mentions.iter() {
                names.names[i].kind = entity.kind;
            }
        }
        names
    }

    /// Without "KC" and "PhD", which are no part of a name as "Jr" and "III" are.
    fn without_letters(&self, i: usize, span: Span) -> (Span, Range<usize>) {
        let mut words = self.drafts[i].words();
        let numeral = |t: &Token| t.of(self.reading.text).bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
        let capitals = |t: &Token| t.bytes(self.reading.text).iter().filter(|b| b.is_ascii_uppercase()).count();
        let letters = |t: &Token| t.is(Classes::POSTNOMINAL) && capitals(t) > 1 && !numeral(t);
        if !letters(self.token(words.end - 1)) {
            return (span, words);
        }
        while words.len() > 1 && letters(self.token(words.end - 1)) {
            words.end -= 1;
        }
        (self.reading.span(words.clone()).unwrap_or(span), words)
    }

    fn entity(&self, person: usize, name: Span, words: Range<usize>) -> Entity {
        let Person { kind, gender, mentions, .. } = self.people[person];
        Entity {
            name,
            words,
            family: None,
            kind,
            gender,
            role: None,
            described: None,
            titled: false,
            heads: Few::default(),
            is_state_body: false,
            mentions: Few::with_room_for(mentions as usize),
        }
    }

    /// Adds the name `i` to its entity, whose role has `role_words` so far; gives how many it has then.
    fn add_mention(&self, entity: &mut Entity, role_words: u32, i: usize, name: usize) -> u32 {
        let draft = &self.drafts[i];
        let role_words = if draft.has_role() { self.add_roles(entity, role_words, draft) } else { role_words };
        let mut add_head = |head| {
            if !entity.heads.contains(&head) {
                entity.heads.push(head);
            }
        };
        match draft.kind {
            _ if draft.outside => {}
            NameKind::Body => self.body_head(i).into_iter().chain(self.body_noun_before(i)).for_each(&mut add_head),
            _ => {
                if self.forms.get(i).titled || draft.has_role() {
                    self.role_heads(i).for_each(&mut add_head);
                }
                self.body_noun_before(i).into_iter().for_each(&mut add_head);
                if let Some(said) = described::read(self.reading.tokens, self.reading.text, draft) {
                    said.heads.into_iter().flatten().for_each(&mut add_head);
                    entity.described = entity.described.or_else(|| self.reading.span(said.words));
                }
            }
        }
        entity.is_state_body |= draft.state;
        entity.mentions.push(name);
        role_words
    }

    /// Gives an entity the fuller of its role, which has `role_words`, and those of a name; gives how many
    /// words it has then.
    fn add_roles(&self, entity: &mut Entity, mut role_words: u32, draft: &Draft) -> u32 {
        for role in draft.roles() {
            let role = self.without_courtesy(role);
            let words = 1 + self.spaces_in(&role);
            let fuller =
                words > role_words && (!draft.titled_line || role_words == 0) || entity.titled && !draft.titled_line;
            if let Some(span) = self.reading.span(role).filter(|_| fuller) {
                entity.titled = draft.titled_line;
                (entity.role, role_words) = (Some(span), words);
            }
        }
        role_words
    }

    /// How full a form of a name is: words first; a name in capitals counts less.
    fn fullness(&self, spaces: u32, span: Span) -> Fullness {
        let name = span.of(self.reading.text);
        let small = name.bytes().any(|b| b.is_ascii_lowercase()) || name.chars().any(char::is_lowercase);
        (spaces, small, span.len() as u32)
    }

    /// How often white space parts the words.
    fn spaces_in(&self, words: &Range<usize>) -> u32 {
        self.reading.tokens.get(words.clone()).unwrap_or_default().iter().skip(1).filter(|t| t.spaced).count() as u32
    }

    /// A role without courtesy titles; nothing is left when it holds no more than these.
    fn without_courtesy(&self, mut role: Range<usize>) -> Range<usize> {
        while role.clone().next().is_some_and(|w| self.token(w).is(Classes::COURTESY) || self.token(w).is_mark('.')) {
            role.start += 1;
        }
        role
    }

    fn role_span(&self, role: Range<usize>) -> Option<Span> {
        self.reading.span(self.without_courtesy(role))
    }

    fn name(&self, i: usize, span: Span, entity: usize) -> Name {
        let draft = &self.drafts[i];
        let (words, before, behind) = (draft.words(), draft.before(), draft.behind());
        let start = before.as_ref().map_or(draft.title().start, |r| r.start).min(words.start);
        let end = behind.as_ref().map_or(words.end, |r| r.end);
        let role = before.and_then(|r| self.role_span(r)).or_else(|| behind.and_then(|r| self.role_span(r)));
        Name { span, words, kind: draft.kind, role, whole: start..end, family: draft.family(), entity }
    }
}

/// Spaces between the words, whether it has small letters, and its length.
type Fullness = (u32, bool, u32);

/// Puts a word behind others in a number that stands for all of them.
fn mix(hash: u64, key: u64) -> u64 {
    (hash.rotate_left(5) ^ key).wrapping_mul(0x517c_c1b7_2722_0a95)
}
