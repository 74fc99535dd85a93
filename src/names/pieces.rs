//! What a run of capitalised words holds: a title, a person, a body, a place.

use std::ops::Range;

use super::NameKind;
use super::runs::Line;
use super::walk::Case;
use super::words::{BODY_WORD, CLOSED, GIVEN, NATION, OFFICE, family_ending, is_plain_given, is_unusual, is_word};
use crate::text::{Classes, Shape, Token};

/// A name inside a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Piece {
    /// The name alone.
    pub(super) words: Range<usize>,
    /// The capitalised title before it; empty when there is none.
    pub(super) title: Range<usize>,
    /// What it looks like by itself.
    pub(super) kind: NameKind,
    /// A body of a state.
    pub(super) state: bool,
}

/// The body that a run names.
struct Body {
    words: Range<usize>,
    state: bool,
}

impl Line<'_> {
    /// Hands on the names in a run, in order.
    pub(super) fn pieces(&self, run: Range<usize>, mut found: impl FnMut(Piece)) {
        let words = self.tokens.get(run.clone()).unwrap_or_default();
        // Most runs are one word, and that no more than a name.
        if let [only] = words
            && is_word(only)
            && !only.is(BODY_WORD | Classes::KNOWN_BODY | OFFICE)
        {
            return found(Piece { title: run.start..run.start, words: run, kind: NameKind::Other, state: false });
        }
        let classes = words.iter().fold(Classes::NONE, |all, t| all | t.classes);
        // Most runs hold neither a body nor a title.
        let may_hold_body = classes.any(BODY_WORD | Classes::KNOWN_BODY);
        if may_hold_body && let Some(body) = self.body_in(run.clone()) {
            let beside = self.beside_body(run, &body);
            let Body { words, state } = body;
            let title = words.start..words.start;
            found(Piece { words, title, kind: NameKind::Body, state });
            beside.into_iter().for_each(found);
        } else {
            self.name_in(run, classes.any(OFFICE)).into_iter().for_each(found);
        }
    }

    /// The name in a run that holds no body, and titles only when it is `titled`.
    fn name_in(&self, run: Range<usize>, titled: bool) -> Option<Piece> {
        if titled && let Some((title, name)) = self.title_and_name(run.clone()) {
            return Some(Piece { words: name, title, kind: NameKind::Person, state: false });
        }
        let run = self.without_opener(run);
        let unnamed = titled || run.clone().next_back().is_none_or(|last| !is_word(self.at(last)));
        if unnamed && (run.is_empty() || self.is_office_only(run.clone())) {
            return None;
        }
        let (words, kind) = self.person_or_other(run);
        let title = words.start..words.start;
        Some(Piece { words, title, kind, state: false })
    }

    fn at(&self, i: usize) -> &Token {
        &self.tokens[i]
    }

    /// A person before or behind the body of the same run: "Foreign Ministry Spokesman Ivan Petrov".
    fn beside_body(&self, run: Range<usize>, body: &Body) -> Option<Piece> {
        let tail = body.words.end..run.end;
        if body.words.start == run.start && tail.is_empty() {
            return None;
        }
        if let Some((title, name)) = self.title_and_name(tail.clone()) {
            return Some(Piece { words: name, title: run.start..title.end, kind: NameKind::Person, state: false });
        }
        if self.is_named_behind(body.words.start, &tail, &run) {
            return Some(Piece { title: run.start..tail.start, words: tail, kind: NameKind::Person, state: false });
        }
        if !tail.clone().any(is_given_in(self.tokens)) {
            return None;
        }
        let (words, kind) = self.person_or_other(tail);
        let title = if kind == NameKind::Person { run.start..words.start } else { words.start..words.start };
        Some(Piece { words, title, kind, state: false })
    }

    /// The body named in a run, without the offices and persons beside it.
    fn body_in(&self, run: Range<usize>) -> Option<Body> {
        if let Some(known) = self.known_body(run.clone()) {
            return known.1.then_some(known.0);
        }
        let last = run.clone().rev().find(|&i| self.makes_body(i, &run))?;
        let mut end = self.end_of_body(last, &run);
        let tail = end..run.end;
        let splits =
            tail.clone().next().is_some_and(|i| is_plain_given(self.at(i)) || self.at(i).is(OFFICE) || self.is_of(i))
                || self.is_named_behind(last, &tail, &run)
                || self.ends_in_person(&tail);
        if !tail.is_empty() && !splits {
            if self.at(run.end - 1).is(Classes::PLACE_WORD) && !self.at(run.end - 1).is(BODY_WORD) {
                return None;
            }
            end = run.end;
        }
        let start = self.without_office_of(run.clone(), last);
        let head = self.head_of_body(start..end).unwrap_or(last);
        Some(Body { words: start..end, state: self.is_state(head, start..end) })
    }

    /// A body from the table inside the run; the flag says whether it is a body and not a country.
    fn known_body(&self, run: Range<usize>) -> Option<(Body, bool)> {
        for i in run.clone() {
            let Some((length, body)) = self.known_body_at(i, run.end) else { continue };
            if body.place && length < run.len() {
                continue;
            }
            let upper = self.at(i).shape == Shape::Upper;
            let whole = i == run.start && length == run.len();
            if length > 1 && !body.acronym
                || body.acronym && upper && (whole || i == run.start)
                || whole && !body.acronym && self.at(i).is_capitalised()
            {
                let rest = i + length..run.end;
                if rest.clone().any(|j| self.makes_body(j, &run)) {
                    continue;
                }
                let left = (run.start..i)
                    .rev()
                    .take_while(|&j| {
                        is_word(self.at(j)) && !self.at(j).is(OFFICE) && !is_plain_given(self.at(j)) && !self.is_of(j)
                    })
                    .count();
                let start = if body.acronym || body.place { i } else { i - left };
                let words = if body.acronym
                    || rest.is_empty()
                    || rest.clone().any(|j| is_plain_given(self.at(j)) || self.at(j).is(OFFICE))
                {
                    start..i + length
                } else {
                    start..run.end
                };
                return Some((Body { words, state: body.state }, !body.place));
            }
        }
        None
    }

    /// Whether the word at `i` makes a body of the run.
    fn makes_body(&self, i: usize, run: &Range<usize>) -> bool {
        let token = self.at(i);
        if !token.is(BODY_WORD) || !token.is_capitalised() || self.is_letters(i, run) {
            return false;
        }
        let last = i + 1 == run.end
            || self.is_of(i + 1)
            || self.at(i + 1).is(OFFICE)
            || is_plain_given(self.at(i + 1))
            || !is_word(self.at(i + 1));
        if token.is(Classes::BODY) {
            let person =
                run.len() == 2 && i == run.start + 1 && is_plain_given(self.at(run.start)) && token.is(Classes::FAMILY);
            return !person && (last || i > run.start || run.len() > 1);
        }
        if run.len() < 2 {
            return self.follows_the(i)
                && self.case == Case::Sentence
                && !token.is(GIVEN)
                && !token.is(Classes::BODY_LAST);
        }
        let family = token.is(Classes::FAMILY) || !token.is(Classes::ORDINARY | Classes::BODY_LAST);
        let person = i == run.start + 1 && last && is_plain_given(self.at(run.start)) && family;
        last && i > run.start && !person
    }

    /// The letters behind a full name, which may be those of a club: "Ines Roth SC".
    fn is_letters(&self, i: usize, run: &Range<usize>) -> bool {
        let letters = self.at(i).is(Classes::POSTNOMINAL) && self.at(i).shape == Shape::Upper;
        letters && i > run.start + 1 && is_plain_given(self.at(run.start))
    }

    fn follows_the(&self, i: usize) -> bool {
        i.checked_sub(1).is_some_and(|j| self.at(j).of(self.text).eq_ignore_ascii_case("the"))
    }

    fn is_of(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.shape == Shape::Lower && t.is(Classes::PREPOSITION))
    }

    /// The end of the body whose head is at `last`: with "of ..." behind it, up to a person.
    fn end_of_body(&self, last: usize, run: &Range<usize>) -> usize {
        let mut end = last + 1;
        if end < run.end && self.at(end).is_mark('.') {
            end += 1;
        }
        if end < run.end && self.is_of(end) {
            end = run.end;
            // "Ministry of Defence Sergei Petrov" holds a person too.
            if let Some(given) = (last + 3..run.end).find(|&i| self.is_name_after_body(i) && i + 1 < run.end) {
                end = given;
            }
        }
        end
    }

    /// A person's name behind the last word of a body's.
    fn is_name_after_body(&self, i: usize) -> bool {
        let family = self.at(i).is(Classes::FAMILY_FIRST) && !self.at(i).is(Classes::ORDINARY);
        let before = self.at(i - 1);
        // "Republic of Karelia Alexey Roth"
        let pair = self.tokens.get(i + 1).is_some_and(|t| {
            t.is_capitalised() && t.spaced && (t.is(Classes::FAMILY) || is_unusual(t)) && !t.is(BODY_WORD)
        });
        (is_plain_given(self.at(i)) && (before.is(Classes::ORDINARY) || pair && !is_plain_given(before))
            || (is_plain_given(self.at(i)) || family) && before.is(NATION | Classes::PLACE))
            && before.is_capitalised()
    }

    /// Leaves out "President of" before "Harvard University".
    fn without_office_of(&self, run: Range<usize>, head: usize) -> usize {
        let of = (run.start..head)
            .rev()
            .find(|&i| self.is_of(i) && i > run.start && self.office_before(i) && !self.body_before(run.start..i));
        let mut start = match of {
            Some(of) => (of + 1..head + 1).find(|&i| self.at(i).is_capitalised()).unwrap_or(run.start),
            None => run.start,
        };
        // "Former", "Yesterday" at the start of a sentence.
        while start < head && self.at(start).is(CLOSED) && self.at(start).shape == Shape::Capital {
            start += 1;
        }
        start
    }

    /// "Leader of Opposition Tukaram Gaikwad", but not "Director of Bank Mandiri Raya".
    fn is_named_behind(&self, body: usize, tail: &Range<usize>, run: &Range<usize>) -> bool {
        let of = body.checked_sub(1).filter(|&i| i > run.start && self.is_of(i));
        let office = of.is_some_and(|of| self.office_before(of)) && !self.at(body).is(Classes::COMPANY);
        office && tail.len() > 1 && tail.clone().all(|i| is_unusual(self.at(i)) || self.at(i).is_mark('-'))
    }

    /// "Intelligence Ranking Member Ines Roth" behind "Senate": words, a given and a family name.
    fn ends_in_person(&self, tail: &Range<usize>) -> bool {
        let [.., before, given, family] = &self.tokens[tail.clone()] else { return false };
        is_plain_given(given)
            && !is_plain_given(before)
            && before.is(OFFICE | NATION | Classes::ORDINARY)
            && family.is_capitalised()
            && (family.is(Classes::FAMILY) || is_unusual(family))
            && !family.is(BODY_WORD)
    }

    fn office_before(&self, i: usize) -> bool {
        self.at(i - 1).is(OFFICE)
    }

    fn body_before(&self, mut words: Range<usize>) -> bool {
        words.any(|i| self.at(i).is(BODY_WORD) && !self.at(i).is(OFFICE))
    }

    /// "Ministry" of "Ministry of Defence", "University" of "Yale University School".
    fn head_of_body(&self, words: Range<usize>) -> Option<usize> {
        let of = words.clone().find(|&i| self.is_of(i)).unwrap_or(words.end);
        (words.start..of).rev().find(|&i| self.at(i).is(BODY_WORD))
    }

    fn is_state(&self, head: usize, words: Range<usize>) -> bool {
        let private = words.clone().any(|i| self.at(i).is(Classes::BODY_LAST));
        let news = head
            .checked_sub(1)
            .filter(|i| words.contains(i))
            .is_some_and(|i| matches!(self.at(i).of(self.text), "News" | "Press"));
        self.at(head).is(Classes::BODY_STATE) && !private && !(news && self.at(head).is(Classes::BODY))
    }

    /// The title that opens a run and the name behind it.
    fn title_and_name(&self, run: Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
        let mut at = run.clone().rev().find(|&i| self.is_title_before_name(i, &run))?;
        let title = at;
        at += 1;
        if at < run.end && self.at(at).is_mark('.') {
            at += 1;
        }
        if at < run.end && self.is_of(at) {
            // "Secretary of State John Kerry": the name begins with a given name or an unusual word.
            let named = (at + 2..run.end).find(|&i| is_plain_given(self.at(i)) && i + 1 < run.end);
            let strange = (at + 2..run.end).find(|&i| {
                is_word(self.at(i))
                    && self.at(i).shape != Shape::Lower
                    && !self.at(i).is(Classes::ORDINARY | Classes::PLACE_WORD | NATION)
                    && self.at(i - 1).is(Classes::ORDINARY | Classes::ROLE_MODIFIER)
            });
            let kept = self.at(title).is(Classes::TITLE_KEPT) && run.start == title;
            at = match named.or(strange) {
                Some(at) => at,
                None if kept => return Some((run.start..run.start, run)),
                None => return None,
            };
        }
        let name = at..run.end;
        if !self.can_follow_title(name.clone(), title) {
            return None;
        }
        let words = name.clone().filter(|&i| is_word(self.at(i))).count();
        // "Mrs Justice Roth"
        let courtesy = title.checked_sub(1).filter(|&i| i >= run.start && !self.at(title).is(Classes::COURTESY));
        let courtesy = courtesy.filter(|&i| self.at(i).is(Classes::COURTESY | Classes::TITLE_KEPT));
        let one = words == 1 || words == 2 && self.at(run.end - 1).is(Classes::POSTNOMINAL);
        let kept = courtesy.or(Some(title).filter(|&t| self.at(t).is(Classes::TITLE_KEPT))).filter(|_| one);
        match kept {
            Some(first) => Some((run.start..first, first..run.end)),
            None => Some((run.start..at, name)),
        }
    }

    /// A title with a name behind it, not a given name ("Dean Smith") or a family name ("Stephen King").
    fn is_title_before_name(&self, i: usize, run: &Range<usize>) -> bool {
        let token = self.at(i);
        if !token.is(OFFICE) || !token.is_capitalised() {
            return false;
        }
        let mut rest = (i + 1..run.end).filter(|&j| is_word(self.at(j)));
        let Some(next) = rest.next() else { return false };
        if self.at(next).is(Classes::POSTNOMINAL) {
            return false;
        }
        let given_first = i > run.start
            && is_plain_given(self.at(run.start))
            && !self.at(run.start).is(OFFICE)
            && !is_plain_given(self.at(next));
        let given = token.is(GIVEN)
            && i == run.start
            && !is_plain_given(self.at(next))
            && !token.is(Classes::TITLE_ABBREVIATION);
        let titled = token.is(Classes::TITLE)
            || is_plain_given(self.at(next))
            || self.is_of(i + 1)
            || rest.next().is_some_and(|j| !self.at(j).is(Classes::ORDINARY));
        let name = given && token.is(Classes::FAMILY | Classes::GIVEN_HE | Classes::GIVEN_SHE);
        titled && !given_first && !name
    }

    fn can_follow_title(&self, name: Range<usize>, title: usize) -> bool {
        let (Some(first), Some(last)) = (name.clone().next(), name.clone().next_back()) else { return false };
        let words = name.clone().filter(|&i| is_word(self.at(i))).count();
        let last_fits = !self.at(last).is(Classes::PLACE_WORD | NATION) || self.at(last).is(Classes::FAMILY | GIVEN);
        let doubtful =
            self.at(first).is(NATION) || self.at(first).is(CLOSED) && !self.at(first).is(GIVEN | Classes::FAMILY);
        let plain = self.at(first).is(Classes::ORDINARY) && !self.at(first).is(GIVEN | Classes::FAMILY);
        let abbreviated = self.at(title).is(Classes::TITLE_ABBREVIATION);
        // "Conservative South Koreans"
        if !self.at(title).is(Classes::TITLE) && self.is_known_place(name.clone()) {
            return false;
        }
        // "Mr. President" names nobody.
        if words == 1 && self.at(first).is(OFFICE) && !self.at(first).is(Classes::FAMILY | GIVEN) {
            return false;
        }
        words <= 5
            && last_fits
            && !(doubtful && words == 1 && !abbreviated)
            && !(plain && !abbreviated && (words == 1 || self.case != Case::Sentence))
    }

    /// Nothing but titles and what goes with them: "Russian Foreign Minister".
    fn is_office_only(&self, run: Range<usize>) -> bool {
        let Some(last) = run.clone().rev().find(|&i| is_word(self.at(i))) else { return true };
        let of = run.clone().find(|&i| self.is_of(i));
        let head = of.and_then(|of| of.checked_sub(1)).filter(|i| run.contains(i)).unwrap_or(last);
        let named = self.at(run.start).is(GIVEN) && run.len() > 1 && !self.at(run.start).is(OFFICE);
        self.at(head).is(OFFICE)
            && !named
            && !(run.len() == 1 && self.at(head).is(GIVEN | Classes::FAMILY) && !self.at(head).is(Classes::ORDINARY))
    }

    /// Without an ordinary word that has its capital from opening the sentence.
    fn without_opener(&self, run: Range<usize>) -> Range<usize> {
        let Some(first) = self.tokens.get(run.start).filter(|_| run.len() > 1) else { return run };
        let plain = first.is(Classes::ORDINARY | CLOSED)
            && !first.is(GIVEN | Classes::FAMILY | BODY_WORD | NATION | Classes::POSTNOMINAL);
        if !plain || first.shape != Shape::Capital || self.case != Case::Sentence {
            return run;
        }
        // "Sin Jong-rim"
        let hyphen = self.tokens.get(run.start + 2).is_some_and(|t| t.is_mark('-') && !t.spaced);
        if hyphen && self.tokens.get(run.start + 3).is_some_and(|t| t.shape == Shape::Lower) {
            return run;
        }
        let opens = run.start == self.words.start || !is_word(self.at(run.start - 1));
        let person = self.at(run.start + 1).is(GIVEN) || !self.at(run.start + 1).is(Classes::ORDINARY);
        let adverb = first.is(CLOSED);
        if opens && (adverb || person && !first.is(Classes::NAME_OPENER)) {
            return run.start + 1..run.end;
        }
        run
    }

    /// A person when the words are those of one, and a name of whatever kind otherwise.
    fn person_or_other(&self, run: Range<usize>) -> (Range<usize>, NameKind) {
        // No word alone is a person by itself, and most names are one word.
        if run.len() < 2 {
            return (run, NameKind::Other);
        }
        let name = self.without_nation(run.clone());
        if name.len() > 1 && self.is_person(name.clone()) && !self.is_known_place(name.clone()) {
            (name, NameKind::Person)
        } else {
            (run, NameKind::Other)
        }
    }

    /// "American John Smith" names John Smith.
    fn without_nation(&self, run: Range<usize>) -> Range<usize> {
        let Some(given) = run.clone().find(|&i| is_plain_given(self.at(i))) else { return run };
        let modifiers = (run.start..given).all(|i| {
            let token = self.at(i);
            (token.is(NATION | Classes::ROLE_MODIFIER | OFFICE) || token.is(Classes::ORDINARY)) && !token.is(GIVEN)
                || !is_word(token)
        });
        if modifiers && given + 1 < run.end { given..run.end } else { run }
    }

    /// Whether the words are those of a person's name: a given name and another, initials and a
    /// name, a family name known or shown by its ending.
    fn is_person(&self, run: Range<usize>) -> bool {
        let mut words = self.telling(run.clone()).map(|i| self.at(i));
        let particle = |t: &&Token| t.is(Classes::PARTICLE) && t.shape == Shape::Lower;
        let count = words.clone().filter(|t| !particle(t)).count();
        let (all, Some(first)) = (words.clone(), words.next()) else { return false };
        let rest = words;
        let Some(last) = rest.clone().next_back() else { return false };
        if count > 6
            || all
                .clone()
                .any(|t| t.is(Classes::PREPOSITION) && t.shape == Shape::Lower && t.spaced && !t.is(Classes::PARTICLE))
        {
            return false;
        }
        // "R-Maine", "Fort Pierce", "Kent County Republican"
        let party = first.shape == Shape::Initial && self.at(run.start + 1).is_mark('-');
        let place = first.is(Classes::NAME_OPENER | Classes::PLACE_WORD) && !first.is(GIVEN | Classes::FAMILY_FIRST);
        let treaty = last.is(Classes::TREATY_NOUN) && !last.is(Classes::FAMILY | GIVEN);
        if party || place || treaty || last.is(OFFICE) && !last.is(Classes::FAMILY | GIVEN) {
            return false;
        }
        // "Logan-Rogersville", "Guma LGA", "N. Korea"
        let one_word = run.clone().skip(1).all(|i| !self.at(i).spaced);
        let acronym = last.shape == Shape::Upper && first.shape != Shape::Upper && last.end() - last.start() > 1;
        let country = last.is(Classes::PLACE | NATION) && !last.is(Classes::FAMILY | GIVEN) && !is_plain_given(first);
        if one_word || acronym && !last.is(Classes::POSTNOMINAL) || country {
            return false;
        }
        let family_like = last.is(Classes::FAMILY) || family_ending(last, self.text, self.tables).is_some();
        if last.is(Classes::PLACE_WORD | NATION) && !family_like || last.shape == Shape::Number {
            return false;
        }
        let strange = |t: &Token| is_unusual(t) && t.shape != Shape::Upper;
        let plain = last.is(Classes::ORDINARY) && !last.is(Classes::FAMILY | GIVEN);
        if first.shape == Shape::Initial {
            return !plain && count <= 4;
        }
        if first.is(Classes::GIVEN_PLACE) {
            return count <= 3 && family_like && !plain;
        }
        if is_plain_given(first) {
            let sure = family_like || strange(last) || is_plain_given(last);
            return !plain && (sure || !first.is(NATION | Classes::ORDINARY));
        }
        if first.is(Classes::FAMILY_FIRST) && !first.is(GIVEN | Classes::ORDINARY) && count == 2 && is_unusual(last) {
            return true;
        }
        if first.is(Classes::FAMILY_FIRST) && (rest.clone().any(is_plain_given) || self.has_hyphen(run.clone())) {
            return true;
        }
        let given_inside = rest.rev().skip(1).any(is_plain_given) && !first.is(Classes::ORDINARY);
        let free = strange(first) || first.is(Classes::FAMILY) && !first.is(Classes::ORDINARY);
        free && count <= 4 && (given_inside || family_like && !last.is(Classes::ORDINARY))
    }

    /// The gazetteer knows the whole name as a place, or it is a county: "Beverly Hills".
    pub(super) fn is_known_place(&self, run: Range<usize>) -> bool {
        let words = self.tokens.get(run.clone()).unwrap_or_default();
        let county = words.iter().skip(1).any(|t| t.is(Classes::COUNTY) && t.is_capitalised());
        let gazetteer = &self.tables.gazetteer;
        county || gazetteer.sight(self.text, words).is_some_and(|s| s.words == words.len() && gazetteer.is_place(&s))
    }

    /// The words of a name without its marks and without "Jr".
    fn telling(&self, name: Range<usize>) -> impl DoubleEndedIterator<Item = usize> + Clone {
        name.filter(|&i| is_word(self.at(i)) && !self.at(i).is(Classes::POSTNOMINAL))
    }

    fn has_hyphen(&self, mut run: Range<usize>) -> bool {
        run.any(|i| self.at(i).is_mark('-'))
    }

    /// Index of the family name in a person's name.
    pub(super) fn family_of(&self, name: Range<usize>) -> Option<usize> {
        let mut words = self.telling(name.clone());
        let first = words.next()?;
        let last = words.clone().next_back().unwrap_or(first);
        if last == first || !self.at(first).is(Classes::FAMILY_FIRST) {
            return Some(last);
        }
        let count = 1 + words.clone().count();
        let korean = self.has_hyphen(name.clone()) && self.at(last).shape == Shape::Lower;
        let before_given = !self.at(last).is(Classes::FAMILY) && !self.at(first).is(GIVEN) && count < 4;
        let mut given_behind = || count == 3 && words.all(|i| is_plain_given(self.at(i)));
        Some(if korean || before_given || given_behind() { first } else { last })
    }
}

fn is_given_in(tokens: &[Token]) -> impl Fn(usize) -> bool + '_ {
    |i| tokens.get(i).is_some_and(is_plain_given)
}
