//! The page: kicker, headline, subheadline, byline, dateline, headings, paragraphs, furniture.
//!
//! Lines become blocks ([`wrap`]), blocks become parts. Furniture and bylines are told first, by
//! their words; then the dateline, which opens the text; then what stands above the text
//! ([`head`]) and in it ([`body`]).

mod blocks;
mod body;
mod byline;
mod dateline;
mod dates;
mod furniture;
mod head;
mod lines;
mod pasted;
mod place;
mod wrap;

use std::ops::Range;

use self::blocks::{Block, blocks};
use self::dateline::Found;
use self::lines::{Ending, lines, span};
use crate::article::{Byline, CalendarDate, Dateline, Furniture, FurnitureKind, Language, Paragraph};
use crate::reading::{self, BlockKind};
use crate::span::Span;
use crate::stop::Stop;
use crate::tables::Tables;
use crate::text::{Cut, Token, language, sentences};

/// An article's parts on the page. Together they hold every character that is not white space,
/// each once. Zero-width characters and byte order marks count as white space.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub(crate) kicker: Option<Span>,
    pub(crate) headline: Option<Span>,
    pub(crate) subheadline: Option<Span>,
    pub(crate) byline: Option<Byline>,
    pub(crate) dateline: Option<Dateline>,
    pub(crate) headings: Vec<Span>,
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) furniture: Vec<Furniture>,
    pub(crate) language: Language,
    /// All of these in order, with their words and sentences, for the stages that follow.
    pub(crate) blocks: Vec<reading::Block>,
    /// The sentences of all blocks.
    pub(crate) sentences: Vec<Range<usize>>,
}

/// What the stages of the layout read.
struct Sheet<'a> {
    text: &'a str,
    tokens: &'a [Token],
    blocks: Vec<Block>,
    /// Where a sentence can end.
    ends: &'a [u32],
    tables: &'a Tables,
}

impl Sheet<'_> {
    fn words(&self) -> place::Words<'_> {
        place::Words { text: self.text, tokens: self.tokens, tables: self.tables }
    }
}

/// What a block is.
#[derive(Clone, Debug)]
enum Part {
    /// Not sorted yet.
    Open,
    Kicker,
    Headline,
    Subheadline,
    Byline(Byline),
    /// The house of the writers, on the line below them.
    BylineEnd,
    /// Opens with the dateline; what stands behind it is a paragraph.
    Dateline(Box<Found>),
    Heading,
    Paragraph,
    Furniture(FurnitureKind),
}

/// Takes the page apart. `published_on` gives a dateline without a year its year.
pub(crate) fn page(text: &str, cut: &Cut, published_on: Option<CalendarDate>, tables: &Tables, stop: &Stop) -> Page {
    let Cut { tokens, ends, .. } = cut;
    let blocks = blocks(text, tokens, lines(text, cut), ends, tables);
    let sheet = Sheet { text, tokens, blocks, ends, tables };
    let parts = sort(&sheet, stop);
    let language = language(text, tokens, &tables.languages).map_or(Language::Undetermined, Language::Tag);
    let count = sheet.blocks.len();
    let (paragraphs, blocks) = (Vec::with_capacity(count), Vec::with_capacity(count + 1));
    let sentences = Vec::with_capacity(ends.len() + count + 1);
    let mut page = Page { language, paragraphs, blocks, sentences, ..Page::default() };
    for (block, part) in sheet.blocks.iter().zip(parts).take_while(|_| !stop.by_now()) {
        page.place(&sheet, block, part, published_on);
    }
    page
}

/// Says of every block what it is.
fn sort(sheet: &Sheet, stop: &Stop) -> Vec<Part> {
    let guess = |(i, block)| if stop.by_now() { Part::Open } else { first_guess(sheet, i, block) };
    let mut parts: Vec<Part> = sheet.blocks.iter().enumerate().map(guess).collect();
    if stop.now() {
        return parts;
    }
    drop_page_heads(sheet, &mut parts);
    let pasted = pasted::is_pasted(sheet, &parts);
    if pasted {
        for (part, block) in parts.iter_mut().zip(&sheet.blocks).filter(|(p, _)| matches!(p, Part::Open)) {
            let kind = furniture::kind(sheet.text, sheet.tokens, block, sheet.tables, false);
            *part = kind.map_or(Part::Open, Part::Furniture);
        }
    }
    let dateline = find_dateline(sheet, &parts).map(|(at, found)| {
        parts[at] = Part::Dateline(Box::new(found));
        at
    });
    if pasted {
        pasted::sort(sheet, &mut parts, dateline);
        return parts;
    }
    let body = dateline.unwrap_or_else(|| head::body_start(sheet, &parts));
    one_byline(sheet, &mut parts, body);
    head::sort(sheet, &mut parts, body);
    body::sort(sheet, &mut parts, body);
    parts
}

