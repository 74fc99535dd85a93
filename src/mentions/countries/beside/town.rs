//! What stands beside the names of towns and speaks for them.

use super::super::candidates::Setting;
use super::super::met::Sorts;
use super::Beside;
use crate::names::NameKind;
use crate::tables::Also;
use crate::text::{Classes, Shape, Token};

impl Beside<'_> {
    /// How much the words beside it speak for a place.
    pub(super) fn score(&self) -> i32 {
        let before = self.score_before() + if self.behind_address { 6 } else { 0 };
        // "the Commerce Committee": what stands behind an ordinary word makes no town of it.
        if before == 0 && self.name.also.is(Also::WORD) && self.name.is_town() {
            0
        } else {
            before + self.score_behind()
        }
    }

    fn score_before(&self) -> i32 {
        let Some(last) = self.last else { return 0 };
        let office = Classes::PLACE_MAKER | Classes::STATE_BODY | Classes::TITLE;
        if self.behind_of {
            return match self.before(2) {
                Some(t) if t.is(Classes::SETTLEMENT | Classes::COMPASS) => 5,
                Some(t) if t.is_capitalised() && !t.is(office) => 4,
                _ => 2,
            };
        }
        if !last.is(Classes::LOCATED | Classes::COMPASS | Classes::LOCATIVE) {
            return 0;
        }
        match last.bytes(self.reading.text) {
            b"from" | b"From" if self.next.is_some_and(|t| self.is(t, "to")) => 5,
            b"between" | b"Between" if self.next.is_some_and(|t| t.is(Classes::CONJUNCTION)) => 5,
            _ if last.is(Classes::LOCATED) => 5,
            _ => 3,
        }
    }

    fn score_behind(&self) -> i32 {
        let Some(behind) = self.next else { return 0 };
        let mut score = 0;
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
        let opens = || self.own.shape == Shape::Upper && self.last.is_none_or(|t| t.shape == Shape::Mark);
        if self.candidate.setting == Setting::Plain
            && opens()
            && (matches!(behind.first, '-' | '–' | '—' | '(') || behind.is_capitalised())
        {
            score += 6;
        }
        let said = behind.is(Classes::CUE) && !self.last.is_some_and(|t| t.is(Classes::LOCATIVE));
        if said && self.name.is_town() && !self.name.is_country() {
            score -= 2;
        }
        score
    }

    /// Whether the words beside it are those beside a town.
    pub(super) fn is_as_town(&self) -> bool {
        let people = self.next.is_some_and(|t| {
            t.is(Classes::TOWNSFOLK) && (t.is_capitalised() || self.candidate.setting != Setting::Title)
        });
        let office = self.name.sorts.any(Sorts::STATE) && self.next.is_some_and(|t| t.is(Classes::STATE_OFFICE));
        office || people || self.behind_address || self.is_home_of_person()
    }

    /// "Shirley Stidd of Lebanon", but not "King Abdullah of Jordan": somebody without office.
    fn is_home_of_person(&self) -> bool {
        if !self.behind_of {
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
    pub(super) fn has_address_before(&self) -> bool {
        let Some(last) = self.last else { return false };
        if last.is_mark('-') {
            let party = |t: &Token| matches!(t.bytes(self.reading.text), b"R" | b"D" | b"DFL" | b"I");
            return !last.spaced && self.before(2).is_some_and(party);
        }
        let of = usize::from(self.behind_of);
        if !self.before(1 + of).is_some_and(|t| t.is_mark(',')) {
            return false;
        }
        let stop = usize::from(self.before(2 + of).is_some_and(|t| t.is_mark('.')));
        self.before(2 + of + stop).is_some_and(|t| {
            t.shape == Shape::Number && t.span().len() <= 2 || of == 0 && t.is_capitalised() && t.is(Classes::FEATURE)
        })
    }
}
