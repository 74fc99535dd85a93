//! The clause around a cue: who its subject is.
//!
//! A chunker over the items of one sentence, working outwards from the cue. It knows closed
//! classes of words and shapes and nothing else; what it cannot read gives no subject.

use std::ops::Range;

use super::narrative::Item;
use crate::tables::Form;
use crate::text::{Classes, Tag};

/// A noun phrase: "a spokeswoman for the harbour trust".
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Phrase {
    /// All of it, prepositional phrases included.
    pub(super) items: Range<usize>,
    /// Its head: the last word of the first noun phrase in it.
    pub(super) head: usize,
}

impl Phrase {
    fn new(items: Range<usize>, head: usize) -> Phrase {
        Phrase { items, head }
    }
}

/// Auxiliaries that only a verb follows.
const HELPING: Classes = Classes::HAVE.and(Classes::MODAL);

/// How far left or right of a cue its subject is looked for, in items.
const REACH: usize = 60;

/// How many items the end of a reporting clause is looked for in.
const REPORT: usize = 10;

/// A sentence under the eye of the chunker.
#[derive(Clone, Copy)]
pub(super) struct Clause<'a> {
    /// The items of the whole text.
    pub(super) items: &'a [Item],
    /// The first item of the sentence.
    pub(super) start: usize,
    /// The item after its last.
    pub(super) end: usize,
    // The items from the first through the last: what stands outside is asked for as often.
    own: &'a [Item],
    // The bits of the tags of the sentence.
    tags: u32,
}

impl<'a> Clause<'a> {
    /// A sentence that is part of `items` and has items of these `tags`.
    pub(super) fn new(items: &'a [Item], sentence: Range<usize>, tags: u32) -> Clause<'a> {
        let Range { start, end } = sentence;
        Clause { items, start, end, own: items.get(sentence).unwrap_or_default(), tags }
    }

    /// The sentence as far as the item `end`.
    pub(super) fn until(&self, end: usize) -> Clause<'a> {
        Clause::new(self.items, self.start..end, self.tags)
    }

    /// Whether some item of the sentence has the tag: most questions for marks end here.
    pub(super) fn holds(&self, tag: Tag) -> bool {
        self.tags & tag.bit() != 0
    }

    /// The tag at `i`, if it stands in the sentence.
    pub(super) fn tag(&self, i: usize) -> Option<Tag> {
        self.own.get(i.wrapping_sub(self.start)).map(|item| item.tag)
    }

    /// The tag before `i`, if it stands in the sentence.
    pub(super) fn before(&self, i: usize) -> Option<Tag> {
        self.tag(i.wrapping_sub(1))
    }

    /// Whether the item at `i` stands in the sentence and belongs to one of `classes`.
    pub(super) fn is(&self, i: usize, classes: Classes) -> bool {
        self.own.get(i.wrapping_sub(self.start)).is_some_and(|item| item.is(classes))
    }

    /// The first item of the verb group that ends with the verb at `verb`: "has since said".
    pub(super) fn verb_group(&self, verb: usize) -> usize {
        let mut first = verb;
        loop {
            match self.before(first) {
                Some(Tag::Auxiliary | Tag::Adverb | Tag::Negation) => first -= 1,
                // "has long said"
                Some(Tag::Noun) if self.before(first - 1) == Some(Tag::Auxiliary) && self.is(first - 2, HELPING) => {
                    first -= 1;
                }
                // "has since said"
                Some(Tag::Preposition)
                    if self.is(first - 1, Classes::ADVERB)
                        && self.before(first - 1) == Some(Tag::Auxiliary)
                        && self.is(first - 2, Classes::HAVE) =>
                {
                    first -= 1;
                }
                _ => return first,
            }
        }
    }

    /// The subject of the verb at `verb`, standing before it.
    pub(super) fn subject_before(&self, verb: usize) -> Option<Phrase> {
        self.subject_of(self.verb_group(verb)..verb)
    }

