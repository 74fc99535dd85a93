//! Runs: rows of capitalised words, with what may join them, that hold titles and names.

use std::ops::Range;

use super::walk::Case;
use super::words::{
    BODY_WORD, CLOSED, GIVEN, LowerCase, NATION, OFFICE, POSSESSOR, is_date_word, is_plain_given, is_possessive,
    is_unusual, is_word, opens_quote,
};
use crate::tables::{KnownBody, Tables};
use crate::text::{Classes, Shape, Token};

/// No name is longer than so many words and marks.
const LONGEST: usize = 18;

/// What a run is looked for with.
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) tables: &'a Tables,
    pub(super) lower: &'a LowerCase,
    /// The sentence or line.
    pub(super) words: Range<usize>,
    pub(super) case: Case,
    /// Where its capitalised words stand.
    pub(super) capitals: &'a [u32],
    /// Whether a word is known as part of a name from lines where capitals prove something.
    pub(super) known: &'a dyn Fn(&Token) -> bool,
}

impl Line<'_> {
    /// The runs of the line, in order.
    pub(super) fn runs(&self) -> impl Iterator<Item = Range<usize>> {
        let mut done = self.words.start;
        // Only a capital begins a run, and most words have none.
        let mut capitals = self.capitals.iter().map(|&i| i as usize);
        std::iter::from_fn(move || {
            let at = capitals.find(|&i| i >= done && self.may_begin(i))?;
            let start = self.with_particles_before(at, done);
            done = self.end_of_run(at);
            Some(start..done)
        })
    }

    fn token(&self, i: usize) -> Option<&Token> {
        if self.words.contains(&i) { self.tokens.get(i) } else { None }
    }

    fn capital_at(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| t.is_capitalised() && t.spaced)
    }

    /// Whether a sentence, or a quoted one, opens with the word.
    fn opens(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).filter(|j| self.words.contains(j)) else { return true };
        let mark = &self.tokens[before];
        mark.shape == Shape::Mark
            && (opens_quote(self.tokens, before)
                || matches!(mark.first, ':' | '•' | '[' | '*' | '¿' | '¡')
                || before == self.words.start)
    }

    /// Whether the capitalised word at `i` may begin a run.
    fn may_begin(&self, i: usize) -> bool {
        let Some(token) = self.token(i) else { return false };
        if is_date_word(token) && !self.date_word_is_name(i) {
            return false;
        }
        if self.case != Case::Sentence {
            return self.stands_in_title_case(i);
        }
        if token.is(CLOSED) {
            return self.closed_word_is_name(i, token);
        }
        !self.opens(i) || self.opener_is_name(i, token)
    }

    /// Whether a capitalised word that may be part of a name stands behind the one at `i`.
    fn name_goes_on(&self, i: usize) -> bool {
        self.capital_at(i + 1) && !self.tokens[i + 1].is(CLOSED)
    }

    /// "April Hughes", "the Sunday Times".
    #[inline(never)]
    fn date_word_is_name(&self, i: usize) -> bool {
        let (Some(token), Some(next)) = (self.token(i), self.token(i + 1)) else { return false };
        let paper = token.is(Classes::WEEKDAY) && next.is(Classes::BODY_NAME) && !next.is(Classes::BODY);
        // "Jan van den Berg"
        let particles = (i + 1..i + 4).take_while(|&j| self.token(j).is_some_and(|t| t.is(Classes::PARTICLE))).count();
        let goes_on = self.name_goes_on(i) || particles > 0 && self.name_goes_on(i + particles);
        goes_on && !is_date_word(next) && (token.is(GIVEN) || paper)
    }

    /// "US" and "WHO" are names, "Will Smith" is one, "I" and "The" are not.
    #[inline(never)]
    fn closed_word_is_name(&self, i: usize, token: &Token) -> bool {
        let acronym = token.shape == Shape::Upper && token.end() - token.start() > 1;
        let given = || token.is(GIVEN) && (self.name_goes_on(i) || !self.opens(i));
        acronym && !self.opens_shouting(i) || !token.is(Classes::DETERMINER | Classes::PRONOUN_IT) && given()
    }

    /// Capitals around it: "WE WILL WIN" inside a sentence.
    fn opens_shouting(&self, i: usize) -> bool {
        let upper =
            |j: usize| self.token(j).is_some_and(|t| t.shape == Shape::Upper && t.is(Classes::ORDINARY | CLOSED));
        upper(i + 1) || i > 0 && upper(i - 1)
    }

    /// A word whose capital may come from opening the sentence alone: "Moon" in "Moon thanked her."
    pub(super) fn doubtful(&self) -> Option<usize> {
        let i = self.words.clone().find(|&i| is_word(&self.tokens[i]))?;
        let token = self.token(i)?;
        let plain = token.shape == Shape::Capital && !token.is(CLOSED | BODY_WORD | OFFICE) && !is_date_word(token);
        (self.case == Case::Sentence && plain && !self.capital_at(i + 1) && !self.may_begin(i)).then_some(i)
    }

    /// Whether the first word of a sentence begins a name.
    #[inline(never)]
    fn opener_is_name(&self, i: usize, token: &Token) -> bool {
        if token.shape == Shape::Upper && token.end() - token.start() > 1 || self.body_at(i) {
            return true;
        }
        if token.is(GIVEN | Classes::FAMILY) && !token.is(Classes::ORDINARY) {
            return true;
        }
        let hyphenated = self.token(i + 1).is_some_and(|t| t.is_mark('-') && !t.spaced);
        if self.name_goes_on(i) || token.shape == Shape::Initial {
            return true;
        }
        if token.is(OFFICE | BODY_WORD) && self.names_behind(i + 1) {
            return true;
        }
        // "Consul in Riga Ines Roth"
        let place = || self.token(i + 1).is_some_and(|t| matches!(t.of(self.text), "to" | "in"));
        if token.is(OFFICE) && !token.is(Classes::ROLE_PLURAL) && place() && self.names_person_behind(i + 2) {
            return true;
        }
        if token.is(Classes::ORDINARY | OFFICE | BODY_WORD | Classes::ROLE_MODIFIER) || token.is(Classes::PLACE_WORD) {
            return token.is(GIVEN) && hyphenated;
        }
        if is_unusual(token) {
            let word = token.of(self.text);
            let ending = ["ly", "ing", "ed", "ness", "tion", "ions", "ments", "ers", "ists"];
            return !self.lower.has(token, self.text) && (hyphenated || !ending.iter().any(|e| word.ends_with(e)));
        }
        true
    }

    /// "of Defence" behind "Ministry", a full stop and a name behind "Dr".
    fn names_behind(&self, i: usize) -> bool {
        let Some(token) = self.token(i) else { return false };
        let the = self.token(i + 1).is_some_and(|t| t.shape == Shape::Lower && t.of(self.text) == "the");
        let joint = token.is_mark('.') && !token.spaced && self.tokens[i - 1].is(Classes::TITLE_ABBREVIATION);
        let of = token.shape == Shape::Lower && matches!(token.of(self.text), "of" | "for" | "on");
        joint && self.capital_at(i + 1) || of && self.capital_at(i + 1 + usize::from(the))
    }

    /// Where capitals prove nothing, the word itself must.
    #[inline(never)]
    fn stands_in_title_case(&self, i: usize) -> bool {
        let Some(token) = self.token(i) else { return false };
        if !token.is_capitalised() || is_date_word(token) {
            return false;
        }
        if self.body_at(i) {
            return self.case == Case::Title || !token.is(CLOSED);
        }
        let upper = token.shape == Shape::Upper && !token.is(CLOSED) && token.end() - token.start() < 6;
        let around = |j: usize| self.token(j).is_none_or(|t| t.shape != Shape::Upper || t.is(Classes::PRONOUN_SPEECH));
        if self.case == Case::Title && upper && around(i + 1) && (i == 0 || around(i - 1)) {
            return true;
        }
        let verb = is_unusual(token)
            && !token.is(GIVEN | Classes::FAMILY)
            && token.of(self.text).to_lowercase().ends_with("ing");
        if token.is(CLOSED | Classes::CUE) || verb && !(self.known)(token) {
            return false;
        }
        if (self.known)(token) {
            return true;
        }
        let name_next = |j: usize| {
            self.token(j).is_some_and(|t| t.is_capitalised() && t.spaced && !t.is(Classes::ORDINARY | CLOSED))
        };
        if token.is(OFFICE) || token.is(GIVEN) && token.is(Classes::ORDINARY) {
            return name_next(i + 1);
        }
        if token.is(BODY_WORD) {
            return token.is(Classes::BODY_STATE | Classes::BODY_LAST)
                && i > self.words.start
                && self.tokens[i - 1].is_capitalised();
        }
        !token.is(Classes::ORDINARY) && !self.lower.has(token, self.text)
    }

    /// A body known by name begins here.
    fn body_at(&self, i: usize) -> bool {
        let Some((length, body)) = self.known_body_at(i, self.words.end) else { return false };
        let first = &self.tokens[i];
        (!body.acronym || first.shape == Shape::Upper) && (length > 1 || body.acronym || !first.is(Classes::ORDINARY))
    }

    /// The body known by name that begins with the word at `i` and ends by `end`, and how many words
    /// its name has.
    pub(super) fn known_body_at(&self, i: usize, end: usize) -> Option<(usize, KnownBody)> {
        let bodies = &self.tables.names.bodies;
        // Most words begin none.
        if !bodies.begins(self.tokens.get(i)?) {
            return None;
        }
        bodies.longest(self.tokens.get(i..end)?).map(|(length, &body)| (length, body))
    }

    /// "al-Assad", "van der Berg", "de Gaulle" without a given name before them.
    fn with_particles_before(&self, at: usize, floor: usize) -> usize {
        let mut start = at;
        while start > floor {
            let before = &self.tokens[start - 1];
            if before.is_mark('-') && !before.spaced && !self.tokens[start].spaced && start - 1 > floor {
                if self.tokens[start - 2].is(Classes::PARTICLE) && self.tokens[start - 2].shape == Shape::Lower {
                    start -= 2;
                    continue;
                }
                break;
            }
            let particle = before.shape == Shape::Lower && before.is(Classes::PARTICLE) && !before.is(CLOSED);
            if !particle || self.tokens[at].is(BODY_WORD | OFFICE) {
                break;
            }
            start -= 1;
        }
        start
    }

    fn end_of_run(&self, start: usize) -> usize {
        let mut end = start + 1;
        if let Some((length, body)) = self.known_body_at(start, self.words.end)
            && length > 1
            && !body.acronym
        {
            end = start + length;
        }
        while end < start + LONGEST {
            let Some(length) = self.step(start, end) else { break };
            end += length;
        }
        end
    }

    /// How many tokens join the run `start..end` with its next capitalised word, that one included.
    fn step(&self, start: usize, end: usize) -> Option<usize> {
        let next = self.token(end)?;
        if !next.spaced {
            return self.tight_step(start, end, next);
        }
        match next.shape {
            Shape::Lower if next.is(Classes::PARTICLE) => self.particle_step(end),
            Shape::Lower => self.connector_step(start, end, next),
            Shape::Mark if next.first == '&' => self.capital_at(end + 1).then_some(2),
            Shape::Mark => self.nickname_step(start, end),
            _ if next.is_capitalised() => self.continues(end).then_some(1),
            // "Aurélien de la Tour d'Estrées"
            Shape::Mixed if self.case == Case::Sentence && self.is_elided(next) => Some(1),
            _ => None,
        }
    }

    /// Whether the capitalised word at `i` goes on with the run before it.
    fn continues(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        let numeral = token.is(Classes::POSTNOMINAL);
        // "Theresa May", "Governor May", but "on Monday".
        let day = self.token(i + 1).is_some_and(|t| t.shape == Shape::Number);
        if is_date_word(token) && (day || !(token.is(GIVEN | Classes::FAMILY) && self.tokens[i - 1].is(GIVEN | OFFICE)))
        {
            return false;
        }
        if token.is(CLOSED) && !numeral {
            let upper = token.shape == Shape::Upper && token.end() - token.start() > 1;
            return (upper && self.case == Case::Sentence)
                || token.is(GIVEN | Classes::FAMILY) && !token.is(POSSESSOR) && self.tokens[i - 1].is(OFFICE | GIVEN);
        }
        if self.case != Case::Sentence && !numeral {
            let bound = token.is(BODY_WORD | OFFICE | Classes::PLACE_WORD) || token.shape == Shape::Initial;
            let family =
                self.tokens[i - 1].is(GIVEN | OFFICE) && !token.is(Classes::CUE) && !token.is(Classes::ORDINARY);
            return bound || family || self.stands_in_title_case(i);
        }
        true
    }

    /// "d'Estrées", "dell'Acqua": a name behind an article or preposition that lost its vowel.
    fn is_elided(&self, token: &Token) -> bool {
        let word = token.of(self.text);
        let parts = word.split_once(['\'', '’']).filter(|(small, _)| small.len() <= 4);
        parts.is_some_and(|(small, name)| {
            small.bytes().all(|b| b.is_ascii_lowercase()) && name.chars().next().is_some_and(char::is_uppercase)
        })
    }

    /// Full stops of initials and abbreviations, hyphens, and 's inside a body's name.
    fn tight_step(&self, start: usize, end: usize, next: &Token) -> Option<usize> {
        let last = &self.tokens[end - 1];
        if next.is_mark('.') && next.end() - next.start() == 1 {
            let initial = last.shape == Shape::Initial;
            if !(initial || last.is(Classes::ABBREVIATION | Classes::TITLE_ABBREVIATION | Classes::POSTNOMINAL)) {
                return None;
            }
            let after = self.token(end + 1);
            // "Q. Who is it?"
            let opens = |t: &Token| t.shape == Shape::Capital && t.is(CLOSED) && !t.is(GIVEN | Classes::FAMILY);
            let goes_on =
                after.is_some_and(|t| t.is_capitalised() && if initial { !opens(t) } else { self.continues(end + 1) });
            let closes = last.is(Classes::BODY_LAST | Classes::POSTNOMINAL)
                && after.is_some_and(|t| t.shape == Shape::Lower || t.is_mark(',') || is_possessive(t, self.text));
            let nickname = if initial { self.nickname_step(start, end + 1) } else { None };
            return goes_on.then_some(2).or(closes.then_some(1)).or(nickname.map(|n| n + 1));
        }
        if next.is_mark('-') && next.end() - next.start() == 1 {
            return self.hyphen_step(start, end);
        }
        if last.shape == Shape::Initial && next.is_capitalised() {
            return Some(1);
        }
        if !is_possessive(next, self.text) {
            return None;
        }
        let open =
            last.is(Classes::ORDINARY | Classes::ROLE_PLURAL) && !last.is(BODY_WORD) || last.is(Classes::TITLE_KEPT);
        let before = self.tokens.get(start..end - 1).and_then(<[Token]>::last);
        let saint = before.is_some_and(|t| t.is_mark('.') || t.is(Classes::TITLE_ABBREVIATION));
        let body_behind = (end + 1..end + 4).take_while(|&j| self.capital_at(j)).any(|j| self.tokens[j].is(BODY_WORD));
        ((open || saint) && !last.is(NATION) && body_behind).then_some(2)
    }

    /// "Jean-Claude", "Saint-Germain", "Covid-19", and the lower second part of "Jae-in".
    fn hyphen_step(&self, start: usize, end: usize) -> Option<usize> {
        let after = self.token(end + 1).filter(|t| !t.spaced)?;
        if after.is_capitalised() || after.shape == Shape::Number {
            return Some(2);
        }
        if after.is(Classes::PARTICLE) && self.token(end + 2).is_some_and(|t| t.is_mark('-')) {
            return self.token(end + 3).filter(|t| t.is_capitalised()).map(|_| 4);
        }
        let short = after.shape == Shape::Lower && after.end() - after.start() <= 6;
        // "Kim Jae-in", "Minister Kim Jae-in"
        let given = end >= start + 2 && self.tokens[end - 2].is(Classes::FAMILY_FIRST);
        let free = !after.is(Classes::ORDINARY | Classes::CUE) || after.is(Classes::PREPOSITION) || given;
        // "Nam Gi-uk", "Defense Minister Nam Gi-uk"
        let strange = |t: &Token| !t.is(Classes::ORDINARY | CLOSED | OFFICE | BODY_WORD | Classes::CUE | Classes::VERB);
        let second = end >= start + 2 && self.tokens[end - 1].spaced && strange(&self.tokens[end - 1]);
        (short && free && (given || second && strange(after))).then_some(2)
    }

    /// "Ursula von der Leyen", "Bashar al-Assad".
    fn particle_step(&self, end: usize) -> Option<usize> {
        let mut at = end;
        while at < end + 4 && self.token(at)?.is(Classes::PARTICLE) && self.token(at)?.shape == Shape::Lower {
            at += 1;
            if self.token(at)?.is_mark('-') && !self.token(at)?.spaced {
                at += 1;
            }
        }
        self.token(at)?.is_capitalised().then_some(at + 1 - end)
    }

    /// `Joseph "Joe" Smith`.
    fn nickname_step(&self, start: usize, end: usize) -> Option<usize> {
        let given = self.tokens.get(start..end)?.iter().any(|t| t.is(GIVEN));
        let quoted = opens_quote(self.tokens, end) && self.token(end + 1)?.is_capitalised();
        let closed =
            self.token(end + 2)?.shape == Shape::Mark && matches!(self.token(end + 2)?.first, '"' | '”' | '’' | '\'');
        (given && quoted && closed && self.capital_at(end + 3)).then_some(4)
    }

    /// "of", "for", "and", "the" inside the name of a body or a title.
    fn connector_step(&self, start: usize, end: usize, next: &Token) -> Option<usize> {
        // Most words behind a name are no "of" and the like.
        if !next.is(Classes::PREPOSITION | Classes::CONJUNCTION)
            || self.case != Case::Sentence && !self.capital_at(end + 1)
        {
            return None;
        }
        let the = self.token(end + 1).is_some_and(|t| t.shape == Shape::Lower && t.of(self.text) == "the");
        let capital = if the { end + 2 } else { end + 1 };
        if !self.capital_at(capital)
            || is_date_word(&self.tokens[capital])
            || self.tokens[capital].is(CLOSED) && self.tokens[capital].shape != Shape::Upper
        {
            return None;
        }
        let word = next.of(self.text);
        let run = self.tokens.get(start..end)?;
        let last = run.last()?;
        let has_body = run.iter().any(|t| t.is(BODY_WORD));
        let joins = match word {
            "of" => {
                last.is(BODY_WORD | OFFICE) || has_body && last.is(Classes::ORDINARY) || last.is(Classes::PLACE_WORD)
            }
            "for" | "on" | "against" => {
                // "Court of Arbitration for Sport"
                let of_body =
                    has_body && word == "for" && !last.is(Classes::PLACE | NATION) && self.is_of_body(start, end);
                last.is(BODY_WORD) || last.is(OFFICE) && word == "for" && last.is(Classes::TITLE) || of_body
            }
            "and" => !the && self.and_joins(start, end),
            "to" | "in" => {
                !the && last.is(OFFICE) && !last.is(Classes::ROLE_PLURAL) && self.names_person_behind(capital)
            }
            _ => false,
        };
        joins.then_some(capital + 1 - end)
    }

    /// "Court of Arbitration": a body and what it is for.
    fn is_of_body(&self, start: usize, end: usize) -> bool {
        let of = end.checked_sub(2).filter(|&i| i > start && self.tokens[i].is(Classes::OF));
        of.is_some_and(|i| self.tokens[i - 1].is(BODY_WORD))
    }

    /// "Moscow Lena Roth" behind "Ambassador to": a place, and then somebody's given name and more.
    fn names_person_behind(&self, place: usize) -> bool {
        let part = |i: usize| {
            self.token(i).is_some_and(|t| t.is_capitalised() && !t.is(OFFICE) || t.is_mark('.') && !t.spaced)
        };
        let row = (place..place + 7).take_while(|&i| part(i));
        row.skip(1).any(|i| is_plain_given(&self.tokens[i]) && self.capital_at(i + 1))
    }

    /// "Health and Human Services", "Food and Drug Administration", but not "Russia and Ukraine".
    fn and_joins(&self, start: usize, end: usize) -> bool {
        let ordinary = |i: usize| {
            self.token(i).is_some_and(|t| t.is(Classes::ORDINARY) && !t.is(GIVEN | OFFICE | BODY_WORD | NATION))
        };
        let linked = self.tokens[start..end].iter().any(|t| t.shape == Shape::Lower && t.is(Classes::PREPOSITION));
        let body_behind = (end + 2..end + 5).take_while(|&j| self.capital_at(j)).any(|j| self.tokens[j].is(BODY_WORD));
        let plural = |i: usize| {
            self.token(i).is_some_and(|t| t.of(self.text).ends_with('s') && !t.is(GIVEN | OFFICE | BODY_WORD | NATION))
        };
        ordinary(end - 1) && (ordinary(end + 1) && (linked || body_behind) || plural(end + 1) && linked)
            || plural(end - 1) && plural(end + 1) && body_behind
    }
}
