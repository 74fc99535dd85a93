//! People, bodies and roles named in the text: found once, used by quotes and mentions.
//!
//! `walk` sees where capitals stand, `runs` finds rows of capitalised words, `pieces` tells what a
//! row holds, `roles` reads the titles and appositions around a name: a name with all that is a
//! draft (`drafts`). `entities` tells from their words (`forms`) which drafts name one person or body.

mod described;
mod drafts;
mod entities;
mod families;
mod forms;
mod pieces;
mod roles;
mod runs;
mod walk;
mod words;

use std::ops::Range;

use crate::few::Few;
use crate::reading::{BlockKind, Reading};
use crate::span::Span;
use crate::tables::Tables;
use crate::text::{Classes, Shape, Token, WordId};
use drafts::Draft;
use pieces::Piece;
use runs::Line;
use walk::{Case, Sentence, Walk};
use words::Known;

/// What a name is the name of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NameKind {
    /// A person.
    Person,
    /// A ministry, company, newspaper, party, university, club, court.
    Body,
    /// A capitalised name that may be either, or a place, a work, an event.
    Other,
}

/// He, she or they, as far as the text shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Gender {
    /// The text does not show it.
    #[default]
    Unknown,
    /// Mr, a man's given name, "his wife", "a spokesman".
    He,
    /// Mrs, a woman's given name, "her husband", "a spokeswoman".
    She,
}

impl Gender {
    /// Whether both are shown and are not the same.
    pub(crate) fn is_opposite(self, other: Gender) -> bool {
        self != other && self != Gender::Unknown && other != Gender::Unknown
    }
}

/// One place where somebody or something is named.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// The name alone, without title, role or possessive: "Sergey Lavrov".
    pub(crate) span: Span,
    /// The same as words of the reading.
    pub(crate) words: Range<usize>,
    /// Person, body or other.
    pub(crate) kind: NameKind,
    /// The title or role written with the name, before or behind it, whole, without an article:
    /// "Russian Acting Foreign Minister", "retired pilot from Riga", "chairman of the State Border
    /// Committee". Courtesy titles (Mr) are none.
    pub(crate) role: Option<Span>,
    /// The words of the name with its titles and roles before and behind, without an article in
    /// front: "Corey Stamm, a White House spokesman".
    pub(crate) whole: Range<usize>,
    /// The word that is the family name, of a person.
    pub(crate) family: Option<usize>,
    /// Index into [`Names::entities`]: mentions of one and the same person or body share it.
    pub(crate) entity: usize,
}

/// A person or body with all its names in the text.
#[derive(Clone, Debug)]
pub(crate) struct Entity {
    /// The fullest form of its name.
    pub(crate) name: Span,
    /// The same as words of the reading.
    pub(crate) words: Range<usize>,
    /// The family name of those a person of one given name is presented with: "wife Karen".
    pub(crate) family: Option<Span>,
    /// Person, body or other.
    pub(crate) kind: NameKind,
    /// He or she.
    pub(crate) gender: Gender,
    /// The fullest role the text gives.
    pub(crate) role: Option<Span>,
    /// What the text says of a person that is no role: "who leads the council".
    pub(crate) described: Option<Span>,
    /// Whether headline or heading alone give that role.
    titled: bool,
    /// Nouns by which it can be called: those that head the roles of a person ("minister",
    /// "chairman"), the head of a body's name ("ministry", "committee").
    pub(crate) heads: Few<WordId, 6>,
    /// A body of a state or of several.
    pub(crate) is_state_body: bool,
    /// Indices into [`Names::names`], in order.
    pub(crate) mentions: Few<usize, 3>,
}

/// All names of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// Every mention, in order, without overlap.
    pub(crate) names: Vec<Name>,
    /// Every person and body, and everything else with a name; those with the longest names first.
    pub(crate) entities: Vec<Entity>,
    /// Where words with a capital stand, in order, in whatever sentence or line.
    pub(crate) capitals: Vec<u32>,
}

impl Names {
    /// The name that covers the word at `token`, if any.
    pub(crate) fn at(&self, token: usize) -> Option<&Name> {
        let i = self.names.partition_point(|n| n.words.end <= token);
        self.names.get(i).filter(|n| n.words.contains(&token))
    }
}