    /// The subject of a verb whose group begins with the first item of `group`, before it; the verb
    /// stands behind the last.
    pub(super) fn subject_of(&self, group: Range<usize>) -> Option<Phrase> {
        let Range { start: mut at, end: verb } = group;
        while self.before(at) == Some(Tag::Time) && at + 4 > verb {
            at = self.without_time(at - 1);
        }
        match self.before(at)? {
            Tag::Relative | Tag::That => Some(Phrase::new(self.with_quantity(at - 1)..at, at - 1)),
            Tag::Comma | Tag::Dash => self.subject_before_aside(at - 1),
            Tag::Quote if self.items[at - 1].is_closed() && self.is_name_of_work(at - 1) => {
                self.subject_before_aside(at - 1)
            }
            Tag::Conjunction | Tag::Quote => None,
            _ => self.adjacent_subject(at).or_else(|| self.before_contact_clause(at)),
        }
    }

    /// "many of whom": where the phrase of the relative pronoun at `relative` begins.
    fn with_quantity(&self, relative: usize) -> usize {
        let of = self.before(relative) == Some(Tag::Preposition) && self.is(relative - 1, Classes::OF);
        let quantity = of && matches!(self.before(relative - 1), Some(Tag::Determiner | Tag::Number | Tag::Noun));
        if quantity { relative - 2 } else { relative }
    }

    /// "all the pilots I met said", "a poll taken on Friday shows": the phrase before a clause that
    /// lacks its "whom", or before a participle.
    fn before_contact_clause(&self, at: usize) -> Option<Phrase> {
        let verb = at.checked_sub(1).filter(|&i| matches!(self.tag(i), Some(Tag::Past | Tag::Verb | Tag::Cue)))?;
        let group = self.verb_group(verb);
        let pronoun = group.checked_sub(1).filter(|&i| self.tag(i) == Some(Tag::Pronoun));
        let reduced = group == verb && self.is_participle(verb);
        let end = pronoun.or(reduced.then_some(verb))?;
        let phrase = self.phrase_before(end)?;
        matches!(self.items[phrase.head].tag, Tag::Noun | Tag::Name | Tag::Pronoun)
            .then(|| Phrase { items: phrase.items.start..at, ..phrase })
    }

    /// Whether the item at `i` can be nothing but a subject: he, they.
    fn is_nominative(&self, i: usize) -> bool {
        let person = Classes::PRONOUN_HE.and(Classes::PRONOUN_SHE).and(Classes::PRONOUN_THEY);
        self.tag(i) == Some(Tag::Pronoun) && self.is(i, Classes::SUBJECT) && self.is(i, person)
    }

    /// Whether the quote at `quote` stands behind "titled" or "a song".
    pub(super) fn is_name_of_work(&self, quote: usize) -> bool {
        let before = if self.before(quote) == Some(Tag::Comma) { quote - 1 } else { quote };
        before > self.start && self.is(before - 1, Classes::NAMING.and(Classes::WORK))
    }

    /// Left of "on Monday", "last week": where the time phrase that ends before `at` begins.
    fn without_time(&self, at: usize) -> usize {
        let mut first = at;
        while let Some(Tag::Time | Tag::Number | Tag::Adverb) = self.before(first) {
            first -= 1;
        }
        if let Some(Tag::Preposition | Tag::Determiner) = self.before(first) {
            first -= 1;
        }
        first
    }

