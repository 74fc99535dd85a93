//! What the reporter writes around the quotes: words with their part in the clause, each quote
//! one item among them, cut into sentences that do not end inside a quote.

use std::ops::Range;

use super::dashes;
use super::labels;
use super::marks::{self, Marked, Pairs};
use crate::names::Names;
use crate::reading::{Block, BlockKind, Reading};
use crate::tables::{Form, Small, Tables};
use crate::text::{Classes, Plain, Shape, Tag, Token};

/// A word, a name, an aside or a quote. Half a line of the cache: a sentence is walked often.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// The classes of its first token.
    classes: Classes,
    first: u32,
    end: u32,
    // For a quote, a name of [`Names`], a cue: its number among the marked ones, there, in the table.
    number: u32,
    /// Its part in the clause.
    pub(super) tag: Tag,
    /// For a cue: which form of a verb it is.
    pub(super) form: Option<Form>,
    /// Whether it ends like a plural.
    pub(super) plural: bool,
    // Of a quote, that it is closed.
    closed: bool,
}

/// The number of what has none.
const NO_NUMBER: u32 = u32::MAX;

impl Item {
    /// A token with nothing known of it but its part in the clause.
    fn new(tag: Tag, token: &Token, at: usize) -> Item {
        let (first, end) = (at as u32, at as u32 + 1);
        Item { classes: token.classes, first, end, number: NO_NUMBER, tag, form: None, plural: false, closed: false }
    }

    /// Its first token.
    pub(super) fn first(&self) -> usize {
        self.first as usize
    }

    /// The token after its last.
    pub(super) fn end(&self) -> usize {
        self.end as usize
    }

    /// Its tokens.
    pub(super) fn tokens(&self) -> Range<usize> {
        self.first()..self.end()
    }

    /// Whether the tables put its first word into at least one of `classes`.
    pub(super) fn is(&self, classes: Classes) -> bool {
        self.classes.any(classes)
    }

    /// Whether it is nothing but `word`, whatever its capitals.
    pub(super) fn is_word(&self, reading: &Reading, word: &str) -> bool {
        let (Some(first), Some(last)) = (reading.tokens.get(self.first()), reading.tokens.get(self.end() - 1)) else {
            return false;
        };
        // Most are told apart by their length.
        let bytes = reading.text.as_bytes();
        last.end() - first.start() == word.len()
            && bytes.get(first.start()..last.end()).is_some_and(|b| b.eq_ignore_ascii_case(word.as_bytes()))
    }

    /// For a quote: its index among the marked ones.
    pub(super) fn quote(&self) -> Option<usize> {
        self.numbered(Tag::Quote)
    }

    /// For a name of [`Names`]: its index there.
    pub(super) fn name(&self) -> Option<usize> {
        self.numbered(Tag::Name)
    }

    /// For a cue: where its verbs stand in the table.
    pub(super) fn verbs(&self) -> Option<usize> {
        self.numbered(Tag::Cue)
    }

    fn numbered(&self, tag: Tag) -> Option<usize> {
        (self.tag == tag && self.number != NO_NUMBER).then_some(self.number as usize)
    }

    /// For a quote: whether a comma, a full stop or the like stands at its end, as where a
    /// statement is set off from the words around it.
    pub(super) fn is_closed(&self) -> bool {
        self.closed && self.tag == Tag::Quote
    }
}

/// A sentence of the narrative: items, and the block they stand in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Sentence {
    /// Its items.
    pub(super) items: Range<usize>,
    /// Those of them that are quotes or that a saying may begin with, as a range of
    /// [`Narrative::signs`].
    pub(super) signs: Range<usize>,
    /// The bits of the tags of its items.
    pub(super) tags: u32,
    /// Index of the block in [`Reading::blocks`].
    pub(super) block: usize,
    /// Whether it holds a quote.
    pub(super) has_quote: bool,
    /// Whether it holds a word that a cue begins with.
    pub(super) has_cue: bool,
}

/// Words that cues which are no verbs begin with.
const CUE_WORDS: Classes = Classes::CUE_NOUN.and(Classes::SOURCE_PHRASE);

