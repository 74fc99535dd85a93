//! What the words beside a name say of it: a place, a person, a language, part of another name.

use super::candidates::{Candidate, Setting};
use crate::article::CountryMentionKind::*;
use crate::article::Dateline;
use crate::names::{NameKind, Names};
use crate::reading::Reading;
use crate::tables::{Also, Tables};
use crate::text::{Classes, Shape, Token};

/// Sets the evidence of every candidate that is not settled yet.
pub(super) fn judge(
    reading: &Reading,
    names: &Names,
    dateline: Option<&Dateline>,
    candidates: &mut [Candidate],
    _tables: &Tables,
) {
    let mut is_candidate = vec![false; reading.tokens.len()];
    candidates.iter().flat_map(|c| c.words.clone()).for_each(|i| is_candidate[i] = true);
    for candidate in candidates {
        if candidate.tied.is_some() {
            continue;
        }
        let beside = Beside { reading, names, is_candidate: &is_candidate, candidate };
        let dated =
            dateline.is_some_and(|d| d.places.iter().any(|p| reading.span(candidate.words.clone()) == Some(p.span)));
        let base = candidate.evidence.unwrap_or_default();
        candidate.evidence = if dated { Some(12) } else { beside.evidence().map(|e| e + base) };
    }
}

struct Beside<'a> {
    reading: &'a Reading<'a>,
    names: &'a Names,
    is_candidate: &'a [bool],
    candidate: &'a Candidate,
}