    /// The subject whose last word stands right before `at`.
    fn adjacent_subject(&self, at: usize) -> Option<Phrase> {
        let mut phrase = self.phrase_before(at)?;
        if self.is_nominative(phrase.head) {
            return Some(phrase);
        }
        for _ in 0..4 {
            let start = phrase.items.start;
            match self.before(start) {
                Some(Tag::Preposition) if self.is_approximate(start - 1) => {
                    return Some(Phrase { items: start - 1..phrase.items.end, ..phrase });
                }
                Some(Tag::Preposition) if self.is(start - 1, Classes::SUBORDINATOR) => break,
                // "restructuring experts"
                Some(Tag::Ing) if self.opens(start - 1) => {
                    return Some(Phrase { items: start - 1..phrase.items.end, ..phrase });
                }
                Some(Tag::Preposition | Tag::Past | Tag::Ing | Tag::Verb | Tag::Auxiliary | Tag::Object) => {
                    if let Some(antecedent) = self.antecedent_before(start) {
                        return Some(Phrase { items: antecedent.items.start..phrase.items.end, ..antecedent });
                    }
                    match self.before_participle(start) {
                        Some(earlier) => phrase = Phrase { items: earlier.items.start..phrase.items.end, ..earlier },
                        None if self.before(start) == Some(Tag::Preposition) => return self.trailing_name(phrase),
                        None => break,
                    }
                }
                // "a fan who had come in a kilt and one boot"
                Some(Tag::Conjunction) if self.tag(phrase.head) == Some(Tag::Noun) => {
                    let antecedent = self.antecedent_before(start - 1);
                    return Some(antecedent.map_or_else(
                        || self.with_partner(phrase.clone()),
                        |a| Phrase { items: a.items.start..phrase.items.end, ..a },
                    ));
                }
                Some(Tag::Conjunction) => return Some(self.with_partner(phrase)),
                _ => break,
            }
        }
        Some(phrase)
    }

    /// "about nine percent", "more than six in ten": a preposition that opens a quantity.
    fn is_approximate(&self, i: usize) -> bool {
        let quantity = !matches!(self.tag(i + 1), Some(Tag::Name | Tag::Time)) && !self.is(i + 1, Classes::ARTICLE);
        quantity && self.opens(i) && self.is(i, Classes::APPROXIMATE)
    }

    /// Whether a clause begins at `i`, going by what stands before it.
    fn opens(&self, i: usize) -> bool {
        matches!(self.before(i), None | Some(Tag::Comma | Tag::Conjunction | Tag::That | Tag::Subordinator))
    }

    /// "In a radio interview Roth said": the name at the end of what begins with a preposition.
    fn trailing_name(&self, phrase: Phrase) -> Option<Phrase> {
        let name = |i: &usize| matches!(self.items[*i].tag, Tag::Name | Tag::Glue | Tag::Aside);
        let start = phrase.items.clone().rev().take_while(name).last()?;
        let parted =
            start > phrase.items.start && matches!(self.before(start), Some(Tag::Noun | Tag::Time | Tag::Number));
        parted.then(|| Phrase::new(start..phrase.items.end, phrase.items.end - 1))
    }

    /// "the man who led the search": the phrase before "who", when a verb follows it.
    fn antecedent_before(&self, at: usize) -> Option<Phrase> {
        let mut verb = false;
        let mut i = at;
        while i > self.start && at - i < REACH {
            i -= 1;
            match self.items[i].tag {
                Tag::Comma | Tag::Semicolon | Tag::Colon | Tag::Dash | Tag::Quote | Tag::Stop => return None,
                Tag::Relative | Tag::That if verb => return self.phrase_before(i),
                Tag::Relative | Tag::That => return None,
                Tag::Verb | Tag::Auxiliary | Tag::Past | Tag::Cue => verb = true,
                Tag::Noun if self.before(i) == Some(Tag::Relative) => verb = true,
                _ => {}
            }
        }
        None
    }

    /// "officials familiar with", "voters worried about": the phrase before the participle.
    fn before_participle(&self, at: usize) -> Option<Phrase> {
        let mut i = at;
        if self.before(i) == Some(Tag::Preposition) {
            i -= 1;
        }
        let participle = i;
        while let Some(Tag::Adverb) = self.before(i) {
            i -= 1;
        }
        if i.checked_sub(1).is_some_and(|k| self.is_participle(k)) {
            i -= 1;
        } else if participle == at {
            return None;
        }
        let phrase = self.phrase_before(i)?;
        (!matches!(self.items[phrase.head].tag, Tag::Pronoun | Tag::Time)).then_some(phrase)
    }

