//! Families: "his wife", "her dad" among the people the text names.

use super::back::gender_of;
use super::clause::Phrase;
use super::resolve::Resolver;
use crate::names::{Entity, Gender, NameKind};
use crate::text::{Classes, Tag, Token, WordId};

/// How many people are looked at for a member of a family.
const PEOPLE: usize = 60;

impl<'a> Resolver<'a> {
    /// The one person of whom the text says that they are the wife, the father, and so on; else the
    /// one who shares the family name of the owner and may be meant.
    pub(super) fn of_kin(&mut self, phrase: &Phrase) -> Option<usize> {
        let items = &self.scene.narrative.items;
        let head = items.get(phrase.head)?;
        let token = self.token(head)?;
        if !token.is(Classes::KIN) || head.plural {
            return None;
        }
        let own = items.get(phrase.items.start).is_some_and(|i| i.is(Classes::PRONOUN_SPEECH));
        if own {
            return None;
        }
        if let Some(entity) = self.only_one_called(token) {
            return Some(self.of_entity(entity));
        }
        let owner = self.owner(phrase)?;
        let entity = self.relative_of(owner, token)?;
        Some(self.of_entity(entity))
    }

    /// The one person whose role is headed by the word.
    fn only_one_called(&self, token: &Token) -> Option<usize> {
        let known = token.word != WordId::UNKNOWN;
        let mut before = self.called_by(token.word).filter(|&e| known && self.is_named_before(e, token.start()));
        before.next().filter(|_| before.next().is_none())
    }

    fn is_named_before(&self, entity: usize, at: usize) -> bool {
        let first = self.names.entities.get(entity).and_then(|e| e.mentions.first());
        first.and_then(|&m| self.names.names.get(m)).is_some_and(|n| n.span.start() < at)
    }

    /// Whose wife or father it is: the name before the 's, or the one "his" stands for.
    fn owner(&mut self, phrase: &Phrase) -> Option<usize> {
        let items = self.scene.narrative.items.get(phrase.items.clone())?;
        if items.iter().any(|i| i.tag == Tag::Possessive) {
            return self.named_owner(phrase);
        }
        let first = items.first().filter(|i| i.is(Classes::POSSESSIVE))?;
        let (sentence, _) = self.clause_at(phrase.head);
        let owner = self.of_pronoun(first, sentence, phrase.items.start)?;
        self.parties.get(owner)?.entity
    }

    /// "Roth's": the entity whose name stands before the 's.
    pub(super) fn named_owner(&self, phrase: &Phrase) -> Option<usize> {
        let items = self.scene.narrative.items.get(phrase.items.clone())?;
        let at = items.iter().position(|i| i.tag == Tag::Possessive)?;
        let name = items[..at].iter().rev().find(|i| i.tag == Tag::Name)?;
        name.name().and_then(|i| self.names.names.get(i)).map(|n| n.entity)
    }

    /// The only other person of the owner's family name who may be a wife, a father, and so on.
    fn relative_of(&self, owner: usize, kin: &Token) -> Option<usize> {
        let family = self.family(self.names.entities.get(owner)?)?;
        let gender = gender_of(kin);
        let fits = |(i, e): &(usize, &Entity)| {
            *i != owner
                && e.kind == NameKind::Person
                && !gender.is_opposite(e.gender)
                && self.family(e).is_some_and(|f| is_same_family(f, family))
        };
        let entities = self.names.entities.iter().enumerate().take(PEOPLE);
        let found: Vec<(usize, Gender)> = entities.filter(fits).map(|(i, e)| (i, e.gender)).collect();
        let known = found.iter().filter(|(_, g)| *g == gender && gender != Gender::Unknown);
        match (found.as_slice(), known.clone().count()) {
            ([(only, _)], _) => Some(*only),
            (_, 1) => known.map(|&(i, _)| i).next(),
            _ => None,
        }
    }

    /// The family name of a person, their own or that of the family they are presented with.
    fn family(&self, entity: &Entity) -> Option<&'a str> {
        let text = self.scene.reading.text;
        if let Some(family) = entity.family {
            return Some(family.of(text));
        }
        let whole = entity.name.of(text);
        whole.split_once(char::is_whitespace).map(|(_, rest)| rest.trim_start())
    }
}

/// "Thu Nguyen" of a full name and "Nguyen" are one family.
fn is_same_family(one: &str, other: &str) -> bool {
    let (long, short) = if one.len() > other.len() { (one, other) } else { (other, one) };
    long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with(char::is_whitespace))
}