/// Tags of quotes, and of marks and words that a saying may begin with.
const SIGNS: u32 = Tag::Quote.bit() | Tag::Cue.bit() | Tag::Colon.bit() | Tag::Dash.bit();

/// The whole text as items and sentences.
#[derive(Debug)]
pub(super) struct Narrative {
    /// All items, in order.
    pub(super) items: Vec<Item>,
    /// All sentences, in order.
    pub(super) sentences: Vec<Sentence>,
    /// The quotes among the items, and those that a saying may begin with: most words are neither.
    signs: Vec<u32>,
    /// The bits of the tags of a sentence that is not complete yet.
    tags: u32,
    /// The blocks that open with a label, as in transcripts, and the labels.
    pub(super) labels: Vec<(usize, Range<usize>)>,
}

impl Narrative {
    /// The items of a sentence that are quotes or that a saying may begin with.
    pub(super) fn signs(&self, sentence: &Sentence) -> impl Iterator<Item = usize> {
        self.signs[sentence.signs.clone()].iter().map(|&i| i as usize)
    }

    /// Adds an item to the last sentence, which is not complete yet.
    fn add(&mut self, item: Item) {
        self.put(item, item.tag.bit() & SIGNS != 0 || item.is(CUE_WORDS));
    }

    /// As [`Narrative::add`], for a word whose tag is none of [`SIGNS`].
    fn add_word(&mut self, item: Item) {
        self.put(item, item.is(CUE_WORDS));
    }

    fn put(&mut self, item: Item, is_sign: bool) {
        if is_sign {
            self.signs.push(self.items.len() as u32);
        }
        self.tags |= item.tag.bit();
        self.items.push(item);
    }

    /// Completes the last sentence.
    fn end_sentence(&mut self, block: usize) {
        let (item, sign) = self.sentences.last().map_or((0, 0), |s| (s.items.end, s.signs.end));
        let (items, signs) = (item..self.items.len(), sign..self.signs.len());
        let tags = std::mem::take(&mut self.tags);
        let has_quote = tags & Tag::Quote.bit() != 0;
        let cue_word = |&i: &u32| self.items[i as usize].is(CUE_WORDS);
        let has_cue = tags & Tag::Cue.bit() != 0 || self.signs[signs.clone()].iter().any(cue_word);
        self.sentences.push(Sentence { items, signs, tags, block, has_quote, has_cue });
    }
}

/// Everything that is needed to tell what a token is.
struct Desk<'a> {
    reading: &'a Reading<'a>,
    names: &'a Names,
    tables: &'a Tables,
    // The pairs of marks of the blocks before this one, as far as they stand at the head of an item.
    marked: Pairs,
    marked_before: usize,
    // The text is read once from left to right: the first name and the first pair of marks that do
    // not begin before the token that is read.
    next_name: usize,
    next_marked: usize,
    // Where that name begins.
    next_start: usize,
}

/// Reads the prose into items and sentences, and finds its pairs of marks.
pub(super) fn read(reading: &Reading, names: &Names, tables: &Tables) -> (Vec<Marked>, Narrative) {
    let marked = Pairs::default();
    let mut desk =
        Desk { reading, names, tables, marked, marked_before: 0, next_name: 0, next_marked: 0, next_start: 0 };
    let (items, sentences) = (Vec::with_capacity(reading.tokens.len()), Vec::with_capacity(3 * reading.blocks.len()));
    // About every tenth word is a sign.
    let signs = Vec::with_capacity(reading.tokens.len() / 8);
    let mut narrative = Narrative { items, sentences, signs, tags: 0, labels: Vec::new() };
    for (index, block) in reading.blocks.iter().enumerate().filter(|(_, b)| b.is_prose()) {
        narrative.labels.extend(labels::label(reading, block).map(|label| (index, label)));
        read_block(&mut desk, index, block, &mut narrative);
    }
    (desk.marked.found, narrative)
}

