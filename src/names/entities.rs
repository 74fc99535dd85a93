//! Which names are one person or body: by full names, then last names, short forms and acronyms.

use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::pieces::Piece;
use super::roles::Around;
use super::words::{BODY_WORD, GIVEN, NATION, OFFICE, family_ending, is_plain_given, is_unusual, is_word, key};
use super::{Entity, Gender, Name, NameKind, Names};
use crate::reading::Reading;
use crate::span::Span;
use crate::tables::Tables;
use crate::text::{Classes, Shape, Token, WordId};

/// So many people of one last name are told apart; more are not looked at.
const NAMESAKES: usize = 8;

/// So many words of one name are looked at when a part of it may stand for all.
const LONGEST_NAME: usize = 6;

/// A name before it is known whose it is.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) piece: Piece,
    pub(super) around: Around,
    pub(super) family: Option<usize>,
    /// It stands in the byline or around the article: nobody in the story.
    pub(super) outside: bool,
    /// It stands in headline or heading: what the text calls somebody counts more.
    pub(super) title: bool,
}

impl Draft {
    /// A word of whose capital nothing is known but that it is a name elsewhere.
    pub(super) fn of_word(word: usize) -> Draft {
        let piece = Piece { words: word..word + 1, title: word..word, kind: NameKind::Other, state: false };
        Draft { piece, around: Around::default(), family: Some(word), outside: false, title: false }
    }
}

/// The words of names found where capitals prove something.
pub(super) fn known_words(reading: &Reading, drafts: &[Draft]) -> FxHashSet<u64> {
    let words = |d: &Draft| reading.tokens.get(d.piece.words.clone()).unwrap_or_default().iter();
    let telling = |t: &&Token| t.is_capitalised() && t.shape != Shape::Initial && !t.is(BODY_WORD | OFFICE);
    let mut known = FxHashSet::with_capacity_and_hasher(drafts.len(), FxBuildHasher);
    known.extend(drafts.iter().flat_map(words).filter(telling).map(|t| key(t, reading.text)));
    known
}

/// Ties the names to persons and bodies.
pub(super) fn link(reading: &Reading, tables: &Tables, drafts: Vec<Draft>) -> Names {
    let count = drafts.len();
    let mut desk = Desk {
        reading,
        tables,
        drafts,
        people: Vec::with_capacity(count),
        full: FxHashMap::with_capacity_and_hasher(count, FxBuildHasher),
        short: FxHashMap::with_capacity_and_hasher(count, FxBuildHasher),
        given: FxHashMap::default(),
        heads: FxHashMap::default(),
    };
    let mut owner = desk.by_full_names();
    desk.note_acronyms(&mut owner);
    for (i, owner) in owner.iter_mut().enumerate() {
        let entity = *owner.get_or_insert_with(|| desk.by_short_name(i));
        desk.people[entity].seen = Some(i);
    }
    desk.finish(&owner)
}

/// A person or body while names are being tied.
struct Person {
    /// The name that founded it.
    first: usize,
    /// The latest name tied to it so far.
    seen: Option<usize>,
    gender: Gender,
    kind: NameKind,
}

