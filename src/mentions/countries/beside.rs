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
    for candidate in candidates.iter_mut() {
        if candidate.tied.is_some() {
            continue;
        }
        let beside = Beside { reading, names, is_candidate: &is_candidate, candidate };
        let as_town = beside.is_as_town();
        let dated =
            dateline.is_some_and(|d| d.places.iter().any(|p| reading.span(candidate.words.clone()) == Some(p.span)));
        let base = candidate.evidence.unwrap_or_default();
        candidate.evidence = if dated { Some(12) } else { beside.evidence().map(|e| e + base) };
        candidate.as_town = as_town;
    }
    lists(reading, candidates);
}

/// "Reading and Oxford", "from Split to Bari": places beside places.
fn lists(reading: &Reading, candidates: &mut [Candidate]) {
    for i in 1..candidates.len() {
        let (before, from) = candidates.split_at_mut(i);
        let (Some(a), Some(b)) = (before.last_mut(), from.first_mut()) else { continue };
        let between = reading.tokens.get(a.words.end..b.words.start).unwrap_or_default();
        let joins = |t: &Token| t.is_mark(',') || t.is(Classes::CONJUNCTION) || t.of(reading.text) == "to";
        if a.sentence != b.sentence || between.is_empty() || between.len() > 2 || !between.iter().all(joins) {
            continue;
        }
        let (of_first, of_second) = (support(a), support(b));
        for (candidate, support) in [(a, of_second), (b, of_first)] {
            if let Some(evidence) = candidate.evidence.as_mut().filter(|_| candidate.tied.is_none()) {
                *evidence += support;
            }
        }
    }
}

