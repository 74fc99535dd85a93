//! People, bodies and roles named in the text: found once, used by quotes and mentions.

use std::ops::Range;

use crate::reading::Reading;
use crate::span::Span;
use crate::tables::Tables;

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

/// One place where somebody or something is named.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// The name alone, without title, role or possessive: "Sergey Lavrov".
    pub(crate) span: Span,
    /// The same as words of the reading.
    pub(crate) words: Range<usize>,
    /// Person, body or other.
    pub(crate) kind: NameKind,
    /// The title or role written with the name, before or behind it, whole: "Russian Acting
    /// Foreign Minister", "a retired pilot from Riga", "chairman of the State Border Committee".
    pub(crate) role: Option<Span>,
    /// Index into [`Names::entities`]: mentions of one and the same person or body share it.
    pub(crate) entity: usize,
}

/// A person or body with all its names in the text.
#[derive(Clone, Debug)]
pub(crate) struct Entity {
    /// The fullest form of its name.
    pub(crate) name: Span,
    /// Person, body or other.
    pub(crate) kind: NameKind,
    /// He or she.
    pub(crate) gender: Gender,
    /// The fullest role the text gives.
    pub(crate) role: Option<Span>,
    /// Indices into [`Names::names`], in order.
    pub(crate) mentions: Vec<usize>,
}

/// All names of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// Every mention, in order, without overlap.
    pub(crate) names: Vec<Name>,
    /// Every person and body, in order of first mention.
    pub(crate) entities: Vec<Entity>,
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
    let _ = (reading, tables);
    Names::default()
}