struct Desk<'a> {
    reading: &'a Reading<'a>,
    tables: &'a Tables,
    drafts: Vec<Draft>,
    people: Vec<Person>,
    /// By all words of the name.
    full: FxHashMap<u64, usize>,
    /// By last name, acronym or short form.
    short: FxHashMap<u64, Namesakes>,
    /// By given name.
    given: FxHashMap<u64, Namesakes>,
    /// Bodies by the noun that heads their name.
    heads: FxHashMap<WordId, Namesakes>,
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
        let several = |&i: &usize| self.drafts[i].piece.words.len() > 1 || self.drafts[i].outside;
        let names = (0..self.drafts.len()).filter(several);
        let mut order: Vec<(usize, usize)> = names.map(|i| (self.telling(i).count(), i)).collect();
        order.sort_unstable_by_key(|&(words, i)| (std::cmp::Reverse(words), i));
        let mut owner = vec![None; self.drafts.len()];
        for (_, i) in order {
            owner[i] = self.by_full_name(i);
        }
        owner
    }

    /// The words that tell a name from others: no initials, no marks, no "Jr".
    /// Where all are such, all words.
    fn telling(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + Clone + use<'a> {
        let tokens = self.reading.tokens;
        let whole = self.drafts[i].piece.words.clone();
        let titled = tokens.get(whole.start).is_some_and(|t| t.is(Classes::COURTESY | Classes::TITLE_KEPT));
        let titles = whole.clone().take_while(|&w| titled && tokens[w].is(Classes::TITLE)).count();
        let none = !whole.clone().skip(titles).any(|w| tells(tokens, w));
        let from = if none { whole.start } else { whole.start + titles };
        (from..whole.end).filter(move |&w| tells(tokens, w) || none && is_word(&tokens[w]))
    }

    /// The entity of a name of several words.
    fn by_full_name(&mut self, i: usize) -> Option<usize> {
        if self.drafts[i].outside {
            return Some(self.found(i));
        }
        let mut words = self.telling(i);
        let (first, last) = (words.next()?, words.next_back()?);
        let first_key = self.key(first);
        let last_key = self.key(last);
        let whole = mix(words.fold(mix(0, first_key), |hash, w| mix(hash, self.key(w))), last_key);
        let ends = mix(mix(0, first_key), last_key);
        let person = self.drafts[i].piece.kind == NameKind::Person;
        let known = self.full.get(&whole).or_else(|| self.full.get(&ends).filter(|_| person)).copied();
        if known.is_none() && self.is_particle_and_family(i) {
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
        match self.drafts[i].piece.kind {
            NameKind::Person => {
                self.full.insert(ends, entity);
                self.note_person(i, entity, (first, first_key), (last, last_key));
            }
            NameKind::Body => self.note_body(i, entity, first),
            NameKind::Other => self.note_other(i, entity),
        }
        Some(entity)
    }

    /// "De Brissac" where the text has a Charles de Brissac.
    fn is_particle_and_family(&self, i: usize) -> bool {
        let mut words = self.telling(i);
        let (Some(particle), Some(family), None) = (words.next(), words.next(), words.next()) else { return false };
        let mut known = self.short.get(&self.key(family)).into_iter().flat_map(Namesakes::iter);
        self.token(particle).is(Classes::PARTICLE) && known.any(|e| self.people[e].kind == NameKind::Person)
    }

    fn found(&mut self, i: usize) -> usize {
        let kind = self.drafts[i].piece.kind;
        self.people.push(Person { first: i, seen: None, gender: Gender::Unknown, kind });
        let entity = self.people.len() - 1;
        self.learn_gender(i, entity);
        entity
    }

    fn learn_gender(&mut self, i: usize, entity: usize) {
        if self.people[entity].gender == Gender::Unknown && self.drafts[i].piece.kind == NameKind::Person {
            self.people[entity].gender = self.gender(i);
        }
    }

    /// Last names, and given names, by which a person can be called later.
    /// First and last word come with their keys.
    fn note_person(&mut self, i: usize, entity: usize, first: (usize, u64), last: (usize, u64)) {
        let family = self.drafts[i].family;
        let words = self.telling(i);
        for w in words.clone().skip(1).chain(family.filter(|&w| w != last.0)) {
            if Some(w) == family || !self.token(w).is(GIVEN) {
                let key = if w == last.0 { last.1 } else { self.key(w) };
                self.short.entry(key).or_default().note(entity);
            }
        }
        self.note_parts(i, entity);
        if Some(first.0) != family {
            self.given.entry(first.1).or_default().note(entity);
        }
        for w in words.skip(1) {
            // A nickname between marks.
            if self.token(w - 1).shape != Shape::Mark || !self.token(w).is(GIVEN) {
                continue;
            }
            let ends = mix(mix(0, self.key(w)), family.map_or(0, |f| self.key(f)));
            self.full.insert(ends, entity);
        }
    }

    /// Several words out of the name: "Holtz-Eakin" of "Douglas Holtz-Eakin", "Quiroga" and "María
    /// Fernanda Quiroga" of "María Fernanda Quiroga Luzuriaga".
    fn note_parts(&mut self, i: usize, entity: usize) {
        let mut from = self.telling(i).take(LONGEST_NAME);
        while from.clone().count() > 1 {
            let mut hash = 0;
            for (length, w) in from.clone().enumerate() {
                hash = mix(hash, self.key(w));
                if length > 0 {
                    self.full.entry(hash).or_insert(entity);
                }
            }
            from.next();
        }
    }

    /// The head noun of a body's name, and its first word when that is a name of its own.
    fn note_body(&mut self, i: usize, entity: usize, first: usize) {
        if let Some(head) = self.body_head(i) {
            self.heads.entry(head).or_default().note(entity);
        }
        let company = self.drafts[i].piece.words.clone().any(|w| self.token(w).is(Classes::BODY_NAME));
        if company && is_unusual(self.token(first)) && !self.is_place(first) {
            let key = self.key(first);
            self.short.entry(key).or_default().note(entity);
        }
    }

    /// A name of unusual words may be a person's: its last word will show.
    fn note_other(&mut self, i: usize, entity: usize) {
        let mut words = self.telling(i);
        let usual = Classes::ORDINARY | NATION | Classes::PLACE_WORD | BODY_WORD;
        let last = words.clone().next_back();
        if words.clone().count() <= 3
            && words.all(|w| {
                !self.token(w).is(usual)
                    && self.token(w).spaced
                    && self.token(w).shape != Shape::Upper
                    && self.token(w).shape != Shape::Number
            })
            && let Some(last) = last
        {
            let key = self.key(last);
            self.short.entry(key).or_default().note(entity);
        }
    }

    /// "International Atomic Energy Agency (IAEA)".
    fn note_acronyms(&mut self, owner: &mut [Option<usize>]) {
        for i in 1..self.drafts.len() {
            let words = self.drafts[i].piece.words.clone();
            let before = self.drafts[i - 1].piece.words.end;
            let bracketed = before + 1 == words.start
                && self.token(before).is_mark('(')
                && self.reading.tokens.get(words.end).is_some_and(|t| t.is_mark(')'));
            if !bracketed
                || words.len() != 1
                || self.token(words.start).shape != Shape::Upper
                || self.drafts[i - 1].piece.kind != NameKind::Body
            {
                continue;
            }
            if let Some(entity) = owner[i - 1] {
                let key = self.key(words.start);
                self.short.entry(key).or_default().note(entity);
                owner[i] = Some(entity);
            }
        }
    }

    /// The entity of a name of one word.
    fn by_short_name(&mut self, i: usize) -> usize {
        let Some(word) = self.telling(i).next_back() else { return self.found(i) };
        let key = self.key(word);
        let body = self.drafts[i].piece.kind == NameKind::Body;
        let found = if body { self.by_head(word) } else { None };
        let found = found.or_else(|| self.namesake(i, self.short.get(&key)?)).or_else(|| self.by_given(i, word, key));
        if let Some(entity) = found {
            if !body
                && self.people[entity].kind == NameKind::Other
                && self.telling(self.people[entity].first).count() > 1
            {
                self.people[entity].kind = NameKind::Person;
            }
            if self.drafts[i].piece.kind == NameKind::Person && self.people[entity].kind == NameKind::Other {
                self.people[entity].kind = NameKind::Person;
            }
            self.learn_gender(i, entity);
            return entity;
        }
        let entity = self.found(i);
        self.short.entry(key).or_default().note(entity);
        entity
    }

    fn by_head(&self, word: usize) -> Option<usize> {
        let list = self.heads.get(&self.token(word).word)?;
        list.iter().filter(|&e| self.people[e].seen.is_some()).max_by_key(|&e| self.people[e].seen)
    }

    fn by_given(&self, i: usize, word: usize, key: u64) -> Option<usize> {
        if !self.token(word).is(GIVEN) {
            return None;
        }
        self.given.get(&key).filter(|list| list.count == 1).and_then(|list| self.namesake(i, list))
    }

    /// The gazetteer knows a place of this name.
    fn is_place(&self, word: usize) -> bool {
        let tokens = self.reading.tokens.get(word..word + 1).unwrap_or_default();
        self.tables.gazetteer.sight(self.reading.text, tokens).is_some()
    }

    /// "in Jordan" is no person, even where one of that name is in the story.
    fn is_place_here(&self, i: usize) -> bool {
        let start = self.drafts[i].piece.words.start;
        let behind = start.checked_sub(1).is_some_and(|before| self.token(before).is(Classes::LOCATIVE));
        behind
            && self.drafts[i].piece.title.is_empty()
            && (self.token(start).is(Classes::GIVEN_PLACE) || self.is_place(start))
    }

    /// Who of one last name is meant: by gender and role of this mention, then the latest named
    /// before, then the first named behind.
    fn namesake(&self, i: usize, list: &Namesakes) -> Option<usize> {
        if self.is_place_here(i) {
            return None;
        }
        let gender = self.title_gender(i);
        let initial = self.drafts[i]
            .piece
            .words
            .clone()
            .find(|&w| self.token(w).shape == Shape::Initial)
            .map(|w| self.token(w).first);
        let fits = |&e: &usize| {
            let person = &self.people[e];
            let opposite = gender != Gender::Unknown && person.gender != Gender::Unknown && gender != person.gender;
            let first = self.token(self.drafts[person.first].piece.words.start).first;
            !opposite
                && initial.is_none_or(|c| c == first)
                && !(self.drafts[i].piece.kind == NameKind::Person && person.kind == NameKind::Body)
        };
        let rank = |&e: &usize| {
            let person = &self.people[e];
            let same_role = self.role_heads(person.first).any(|head| self.role_heads(i).any(|h| h == head));
            (same_role, person.seen, std::cmp::Reverse(person.first))
        };
        let only = if list.count == 1 { list.iter().next() } else { None };
        // Where there is no choice nothing need be weighed.
        only.map_or_else(|| list.iter().filter(fits).max_by_key(rank), |e| Some(e).filter(fits))
    }

    /// The nouns that head the roles around a name.
    fn role_heads(&self, i: usize) -> impl Iterator<Item = WordId> {
        let Draft { around, piece, .. } = &self.drafts[i];
        let roles = around.before.iter().chain(&around.behind).flat_map(|role| self.heads_of(role));
        // "Mrs Justice Roth" is a justice.
        let titled = self.token(piece.words.start).is(Classes::COURTESY | Classes::TITLE_KEPT);
        let kept = piece.words.clone().take_while(move |&w| titled && self.token(w).is(Classes::TITLE));
        roles.chain(kept.filter(|&w| !self.token(w).is(Classes::COURTESY)).map(|w| self.token(w).word))
    }

    /// "minister" of "Minister of Trade", "chairman and head" of "chairman and head of the board".
    fn heads_of(&self, role: &Range<usize>) -> impl Iterator<Item = WordId> {
        let tokens = self.reading.tokens;
        let noun = |t: &&Token| t.is(OFFICE) && !t.is(Classes::COURTESY);
        let of = role.clone().find(|&w| self.is_preposition(w)).unwrap_or(role.end);
        let before = tokens[role.start..of].iter().filter(noun);
        let behind = tokens[of..role.end].iter().filter(noun);
        let others = usize::from(before.clone().next().is_none());
        before.chain(behind.take(others)).map(|t| t.word)
    }

    fn is_preposition(&self, i: usize) -> bool {
        self.token(i).is(Classes::PREPOSITION) && self.token(i).shape == Shape::Lower
    }

    fn body_head(&self, i: usize) -> Option<WordId> {
        let words = self.drafts[i].piece.words.clone();
        let of = words.clone().find(|&w| self.is_preposition(w)).unwrap_or(words.end);
        (words.start..of).rev().map(|w| self.token(w)).find(|t| t.is(BODY_WORD)).map(|t| t.word)
    }

    /// What title and role say of the gender.
    fn title_gender(&self, i: usize) -> Gender {
        let draft = &self.drafts[i];
        let title =
            draft.piece.title.clone().chain(
                draft.piece.words.clone().filter(|&w| self.token(w).is(Classes::TITLE_KEPT | Classes::COURTESY)),
            );
        let roles = draft.around.before.iter().chain(&draft.around.behind).flat_map(|r| {
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
    fn gender(&self, i: usize) -> Gender {
        let title = self.title_gender(i);
        let address = self.drafts[i].piece.title.clone().any(|w| self.token(w).is(Classes::COURTESY));
        if title != Gender::Unknown && address {
            return title;
        }
        let family = self.drafts[i].family;
        let given = self
            .telling(i)
            .filter(|&w| Some(w) != family && self.token(w).is_capitalised())
            .map(|w| self.token(w))
            .find(|t| is_plain_given(t) || t.is(GIVEN));
        match given.map(|t| (t.is(Classes::GIVEN_HE), t.is(Classes::GIVEN_SHE))) {
            Some((true, false)) => return Gender::He,
            Some((false, true)) => return Gender::She,
            _ if title != Gender::Unknown => return title,
            _ => {}
        }
        let she = family.is_some_and(|w| family_ending(self.token(w), self.reading.text, self.tables) == Some(true));
        if she { Gender::She } else { Gender::Unknown }
    }

    /// Numbers the entities by first mention and gives each its fullest name and role.
    fn finish(self, owner: &[Option<usize>]) -> Names {
        let mut number: Vec<Option<usize>> = vec![None; self.people.len()];
        let (mentioned, known) = (self.drafts.len(), self.people.len());
        let mut names = Names { names: Vec::with_capacity(mentioned), entities: Vec::with_capacity(known) };
        // How full the fullest name and role of each entity are.
        let mut fullest: Vec<(Fullness, usize)> = Vec::with_capacity(known);
        let mut mentions: Vec<usize> = vec![0; known];
        owner.iter().flatten().for_each(|&person| mentions[person] += 1);
        for (i, draft) in self.drafts.iter().enumerate() {
            let Some(person) = owner[i] else { continue };
            let Some(span) = self.reading.span(draft.piece.words.clone()) else { continue };
            let words = &draft.piece.words;
            let (bare, words) = self.without_letters(words.clone(), span);
            let entity = *number[person].get_or_insert_with(|| {
                names.entities.push(self.entity(person, bare, words.clone(), mentions[person]));
                fullest.push((self.fullness(&words, bare), 0));
                names.entities.len() - 1
            });
            let (of_name, of_role) = &mut fullest[entity];
            // Most mentions are shorter, and need not be looked at more closely.
            if self.spaces_in(&words) >= of_name.0 && self.fullness(&words, bare) > *of_name {
                let fuller = &mut names.entities[entity];
                *of_name = self.fullness(&words, bare);
                (fuller.name, fuller.words) = (bare, words);
            }
            self.add_mention(&mut names.entities[entity], of_role, i, names.names.len());
            names.names.push(self.name(i, span, entity));
        }
        for entity in &mut names.entities {
            let kind = entity.kind;
            for &i in &entity.mentions {
                if kind != NameKind::Other {
                    names.names[i].kind = kind;
                }
            }
        }
        names
    }

    /// Without "KC" and "PhD", which are no part of a name as "Jr" and "III" are.
    fn without_letters(&self, mut words: Range<usize>, span: Span) -> (Span, Range<usize>) {
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

    fn entity(&self, person: usize, name: Span, words: Range<usize>, mentions: usize) -> Entity {
        let Person { kind, gender, .. } = self.people[person];
        Entity {
            name,
            words,
            family: None,
            kind,
            gender,
            role: None,
            titled: false,
            heads: Vec::new(),
            is_state_body: false,
            mentions: Vec::with_capacity(mentions),
        }
    }

    /// `of_role` is how full the role of the entity is.
    fn add_mention(&self, entity: &mut Entity, of_role: &mut usize, i: usize, name: usize) {
        let draft = &self.drafts[i];
        for role in draft.around.before.iter().chain(&draft.around.behind) {
            let role = self.without_courtesy(role.clone());
            let words = 1 + self.spaces_in(&role);
            let fuller = words > *of_role && (!draft.title || *of_role == 0) || entity.titled && !draft.title;
            if let Some(span) = self.reading.span(role).filter(|_| fuller) {
                entity.titled = draft.title;
                (entity.role, *of_role) = (Some(span), words);
            }
        }
        let mut add_head = |head| {
            if !entity.heads.contains(&head) {
                entity.heads.push(head);
            }
        };
        match draft.piece.kind {
            _ if draft.outside => {}
            NameKind::Body => self.body_head(i).into_iter().for_each(&mut add_head),
            _ => self.role_heads(i).for_each(&mut add_head),
        }
        entity.is_state_body |= draft.piece.state;
        entity.mentions.push(name);
    }

    /// How full a form of a name is: words first; a name in capitals counts less.
    fn fullness(&self, words: &Range<usize>, span: Span) -> Fullness {
        let name = span.of(self.reading.text);
        let small = name.bytes().any(|b| b.is_ascii_lowercase()) || name.chars().any(char::is_lowercase);
        (self.spaces_in(words), small, span.len())
    }

    /// How often white space parts the words.
    fn spaces_in(&self, words: &Range<usize>) -> usize {
        self.reading.tokens.get(words.clone()).unwrap_or_default().iter().skip(1).filter(|t| t.spaced).count()
    }

    /// A role without courtesy titles; nothing is left when it holds no more than these.
    fn without_courtesy(&self, mut role: Range<usize>) -> Range<usize> {
        while role.clone().next().is_some_and(|w| self.token(w).is(Classes::COURTESY) || self.token(w).is_mark('.')) {
            role.start += 1;
        }
        role
    }

    fn role_span(&self, role: &Range<usize>) -> Option<Span> {
        self.reading.span(self.without_courtesy(role.clone()))
    }

    fn name(&self, i: usize, span: Span, entity: usize) -> Name {
        let Draft { piece, around, family, .. } = &self.drafts[i];
        let start =
            around.before.as_ref().map_or(piece.title.start.min(piece.words.start), |r| r.start.min(piece.words.start));
        let end = around.behind.as_ref().map_or(piece.words.end, |r| r.end);
        let before = around.before.as_ref().and_then(|r| self.role_span(r));
        let role = before.or_else(|| around.behind.as_ref().and_then(|r| self.role_span(r)));
        Name { span, words: piece.words.clone(), kind: piece.kind, role, whole: start..end, family: *family, entity }
    }
}

/// Spaces between the words, whether it has small letters, and its length.
type Fullness = (usize, bool, usize);

/// A word that tells a name from others: no initial, no mark, no "Jr".
fn tells(tokens: &[Token], w: usize) -> bool {
    let token = &tokens[w];
    is_word(token)
        && token.shape != Shape::Initial
        && !token.is(Classes::POSTNOMINAL | Classes::TITLE_KEPT)
        && !(token.is(Classes::PARTICLE) && (token.shape == Shape::Lower || is_tied(token, tokens.get(w + 1))))
}

/// A particle that goes with the word behind it though the sentence gave it a capital:
/// "El-Shennawy", "Van den Berg".
fn is_tied(particle: &Token, next: Option<&Token>) -> bool {
    next.is_some_and(|t| {
        t.is_mark('-') && !t.spaced && !particle.is(GIVEN) || t.shape == Shape::Lower && t.is(Classes::PARTICLE)
    })
}

/// Puts a word behind others in a number that stands for all of them.
fn mix(hash: u64, key: u64) -> u64 {
    (hash.rotate_left(5) ^ key).wrapping_mul(0x517c_c1b7_2722_0a95)
}
