//! The words the desk knows: reads `data/` once into lookup tables.
//!
//! The files are part of the program (`include_str!`): the file in `data/` is what runs, and a
//! diff of it is a diff of behaviour. Columns, sources and licences stand in `data/README.md`.

pub(crate) mod agencies;
mod callings;
mod cues;
pub(crate) mod furniture;
mod gazetteer;
pub(crate) mod labels;
mod languages;
pub(crate) mod months;
mod names;
pub(crate) mod regions;
pub(crate) mod treaties;
mod tsv;
mod words;

use crate::text::{Lexicon, Phrases, StopWords, Tags};
use furniture::FurnitureLines;
pub(crate) use gazetteer::{Also, CountryId, Gazetteer, Meaning, RegionId, Sighting};
use labels::Labels;
use months::Months;
pub(crate) use names::KnownBody;

#[cfg(test)]
pub(crate) use callings::rows_for_tests as calling_rows;
#[cfg(test)]
pub(crate) use cues::rows_for_tests as cue_rows;
pub(crate) use cues::{CueSort, Cues, Form, Small, Takes, Verb};

/// Everything that is read from `data/`. Make it once and share it; it never changes.
///
/// ```
/// let tables = copydesk::Tables::new();
/// ```
pub struct Tables {
    /// Every word that some table knows.
    pub(crate) lexicon: Lexicon,
    /// What each of them is in a clause.
    pub(crate) tags: Tags,
    /// Words and phrases of saying.
    pub(crate) cues: Cues,
    /// Countries, regions and cities.
    pub(crate) gazetteer: Gazetteer,
    /// News agencies and others named in datelines and bylines.
    pub(crate) agencies: Phrases<()>,
    /// States, provinces and countries printed beside a place, with their country.
    pub(crate) regions: Phrases<&'static str>,
    /// Month names of datelines.
    pub(crate) months: Months,
    /// Slugs, section labels, end marks.
    pub(crate) labels: Labels,
    /// Lines around articles.
    pub(crate) furniture: FurnitureLines,
    /// Short words of languages.
    pub(crate) languages: StopWords,
    /// Treaties.
    pub(crate) treaties: treaties::Treaties,
    /// What a person of a certain role may be called.
    pub(crate) callings: callings::Callings,
    /// Names of people and bodies.
    pub(crate) names: names::NameTables,
}

/// About as many words as the tables have; more of them only make the lexicon grow while they are read.
const WORDS: usize = 32_000;

impl Tables {
    /// Reads the tables that are part of the program: some tens of milliseconds.
    pub fn new() -> Tables {
        let mut lexicon = Lexicon::with_room_for(WORDS);
        // First, so that their words have small numbers, and lists by these are short.
        let cues = cues::read(&mut lexicon);
        let languages = languages::read(&mut lexicon);
        words::read(&mut lexicon);
        Tables {
            cues,
            agencies: agencies::read(&mut lexicon),
            regions: regions::read(&mut lexicon),
            months: months::read(&mut lexicon),
            labels: labels::read(&mut lexicon),
            furniture: furniture::read(&mut lexicon),
            languages,
            treaties: treaties::Treaties::read(&mut lexicon),
            callings: callings::Callings::read(&mut lexicon),
            names: names::read(&mut lexicon),
            // Behind the others, because its cities are told by the words that the lexicon knows.
            gazetteer: Gazetteer::new(&mut lexicon),
            tags: Tags::of_lexicon(&lexicon),
            lexicon,
        }
    }
}

impl Default for Tables {
    fn default() -> Tables {
        Tables::new()
    }
}