    /// Whether a form that may be a participle stands at `i`.
    pub(super) fn is_participle(&self, i: usize) -> bool {
        match self.tag(i) {
            Some(Tag::Past | Tag::Ing) => true,
            Some(Tag::Cue) => matches!(self.items[i].form, Some(Form::Past | Form::Participle | Form::Ing)),
            _ => false,
        }
    }

    /// "X and Y": the first of the two, when it opens the clause.
    fn with_partner(&self, phrase: Phrase) -> Phrase {
        let conjunction = phrase.items.start - 1;
        let Some(first) = self.phrase_before(conjunction) else { return phrase };
        let opens = matches!(
            self.before(first.items.start),
            None | Some(
                Tag::Comma | Tag::That | Tag::Subordinator | Tag::Quote | Tag::Semicolon | Tag::Dash | Tag::Colon
            )
        );
        if opens && self.items[conjunction].is(Classes::CONJUNCTION) {
            return Phrase { items: first.items.start..phrase.items.end, head: phrase.head };
        }
        phrase
    }

    /// "Roth, a retired pilot who led the search, said": the subject before what the comma or
    /// dash at `comma` closes.
    fn subject_before_aside(&self, comma: usize) -> Option<Phrase> {
        let start = self.clause_start(comma);
        let mut found: Option<Phrase> = None;
        let mut second = None;
        let mut asides = 0;
        let mut at = start;
        while at < comma {
            let end = (at..comma).find(|&i| matches!(self.items[i].tag, Tag::Comma | Tag::Dash)).unwrap_or(comma);
            match self.opening_phrase(at, end) {
                // A clause of its own: what came before it is no subject of ours.
                ref phrase if self.is_clause(at, end) || phrase.as_ref().is_some_and(|p| self.runs_on(p, end)) => {
                    found = None;
                }
                Some(phrase) if found.is_none() => found = Some(phrase),
                phrase => second = second.or(phrase),
            }
            asides += 1;
            at = end + 1;
        }
        if asides > 2 && self.is_split(comma + 1) { second.or(found) } else { found }
    }

    /// "The dam, its builder, Ana Roth, told the court, was sound": whether the verb of what is said
    /// stands behind the reporting clause whose verb is near `at`.
    fn is_split(&self, at: usize) -> bool {
        let comma = (at..self.end.min(at + REPORT)).find(|&i| self.items[i].tag == Tag::Comma);
        comma.is_some_and(|i| matches!(self.tag(i + 1), Some(Tag::Auxiliary | Tag::Verb)))
    }

    /// Where the clause that holds the item at `at` begins, commas included.
    fn clause_start(&self, at: usize) -> usize {
        let low = self.start.max(at.saturating_sub(REACH));
        for i in (low..at).rev() {
            match self.items[i].tag {
                Tag::Semicolon | Tag::Colon | Tag::Stop => return i + 1,
                Tag::Subordinator if !self.in_aside(low, i) => return i + 1,
                Tag::That | Tag::Relative
                    if matches!(self.tag(i + 1), Some(Tag::Name | Tag::Determiner)) && !self.in_open_aside(low, i) =>
                {
                    return i + 1;
                }
                Tag::Quote if !self.is_tight(i) && self.before(i) != Some(Tag::Preposition) => return i + 1,
                Tag::That if matches!(self.before(i), Some(Tag::Cue)) && !self.in_open_aside(low, i) => return i + 1,
                Tag::Conjunction
                    if matches!(self.before(i), Some(Tag::Comma | Tag::Dash)) && !self.in_aside(low, i) =>
                {
                    return i + 1;
                }
                _ => {}
            }
        }
        low
    }

