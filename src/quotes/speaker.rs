//! Which cue a quote belongs to, and which quotes are one.

use std::ops::Range;

use super::clause::{Clause, Phrase};
use super::cue::{Build, Cues, Saying};
use super::indirect::{self, Report};
use super::labels::{self, Turn};
use super::marks::Marked;
use super::narrative::{Item, Narrative, Sentence, goes_on_as_report};
use super::{Wanted, scare};
use crate::article::{Basis, Quote, QuoteKind};
use crate::few::Few;
use crate::names::Names;
use crate::reading::{BlockKind, Reading};
use crate::span::Span;
use crate::tables::{CueSort, Small, Tables, Takes};
use crate::text::{Classes, Shape, Tag};

/// Everything the search for speakers looks at.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    /// The text.
    pub(super) reading: &'a Reading<'a>,
    /// The words.
    pub(super) tables: &'a Tables,
    /// The names.
    pub(super) names: &'a Names,
    /// The pairs of marks.
    pub(super) marked: &'a [Marked],
    /// Items and sentences.
    pub(super) narrative: &'a Narrative,
    /// Which quotes are wanted.
    pub(super) wanted: Wanted,
}

/// Quotes that are one attribution: the same cue, or one that goes on.
#[derive(Clone, Debug)]
pub(super) struct Attribution {
    /// The pieces, as stretches of tokens.
    pub(super) pieces: Few<Range<usize>, 2>,
    /// Who says it, as items.
    pub(super) subject: Option<Phrase>,
    /// The cue, as items.
    pub(super) cue: Option<Range<usize>>,
    /// What the choice rests on.
    pub(super) basis: Basis,
    /// Direct, partial or indirect.
    pub(super) kind: QuoteKind,
    /// The sentence of the narrative where it begins.
    pub(super) sentence: usize,
    /// Whether its last piece has no closing mark and goes on.
    pub(super) goes_on: bool,
}

impl Attribution {
    /// What `saying` reports in sentence `index` without marks.
    fn reported(pieces: Few<Range<usize>, 2>, saying: &Saying, index: usize) -> Attribution {
        Attribution {
            pieces,
            subject: saying.subject.clone(),
            cue: Some(saying.cue.clone()),
            basis: saying.basis(),
            kind: QuoteKind::Indirect,
            sentence: index,
            goes_on: false,
        }
    }
}

/// How a quote found its cue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fit {
    /// The clause stands right behind it: "...," Roth said.
    Behind,
    /// The cue stands right before it: Roth said: "..."
    Ahead,
    /// It stands somewhere in what the cue governs.
    Inside,
    /// A clause further behind governs it: the plan is "mad", Roth said.
    Round,
}

/// What has been read so far, for quotes that go on.
#[derive(Default)]
struct Memory {
    /// The attributions so far.
    found: Vec<Attribution>,
    /// Which of them the last quote went to, and in which sentence.
    last: Option<(usize, usize)>,
    /// Who spoke or acted last: the subject, its sentence, and whether it said something.
    actor: Option<(Phrase, usize, Option<Range<usize>>)>,
    /// The last turn of a transcript.
    turn: Option<usize>,
    /// Quotes without a closing mark that wait for the paragraph that names their speaker.
    waiting: Vec<usize>,
    /// Of the sentence that is read: which of its sayings are which attributions, and what they report.
    groups: Vec<(usize, usize)>,
    reports: Vec<Report>,
}

