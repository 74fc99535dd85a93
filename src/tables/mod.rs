//! The words the desk knows: reads `data/` once into lookup tables.
//!
//! The files are part of the program (`include_str!`): the file in `data/` is what runs, and a
//! diff of it is a diff of behaviour. Columns, sources and licences stand in `data/README.md`.

mod cues;
mod gazetteer;
mod tsv;
mod words;

use crate::text::Lexicon;
use cues::CuesBuilder;
use gazetteer::GazetteerBuilder;
pub(crate) use gazetteer::{Also, CountryId, Found, Gazetteer, Meaning, RegionId};

#[cfg(test)]
pub(crate) use cues::rows_for_tests as cue_rows;
pub(crate) use cues::{CueSort, Cues, Form, Takes, Verb};

/// Everything that is read from `data/`. Make it once and share it; it never changes.
///
/// ```
/// let tables = copydesk::Tables::new();
/// ```
pub struct Tables {
    /// Every word that some table knows.
    pub(crate) lexicon: Lexicon,
    /// Words and phrases of saying.
    pub(crate) cues: Cues,
    /// Countries, regions and cities.
    pub(crate) gazetteer: Gazetteer,
}

impl Tables {
    /// Reads the tables that are part of the program: some milliseconds.
    pub fn new() -> Tables {
        let mut lexicon = Lexicon::default();
        words::read(&mut lexicon);
        let cues = CuesBuilder::read(&mut lexicon);
        let gazetteer = GazetteerBuilder::read(&mut lexicon);
        Tables { cues: cues.build(&lexicon), gazetteer: gazetteer.build(&lexicon), lexicon }
    }
}

impl Default for Tables {
    fn default() -> Tables {
        Tables::new()
    }
}