    /// Whether ", who" between `low` and `i` makes what stands at `i` part of an aside.
    fn in_aside(&self, low: usize, i: usize) -> bool {
        // ", who", ", asked on the quay"
        (low..i).any(|k| {
            let participle = matches!(self.items[k].form, Some(Form::Past | Form::Participle | Form::Ing));
            let opens = matches!(self.items[k].tag, Tag::Relative | Tag::Past | Tag::Ing) || participle;
            opens && self.before(k) == Some(Tag::Comma)
        })
    }

    /// The same, with no comma since: ", who asked that his name".
    fn in_open_aside(&self, low: usize, i: usize) -> bool {
        let comma = (low..i).rev().find(|&k| self.items[k].tag == Tag::Comma);
        comma.is_some_and(|k| self.tag(k + 1) == Some(Tag::Relative) && k + 1 < i)
    }

    /// Whether the quote at `i` is part of the phrase around it and no statement.
    fn is_tight(&self, i: usize) -> bool {
        !self.items[i].is_closed()
            && !matches!(self.before(i), Some(Tag::Comma | Tag::Colon) | None)
            && self.items[i].end() - self.items[i].first() <= 8
    }

    /// The noun phrase that opens the stretch between two commas: not an "on Monday".
    fn opening_phrase(&self, start: usize, end: usize) -> Option<Phrase> {
        let mut at = start;
        while let Some(Tag::Conjunction | Tag::Adverb) = self.tag(at).filter(|_| at < end) {
            at += 1;
        }
        let phrase = self.phrase_after(at).filter(|p| p.items.start < end)?;
        (!matches!(self.items[phrase.head].tag, Tag::Time)).then_some(phrase)
    }

    /// "Whales of one clan often share habits": whether what follows a phrase before `end` can only be
    /// the rest of its clause.
    fn runs_on(&self, phrase: &Phrase, end: usize) -> bool {
        let next = phrase.items.end;
        next < end && matches!(self.tag(next), Some(Tag::Adverb)) && matches!(self.tag(next + 1), Some(Tag::Noun))
    }

    /// Whether the stretch has a subject and a finite verb of its own.
    fn is_clause(&self, start: usize, end: usize) -> bool {
        let mut subject = false;
        for i in start..end {
            match self.items[i].tag {
                Tag::Relative | Tag::Subordinator | Tag::Preposition if !subject => return false,
                Tag::Relative | Tag::Subordinator | Tag::That => return false,
                Tag::Pronoun | Tag::Noun | Tag::Name => subject = true,
                Tag::Auxiliary | Tag::Verb if subject => return true,
                Tag::Cue | Tag::Past if subject && matches!(self.before(i), Some(Tag::Pronoun | Tag::Name)) => {
                    return true;
                }
                _ => {}
            }
        }
        false
    }

    /// The noun phrase that ends right before `end`, with the prepositional phrases it is in.
    pub(super) fn phrase_before(&self, end: usize) -> Option<Phrase> {
        let mut phrase = self.core_before(end)?;
        for _ in 0..6 {
            let start = phrase.items.start;
            let linked = self.before(start) == Some(Tag::Preposition) && !self.is(start - 1, Classes::SUBORDINATOR);
            let Some(earlier) = linked.then(|| self.core_before(start - 1)).flatten() else { break };
            if matches!(self.items[earlier.head].tag, Tag::Pronoun | Tag::Time | Tag::Determiner)
                && !self.is(start - 1, Classes::OF)
            {
                break;
            }
            phrase = Phrase { items: earlier.items.start..phrase.items.end, head: earlier.head };
        }
        Some(phrase)
    }

