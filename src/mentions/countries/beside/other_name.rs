//! Names of other things that hold the name of a place: rivers, papers, parties, teams.

use super::super::candidates::Setting;
use super::super::met::Sorts;
use super::Beside;
use crate::text::{Classes, Shape, Token};

impl Beside<'_> {
    /// Whether the words behind make the name one of something else.
    pub(super) fn is_part_of_other_name(&self) -> bool {
        let Some(next) = self.next else { return false };
        // "the Dayton process"
        if next.is(Classes::PROCESS) && self.name.is_town() {
            return true;
        }
        next.is_capitalised()
            && (self.is_part_of_feature(next)
                || self.is_team(next)
                || self.is_part_of_venture()
                || self.is_university_of_state(next)
                || self.is_broadcast(next))
    }

    /// "Congo River", "Jordan Valley", "Memphis Street".
    fn is_part_of_feature(&self, next: &Token) -> bool {
        let officials = if self.name.is_town() { Classes::PLACE_NOUN_CAPITAL } else { Classes::STATE_BODY };
        next.is(Classes::FEATURE) && !next.is(officials)
    }

    /// "China Daily", "Washington Post", "American Civil Liberties Union": the last telling word of
    /// the name that goes on behind decides.
    fn is_part_of_venture(&self) -> bool {
        let mut last = None;
        for n in 1..8 {
            let Some(token) = self.behind(n) else { break };
            if token.is_capitalised()
                && matches!(token.bytes(self.reading.text), b"School" | b"College")
                && self.behind(n + 1).is_some_and(|t| self.is(t, "of"))
            {
                return true;
            }
            if token.shape == Shape::Lower && matches!(token.bytes(self.reading.text), b"of" | b"and" | b"for" | b"&") {
                if last == Some(Classes::STATE_BODY) {
                    break;
                }
                continue;
            }
            if !token.is_capitalised() {
                break;
            }
            if token.is(Classes::VENTURE) && !(self.name.is_town() && token.is(Classes::PLACE_NOUN_CAPITAL)) {
                last = Some(Classes::VENTURE);
            } else if token.is(Classes::STATE_BODY | Classes::PLACE_NOUN_CAPITAL) {
                last = Some(Classes::STATE_BODY);
            }
            if self.candidate.setting != Setting::Plain && last.is_some() {
                break;
            }
        }
        last == Some(Classes::VENTURE)
    }

    /// "Bank of America", "University of Georgia", "Lake Chad", "Duke of York".
    pub(super) fn is_named_after(&self) -> bool {
        let makes = |t: &Token| {
            t.is_capitalised() && t.is(Classes::PLACE_MAKER | Classes::VENTURE) && !t.is(Classes::STATE_BODY)
        };
        let Some(before) = self.last else { return false };
        if before.is(Classes::VESSEL) && self.next.is_some_and(|t| t.shape == Shape::Capital && t.spaced) {
            return true;
        }
        if before.is(Classes::PLACE_MAKER) && before.is_capitalised()
            || before.is_mark('.')
                && !before.spaced
                && self.before(2).is_some_and(|t| t.is_capitalised() && t.is(Classes::PLACE_MAKER))
        {
            return true;
        }
        let is = |t: &Token, word: &[u8]| t.bytes(self.reading.text).eq_ignore_ascii_case(word);
        let of = if before.is(Classes::ARTICLE) && is(before, b"the") { 2 } else { 1 };
        self.before(of).is_some_and(|t| t.is(Classes::OF) && is(t, b"of"))
            && self.before(of + 1).is_some_and(makes)
            && !(of + 2..of + 4)
                .map_while(|n| self.before(n).filter(|t| t.is_capitalised()))
                .any(|t| t.is(Classes::STATE_BODY))
    }

    /// "Dallas Cowboys", "Portland Trail Blazers": a town or state before a plural with a capital.
    fn is_team(&self, next: &Token) -> bool {
        let nickname = |t: &Token| {
            let word = t.bytes(self.reading.text);
            t.shape == Shape::Capital
                && word.ends_with(b"s")
                && !word.ends_with(b"ics")
                && !t.is(Classes::STATE_BODY
                    | Classes::PLACE_NOUN_CAPITAL
                    | Classes::FEATURE
                    | Classes::ROLE
                    | Classes::DEMONYM
                    | Classes::COUNTY)
        };
        let whole = || self.last.is_some_and(|t| t.of(self.reading.text).eq_ignore_ascii_case("the"));
        next.shape == Shape::Capital
            && next.spaced
            && self.candidate.setting == Setting::Plain
            && self.name.sorts.only(Sorts::TOWN.with(Sorts::REGION))
            && (nickname(next) || self.behind(2).is_some_and(nickname) && whole())
    }

    /// "Ohio State" by itself, which is a university.
    fn is_university_of_state(&self, next: &Token) -> bool {
        self.name.sorts.any(Sorts::STATE)
            && self.is(next, "State")
            && !self
                .behind(2)
                .is_some_and(|t| t.is_capitalised() && t.is(Classes::STATE_BODY | Classes::PLACE_NOUN_CAPITAL))
    }

    /// "Quiche Indians"
    pub(super) fn is_native(&self) -> bool {
        self.own.is(Classes::NATIVE)
            && self.candidate.setting == Setting::Plain
            && self.before(2).is_some()
            && self.last.is_some_and(|t| t.shape == Shape::Capital && !t.is(Classes::DEMONYM))
    }

    /// "RFE/RL's Tajik Service"
    fn is_broadcast(&self, next: &Token) -> bool {
        let ending = || usize::from(self.last.is_some_and(|t| matches!(t.first, '\'' | '’')));
        self.candidate.setting == Setting::Plain
            && self.is(next, "Service")
            && self.before(1 + ending()).is_some_and(|t| t.shape == Shape::Upper)
    }
}
