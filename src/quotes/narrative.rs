//! What the reporter writes around the quotes: words with their part in the clause, each quote
//! one item among them, cut into sentences that do not end inside a quote.

use std::ops::Range;

use super::marks::Marked;
use crate::names::{NameKind, Names};
use crate::reading::{Block, BlockKind, Reading};
use crate::tables::{Form, Tables};
use crate::text::{Classes, Shape, Token};

/// What an item is in its clause, as far as a closed list of words and its shape tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tag {
    /// the, some, his
    Determiner,
    /// he, nobody
    Pronoun,
    /// him, them
    Object,
    /// who, which
    Relative,
    /// that
    That,
    /// of, in
    Preposition,
    /// and, but
    Conjunction,
    /// because, when
    Subordinator,
    /// is, will
    Auxiliary,
    /// not
    Negation,
    /// A form of a verb of saying.
    Cue,
    /// A common verb that is no cue.
    Verb,
    /// -ed: past or participle
    Past,
    /// -ing
    Ing,
    /// also, quickly
    Adverb,
    /// Monday, week
    Time,
    /// Any other word in small letters.
    Noun,
    /// A name, or a capitalised word.
    Name,
    /// 17
    Number,
    /// 's
    Possessive,
    /// ,
    Comma,
    /// — with space around it
    Dash,
    /// :
    Colon,
    /// ;
    Semicolon,
    /// . ? !
    Stop,
    /// Words in brackets.
    Aside,
    /// Words in quotation marks.
    Quote,
    /// A stop after Mr or J, a hyphen, a stroke: holds a name together.
    Glue,
    /// Any other mark.
    Other,
}

/// A word, a name, an aside or a quote.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// Its part in the clause.
    pub(super) tag: Tag,
    /// Its first token.
    pub(super) first: usize,
    /// The token after its last.
    pub(super) end: usize,
    /// The classes of its first token.
    pub(super) classes: Classes,
    /// For a quote: its index among the marked ones. For a name of [`Names`]: its index there.
    pub(super) index: Option<u32>,
    /// For a quote: whether a comma, a full stop or the like stands at its end, as where a
    /// statement is set off from the words around it.
    pub(super) closed: bool,
    /// For a cue: which form of a verb it is.
    pub(super) form: Option<Form>,
    /// Whether it ends like a plural.
    pub(super) plural: bool,
    /// For a name behind a preposition: whether it is that of a body or a place, and nobody's.
    pub(super) thing: bool,
}

impl Item {
    /// Whether the tables put its first word into at least one of `classes`.
    pub(super) fn is(&self, classes: Classes) -> bool {
        self.classes.any(classes)
    }
}

/// A sentence of the narrative: items, and the block they stand in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Sentence {
    /// Its items.
    pub(super) items: Range<usize>,
    /// Index of the block in [`Reading::blocks`].
    pub(super) block: usize,
    /// Whether it holds a quote.
    pub(super) has_quote: bool,
    /// Whether it holds a word that a cue begins with.
    pub(super) has_cue: bool,
}

/// Words that cues which are no verbs begin with.
const CUE_WORDS: Classes = Classes::CUE_NOUN.and(Classes::SOURCE_PHRASE);

/// The whole text as items and sentences.
#[derive(Debug)]
pub(super) struct Narrative {
    /// All items, in order.
    pub(super) items: Vec<Item>,
    /// All sentences, in order.
    pub(super) sentences: Vec<Sentence>,
}

/// Everything that is needed to tell what a token is.
struct Desk<'a> {
    reading: &'a Reading<'a>,
    names: &'a Names,
    tables: &'a Tables,
    marked: &'a [Marked],
    // The text is read once from left to right: the first name and the first pair of marks that do
    // not begin before the token that is read.
    next_name: usize,
    next_marked: usize,
    // Where that name begins.
    next_start: usize,
}

