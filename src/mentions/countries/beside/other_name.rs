//! Names of other things that hold the name of a place: rivers, papers, parties, teams.

use super::super::candidates::Setting;
use super::Beside;
use crate::article::CountryMentionKind::{Capital, City, Subdivision};
use crate::text::{Classes, Shape, Token};

impl Beside<'_> {
    /// "Congo River", "Jordan Valley", "Memphis Street".
    pub(super) fn is_part_of_feature(&self) -> bool {
        if self.is_town() && self.behind(1).is_some_and(|t| t.is(Classes::PROCESS)) {
            return true;
        }
        let officials = if self.is_town() { Classes::PLACE_NOUN_CAPITAL } else { Classes::STATE_BODY };
        self.behind(1).is_some_and(|t| t.is_capitalised() && t.is(Classes::FEATURE) && !t.is(officials))
    }

    /// "China Daily", "Washington Post", "American Civil Liberties Union": the last telling word of
    /// the name that goes on behind decides.
    pub(super) fn is_part_of_venture(&self) -> bool {
        let mut last = None;
        for n in 1..8 {
            let Some(token) = self.behind(n) else { break };
            if token.is_capitalised()
                && matches!(token.of(self.reading.text), "School" | "College")
                && self.behind(n + 1).is_some_and(|t| t.of(self.reading.text) == "of")
            {
                return true;
            }
            if token.shape == Shape::Lower && matches!(token.of(self.reading.text), "of" | "and" | "for" | "&") {
                if last == Some(Classes::STATE_BODY) || n == 1 {
                    break;
                }
                continue;
            }
            if !token.is_capitalised() {
                break;
            }
            if token.is(Classes::VENTURE) && !(self.is_town() && token.is(Classes::PLACE_NOUN_CAPITAL)) {
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
        let Some(before) = self.before(1) else { return false };
        if before.is(Classes::VESSEL) && self.behind(1).is_some_and(|t| t.shape == Shape::Capital && t.spaced) {
            return true;
        }
        if before.is(Classes::PLACE_MAKER) && before.is_capitalised()
            || before.is_mark('.')
                && self.before(2).is_some_and(|t| {
                    t.is_capitalised() && t.is(Classes::PLACE_MAKER) && !self.before(1).is_some_and(|stop| stop.spaced)
                })
        {
            return true;
        }
        let of = if before.of(self.reading.text).eq_ignore_ascii_case("the") { 2 } else { 1 };
        self.before(of).is_some_and(|t| t.of(self.reading.text).eq_ignore_ascii_case("of"))
            && self.before(of + 1).is_some_and(makes)
            && !(of + 2..of + 4)
                .map_while(|n| self.before(n).filter(|t| t.is_capitalised()))
                .any(|t| t.is(Classes::STATE_BODY))
    }

    /// "Dallas Cowboys", "Portland Trail Blazers": a town or state before a plural with a capital.
    pub(super) fn is_team(&self) -> bool {
        let nickname = |n| {
            self.behind(n).is_some_and(|t: &Token| {
                t.shape == Shape::Capital
                    && t.of(self.reading.text).ends_with('s')
                    && !t.of(self.reading.text).ends_with("ics")
                    && !t.is(Classes::STATE_BODY
                        | Classes::PLACE_NOUN_CAPITAL
                        | Classes::FEATURE
                        | Classes::ROLE
                        | Classes::DEMONYM
                        | Classes::COUNTY)
            })
        };
        let place = self.candidate.meanings.iter().all(|m| matches!(m.kind, City | Capital | Subdivision));
        let inner = self.behind(1).is_some_and(|t| t.shape == Shape::Capital && t.spaced);
        let whole = self.before(1).is_some_and(|t| t.of(self.reading.text).eq_ignore_ascii_case("the"));
        place && self.candidate.setting == Setting::Plain && inner && (nickname(1) || whole && nickname(2))
    }

    /// "Ohio State" by itself, which is a university.
    pub(super) fn is_university_of_state(&self) -> bool {
        self.candidate.meanings.iter().any(|m| m.kind == Subdivision && m.size >= 5000)
            && self.behind(1).is_some_and(|t| t.is_capitalised() && t.of(self.reading.text) == "State")
            && !self
                .behind(2)
                .is_some_and(|t| t.is_capitalised() && t.is(Classes::STATE_BODY | Classes::PLACE_NOUN_CAPITAL))
    }

    /// "Quiche Indians"
    pub(super) fn is_native(&self) -> bool {
        let own = self.reading.tokens.get(self.candidate.words.start);
        own.is_some_and(|t| t.is(Classes::NATIVE))
            && self.candidate.setting == Setting::Plain
            && self.before(2).is_some()
            && self.before(1).is_some_and(|t| t.shape == Shape::Capital && !t.is(Classes::DEMONYM))
    }

    /// "RFE/RL's Tajik Service"
    pub(super) fn is_broadcast(&self) -> bool {
        let ending = usize::from(self.before(1).is_some_and(|t| matches!(t.first, '\'' | '’')));
        self.candidate.setting == Setting::Plain
            && self.behind(1).is_some_and(|t| t.of(self.reading.text) == "Service")
            && self.before(1 + ending).is_some_and(|t| t.shape == Shape::Upper)
    }
}
