//! A document as a page that a person can check at a glance.

use std::fmt;

use crate::wire::v1::{self as pb, Document, Quote, Span, Text};

/// A document as rows of a label and some words; its `Display` is the plain form that the
/// expected files under `tests/cases` hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outline {
    rows: Vec<Row>,
}

/// One line of an outline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// What the line is about: `headline`, `¶3`, `quote`.
    pub label: String,
    /// The words.
    pub words: String,
}

impl Outline {
    /// The outline of `document`, which must hold the copies of its words.
    pub fn new(document: &Document) -> Outline {
        let mut rows = page_rows(document);
        rows.extend(document.quotes.iter().map(|q| quote_row(q, document)));
        rows.extend(document.speakers.iter().map(speaker_row));
        rows.extend(document.treaties.iter().map(treaty_row));
        rows.extend(document.countries.iter().map(country_row));
        rows.push(row("language", document.language.clone()));
        Outline { rows }
    }

    /// The lines, in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

impl fmt::Display for Outline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rows.iter().try_for_each(|Row { label, words }| writeln!(f, "{label:<12} {words}"))
    }
}

fn row(label: impl Into<String>, words: impl Into<String>) -> Row {
    Row { label: label.into(), words: words.into() }
}

/// The parts of the page, in the order in which they stand.
fn page_rows(document: &Document) -> Vec<Row> {
    let mut placed: Vec<(u32, Row)> = Vec::new();
    let mut place = |text: &Option<Text>, row: Row| placed.push((start(text.as_ref()), row));
    for (label, text) in
        [("kicker", &document.kicker), ("headline", &document.headline), ("subheadline", &document.subheadline)]
    {
        if text.is_some() {
            place(text, row(label, content(text.as_ref())));
        }
    }
    if let Some(byline) = &document.byline {
        let authors: Vec<String> = byline.authors.iter().map(|a| content(Some(a))).collect();
        place(&byline.text, row("byline", format!("{} | {}", content(byline.text.as_ref()), authors.join("; "))));
    }
    if let Some(dateline) = &document.dateline {
        place(&dateline.text, row("dateline", dateline_words(dateline)));
    }
    for heading in &document.headings {
        place(&Some(heading.clone()), row("heading", content(Some(heading))));
    }
    for (i, paragraph) in document.paragraphs.iter().enumerate() {
        place(&paragraph.text, row(format!("¶{}", i + 1), paragraph_words(paragraph)));
    }
    for part in &document.furniture {
        let kind = part.kind().as_str_name().trim_start_matches("FURNITURE_KIND_").to_lowercase().replace('_', "-");
        place(&part.text, row("furniture", format!("{kind}: {}", shortened(&content(part.text.as_ref())))));
    }
    placed.sort_by_key(|(at, _)| *at);
    placed.into_iter().map(|(_, row)| row).collect()
}

fn dateline_words(dateline: &pb::Dateline) -> String {
    let places: Vec<String> = dateline
        .places
        .iter()
        .map(|p| match p.country_code.as_str() {
            "" => content(p.text.as_ref()),
            code => format!("{} ({code})", content(p.text.as_ref())),
        })
        .collect();
    let date = dateline.date.as_ref().map_or("no date".to_owned(), |d| match d.year {
        0 => format!("{:02}-{:02}", d.month, d.day),
        year => format!("{year:04}-{:02}-{:02}", d.month, d.day),
    });
    let agency = dateline.agency.as_ref().map_or("no agency".to_owned(), |a| content(Some(a)));
    format!("{} | {} | {date} | {agency}", content(dateline.text.as_ref()), places.join("; "))
}

fn paragraph_words(paragraph: &pb::Paragraph) -> String {
    let heading = paragraph.heading_index.map_or(String::new(), |i| format!(" under heading {}", i + 1));
    let sentences = match paragraph.sentences.len() {
        1 => "1 sentence".to_owned(),
        n => format!("{n} sentences"),
    };
    format!("{} [{sentences}{heading}]", shortened(&content(paragraph.text.as_ref())))
}

