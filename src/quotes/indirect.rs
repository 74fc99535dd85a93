//! Reported speech without quotation marks: what a cue says is said.

use std::ops::Range;

use super::clause::Clause;
use super::cue::{Build, Cues, Saying};
use crate::tables::{CueSort, Form, Small, Takes};
use crate::text::{Classes, Tag};

/// What is reported, as one or two stretches of items; those that are empty count for nothing.
pub(super) type Content = [Range<usize>; 2];

/// What reports nothing.
const NOTHING: Content = [0..0, 0..0];

/// What `saying` reports; nothing when it reports nothing, or words in quotation marks that are
/// `said` by somebody.
pub(super) fn content(
    cues: &Cues,
    clause: &Clause,
    sayings: &[Saying],
    index: usize,
    said: impl Fn(usize) -> bool,
) -> Content {
    let found = reported(cues, clause, sayings, index);
    if found.iter().flat_map(|r| r.clone()).any(said) { NOTHING } else { found }
}

fn reported(cues: &Cues, clause: &Clause, sayings: &[Saying], index: usize) -> Content {
    let saying = &sayings[index];
    if saying.subject.is_none() || saying.unreal && saying.sort == CueSort::Speech && saying.build != Build::Infinitive
    {
        return NOTHING;
    }
    let line = Line { cues, clause, sayings, index };
    if line.asks(saying) {
        return NOTHING;
    }
    if saying.sort == CueSort::Manner {
        return if line.splits(saying) { line.around(saying, saying.start) } else { NOTHING };
    }
    match saying.build {
        Build::Source => line.around(saying, saying.start),
        Build::Plain if line.is_aside_with_as(saying) => line.around(saying, saying.start - 1),
        Build::Plain | Build::Inverted if line.stands_behind(saying) => line.around(saying, saying.start),
        // "It was over, he was quoted as saying."
        Build::Participle if saying.start < saying.cue.start && line.stands_behind(saying) => {
            line.around(saying, saying.start)
        }
        // "what he says it would do" is a thing, and no report.
        Build::Plain
            if line.is_word(saying.start.wrapping_sub(1), &[Small::What, Small::How])
                && !line.is_verb(saying.cue.end) =>
        {
            NOTHING
        }
        Build::Plain | Build::Participle => line.ahead(saying),
        Build::Noun => line.of_noun(saying),
        Build::Label => line.of_label(saying),
        Build::Infinitive if line.is_carried_on(saying) => line.ahead(saying),
        Build::Infinitive | Build::Inverted | Build::Passive => NOTHING,
    }
}

/// What a saying of the sentence reports, as stretches of items.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Report {
    /// Its place among the sayings of the sentence.
    pub(super) saying: usize,
    /// What is said.
    pub(super) content: Content,
}

impl Report {
    /// Its stretches that are not empty.
    pub(super) fn stretches(&self) -> impl Iterator<Item = Range<usize>> {
        self.content.iter().filter(|r| !r.is_empty()).cloned()
    }
}

/// Drops those whose cue stands in what another one reports: "he said he hopes to win" tells one
/// thing that is said, and the hope is part of it.
pub(super) fn keep_outermost(reports: &mut Vec<Report>, sayings: &[Saying]) {
    if reports.len() < 2 {
        return;
    }
    // What holds another report begins before it.
    reports.sort_by_key(|r| r.stretches().next().map_or(usize::MAX, |c| c.start));
    let mut kept = 0;
    for i in 0..reports.len() {
        let cue = &sayings[reports[i].saying].cue;
        let holds = |outer: &Report| outer.stretches().any(|r| r.start <= cue.start && cue.end <= r.end);
        if !reports[..kept].iter().any(holds) {
            reports.swap(kept, i);
            kept += 1;
        }
    }
    reports.truncate(kept);
    reports.sort_by_key(|r| r.saying);
}

/// How many items into a clause its verb is looked for.
const CLAUSE: usize = 24;

