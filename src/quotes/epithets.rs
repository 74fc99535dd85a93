//! Epithets: "the 34-year-old", "the Spaniard", "the archaeologist", of whom the text says elsewhere
//! how old they are or where they come from, or whom it has called so without their speaking.

use rustc_hash::FxHashMap;

use super::back::{Sought, gender_of};
use super::clause::{Clause, Phrase};
use super::narrative::Item;
use super::resolve::Resolver;
use super::speaker::Attribution;
use crate::article::CountryMentionKind;
use crate::names::{Entity, NameKind};
use crate::reading::BlockKind;
use crate::tables::{CountryId, Meaning};
use crate::text::{Classes, Shape, Tag, Token, WordId};

/// So many names before "the Spaniard" are looked at.
const NAMES: usize = 120;

/// So many words behind a name may say where somebody comes from.
const BEHIND: usize = 8;

/// What people are called besides their roles.
#[derive(Default)]
pub(super) struct Epithets {
    /// Parties by the noun.
    called: FxHashMap<WordId, usize>,
    /// Parties by the age that a sentence has called them by: "The 34-year-old archaeologist leads".
    aged: FxHashMap<u8, usize>,
    /// Entities by their age, nobody where two are of one age. Read when first asked.
    ages: Option<FxHashMap<u8, Option<usize>>>,
    /// Bare roles that speak in the headline.
    titled: Vec<WordId>,
    /// So many sentences have been read.
    read: usize,
}

impl<'a> Resolver<'a> {
    /// Notes the roles that speak in headlines: "Surgeon: woman will sing". "Afghan envoy" is told apart from
    /// others, and need not be who opens the text.
    pub(super) fn note_titled(&mut self, attributions: &[Attribution]) {
        let role = |t: &&Token| t.is(Classes::ROLE) && !t.is(Classes::BODY);
        let word = |a: &Attribution| {
            let subject = a.subject.as_ref().filter(|s| s.items.len() == 1 && self.is_bare_role(s))?;
            let head = self.scene.narrative.items.get(subject.head).and_then(|i| self.token(i)).filter(role)?;
            Some(head.word).filter(|&w| self.called_by(w).next().is_none())
        };
        self.epithets.titled = attributions.iter().filter(|a| self.is_title_page(a)).filter_map(word).collect();
    }

    /// Whoever speaks first in the body is the "surgeon" of the headline.
    pub(super) fn opened_by(&mut self, party: usize) {
        if self.parties[party].entity.is_some() && self.parties[party].is_person {
            for word in std::mem::take(&mut self.epithets.titled) {
                self.epithets.called.entry(word).or_insert(party);
            }
        }
    }

    /// Reads the sentences up to `sentence` for what they call those who spoke right before.
    pub(super) fn learn_epithets(&mut self, sentence: usize) {
        for s in self.epithets.read..=sentence {
            if self.block_kind(s) == Some(BlockKind::Paragraph) {
                self.learn_epithet(s);
            }
        }
        self.epithets.read = self.epithets.read.max(sentence + 1);
    }

    /// "The archaeologist from Riga leads a team" right after somebody spoke.
    fn learn_epithet(&mut self, sentence: usize) -> Option<()> {
        let clause = &self.clause_of(sentence);
        let phrase = self.opening_role(clause).filter(|p| self.is_definite(p) && !self.is_new(clause, p))?;
        let token = self.token(&clause.items[phrase.head])?;
        let known = self.by_head.contains_key(&token.word) || self.called_by(token.word).next().is_some();
        if known || token.is(Classes::BODY | Classes::TITLE) || clause.items[phrase.head].plural {
            return None;
        }
        let sought = Sought { gender: gender_of(token), other: None };
        let party = self.just_before(&phrase, sentence, sought)?;
        self.epithets.called.insert(token.word, party);
        let age = clause.items[phrase.items.clone()].iter().find_map(|i| self.age_at(i.first()));
        self.epithets.aged.extend(age.map(|age| (age, party)));
        Some(())
    }

    /// "The chairman of the board", "The minister's aide", "The surgeon, Ines Roth,": somebody else.
    fn is_new(&self, clause: &Clause, phrase: &Phrase) -> bool {
        let behind = phrase.items.end;
        clause.is(behind, Classes::OF)
            || matches!(clause.tag(behind), Some(Tag::Possessive | Tag::Name))
            || self.name_behind(phrase).is_some()
    }