/// Short lines with a number that come again word for word head the pages of a printed paper.
fn drop_page_heads(sheet: &Sheet, parts: &mut [Part]) {
    let numbered = |b: &Block| {
        b.size <= 8 && b.ending == Ending::Word && b.of(sheet.tokens).iter().any(|t| t.first.is_ascii_digit())
    };
    let mut heads: Vec<(&str, usize)> = Vec::new();
    for (i, block) in sheet.blocks.iter().enumerate().filter(|(i, b)| matches!(parts[*i], Part::Open) && numbered(b)) {
        heads.push((block.span.of(sheet.text), i));
    }
    heads.sort_unstable();
    for pair in heads.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        parts[pair[0].1] = Part::Furniture(FurnitureKind::Navigation);
        parts[pair[1].1] = Part::Furniture(FurnitureKind::Navigation);
    }
}

/// Furniture and bylines, told by their words alone.
fn first_guess(sheet: &Sheet, i: usize, block: &Block) -> Part {
    // Above the text a section label is a kicker.
    if i < 2 && sheet.tables.labels.is_section(block.of(sheet.tokens)) {
        return Part::Open;
    }
    if let Some(kind) = furniture::kind(sheet.text, sheet.tokens, block, sheet.tables, true) {
        return Part::Furniture(kind);
    }
    byline::find(sheet.text, sheet.tokens, block, sheet.tables).map_or(Part::Open, Part::Byline)
}

/// The dateline, with the block that it opens. Sure forms are taken anywhere near the beginning,
/// the others only where prose begins.
fn find_dateline(sheet: &Sheet, parts: &[Part]) -> Option<(usize, Found)> {
    let mut prose = 0;
    let mut titles = 0;
    let mut labelled = false;
    let mut text_began = false;
    let mut fallback = None;
    for (i, block) in sheet.blocks.iter().enumerate().take(60) {
        if !matches!(parts.get(i), Some(Part::Open)) {
            // What stood above a byline was no text yet, however much it reads like it.
            text_began &= !matches!(parts.get(i), Some(Part::Byline(_))) || titles > head::LONGEST_TITLES;
            continue;
        }
        let found = dateline::find(sheet.text, sheet.tokens, block.words.clone(), sheet.tables);
        match found {
            Some(found) if found.sure => return Some((i, found)),
            Some(found) if !text_began && fallback.is_none() && is_due(sheet, parts, i, &found, titles) => {
                fallback = Some((i, found));
            }
            _ => {}
        }
        titles += 1;
        let prose_here = block.is_prose() && !(titles == 1 && head::is_headline_with_stop(sheet, i));
        // The first sentence, alone or below a section label, may still be the headline.
        let first = titles == 1 || titles == 2 && labelled;
        labelled |= titles == 1 && sheet.tables.labels.is_section(block.of(sheet.tokens));
        text_began |= prose_here && (!first || block.has_sentences || block.size > 20);
        prose += usize::from(prose_here);
        if prose >= 3 {
            break;
        }
    }
    fallback
}

/// Whether the text begins with block `i`, so that a dateline without date and agency can stand
/// there.
fn is_due(sheet: &Sheet, parts: &[Part], i: usize, found: &Found, titles: usize) -> bool {
    let block = &sheet.blocks[i];
    if found.alone {
        let next = (i + 1..sheet.blocks.len()).find(|&k| matches!(parts.get(k), Some(Part::Open)));
        let section = sheet.tables.labels.is_section(block.of(sheet.tokens));
        return titles > 0 && !section && next.is_some_and(|k| sheet.blocks[k].is_prose());
    }
    let size = if titles == 0 { 12 } else { 5 };
    block.is_prose() && block.size >= size && !is_transcript(sheet, i, found)
}

/// Whether further blocks open like this one, with a name in capitals and a colon: speakers.
fn is_transcript(sheet: &Sheet, i: usize, found: &Found) -> bool {
    let colon = |end: usize| sheet.tokens.get(end.wrapping_sub(1)).is_some_and(|t| t.is_mark(':'));
    let speaks = |b: &Block| {
        dateline::find(sheet.text, sheet.tokens, b.words.clone(), sheet.tables)
            .is_some_and(|f| !f.sure && colon(f.words.end))
    };
    colon(found.words.end) && sheet.blocks.iter().skip(i + 1).take(12).any(speaks)
}

