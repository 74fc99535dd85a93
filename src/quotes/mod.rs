//! Quotes: where they are, the cue, the speaker, and who "he" is.

mod again;
mod back;
mod called;
mod clause;
mod cue;
mod dashes;
mod early;
mod epithets;
mod extent;
mod handles;
mod indirect;
mod kin;
mod labels;
mod marks;
mod narrative;
mod noun;
mod resolve;
mod scare;
mod speaker;

use crate::article::{Quote, Speaker};
use crate::names::Names;
use crate::reading::Reading;
use crate::tables::Tables;

/// Which quotes are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Wanted {
    /// Quotes in quotation marks.
    pub(crate) marked: bool,
    /// Reported speech without marks.
    pub(crate) indirect: bool,
}

/// Finds the quotes, in order of their first word, and their speakers, in order of their first
/// mention. [`Quote::paragraph`] is left to the caller, who knows the page.
pub(crate) fn find(reading: &Reading, names: &Names, tables: &Tables, wanted: Wanted) -> (Vec<Quote>, Vec<Speaker>) {
    let (marked, narrative) = narrative::read(reading, names, tables);
    let scene = speaker::Scene { reading, tables, names, marked: &marked, narrative: &narrative, wanted };
    let attributions = scene.attributions();
    resolve::resolve(scene, names, attributions)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use crate::article::QuoteKind;
    use crate::names::{self, Names};
    use crate::reading::{Block, BlockKind, Reading};
    use crate::span::Span;
    use crate::stop::Stop;
    use crate::tables::Tables;
    use crate::text;

    /// The tables, read once for all tests of the room.
    fn tables() -> &'static Tables {
        static TABLES: LazyLock<Tables> = LazyLock::new(Tables::new);
        &TABLES
    }

    /// Reads a text of paragraphs with blank lines between them and hands it on.
    pub(super) fn read<T>(text: &str, then: impl FnOnce(&Reading, &Names) -> T) -> T {
        let tables = tables();
        let tokens = text::tokens(text, &tables.lexicon);
        let (mut blocks, mut sentences) = (Vec::new(), Vec::new());
        let mut start = 0;
        for part in text.split("\n\n") {
            let span = Span::between(start, start + part.len()).trim(text);
            start += part.len() + 2;
            let at = |offset| tokens.partition_point(|t| t.start() < offset);
            let words = at(span.start())..at(span.end());
            let first = sentences.len();
            sentences.extend(text::sentences_of(text, &tokens, words.clone()));
            blocks.push(Block { kind: BlockKind::Paragraph, span, words, sentences: first..sentences.len() });
        }
        let reading = Reading { text, tokens: &tokens, blocks, sentences, stop: &Stop::never() };
        let names = names::find(&reading, tables);
        then(&reading, &names)
    }

    /// The words between marks, or behind the dashes of a dialogue.
    pub(super) fn marked(text: &str) -> Vec<String> {
        read(text, |reading, _| {
            let mut pairs = super::marks::Pairs::default();
            (0..reading.blocks.len()).for_each(|i| super::marks::find(reading, tables(), i, &mut pairs));
            pairs.found.into_iter().map(|m| reading.words(m.words).to_owned()).collect()
        })
    }

    /// What is reported in a text without marks, a line each: speaker, cue and pieces.
    fn reported(text: &str) -> Vec<String> {
        read(text, |reading, names| {
            let wanted = super::Wanted { marked: true, indirect: true };
            let (quotes, _) = super::find(reading, names, tables(), wanted);
            let of = |span: Option<Span>| span.map_or("", |s| s.of(text));
            let line = |q: &crate::article::Quote| {
                let pieces: Vec<&str> = q.content.iter().map(|s| s.of(text)).collect();
                format!("{} | {} | {}", of(q.speaker_mention), of(q.cue), pieces.join(" / "))
            };
            quotes.iter().filter(|q| q.kind == QuoteKind::Indirect).map(line).collect()
        })
    }

    /// Checks what is reported in each text.
    pub(super) fn assert_reported(cases: &[(&str, &[&str])]) {
        for (text, expected) in cases {
            assert_eq!(reported(text), *expected, "{text}");
        }
    }

    /// The cues found in a text, as written.
    fn cues(text: &str, tables: &Tables) -> Vec<String> {
        read(text, |reading, names| {
            let wanted = super::Wanted { marked: true, indirect: true };
            let (quotes, _) = super::find(reading, names, tables, wanted);
            quotes.iter().filter_map(|q| q.cue).map(|c| c.of(text).to_lowercase()).collect()
        })
    }

    #[test]
    fn every_cue_of_the_table_is_found_in_its_example_and_not_in_its_counter_example() {
        let tables = tables();
        let mut wrong = Vec::new();
        for (line, [cue, _, _, forms, _, example, counter]) in crate::tables::cue_rows() {
            let particle = cue.split_once(' ').map_or("", |(_, p)| p);
            let is_cue = |found: &String| {
                forms.split('|').any(|f| *found == f || *found == format!("{f} {particle}")) || found.ends_with(cue)
            };
            if !cues(example, tables).iter().any(is_cue) {
                wrong.push(format!("data/cues.tsv:{line}: {cue} is not found in: {example}"));
            }
            if !counter.is_empty() && cues(counter, tables).iter().any(is_cue) {
                wrong.push(format!("data/cues.tsv:{line}: {cue} is found in: {counter}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// The name of the last quote's speaker.
    pub(super) fn last_speaker(text: &str) -> Option<String> {
        let tables = tables();
        read(text, |reading, names| {
            let wanted = super::Wanted { marked: true, indirect: true };
            let (quotes, speakers) = super::find(reading, names, tables, wanted);
            quotes.last().and_then(|q| q.speaker).map(|s| speakers[s].name.clone())
        })
    }

    #[test]
    fn whoever_has_a_role_may_be_called_by_the_nouns_of_the_table() {
        for (line, noun, example) in crate::tables::calling_rows() {
            let name = last_speaker(example).unwrap_or_default();
            assert!(name.contains("Tarrant"), "data/callings.tsv:{line}: {noun} is {name:?} in: {example}");
        }
    }

    #[test]
    fn the_last_quote_is_given_to_whom_a_reader_would_give_it() {
        let mut wrong = Vec::new();
        for line in include_str!("../../tests/who_gold.tsv").lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let (name, text) = line.split_once('\t').unwrap_or((line, ""));
            let found = last_speaker(&text.replace('|', "\n\n"));
            if found.as_deref().unwrap_or("nobody") != name {
                wrong.push(format!("{text}\n    {found:?}, not {name}"));
            }
        }
        assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    }
}