/// A saying among the others of its sentence.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) cues: &'a Cues<'a>,
    pub(super) clause: &'a Clause<'a>,
    pub(super) sayings: &'a [Saying],
    pub(super) index: usize,
}

impl Line<'_> {
    pub(super) fn is_word(&self, i: usize, words: &[Small]) -> bool {
        self.cues.is_one_of(self.clause, i, words)
    }

    /// "Does Roth say", "why would the mayor claim": a question.
    fn asks(&self, saying: &Saying) -> bool {
        saying.build == Build::Plain && self.clause.before(saying.start) == Some(Tag::Auxiliary)
    }

    /// "went on to explain", "continued to question": the infinitive says what is done.
    fn is_carried_on(&self, saying: &Saying) -> bool {
        let verb = saying.cue.start.checked_sub(2);
        verb.is_some_and(|i| self.clause.is(i, Classes::CARRYING_ON))
            || saying.verb.is_some_and(|v| v.takes.any(Takes::CLAUSE.and(Takes::THAT)))
                && self.clause.tag(saying.cue.end) == Some(Tag::That)
    }

    /// "As the Gazette noted, the pier is closed"
    fn is_aside_with_as(&self, saying: &Saying) -> bool {
        let start = saying.start.wrapping_sub(1);
        let clause = saying.verb.is_some_and(|v| v.takes.any(Takes::CLAUSE.and(Takes::THAT)));
        let opens = !matches!(
            self.clause.before(start),
            Some(Tag::Noun | Tag::Name | Tag::Adverb | Tag::Verb | Tag::Past | Tag::Cue | Tag::Auxiliary)
        );
        let closed = || matches!(self.clause.tag(self.tail(saying)), Some(Tag::Comma | Tag::Stop) | None);
        clause && opens && self.is_word(start, &[Small::As]) && closed()
    }

    /// Whether the clause stands behind what is said, or in the middle of it, set off by commas.
    fn stands_behind(&self, saying: &Saying) -> bool {
        let set_off = matches!(self.clause.before(saying.start), Some(Tag::Comma | Tag::Dash));
        let start = if set_off && !self.is_of_relative(saying) { saying.start - 1 } else { return false };
        let report = Takes::CLAUSE.and(Takes::THAT).and(Takes::WHETHER);
        let reports = saying.verb.is_none_or(|v| v.takes.any(report));
        if start <= self.clause.start || self.clause.tag(saying.end) == Some(Tag::That) || !reports {
            return false;
        }
        let taken = || self.cues.taken_by(saying.end);
        if saying.build == Build::Plain && taken().is_some_and(|t| saying.verb.is_some_and(|v| v.takes.any(t))) {
            return false;
        }
        let begin = self.begin(start);
        // "In May, the talks went on": only what can be said is reported by such a verb.
        let circumstance = matches!(self.clause.tag(begin), Some(Tag::Preposition | Tag::Subordinator | Tag::Adverb))
            && !self.is_subject(begin..start);
        if circumstance && saying.verb.is_some_and(|v| !v.takes.any(Takes::CLAUSE)) {
            return false;
        }
        let end = self.tail(saying);
        let told = self.has_verb(begin..start) && !self.is_opener(start - 1);
        let when = [end, self.past_adverbs(saying.end)]
            .into_iter()
            .any(|i| self.is_word(i, &[Small::As, Small::After, Small::Before, Small::When, Small::While]));
        let ends = matches!(self.clause.tag(end), None | Some(Tag::Stop)) || told && !circumstance && when;
        let done = ends || matches!(self.clause.tag(end), Some(Tag::Comma | Tag::Semicolon | Tag::Dash));
        let goes_on = self.clause.tag(end) == Some(Tag::Comma)
            && (self.is_subject(begin..start) || self.has_verb(end + 1..self.cut(end + 1).max(end + 1)));
        done && !self.is_quote(begin..start) && (ends || goes_on || told)
    }

    /// "who said"
    pub(super) fn is_of_relative(&self, saying: &Saying) -> bool {
        saying.subject.as_ref().is_some_and(|s| self.clause.tag(s.head) == Some(Tag::Relative))
    }

    /// "The losses, Roth continued, will be made good": whether the clause stands between a subject and
    /// its verb.
    fn splits(&self, saying: &Saying) -> bool {
        let end = self.tail(saying);
        matches!(saying.build, Build::Plain | Build::Inverted)
            && !self.is_of_relative(saying)
            && saying.start > self.clause.start + 1
            && self.clause.before(saying.start) == Some(Tag::Comma)
            && self.clause.tag(end) == Some(Tag::Comma)
            && self.is_subject(self.begin(saying.start - 1)..saying.start - 1)
            && matches!(self.clause.tag(self.past_adverbs(end + 1)), Some(Tag::Auxiliary | Tag::Verb))
    }

    /// "The losses, Roth noted, amount to": whether the stretch is one noun phrase, whose verb stands
    /// behind the reporting clause.
    fn is_subject(&self, range: Range<usize>) -> bool {
        let phrase = self.clause.phrase_before(range.end);
        phrase.is_some_and(|p| {
            p.items.start == range.start
                || p.items.start == range.start + 1 && self.clause.is(range.start, Classes::APPROXIMATE)
        })
    }

    /// "where, she says, the art is alive": what is said begins behind the clause.
    fn is_opener(&self, i: usize) -> bool {
        matches!(self.clause.tag(i), Some(Tag::Subordinator | Tag::Relative | Tag::That | Tag::Conjunction))
    }

    /// Whether the stretch is nothing but words in quotation marks.
    fn is_quote(&self, range: Range<usize>) -> bool {
        range.len() < 2 && self.clause.before(range.end) == Some(Tag::Quote)
    }

    /// Where the clause that ends at `end` begins.
    fn begin(&self, end: usize) -> usize {
        let mut at = self.clause.start;
        if self.clause.holds(Tag::Semicolon) || self.clause.holds(Tag::Colon) {
            let ends = |&i: &usize| matches!(self.clause.items[i].tag, Tag::Semicolon | Tag::Colon);
            at = (at..end).rev().find(ends).map_or(at, |i| i + 1);
        }
        // The dash or point that opens the line of a list is not said.
        while let Some(Tag::Conjunction | Tag::Comma | Tag::Dash | Tag::Other) =
            self.clause.tag(at).filter(|_| at < end)
        {
            at += 1;
        }
        at
    }

    fn has_verb(&self, range: Range<usize>) -> bool {
        let finite = |i: usize| match self.clause.items[i].tag {
            Tag::Auxiliary | Tag::Verb | Tag::Past => true,
            Tag::Cue => !self.clause.is_noun_here(i),
            _ => false,
        };
        let mut range = range.clone();
        range.len() > 14 || range.any(finite)
    }

    /// The item after the cue, the person told, and when and where: "told reporters on Monday".
    pub(super) fn tail(&self, saying: &Saying) -> usize {
        let mut at = saying.end;
        if saying.verb.is_some_and(|v| v.takes.any(Takes::PERSON)) && saying.build == Build::Plain {
            at = self.clause.phrase_after(at).map_or(at, |p| p.items.end);
        }
        if saying.build == Build::Inverted || saying.build == Build::Source {
            at = self.skip_apposition(at, saying.start);
        }
        let end = self.skip_adverbials(at, Takes::default());
        // "told a meeting outlining the results"
        let participle = matches!(self.clause.tag(end), Some(Tag::Ing | Tag::Past))
            || self.clause.tag(end) == Some(Tag::Cue) && self.clause.items[end].form == Some(Form::Ing);
        let goes_on = self.clause.tag(end) == Some(Tag::Preposition) && self.is_only_when(saying, end);
        if end > saying.end && participle || goes_on { self.next_comma(end) } else { end }
    }

    /// "he said after meeting the crew": nothing but when and where as far as the next comma.
    fn is_only_when(&self, saying: &Saying, from: usize) -> bool {
        let taken = self.cues.taken_by(from).is_some_and(|t| saying.verb.is_some_and(|v| v.takes.any(t)));
        let clause = |i: usize| {
            self.is_verb(i) || matches!(self.clause.items[i].tag, Tag::That | Tag::Pronoun | Tag::Subordinator)
        };
        saying.build == Build::Plain && !taken && !(from..self.next_comma(from)).any(clause)
    }

    /// ", a retired pilot from Riga," behind a subject, when the sentence ends with it or a comma
    /// closes it.
    fn skip_apposition(&self, at: usize, start: usize) -> usize {
        let mut end = at;
        if self.clause.tag(end) == Some(Tag::Preposition) {
            end = self.skip_adverbials(end, Takes::default());
        }
        if let Some(Tag::Relative) = self.clause.tag(end) {
            return self.next_comma(end);
        }
        if self.clause.tag(end) != Some(Tag::Comma) {
            return end;
        }
        let named = self.clause.phrase_after(end + 1).map(|p| p.items.end);
        match (self.clause.tag(end + 1), named) {
            (Some(Tag::Relative), _) => self.next_comma(end + 1),
            (_, Some(after)) => {
                let close = self.next_comma(after);
                // "According to a survey, 70 percent": what is said must follow.
                let opens = !matches!(self.clause.before(start), Some(Tag::Comma | Tag::Dash | Tag::Quote));
                if opens && self.clause.tag(close) != Some(Tag::Comma) {
                    return end;
                }
                let bare = !self.clause.is(end + 1, Classes::ARTICLE) || self.clause.tag(close) != Some(Tag::Comma);
                let verb = self.clause.tag(after) != Some(Tag::Relative)
                    && ((after..close).any(|i| matches!(self.clause.items[i].tag, Tag::Auxiliary | Tag::Verb))
                        || bare && self.is_verb(after));
                if verb { end } else { close }
            }
            _ => end,
        }
    }

    pub(super) fn next_comma(&self, from: usize) -> usize {
        (from..self.clause.end)
            .find(|&i| matches!(self.clause.items[i].tag, Tag::Comma | Tag::Stop | Tag::Semicolon | Tag::Quote))
            .unwrap_or(self.clause.end)
    }

    /// Left of what is said: "in a statement", "on Monday", "to reporters", but no preposition
    /// that the verb takes.
    fn skip_adverbials(&self, from: usize, takes: Takes) -> usize {
        let mut at = from;
        for _ in 0..8 {
            match self.clause.tag(at) {
                Some(Tag::Adverb | Tag::Time | Tag::Aside) => at += 1,
                Some(Tag::Determiner) if self.clause.tag(at + 1) == Some(Tag::Time) => at += 2,
                Some(Tag::Number | Tag::Noun | Tag::Determiner) if self.clause.tag(at + 1) == Some(Tag::Time) => {
                    at += 2
                }
                Some(Tag::Preposition) => {
                    let taken = self.cues.taken_by(at).filter(|&t| takes.any(t));
                    let when = self.clause.tag(at + 1) == Some(Tag::Time);
                    if taken.is_some_and(|t| !when || t == Takes::TO) {
                        break;
                    }
                    match self.object_of_preposition(at + 1) {
                        Some(end) => at = end,
                        None => break,
                    }
                }
                _ => break,
            }
        }
        at
    }

    fn object_of_preposition(&self, at: usize) -> Option<usize> {
        if let Some(Tag::Time) = self.clause.tag(at) {
            let mut end = at + 1;
            while let Some(Tag::Number | Tag::Time) = self.clause.tag(end) {
                end += 1;
            }
            return Some(end);
        }
        self.clause.phrase_after(at).map(|p| p.items.end)
    }

    /// What stands on both sides of a clause set off by commas, or on its one side; the clause begins
    /// at `start`.
    fn around(&self, saying: &Saying, start: usize) -> Content {
        let tail = self.tail(saying);
        let [mut before, mut behind] = NOTHING;
        if start > self.clause.start {
            let comma = matches!(self.clause.before(start), Some(Tag::Comma | Tag::Dash));
            let end = start - usize::from(comma);
            let begin = self.begin(end).max(self.after_earlier(end));
            if begin < end && !self.is_quote(begin..end) && !self.is_opener(end - 1) {
                before = begin..end;
            }
        }
        if self.clause.tag(tail) == Some(Tag::Comma) {
            let rest = tail + 1..self.cut(tail + 1);
            let ing = self.clause.tag(tail + 1) == Some(Tag::Ing) && !self.is_word(tail + 1, &[Small::Including]);
            let cue = ing
                || self.sayings[self.index + 1..].iter().any(|s| s.start == tail + 1 && s.build == Build::Participle);
            let when = self.skip_adverbials(tail + 1, Takes::default());
            let only_when = !before.is_empty()
                && matches!(self.clause.tag(when), None | Some(Tag::Stop))
                && saying.build == Build::Inverted;
            let follows = match self.clause.tag(tail + 1) {
                // "..., he said, and the pier would close", but "..., he said, and denied"
                Some(Tag::Conjunction) => {
                    !before.is_empty()
                        && saying.build != Build::Source
                        && !self.sayings[self.index + 1..]
                            .iter()
                            .any(|s| s.start == tail + 2 && s.sort == CueSort::Speech)
                }
                Some(Tag::Quote | Tag::Relative) | None => false,
                _ => true,
            };
            if !cue && !only_when && follows {
                behind = rest;
            }
        }
        [before, behind]
    }

    /// After the cue of an earlier saying whose report the stretch before `end` would be.
    fn after_earlier(&self, end: usize) -> usize {
        let earlier = self.sayings[..self.index].iter().rev().find(|s| {
            s.end <= end
                && matches!(s.build, Build::Plain | Build::Inverted)
                && self.clause.before(s.start) == Some(Tag::Comma)
        });
        earlier.and_then(|s| (s.end..end).find(|&i| self.clause.items[i].tag == Tag::Comma)).map_or(0, |i| i + 1)
    }

    /// What follows the cue, as far as the verb takes it.
    fn ahead(&self, saying: &Saying) -> Content {
        let Some(verb) = saying.verb else { return NOTHING };
        let takes = verb.takes;
        let mut at = self.skip_adverbials(saying.cue.end, takes);
        if takes.any(Takes::PERSON) {
            // "warned it could get worse": whoever has a verb is told nothing.
            let told = |end: &usize| {
                let clause = matches!(self.clause.tag(*end), Some(Tag::Auxiliary | Tag::Verb));
                !(clause && takes.any(Takes::CLAUSE))
            };
            let person = self.clause.phrase_after(at).map(|p| p.items.end).filter(told);
            let object = matches!(self.clause.tag(at), Some(Tag::Object)).then_some(at + 1);
            if let Some(end) = object.or(person) {
                let after = self.skip_adverbials(end, takes);
                // "warned residents to stay": they are part of what is said
                let kept = takes.any(Takes::TO)
                    && self.is_word(after, &[Small::To])
                    && takes.any(Takes::CLAUSE.and(Takes::OBJECT));
                at = if kept { at } else { after };
            }
        }
        let Some(tag) = self.clause.tag(at) else { return NOTHING };
        // "which he said had failed", "what she said is growing"
        if (self.clause.before(saying.start) == Some(Tag::Relative)
            || self.is_word(saying.start.wrapping_sub(1), &[Small::What]) && takes.any(Takes::CLAUSE))
            && matches!(tag, Tag::Auxiliary | Tag::Verb | Tag::Past)
        {
            return [saying.start - 1..saying.start, at..self.cut(at)];
        }
        // "sees the plan as a mistake"
        if takes.any(Takes::AS) && !takes.any(Takes::OBJECT) {
            let thing = self.clause.phrase_after(at).map(|p| p.items.end);
            let end = thing.or(matches!(tag, Tag::Object).then_some(at + 1));
            if let Some(end) = end.filter(|&end| self.is_word(end, &[Small::As])) {
                return [at..self.end_of_thing(end + 1, self.cut(at)), 0..0];
            }
        }
        let start = match tag {
            Tag::That if takes.any(Takes::CLAUSE.and(Takes::THAT)) => at + 1,
            Tag::That if takes.any(Takes::OBJECT) => at,
            Tag::Comma
                if self.clause.tag(at + 1) == Some(Tag::Preposition)
                    || self.clause.tag(at + 1) == Some(Tag::Adverb) =>
            {
                match (at + 1..self.clause.end.min(at + 16)).find(|&i| self.clause.items[i].tag == Tag::Comma) {
                    Some(close) if self.clause.tag(close + 1) == Some(Tag::That) => close + 2,
                    _ => return NOTHING,
                }
            }
            Tag::Preposition => match self.cues.taken_by(at) {
                // "spoke to a meeting of pilots"
                Some(Takes::OF) if at > saying.cue.end && !takes.any(Takes::PERSON) => return NOTHING,
                Some(t) if takes.any(t) && self.is_way(at + 1, t) => return NOTHING,
                Some(t) if takes.any(t) && t != Takes::TO => at + 1,
                Some(Takes::TO) if takes.any(Takes::TO) => at,
                _ => return NOTHING,
            },
            Tag::Subordinator | Tag::Relative if takes.any(Takes::WHETHER.and(Takes::CLAUSE)) => at,
            // "asked not to be named"
            Tag::Negation if takes.any(Takes::WHETHER) && self.is_word(at + 2, &[Small::Be]) => return NOTHING,
            Tag::Determiner
            | Tag::Name
            | Tag::Noun
            | Tag::Number
            | Tag::Pronoun
            | Tag::Object
            | Tag::Ing
            | Tag::Past
            | Tag::Negation
            | Tag::Cue
                if takes.any(Takes::CLAUSE.and(Takes::OBJECT).and(Takes::PERSON)) =>
            {
                at
            }
            // "said having a map would help"
            Tag::Auxiliary if takes.any(Takes::CLAUSE) && self.is_word(at, &[Small::Having, Small::Being]) => at,
            _ => match self.late_that(at) {
                Some(that) if takes.any(Takes::CLAUSE.and(Takes::THAT)) => that + 1,
                _ => return NOTHING,
            },
        };
        let end = self.cut(start);
        // "said a prayer": no clause, and the verb takes no thing.
        let bare = start == at && !takes.any(Takes::OBJECT.and(Takes::PERSON)) && tag != Tag::Preposition;
        let asked = matches!(tag, Tag::Subordinator | Tag::Relative);
        if bare && !asked && !self.is_clause(start, end, saying.sort) {
            return NOTHING;
        }
        let thing = tag == Tag::Preposition && !self.is_word(at, &[Small::To])
            || start == at
                && tag != Tag::Preposition
                && takes.any(Takes::OBJECT)
                && !asked
                && !self.is_clause(start, end, CueSort::Belief);
        [start..if thing { self.end_of_thing(start, end) } else { end }, 0..0]
    }

    /// "spoke on condition of anonymity": how somebody spoke, and not of what.
    fn is_way(&self, i: usize, takes: Takes) -> bool {
        takes == Takes::ON
            && self.clause.tag(i) == Some(Tag::Noun)
            && !self.clause.items[i].plural
            && self.clause.tag(i + 1) == Some(Tag::Preposition)
            && self.clause.is(i + 1, Classes::OF)
    }

    /// Whether a subject and a finite verb of its own stand in the stretch; of what is said, four
    /// words are enough, as the verb may be one that no table knows.
    fn is_clause(&self, start: usize, end: usize, sort: CueSort) -> bool {
        if sort == CueSort::Speech && end >= start + 4 {
            return true;
        }
        let within = start + 1..end.min(start + CLAUSE).max(start + 1);
        let relative = |i: &usize| !matches!(self.clause.items[*i].tag, Tag::Relative | Tag::That | Tag::Subordinator);
        within.take_while(relative).any(|i| self.is_finite(i))
    }

    /// Whether the item at `i` is a verb with a subject before it: no "to leave", but "she sings".
    fn is_finite(&self, i: usize) -> bool {
        match self.clause.before(i) {
            Some(Tag::Preposition) => self.is_verb(i) && !self.is_word(i - 1, &[Small::To]),
            Some(Tag::Pronoun) => self.is_verb(i) || self.clause.tag(i) == Some(Tag::Noun),
            _ => self.is_verb(i),
        }
    }

    /// "that" behind a longer description of when and where: "said at a ceremony attended by
    /// diplomats that".
    fn late_that(&self, at: usize) -> Option<usize> {
        let near = at..self.clause.end.min(at + 16);
        if !self.clause.holds(Tag::That) {
            return None;
        }
        let that = near.clone().find(|&i| self.clause.items[i].tag == Tag::That)?;
        let verb = |i: usize| {
            matches!(self.clause.items[i].tag, Tag::Auxiliary | Tag::Verb | Tag::Quote | Tag::Comma | Tag::Cue)
        };
        (!(at..that).any(verb)).then_some(that)
    }

    /// "his claim that", "a warning from the mayor that", "the decision to"
    fn of_noun(&self, saying: &Saying) -> Content {
        let at = saying.end;
        let start = match self.clause.tag(at) {
            Some(Tag::That) => at + 1,
            Some(Tag::Preposition) if self.is_word(at, &[Small::To]) && saying.sort == CueSort::Intention => at,
            _ => return NOTHING,
        };
        [start..self.cut(start), 0..0]
    }

    /// "Poll: two candidates level": in headlines only, which the caller knows.
    fn of_label(&self, saying: &Saying) -> Content {
        if saying.is_behind() {
            return [self.clause.start..saying.start, 0..0];
        }
        [saying.end..self.cut(saying.end), 0..0]
    }
}