/// Reads the prose into items and sentences.
pub(super) fn read(reading: &Reading, names: &Names, tables: &Tables, marked: &[Marked]) -> Narrative {
    let mut desk = Desk { reading, names, tables, marked, next_name: 0, next_marked: 0, next_start: 0 };
    let (items, sentences) = (Vec::with_capacity(reading.tokens.len()), Vec::with_capacity(3 * reading.blocks.len()));
    let mut narrative = Narrative { items, sentences };
    for (index, block) in reading.blocks.iter().enumerate().filter(|(_, b)| b.is_prose()) {
        read_block(&mut desk, index, block, &mut narrative);
    }
    narrative
}

fn read_block(desk: &mut Desk, index: usize, block: &Block, narrative: &mut Narrative) {
    let mut ends = block.sentences.iter().map(|s| s.end);
    let mut next_end = ends.next().unwrap_or(usize::MAX);
    let mut met = Met::default();
    let mut first = narrative.items.len();
    let mut at = block.words.start;
    let titled = is_titled(desk, block);
    while at < block.words.end && !(narrative.items.len() == first && desk.reading.stop.by_now()) {
        let item = item_at(desk, block, at, titled || first == narrative.items.len());
        at = item.end.max(at + 1);
        met.note(&item);
        let is_quote = item.tag == Tag::Quote;
        narrative.items.push(item);
        let mut ends_here = false;
        while next_end <= at {
            ends_here = next_end == at;
            next_end = ends.next().unwrap_or(usize::MAX);
        }
        let too_long = narrative.items.len() - first >= LONGEST;
        if too_long || ends_here && !(is_quote && goes_on_as_report(desk, at, block.words.end)) {
            let items = first..narrative.items.len();
            narrative.sentences.push(std::mem::take(&mut met).sentence(items, index));
            first = narrative.items.len();
        }
    }
    if first < narrative.items.len() {
        narrative.sentences.push(met.sentence(first..narrative.items.len(), index));
    }
}

/// The tags and classes met in a sentence so far.
#[derive(Default)]
struct Met {
    tags: u32,
    classes: Classes,
}

impl Met {
    fn note(&mut self, item: &Item) {
        self.tags |= 1 << item.tag as u32;
        self.classes |= item.classes;
    }

    fn sentence(self, items: Range<usize>, block: usize) -> Sentence {
        let has = |tag: Tag| self.tags & 1 << tag as u32 != 0;
        let has_cue = has(Tag::Cue) || self.classes.any(CUE_WORDS);
        Sentence { items, block, has_quote: has(Tag::Quote), has_cue }
    }
}

/// Whether a quote that ends in a full stop, question or exclamation mark is followed by its
/// reporting clause in the same sentence: "Is it over?" Roth asked.
fn goes_on_as_report(desk: &Desk, at: usize, end: usize) -> bool {
    let tokens = desk.reading.tokens.get(at..end.min(at + REPORT)).unwrap_or_default();
    let cue = tokens.iter().position(|t| {
        t.is(Classes::CUE) && t.shape == Shape::Lower && desk.tables.cues.verbs(t.word).any(|v| v.form != Form::Ing)
    });
    let Some(cue) = cue else { return false };
    let subject = tokens[..cue].iter().all(|t| t.shape != Shape::Mark || t.is_mark('-') || t.is_mark('.') && !t.spaced)
        && !tokens[..cue]
            .iter()
            .any(|t| t.is(Classes::AUXILIARY | Classes::RELATIVE | Classes::VERB | Classes::SUBORDINATOR));
    let subject = subject && (cue == 0 || !tokens[0].is(Classes::PREPOSITION));
    let rest = tokens.get(cue + 1);
    let finished = rest.is_none_or(|t| {
        t.shape == Shape::Mark && !t.is_mark('-')
            || t.is(Classes::PREPOSITION | Classes::WEEKDAY | Classes::TIME | Classes::CONJUNCTION | Classes::ADVERB)
                && !t.is(Classes::RELATIVE)
            || t.word == tokens[cue].word
    });
    let inverted = cue == 0 && rest.is_some_and(|t| t.is_capitalised() || t.is(Classes::DETERMINER | Classes::SUBJECT));
    subject && (finished || inverted || tells_somebody(desk, &tokens[cue..]))
}