fn read_block(desk: &mut Desk, index: usize, block: &Block, narrative: &mut Narrative) {
    let reading = desk.reading;
    let mut ends = reading.sentences_of(block).iter().map(|s| s.end);
    let mut next_end = ends.next().unwrap_or(usize::MAX);
    let mut first = narrative.items.len();
    let mut at = block.words.start;
    let titled = is_titled(desk, block);
    while at < block.words.end && !(narrative.items.len() == first && desk.reading.stop.by_now()) {
        at = add_item(desk, index, at, titled || first == narrative.items.len(), narrative);
        let too_long = narrative.items.len() - first >= LONGEST;
        if at < next_end && !too_long {
            continue;
        }
        let mut ends_here = false;
        while next_end <= at {
            ends_here = next_end == at;
            next_end = ends.next().unwrap_or(usize::MAX);
        }
        let is_quote = || narrative.items.last().is_some_and(|item| item.tag == Tag::Quote);
        let goes_on = || is_quote() && goes_on_as_report(desk.reading, desk.tables, at..block.words.end);
        if too_long || ends_here && !goes_on() {
            narrative.end_sentence(index);
            first = narrative.items.len();
        }
    }
    if first < narrative.items.len() {
        narrative.end_sentence(index);
    }
}

/// Whether a quote that ends in a full stop, question or exclamation mark is followed by its
/// reporting clause in the same sentence: "Is it over?" Roth asked.
pub(super) fn goes_on_as_report(reading: &Reading, tables: &Tables, words: Range<usize>) -> bool {
    let tokens = reading.tokens.get(words.start..words.end.min(words.start + REPORT)).unwrap_or_default();
    let cue = tokens.iter().position(|t| {
        t.is(Classes::CUE) && t.shape == Shape::Lower && tables.cues.verbs(t.word).any(|v| v.form != Form::Ing)
    });
    let Some(cue) = cue else { return false };
    let subject = tokens[..cue].iter().all(|t| t.shape != Shape::Mark || t.is_mark('-') || t.is_mark('.') && !t.spaced)
        && !tokens[..cue]
            .iter()
            .any(|t| t.is(Classes::AUXILIARY | Classes::RELATIVE | Classes::VERB | Classes::SUBORDINATOR));
    let subject = subject && (cue == 0 || !tokens[0].is(Classes::PREPOSITION));
    // ""We go." She said it twice."
    let is_i = tokens[0].shape == Shape::Initial && tokens[0].is(Classes::PRONOUN_SPEECH);
    let fresh = tokens[0].is_capitalised() && tokens[0].is(Classes::DETERMINER | Classes::SUBJECT) && !is_i;
    let rest = tokens.get(cue + 1);
    let finished = rest.is_none_or(|t| {
        t.shape == Shape::Mark && !t.is_mark('-') && !t.is_mark(':')
            || t.is(Classes::PREPOSITION | Classes::WEEKDAY | Classes::TIME | Classes::CONJUNCTION | Classes::ADVERB)
                && !t.is(Classes::RELATIVE)
            || t.word == tokens[cue].word
    });
    let inverted = cue == 0 && rest.is_some_and(|t| t.is_capitalised() || t.is(Classes::DETERMINER | Classes::SUBJECT));
    subject && !fresh && (finished || inverted || tells_somebody(tables, &tokens[cue..]))
}

/// How many items a sentence has at most: what never ends is cut, so that the work on a sentence
/// stays bounded.
const LONGEST: usize = 300;

/// How many tokens of a reporting clause are looked at.
const REPORT: usize = 14;

