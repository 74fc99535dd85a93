//! Language without news: words, the lexicon they are looked up in, what they are in a clause, phrases, sentences, the language itself.

mod classes;
mod eight;
mod language;
mod lexicon;
mod phrases;
mod sentences;
mod tags;
mod words;

pub(crate) use classes::Classes;
pub(crate) use eight::number_of_row;
pub(crate) use language::{StopWords, language};
pub(crate) use lexicon::{Lexicon, WordId};
pub(crate) use phrases::Phrases;
pub(crate) use sentences::sentences;
#[cfg(test)]
pub(crate) use sentences::sentences_of;
pub(crate) use tags::{Plain, Tag, Tags};
pub(crate) use words::{Cut, Shape, Token, cut, fold, one_line, tokens};