    /// One noun phrase without prepositions that ends right before `end`.
    pub(super) fn core_before(&self, end: usize) -> Option<Phrase> {
        let mut last = end;
        while let Some(Tag::Aside | Tag::Glue) = self.before(last) {
            last -= 1;
        }
        // "the institute itself"
        if last > self.start + 1
            && self.is(last - 1, Classes::REFLEXIVE)
            && matches!(self.before(last - 1), Some(Tag::Noun | Tag::Name))
        {
            last -= 1;
        }
        let mut head = last.checked_sub(1)?;
        // "a source close" to the mayor
        if self.is(head, Classes::TELLING_WHICH) && self.before(head) == Some(Tag::Noun) {
            head -= 1;
        }
        match self.tag(head)? {
            _ if self.items[head].is(Classes::SOURCE_PHRASE) => return None,
            Tag::Determiner if self.items[head].is(Classes::ARTICLE) => return None,
            Tag::Pronoun => return Some(Phrase::new(head..end, head)),
            Tag::Determiner | Tag::Name | Tag::Noun | Tag::Number | Tag::Ing | Tag::Object => {}
            Tag::Time if self.before(head) == Some(Tag::Possessive) => {}
            Tag::Cue | Tag::Verb | Tag::Past | Tag::Adverb if self.is_noun_here(head) => {}
            _ => return None,
        }
        // "the younger one"
        if self.tag(head) == Some(Tag::Determiner)
            && self.before(head) == Some(Tag::Noun)
            && head > self.start + 1
            && self.is(head - 2, Classes::ARTICLE)
        {
            return Some(Phrase::new(head - 2..end, head));
        }
        let mut first = head;
        while first > self.start && head - first < 24 && self.goes_on_left(first) {
            first -= 1;
            if self.items[first].tag == Tag::Determiner && !matches!(self.before(first), Some(Tag::Determiner)) {
                break;
            }
        }
        Some(Phrase::new(first..end, head))
    }

    /// Whether the word before `first` belongs to the same noun phrase.
    fn goes_on_left(&self, first: usize) -> bool {
        match self.before(first) {
            Some(Tag::Noun | Tag::Name | Tag::Number | Tag::Possessive | Tag::Glue | Tag::Aside) => {
                self.items[first].tag != Tag::Determiner
            }
            Some(Tag::Determiner) => true,
            Some(Tag::Past | Tag::Ing | Tag::Adverb | Tag::Cue | Tag::Verb) => {
                self.items[first].tag != Tag::Determiner && self.is_noun_here(first - 1)
            }
            Some(Tag::Quote) => self.is_tight(first - 1),
            Some(Tag::Time) => self.tag(first) == Some(Tag::Possessive),
            // "former president and chairman of" is left to the coordination.
            _ => false,
        }
    }

