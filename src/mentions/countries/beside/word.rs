//! Words that only look like places or peoples: languages, pronouns, ordinary words, identities.

use super::super::candidates::Setting;
use super::Beside;
use crate::tables::Also;
use crate::text::{Classes, Shape, Token};

impl Beside<'_> {
    /// "spoke French", "in Dutch", "Chinese-language", "Spanish speakers".
    pub(super) fn is_language(&self) -> bool {
        let dash = usize::from(self.next.is_some_and(|t| t.is_mark('-') && !t.spaced));
        let listed = |t: &Token| t.is_mark(',') || t.is(Classes::CONJUNCTION | Classes::DEMONYM | Classes::LANGUAGE);
        let noun = (1 + dash..7).find(|&n| !self.behind(n).is_some_and(listed)).and_then(|n| self.behind(n));
        if noun.is_some_and(|t| t.is(Classes::LANGUAGE_NOUN) && !t.is_capitalised()) {
            return true;
        }
        let plain = |n| {
            self.behind(n).is_none_or(|t| {
                t.shape == Shape::Mark && !t.is_mark('-')
                    || t.is(Classes::PREPOSITION | Classes::CONJUNCTION | Classes::AUXILIARY | Classes::SUBORDINATOR)
            })
        };
        let starts = (1..8).find(|&n| {
            !self
                .before(n)
                .is_some_and(|t| t.is_mark(',') || t.is(Classes::CONJUNCTION | Classes::DEMONYM | Classes::LANGUAGE))
        });
        let before = starts.and_then(|n| self.before(n));
        let spoken =
            before.is_some_and(|t| t.is(Classes::SPEECH) || matches!(t.of(self.reading.text), "in" | "In" | "into"));
        let bare = !self.last.is_some_and(|t| {
            t.is(Classes::DETERMINER) || t.shape == Shape::Lower && !t.is(Classes::SUBORDINATOR | Classes::CONJUNCTION)
        });
        let subject = bare && starts == Some(1) && self.next.is_some_and(|t| t.is(Classes::AUXILIARY));
        let bare_noun = self.is_bare_noun();
        let translated = self.last.is_some_and(|t| t.of(self.reading.text) == "the")
            && self.before(2).is_some_and(|t| t.of(self.reading.text) == "from");
        let mixed = self.last.is_some_and(|t| t.is(Classes::CONJUNCTION))
            && (2..9).any(|n| self.before(n).is_some_and(|t| t.is(Classes::SPEECH)));
        plain(1)
            && (spoken
                || bare_noun
                || mixed
                || subject
                || translated
                || self.before(2).is_some_and(|t| t.is(Classes::SPEECH))
                    && self.last.is_some_and(|t| t.shape == Shape::Lower && !t.is(Classes::DETERMINER)))
    }

    /// "the question of English", "from Russian to Ukrainian": people of a country are "the
    /// English" or "an Englishman", and an adjective has its noun.
    fn is_bare_noun(&self) -> bool {
        let link = self.last.map_or("", |t| t.of(self.reading.text));
        let people = self.before(2).is_some_and(|t| t.of(self.reading.text).ends_with('s') || t.shape == Shape::Number);
        let goes_on = self.next.is_some_and(|t| t.is(Classes::CONJUNCTION) || t.is_mark(','))
            && (2..4).any(|n| self.behind(n).is_some_and(|t| t.is(Classes::DEMONYM)));
        match link {
            "of" => !people && !goes_on,
            "from" | "to" | "into" | "with" | "through" => {
                !goes_on && self.next.is_none_or(|t| !t.is(Classes::CONJUNCTION))
            }
            // "would like French to gain"
            _ => {
                self.last.is_some_and(|t| t.shape == Shape::Lower && !t.is(Classes::DETERMINER | Classes::AUXILIARY))
                    && self.next.is_some_and(|t| t.of(self.reading.text) == "to")
            }
        }
    }

    /// "Cuban American voters", "Mexican-American veterans", but not "Mexican-American relations".
    pub(super) fn is_part_of_identity(&self) -> bool {
        if !self.own.is(Classes::DEMONYM) || self.candidate.setting == Setting::Shouted {
            return false;
        }
        let is_american = |t: &Token| matches!(t.bytes(self.reading.text), b"American" | b"Americans");
        let joined = |t: &Token| t.is_mark('-') && !t.spaced;
        let (partner, behind) = if is_american(self.own) {
            let n = if self.last.is_some_and(joined) { 2 } else { 1 };
            (self.before(n), self.next)
        } else {
            let n = if self.next.is_some_and(joined) { 2 } else { 1 };
            (self.behind(n).filter(|t| is_american(t)), self.behind(n + 1))
        };
        let Some(partner) = partner.filter(|t| t.is(Classes::DEMONYM)) else { return false };
        let hyphen = self.last.is_some_and(joined) || self.next.is_some_and(joined);
        let plural = self.is(self.own, "Americans") || self.is(partner, "Americans");
        let of_people = plural
            || behind.is_some_and(|t| t.is(Classes::PEOPLE) || t.is(Classes::ROLE) && !t.is(Classes::ROLE_PLURAL));
        let of_states = behind.is_some_and(|t| t.is(Classes::RELATION));
        if hyphen { of_people } else { !of_states }
    }

    /// "Polish the silver", "TURKEY PRICES CLIMB": a word that its capital does not make a name.
    pub(super) fn is_ordinary_word(&self) -> bool {
        if self.candidate.setting == Setting::Plain
            && self.has_name_before()
            && self.next.is_some_and(|t| t.shape == Shape::Capital && t.spaced)
        {
            return true;
        }
        match self.candidate.setting {
            Setting::Plain | Setting::Title => {
                self.last.is_none_or(|t| t.shape == Shape::Mark) && self.next.is_some_and(|t| t.is(Classes::DETERMINER))
            }
            Setting::Shouted => self.name.is_town() && !self.last.is_some_and(|t| t.is(Classes::LOCATIVE)),
        }
    }

    /// March, Police, North: words with work of their own, though there are towns of that name.
    pub(super) fn is_working_word(&self) -> bool {
        let c = self.candidate;
        let working = Classes::MONTH
            | Classes::WEEKDAY
            | Classes::STATE_BODY
            | Classes::PLACE_NOUN_CAPITAL
            | Classes::COMPASS
            | Classes::DETERMINER
            | Classes::VENTURE
            | Classes::FEATURE;
        c.words.len() == 1 && self.name.also.is(Also::WORD) && self.own.is(working) && !self.name.is_country()
    }

    /// Whether "US" is the pronoun: in a line of capitals it is, unless the line shows otherwise.
    pub(super) fn is_pronoun_us(&self) -> bool {
        let c = self.candidate;
        if c.setting != Setting::Shouted || self.reading.words(c.words.clone()) != "US" {
            return false;
        }
        let joined = self.next.is_some_and(|t| !t.spaced && (t.is_mark('-') || t.first == '\'' || t.first == '’'));
        let article = self.last.is_none_or(|t| t.shape == Shape::Mark || t.of(self.reading.text) == "THE");
        let body = self.next.is_some_and(|t| t.is(Classes::STATE_BODY));
        let listed = self.next.is_some_and(|t| t.is_mark(','));
        let paired = self.last.is_some_and(|t| t.is(Classes::CONJUNCTION))
            && c.words.start >= 2
            && self.candidate_before.contains(&(c.words.start - 2));
        !(joined || article || body || listed || paired)
    }

    pub(super) fn joins_capital_behind(&self) -> bool {
        self.next.is_some_and(|t| matches!(t.first, '-' | '–' | '‑') && t.shape == Shape::Mark && !t.spaced)
            && self.behind(2).is_some_and(|t| !t.spaced && t.is_capitalised() && t.is(Classes::DEMONYM))
    }
}