/// How much a name speaks for the name beside it in a list being a place.
fn support(candidate: &Candidate) -> i32 {
    let place = candidate.meanings.iter().any(|m| m.kind > Demonym);
    let plain = !candidate.also.is(Also::WORD.with(Also::PERSON)) && candidate.meanings.iter().any(|m| m.size >= 100);
    match candidate.evidence {
        Some(5..) if place => 4,
        Some(_) if place && plain => 2,
        _ => 0,
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
        let hidden = self.is_working_word()
            || c.in_byline && !self.before(1).is_some_and(|t| t.is(Classes::LOCATIVE) || t.is_mark(','))
            || self.is_university_of_state()
            || self.is_part_of_identity()
            || self.is_part_of_feature()
            || self.is_native()
            || self.is_broadcast()
            || self.is_team()
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

    /// March, Police, North: words with work of their own, though there are towns of that name.
    fn is_working_word(&self) -> bool {
        let c = self.candidate;
        let working = Classes::MONTH
            | Classes::WEEKDAY
            | Classes::STATE_BODY
            | Classes::PLACE_NOUN_CAPITAL
            | Classes::COMPASS
            | Classes::DETERMINER
            | Classes::VENTURE
            | Classes::FEATURE;
        let word = self.reading.tokens.get(c.words.start);
        c.words.len() == 1 && !self.is_country() && c.also.is(Also::WORD) && word.is_some_and(|t| t.is(working))
    }

    /// "Ohio State" by itself, which is a university.
    fn is_university_of_state(&self) -> bool {
        self.candidate.meanings.iter().any(|m| m.kind == Subdivision && m.size >= 5000)
            && self.behind(1).is_some_and(|t| t.is_capitalised() && t.of(self.reading.text) == "State")
            && !self
                .behind(2)
                .is_some_and(|t| t.is_capitalised() && t.is(Classes::STATE_BODY | Classes::PLACE_NOUN_CAPITAL))
    }

    /// "Cuban American voters", "Mexican-American veterans", but not "Mexican-American relations".
    fn is_part_of_identity(&self) -> bool {
        let is_american = |t: &Token| matches!(t.of(self.reading.text), "American" | "Americans");
        let joined = |t: &Token| t.is_mark('-') && !t.spaced;
        let own = self.reading.tokens.get(self.candidate.words.start);
        let (partner, behind) = if own.is_some_and(is_american) {
            let n = if self.before(1).is_some_and(joined) { 2 } else { 1 };
            (self.before(n), self.behind(1))
        } else {
            let n = if self.behind(1).is_some_and(joined) { 2 } else { 1 };
            (self.behind(n).filter(|t| is_american(t)), self.behind(n + 1))
        };
        let both = own.is_some_and(|t| t.is(Classes::DEMONYM)) && partner.is_some_and(|t| t.is(Classes::DEMONYM));
        let hyphen = self.before(1).is_some_and(joined) || self.behind(1).is_some_and(joined);
        let plural = own.into_iter().chain(partner).any(|t| t.of(self.reading.text) == "Americans");
        let of_people = plural
            || behind.is_some_and(|t| t.is(Classes::PEOPLE) || t.is(Classes::ROLE) && !t.is(Classes::ROLE_PLURAL));
        let of_states = behind.is_some_and(|t| t.is(Classes::RELATION));
        both && self.candidate.setting != Setting::Shouted && if hyphen { of_people } else { !of_states }
    }

    /// Whether the words beside it are those beside a town.
    fn is_as_town(&self) -> bool {
        let people = self.behind(1).is_some_and(|t| {
            t.is(Classes::TOWNSFOLK) && (t.is_capitalised() || self.candidate.setting != Setting::Title)
        });
        people || self.has_address_before() || self.is_home_of_person()
    }

    /// "Shirley Stidd of Lebanon", but not "King Abdullah of Jordan": somebody without office.
    fn is_home_of_person(&self) -> bool {
        let of = self.before(1).is_some_and(|t| t.of(self.reading.text) == "of");
        let name = self.candidate.words.start.checked_sub(2).and_then(|i| self.names.at(i));
        of && name.is_some_and(|n| {
            n.kind == NameKind::Person && n.role.is_none() && n.whole.start == n.words.start && n.words.len() > 1
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

    /// "Quiche Indians"
    fn is_native(&self) -> bool {
        let own = self.reading.tokens.get(self.candidate.words.start);
        own.is_some_and(|t| t.is(Classes::NATIVE))
            && self.candidate.setting == Setting::Plain
            && self.before(2).is_some()
            && self.before(1).is_some_and(|t| t.shape == Shape::Capital && !t.is(Classes::DEMONYM))
    }

    /// "RFE/RL's Tajik Service"
    fn is_broadcast(&self) -> bool {
        let ending = usize::from(self.before(1).is_some_and(|t| matches!(t.first, '\'' | '’')));
        self.candidate.setting == Setting::Plain
            && self.behind(1).is_some_and(|t| t.of(self.reading.text) == "Service")
            && self.before(1 + ending).is_some_and(|t| t.shape == Shape::Upper)
    }

    /// "Dallas Cowboys", "Portland Trail Blazers": a town or state before a plural with a capital.
    fn is_team(&self) -> bool {
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

    /// "China Daily", "Washington Post", "American Civil Liberties Union": the last telling word of
    /// the name that goes on behind decides.
    fn is_part_of_venture(&self) -> bool {
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
            && !(of + 2..of + 4)
                .map_while(|n| self.before(n).filter(|t| t.is_capitalised()))
                .any(|t| t.is(Classes::STATE_BODY))
    }

    fn joins_capital_behind(&self) -> bool {
        self.behind(1).is_some_and(|t| matches!(t.first, '-' | '–' | '‑') && t.shape == Shape::Mark && !t.spaced)
            && self.behind(2).is_some_and(|t| !t.spaced && t.is_capitalised() && t.is(Classes::DEMONYM))
    }

    /// "spoke French", "in Dutch", "Chinese-language", "Spanish speakers".
    fn is_language(&self) -> bool {
        let dash = usize::from(self.behind(1).is_some_and(|t| t.is_mark('-') && !t.spaced));
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
        let bare = !self.before(1).is_some_and(|t| {
            t.is(Classes::DETERMINER) || t.shape == Shape::Lower && !t.is(Classes::SUBORDINATOR | Classes::CONJUNCTION)
        });
        let subject = bare && starts == Some(1) && self.behind(1).is_some_and(|t| t.is(Classes::AUXILIARY));
        let bare_noun = self.is_bare_noun();
        let translated = self.before(1).is_some_and(|t| t.of(self.reading.text) == "the")
            && self.before(2).is_some_and(|t| t.of(self.reading.text) == "from");
        let mixed = self.before(1).is_some_and(|t| t.is(Classes::CONJUNCTION))
            && (2..9).any(|n| self.before(n).is_some_and(|t| t.is(Classes::SPEECH)));
        plain(1)
            && (spoken
                || bare_noun
                || mixed
                || subject
                || translated
                || self.before(2).is_some_and(|t| t.is(Classes::SPEECH))
                    && self.before(1).is_some_and(|t| t.shape == Shape::Lower && !t.is(Classes::DETERMINER)))
    }

    /// "the question of English", "from Russian to Ukrainian": people of a country are "the
    /// English" or "an Englishman", and an adjective has its noun.
    fn is_bare_noun(&self) -> bool {
        let link = self.before(1).map_or("", |t| t.of(self.reading.text));
        let people = self.before(2).is_some_and(|t| t.of(self.reading.text).ends_with('s') || t.shape == Shape::Number);
        let goes_on = self.behind(1).is_some_and(|t| t.is(Classes::CONJUNCTION) || t.is_mark(','))
            && (2..4).any(|n| self.behind(n).is_some_and(|t| t.is(Classes::DEMONYM)));
        match link {
            "of" => !people && !goes_on,
            "from" | "to" | "into" | "with" | "through" => {
                !goes_on && self.behind(1).is_none_or(|t| !t.is(Classes::CONJUNCTION))
            }
            // "would like French to gain"
            _ => {
                self.before(1)
                    .is_some_and(|t| t.shape == Shape::Lower && !t.is(Classes::DETERMINER | Classes::AUXILIARY))
                    && self.behind(1).is_some_and(|t| t.of(self.reading.text) == "to")
            }
        }
    }

    /// "Polish the silver", "TURKEY PRICES CLIMB": a word that its capital does not make a name.
    fn is_ordinary_word(&self) -> bool {
        if self.candidate.setting == Setting::Plain
            && self.has_name_before()
            && self.behind(1).is_some_and(|t| t.shape == Shape::Capital && t.spaced)
        {
            return true;
        }
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
        let risky = c.also.is(Also::PERSON) || c.words.len() == 1 && self.is_town();
        if c.setting != Setting::Shouted && self.is_in_persons_name(risky) {
            return true;
        }
        risky
            && c.setting != Setting::Shouted
            && (self.has_title_before()
                || self.has_name_before()
                || self.has_name_behind()
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
        let longer_here = name.words.len() > c.words.len();
        let longer_there = self.names.entities.get(name.entity).is_some_and(|e| e.name.len() > name.span.len());
        let located = self.before(1).is_some_and(|t| t.is(Classes::LOCATIVE) && t.shape == Shape::Lower);
        if risky {
            longer_here || longer_there && !located
        } else {
            longer_here && c.words.len() == 1 && self.is_town()
        }
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
        let own = self.reading.tokens.get(self.candidate.words.start);
        let located = !own.is_some_and(|t| t.is(Classes::GIVEN_HE | Classes::GIVEN_SHE))
            && self.before(1).is_some_and(|t| t.is(Classes::LOCATIVE) && t.shape == Shape::Lower);
        let large = self.candidate.meanings.iter().any(|m| m.size >= 300);
        if own.is_some_and(|t| t.shape == Shape::Upper)
            || large && !self.candidate.also.is(Also::PERSON) && !behind.is(Classes::FAMILY)
        {
            return false;
        }
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
            && self.before(1).is_some_and(|t| t.is(Classes::CUE))
            && self.behind(1).is_some_and(|t| t.shape == Shape::Mark)
    }

    /// How much the words beside it speak for a place.
    fn score(&self) -> i32 {
        let word = |n| self.before(n).map_or("", |t| t.of(self.reading.text));
        let mut score = match word(1) {
            "in" | "In" | "near" | "Near" | "outside" | "Outside" | "downtown" | "nearby" | "across" | "Across"
            | "throughout" => 5,
            "of" if self.before(2).is_some_and(|t| t.is(Classes::SETTLEMENT | Classes::COMPASS)) => 5,
            "of" if self.before(2).is_some_and(|t| {
                t.is_capitalised() && !t.is(Classes::PLACE_MAKER | Classes::STATE_BODY | Classes::TITLE)
            }) =>
            {
                4
            }
            "from" | "From" if self.behind(1).is_some_and(|t| t.of(self.reading.text) == "to") => 5,
            "between" | "Between" if self.behind(1).is_some_and(|t| t.is(Classes::CONJUNCTION)) => 5,
            _ if self.before(1).is_some_and(|t| t.is(Classes::COMPASS)) => 3,
            "from" | "to" | "at" | "around" | "between" | "From" | "At" => 3,
            "of" | "for" => 2,
            _ if self.before(1).is_some_and(|t| t.is(Classes::LOCATIVE)) => 2,
            _ => 0,
        };
        score += if self.has_address_before() { 6 } else { 0 };
        score + self.score_behind()
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
}