#[cfg(test)]
mod tests {
    use crate::quotes::tests::assert_reported;

    #[test]
    fn a_report_inside_a_report_is_part_of_it() {
        assert_reported(&[
            ("Roth said she hopes to win.", &["Roth | said | she hopes to win"]),
            ("Roth said that Ortiz had denied the charge.", &["Roth | said | Ortiz had denied the charge"]),
            (
                "Roth said she hopes to win but warned that it would take years.",
                &["Roth | said | she hopes to win", "Roth | warned | it would take years"],
            ),
        ]);
    }

    #[test]
    fn a_reporting_clause_may_stand_in_the_middle() {
        assert_reported(&[
            ("The losses, Roth noted, amount to a third.", &["Roth | noted | The losses / amount to a third"]),
            ("The pilots, he continued, will be paid.", &["he | continued | The pilots / will be paid"]),
            (
                "The pier was gone, Roth said, and the ferry would stop.",
                &["Roth | said | The pier was gone / and the ferry would stop"],
            ),
            (
                "The pier was gone, Roth said, and denied the charge.",
                &["Roth | said | The pier was gone", "Roth | denied | the charge"],
            ),
            (
                "The dam, its builder, Ana Roth, told the court, was sound.",
                &["its builder | told | The dam / was sound"],
            ),
            ("She lives in Riga, where, she says, the sea is rough.", &["she | says | the sea is rough"]),
            ("In May, the talks went on, and Roth left.", &[]),
            ("The talks, which continued, were a success.", &[]),
        ]);
    }

