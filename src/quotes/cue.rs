//! Who says something in a sentence: every cue with its subject.

use std::ops::Range;

use super::clause::{Clause, Phrase};
use super::narrative::{Item, Sentence};
use crate::article::Basis;
use crate::names::{NameKind, Names};
use crate::reading::Reading;
use crate::tables::{CueSort, Form, Small, Tables, Takes, Verb};
use crate::text::{Classes, Tag, WordId};

/// How a cue stands to its subject.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Build {
    /// Roth said
    Plain,
    /// said Roth
    Inverted,
    /// adding, without a subject of its own
    Participle,
    /// went on to say, wants to call
    Infinitive,
    /// was called a liar by Roth
    Passive,
    /// according to Roth
    Source,
    /// Roth:
    Label,
    /// Roth's claim
    Noun,
}

/// A cue in its clause.
#[derive(Clone, Debug)]
pub(super) struct Saying {
    /// The cue.
    pub(super) cue: Range<usize>,
    /// The verb it is a form of; none for nouns, phrases and labels.
    pub(super) verb: Option<Verb>,
    /// What sort of cue.
    pub(super) sort: CueSort,
    /// Who says it.
    pub(super) subject: Option<Phrase>,
    /// The first item of subject and cue.
    pub(super) start: usize,
    /// The item after both.
    pub(super) end: usize,
    /// How the two stand to each other.
    pub(super) build: Build,
    /// Whether "not", "would" or "if" keep it from reporting anything.
    pub(super) unreal: bool,
}

impl Saying {
    /// What an attribution to it rests on.
    pub(super) fn basis(&self) -> Basis {
        match self.build {
            Build::Source => Basis::AccordingTo,
            Build::Label => Basis::Label,
            _ => Basis::Cue,
        }
    }

    /// Whether it may stand beside or behind what is said: Roth said, said Roth, according to.
    pub(super) fn reports(&self) -> bool {
        let told = matches!(self.build, Build::Plain | Build::Inverted | Build::Source | Build::Passive);
        told || self.is_behind() || self.is_channelled()
    }

    /// Whether somebody else passes it on: "the agency quoted Roth as saying".
    fn is_channelled(&self) -> bool {
        self.build == Build::Participle && self.cue.len() > 2
    }

    /// Whether it is a source at the end of a headline: "... — Roth".
    pub(super) fn is_behind(&self) -> bool {
        self.build == Build::Label && self.subject.as_ref().is_some_and(|s| s.items.start == self.cue.end)
    }
}

/// A verb of saying with the auxiliaries before it: "has since said".
struct Predicate {
    /// Where its group begins.
    group: usize,
    /// The verb itself, and its particle.
    cue: Range<usize>,
    /// What verb, in which form.
    verb: Verb,
}

impl Predicate {
    /// What stands before the verb in its group.
    fn auxiliaries(&self) -> Range<usize> {
        self.group..self.cue.start
    }

    /// The saying that it is with its subject; the two stand at `place`.
    fn said_by(self, subject: Option<Phrase>, place: Range<usize>, build: Build, unreal: bool) -> Saying {
        let Predicate { cue, verb, .. } = self;
        Saying { cue, verb: Some(verb), sort: verb.sort, subject, start: place.start, end: place.end, build, unreal }
    }
}

/// What a headline tells in front of its source has at least so many items.
const SHORTEST_NEWS: usize = 3;

/// The source behind it has no more.
const LONGEST_SOURCE: usize = 7;

/// Reads the cues of sentences.
#[derive(Clone, Copy)]
pub(super) struct Cues<'a> {
    /// The text.
    pub(super) reading: &'a Reading<'a>,
    /// The words.
    pub(super) tables: &'a Tables,
    /// The names.
    pub(super) names: &'a Names,
    /// The items of the whole text.
    pub(super) items: &'a [Item],
}

