//! Reported speech without quotation marks: what a cue says is said.

use std::ops::Range;

use super::clause::Clause;
use super::cue::{Build, Cues, Saying};
use super::narrative::Tag;
use crate::tables::{CueSort, Form, Takes};
use crate::text::Classes;

/// What `saying` reports, as one or two stretches of items; nothing when it reports nothing, or
/// words in quotation marks.
pub(super) fn content(
    cues: Cues,
    clause: Clause,
    sayings: &[Saying],
    index: usize,
    said: &dyn Fn(usize) -> bool,
) -> Vec<Range<usize>> {
    let saying = &sayings[index];
    if saying.subject.is_none() || saying.unreal && saying.sort == CueSort::Speech {
        return Vec::new();
    }
    let line = Line { cues, clause, sayings, index };
    let found = match saying.build {
        Build::Source => line.around(saying),
        Build::Plain | Build::Inverted if line.stands_behind(saying) => line.around(saying),
        // "what he says it would do" is a thing, and no report.
        Build::Plain if line.is_word(saying.start.wrapping_sub(1), &["what", "how"]) => Vec::new(),
        Build::Plain | Build::Participle if saying.sort != CueSort::Manner => line.ahead(saying),
        Build::Plain | Build::Participle => Vec::new(),
        Build::Noun => line.of_noun(saying),
        Build::Label => line.of_label(saying),
        Build::Inverted | Build::Infinitive | Build::Passive => Vec::new(),
    };
    let quoted = found.iter().flat_map(|r| r.clone()).any(said);
    if quoted { Vec::new() } else { found.into_iter().filter(|r| !r.is_empty()).collect() }
}

/// A saying among the others of its sentence.
#[derive(Clone, Copy)]
struct Line<'a> {
    cues: Cues<'a>,
    clause: Clause<'a>,
    sayings: &'a [Saying],
    index: usize,
}