/// told reporters, asked the crew: the person spoken to, and then nothing but time and place.
fn tells_somebody(tables: &Tables, tokens: &[Token]) -> bool {
    let Some(cue) = tokens.first() else { return false };
    let takes = tables.cues.verbs(cue.word).any(|v| v.takes.any(crate::tables::Takes::PERSON));
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

/// Adds the item that begins with the token `at` of a block and tells where it ends.
fn add_item(desk: &mut Desk, index: usize, at: usize, starts: bool, narrative: &mut Narrative) -> usize {
    let token = &desk.reading.tokens[at];
    if token.shape == Shape::Mark {
        let item = mark_at(desk, index, at);
        narrative.add(item);
        return item.end().max(at + 1);
    }
    if let Some((name, end)) = desk.name_at(at).filter(|&(_, end)| end <= desk.reading.blocks[index].words.end) {
        narrative.add(Item { end: end as u32, number: name as u32, ..Item::new(Tag::Name, token, at) });
        return end.max(at + 1);
    }
    let Plain { mut tag, plural } = word_at(desk, at, starts);
    if matches!(tag, Tag::Past | Tag::Ing) && describes(&desk.reading.tokens[at + 1..], narrative, starts) {
        tag = Tag::Noun;
    }
    // What a word is must be fetched from afar: only where it may be a cue has anything to wait for it.
    if token.is(Classes::CUE) && tag == Tag::Cue {
        narrative.add(Item { plural, ..verb_at(desk, at) });
    } else {
        narrative.add_word(Item { plural, ..Item::new(tag, token, at) });
    }
    at + 1
}

/// "..., retired pilot Ines Roth said": whether a participle before the words `behind` tells of somebody by
/// name, as it does where nobody stands before it who could have done anything.
fn describes(behind: &[Token], narrative: &Narrative, starts: bool) -> bool {
    let [role, name, ..] = behind else { return false };
    if !role.is(Classes::ROLE) || role.shape != Shape::Lower || !name.is_capitalised() || !name.spaced {
        return false;
    }
    let before = narrative.items.iter().rev().find(|i| i.tag != Tag::Adverb);
    starts || before.is_none_or(|i| matches!(i.tag, Tag::Quote | Tag::Cue))
}

/// The quote, the aside or the mark at `at`.
fn mark_at(desk: &mut Desk, index: usize, at: usize) -> Item {
    let (tokens, block) = (desk.reading.tokens, &desk.reading.blocks[index]);
    let token = &tokens[at];
    // Most marks are one of these, and then nothing opens with them.
    if matches!(token.first, ',' | '.') {
        return Item::new(mark(tokens, block, at), token, at);
    }
    if let Some((number, marked)) = desk.marked_at(index, at) {
        let (end, closed) = (marked.end() as u32, is_closed(tokens, marked));
        Item { end, number: number as u32, closed, ..Item::new(Tag::Quote, token, at) }
    } else if let Some(end) = aside(tokens, at, block.words.end).or_else(|| tail(tokens, at)) {
        Item { end: end as u32, ..Item::new(Tag::Aside, token, at) }
    } else {
        Item::new(mark(tokens, block, at), token, at)
    }
}

/// The verb of saying at `at`, or the noun that is written alike.
fn verb_at(desk: &Desk, at: usize) -> Item {
    let token = &desk.reading.tokens[at];
    let verb = desk.tables.cues.first_verb(token.word);
    let form = verb.map(|(_, form)| form);
    if is_governed(desk, at) && matches!(form, Some(Form::Base | Form::Third)) {
        return Item::new(Tag::Noun, token, at);
    }
    Item { number: verb.map_or(NO_NUMBER, |(n, _)| n as u32), form, ..Item::new(Tag::Cue, token, at) }
}

/// "in reply", "by text message": a verb in a form that nouns have too, behind a preposition that no
/// verb follows.
fn is_governed(desk: &Desk, at: usize) -> bool {
    let tokens = desk.reading.tokens;
    let before = at.checked_sub(1).map(|i| &tokens[i]);
    tokens[at].is(Classes::CUE_NOUN)
        && before.is_some_and(|t| t.is(Classes::PREPOSITION) && t.word != desk.tables.cues.small(Small::To))
}

/// Whether a quote is set off from the words around it by a mark at its end.
fn is_closed(tokens: &[Token], marked: &Marked) -> bool {
    let ends = |t: &Token| {
        t.shape == Shape::Mark
            && matches!(t.first, ',' | '.' | '?' | '!' | '…' | '—' | '–' | '-' | ';' | '’' | '\'' | '”')
    };
    let next = tokens.get(marked.end()).filter(|t| t.shape == Shape::Mark);
    marked.goes_on
        || marked.dashed
        || tokens[marked.words.clone()].last().is_some_and(ends)
        || next.is_some_and(|t| t.is_mark(','))
}

impl<'a> Desk<'a> {
    /// The outer pair of marks that opens at the token `at` of a block, with its number.
    fn marked_at(&mut self, block: usize, at: usize) -> Option<(usize, &Marked)> {
        // Most blocks hold no mark that could be one, and then no pairs are looked for.
        let may_open = || marks::may_open(&self.reading.tokens[at]) || dashes::may_open(self.reading, block, at);
        if self.marked_before <= block && may_open() {
            marks::find(self.reading, self.tables, block, &mut self.marked);
            self.marked_before = block + 1;
        }
        while self.marked.found.get(self.next_marked).is_some_and(|m| m.open < at) {
            self.next_marked += 1;
        }
        let marked = self.marked.found.get(self.next_marked).filter(|m| m.open == at && !m.nested)?;
        Some((self.next_marked, marked))
    }

    /// The number and the end of the name that begins with the token `at`.
    fn name_at(&mut self, at: usize) -> Option<(usize, usize)> {
        if at < self.next_start {
            return None;
        }
        let names = &self.names.names;
        while names.get(self.next_name).is_some_and(|n| n.words.start < at) {
            self.next_name += 1;
        }
        let name = names.get(self.next_name).filter(|n| n.words.start == at);
        let found = name.map(|n| (self.next_name, n.words.end));
        self.next_name += usize::from(found.is_some());
        self.next_start = names.get(self.next_name).map_or(usize::MAX, |n| n.words.start);
        found
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

/// The end of what hangs on a noun with hyphens: "-of-three" in "father-of-three". It is passed over as an
/// aside is.
fn tail(tokens: &[Token], at: usize) -> Option<usize> {
    let noun = at.checked_sub(1).and_then(|i| tokens.get(i))?;
    let [hyphen, of, second, number, ..] = tokens.get(at..)? else { return None };
    let tied = [hyphen, of, second, number].iter().all(|t| !t.spaced);
    (tied && hyphen.is_mark('-') && second.is_mark('-') && of.is(Classes::OF) && noun.shape != Shape::Mark)
        .then_some(at + 4)
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

/// What the word at `at` is, which is part of no name.
fn word_at(desk: &Desk, at: usize, starts: bool) -> Plain {
    let token = &desk.reading.tokens[at];
    let plain = desk.tables.tags.of(token, desk.reading.text);
    if token.shape != Shape::Lower || matches!(token.first, '\'' | '’') {
        return Plain { tag: unusual(desk, at, starts, plain.tag), ..plain };
    }
    if is_hyphened(desk.reading.tokens, at) && plain.tag.is_open() { Plain { tag: Tag::Noun, ..plain } } else { plain }
}

/// A number, an ending behind an apostrophe, a word with a capital: in small letters it would be
/// `plain`.
fn unusual(desk: &Desk, at: usize, starts: bool, plain: Tag) -> Tag {
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
    if token.is(Classes::MONTH | Classes::WEEKDAY) && token.is_capitalised() {
        return Tag::Time;
    }
    let short = token.shape == Shape::Upper && token.end() - token.start() == 2;
    // "Can Tho", "Theresa May": a capital inside a sentence makes a name of an auxiliary.
    let within = || !starts && at.checked_sub(1).is_some_and(|i| desk.reading.tokens[i].shape != Shape::Mark);
    let named = plain == Tag::Auxiliary && token.shape == Shape::Capital && within();
    if !plain.is_open() && !short && !named {
        return plain;
    }
    let ordinary =
        starts && token.is(Classes::CUE | Classes::VERB | Classes::ADVERB | Classes::TIME | Classes::ORDINARY);
    if token.is_capitalised() && !ordinary {
        Tag::Name
    } else if is_hyphened(desk.reading.tokens, at) {
        Tag::Noun
    } else {
        Tag::open(token.bytes(desk.reading.text), token.classes)
    }
}

/// Whether the word is part of another one: the "call" of "call-up", the "state" of "two-state".
fn is_hyphened(tokens: &[Token], at: usize) -> bool {
    let hyphen = |i: usize| tokens.get(i).is_some_and(|t| t.is_mark('-') && !t.spaced && t.end() - t.start() == 1);
    let before = !tokens[at].spaced && at.checked_sub(1).is_some_and(hyphen);
    before || hyphen(at + 1) && tokens.get(at + 2).is_some_and(|t| !t.spaced)
}