impl<'a> Cues<'a> {
    /// The chunker over the sentence.
    pub(super) fn clause(&self, sentence: &Sentence) -> Clause<'a> {
        Clause::new(self.items, sentence.items.clone(), sentence.tags)
    }

    /// Adds every cue among the `signs` of the sentence with its subject, in order, to `found`, which
    /// is empty.
    pub(super) fn sayings(&self, clause: &Clause, signs: impl Iterator<Item = usize>, found: &mut Vec<Saying>) {
        for i in signs {
            let item = &self.items[i];
            let saying = match item.tag {
                Tag::Cue => self.verb_at(clause, i, found).or_else(|| self.noun_at(clause, i)),
                Tag::Noun | Tag::Ing if item.is(Classes::CUE_NOUN) => self.noun_at(clause, i),
                _ if item.is(Classes::SOURCE_PHRASE) => self.source_at(clause, i),
                Tag::Colon => self.label_at(clause, i),
                Tag::Dash => self.source_behind(clause, i),
                _ => continue,
            };
            if let Some(saying) = saying {
                if saying.build == Build::Participle && saying.cue.len() > 1 {
                    found.retain(|s: &Saying| s.cue.end <= saying.cue.start || s.cue.start >= saying.cue.end);
                }
                found.push(saying);
            }
        }
    }

    /// The word at `i`, as written.
    pub(super) fn word(&self, i: usize) -> &'a str {
        self.items.get(i).map_or("", |item| self.reading.words(item.tokens()))
    }

    /// What a verb must take to stand before the word at `i`: "of" in "warned of".
    pub(super) fn taken_by(&self, i: usize) -> Option<Takes> {
        self.tables.cues.takes(self.only_word(i)?)
    }

    /// The word that the item at `i` is, if it is a single one.
    fn only_word(&self, i: usize) -> Option<WordId> {
        let item = self.items.get(i).filter(|item| item.tokens().len() == 1)?;
        self.reading.tokens.get(item.first()).map(|t| t.word)
    }

    /// Whether the item at `i` is nothing but `word`.
    pub(super) fn is_word(&self, clause: &Clause, i: usize, word: Small) -> bool {
        self.is_one_of(clause, i, &[word])
    }

    /// Whether the item at `i` is nothing but one of `words`.
    pub(super) fn is_one_of(&self, clause: &Clause, i: usize, words: &[Small]) -> bool {
        let word = clause.tag(i).and_then(|_| self.only_word(i));
        word.is_some_and(|known| words.iter().any(|&word| self.tables.cues.small(word) == known))
    }

    /// The verb at `i`, with its particle when one follows.
    fn verb(&self, clause: &Clause, i: usize) -> Option<(Verb, usize)> {
        let mut verbs = self.tables.cues.verbs_from(self.items[i].verbs()?);
        let first = verbs.next()?;
        if first.particle == WordId::UNKNOWN {
            return Some((first, i + 1));
        }
        let word =
            |k: usize| clause.tag(k).and_then(|_| self.reading.tokens.get(self.items[k].first())).map(|t| t.word);
        // "made it clear"
        let next = if clause.is(i + 1, Classes::PRONOUN_IT) && word(i + 2).is_some() { i + 2 } else { i + 1 };
        std::iter::once(first).chain(verbs).find_map(|verb| match verb.particle {
            p if p == WordId::UNKNOWN => Some((verb, i + 1)),
            p if Some(p) == word(i + 1) => Some((verb, i + 2)),
            p if Some(p) == word(next) => Some((verb, next + 1)),
            _ => None,
        })
    }

    /// A form that is base and past alike is the past where no auxiliary, "to" or noun keeps it from
    /// that: "the ministry forecast that", ""Go," read the sign".
    fn as_past(&self, clause: &Clause, i: usize, verb: Verb) -> Verb {
        if verb.form != Form::Base {
            return verb;
        }
        let clause_follows = matches!(clause.tag(i + 1), Some(Tag::That | Tag::Pronoun | Tag::Determiner));
        let free = || clause.before(i).is_some_and(|tag| tag != Tag::Preposition) && clause.verb_group(i) == i;
        if !clause_follows || !free() {
            return verb;
        }
        let mut verbs = self.items[i].verbs().map(|n| self.tables.cues.verbs_from(n)).into_iter().flatten();
        verbs.find(|v| v.form == Form::Past && v.particle == verb.particle).unwrap_or(verb)
    }

    fn verb_at(&self, clause: &Clause, i: usize, earlier: &[Saying]) -> Option<Saying> {
        let (verb, end) = self.verb(clause, i)?;
        let verb = self.as_past(clause, i, verb);
        if clause.is_noun_here(i) || self.is_noun_by_place(clause, i, verb) {
            return None;
        }
        let predicate = Predicate { group: clause.verb_group(i), cue: i..end, verb };
        match verb.form {
            Form::Ing => self.participle(clause, predicate, earlier),
            Form::Base if i > clause.start && self.is_word(clause, i - 1, Small::To) => {
                self.infinitive(clause, predicate, earlier)
            }
            Form::Past | Form::Participle
                if self.is_passive(predicate.auxiliaries()) || self.is_reduced(clause, &predicate) =>
            {
                self.passive(clause, predicate)
            }
            Form::Participle if predicate.auxiliaries().is_empty() => None,
            _ => self.finite(clause, predicate, earlier),
        }
    }

    /// Whether the last of the auxiliaries before a verb makes a passive of it.
    fn is_passive(&self, mut auxiliaries: Range<usize>) -> bool {
        let last = auxiliaries.rfind(|&k| self.items[k].tag == Tag::Auxiliary);
        last.is_some_and(|k| self.items[k].is(Classes::BE) || self.word(k).ends_with("re") && self.word(k).len() <= 5)
    }

    /// "as expected", "when asked", "the saving claimed by the cabinet": a passive without its
    /// auxiliary.
    fn is_reduced(&self, clause: &Clause, predicate: &Predicate) -> bool {
        if !predicate.auxiliaries().is_empty() {
            return false;
        }
        let opened = matches!(clause.before(predicate.group), Some(Tag::Subordinator | Tag::Preposition))
            && clause.is(predicate.group - 1, Classes::SUBORDINATOR);
        let end = predicate.cue.end;
        // But "said by phone".
        let agent = self.is_word(clause, end, Small::By)
            && matches!(clause.tag(end + 1), Some(Tag::Determiner | Tag::Name))
            && matches!(clause.before(predicate.group), Some(Tag::Noun | Tag::Number));
        opened || agent
    }

    /// Whether "not", "never", "would", "if" stand in the verb group or before the clause.
    fn is_unreal(&self, clause: &Clause, start: usize, predicate: &Predicate) -> bool {
        let kept = predicate.auxiliaries().any(|k| self.items[k].is(Classes::NEGATION | Classes::MODAL));
        kept || start > clause.start
            && (self.is_word(clause, start - 1, Small::If) || self.is_word(clause, start - 1, Small::Whether))
    }

    fn finite(&self, clause: &Clause, predicate: Predicate, earlier: &[Saying]) -> Option<Saying> {
        let i = predicate.cue.start;
        if let Some(subject) = self.inverted_subject(clause, &predicate) {
            let end = subject.items.end;
            return Some(predicate.said_by(Some(subject), i..end, Build::Inverted, false));
        }
        let (subject, shared) = match clause.subject_of(predicate.auxiliaries()) {
            Some(subject) => match self.main_subject(clause, &subject) {
                Some(main) => (main, true),
                None => (subject, false),
            },
            None => (self.shared_subject(clause, i, earlier)?, true),
        };
        let start = if shared { predicate.group } else { subject.items.start };
        let unreal = self.is_unreal(clause, start, &predicate) || self.is_nobody(clause, &subject);
        let end = predicate.cue.end;
        Some(predicate.said_by(Some(subject), start..end, Build::Plain, unreal))
    }

    /// "nobody", "no official", "neither of them"
    fn is_nobody(&self, clause: &Clause, subject: &Phrase) -> bool {
        clause.is(subject.items.start, Classes::NEGATION)
            || self.is_word(clause, subject.head, Small::Nobody)
            || self.is_word(clause, subject.items.start, Small::None)
    }

    /// "said Roth": a subject after the verb, when nothing but what is said stands before it.
    fn inverted_subject(&self, clause: &Clause, predicate: &Predicate) -> Option<Phrase> {
        let Predicate { cue, verb, .. } = predicate;
        let i = cue.start;
        let subject_before = || clause.subject_of(predicate.auxiliaries());
        if !matches!(verb.form, Form::Past | Form::Third | Form::Base) || !verb.takes.any(Takes::QUOTE) {
            return None;
        }
        let mut left = i;
        while let Some(Tag::Adverb) = clause.before(left) {
            left -= 1;
        }
        let beside = match clause.before(left) {
            None => true,
            Some(Tag::Quote) => {
                (self.items[left - 1].is_closed() || left - 1 == clause.start) && !clause.is_name_of_work(left - 1)
            }
            Some(Tag::Comma | Tag::Dash) => {
                let quoted = left >= 2 && clause.tag(left - 2) == Some(Tag::Quote);
                quoted || !verb.takes.any(Takes::PERSON.and(Takes::OBJECT)) || subject_before().is_none()
            }
            _ => false,
        };
        if !beside {
            return None;
        }
        let subject = clause.phrase_after(cue.end)?;
        // "..., say engineers"
        let many =
            clause.before(left).is_some() && clause.tag(subject.head).is_some() && self.items[subject.head].plural;
        if verb.form == Form::Base && !many {
            return None;
        }
        let own = || left > clause.start && clause.before(left) != Some(Tag::Quote) && subject_before().is_some();
        // "Roth, who runs the ferry, heard the news on Monday."
        let thing = clause.tag(subject.head) == Some(Tag::Noun)
            && !clause.is(subject.head, Classes::ROLE | Classes::ROLE_PLURAL | Classes::BODY | Classes::PLURAL);
        if thing && own() {
            return None;
        }
        let finished = match clause.tag(subject.items.end) {
            None | Some(Tag::Comma | Tag::Stop | Tag::Colon | Tag::Semicolon | Tag::Dash | Tag::Quote) => true,
            Some(Tag::Preposition | Tag::Time | Tag::Conjunction | Tag::Relative | Tag::Subordinator | Tag::Ing) => {
                !own() || !self.has_verb(clause, subject.items.end)
            }
            Some(Tag::Aside | Tag::Adverb) => !own(),
            _ => false,
        };
        finished.then_some(subject)
    }

    /// Whether a finite verb follows in the sentence.
    fn has_verb(&self, clause: &Clause, from: usize) -> bool {
        let verb = |i: usize| match self.items[i].tag {
            Tag::Auxiliary | Tag::Verb | Tag::Past | Tag::That => true,
            Tag::Cue => !clause.is_noun_here(i),
            _ => false,
        };
        clause.end > from + 12 || (from..clause.end).any(verb)
    }

    /// The subject that a verb without one of its own shares: "X rose and said", "X left, saying".
    fn shared_subject(&self, clause: &Clause, i: usize, earlier: &[Saying]) -> Option<Phrase> {
        let shared = earlier.iter().rev().find(|s| {
            s.subject.is_some()
                && matches!(s.build, Build::Plain | Build::Inverted | Build::Participle | Build::Infinitive)
        });
        let subject = match shared {
            Some(saying) => self.reporting(clause, i, saying, earlier).subject.clone()?,
            None => self.subject_of_earlier_verb(clause, i)?,
        };
        self.without_relative(clause, subject)
    }

    /// Of a saying inside what another one reports, the other one, where the verb at `i` goes on
    /// with that: "Roth said he hopes to win, adding", "Roth said he hopes to win but warned".
    fn reporting<'s>(&self, clause: &Clause, i: usize, inner: &'s Saying, earlier: &'s [Saying]) -> &'s Saying {
        let outer = earlier.iter().rev().find(|o| {
            o.cue.end <= inner.start
                && o.build == Build::Plain
                && o.subject.is_some()
                && o.verb.is_some_and(|v| v.takes.any(Takes::CLAUSE))
                && self.opens_report(o.cue.end..inner.start)
        });
        let alike = |o: &Saying| self.items[i].form == self.items[o.cue.start].form;
        let other = |o: &Saying| self.items[i].form != self.items[o.cue.start].form;
        let aside = self.items[i].form == Some(Form::Ing) && clause.before(i) == Some(Tag::Comma);
        outer.filter(|o| aside || alike(o) && other(inner)).unwrap_or(inner)
    }

    /// Whether nothing but "that" or when and where stand between a cue and the subject of what
    /// it reports.
    fn opens_report(&self, between: Range<usize>) -> bool {
        let that = between.len() <= 8 && between.clone().last().is_some_and(|k| self.items[k].tag == Tag::That);
        let verb = |k: usize| matches!(self.items[k].tag, Tag::Verb | Tag::Auxiliary | Tag::Comma | Tag::Conjunction);
        let aside = |k: usize| matches!(self.items[k].tag, Tag::Time | Tag::Adverb);
        that && !between.clone().any(verb) || between.clone().all(aside)
    }

    /// For "he" in "Roth spoke of what he called": Roth.
    fn main_subject(&self, clause: &Clause, subject: &Phrase) -> Option<Phrase> {
        let start = subject.items.start;
        let within = start > clause.start && self.is_word(clause, start - 1, Small::What);
        let pronoun = clause.tag(subject.head) == Some(Tag::Pronoun);
        (within && pronoun).then(|| self.subject_of_earlier_verb(clause, start - 1)).flatten()
    }

    /// In place of "who", the phrase it stands for.
    fn without_relative(&self, clause: &Clause, subject: Phrase) -> Option<Phrase> {
        match clause.tag(subject.head) {
            Some(Tag::Relative | Tag::That) => self.antecedent(clause, subject.head),
            _ => Some(subject),
        }
    }

    fn subject_of_earlier_verb(&self, clause: &Clause, i: usize) -> Option<Phrase> {
        let low = clause.start.max(i.saturating_sub(50));
        (low..i).rev().find_map(|k| match self.items[k].tag {
            Tag::Verb | Tag::Past | Tag::Cue | Tag::Auxiliary => clause.subject_before(k),
            Tag::Noun if clause.before(k) == Some(Tag::Pronoun) => clause.subject_before(k),
            _ => None,
        })
    }

    fn participle(&self, clause: &Clause, predicate: Predicate, earlier: &[Saying]) -> Option<Saying> {
        let Predicate { group, ref cue, verb } = predicate;
        let i = cue.start;
        if i > clause.start
            && self.is_word(clause, i - 1, Small::As)
            && let Some(quoted) = self.quoted_as_saying(clause, i, verb)
        {
            return Some(quoted);
        }
        let progressive = predicate.auxiliaries().any(|k| self.items[k].tag == Tag::Auxiliary);
        if progressive {
            let subject =
                clause.subject_of(predicate.auxiliaries()).or_else(|| self.shared_subject(clause, i, earlier))?;
            let (start, unreal) = (subject.items.start, self.is_unreal(clause, subject.items.start, &predicate));
            let end = cue.end;
            return Some(predicate.said_by(Some(subject), start..end, Build::Plain, unreal));
        }
        if verb.sort == CueSort::Manner {
            return None;
        }
        let subject = match clause.before(group) {
            None => self.subject_after_comma(clause, cue.end),
            // "could not resist pointing out"
            Some(Tag::Noun) if matches!(clause.before(group - 1), Some(Tag::Auxiliary | Tag::Negation)) => {
                self.shared_subject(clause, i, earlier)
            }
            Some(Tag::Noun | Tag::Name)
                if matches!(clause.tag(cue.end), None | Some(Tag::Comma | Tag::Stop | Tag::Conjunction)) =>
            {
                return None;
            }
            // "a letter saying that", but "a meeting outlining the plan"
            Some(Tag::Noun | Tag::Name) => {
                let clause_follows =
                    matches!(clause.tag(cue.end), Some(Tag::That | Tag::Pronoun | Tag::Quote | Tag::Colon));
                if !clause_follows && verb.sort != CueSort::Showing {
                    return None;
                }
                clause.phrase_before(group)
            }
            Some(Tag::Determiner | Tag::Possessive) => return None,
            // "critics call ruling unfair" in a headline
            Some(Tag::Cue) if self.is_noun_of_saying(i) => return None,
            _ => self.shared_subject(clause, i, earlier),
        };
        let place = cue.clone();
        Some(predicate.said_by(subject, place, Build::Participle, false))
    }

    /// Whether the word at `i` is a noun of saying too: ruling.
    pub(super) fn is_noun_of_saying(&self, i: usize) -> bool {
        self.reading.tokens.get(self.items[i].first()).is_some_and(|t| self.tables.cues.noun(t.word).is_some())
    }

    /// "Citing the cost, the ministry closed the pier": the phrase after the comma.
    fn subject_after_comma(&self, clause: &Clause, from: usize) -> Option<Phrase> {
        let comma = (from..clause.end.min(from + 40)).find(|&k| {
            self.items[k].tag == Tag::Comma || self.items[k].tag == Tag::Quote && clause.tag(k + 1) == Some(Tag::Name)
        })?;
        clause.phrase_after(comma + 1)
    }

    /// "was quoted by Interfax as saying": the agency is the channel, the subject speaks.
    fn quoted_as_saying(&self, clause: &Clause, i: usize, verb: Verb) -> Option<Saying> {
        let low = clause.start.max(i.saturating_sub(14));
        let quoted = (low..i).rev().find(|&k| matches!(self.items[k].tag, Tag::Cue | Tag::Past))?;
        let group = clause.verb_group(quoted);
        if self.is_passive(group..quoted) {
            let subject = clause.subject_of(group..quoted)?;
            let place = subject.items.start..i + 1;
            let predicate = Predicate { group, cue: group..i + 1, verb };
            return Some(predicate.said_by(Some(subject), place, Build::Participle, false));
        }
        // "the agency quoted Roth as saying"
        let person = clause.phrase_after(quoted + 1)?;
        let start = clause.subject_of(group..quoted).map_or(quoted, |channel| channel.items.start);
        let predicate = Predicate { group, cue: quoted..i + 1, verb };
        Some(predicate.said_by(Some(person), start..i + 1, Build::Participle, false))
    }

    fn infinitive(&self, clause: &Clause, predicate: Predicate, earlier: &[Saying]) -> Option<Saying> {
        let place = predicate.cue.clone();
        let subject = self.shared_subject(clause, place.start, earlier);
        Some(predicate.said_by(subject, place, Build::Infinitive, true))
    }

    fn passive(&self, clause: &Clause, predicate: Predicate) -> Option<Saying> {
        let Predicate { ref cue, verb, .. } = predicate;
        let by = (cue.end..clause.end.min(cue.end + 8)).find(|&k| self.is_word(clause, k, Small::By));
        let agent = by.and_then(|k| clause.phrase_after(k + 1));
        let (start, end) = (cue.start, agent.as_ref().map_or(cue.end, |a| a.items.end));
        // "as reported by the Gazette, ..."
        if agent.is_some()
            && verb.takes.any(Takes::CLAUSE)
            && start > clause.start
            && self.is_word(clause, start - 1, Small::As)
        {
            return Some(predicate.said_by(agent, start - 1..end, Build::Source, false));
        }
        let told = verb.takes.any(Takes::PERSON);
        let unreal = agent.is_none() && told || self.is_unreal(clause, start, &predicate);
        Some(predicate.said_by(agent, start..end, Build::Passive, unreal))
    }

    /// "according to the port authority"
    fn source_at(&self, clause: &Clause, i: usize) -> Option<Saying> {
        let tokens = self.reading.tokens.get(self.items[i].first()..)?;
        let length = self.tables.cues.source_phrase(tokens)?;
        let last = self.items[i].first() + length;
        let end = (i..clause.end).find(|&k| self.items[k].end() >= last)? + 1;
        let mut subject = clause.phrase_after(end)?;
        if let Some(end) = self.end_of_participle(clause, subject.items.end) {
            subject.items.end = end;
        }
        // "according to a clerk at the port office", "according to data on sales in Riga"
        let common = clause.tag(subject.head) == Some(Tag::Noun);
        for _ in 0..3 {
            let preposition = subject.items.end;
            let tells = clause.tag(preposition) == Some(Tag::Preposition) && common;
            let place = tells && !matches!(clause.tag(preposition + 1), Some(Tag::Time | Tag::Number));
            let Some(more) = place.then(|| clause.core_after(preposition + 1)).flatten() else { break };
            subject.items.end = more.items.end;
        }
        let after = subject.items.end;
        Some(Saying {
            cue: i..end,
            verb: None,
            sort: CueSort::Speech,
            subject: Some(subject),
            start: i,
            end: after,
            build: Build::Source,
            unreal: false,
        })
    }

    /// "according to a person briefed on the case": where the participle that begins at `at` ends.
    fn end_of_participle(&self, clause: &Clause, at: usize) -> Option<usize> {
        clause.is_participle(at).then_some(())?;
        let end = (at..clause.end.min(at + 24))
            .find(|&k| matches!(self.items[k].tag, Tag::Comma | Tag::Stop | Tag::Semicolon | Tag::Dash | Tag::Quote))?;
        let verb = |k: usize| matches!(self.items[k].tag, Tag::Auxiliary | Tag::Verb | Tag::That | Tag::Relative);
        (!(at..end).any(verb)).then_some(end)
    }

    /// "Roth:" at the start of a sentence.
    fn label_at(&self, clause: &Clause, i: usize) -> Option<Saying> {
        if i - clause.start > 9 || i == clause.start || clause.before(i) == Some(Tag::Quote) {
            return None;
        }
        let subject = clause.phrase_before(i).filter(|p| p.items.start == clause.start)?;
        let label = &self.reading.tokens[self.items[clause.start].first()..self.items[i].first()];
        if self.tables.labels.slug(label) == Some(label.len()) {
            return None;
        }
        Some(Saying {
            cue: i..i + 1,
            verb: None,
            sort: CueSort::Speech,
            subject: Some(subject),
            start: clause.start,
            end: i + 1,
            build: Build::Label,
            unreal: false,
        })
    }

    /// "Talks to resume in May — diplomat": in headlines, who says it behind the dash at `i`.
    fn source_behind(&self, clause: &Clause, i: usize) -> Option<Saying> {
        let subject = clause.phrase_after(i + 1)?;
        let last =
            matches!(clause.tag(subject.items.end), None | Some(Tag::Stop)) && subject.items.end + 1 >= clause.end;
        let head = &self.items[subject.head];
        let who = self.reading.tokens.get(head.end().checked_sub(1)?)?;
        let speaks = match head.tag {
            Tag::Name => !self.is_thing(head),
            _ => who.is(Classes::ROLE | Classes::ROLE_PLURAL | Classes::BODY),
        };
        let told = i - clause.start >= SHORTEST_NEWS && subject.items.len() <= LONGEST_SOURCE;
        (last && speaks && told).then(|| Saying {
            cue: i..i + 1,
            verb: None,
            sort: CueSort::Speech,
            start: i,
            end: subject.items.end,
            subject: Some(subject),
            build: Build::Label,
            unreal: false,
        })
    }

    /// "Roth's claim", "her call", "a statement from the ministry"
    fn noun_at(&self, clause: &Clause, i: usize) -> Option<Saying> {
        let noun = self.items.get(i).filter(|item| item.is(Classes::CUE_NOUN))?;
        let token = self.reading.tokens.get(noun.first())?;
        let sort = self.tables.cues.noun(token.word)?;
        let subject = self.owner_before(clause, i).or_else(|| self.owner_after(clause, i))?;
        let start = subject.items.start.min(i);
        let end = subject.items.end.max(i + 1);
        Some(Saying {
            cue: i..i + 1,
            verb: None,
            sort,
            subject: Some(subject),
            start,
            end,
            build: Build::Noun,
            unreal: false,
        })
    }

    /// "Roth's recent claim", "her claim"
    fn owner_before(&self, clause: &Clause, i: usize) -> Option<Phrase> {
        let low = clause.start.max(i.saturating_sub(5));
        for k in (low..i).rev() {
            match self.items[k].tag {
                Tag::Possessive => return clause.phrase_before(k),
                Tag::Determiner if self.items[k].is(Classes::POSSESSIVE) => {
                    return Some(Phrase { items: k..k + 1, head: k });
                }
                Tag::Noun | Tag::Number | Tag::Past | Tag::Ing | Tag::Adverb | Tag::Name | Tag::Cue => {}
                _ => return None,
            }
        }
        None
    }

    /// "a statement by the ministry"
    fn owner_after(&self, clause: &Clause, i: usize) -> Option<Phrase> {
        let from = self.is_word(clause, i + 1, Small::By) || self.is_word(clause, i + 1, Small::From);
        from.then(|| clause.phrase_after(i + 2)).flatten()
    }

    /// The phrase that "who" at `relative` stands for.
    pub(super) fn antecedent(&self, clause: &Clause, relative: usize) -> Option<Phrase> {
        let mut at = relative;
        while let Some(Tag::Preposition | Tag::Comma | Tag::Dash) = clause.before(at) {
            at -= 1;
        }
        let who = clause.is(relative, Classes::SUBJECT_RELATIVE);
        let nearest = clause.core_before(at).filter(|p| who && clause.tag(p.head) == Some(Tag::Name));
        // "a lawyer at the University of Riga who", "a clerk in Riga who"
        let within =
            |p: &Phrase| clause.before(p.items.start) == Some(Tag::Preposition) && self.is_thing(&clause.items[p.head]);
        let nearest = nearest.filter(|p| !within(p));
        nearest.or_else(|| clause.phrase_before(at))
    }

    /// Whether a name behind a preposition is that of a body or a place, and nobody's.
    fn is_thing(&self, item: &Item) -> bool {
        let tokens = self.reading.tokens;
        let before = |back: usize| item.first().checked_sub(back).and_then(|i| tokens.get(i));
        let article = before(1).is_some_and(|t| t.is(Classes::ARTICLE));
        let behind = before(1 + usize::from(article)).is_some_and(|t| t.is(Classes::PREPOSITION));
        let Some(name) = item.name().and_then(|name| self.names.names.get(name)).filter(|_| behind) else {
            return false;
        };
        let place = || self.tables.gazetteer.sight(self.reading.text, &tokens[name.words.clone()]).is_some();
        name.kind == NameKind::Body || name.kind == NameKind::Other && place()
    }
}