    /// Whether a word that looks like a verb or an adverb is part of a noun phrase: the retired
    /// pilot, the report, a highly paid clerk.
    pub(super) fn is_noun_here(&self, i: usize) -> bool {
        let next_noun = matches!(self.tag(i + 1), Some(Tag::Noun | Tag::Name));
        let bare = !matches!(self.items[i].form, Some(Form::Past | Form::Participle | Form::Ing));
        // "one said", "the other said"
        if self.before(i) == Some(Tag::Determiner) && self.is(i - 1, Classes::SUBJECT) && !bare && !next_noun {
            return false;
        }
        match self.before(i) {
            Some(Tag::Determiner | Tag::Number) if self.follows_alone(i) => false,
            Some(Tag::Determiner | Tag::Possessive | Tag::Number | Tag::Glue) => true,
            Some(Tag::Preposition) if self.is(i - 1, Classes::OF) => {
                if self.tag(i) == Some(Tag::Cue) {
                    bare
                } else {
                    next_noun
                }
            }
            // ", press secretary Ana Roth"
            None | Some(Tag::Comma | Tag::Preposition) if self.opens_compound(i) => true,
            // "a press release"
            Some(Tag::Cue) if self.items[i].form == Some(Form::Base) && self.items[i].is(Classes::CUE_NOUN) => {
                let singular = self.items[i - 1].form == Some(Form::Base);
                singular && self.before(i - 1) != Some(Tag::Cue) && self.is_noun_here(i - 1)
            }
            // "press secretary", "a ministry report found"
            Some(Tag::Noun | Tag::Name) if bare && self.items[i].is(Classes::CUE_NOUN) => {
                let goes_on = matches!(self.tag(i + 1), Some(Tag::Cue | Tag::Verb | Tag::Auxiliary | Tag::Preposition));
                let third = self.items[i].form == Some(Form::Third);
                // "to an incident report, which"
                let one = i >= 2
                    && matches!(self.before(i - 1), Some(Tag::Determiner))
                    && matches!(self.before(i - 2), Some(Tag::Preposition))
                    && !self.items[i - 1].plural;
                let base = self.items[i].form == Some(Form::Base);
                let ends = matches!(self.tag(i + 1), None | Some(Tag::Comma | Tag::Stop | Tag::Relative));
                !third && (goes_on || next_noun && !self.items[i - 1].plural || one && base && ends)
            }
            // "which critics say", "and supporters found"
            _ if self.items[i].form == Some(Form::Third)
                && self.items[i].is(Classes::CUE_NOUN)
                && matches!(self.tag(i + 1), Some(Tag::Cue | Tag::Verb | Tag::Auxiliary))
                && !matches!(self.before(i), Some(Tag::Noun | Tag::Name | Tag::Pronoun)) =>
            {
                true
            }
            Some(Tag::Adverb | Tag::Past | Tag::Ing | Tag::Noun) => {
                matches!(self.before(i - 1), Some(Tag::Determiner | Tag::Possessive))
                    && (next_noun || self.tag(i) != Some(Tag::Cue))
                    && self.before(i) != Some(Tag::Noun)
            }
            _ => false,
        }
    }

    /// Whether a word that may be a verb stands before a noun where no verb can: ", press secretary Ana Roth".
    fn opens_compound(&self, i: usize) -> bool {
        let open = match self.before(i) {
            // "according to state records", but "to press Roth"
            Some(Tag::Preposition) => i > self.start + 1 && self.is(i - 2, Classes::SOURCE_PHRASE),
            _ => true,
        };
        let noun = matches!(self.tag(i + 1), Some(Tag::Noun | Tag::Name))
            || self.tag(i + 1) == Some(Tag::Cue) && self.is(i + 1, Classes::CUE_NOUN);
        open && noun && self.items[i].form == Some(Form::Base) && self.items[i].is(Classes::CUE_NOUN)
    }

    /// "some say", "two in three said", "this shows that": whether the cue at `i` goes with a
    /// determiner or number that stands for somebody.
    fn follows_alone(&self, i: usize) -> bool {
        let before = &self.items[i - 1];
        let alone = before.tag == Tag::Number || before.is(Classes::SUBJECT | Classes::PLURAL);
        let clause = matches!(self.tag(i + 1), Some(Tag::That | Tag::Determiner | Tag::Pronoun));
        let agrees = match self.items[i].form {
            Some(Form::Past) => !matches!(self.tag(i + 1), Some(Tag::Noun)),
            Some(Form::Base) => before.plural && (clause || !self.items[i].is(Classes::CUE_NOUN)),
            Some(Form::Third) => !before.plural && clause,
            _ => false,
        };
        alone && agrees
    }

    /// The noun phrase that begins at `start`, with "of" and "for" phrases.
    pub(super) fn phrase_after(&self, start: usize) -> Option<Phrase> {
        let core = self.core_after(start)?;
        let mut end = core.items.end;
        // "two people familiar with the talks", "a person close to the mayor"
        if let Some(which) = self.telling_which(end) {
            end = which;
        }
        for _ in 0..4 {
            let of = self.is(end, Classes::OF) && self.tag(end) == Some(Tag::Preposition);
            // "one of them"
            if of && self.tag(end + 1) == Some(Tag::Object) {
                end += 2;
                break;
            }
            // "a man in waders", but "Roth in Riga"
            let noun = matches!(self.tag(core.head), Some(Tag::Noun | Tag::Cue | Tag::Verb));
            let common = noun
                && (self.items[core.head].plural
                    || self.is(start, Classes::ARTICLE)
                    || matches!(self.tag(start), Some(Tag::Determiner | Tag::Number)));
            // "an aide to the mayor", "a man at the back"
            let beside = self.is(end, Classes::LOCATIVE) && self.is(end + 1, Classes::ARTICLE);
            let place = common
                && end == core.items.end
                && (self.is(end, Classes::WITHIN) || beside && self.tag(end) == Some(Tag::Preposition))
                && self.tag(end + 1) != Some(Tag::Time);
            let Some(more) = (of || place).then(|| self.core_after(end + 1)).flatten() else { break };
            end = more.items.end;
        }
        Some(Phrase { items: start..end, head: core.head })
    }