    #[test]
    fn a_reporting_clause_behind_what_is_said_may_tell_when_and_where() {
        assert_reported(&[
            ("The pier was gone, Roth said in a press release.", &["Roth | said | The pier was gone"]),
            ("The pier was gone, Roth said in reply to a question.", &["Roth | said | The pier was gone"]),
            ("The pier was gone, Roth told a weekly news briefing.", &["Roth | told | The pier was gone"]),
            ("The pier was gone, Roth said at a dinner attended by pilots.", &["Roth | said | The pier was gone"]),
            ("The pier was gone, Roth said as he left.", &["Roth | said | The pier was gone"]),
            ("The pier was gone, state police say.", &["state police | say | The pier was gone"]),
            ("The pier was gone, say engineers.", &["engineers | say | The pier was gone"]),
            (
                "The pier was gone, Roth was quoted by the Gazette as saying.",
                &["Roth | was quoted by the Gazette as saying | The pier was gone"],
            ),
        ]);
    }

    #[test]
    fn what_is_said_is_told_from_who_is_told_and_from_how_it_is_said() {
        assert_reported(&[
            ("Roth warned it could get worse.", &["Roth | warned | it could get worse"]),
            ("Roth warned pilots that it was rough.", &["Roth | warned | it was rough"]),
            ("The ministry forecast that prices would fall.", &["ministry | forecast | prices would fall"]),
            ("Roth, however, said the pier was gone.", &["Roth | said | the pier was gone"]),
            ("Roth stressed, however, that the pier was gone.", &["Roth | stressed | the pier was gone"]),
            ("Roth said the pier was gone, a day after it burnt.", &["Roth | said | the pier was gone"]),
            ("Roth shouted from the back that it was gone.", &["Roth | shouted | it was gone"]),
            ("Roth has since said the pier was gone.", &["Roth | said | the pier was gone"]),
            ("A clerk asked not to be named.", &[]),
            ("Nobody said that the pier was gone.", &[]),
            ("No official said the pier was gone.", &[]),
            ("Roth, who runs the ferry, heard the news on Monday.", &[]),
            ("Roth, a pilot based in Can Tho, said the pier was gone.", &["Roth | said | the pier was gone"]),
            ("A clerk spoke on condition of anonymity.", &[]),
        ]);
    }

