//! People who bear the name of a place.

use super::super::candidates::Setting;
use super::Beside;
use crate::names::NameKind;
use crate::tables::Also;
use crate::text::{Classes, Shape, Token, WordId};

impl Beside<'_> {
    pub(super) fn is_person(&self) -> bool {
        let c = self.candidate;
        let risky = self.name.also.is(Also::PERSON) || c.words.len() == 1 && self.name.is_town();
        risky
            && c.setting != Setting::Shouted
            && (self.has_title_before()
                || self.has_name_before()
                || self.has_family_name_behind()
                || self.has_age_behind()
                || self.is_named_speaker()
                || self.is_in_persons_name())
    }

    /// Whether the names found in the text have it as a person, and more of that person's name
    /// than this one word: here or somewhere else.
    fn is_in_persons_name(&self) -> bool {
        let c = self.candidate;
        let Some(name) = self.names.at(c.words.start).filter(|n| n.kind == NameKind::Person) else { return false };
        let joined = |t: Option<&Token>| t.is_some_and(|t| t.is_mark('-') && !t.spaced);
        if self.own.is(Classes::DEMONYM) && (joined(self.last) || joined(self.next)) {
            return false;
        }
        // "King Abdullah of Jordan" is a king's name and a country's.
        if self.behind_of && self.name.is_country() {
            return false;
        }
        let longer_here = name.words.len() > c.words.len();
        let longer_there = || self.names.entities.get(name.entity).is_some_and(|e| e.name.len() > name.span.len());
        let located = || self.last.is_some_and(|t| t.is(Classes::LOCATIVE) && t.shape == Shape::Lower);
        longer_here || longer_there() && !located()
    }

    /// "Mr. Lincoln", "Captain Ireland"
    fn has_title_before(&self) -> bool {
        let n = if self.last.is_some_and(|t| t.is_mark('.')) { 2 } else { 1 };
        let titles = Classes::TITLE | Classes::PERSON_TITLE | Classes::TITLE_ABBREVIATION;
        self.before(n)
            .is_some_and(|t| t.is_capitalised() && t.is(titles) && !t.is(Classes::STATE_BODY | Classes::COMPASS))
    }

    /// "Jack London": a given name, or in the case of a town any other word with a capital.
    pub(super) fn has_name_before(&self) -> bool {
        let Some(before) = self.last else { return false };
        let given = before.is(Classes::GIVEN_HE | Classes::GIVEN_SHE) && before.is_capitalised();
        let initial = before.is_mark('.') && self.before(2).is_some_and(|t| t.shape == Shape::Initial);
        if given || initial {
            return true;
        }
        if self.name.also.is(Also::PERSON) && self.name.is_country() && self.before(2).is_none() {
            // The first word of a sentence has its capital from there.
            return false;
        }
        let known = Classes::PREPOSITION
            | Classes::DETERMINER
            | Classes::CONJUNCTION
            | Classes::SUBORDINATOR
            | Classes::AUXILIARY
            | Classes::ORDINARY
            | Classes::MONTH
            | Classes::WEEKDAY
            | Classes::COMPASS
            | Classes::LOCATIVE
            | Classes::PLACE_NOUN
            | Classes::STATE_BODY
            | Classes::DEMONYM
            | Classes::ROLE
            | Classes::PRONOUN_IT
            | Classes::CUE;
        before.is_capitalised()
            && self.candidate.setting == Setting::Plain
            && self.own.shape != Shape::Upper
            && before.shape != Shape::Upper
            && !before.is(known)
            && !self.candidate_before.contains(&(self.candidate.words.start - 1))
    }

    /// "America Malone"
    fn has_family_name_behind(&self) -> bool {
        let office =
            Classes::TITLE | Classes::BODY | Classes::STATE_BODY | Classes::PLACE_NOUN_CAPITAL | Classes::VENTURE;
        self.name.also.is(Also::PERSON)
            && self.candidate.setting == Setting::Plain
            && !self.last.is_some_and(|t| t.is(Classes::LOCATIVE) && t.shape == Shape::Lower)
            && self.next.is_some_and(|t| {
                // A word that no table knows is a family name more often than anything else.
                let family = t.is(Classes::FAMILY) || t.word == WordId::UNKNOWN;
                t.shape == Shape::Capital && t.spaced && family && !t.is(office)
            })
    }

    /// "Jordan, 41, said"
    fn has_age_behind(&self) -> bool {
        self.next.is_some_and(|t| t.is_mark(','))
            && self.behind(2).is_some_and(|t| t.shape == Shape::Number && t.span().len() <= 3)
            && self.behind(3).is_none_or(|t| t.shape == Shape::Mark)
    }

    /// "said Chad, a roofer"
    fn is_named_speaker(&self) -> bool {
        self.name.also.is(Also::PERSON)
            && self.last.is_some_and(|t| t.is(Classes::CUE))
            && self.next.is_some_and(|t| t.shape == Shape::Mark)
    }
}