    /// Behind "people" at `at`: "familiar with the talks".
    fn telling_which(&self, at: usize) -> Option<usize> {
        let known = self.is(at, Classes::TELLING_WHICH) && self.tag(at + 1) == Some(Tag::Preposition);
        known.then(|| self.core_after(at + 2)).flatten().map(|which| which.items.end)
    }

    /// One noun phrase without prepositions that begins at `start`.
    pub(super) fn core_after(&self, start: usize) -> Option<Phrase> {
        let mut end = start;
        let mut head = None;
        while end < self.end && end - start < 24 {
            match self.items[end].tag {
                _ if head.is_some() && self.telling_which(end).is_some() => break,
                Tag::Pronoun if end == start => return Some(Phrase::new(start..end + 1, start)),
                Tag::Determiner if head.is_none() => {}
                // "the others"
                Tag::Pronoun if head.is_none() && self.is(end - 1, Classes::ARTICLE) => head = Some(end),
                Tag::Name | Tag::Noun => head = Some(end),
                Tag::Glue if self.is(end, Classes::NONE) || end > start => {}
                Tag::Number | Tag::Glue | Tag::Aside if end > start || self.items[end].tag == Tag::Number => {}
                Tag::Possessive if head.is_some() => head = None,
                Tag::Ing
                    if head.is_none() && end > start && !matches!(self.tag(end + 1), Some(Tag::Noun | Tag::Name)) =>
                {
                    head = Some(end);
                }
                Tag::Past | Tag::Ing | Tag::Adverb if head.is_none() && end > start => {}
                // "said retired postman Ines Roth"
                Tag::Past
                    if end == start && self.is(end, Classes::ROLE_MODIFIER) && self.is(end + 1, Classes::ROLE) => {}
                Tag::Cue | Tag::Verb if self.is_noun_here(end) => head = Some(end),
                Tag::Time if head.is_none() && end > start => head = Some(end),
                Tag::Quote if head.is_some() && self.is_tight(end) && self.tag(end + 1) == Some(Tag::Name) => {}
                _ => break,
            }
            end += 1;
        }
        match head {
            Some(head) => Some(Phrase::new(start..end, head)),
            // "some", "both", "17" alone
            None if end > start
                && matches!(self.items[end - 1].tag, Tag::Determiner | Tag::Number)
                && !self.is(end - 1, Classes::ARTICLE) =>
            {
                Some(Phrase::new(start..end, end - 1))
            }
            // "from the back", "told the accused"
            None if end > start + 1
                && matches!(self.items[end - 1].tag, Tag::Adverb | Tag::Past)
                && self.is(end - 2, Classes::ARTICLE) =>
            {
                Some(Phrase::new(start..end, end - 1))
            }
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::quotes::tests::assert_reported;

    #[test]
    fn subjects_may_be_quantities_and_may_hold_clauses() {
        assert_reported(&[
            ("About nine percent said they were tired.", &["About nine percent | said | they were tired"]),
            ("All the pilots I met said the sea was rough.", &["All the pilots I met | said | the sea was rough"]),
            ("She spoke to pilots, many of whom say the sea is rough.", &["many of whom | say | the sea is rough"]),
        ]);
    }
}