/// Finds the names.
pub(crate) fn find(reading: &Reading, tables: &Tables) -> Names {
    let walk = Walk::over(reading);
    // About every twelfth word begins a name.
    let mut drafts = Vec::with_capacity(reading.tokens.len() / 8);
    let mut doubtful = Vec::new();
    let line = |sentence: &Sentence, known| Line {
        text: reading.text,
        tokens: reading.tokens,
        tables,
        lower: &walk.lower,
        words: sentence.words.clone(),
        case: sentence.case,
        capitals: walk.capitals_of(sentence),
        known,
    };
    let proving = walk.sentences.iter().filter(|s| s.case == Case::Sentence);
    for sentence in proving.take_while(|_| !reading.stop.by_now()) {
        let line = line(sentence, &|_| false);
        doubtful.extend(line.doubtful());
        read_line(&line, sentence.block, &mut drafts);
    }
    let known = known_words(reading, &drafts);
    let is_known = |token: &Token| known.has(token, reading.text);
    let titled = walk.sentences.iter().filter(|s| s.case != Case::Sentence);
    for sentence in titled.take_while(|_| !reading.stop.by_now()) {
        read_line(&line(sentence, &is_known), sentence.block, &mut drafts);
    }
    drafts.extend(doubtful.into_iter().filter(|&i| is_known(&reading.tokens[i])).map(Draft::of_word));
    drafts.sort_by_key(|d| d.words().start);
    let mut names = entities::link(reading, tables, &drafts);
    families::lend(reading, &mut names);
    names.capitals = walk.capitals;
    names
}

/// The words of the names found so far.
fn known_words(reading: &Reading, drafts: &[Draft]) -> Known {
    // Few names have more than two words.
    let mut known = Known::with_room_for(drafts.len() * 2);
    for token in drafts.iter().flat_map(|draft| &reading.tokens[draft.words()]) {
        let usual = token.is(words::BODY_WORD | words::OFFICE);
        if !usual && token.is_capitalised() && token.shape != Shape::Initial {
            known.note(token, reading.text);
        }
    }
    known
}

/// Adds the names of one sentence or line.
fn read_line(line: &Line, block: BlockKind, drafts: &mut Vec<Draft>) {
    for run in line.runs() {
        line.pieces(run, |piece| drafts.push(draft(line, piece, block)));
    }
}

/// A piece with what stands around it, which may show it to be a person.
fn draft(line: &Line, mut piece: Piece, block: BlockKind) -> Draft {
    let around = match piece.kind {
        NameKind::Body => roles::Around::default(),
        _ if is_party_tag(line, &piece) => roles::Around::default(),
        _ => line.around(piece.words.clone(), piece.title.clone()),
    };
    if piece.kind == NameKind::Other && is_shown_to_be_person(line, &piece, &around) {
        piece.kind = NameKind::Person;
    }
    let family = if piece.kind == NameKind::Body { None } else { line.family_of(piece.words.clone()) };
    Draft::new(piece, around, family, block)
}

/// Whether what stands around a name of any kind makes a person of it.
fn is_shown_to_be_person(line: &Line, piece: &Piece, around: &roles::Around) -> bool {
    if !around.person && !around.headed {
        return false;
    }
    let Some(words @ [first, .., last] | words @ [first @ last]) = line.tokens.get(piece.words.clone()) else {
        return false;
    };
    let several = words.iter().filter(|t| words::is_word(t)).count() > 1;
    let strange = || words.iter().all(words::is_unusual);
    let shown = around.person || around.before.is_some() || several || strange();
    // "the rail operator Nordline"
    let before = piece.words.start.checked_sub(1).and_then(|i| line.tokens.get(i));
    let company = !several && !around.person && before.is_some_and(|t| t.is(Classes::BODY));
    let group = company || last.is(words::NATION) || !several && last.is(words::BODY_WORD | Classes::ABBREVIATION);
    let plain = first.is(Classes::ORDINARY | words::NATION | Classes::GIVEN_PLACE) && around.before.is_none();
    let place = || !around.given_out && line.is_known_place(piece.words.clone());
    shown && !group && (!plain || around.person) && !place()
}

/// "D-N.Y." behind a member of Congress.
fn is_party_tag(line: &Line, piece: &Piece) -> bool {
    let Range { start, end } = piece.words;
    let initial = || line.tokens[start].shape == Shape::Initial;
    end - start > 2 && initial() && line.tokens[start + 1].is_mark('-')
}

#[cfg(test)]
mod tests;
