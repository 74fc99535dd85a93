//! Roles written with a name: before it, and behind it as an apposition.

use std::ops::Range;

use super::runs::Line;
use super::words::{BODY_WORD, CLOSED, NATION, OFFICE, POSSESSOR, is_possessive, is_word};
use crate::text::{Classes, Shape, Token};

/// A role is no longer than so many words and marks.
const LONGEST: usize = 32;

/// So many words and marks may part somebody from the words that give out their name.
const GIVEN_OUT: usize = 20;

/// What stands around a name and says who it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Around {
    /// The role before the name, title included.
    pub(super) before: Option<Range<usize>>,
    /// The role behind the name.
    pub(super) behind: Option<Range<usize>>,
    /// An age, "who", a party and state in brackets: it is a person.
    pub(super) person: bool,
    /// "gave only his first name,": a person, whatever else may have that name.
    pub(super) given_out: bool,
    /// A word for a person heads one of the roles.
    pub(super) headed: bool,
}

impl Line<'_> {
    /// Reads what stands around the name `name`, whose capitalised title is `title`.
    pub(super) fn around(&self, name: Range<usize>, title: Range<usize>) -> Around {
        // Before most names stands nothing that a role could end with.
        let ends_role = |t: &Token| t.is(OFFICE | BODY_WORD) || t.is_mark(',');
        let may_be = !title.is_empty() || name.start.checked_sub(1).and_then(|i| self.word(i)).is_some_and(ends_role);
        let before = if may_be { self.role_before(&name, &title) } else { None };
        // "the vicar, Canon Roth": the role says more than the title.
        let bare = before.as_ref().is_none_or(|role| {
            *role == title && self.tokens[title.start..title.end].iter().filter(|t| is_word(t)).count() < 2
        });
        let first = if title.is_empty() { name.start } else { title.start };
        let told = if may_be && bare { self.role_before_comma(first..name.end) } else { None };
        let before = told.or(before);
        let given_out = if title.is_empty() { self.role_of_given_out(name.start) } else { None };
        let person = given_out.is_some();
        let before = given_out.or(before);
        let mut around = Around { before, person, given_out: person, ..Around::default() };
        self.look_behind(name.end, &mut around);
        around.person |= self.is_aged(name.start);
        let headed = |role: &Range<usize>| role.clone().any(|i| self.tokens[i].is(OFFICE));
        around.headed = around.before.iter().chain(&around.behind).any(headed);
        around
    }

    fn word(&self, i: usize) -> Option<&Token> {
        if self.words.contains(&i) { self.tokens.get(i) } else { None }
    }

    /// "opposition candidate", "former US President", "Russian Acting Foreign Minister".
    fn role_before(&self, name: &Range<usize>, title: &Range<usize>) -> Option<Range<usize>> {
        let titled = !title.is_empty();
        let first = if titled { title.start } else { name.start };
        let adjacent = first.checked_sub(1).and_then(|i| self.word(i));
        let lower_role = adjacent.is_some_and(|t| {
            t.is(Classes::ROLE | Classes::TITLE) && t.shape == Shape::Lower && self.tokens[first].spaced
        });
        if !titled && !lower_role {
            return self.role_of_body_before(name);
        }
        if titled
            && !lower_role
            && let Some(role) = self.role_of_body_before(title)
        {
            return Some(role.start..name.start);
        }
        if titled && !lower_role && self.tokens[title.start].is(Classes::COURTESY) {
            return self.trim(title.clone());
        }
        let start = self.start_of_role(first, lower_role);
        (start < name.start).then(|| self.trim(start..name.start)).flatten()
    }

    /// "deputy head of the Security Council Ivan Petrov", "head of the club Ivan Petrov".
    fn role_of_body_before(&self, name: &Range<usize>) -> Option<Range<usize>> {
        let last = name.start.checked_sub(1).filter(|i| self.words.contains(i))?;
        if !self.tokens[last].is(BODY_WORD) || !self.tokens[name.start].spaced {
            return None;
        }
        let floor = self.words.start.max(name.start.saturating_sub(12));
        let of = (floor + 1..last)
            .rev()
            .find(|&i| self.tokens[i].is(Classes::PREPOSITION) && self.tokens[i].shape == Shape::Lower)?;
        if !self.tokens[of - 1].is(OFFICE)
            || (of..name.start).any(|i| self.breaks(i) && !self.tokens[i].is(Classes::PREPOSITION))
        {
            return None;
        }
        self.trim(self.start_of_role(of - 1, true)..name.start)
    }

    /// Walks left over what belongs to a role; over words that may do so only when an article
    /// stands before them and `loose` allows it.
    fn start_of_role(&self, from: usize, loose: bool) -> usize {
        let floor = self.words.start.max(from.saturating_sub(12));
        let (mut at, mut sure, mut unbroken) = (from, from, true);
        while at > floor {
            let before = &self.tokens[at - 1];
            let article = before.is(Classes::DETERMINER) || before.is(POSSESSOR);
            if article && before.shape != Shape::Upper {
                return if loose && !before.is(Classes::RELATIVE) { at } else { sure };
            }
            let joined = before.is(Classes::CONJUNCTION)
                && at >= 2 + floor
                && self.tokens[at - 2].is(OFFICE)
                && !(self.tokens[at].is_capitalised() && self.is_relative(at - 2));
            if self.breaks(at - 1) && !joined {
                break;
            }
            at -= 1;
            unbroken &= joined || self.belongs_to_role(at);
            if unbroken {
                sure = at;
            }
        }
        sure
    }

    /// "my husband", who is not the one named in "my husband and President Roth".
    fn is_relative(&self, i: usize) -> bool {
        let owner = i.checked_sub(1).and_then(|j| self.word(j));
        self.tokens[i].is(Classes::KIN) && owner.is_some_and(|t| t.is(POSSESSOR))
    }

    /// A word that surely belongs to the role behind it.
    fn belongs_to_role(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        let of_noun = token.is(OFFICE | BODY_WORD | Classes::ROLE_MODIFIER | NATION)
            && (!token.is(Classes::CUE) || token.is(Classes::ROLE_MODIFIER | OFFICE));
        let capital = token.is_capitalised() && i > self.words.start && !token.is(CLOSED);
        let joint = !is_word(token) && token.is_mark('-');
        let word = token.of(self.text);
        let adjective = token.shape == Shape::Lower
            && ["al", "ic", "ist", "ian", "ese", "ish", "ary", "ive"].iter().any(|e| word.ends_with(e))
            && word.len() > 4;
        let compound = self.tokens.get(i + 1).is_some_and(|t| t.is_mark('-') && !t.spaced)
            || i > 0 && self.tokens[i - 1].is_mark('-') && !token.spaced;
        let opener = token.is_capitalised()
            && i == self.words.start
            && !token.is(CLOSED)
            && (token.is(Classes::ROLE_MODIFIER | OFFICE | NATION | BODY_WORD) || !token.is(Classes::ORDINARY));
        of_noun
            || capital
            || joint
            || adjective
            || compound && !token.is(Classes::CUE)
            || opener
            || is_possessive(token, self.text)
    }

    /// A word or mark that no role goes across to the left.
    fn breaks(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        if !is_word(token) {
            let stop_of_title = token.is_mark('.')
                && !token.spaced
                && i > 0
                && self.tokens[i - 1].is(Classes::TITLE_ABBREVIATION | Classes::ABBREVIATION);
            return !(token.is_mark('-') && !token.spaced || stop_of_title);
        }
        let closed = token.is(CLOSED) && !(token.shape == Shape::Upper && token.end() - token.start() > 1);
        let word = token.of(self.text);
        let verb = token.is(Classes::CUE | Classes::VERB)
            || word.ends_with("ed")
            || word.ends_with('s') && !word.ends_with("ss") && word.len() > 3;
        let said = verb
            && token.shape == Shape::Lower
            && !token.is(OFFICE | Classes::ROLE_MODIFIER | BODY_WORD)
            && !self.follows_article(i);
        closed && !token.is(Classes::DETERMINER) && !token.is(Classes::ROLE_MODIFIER)
            || said
            || token.is(Classes::WEEKDAY)
    }

    /// A noun and no verb, since an article or a preposition stands before it: "the talks".
    fn follows_article(&self, i: usize) -> bool {
        let before = i.checked_sub(1).and_then(|j| self.word(j));
        before.is_some_and(|t| t.is(Classes::DETERMINER | Classes::PREPOSITION) && t.shape != Shape::Upper)
    }

    /// "A White House spokesman, Corey Stamm, said": the role stands before the comma.
    fn role_before_comma(&self, name: Range<usize>) -> Option<Range<usize>> {
        let comma = name.start.checked_sub(1).filter(|&i| self.word(i).is_some_and(|t| t.is_mark(',')))?;
        let closes =
            self.word(name.end).is_none_or(|t| !is_word(t) || t.shape == Shape::Lower && !t.is(Classes::CONJUNCTION));
        if !closes {
            return None;
        }
        let floor = self.words.start.max(comma.saturating_sub(LONGEST));
        let mut start = comma;
        while start > floor && !self.ends_noun_phrase(start - 1) {
            start -= 1;
        }
        // "who was minister until May, Ines Roth": the role is another's.
        if start > self.words.start && self.tokens[start - 1].is(Classes::AUXILIARY) {
            return None;
        }
        if self.tokens[start].is(Classes::SUBORDINATOR) && !self.tokens[start].of(self.text).eq_ignore_ascii_case("as")
        {
            return None;
        }
        (start..comma)
            .filter(|&i| {
                i == start && !self.tokens[i].is(CLOSED)
                    || self.tokens[i].is(Classes::DETERMINER)
                    || self.tokens[i].is(POSSESSOR)
            })
            .find_map(|i| {
                let end = (i + 1..comma)
                    .find(|&j| self.tokens[j].is(Classes::PREPOSITION) && self.tokens[j].shape == Shape::Lower)
                    .unwrap_or(comma);
                let head = self.tokens.get(end.checked_sub(1)?)?;
                (end > i && head.is(Classes::ROLE | Classes::TITLE) && !head.is(Classes::ROLE_PLURAL))
                    .then(|| self.trim(i..comma))
                    .flatten()
            })
    }

    /// "a fisherman who gave only his first name, Tomas", "a man named Tomas": the one of whom the text
    /// gives no more than the name at `name`.
    fn role_of_given_out(&self, name: usize) -> Option<Range<usize>> {
        let end = self.start_of_giving_out(name)?;
        let floor = self.words.start.max(end.saturating_sub(GIVEN_OUT));
        let inside = |t: &Token| is_word(t) || t.is_mark(',') || t.is_mark('-');
        let noun = (floor..end).rev().take_while(|&i| inside(&self.tokens[i])).find(|&i| {
            let token = &self.tokens[i];
            token.is(Classes::ROLE) && !token.is(Classes::ROLE_PLURAL) && token.shape == Shape::Lower
        })?;
        self.trim(self.start_of_role(noun + 1, true)..noun + 1)
    }

    /// Where the words begin that give out the name at `name`: "first name,", "identified only as".
    fn start_of_giving_out(&self, name: usize) -> Option<usize> {
        let word = |i: usize| self.word(i).map(|t| t.of(self.text));
        let last = name.checked_sub(1)?;
        match word(last)? {
            "," => {
                let noun = last.checked_sub(1).filter(|&i| matches!(word(i), Some("name" | "surname")))?;
                noun.checked_sub(1)
                    .filter(|&i| matches!(word(i), Some("first" | "last" | "given" | "family")))
                    .or(Some(noun))
            }
            "as" => {
                let only = |i: &usize| !matches!(word(*i), Some("only" | "simply" | "just"));
                let told = (name.saturating_sub(3)..last).rev().find(only)?;
                matches!(word(told), Some("identified" | "named" | "known" | "himself" | "herself" | "name"))
                    .then_some(told)
            }
            "called" | "named" => {
                let be = last.checked_sub(1).filter(|&i| word(i) == Some("be"));
                let noun = || last.checked_sub(1).filter(|&i| self.word(i).is_some_and(|t| t.is(Classes::ROLE)));
                // "A coach called Roth a liar"
                let ends = self.word(name + 1).is_none_or(|t| !t.is(Classes::DETERMINER));
                be.or_else(|| noun().map(|_| last)).filter(|_| ends)
            }
            _ => None,
        }
    }

    fn ends_noun_phrase(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        if !is_word(token) {
            return token.spaced || !(token.is_mark('-') || token.is_mark('.'));
        }
        let verb = token.is(Classes::CUE)
            && !token.is(Classes::ROLE)
            && token.shape == Shape::Lower
            && !self.follows_article(i);
        // "when the chairman, Owen Pike, spoke"
        let opens = token.is(Classes::SUBORDINATOR) && !token.is(Classes::PREPOSITION);
        verb || opens || token.is(Classes::AUXILIARY | Classes::RELATIVE) && token.shape != Shape::Upper
    }

    /// ", 58,", ", the minister of trade,", " (R-Maine)", ", who ".
    fn look_behind(&self, end: usize, around: &mut Around) {
        let Some(mark) = self.word(end) else { return };
        if mark.is_mark('(') {
            let inside = self.word(end + 1);
            let party =
                inside.is_some_and(|t| t.shape == Shape::Initial) && self.word(end + 2).is_some_and(|t| t.is_mark('-'));
            let age = inside.is_some_and(|t| self.is_age(t)) && self.word(end + 2).is_some_and(|t| t.is_mark(')'));
            around.person |= party || age;
            return;
        }
        if !mark.is_mark(',') {
            return;
        }
        let mut at = end + 1;
        if self.word(at).is_some_and(|t| self.is_age(t))
            && self.word(at + 1).is_none_or(|t| t.is_mark(',') || t.is_mark('.'))
        {
            around.person = true;
            at += 2;
        }
        // ", D-N.Y.,"
        let party = self.word(at).is_some_and(|t| t.shape == Shape::Initial)
            && self.word(at + 1).is_some_and(|t| t.is_mark('-'));
        if party {
            around.person = true;
            at = (at..at + 8).find(|&i| self.word(i).is_none_or(|t| t.is_mark(','))).map_or(at, |i| i + 1);
        }
        around.person |= self.word(at).is_some_and(|t| t.of(self.text) == "who");
        around.behind = self.apposition(at);
    }

    /// "16-year-old" before a name.
    fn is_aged(&self, name: usize) -> bool {
        let token = |back: usize| name.checked_sub(back).and_then(|i| self.word(i));
        let joint = |back: usize| token(back).is_some_and(|t| t.is_mark('-') && !t.spaced);
        joint(2)
            && joint(4)
            && token(3).is_some_and(|t| t.is(Classes::TIME))
            && token(5).is_some_and(|t| self.is_age(t))
    }

    fn is_age(&self, token: &Token) -> bool {
        token.shape == Shape::Number && token.of(self.text).parse::<u8>().is_ok_and(|n| (1..=120).contains(&n))
    }

    /// The role that begins at `start`, behind the comma.
    fn apposition(&self, start: usize) -> Option<Range<usize>> {
        let first = self.word(start)?;
        if first.is(CLOSED)
            && !first.is(Classes::DETERMINER | POSSESSOR | Classes::ROLE_MODIFIER)
            && first.of(self.text) != "once"
        {
            return None;
        }
        let introduced = first.is(Classes::DETERMINER) || first.is(POSSESSOR) && first.shape == Shape::Lower;
        let mut head = None;
        let mut at = start + usize::from(introduced);
        let begin = at;
        while at < start + LONGEST {
            let Some(token) = self.word(at) else { break };
            if self.ends_role(at, begin) {
                break;
            }
            let phrase_ends = token.is(Classes::PREPOSITION | Classes::DETERMINER) && token.shape == Shape::Lower;
            if phrase_ends && at > begin {
                break;
            }
            if token.is(OFFICE) {
                head = Some(at);
            }
            at += 1;
        }
        let head = head.filter(|&h| !self.tokens[h].is(Classes::ROLE_PLURAL));
        // "east of Holopaw, county spokeswoman Ines Roth said": the role of the next name.
        let next = self.word(head? + 1);
        if next.is_some_and(|t| t.spaced && t.is_capitalised() && !t.is(OFFICE | BODY_WORD)) {
            return None;
        }
        let noun_first =
            introduced || first.is(OFFICE | Classes::ROLE_MODIFIER | NATION) || first.shape == Shape::Lower;
        head.filter(|_| noun_first)?;
        while at < start + LONGEST && self.word(at).is_some() && !self.ends_role(at, begin) {
            at += 1;
        }
        let goes_on = self
            .word(at)
            .is_some_and(|t| t.is(Classes::AUXILIARY | Classes::CUE) && !t.is(Classes::RELATIVE) && is_word(t));
        if goes_on {
            return None;
        }
        self.trim(begin..at)
    }

    /// Where an apposition ends.
    fn ends_role(&self, i: usize, begin: usize) -> bool {
        let token = &self.tokens[i];
        if !is_word(token) {
            let part = !token.spaced
                && (token.is_mark('-')
                    || token.is_mark('.')
                        && self.tokens[i - 1].is(Classes::ABBREVIATION | Classes::TITLE_ABBREVIATION)
                        && self.word(i + 1).is_some());
            return !(part || token.is_mark('&'));
        }
        let said = token.is(Classes::CUE)
            && token.shape == Shape::Lower
            && !token.is(OFFICE | BODY_WORD | Classes::ROLE_MODIFIER)
            && i > begin
            && self.tokens[i - 1].is(OFFICE);
        let relative = token.is(Classes::RELATIVE) && !token.is(Classes::DETERMINER);
        relative
            || token.is(Classes::AUXILIARY) && token.shape == Shape::Lower
            || said
            || token.is(Classes::WEEKDAY)
            || token.is(Classes::PRONOUN_HE | Classes::PRONOUN_SHE)
                && token.of(self.text) != "his"
                && token.of(self.text) != "her"
    }

    /// Without articles, prepositions and marks at its edges.
    fn trim(&self, mut role: Range<usize>) -> Option<Range<usize>> {
        let edge = |i: usize| {
            let token = &self.tokens[i];
            token.shape == Shape::Lower
                && token.is(CLOSED | Classes::ADVERB)
                && !token.is(OFFICE | Classes::ROLE_MODIFIER)
                || !is_word(token) && !token.is_mark('.')
        };
        let article =
            |i: usize| self.tokens[i].is(Classes::DETERMINER.and(POSSESSOR)) && self.tokens[i].shape != Shape::Upper;
        while role.start < role.end
            && (edge(role.start) || article(role.start))
            && !self.tokens[role.start].is(Classes::ROLE_MODIFIER)
        {
            role.start += 1;
        }
        while role.start < role.end && edge(role.end - 1) {
            role.end -= 1;
        }
        (!role.is_empty()).then_some(role)
    }
}