impl<'a> Scene<'a> {
    pub(super) fn cues(&self) -> Cues<'a> {
        Cues { reading: self.reading, tables: self.tables, names: self.names, items: &self.narrative.items }
    }

    /// The pair of marks an item stands for.
    pub(super) fn marked_of(&self, item: &Item) -> Option<&'a Marked> {
        item.quote().and_then(|i| self.marked.get(i))
    }

    /// Every attribution, those of a sentence together.
    pub(super) fn attributions(&self) -> Vec<Attribution> {
        // About every second sentence reports something.
        let found = Vec::with_capacity(self.narrative.sentences.len() / 2);
        let mut memory = Memory { found, ..Memory::default() };
        let turns = labels::turns(self.reading, &self.narrative.labels, |block| self.is_told(block));
        let cues = &self.cues();
        let mut seen = None;
        let mut sayings = Vec::new();
        let sentences = self.narrative.sentences.iter().enumerate();
        for (index, sentence) in sentences.take_while(|_| !self.reading.stop.by_now()) {
            if let Some(turn) = turns.get(sentence.block).and_then(Option::as_ref) {
                if seen != Some(sentence.block) && self.wanted.marked {
                    self.turn(turn, &mut memory, index);
                }
                seen = Some(sentence.block);
                continue;
            }
            let quotes = self.wanted.marked && sentence.has_quote;
            let reports = self.wanted.indirect && (sentence.has_cue || self.has_source_behind(sentence));
            sayings.clear();
            if quotes || reports || self.leads_to_quote(index) {
                let clause = &cues.clause(sentence);
                cues.sayings(clause, self.narrative.signs(sentence), &mut sayings);
            }
            if quotes {
                self.sentence(index, &sayings, &mut memory);
            }
            if self.wanted.indirect && !sayings.is_empty() {
                self.indirect(index, &sayings, &mut memory);
            }
            // Who spoke or acted is asked for by a quote alone in the next sentence, and by nothing else.
            if self.wanted.marked && self.narrative.sentences.get(index + 1).is_some_and(|next| next.has_quote) {
                self.remember_actor(index, &sayings, &mut memory);
            }
        }
        memory.found
    }

    /// Whether the reporter tells in a block what somebody said: words in marks with a reporting clause
    /// behind them.
    fn is_told(&self, block: usize) -> bool {
        let first = self.marked.partition_point(|m| m.block < block);
        let end = self.reading.blocks[block].words.end;
        let mut marked = self.marked[first..].iter().take_while(|m| m.block == block && !m.goes_on);
        marked.any(|m| goes_on_as_report(self.reading, self.tables, m.end()..end))
    }

    /// Whether a headline may end with its source: "... — diplomat".
    fn has_source_behind(&self, sentence: &Sentence) -> bool {
        let title = self.reading.blocks[sentence.block].kind != BlockKind::Paragraph;
        title && self.narrative.signs(sentence).any(|i| self.narrative.items[i].tag == Tag::Dash)
    }

    /// What somebody says in a transcript.
    fn turn(&self, turn: &Turn, memory: &mut Memory, index: usize) {
        if turn.label.is_empty() {
            if let Some(last) = memory.turn {
                memory.found[last].pieces.push(turn.words.clone());
            }
            return;
        }
        let start = self.narrative.sentences[index].items.start;
        let end = (start..self.narrative.items.len())
            .find(|&i| self.narrative.items[i].end() >= turn.label.end)
            .unwrap_or(start);
        memory.turn = Some(memory.found.len());
        memory.found.push(Attribution {
            pieces: [turn.words.clone()].into_iter().collect(),
            subject: Some(Phrase { items: start..end + 1, head: end }),
            cue: None,
            basis: Basis::Label,
            kind: QuoteKind::Direct,
            sentence: index,
            goes_on: false,
        });
    }

    /// What the cues of a sentence report without marks.
    fn indirect(&self, index: usize, sayings: &[Saying], memory: &mut Memory) {
        let sentence = &self.narrative.sentences[index];
        let cues = &self.cues();
        let clause = &cues.clause(sentence);
        let mut reports = std::mem::take(&mut memory.reports);
        reports.clear();
        for (i, saying) in sayings.iter().enumerate() {
            // Most sentences hold no quote, and then nothing in them is said already.
            if sentence.has_quote && self.is_quoted(index, clause, sayings, i, memory)
                || saying.build == Build::Label && self.in_paragraph(index)
            {
                continue;
            }
            let content = if sentence.has_quote {
                indirect::content(cues, clause, sayings, i, |i| self.is_said(i, memory))
            } else {
                indirect::content(cues, clause, sayings, i, |_| false)
            };
            reports.push(Report { saying: i, content });
        }
        indirect::keep_outermost(&mut reports, sayings);
        for report in &reports {
            let words = |r: Range<usize>| {
                let items = self.narrative.items.get(r)?;
                Some(items.first()?.first()..items.last()?.end())
            };
            let pieces: Few<Range<usize>, 2> = report.stretches().filter_map(words).collect();
            if !pieces.is_empty() {
                memory.found.push(Attribution::reported(pieces, &sayings[report.saying], index));
            }
        }
        memory.reports = reports;
    }

    /// Whether the cue has a quote in marks; what it reports around fragments in marks is told then.
    fn is_quoted(&self, index: usize, clause: &Clause, sayings: &[Saying], i: usize, memory: &mut Memory) -> bool {
        let here = memory.found.iter().rev().take(8).take_while(|a| a.sentence == index);
        let quoted = here.into_iter().find(|a| a.cue.as_ref() == Some(&sayings[i].cue));
        let kind = quoted.map(|a| a.kind);
        if kind == Some(QuoteKind::Partial) {
            self.around_fragments(index, clause, sayings, i, memory);
        }
        kind.is_some()
    }

    /// Whether the item at `i` is a quote that somebody says.
    fn is_said(&self, i: usize, memory: &Memory) -> bool {
        let mut pieces = memory.found.iter().rev().take(8).flat_map(|a| a.pieces.iter());
        self.marked_of(&self.narrative.items[i]).is_some_and(|m| pieces.any(|p| p.start == m.words.start))
    }

    /// The reported words around fragments in marks, where they are the greater part: "said the
    /// plan was "wasteful" and would be dropped within a year".
    fn around_fragments(&self, index: usize, clause: &Clause, sayings: &[Saying], i: usize, memory: &mut Memory) {
        let saying = &sayings[i];
        if !saying.verb.is_some_and(|v| v.takes.any(Takes::CLAUSE)) {
            return;
        }
        let items = &self.narrative.items;
        let mut pieces = Few::default();
        let (mut marked, mut plain) = (0, 0);
        // The clause in front of "..., Roth said" is left to the fragment it ends with.
        let in_front =
            |r: &Range<usize>| r.end <= saying.start && r.end > r.start && items[r.end - 1].tag == Tag::Quote;
        let content = indirect::content(&self.cues(), clause, sayings, i, |_| false);
        for range in content.into_iter().filter(|r| !in_front(r)) {
            for run in items[range].chunk_by(|a, b| (a.tag == Tag::Quote) == (b.tag == Tag::Quote)) {
                let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
                let length = self.reading.words(first.first()..last.end()).len();
                if first.tag == Tag::Quote {
                    marked += length;
                } else {
                    plain += length;
                    if run.iter().any(|i| !matches!(i.tag, Tag::Stop | Tag::Comma)) {
                        pieces.push(first.first()..last.end());
                    }
                }
            }
        }
        if marked == 0 || plain <= marked || pieces.is_empty() {
            return;
        }
        memory.found.push(Attribution::reported(pieces, saying, index));
    }

    /// Whether the next sentence opens with a quote, whose speaker this one may name.
    fn leads_to_quote(&self, index: usize) -> bool {
        // Most sentences hold no quote.
        let next = self.narrative.sentences.get(index + 1).filter(|s| s.has_quote);
        next.is_some_and(|s| self.narrative.items[s.items.start].tag == Tag::Quote)
    }

    fn remember_actor(&self, index: usize, sayings: &[Saying], memory: &mut Memory) {
        let sentence = &self.narrative.sentences[index];
        let reports = || sayings.iter().filter(|s| matches!(s.build, Build::Plain | Build::Inverted | Build::Source));
        let speech = reports().filter(|s| s.sort == CueSort::Speech);
        let clause = &self.cues().clause(sentence);
        // "The shoes explain a minute of it, he reckoned."
        let closing = sayings.last().filter(|s| {
            let ends = matches!(clause.tag(s.end), None | Some(Tag::Stop));
            ends && s.build == Build::Plain && clause.before(s.start) == Some(Tag::Comma)
        });
        let said = closing.into_iter().chain(speech).chain(reports());
        let said = said.into_iter().find_map(|s| Some((s.subject.clone()?, Some(s.cue.clone()))));
        let leads = || self.leads_to_quote(index).then(|| first_subject(clause)).flatten();
        let Some((actor, cue)) = said.or_else(|| Some((leads()?, None))) else { return };
        let actor = match clause.tag(actor.head) {
            Some(Tag::Relative | Tag::That) => self.cues().antecedent(clause, actor.head),
            _ => Some(actor),
        };
        memory.actor = actor.map(|actor| (actor, index, cue));
    }

    fn sentence(&self, index: usize, sayings: &[Saying], memory: &mut Memory) {
        let sentence = &self.narrative.sentences[index];
        let clause = &self.cues().clause(sentence);
        memory.groups.clear();
        for at in self.narrative.signs(sentence) {
            let Some(marked) = self.marked_of(&self.narrative.items[at]) else { continue };
            if self.reading.tokens.get(marked.open).is_some_and(|t| t.is_mark(':')) {
                let subject = clause.phrase_before(at);
                self.push_new(index, marked, subject, None, Basis::Label, QuoteKind::Direct, memory);
                continue;
            }
            match self.choose(index, clause, at, sayings) {
                Some((chosen, fit)) => {
                    let read = sayings[chosen].cue.end == at && self.cues().word(at - 1).starts_with("read");
                    let set_off = fit == Fit::Ahead || fit == Fit::Behind && at == clause.start || read;
                    if !set_off && self.in_paragraph(index) && scare::is_name(self.reading, clause, at, marked) {
                        continue;
                    }
                    self.attribute(index, at, marked, (chosen, &sayings[chosen]), fit, memory);
                }
                None => self.without_cue(index, clause, at, marked, memory),
            }
        }
    }

    /// The cue that the quote at item `at` of sentence `index` belongs to.
    fn choose(&self, index: usize, clause: &Clause, at: usize, sayings: &[Saying]) -> Option<(usize, Fit)> {
        if let Some(ahead) = self.announced(clause, at, sayings) {
            return Some((ahead, Fit::Ahead));
        }
        if let Some(behind) = self.behind(clause, at, sayings) {
            return Some((behind, Fit::Behind));
        }
        if let Some(label) =
            sayings.iter().position(|s| s.build == Build::Label && s.start == clause.start && s.end <= at)
            && !self.in_paragraph(index)
        {
            let beside = sayings[label].end == at;
            return Some((label, if beside { Fit::Ahead } else { Fit::Inside }));
        }
        let ahead = |nouns: bool| {
            sayings.iter().rposition(|s| {
                s.cue.start < at
                    && s.subject.is_some()
                    && (s.build == Build::Noun) == nouns
                    && self.governs(clause, s, at)
            })
        };
        // "described her remarks as"
        let described = at > clause.start && self.cues().is_word(clause, at - 1, Small::As) && ahead(false).is_some();
        // "called her remarks "mad""
        let verb = |noun: usize| {
            let named = |v: &usize| {
                sayings[*v].cue.end == sayings[noun].start && clause.is(sayings[*v].cue.start, Classes::NAMING)
            };
            sayings[noun].cue.end == at && ahead(false).is_some_and(|v| named(&v))
        };
        let noun = ahead(true).filter(|&i| at - sayings[i].cue.end <= 1 && !described && !verb(i));
        if let Some(i) = noun.or_else(|| ahead(false)).or_else(|| ahead(true)) {
            let gap = clause.items[sayings[i].cue.end.min(at)..at].iter().filter(|x| x.tag != Tag::Aside).count();
            let stated = gap == 0 && clause.items[at].is_closed() && sayings[i].sort != CueSort::Manner;
            let set_off = matches!(clause.before(at), Some(Tag::Comma | Tag::Colon)) || stated;
            let set_off = set_off && !clause.is_name_of_work(at);
            let outer = self.outer(clause, sayings, i, at);
            return Some((outer, if set_off && outer == i { Fit::Ahead } else { Fit::Inside }));
        }
        let round = sayings.iter().position(|s| {
            s.start > at
                && s.reports()
                && s.subject.is_some()
                && matches!(clause.before(s.start), Some(Tag::Comma | Tag::Quote | Tag::Dash))
        });
        round.map(|i| (i, Fit::Round))
    }

    /// Whether a sentence stands in the body.
    fn in_paragraph(&self, sentence: usize) -> bool {
        self.reading.blocks[self.narrative.sentences[sentence].block].kind == BlockKind::Paragraph
    }

    /// Of a cue inside what another one reports, the other one: in "She says he wants a "strong
    /// hand"" the words are hers.
    fn outer(&self, clause: &Clause, sayings: &[Saying], inner: usize, at: usize) -> usize {
        let mut chosen = inner;
        for i in (0..inner).rev() {
            let (outer, within) = (&sayings[i], &sayings[chosen]);
            if self.reports_clause(clause, outer, within) && self.is_embedded(clause, within, at) {
                chosen = i;
            }
        }
        chosen
    }

    /// Whether `outer` reports a clause that holds `within`.
    fn reports_clause(&self, clause: &Clause, outer: &Saying, within: &Saying) -> bool {
        let speech = outer.verb.is_some_and(|v| v.takes.any(Takes::CLAUSE.and(Takes::THAT)))
            && outer.sort == CueSort::Speech
            && outer.subject.is_some()
            && matches!(outer.build, Build::Plain | Build::Participle | Build::Infinitive)
            || outer.build == Build::Noun && clause.tag(outer.end) == Some(Tag::That);
        let between = outer.cue.end..within.start;
        let parted = clause
            .items
            .get(between)
            .unwrap_or_default()
            .iter()
            .any(|i| matches!(i.tag, Tag::Semicolon | Tag::Colon) || i.tag == Tag::Quote && i.is_closed());
        speech && outer.cue.end <= within.start && !parted
    }

    /// Whether a cue has a subject of its own inside the clause before it.
    fn is_embedded(&self, clause: &Clause, saying: &Saying, at: usize) -> bool {
        let Some(subject) = &saying.subject else { return false };
        let own = saying.start == subject.items.start;
        match clause.tag(subject.head) {
            _ if !own || saying.build == Build::Noun && at - saying.cue.end <= 1 => false,
            Some(Tag::Relative | Tag::That) => true,
            _ if saying.sort == CueSort::Speech && clause.before(saying.start) == Some(Tag::Conjunction) => false,
            Some(Tag::Pronoun) => true,
            _ => saying.sort != CueSort::Speech || saying.build == Build::Noun || at - saying.cue.end > 6,
        }
    }

    /// The reporting clause right before a quote that ends its sentence, where the words behind it
    /// begin another one: Roth shouted, "Who is there?" Three hands went up.
    fn announced(&self, clause: &Clause, at: usize, sayings: &[Saying]) -> Option<usize> {
        let marked = self.marked_of(&clause.items[at])?;
        let next = self.reading.tokens.get(marked.end())?;
        let set_off = matches!(clause.before(at), Some(Tag::Comma | Tag::Colon)) && self.ends_sentence(marked);
        let fresh = next.is_capitalised() && clause.tag(at + 1).is_some();
        let reports = |s: &Saying| s.cue.end + 1 == at && s.subject.is_some() && s.build == Build::Plain;
        (set_off && fresh).then(|| sayings.iter().rposition(reports)).flatten()
    }

    /// The reporting clause right behind the quote at `at`.
    fn behind(&self, clause: &Clause, at: usize, sayings: &[Saying]) -> Option<usize> {
        let mut next = at + 1;
        let mut set_off = clause.items[at].is_closed() || at == clause.start;
        while let Some(Tag::Comma | Tag::Dash | Tag::Adverb) = clause.tag(next) {
            set_off |= clause.tag(next) != Some(Tag::Adverb);
            next += 1;
        }
        // "...," is how a driver described it
        if clause.is(next, Classes::BE) && clause.tag(next + 1) == Some(Tag::Subordinator) {
            next += 2;
        }
        if !set_off {
            return None;
        }
        let fits = |s: &Saying| s.start <= next && s.start > at && s.reports() && s.subject.is_some();
        sayings.iter().position(fits)
    }

    /// Whether a cue before the quote at `at` can govern it.
    fn governs(&self, clause: &Clause, saying: &Saying, at: usize) -> bool {
        let between = &clause.items[saying.cue.end.min(at)..at];
        match saying.build {
            Build::Label => between.iter().all(|i| i.tag == Tag::Quote),
            Build::Inverted => true,
            _ if saying.sort == CueSort::Manner => {
                between.is_empty() || matches!(clause.before(at), Some(Tag::Comma | Tag::Colon))
            }
            Build::Noun => between.len() <= 2,
            _ => true,
        }
    }

    fn attribute(
        &self,
        index: usize,
        at: usize,
        marked: &Marked,
        (chosen, saying): (usize, &Saying),
        fit: Fit,
        memory: &mut Memory,
    ) {
        let kind = self.kind(index, at, marked, fit);
        let known = memory.groups.iter().find(|(s, _)| *s == chosen).map(|&(_, a)| a);
        let attribution = match known {
            Some(a) => a,
            None => {
                memory.found.push(Attribution {
                    pieces: Few::default(),
                    subject: saying.subject.clone(),
                    cue: Some(saying.cue.clone()),
                    basis: saying.basis(),
                    kind,
                    sentence: index,
                    goes_on: false,
                });
                memory.groups.push((chosen, memory.found.len() - 1));
                memory.found.len() - 1
            }
        };
        self.add_piece(index, attribution, marked, memory);
        for waiting in std::mem::take(&mut memory.waiting) {
            let source = memory.found[attribution].clone();
            let earlier = &mut memory.found[waiting];
            earlier.subject = source.subject;
            earlier.cue = source.cue;
            earlier.basis = source.basis;
            earlier.kind = QuoteKind::Direct;
        }
    }

    fn add_piece(&self, index: usize, attribution: usize, marked: &Marked, memory: &mut Memory) {
        let found = &mut memory.found[attribution];
        found.pieces.push(marked.words.clone());
        found.goes_on = marked.goes_on;
        memory.last = Some((attribution, index));
    }

    /// A whole statement, or some words in a reported clause.
    fn kind(&self, index: usize, at: usize, marked: &Marked, fit: Fit) -> QuoteKind {
        let sentence = &self.narrative.sentences[index];
        let tokens = self.reading.tokens;
        let high = tokens.get(marked.words.start).is_some_and(|t| !matches!(t.shape, Shape::Lower));
        let opens = at == sentence.items.start
            || sentence
                .items
                .clone()
                .take_while(|&i| i < at)
                .all(|i| matches!(self.narrative.items[i].tag, Tag::Conjunction | Tag::Quote | Tag::Adverb));
        let before = at.checked_sub(1).map(|i| self.narrative.items[i].tag);
        let direct = match fit {
            Fit::Behind => opens || high && matches!(before, Some(Tag::Comma | Tag::Colon)),
            Fit::Ahead => {
                matches!(before, Some(Tag::Colon))
                    || matches!(before, Some(Tag::Comma)) && !self.splits_clause(index, at)
                    || high && self.ends_sentence(marked)
            }
            Fit::Inside | Fit::Round => {
                high && self.ends_sentence(marked) && matches!(before, Some(Tag::Comma | Tag::Colon))
            }
        };
        if direct { QuoteKind::Direct } else { QuoteKind::Partial }
    }

    /// "The crossing, he said, "looks like a parking lot"": the clause began without marks.
    fn splits_clause(&self, index: usize, at: usize) -> bool {
        let sentence = &self.narrative.sentences[index];
        let items = &self.narrative.items;
        let commas = (sentence.items.start..at).filter(|&i| items[i].tag == Tag::Comma).count();
        commas >= 2 && items[sentence.items.start].tag != Tag::Quote && !items[at].is(Classes::NONE) && {
            let tokens = self.reading.tokens;
            self.marked_of(&items[at]).and_then(|m| tokens.get(m.words.start)).is_some_and(|t| t.shape == Shape::Lower)
        }
    }

    fn ends_sentence(&self, marked: &Marked) -> bool {
        let tokens = &self.reading.tokens[marked.words.clone()];
        tokens.last().is_some_and(|t| matches!(t.first, '.' | '!' | '?' | '…') && t.shape == Shape::Mark)
    }

    /// A quote without a cue in its sentence: one that goes on, one whose speaker another
    /// sentence names, or no quote at all.
    fn without_cue(&self, index: usize, clause: &Clause, at: usize, marked: &Marked, memory: &mut Memory) {
        if at > clause.start && self.in_paragraph(index) && scare::is_name(self.reading, clause, at, marked) {
            return;
        }
        if let Some(subject) = self.label_behind(index, clause, at) {
            let kind = self.kind(index, at, marked, Fit::Behind);
            self.push_new(index, marked, Some(subject), None, Basis::Label, kind, memory);
            return;
        }
        if let Some((subject, cue)) = self.unlisted_report(clause, at) {
            let kind = self.kind(index, at, marked, Fit::Behind);
            self.push_new(index, marked, Some(subject), cue, Basis::Cue, kind, memory);
            return;
        }
        let alone = (clause.start..clause.end).filter(|&i| i != at).all(|i| {
            matches!(
                clause.items[i].tag,
                Tag::Stop
                    | Tag::Conjunction
                    | Tag::Adverb
                    | Tag::Aside
                    | Tag::Quote
                    | Tag::Other
                    | Tag::Comma
                    | Tag::Dash
            )
        });
        if !alone {
            self.fragment(index, clause, at, marked, memory);
            return;
        }
        if self.in_paragraph(index) {
            self.stand_alone(index, marked, memory);
        }
    }

    /// Words in marks inside a sentence without a cue.
    fn fragment(&self, index: usize, clause: &Clause, at: usize, marked: &Marked, memory: &mut Memory) {
        if self.in_paragraph(index) && scare::is_name(self.reading, clause, at, marked) {
            return;
        }
        if let Some(subject) = self.subject_of_as_or_colon(clause, at) {
            let colon = clause.before(at) == Some(Tag::Colon);
            let (basis, kind) =
                if colon { (Basis::Label, QuoteKind::Direct) } else { (Basis::Cue, QuoteKind::Partial) };
            self.push_new(index, marked, Some(subject), None, basis, kind, memory);
            return;
        }
        let words = self.reading.tokens[marked.words.clone()].iter().filter(|t| t.shape != Shape::Mark).count();
        let same_block =
            |sentence: usize| self.narrative.sentences[sentence].block == self.narrative.sentences[index].block;
        if let Some((attribution, _)) =
            memory.last.filter(|&(_, s)| at == clause.start && words > 4 && s + 1 == index && same_block(s))
        {
            self.add_piece(index, attribution, marked, memory);
            return;
        }
        if words < 7 {
            return;
        }
        let subject = self.subject_of_verb_before(clause, at);
        let basis = Basis::Context;
        self.push_new(index, marked, subject, None, basis, QuoteKind::Partial, memory);
    }

    /// "went after him as a "leech"", "has a new message: "..."": the subject of the verb before.
    fn subject_of_as_or_colon(&self, clause: &Clause, at: usize) -> Option<Phrase> {
        let mut before = at;
        if clause.tag(before.wrapping_sub(1)) == Some(Tag::Determiner) {
            before -= 1;
        }
        let is_as = before > clause.start && self.cues().is_word(clause, before - 1, Small::As);
        if !is_as && clause.before(at) != Some(Tag::Colon) {
            return None;
        }
        self.subject_of_verb_before(clause, before)
    }

    /// The subject of the nearest verb before `at`, or else of the first verb of the sentence.
    fn subject_of_verb_before(&self, clause: &Clause, at: usize) -> Option<Phrase> {
        let subject = (clause.start + 1..at).rev().take(40).find_map(|i| match clause.tag(i) {
            Some(Tag::Verb | Tag::Past | Tag::Auxiliary | Tag::Cue | Tag::Ing) if !clause.is_noun_here(i) => {
                clause.subject_before(i)
            }
            _ => None,
        });
        subject.or_else(|| first_subject(clause))
    }

    /// A sentence that is nothing but a quote.
    fn stand_alone(&self, index: usize, marked: &Marked, memory: &mut Memory) {
        if scare::is_stage_direction(self.reading, marked) {
            return;
        }
        let block = self.narrative.sentences[index].block;
        let previous = memory.last.filter(|&(_, sentence)| self.follows(sentence, index));
        if let Some((attribution, sentence)) = previous {
            let same_paragraph = self.narrative.sentences[sentence].block == block;
            if memory.found[attribution].goes_on || same_paragraph && sentence + 1 >= index {
                self.add_piece(index, attribution, marked, memory);
                return;
            }
        }
        let near = memory.actor.as_ref().is_some_and(|&(_, sentence, _)| sentence + 1 == index);
        if !near && scare::is_heading(self.reading, marked) {
            return;
        }
        let announced = index > 0 && self.ends_in_colon(index - 1);
        // The next turn of a dialogue is as a rule another's.
        let actor = memory.actor.clone().filter(|&(_, sentence, _)| sentence + 1 == index && !marked.dashed);
        let (subject, cue) = actor.map_or((None, None), |(subject, _, cue)| (Some(subject), cue));
        if announced {
            let basis = if cue.is_some() { Basis::Cue } else { Basis::Label };
            self.push_new(index, marked, subject, cue, basis, QuoteKind::Direct, memory);
            return;
        }
        self.push_new(index, marked, subject, None, Basis::Context, QuoteKind::Direct, memory);
        if marked.goes_on {
            memory.waiting.push(memory.found.len() - 1);
        }
    }

    fn ends_in_colon(&self, index: usize) -> bool {
        let sentence = &self.narrative.sentences[index];
        self.narrative.items[sentence.items.clone()].last().is_some_and(|i| i.tag == Tag::Colon)
    }

    /// Whether nothing but these two sentences stands between them.
    fn follows(&self, earlier: usize, later: usize) -> bool {
        earlier <= later && later - earlier <= 1
    }

    #[expect(clippy::too_many_arguments, reason = "one field each")]
    fn push_new(
        &self,
        index: usize,
        marked: &Marked,
        subject: Option<Phrase>,
        cue: Option<Range<usize>>,
        basis: Basis,
        kind: QuoteKind,
        memory: &mut Memory,
    ) {
        memory.found.push(Attribution {
            pieces: Few::default(),
            subject,
            cue,
            basis,
            kind,
            sentence: index,
            goes_on: false,
        });
        self.add_piece(index, memory.found.len() - 1, marked, memory);
    }

    /// "..." — Ines Roth; in headlines "...": judge ends feud
    fn label_behind(&self, index: usize, clause: &Clause, at: usize) -> Option<Phrase> {
        let mut next = at + 1;
        while let Some(Tag::Stop) = clause.tag(next) {
            next += 1;
        }
        let subject = clause.phrase_after(next + 1)?;
        let ends = matches!(clause.tag(subject.items.end), None | Some(Tag::Stop | Tag::Comma));
        match clause.tag(next)? {
            Tag::Dash if ends && at == clause.start => Some(subject),
            Tag::Colon if !self.in_paragraph(index) && at == clause.start => Some(subject),
            _ => None,
        }
    }

    /// "...," Roth croaked: a verb that no table knows, in the place of a reporting clause.
    fn unlisted_report(&self, clause: &Clause, at: usize) -> Option<(Phrase, Option<Range<usize>>)> {
        if !clause.items[at].is_closed() {
            return None;
        }
        let mut next = at + 1;
        while let Some(Tag::Comma | Tag::Dash | Tag::Adverb) = clause.tag(next) {
            next += 1;
        }
        let verbal = |i: usize| matches!(clause.tag(i), Some(Tag::Past | Tag::Verb | Tag::Cue));
        let ends = |i: usize| {
            matches!(
                clause.tag(i),
                None | Some(
                    Tag::Comma
                        | Tag::Stop
                        | Tag::Preposition
                        | Tag::Time
                        | Tag::Adverb
                        | Tag::Quote
                        | Tag::Colon
                        | Tag::Subordinator
                        | Tag::Conjunction
                        | Tag::Dash
                        | Tag::Ing
                )
            )
        };
        if verbal(next) {
            let subject = clause.phrase_after(next + 1)?;
            return ends(subject.items.end).then_some((subject, Some(next..next + 1)));
        }
        let subject = clause.phrase_after(next)?;
        let mut verb = subject.items.end;
        while let Some(Tag::Adverb | Tag::Auxiliary) = clause.tag(verb) {
            verb += 1;
        }
        (verbal(verb) && ends(verb + 1)).then(|| (subject, Some(verb..verb + 1)))
    }

    /// The attribution as a quote of the answer.
    pub(super) fn quote(&self, attribution: &Attribution) -> Option<Quote> {
        let content: Vec<Span> = attribution.pieces.iter().filter_map(|p| self.reading.span(p.clone())).collect();
        content.first()?;
        let speaker_mention = attribution.subject.as_ref().and_then(|s| self.mention(s));
        Some(Quote {
            kind: attribution.kind,
            content,
            speaker_mention,
            cue: attribution.cue.as_ref().and_then(|c| self.span(c.clone())),
            speaker: None,
            basis: speaker_mention.map(|_| attribution.basis),
            paragraph: None,
        })
    }

    /// The phrase as a mention: without its article.
    pub(super) fn mention(&self, phrase: &Phrase) -> Option<Span> {
        let mut items = phrase.items.clone();
        while items.len() > 1 && self.narrative.items.get(items.start)?.is(Classes::ARTICLE) {
            items.start += 1;
        }
        self.span(items)
    }

    fn span(&self, items: Range<usize>) -> Option<Span> {
        let items = self.narrative.items.get(items)?;
        self.reading.span(items.first()?.first()..items.last()?.end())
    }
}

/// The subject of the first verb of a sentence.
pub(super) fn first_subject(clause: &Clause) -> Option<Phrase> {
    let end = clause.end.min(clause.start + 40);
    // "Will he cook?"
    if clause.tag(clause.start) == Some(Tag::Auxiliary) {
        return clause.phrase_after(clause.start + 1);
    }
    (clause.start + 1..end).find_map(|i| match clause.tag(i) {
        Some(Tag::Verb | Tag::Past | Tag::Auxiliary | Tag::Cue) => clause.subject_before(i),
        _ => None,
    })
}