    #[test]
    fn a_thing_found_or_known_is_no_report() {
        assert_reported(&[
            ("Divers found a crack in the dam.", &[]),
            ("Divers found that the dam leaked.", &["Divers | found | the dam leaked"]),
            ("Do you know where the key is?", &[]),
            ("Ortiz spoke to a meeting of pilots.", &[]),
        ]);
    }

    #[test]
    fn what_opens_the_line_of_a_list_is_not_said() {
        assert_reported(&[
            ("- The tax will stay, Roth said.", &["Roth | said | The tax will stay"]),
            ("• The tax will stay, according to Roth.", &["Roth | according to | The tax will stay"]),
        ]);
    }

    #[test]
    fn a_clause_with_as_stands_beside_what_is_said() {
        assert_reported(&[
            ("As the Gazette noted, the pier is closed.", &["Gazette | noted | the pier is closed"]),
            ("As reported by the Gazette, the pier is closed.", &["Gazette | reported | the pier is closed"]),
        ]);
    }

    #[test]
    fn an_infinitive_reports_where_the_saying_is_carried_on() {
        assert_reported(&[
            ("Roth went on to say that the pier was gone.", &["Roth | say | the pier was gone"]),
            ("Roth continued to criticise the plan.", &["Roth | criticise | the plan"]),
            ("Roth was authorised to criticise the plan.", &[]),
            ("Roth sees the plan as a mistake.", &["Roth | sees | the plan as a mistake"]),
            ("Roth saw the plan on Monday.", &[]),
        ]);
    }

    #[test]
    fn some_two_and_many_may_say_something() {
        assert_reported(&[
            ("Some say it was a mistake.", &["Some | say | it was a mistake"]),
            ("Two in three said they were tired.", &["Two in three | said | they were tired"]),
            ("Some reports were lost.", &[]),
        ]);
    }
}