impl Beside<'_> {
    /// What speaks for the name; nothing when it surely refers to no country.
    fn evidence(&self) -> Option<i32> {
        let c = self.candidate;
        let hidden = self.is_part_of_feature()
            || self.is_part_of_venture()
            || self.is_named_after()
            || c.also.is(Also::BEFORE_HYPHEN) && !self.joins_capital_behind()
            || c.also.is(Also::POSTAL)
            || c.also.is(Also::LANGUAGE) && self.is_language()
            || c.also.is(Also::WORD) && self.is_ordinary_word()
            || self.is_pronoun_us()
            || self.is_person();
        (!hidden).then(|| self.score())
    }

    /// The word `n` before the name (1 is next to it), in its sentence.
    fn before(&self, n: usize) -> Option<&Token> {
        let i = self.candidate.words.start.checked_sub(n)?;
        self.reading.tokens.get(i).filter(|_| i >= self.candidate.sentence.start)
    }

    /// The word `n` behind the name (1 is next to it), in its sentence.
    fn behind(&self, n: usize) -> Option<&Token> {
        let i = self.candidate.words.end + n - 1;
        self.reading.tokens.get(i).filter(|_| i < self.candidate.sentence.end)
    }

    fn is_country(&self) -> bool {
        self.candidate.meanings.iter().any(|m| m.is_country())
    }

    /// Whether the name is no more than that of a town.
    fn is_town(&self) -> bool {
        self.candidate.meanings.iter().all(|m| matches!(m.kind, City | Capital))
    }

    /// "Congo River", "Jordan Valley", "Memphis Street".
    fn is_part_of_feature(&self) -> bool {
        let officials = if self.is_town() { Classes::PLACE_NOUN_CAPITAL } else { Classes::STATE_BODY };
        self.behind(1).is_some_and(|t| t.is_capitalised() && t.is(Classes::FEATURE) && !t.is(officials))
    }

    /// "China Daily", "Washington Post", "American Civil Liberties Union": the last telling word of
    /// the name that goes on behind decides.
    fn is_part_of_venture(&self) -> bool {
        let mut last = None;
        for n in 1..8 {
            let Some(token) = self.behind(n) else { break };
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
    fn is_named_after(&self) -> bool {
        let makes = |t: &Token| {
            t.is_capitalised() && t.is(Classes::PLACE_MAKER | Classes::VENTURE) && !t.is(Classes::STATE_BODY)
        };
        let Some(before) = self.before(1) else { return false };
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
    }

    fn joins_capital_behind(&self) -> bool {
        self.behind(1).is_some_and(|t| matches!(t.first, '-' | '–' | '‑') && t.shape == Shape::Mark && !t.spaced)
            && self.behind(2).is_some_and(|t| !t.spaced && t.is_capitalised())
    }

    /// "spoke French", "in Dutch", "Chinese-language", "Spanish speakers".
    fn is_language(&self) -> bool {
        let dash = usize::from(self.behind(1).is_some_and(|t| t.is_mark('-') && !t.spaced));
        if self.behind(1 + dash).is_some_and(|t| t.is(Classes::LANGUAGE_NOUN) && !t.is_capitalised()) {
            return true;
        }
        let free = self.behind(1).is_none_or(|t| {
            t.shape == Shape::Mark && !t.is_mark('-')
                || t.is(Classes::PREPOSITION | Classes::CONJUNCTION | Classes::AUXILIARY | Classes::SUBORDINATOR)
        });
        let speech = |n| self.before(n).is_some_and(|t| t.is(Classes::SPEECH));
        let linked = self.before(1).is_some_and(|t| t.is(Classes::CONJUNCTION) || t.is_mark(','));
        let into = self.before(1).is_some_and(|t| matches!(t.of(self.reading.text), "in" | "In" | "into" | "from"));
        free && (speech(1)
            || into
            || (2..7).any(speech) && linked
            || speech(2) && self.before(1).is_some_and(|t| t.shape == Shape::Lower))
    }

    /// "Polish the silver", "TURKEY PRICES CLIMB": a word that its capital does not make a name.
    fn is_ordinary_word(&self) -> bool {
        match self.candidate.setting {
            Setting::Plain | Setting::Title => {
                self.before(1).is_none_or(|t| t.shape == Shape::Mark)
                    && self.behind(1).is_some_and(|t| t.is(Classes::DETERMINER))
            }
            Setting::Shouted => false,
        }
    }

    /// Whether "US" is the pronoun: in a line of capitals it is, unless the line shows otherwise.
    fn is_pronoun_us(&self) -> bool {
        let c = self.candidate;
        if c.setting != Setting::Shouted || self.reading.words(c.words.clone()) != "US" {
            return false;
        }
        let joined = self.behind(1).is_some_and(|t| !t.spaced && (t.is_mark('-') || t.first == '\'' || t.first == '’'));
        let article = self.before(1).is_none_or(|t| t.shape == Shape::Mark || t.of(self.reading.text) == "THE");
        let body = self.behind(1).is_some_and(|t| t.is(Classes::STATE_BODY));
        let listed = self.behind(1).is_some_and(|t| t.is_mark(','));
        let paired = self.before(1).is_some_and(|t| t.is(Classes::CONJUNCTION))
            && c.words.start >= 2
            && self.is_candidate[c.words.start - 2];
        !(joined || article || body || listed || paired)
    }

    fn is_person(&self) -> bool {
        let c = self.candidate;
        if self.names.at(c.words.start).is_some_and(|n| n.kind == NameKind::Person) {
            return true;
        }
        if c.setting == Setting::Shouted {
            return false;
        }
        let single = c.words.len() == 1;
        let risky = c.also.is(Also::PERSON) || single && self.is_town();
        risky
            && (self.has_title_before()
                || self.has_name_before()
                || self.has_name_behind()
                || self.has_age_behind()
                || self.is_named_speaker())
    }

    /// "Mr. Lincoln"
    fn has_title_before(&self) -> bool {
        let n = if self.before(1).is_some_and(|t| t.is_mark('.')) { 2 } else { 1 };
        self.before(n).is_some_and(|t| t.is_capitalised() && t.is(Classes::PERSON_TITLE | Classes::TITLE_ABBREVIATION))
    }

    /// "Jack London": a given name, or in the case of a town any other word with a capital.
    fn has_name_before(&self) -> bool {
        let Some(before) = self.before(1) else { return false };
        let given = before.is(Classes::GIVEN_HE | Classes::GIVEN_SHE) && before.is_capitalised();
        let initial = before.is_mark('.') && self.before(2).is_some_and(|t| t.shape == Shape::Initial);
        if given || initial {
            return true;
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
        self.candidate.setting == Setting::Plain
            && before.is_capitalised()
            && before.shape != Shape::Upper
            && !before.is(known)
            && !self.is_candidate.get(self.candidate.words.start - 1).copied().unwrap_or_default()
    }

    /// "Paris Jackson"
    fn has_name_behind(&self) -> bool {
        let Some(behind) = self.behind(1) else { return false };
        let known = Classes::STATE_BODY
            | Classes::PLACE_NOUN_CAPITAL
            | Classes::PLACE_NOUN
            | Classes::FEATURE
            | Classes::VENTURE
            | Classes::MONTH
            | Classes::WEEKDAY
            | Classes::TITLE
            | Classes::ROLE
            | Classes::PERSON_TITLE
            | Classes::DEMONYM
            | Classes::COUNTY
            | Classes::COMPASS
            | Classes::PREPOSITION;
        let located = self.before(1).is_some_and(|t| t.is(Classes::LOCATIVE) && t.shape == Shape::Lower);
        self.candidate.setting == Setting::Plain
            && behind.shape == Shape::Capital
            && behind.spaced
            && !located
            && (behind.is(Classes::FAMILY) || !behind.is(known))
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
            && self.before(1).is_some_and(|t| t.is(Classes::CUE) || matches!(t.of(self.reading.text), "said" | "says"))
            && self.behind(1).is_some_and(|t| t.shape == Shape::Mark)
    }

    /// How much the words beside it speak for a place.
    fn score(&self) -> i32 {
        let mut score = 0;
        if let Some(before) = self.before(1) {
            let word = before.of(self.reading.text);
            score += match word {
                "in" | "In" | "near" | "Near" | "outside" | "downtown" | "nearby" | "across" | "Across"
                | "throughout" => 5,
                "of" if self.before(2).is_some_and(|t| t.is(Classes::SETTLEMENT | Classes::COMPASS)) => 5,
                _ if before.is(Classes::COMPASS) => 3,
                "from" | "to" | "at" | "of" | "around" | "between" | "for" | "From" | "At" => 2,
                _ if before.is(Classes::LOCATIVE) => 2,
                _ => 0,
            };
        }
        if let Some(behind) = self.behind(1) {
            if behind.is(Classes::PLACE_NOUN) && behind.shape == Shape::Lower
                || behind.is(Classes::PLACE_NOUN_CAPITAL) && behind.is_capitalised()
            {
                score += 4;
            }
            let hyphenated = behind.is_mark('-') && !behind.spaced;
            if hyphenated && self.behind(2).is_some_and(|t| t.is(Classes::PLACE_NOUN)) {
                score += 4;
            }
            let said =
                behind.is(Classes::CUE) || matches!(behind.of(self.reading.text), "said" | "says" | "told" | "added");
            if said && self.is_town() && !self.is_country() {
                score -= 2;
            }
        }
        score
    }
}
