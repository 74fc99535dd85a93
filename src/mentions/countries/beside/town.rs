//! What stands beside the names of towns and speaks for them.

use super::super::candidates::Setting;
use super::Beside;
use crate::article::CountryMentionKind::Subdivision;
use crate::names::NameKind;
use crate::tables::Also;
use crate::text::{Classes, Shape};

impl Beside<'_> {
    /// How much the words beside it speak for a place.
    pub(super) fn score(&self) -> i32 {
        let word = |n| self.before(n).map_or("", |t| t.of(self.reading.text));
        let is = |n, classes| self.before(n).is_some_and(|t| t.is(classes));
        let office = Classes::PLACE_MAKER | Classes::STATE_BODY | Classes::TITLE;
        let before = match word(1) {
            "of" if is(2, Classes::SETTLEMENT | Classes::COMPASS) => 5,
            "of" if self.before(2).is_some_and(|t| t.is_capitalised() && !t.is(office)) => 4,
            "of" => 2,
            "from" | "From" if self.behind(1).is_some_and(|t| t.of(self.reading.text) == "to") => 5,
            "between" | "Between" if self.behind(1).is_some_and(|t| t.is(Classes::CONJUNCTION)) => 5,
            _ if is(1, Classes::LOCATED) => 5,
            _ if is(1, Classes::COMPASS | Classes::LOCATIVE) => 3,
            _ => 0,
        };
        let before = before + if self.has_address_before() { 6 } else { 0 };
        // "the Commerce Committee": what stands behind an ordinary word makes no town of it.
        if before == 0 && self.candidate.also.is(Also::WORD) && self.is_town() {
            0
        } else {
            before + self.score_behind()
        }
    }

    fn score_behind(&self) -> i32 {
        let Some(behind) = self.behind(1) else { return 0 };
        let mut score = 0;
        let own = self.reading.tokens.get(self.candidate.words.start);
        if behind.is(Classes::PLACE_NOUN) && behind.shape == Shape::Lower
            || behind.is(Classes::PLACE_NOUN_CAPITAL) && behind.is_capitalised()
        {
            score += 5;
        }
        let hyphenated = behind.is_mark('-') && !behind.spaced;
        if hyphenated && self.behind(2).is_some_and(|t| t.is(Classes::PLACE_NOUN)) {
            score += 5;
        }
        // "HUDSON --": the head of a report.
        let opens =
            self.before(1).is_none_or(|t| t.shape == Shape::Mark) && own.is_some_and(|t| t.shape == Shape::Upper);
        if opens
            && self.candidate.setting == Setting::Plain
            && (matches!(behind.first, '-' | '–' | '—' | '(') || behind.is_capitalised())
        {
            score += 6;
        }
        let said = behind.is(Classes::CUE) && !self.before(1).is_some_and(|t| t.is(Classes::LOCATIVE));
        if said && self.is_town() && !self.is_country() {
            score -= 2;
        }
        score
    }

    /// Whether the words beside it are those beside a town.
    pub(super) fn is_as_town(&self) -> bool {
        let people = self.behind(1).is_some_and(|t| {
            t.is(Classes::TOWNSFOLK) && (t.is_capitalised() || self.candidate.setting != Setting::Title)
        });
        let state = self.candidate.meanings.iter().any(|m| m.kind == Subdivision && m.size >= 5000);
        let office = state && self.behind(1).is_some_and(|t| t.is(Classes::STATE_OFFICE));
        office || people || self.has_address_before() || self.is_home_of_person()
    }

    /// "Shirley Stidd of Lebanon", but not "King Abdullah of Jordan": somebody without office.
    fn is_home_of_person(&self) -> bool {
        if self.before(1).is_none_or(|t| t.of(self.reading.text) != "of") {
            return false;
        }
        let name = self.candidate.words.start.checked_sub(2).and_then(|i| self.names.at(i));
        name.is_some_and(|n| {
            let titled =
                self.reading.tokens.get(n.words.start).is_some_and(|t| t.is(Classes::TITLE | Classes::PERSON_TITLE));
            n.kind == NameKind::Person
                && !titled
                && n.role.is_none()
                && n.whole.start == n.words.start
                && n.words.len() > 1
        })
    }

    /// "Ann Roe, 41, of Lebanon", "41, Lebanon", "12 Locust St., Lebanon", "R-Lebanon"
    fn has_address_before(&self) -> bool {
        let of = usize::from(self.before(1).is_some_and(|t| t.of(self.reading.text) == "of"));
        let comma = usize::from(self.before(1 + of).is_some_and(|t| t.is_mark(',')));
        let stop = usize::from(self.before(1 + of + comma).is_some_and(|t| t.is_mark('.')));
        let party = self.before(1).is_some_and(|t| t.is_mark('-') && !t.spaced)
            && self.before(2).is_some_and(|t| matches!(t.of(self.reading.text), "R" | "D" | "DFL" | "I"));
        party
            || comma == 1
                && self.before(1 + of + comma + stop).is_some_and(|t| {
                    t.shape == Shape::Number && t.of(self.reading.text).len() <= 2
                        || of == 0 && t.is_capitalised() && t.is(Classes::FEATURE)
                })
    }
}
