//! How far what somebody is said to say goes on.

use super::cue::{Build, Saying};
use super::indirect::Line;
use crate::tables::{CueSort, Form, Small};
use crate::text::{Classes, Tag};

/// How far a thing that is praised or blamed goes on at most, in items.
const THING: usize = 40;

impl Line<'_> {
    /// Where what begins at `start` ends: with the sentence, or where another cue takes over.
    pub(super) fn cut(&self, start: usize) -> usize {
        let mut end = self.clause.end;
        while end > start
            && matches!(
                self.clause.items[end - 1].tag,
                Tag::Stop | Tag::Comma | Tag::Semicolon | Tag::Dash | Tag::Colon
            )
        {
            end -= 1;
        }
        // A clause with "which" that holds a quote is that quote's own.
        if self.clause.holds(Tag::Quote)
            && let Some(quote) = (start..end).find(|&i| self.clause.items[i].tag == Tag::Quote)
        {
            let relative =
                |&i: &usize| self.clause.items[i].tag == Tag::Relative && self.clause.before(i) == Some(Tag::Comma);
            end = (start + 4..quote).find(relative).map_or(end, |i| i - 1);
        }
        let parts = |&i: &usize| match self.clause.items[i].tag {
            Tag::Semicolon => true,
            Tag::Comma => self.is_days_after(i + 1),
            _ => false,
        };
        if self.clause.holds(Tag::Semicolon) || self.clause.holds(Tag::Comma) && self.clause.holds(Tag::Time) {
            end = (start..end).find(parts).unwrap_or(end);
        }
        end = self.end_of_dependent(start, end);
        for later in &self.sayings[self.index + 1..] {
            if later.cue.start <= start || later.cue.start >= end || later.sort == CueSort::Manner {
                continue;
            }
            if let Some(at) = self.takes_over(later).filter(|&at| at > start) {
                return at.max(start);
            }
        }
        end
    }

    /// "a day after", "two weeks before": when it was said, in the reporter's words.
    fn is_days_after(&self, start: usize) -> bool {
        let quantity = |i: usize| matches!(self.clause.tag(i), Some(Tag::Determiner | Tag::Number));
        let time = start + usize::from(quantity(start));
        self.clause.tag(time) == Some(Tag::Time)
            && self.clause.tag(time + 1) == Some(Tag::Preposition)
            && self.clause.is(time + 1, Classes::SUBORDINATOR)
    }

    /// Where a clause with "who" or "after" that holds the saying ends: at the comma behind which
    /// the main clause begins or goes on.
    fn end_of_dependent(&self, start: usize, end: usize) -> usize {
        let saying = &self.sayings[self.index];
        let commas = (start + 1..end).filter(|&i| matches!(self.clause.items[i].tag, Tag::Comma | Tag::Dash));
        let found = if self.is_relative(saying) {
            commas.into_iter().find(|&i| self.is_verb(self.past_adverbs(i + 1)))
        } else if self.is_of_relative(saying) {
            // "a teacher who did not want his name used, also said"
            let later = &self.sayings[self.index + 1..];
            commas.into_iter().find(|&i| later.iter().any(|s| s.cue.start == self.past_adverbs(i + 1)))
        } else if self.is_subordinate(saying) {
            commas.into_iter().find(|&i| self.opens_main_clause(i + 1))
        } else {
            None
        };
        found.unwrap_or(end)
    }

    /// ", who said": a relative clause set off by a comma.
    fn is_relative(&self, saying: &Saying) -> bool {
        let relative = saying.subject.as_ref().filter(|s| self.clause.tag(s.head) == Some(Tag::Relative));
        relative.is_some_and(|s| matches!(self.clause.before(s.items.start), Some(Tag::Comma | Tag::Dash)))
    }

    /// "After Roth said": a clause that stands before the main one.
    fn is_subordinate(&self, saying: &Saying) -> bool {
        let opener = saying.start.checked_sub(1).filter(|&i| self.clause.is(i, Classes::SUBORDINATOR));
        opener.is_some_and(|i| {
            let opens = matches!(self.clause.before(i), None | Some(Tag::Conjunction | Tag::Comma | Tag::Semicolon))
                || i == self.clause.start + 1;
            opens && matches!(self.clause.tag(i), Some(Tag::Subordinator | Tag::Preposition))
        })
    }

    pub(super) fn past_adverbs(&self, at: usize) -> usize {
        (at..self.clause.end).find(|&i| self.clause.items[i].tag != Tag::Adverb).unwrap_or(self.clause.end)
    }

    /// Whether a finite verb stands at `i`.
    pub(super) fn is_verb(&self, i: usize) -> bool {
        match self.clause.tag(i) {
            Some(Tag::Auxiliary | Tag::Verb | Tag::Past) => true,
            Some(Tag::Cue) => self.clause.items[i].form != Some(Form::Ing) && !self.clause.is_noun_here(i),
            _ => false,
        }
    }

    /// Whether a subject and its verb stand at `at`.
    pub(super) fn opens_main_clause(&self, at: usize) -> bool {
        let phrase = self.clause.phrase_after(self.past_adverbs(at));
        phrase.is_some_and(|p| self.is_verb(self.past_adverbs(p.items.end)))
    }

    /// Where a thing that is praised or blamed ends: before "on Monday", "in a statement",
    /// "because he failed", ", saying".
    pub(super) fn end_of_thing(&self, start: usize, end: usize) -> usize {
        (start + 1..end.min(start + THING)).find(|&i| self.leaves_thing(i, end)).unwrap_or(end)
    }

    fn leaves_thing(&self, i: usize, end: usize) -> bool {
        match self.clause.items[i].tag {
            Tag::Subordinator => self.clause.is(i, Classes::CONCESSIVE),
            Tag::Preposition => self.is_when(i + 1) || self.is_occasion(i),
            Tag::Time => {
                // but "to start Friday", "Friday's vote"
                let verb = matches!(self.clause.before(i), Some(Tag::Verb | Tag::Cue | Tag::Ing));
                self.is_when(i) && !verb && self.clause.tag(i + 1) != Some(Tag::Possessive)
            }
            Tag::Conjunction => self.is_word(i, &[Small::But]) && (i..end).any(|k| self.is_verb(k)),
            Tag::Comma => {
                self.clause.tag(i + 1) == Some(Tag::Ing) && !self.is_word(i + 1, &[Small::Including])
                    || self.opens_main_clause(i + 1)
            }
            Tag::Dash => true,
            _ => false,
        }
    }

    /// Monday, July
    fn is_when(&self, i: usize) -> bool {
        self.clause.tag(i) == Some(Tag::Time) && self.clause.is(i, Classes::WEEKDAY | Classes::MONTH)
    }

    /// "in a statement", "during an interview"
    fn is_occasion(&self, preposition: usize) -> bool {
        let noun = |i: usize| {
            let item = self.clause.tag(i).map(|_| &self.clause.items[i]);
            let token = item.and_then(|item| self.cues.reading.tokens.get(item.first()));
            token.is_some_and(|t| self.cues.tables.cues.noun(t.word) == Some(CueSort::Speech))
        };
        self.clause.is(preposition, Classes::WITHIN)
            && self.clause.is(preposition + 1, Classes::ARTICLE)
            && (noun(preposition + 2) || noun(preposition + 3))
    }

    /// ", diplomats noted": a reporting clause that ends the sentence.
    fn ends_behind(&self, saying: &Saying) -> bool {
        matches!(self.clause.tag(self.tail(saying)), None | Some(Tag::Stop))
    }

    /// Whether the verb stands in the same form as ours: "said ... and promised".
    fn alike(&self, later: &Saying) -> bool {
        let form = |s: &Saying| s.verb.map(|v| v.form);
        let ours = &self.sayings[self.index];
        later.sort != CueSort::Belief && (form(later) == form(ours) || ours.build == Build::Participle)
    }

    /// Whether the subject is more than a pronoun.
    fn named(&self, saying: &Saying) -> bool {
        let head = saying.subject.as_ref().and_then(|s| self.clause.tag(s.head));
        matches!(head, Some(Tag::Name | Tag::Noun))
    }

    /// Where `later` begins a report of its own in the same sentence: ", adding", " and vowed".
    fn takes_over(&self, later: &Saying) -> Option<usize> {
        let before = self.clause.before(later.start)?;
        let group = self.clause.verb_group(later.cue.start);
        if later.build == Build::Plain
            && later.start < self.sayings[self.index].start
            && self.clause.before(group) == Some(Tag::Comma)
        {
            return Some(group - 1);
        }
        let shared = later.subject.as_ref().is_some_and(|s| s.items.start < later.start);
        match later.build {
            Build::Participle if before == Tag::Comma => Some(later.start - 1),
            Build::Participle if before == Tag::Conjunction => Some(later.start - 1),
            Build::Plain if shared && before == Tag::Conjunction && self.alike(later) => {
                let comma = self.clause.before(later.start - 1) == Some(Tag::Comma);
                Some(later.start - 1 - usize::from(comma))
            }
            Build::Plain
                if before == Tag::Conjunction
                    && matches!(self.clause.before(later.start - 1), Some(Tag::Comma | Tag::Dash)) =>
            {
                Some(later.start - 2)
            }
            Build::Plain
                if !shared && before == Tag::Conjunction && later.sort == CueSort::Speech && self.named(later) =>
            {
                Some(later.start - 1)
            }
            Build::Source if before == Tag::Comma => Some(later.start - 1),
            Build::Plain | Build::Inverted if before == Tag::Comma && self.ends_behind(later) => Some(later.start - 1),
            _ if self.clause.is(later.start - 1, Classes::SUBORDINATOR)
                && self.clause.before(later.start - 1) == Some(Tag::Comma) =>
            {
                Some(later.start - 2)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::quotes::tests::assert_reported;

    #[test]
    fn what_is_said_in_a_dependent_clause_ends_with_it() {
        assert_reported(&[
            ("Roth, who said the pier was gone, left early.", &["who | said | the pier was gone"]),
            ("After Roth argued that the pier was gone, Ortiz left.", &["Roth | argued | the pier was gone"]),
        ]);
    }

    #[test]
    fn a_thing_that_is_praised_or_blamed_ends_before_when_where_and_why() {
        assert_reported(&[
            ("Roth praised the pilots on Monday.", &["Roth | praised | the pilots"]),
            ("Roth criticised the plan in a statement.", &["Roth | criticised | the plan"]),
            ("Roth opposed the plan because it was dear.", &["Roth | opposed | the plan"]),
        ]);
    }
}