impl Line<'_> {
    fn is_word(&self, i: usize, words: &[&str]) -> bool {
        self.clause.tag(i).is_some() && words.iter().any(|w| self.cues.word(i).eq_ignore_ascii_case(w))
    }

    /// Whether the clause stands behind what is said, or in the middle of it, set off by commas.
    fn stands_behind(&self, saying: &Saying) -> bool {
        let set_off = matches!(self.clause.before(saying.start), Some(Tag::Comma | Tag::Dash));
        let start = if set_off { saying.start - 1 } else { return false };
        if start <= self.clause.start || self.clause.tag(saying.end) == Some(Tag::That) {
            return false;
        }
        let taken = Takes::of_preposition(&self.cues.word(saying.end).to_ascii_lowercase());
        if saying.build == Build::Plain && taken.is_some_and(|t| saying.verb.is_some_and(|v| v.takes.any(t))) {
            return false;
        }
        let end = self.tail(saying);
        let done = matches!(self.clause.tag(end), None | Some(Tag::Stop | Tag::Comma | Tag::Semicolon | Tag::Dash));
        let quote = self.clause.before(start) == Some(Tag::Quote);
        let goes_on =
            self.clause.tag(end) == Some(Tag::Comma) && self.has_verb(end + 1..self.cut(end + 1).max(end + 1));
        let ends = matches!(self.clause.tag(end), None | Some(Tag::Stop));
        done && !quote && (ends || goes_on || self.has_verb(self.begin(start)..start))
    }

    /// Where the clause that ends at `end` begins.
    fn begin(&self, end: usize) -> usize {
        let low = self.clause.start;
        let mut at = (low..end)
            .rev()
            .find(|&i| matches!(self.clause.items[i].tag, Tag::Semicolon | Tag::Colon))
            .map_or(low, |i| i + 1);
        while let Some(Tag::Conjunction | Tag::Comma) = self.clause.tag(at).filter(|_| at < end) {
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
    fn tail(&self, saying: &Saying) -> usize {
        let mut at = saying.end;
        if saying.verb.is_some_and(|v| v.takes.any(Takes::PERSON)) && saying.build == Build::Plain {
            at = self.clause.phrase_after(at).map_or(at, |p| p.items.end);
        }
        if saying.build == Build::Inverted || saying.build == Build::Source {
            at = self.skip_apposition(at);
        }
        let end = self.skip_adverbials(at, Takes::default());
        // "told a meeting outlining the results"
        let participle = matches!(self.clause.tag(end), Some(Tag::Ing | Tag::Past))
            || self.clause.tag(end) == Some(Tag::Cue) && self.clause.items[end].form == Some(Form::Ing);
        if at > saying.end && participle { self.next_comma(end) } else { end }
    }

    /// ", a retired pilot from Riga," behind a subject, when the sentence ends with it or a comma
    /// closes it.
    fn skip_apposition(&self, at: usize) -> usize {
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
                let verb = (after..close).any(|i| matches!(self.clause.items[i].tag, Tag::Auxiliary | Tag::Verb))
                    && self.clause.tag(after) != Some(Tag::Relative);
                if verb { end } else { close }
            }
            _ => end,
        }
    }

    fn next_comma(&self, from: usize) -> usize {
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
                    let word = self.cues.word(at).to_ascii_lowercase();
                    if Takes::of_preposition(&word).is_some_and(|t| takes.any(t))
                        || word == "to" && takes.any(Takes::TO)
                    {
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

    /// What stands on both sides of a clause set off by commas, or on its one side.
    fn around(&self, saying: &Saying) -> Vec<Range<usize>> {
        let start = saying.start;
        let tail = self.tail(saying);
        let mut found = Vec::new();
        if start > self.clause.start {
            let comma = matches!(self.clause.before(start), Some(Tag::Comma | Tag::Dash));
            let end = start - usize::from(comma);
            let begin = self.begin(end).max(self.after_earlier(end));
            if begin < end && self.clause.before(end) != Some(Tag::Quote) {
                found.push(begin..end);
            }
        }
        if self.clause.tag(tail) == Some(Tag::Comma) {
            let rest = tail + 1..self.cut(tail + 1);
            let ing = self.clause.tag(tail + 1) == Some(Tag::Ing) && !self.is_word(tail + 1, &["including"]);
            let cue = ing
                || self.sayings[self.index + 1..].iter().any(|s| s.start == tail + 1 && s.build == Build::Participle);
            let when = self.skip_adverbials(tail + 1, Takes::default());
            let only_when = !found.is_empty()
                && matches!(self.clause.tag(when), None | Some(Tag::Stop))
                && saying.build == Build::Inverted;
            let goes_on = !cue
                && !only_when
                && !matches!(self.clause.tag(tail + 1), Some(Tag::Conjunction | Tag::Quote | Tag::Relative) | None);
            if goes_on {
                found.push(rest);
            }
        }
        found
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
    fn ahead(&self, saying: &Saying) -> Vec<Range<usize>> {
        let Some(verb) = saying.verb else { return Vec::new() };
        let takes = verb.takes;
        let mut at = self.skip_adverbials(saying.cue.end, takes);
        if takes.any(Takes::PERSON) {
            let person = self.clause.phrase_after(at).map(|p| p.items.end);
            let object = matches!(self.clause.tag(at), Some(Tag::Object)).then_some(at + 1);
            if let Some(end) = object.or(person) {
                let after = self.skip_adverbials(end, takes);
                // "warned residents to stay": they are part of what is said
                let kept =
                    takes.any(Takes::TO) && self.is_word(after, &["to"]) && takes.any(Takes::CLAUSE.and(Takes::OBJECT));
                at = if kept { at } else { after };
            }
        }
        let Some(tag) = self.clause.tag(at) else { return Vec::new() };
        // "which he said had failed"
        if self.clause.before(saying.start) == Some(Tag::Relative)
            && matches!(tag, Tag::Auxiliary | Tag::Verb | Tag::Past)
        {
            return vec![saying.start - 1..saying.start, at..self.cut(at)];
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
                    _ => return Vec::new(),
                }
            }
            Tag::Preposition => {
                let word = self.cues.word(at).to_ascii_lowercase();
                match Takes::of_preposition(&word) {
                    Some(t) if takes.any(t) && t != Takes::TO => at + 1,
                    Some(Takes::TO) if takes.any(Takes::TO) => at,
                    _ => return Vec::new(),
                }
            }
            Tag::Subordinator | Tag::Relative if takes.any(Takes::WHETHER.and(Takes::CLAUSE)) => at,
            Tag::Determiner
            | Tag::Name
            | Tag::Noun
            | Tag::Number
            | Tag::Pronoun
            | Tag::Object
            | Tag::Ing
            | Tag::Past
            | Tag::Cue
                if takes.any(Takes::CLAUSE.and(Takes::OBJECT).and(Takes::PERSON)) =>
            {
                at
            }
            _ => match self.late_that(at) {
                Some(that) if takes.any(Takes::CLAUSE.and(Takes::THAT)) => that + 1,
                _ => return Vec::new(),
            },
        };
        let end = self.cut(start);
        // "said a prayer": no clause, and the verb takes no thing.
        let bare = start == at && !takes.any(Takes::OBJECT.and(Takes::PERSON)) && tag != Tag::Preposition;
        if bare && end < start + 4 && !self.has_verb(start + 1..end.max(start + 1)) {
            return Vec::new();
        }
        vec![start..end]
    }

    /// "that" behind a longer description of when and where: "said at a ceremony attended by
    /// diplomats that".
    fn late_that(&self, at: usize) -> Option<usize> {
        let near = at..self.clause.end.min(at + 16);
        let that = near.clone().find(|&i| self.clause.items[i].tag == Tag::That)?;
        let verb = |i: usize| {
            matches!(self.clause.items[i].tag, Tag::Auxiliary | Tag::Verb | Tag::Quote | Tag::Comma | Tag::Cue)
        };
        (!(at..that).any(verb)).then_some(that)
    }

    /// "his claim that", "her call for", "the decision to"
    fn of_noun(&self, saying: &Saying) -> Vec<Range<usize>> {
        let at = saying.cue.end;
        let start = match self.clause.tag(at) {
            Some(Tag::That) => at + 1,
            Some(Tag::Preposition) if self.is_word(at, &["to"]) && saying.sort == CueSort::Intention => at,
            _ => return Vec::new(),
        };
        vec![start..self.cut(start)]
    }

    /// "Poll: two candidates level": in headlines only, which the caller knows.
    fn of_label(&self, saying: &Saying) -> Vec<Range<usize>> {
        vec![saying.end..self.cut(saying.end)]
    }

    /// Where what begins at `start` ends: with the sentence, or where another cue takes over.
    fn cut(&self, start: usize) -> usize {
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
        if let Some(quote) = (start..end).find(|&i| self.clause.items[i].tag == Tag::Quote) {
            let relative =
                |&i: &usize| self.clause.items[i].tag == Tag::Relative && self.clause.before(i) == Some(Tag::Comma);
            end = (start + 4..quote).find(relative).map_or(end, |i| i - 1);
        }
        let semicolon = (start..end).find(|&i| self.clause.items[i].tag == Tag::Semicolon);
        end = semicolon.unwrap_or(end);
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
            Build::Plain if before == Tag::Conjunction && later.sort == CueSort::Speech && self.named(later) => {
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