/// How many items a sentence has at most: what never ends is cut, so that the work on a sentence
/// stays bounded.
const LONGEST: usize = 300;

/// How many tokens of a reporting clause are looked at.
const REPORT: usize = 14;

/// told reporters, asked the crew: the person spoken to, and then nothing but time and place.
fn tells_somebody(desk: &Desk, tokens: &[Token]) -> bool {
    let Some(cue) = tokens.first() else { return false };
    let takes = desk.tables.cues.verbs(cue.word).any(|v| v.takes.any(crate::tables::Takes::PERSON));
    let clause = |t: &Token| t.is(Classes::AUXILIARY | Classes::RELATIVE | Classes::VERB | Classes::SUBORDINATOR);
    takes && !tokens.iter().skip(1).take_while(|t| !t.is_mark('.') && !t.is_mark(',')).any(clause)
}

/// Whether a headline capitalises nearly every word, so that capitals tell nothing.
fn is_titled(desk: &Desk, block: &Block) -> bool {
    if block.kind == BlockKind::Paragraph {
        return false;
    }
    let words = || {
        desk.reading.tokens[block.words.clone()].iter().filter(|t| t.end() - t.start() > 3 && t.shape != Shape::Mark)
    };
    words().filter(|t| t.is_capitalised()).count() * 4 >= words().count() * 3
}

fn item_at(desk: &mut Desk, block: &Block, at: usize, starts: bool) -> Item {
    let tokens = desk.reading.tokens;
    let token = &tokens[at];
    let (mut end, mut index, mut closed, mut form, mut plural) = (at + 1, None, false, None, false);
    let mut thing = false;
    let tag = if token.shape == Shape::Mark {
        if let Some((i, marked)) = desk.marked_at(at) {
            (end, index, closed) = (marked.end(), Some(i), is_closed(tokens, marked));
            Tag::Quote
        } else if let Some(after) = aside(tokens, at, block.words.end) {
            end = after;
            Tag::Aside
        } else {
            mark(tokens, block, at)
        }
    } else if let Some((i, after)) = desk.name_at(at).filter(|&(_, end)| end <= block.words.end) {
        (end, index, thing) = (after, Some(i), desk.is_thing(i as usize, at));
        Tag::Name
    } else {
        let tag = word(desk, at, starts);
        form = (tag == Tag::Cue).then(|| desk.tables.cues.verbs(token.word).next().map(|v| v.form)).flatten();
        plural = is_plural(desk.reading.text, token);
        tag
    };
    Item { tag, first: at, end, classes: token.classes, index, closed, form, plural, thing }
}

fn is_plural(text: &str, token: &Token) -> bool {
    let word = token.bytes(text);
    word.ends_with(b"s") && !word.ends_with(b"ss") || token.is(Classes::PLURAL)
}

/// Whether a quote is set off from the words around it by a mark at its end.
fn is_closed(tokens: &[Token], marked: &Marked) -> bool {
    let ends = |t: &Token| {
        t.shape == Shape::Mark
            && matches!(t.first, ',' | '.' | '?' | '!' | '…' | '—' | '–' | '-' | ';' | '’' | '\'' | '”')
    };
    let next = tokens.get(marked.end()).filter(|t| t.shape == Shape::Mark);
    marked.goes_on || tokens[marked.words.clone()].last().is_some_and(ends) || next.is_some_and(|t| t.is_mark(','))
}

