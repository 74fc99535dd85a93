//! People who bear the name of a place.

use super::super::candidates::Setting;
use super::Beside;
use crate::names::NameKind;
use crate::tables::Also;
use crate::text::{Classes, Shape, Token, WordId};

impl Beside<'_> {
    pub(super) fn is_person(&self) -> bool {
        let c = self.candidate;
        let risky = c.also.is(Also::PERSON) || c.words.len() == 1 && self.is_town();
        if c.setting != Setting::Shouted && self.is_in_persons_name(risky) {
            return true;
        }
        risky
            && c.setting != Setting::Shouted
            && (self.has_title_before()
                || self.has_name_before()
                || self.has_family_name_behind()
                || self.has_age_behind()
                || self.is_named_speaker())
    }

    /// Whether the names found in the text have it as a person, and more of that person's name
    /// than this one word: here, or somewhere else if this name may well be a person's.
    fn is_in_persons_name(&self, risky: bool) -> bool {
        let c = self.candidate;
        let Some(name) = self.names.at(c.words.start).filter(|n| n.kind == NameKind::Person) else { return false };
        let joined = |t: Option<&Token>| t.is_some_and(|t| t.is_mark('-') && !t.spaced);
        let own = self.reading.tokens.get(c.words.start);
        if own.is_some_and(|t| t.is(Classes::DEMONYM)) && (joined(self.before(1)) || joined(self.behind(1))) {
            return false;
        }
        // "King Abdullah of Jordan" is a king's name and a country's.
        if self.is_country() && self.before(1).is_some_and(|t| t.of(self.reading.text) == "of") {
            return false;
        }
        let longer_here = name.words.len() > c.words.len();
        let longer_there = self.names.entities.get(name.entity).is_some_and(|e| e.name.len() > name.span.len());
        let located = self.before(1).is_some_and(|t| t.is(Classes::LOCATIVE) && t.shape == Shape::Lower);
        if risky {
            longer_here || longer_there && !located
        } else {
            longer_here && c.words.len() == 1 && self.is_town()
        }
    }

    /// "Mr. Lincoln", "Captain Ireland"
    fn has_title_before(&self) -> bool {
        let n = if self.before(1).is_some_and(|t| t.is_mark('.')) { 2 } else { 1 };
        let titles = Classes::TITLE | Classes::PERSON_TITLE | Classes::TITLE_ABBREVIATION;
        self.before(n)
            .is_some_and(|t| t.is_capitalised() && t.is(titles) && !t.is(Classes::STATE_BODY | Classes::COMPASS))
    }

    /// "Jack London": a given name, or in the case of a town any other word with a capital.
    pub(super) fn has_name_before(&self) -> bool {
        let Some(before) = self.before(1) else { return false };
        let given = before.is(Classes::GIVEN_HE | Classes::GIVEN_SHE) && before.is_capitalised();
        let initial = before.is_mark('.') && self.before(2).is_some_and(|t| t.shape == Shape::Initial);
        if given || initial {
            return true;
        }
        if self.candidate.also.is(Also::PERSON) && self.is_country() && self.before(2).is_none() {
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
        let own = self.reading.tokens.get(self.candidate.words.start);
        self.candidate.setting == Setting::Plain
            && own.is_some_and(|t| t.shape != Shape::Upper)
            && before.is_capitalised()
            && before.shape != Shape::Upper
            && !before.is(known)
            && !self.is_candidate.get(self.candidate.words.start - 1).copied().unwrap_or_default()
    }

    /// "America Malone"
    fn has_family_name_behind(&self) -> bool {
        let office =
            Classes::TITLE | Classes::BODY | Classes::STATE_BODY | Classes::PLACE_NOUN_CAPITAL | Classes::VENTURE;
        self.candidate.also.is(Also::PERSON)
            && self.candidate.setting == Setting::Plain
            && !self.before(1).is_some_and(|t| t.is(Classes::LOCATIVE) && t.shape == Shape::Lower)
            && self.behind(1).is_some_and(|t| {
                // A word that no table knows is a family name more often than anything else.
                let family = t.is(Classes::FAMILY) || t.word == WordId::UNKNOWN;
                t.shape == Shape::Capital && t.spaced && family && !t.is(office)
            })
    }

    /// "Jordan, 41, said"
    fn has_age_behind(&self) -> bool {
        self.behind(1).is_some_and(|t| t.is_mark(','))
            && self.behind(2).is_some_and(|t| t.shape == Shape::Number && t.of(self.reading.text).len() <= 3)
            && self.behind(3).is_none_or(|t| t.shape == Shape::Mark)
    }

    /// "said Chad, a roofer"
    fn is_named_speaker(&self) -> bool {
        self.candidate.also.is(Also::PERSON)
            && self.before(1).is_some_and(|t| t.is(Classes::CUE))
            && self.behind(1).is_some_and(|t| t.shape == Shape::Mark)
    }
}