    /// Whom the text has called so, or who comes from where "the Chilean firefighter" does.
    pub(super) fn of_epithet(&mut self, phrase: &Phrase, noun: &Token, sentence: usize) -> Option<usize> {
        // "the Austria captain" is told apart from the captain.
        let bare = phrase.head <= phrase.items.start + 1;
        let known = self.epithets.called.get(&noun.word).copied().filter(|_| bare);
        let known = known.map(|party| self.spoke_beside(sentence, noun).unwrap_or(party));
        known.or_else(|| self.of_demonym(phrase, noun))
    }

    /// Whom "the Chilean firefighter" is, by where people come from.
    pub(super) fn of_demonym(&mut self, phrase: &Phrase, noun: &Token) -> Option<usize> {
        let before = self.scene.narrative.items.get(phrase.items.start + 1..phrase.head)?;
        let role = noun.is(Classes::ROLE) && !noun.is(Classes::BODY | Classes::TITLE);
        let nation = before.iter().filter(|_| role).filter_map(|i| self.nation(i.tokens())).next_back()?;
        self.of_nation(nation.0, noun.start(), false)
    }

    /// Whom "the physicist from Minsk" is: the one of whom the text says both, or the only one who comes
    /// from the country.
    pub(super) fn of_there(&mut self, phrase: &Phrase, noun: &Token) -> Option<usize> {
        let both = |e: &usize| self.shared_words(phrase, *e) > 1;
        if let Some(entity) = self.called_before(noun.word, noun.start()).filter(both).last() {
            return Some(self.of_entity(entity));
        }
        let home = self.home(phrase)?;
        self.of_nation(home, noun.start(), true)
    }

    /// Whom "the 34-year-old" is, the one of whom the text says that they are 34.
    pub(super) fn of_age(&mut self, head: &Item) -> Option<usize> {
        let number = head.first().checked_sub(4)?;
        let age = self.age_at(number)?;
        if let Some(&party) = self.epithets.aged.get(&age) {
            return Some(party);
        }
        if self.epithets.ages.is_none() {
            self.epithets.ages = Some(self.read_ages());
        }
        let entity = self.epithets.ages.as_ref()?.get(&age).copied().flatten()?;
        Some(self.of_entity(entity))
    }

    fn age_at(&self, token: usize) -> Option<u8> {
        let token = self.scene.reading.tokens.get(token).filter(|t| t.shape == Shape::Number)?;
        token.of(self.scene.reading.text).parse().ok().filter(|age| (1..=120).contains(age))
    }

    fn read_ages(&mut self) -> FxHashMap<u8, Option<usize>> {
        let mut ages: FxHashMap<u8, Option<usize>> = FxHashMap::default();
        for i in 0..self.scene.reading.tokens.len() {
            let Some(age) = self.age_at(i) else { continue };
            let Some(entity) = self.aged_at(i) else { continue };
            ages.entry(age).and_modify(|e| *e = e.filter(|&e| e == entity)).or_insert(Some(entity));
        }
        ages
    }

    /// Whose age the number is: "Ines Roth, 34,", "34-year-old Ines Roth", "She is 34".
    fn aged_at(&mut self, number: usize) -> Option<usize> {
        let tokens = self.scene.reading.tokens;
        let before = tokens.get(number.checked_sub(1)?)?;
        if before.is_mark(',') || before.is_mark('(') {
            let closes = tokens.get(number + 1).is_none_or(|t| t.shape == Shape::Mark && !t.is_mark('-'));
            let name = self.names.at(number.checked_sub(2)?).filter(|n| closes && n.kind == NameKind::Person)?;
            return Some(name.entity);
        }
        if tokens.get(number + 1).is_some_and(|t| t.is_mark('-')) {
            return self.name_with_role(number).map(|n| n.entity);
        }
        let subject = number.checked_sub(2).filter(|_| before.is(Classes::BE))?;
        if let Some(name) = self.names.at(subject).filter(|n| n.kind == NameKind::Person) {
            return Some(name.entity);
        }
        // "Ines Roth, who is 34,"
        if tokens[subject].is(Classes::SUBJECT_RELATIVE) {
            let name = subject.checked_sub(1).filter(|&i| tokens[i].is_mark(',')).and_then(|i| self.names.at(i - 1));
            return name.filter(|n| n.kind == NameKind::Person).map(|n| n.entity);
        }
        let items = &self.scene.narrative.items;
        let at = items.partition_point(|i| i.end() <= subject);
        let item = items.get(at).filter(|i| i.tag == Tag::Pronoun)?;
        let (sentence, _) = self.clause_at(at);
        let party = self.of_pronoun(item, sentence, at)?;
        self.parties[party].entity
    }