/// Only one byline belongs to the article, and it stands above the text; a name alone is one when
/// it stands where a byline is due.
fn one_byline(sheet: &Sheet, parts: &mut [Part], body: usize) {
    let mut found = false;
    let mut last = None;
    for (i, (part, block)) in parts.iter_mut().zip(&sheet.blocks).enumerate() {
        if !matches!(part, Part::Byline(_)) {
            continue;
        }
        if i < body && !found {
            found = true;
            last = Some(i);
        } else if i < body && last == Some(i.wrapping_sub(1)) {
            // "Associated Press" on a line of its own belongs to the byline above it.
            *part = Part::BylineEnd;
        } else {
            *part = if block.is_prose() { Part::Open } else { Part::Furniture(FurnitureKind::SignOff) };
        }
    }
    if found || body < 2 {
        return;
    }
    // A score or a caption may stand between the byline and the text.
    let open = (1..body).rev().filter(|&i| matches!(parts[i], Part::Open)).take(2).enumerate();
    let bare = open.into_iter().find_map(|(n, i)| {
        let due = n == 0 && matches!(parts.get(body), Some(Part::Dateline(_)));
        byline::bare_names(sheet.text, sheet.tokens, &sheet.blocks[i], due, sheet.tables).map(|b| (i, b))
    });
    if let Some((i, byline)) = bare {
        parts[i] = Part::Byline(byline);
    }
}

impl Page {
    fn place(&mut self, sheet: &Sheet, block: &Block, part: Part, published_on: Option<CalendarDate>) {
        match part {
            Part::Kicker => self.grow(BlockKind::Kicker, block),
            Part::Headline => self.grow(BlockKind::Headline, block),
            Part::Subheadline => self.grow(BlockKind::Subheadline, block),
            Part::Byline(byline) => {
                self.add(BlockKind::Byline, byline.span, block.words.clone());
                self.byline = Some(byline);
            }
            Part::BylineEnd => self.grow(BlockKind::Byline, block),
            Part::Dateline(found) => {
                let dateline = found.dateline(sheet.words(), published_on);
                self.add(BlockKind::Dateline, dateline.span, found.words.clone());
                self.dateline = Some(dateline);
                self.add_paragraph(sheet, block, found.words.end..block.words.end);
            }
            Part::Heading => {
                self.headings.push(block.span);
                self.add(BlockKind::Heading, block.span, block.words.clone());
            }
            Part::Open | Part::Paragraph => self.add_paragraph(sheet, block, block.words.clone()),
            Part::Furniture(kind) => {
                self.furniture.push(Furniture { kind, span: block.span });
                self.add(BlockKind::Furniture, block.span, block.words.clone());
            }
        }
    }

    /// Adds the words of a block, or those behind its dateline.
    fn add_paragraph(&mut self, sheet: &Sheet, block: &Block, words: Range<usize>) {
        if words.is_empty() {
            return;
        }
        let span = span(sheet.tokens, &words);
        let ends = &sheet.ends[block.ends.clone()];
        let before = ends.iter().take_while(|&&i| (i as usize) < words.start).count();
        let first = self.sentences.len();
        sentences(sheet.text, sheet.tokens, words.clone(), &ends[before..], &mut self.sentences);
        self.paragraphs.push(Paragraph {
            span,
            sentences: self.sentences[first..].iter().map(|sentence| lines::span(sheet.tokens, sentence)).collect(),
            heading: self.headings.len().checked_sub(1),
        });
        if words.len() > LONGEST_SENTENCE {
            let whole = self.sentences.split_off(first);
            self.sentences.extend(whole.into_iter().flat_map(stretches));
        }
        self.add_block(BlockKind::Paragraph, span, words, first);
    }

    /// Adds a block that is no prose.
    fn add(&mut self, kind: BlockKind, span: Span, words: Range<usize>) {
        let first = self.sentences.len();
        self.sentences.extend(stretches(words.clone()));
        self.add_block(kind, span, words, first);
    }

    /// Adds a block whose sentences are the last, from the number `first`.
    fn add_block(&mut self, kind: BlockKind, span: Span, words: Range<usize>, first: usize) {
        let sentences = first..self.sentences.len();
        self.blocks.push(reading::Block { kind, span, words, sentences });
    }

    /// Adds a block to a part that reaches from its first block to its last.
    fn grow(&mut self, kind: BlockKind, block: &Block) {
        let begun = self.blocks.iter().position(|b| b.kind == kind).map(|at| self.blocks.remove(at));
        let (span, start) = begun.map_or((block.span, block.words.start), |b| (b.span.join(block.span), b.words.start));
        match kind {
            BlockKind::Kicker => self.kicker = Some(span),
            BlockKind::Headline => self.headline = Some(span),
            BlockKind::Subheadline => self.subheadline = Some(span),
            _ => self.byline.iter_mut().for_each(|b| b.span = span),
        }
        self.add(kind, span, start..block.words.end);
    }
}