impl<'a> Desk<'a> {
    /// The outer pair of marks that opens at the token `at`, with its number.
    fn marked_at(&mut self, at: usize) -> Option<(u32, &'a Marked)> {
        while self.marked.get(self.next_marked).is_some_and(|m| m.open < at) {
            self.next_marked += 1;
        }
        let marked = self.marked.get(self.next_marked).filter(|m| m.open == at && !m.nested)?;
        Some((self.next_marked as u32, marked))
    }

    /// The number and the end of the name that begins with the token `at`.
    fn name_at(&mut self, at: usize) -> Option<(u32, usize)> {
        if at < self.next_start {
            return None;
        }
        let ahead = self.names.names.get(self.next_name..)?;
        self.next_name += ahead.iter().take_while(|n| n.words.start < at).count();
        let name = self.names.names.get(self.next_name);
        self.next_start = name.map_or(usize::MAX, |n| n.words.start);
        name.filter(|n| n.words.start == at).map(|n| (self.next_name as u32, n.words.end))
    }

    /// Whether the name behind a preposition is that of a body or a place.
    fn is_thing(&self, name: usize, at: usize) -> bool {
        let tokens = self.reading.tokens;
        let before = |back: usize| at.checked_sub(back).and_then(|i| tokens.get(i));
        let article = before(1).is_some_and(|t| t.is(Classes::ARTICLE));
        let behind = before(1 + usize::from(article)).is_some_and(|t| t.is(Classes::PREPOSITION));
        let Some(name) = self.names.names.get(name).filter(|_| behind) else { return false };
        let place = || self.tables.gazetteer.sight(self.reading.text, &tokens[name.words.clone()]).is_some();
        name.kind == NameKind::Body || name.kind == NameKind::Other && place()
    }
}

/// The end of a short stretch in brackets that begins at `at`.
fn aside(tokens: &[Token], at: usize, end: usize) -> Option<usize> {
    let closing = match tokens[at].first {
        '(' => ')',
        '[' => ']',
        _ => return None,
    };
    let inside = tokens.get(at + 1..end.min(at + 1 + ASIDE))?;
    inside.iter().position(|t| t.is_mark(closing)).map(|i| at + i + 2)
}

/// How many tokens an aside may have.
const ASIDE: usize = 14;

fn mark(tokens: &[Token], block: &Block, at: usize) -> Tag {
    let token = &tokens[at];
    let before = (at > block.words.start).then(|| &tokens[at - 1]);
    let spaced_after = tokens.get(at + 1).is_none_or(|t| t.spaced);
    match token.first {
        ',' => Tag::Comma,
        ':' if !spaced_after && at + 1 < block.words.end && tokens[at + 1].shape == Shape::Number => Tag::Glue,
        ':' => Tag::Colon,
        '@' | '#' => Tag::Glue,
        ';' => Tag::Semicolon,
        '.' if !token.spaced && before.is_some_and(shortened) && at + 1 < block.words.end => Tag::Glue,
        '.' | '?' | '!' | '…' => Tag::Stop,
        '–' | '—' | '―' => Tag::Dash,
        '-' if token.spaced || spaced_after || token.end() - token.start() > 1 => Tag::Dash,
        '-' | '/' | '&' | '\'' | '’' => Tag::Glue,
        _ => Tag::Other,
    }
}

fn shortened(token: &Token) -> bool {
    token.shape == Shape::Initial
        || token.is(Classes::ABBREVIATION | Classes::TITLE_ABBREVIATION) && token.is_capitalised()
}

fn word(desk: &Desk, at: usize, starts: bool) -> Tag {
    let token = &desk.reading.tokens[at];
    if token.shape == Shape::Number {
        return Tag::Number;
    }
    if matches!(token.first, '\'' | '’') {
        let after = at.checked_sub(1).map(|i| &desk.reading.tokens[i]);
        let of_pronoun =
            after.is_some_and(|t| t.is(Classes::SUBJECT | Classes::RELATIVE) && !t.is(Classes::DETERMINER));
        let s = matches!(token.bytes(desk.reading.text), [.., b's' | b'S']);
        return if s && !of_pronoun { Tag::Possessive } else { Tag::Auxiliary };
    }
    closed_class(token)
        .or_else(|| capitalised(token, starts))
        .unwrap_or_else(|| open_class(desk.reading.text, token, is_hyphened(desk.reading.tokens, at)))
}