    /// "The young Spaniard": somebody spoken of, by nation alone.
    pub(super) fn countryman(&self, phrase: &Phrase) -> Option<CountryId> {
        let items = self.scene.narrative.items.get(phrase.items.clone())?;
        let [the, between @ .., one] = items else { return None };
        let plain = between.iter().all(|i| matches!(i.tag, Tag::Noun | Tag::Number | Tag::Glue | Tag::Time));
        if !the.is(Classes::ARTICLE) || one.plural || !plain || phrase.head + 1 != phrase.items.end {
            return None;
        }
        self.nation(one.tokens()).filter(|&(_, kind)| kind == CountryMentionKind::Demonym).map(|(country, _)| country)
    }

    /// "from Minsk" in "the visitor from Minsk".
    pub(super) fn home(&self, phrase: &Phrase) -> Option<CountryId> {
        let items = self.scene.narrative.items.get(phrase.head..phrase.items.end)?;
        let [_, from, place, ..] = items else { return None };
        let from = from.is_word(self.scene.reading, "from");
        self.nation(place.tokens()).filter(|_| from).map(|(country, _)| country)
    }

    /// The country that all these words together stand for.
    fn nation(&self, words: std::ops::Range<usize>) -> Option<(CountryId, CountryMentionKind)> {
        let tokens = self.scene.reading.tokens.get(words)?;
        let found = self.scene.tables.gazetteer.longest(self.scene.reading.text, tokens)?;
        let meaning = Meaning::usual(&found.meanings).filter(|_| found.words == tokens.len())?;
        Some((meaning.country, meaning.kind))
    }

    /// The last person named before the byte `at` who comes from the country; `alone` if no other does.
    pub(super) fn of_nation(&mut self, country: CountryId, at: usize, alone: bool) -> Option<usize> {
        let names = &self.names.names;
        let end = names.partition_point(|n| n.span.start() < at);
        let before = names[end.saturating_sub(NAMES)..end].iter().rev();
        let mut people = before.filter(|n| n.kind == NameKind::Person).map(|n| n.entity);
        let last = people.by_ref().find(|&e| self.comes_from(e, country))?;
        if alone && people.any(|e| e != last && self.comes_from(e, country)) {
            return None;
        }
        Some(self.of_entity(last))
    }

    /// Whether the role of a person, or the words behind the name, say that they come from the country.
    fn comes_from(&self, entity: usize, country: CountryId) -> bool {
        let Some(Entity { role, described, mentions, .. }) = self.names.entities.get(entity) else { return false };
        let said = [*role, *described].into_iter().flatten();
        let mut said = said.flat_map(|span| self.places_in(self.scene.reading.token_at(span.start()), span.end()));
        if said.any(|c| c == country) {
            return true;
        }
        let Some(name) = mentions.first().and_then(|&m| self.names.names.get(m)) else { return false };
        let tokens = self.scene.reading.tokens;
        let behind = tokens.get(name.words.end..).unwrap_or_default().iter().take(BEHIND);
        let from = behind.take_while(|t| !t.is_mark('.')).position(|t| t.of(self.scene.reading.text) == "from");
        from.is_some_and(|n| {
            let place = name.words.end + n + 1;
            let end = tokens.get(place + 1).or(tokens.get(place)).map_or(0, Token::end);
            self.places_in(place, end).next() == Some(country)
        })
    }

    /// The countries that the words from `first` to the byte `end` stand for.
    fn places_in(&self, first: usize, end: usize) -> impl Iterator<Item = CountryId> {
        let (tokens, text) = (self.scene.reading.tokens, self.scene.reading.text);
        let last =
            first + tokens.get(first..).unwrap_or_default().iter().take(12).take_while(|t| t.end() <= end).count();
        (first..last).filter(|&i| tokens[i].is_capitalised()).filter_map(move |i| {
            let found = self.scene.tables.gazetteer.longest(text, &tokens[i..last])?;
            Meaning::usual(&found.meanings).map(|m| m.country)
        })
    }
}