/// Most words that are read as one sentence. No sentence of news is so long; a text without full
/// stops is read in stretches of this length, so that work on a sentence never grows with the square
/// of the text.
const LONGEST_SENTENCE: usize = 300;

/// The words in stretches of at most [`LONGEST_SENTENCE`].
fn stretches(words: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = words.end;
    words.step_by(LONGEST_SENTENCE).map(move |start| start..end.min(start + LONGEST_SENTENCE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{furniture as furniture_table, labels};
    use crate::text;

    const TEXT: &str = "Rain fell on the coast on Monday, and the ferries to the islands did not sail, the port said.";

    fn page_of(text: &str, tables: &Tables) -> Page {
        page(text, &text::cut(text, &tables.lexicon), None, tables, &Stop::never())
    }

    #[test]
    fn every_section_label_above_a_headline_is_its_kicker() {
        let tables = Tables::new();
        for label in labels::names("section") {
            let text = format!("{label}\n\nFerries stop for the whole winter\n\n{TEXT}\n\n{TEXT}");
            let page = page_of(&text, &tables);
            assert_eq!(page.kicker.map(|s| s.of(&text)), Some(label));
            assert_eq!(page.headline.map(|s| s.of(&text)), Some("Ferries stop for the whole winter"), "{label}");
        }
    }

    #[test]
    fn every_end_mark_below_the_text_is_furniture() {
        let tables = Tables::new();
        for mark in labels::names("end-mark") {
            let text = format!("Ferries stop\n\n{TEXT}\n\n{TEXT}\n\n{mark}");
            let last = page_of(&text, &tables).furniture.pop();
            assert_eq!(last.map(|f| f.span.of(&text)), Some(mark));
        }
    }

    #[test]
    fn no_slug_of_a_headline_becomes_a_place() {
        let tables = Tables::new();
        for slug in labels::names("slug") {
            let upper = slug.to_uppercase();
            for line in [format!("{upper} - {TEXT}"), format!("{upper}: {TEXT}"), format!("{slug}: Ferries stop")] {
                let text = format!("Ferries stop for the winter\n\n{line}\n\n{TEXT}");
                assert_eq!(page_of(&text, &tables).dateline, None, "{line}");
            }
        }
    }

    #[test]
    fn every_furniture_phrase_makes_its_line_furniture_of_its_kind() {
        let tables = Tables::new();
        for (how, phrase, kind) in furniture_table::phrases() {
            let line = match how {
                "begins" => format!("{phrase} the quay"),
                "ends" => format!("Rain on the quay {phrase}"),
                "holds" => format!("Rain on the quay {phrase} the ferry"),
                _ => phrase.to_owned(),
            };
            let text = format!("Ferries stop for the winter\n\n{TEXT}\n\n{TEXT}\n\n{line}");
            let found = page_of(&text, &tables).furniture.pop().map(|f| (f.span.of(&text), f.kind));
            assert_eq!(found, Some((line.as_str(), kind)), "{how}: {phrase}");
        }
    }

    #[test]
    fn a_slug_that_furniture_parts_from_the_headline_is_no_part_of_it() {
        let tables = Tables::new();
        let text = "(Reporting by A. B.; Editing by C. D.)\nUPDATE 2-\u{2028}&\nFerries stop\nRIGA, March 4. /TASS/. It rained.";
        let page = page_of(text, &tables);
        assert_eq!(page.headline.map(|s| s.of(text)), Some("Ferries stop"));
        assert_eq!(page.furniture.len(), 3, "{:?}", page.furniture);
    }

    #[test]
    fn prose_that_begins_like_furniture_stays_in_the_text() {
        let tables = Tables::new();
        for line in [
            "Share prices of the ferry company fell by a tenth on Monday after the port was closed for the winter.",
            "Read more slowly, the report says that the ferries were never safe and that the port knew it all along.",
            "Terms of the contract were not disclosed.",
            "Photo opportunities were few on Monday, when rain fell on the quay and the minister stayed in his car.",
            "National Farmers' officials were careful about the minister's comments.",
            "Published on Monday, the report says that the ferries were never safe and that the port knew it all along.",
        ] {
            let text = format!("Ferries stop for the winter\n\n{TEXT}\n\n{line}\n\n{TEXT}");
            let page = page_of(&text, &tables);
            assert!(page.paragraphs.iter().any(|p| p.span.of(&text) == line), "{line}");
        }
    }
}