/// Whether the word is part of another one: the "call" of "call-up", the "state" of "two-state".
fn is_hyphened(tokens: &[Token], at: usize) -> bool {
    let hyphen = |i: usize| tokens.get(i).is_some_and(|t| t.is_mark('-') && !t.spaced && t.end() - t.start() == 1);
    let before = !tokens[at].spaced && at.checked_sub(1).is_some_and(hyphen);
    before || hyphen(at + 1) && tokens.get(at + 2).is_some_and(|t| !t.spaced)
}

/// All that [`closed_class`] tells apart.
const CLOSED: Classes = Classes::RELATIVE
    .and(Classes::POSSESSIVE)
    .and(Classes::DETERMINER)
    .and(Classes::CONJUNCTION)
    .and(Classes::AUXILIARY)
    .and(Classes::NEGATION)
    .and(Classes::PREPOSITION)
    .and(Classes::SUBORDINATOR)
    .and(Classes::SUBJECT)
    .and(Classes::OBJECT_PRONOUN);

/// Words of the closed classes, however they are written.
fn closed_class(token: &Token) -> Option<Tag> {
    let date = token.is(Classes::MONTH | Classes::WEEKDAY) && token.is_capitalised();
    if date {
        return Some(Tag::Time);
    }
    let short = token.shape == Shape::Upper && token.end() - token.start() == 2;
    if short || !token.is(CLOSED) {
        return None;
    }
    // The first class that fits decides.
    Some(match token.classes {
        c if c.any(Classes::RELATIVE) && c.any(Classes::DETERMINER) => Tag::That,
        c if c.any(Classes::RELATIVE) => Tag::Relative,
        c if c.any(Classes::POSSESSIVE | Classes::DETERMINER) => Tag::Determiner,
        c if c.any(Classes::CONJUNCTION) => Tag::Conjunction,
        c if c.any(Classes::AUXILIARY) => Tag::Auxiliary,
        c if c.any(Classes::NEGATION) => Tag::Negation,
        c if c.any(Classes::PREPOSITION) => Tag::Preposition,
        c if c.any(Classes::SUBORDINATOR) => Tag::Subordinator,
        c if c.any(Classes::SUBJECT) => Tag::Pronoun,
        _ => Tag::Object,
    })
}

fn capitalised(token: &Token, starts: bool) -> Option<Tag> {
    let ordinary =
        starts && token.is(Classes::CUE | Classes::VERB | Classes::ADVERB | Classes::TIME | Classes::ORDINARY);
    (token.is_capitalised() && !ordinary).then_some(Tag::Name)
}

fn open_class(text: &str, token: &Token, hyphened: bool) -> Tag {
    if hyphened {
        return Tag::Noun;
    }
    if token.is(Classes::CUE) {
        return Tag::Cue;
    }
    if token.is(Classes::VERB) {
        return Tag::Verb;
    }
    if token.is(Classes::TIME) {
        return Tag::Time;
    }
    let word = token.bytes(text);
    let ending = |end: &[u8]| word.len() > end.len() + 2 && word.ends_with(end);
    if token.is(Classes::ADVERB) || ending(b"ly") && !token.is(Classes::NOT_ADVERB) {
        Tag::Adverb
    } else if word.len() > 3 && word.ends_with(b"ed") && !word.ends_with(b"eed") && !token.is(Classes::NOT_PAST) {
        Tag::Past
    } else if ending(b"ing") && !token.is(Classes::CUE_NOUN) {
        Tag::Ing
    } else {
        Tag::Noun
    }
}