fn quote_row(quote: &Quote, document: &Document) -> Row {
    let kind = quote.kind().as_str_name().trim_start_matches("QUOTE_KIND_").to_lowercase();
    let pieces: Vec<String> = quote.content.iter().map(|c| format!("“{}”", shortened(&content(Some(c))))).collect();
    let speaker = match quote.speaker_index.and_then(|i| document.speakers.get(i as usize)) {
        Some(speaker) => speaker.name.clone(),
        None => "nobody named".to_owned(),
    };
    let mention = quote.speaker_mention.as_ref().map_or(String::new(), |m| format!(" ({})", content(Some(m))));
    let cue = quote.cue.as_ref().map_or(String::new(), |c| format!(" | {}", content(Some(c))));
    let basis = quote.basis().as_str_name().trim_start_matches("ATTRIBUTION_BASIS_").to_lowercase().replace('_', "-");
    let basis = if basis == "unspecified" { String::new() } else { format!(" | by {basis}") };
    let place = quote.paragraph_index.map_or(String::new(), |i| format!(" | ¶{}", i + 1));
    row("quote", format!("{kind} {} | {speaker}{mention}{cue}{basis}{place}", pieces.join(" … ")))
}

fn speaker_row(speaker: &pb::Speaker) -> Row {
    let kind = speaker.kind().as_str_name().trim_start_matches("SPEAKER_KIND_").to_lowercase();
    let role = if speaker.role.is_empty() { String::new() } else { format!(", {}", speaker.role) };
    row("speaker", format!("{}{role} | {kind} | {} mentions", speaker.name, speaker.mentions.len()))
}

fn treaty_row(treaty: &pb::Treaty) -> Row {
    let id = if treaty.id.is_empty() { "unlisted" } else { &treaty.id };
    let mentions =
        treaty.mentions.iter().map(|m| mention_words(m.text.as_ref(), m.quote_index, m.kind().as_str_name()));
    row("treaty", format!("{id}: {} | {}", treaty.title, mentions.collect::<Vec<_>>().join(", ")))
}

fn country_row(country: &pb::Country) -> Row {
    let mentions =
        country.mentions.iter().map(|m| mention_words(m.text.as_ref(), m.quote_index, m.kind().as_str_name()));
    row("country", format!("{} {} | {}", country.code, country.name, mentions.collect::<Vec<_>>().join(", ")))
}

/// `Moscow (capital, quote 2)`.
fn mention_words(text: Option<&Text>, quote: Option<u32>, kind: &str) -> String {
    let kind = kind.rsplit("KIND_").next().unwrap_or_default().to_lowercase().replace('_', " ");
    let quote = quote.map_or(String::new(), |i| format!(", quote {}", i + 1));
    format!("{} ({kind}{quote})", content(text))
}

fn start(text: Option<&Text>) -> u32 {
    text.and_then(|t| t.span).map_or(0, |Span { start, .. }| start)
}

/// The words of a part on one line.
fn content(text: Option<&Text>) -> String {
    text.map_or(String::new(), |t| t.content.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Long passages as their beginning and end.
fn shortened(words: &str) -> String {
    const HEAD: usize = 48;
    const TAIL: usize = 28;
    let length = words.chars().count();
    if length <= HEAD + TAIL + 3 {
        return words.to_owned();
    }
    let head: String = words.chars().take(HEAD).collect();
    let tail: String = words.chars().skip(length - TAIL).collect();
    format!("{head}…{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_paragraph_is_shown_by_its_beginning_and_end() {
        let words = "a".repeat(60) + &"b".repeat(60);
        assert_eq!(shortened(&words), format!("{}…{}", "a".repeat(48), "b".repeat(28)));
        assert_eq!(shortened("short"), "short");
    }
}
