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
mod place;
mod wrap;

use self::blocks::{Block, blocks};
use self::dateline::Found;
use self::lines::{lines, span};
use crate::article::{Byline, CalendarDate, Dateline, Furniture, FurnitureKind, Language, Paragraph};
use crate::span::Span;
use crate::tables::Tables;
use crate::text::{Token, language, sentences};

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
}

/// What the stages of the layout read.
struct Sheet<'a> {
    text: &'a str,
    tokens: &'a [Token],
    blocks: Vec<Block>,
    tables: &'a Tables,
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
    /// Opens with the dateline; what stands behind it is a paragraph.
    Dateline(Box<Found>),
    Heading,
    Paragraph,
    Furniture(FurnitureKind),
}

/// Takes the page apart. `published_on` gives a dateline without a year its year.
pub(crate) fn page(text: &str, tokens: &[Token], published_on: Option<CalendarDate>, tables: &Tables) -> Page {
    let blocks = blocks(text, tokens, &lines(text, tokens), tables);
    let sheet = Sheet { text, tokens, blocks, tables };
    let parts = sort(&sheet);
    let language = language(text, tokens, &tables.languages).map_or(Language::Undetermined, Language::Tag);
    let mut page = Page { language, ..Page::default() };
    for (block, part) in sheet.blocks.iter().zip(parts) {
        page.place(&sheet, block, part, published_on);
    }
    page
}

/// Says of every block what it is.
fn sort(sheet: &Sheet) -> Vec<Part> {
    let mut parts: Vec<Part> = sheet.blocks.iter().map(|block| first_guess(sheet, block)).collect();
    let body = match find_dateline(sheet, &parts) {
        Some((at, found)) => {
            parts[at] = Part::Dateline(Box::new(found));
            at
        }
        None => head::body_start(sheet, &parts),
    };
    one_byline(sheet, &mut parts, body);
    head::sort(sheet, &mut parts, body);
    body::sort(sheet, &mut parts, body);
    parts
}

/// Furniture and bylines, told by their words alone.
fn first_guess(sheet: &Sheet, block: &Block) -> Part {
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
    for (i, block) in sheet.blocks.iter().enumerate().take(60) {
        if !matches!(parts.get(i), Some(Part::Open)) {
            continue;
        }
        let found = dateline::find(sheet.text, sheet.tokens, block.words.clone(), sheet.tables);
        if let Some(found) = found.filter(|f| f.sure || prose == 0 && is_due(sheet, parts, i, f, titles)) {
            return Some((i, found));
        }
        titles += 1;
        prose += usize::from(block.is_prose() && (titles > 1 || block.has_sentences));
        if prose >= 3 {
            break;
        }
    }
    None
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
        dateline::find(sheet.text, sheet.tokens, b.words.clone(), sheet.tables).is_some_and(|f| !f.sure && colon(f.words.end))
    };
    colon(found.words.end) && sheet.blocks.iter().skip(i + 1).take(12).any(speaks)
}

/// Only one byline belongs to the article, and it stands above the text; a name alone is one when
/// it stands where a byline is due.
fn one_byline(sheet: &Sheet, parts: &mut [Part], body: usize) {
    let mut found = false;
    for i in 0..parts.len() {
        if !matches!(parts[i], Part::Byline(_)) {
            continue;
        }
        if i < body && !found {
            found = true;
        } else {
            let prose = sheet.blocks[i].is_prose();
            parts[i] = if prose { Part::Open } else { Part::Furniture(FurnitureKind::SignOff) };
        }
    }
    if found || body < 2 {
        return;
    }
    let bare = (1..body).rev().filter(|&i| matches!(parts[i], Part::Open)).take(1).find_map(|i| {
        byline::bare_name(sheet.tokens, &sheet.blocks[i]).map(|b| (i, b))
    });
    if let Some((i, byline)) = bare {
        parts[i] = Part::Byline(byline);
    }
}

impl Page {
    fn place(&mut self, sheet: &Sheet, block: &Block, part: Part, published_on: Option<CalendarDate>) {
        match part {
            Part::Kicker => grow(&mut self.kicker, block.span),
            Part::Headline => grow(&mut self.headline, block.span),
            Part::Subheadline => grow(&mut self.subheadline, block.span),
            Part::Byline(byline) => self.byline = Some(byline),
            Part::Dateline(found) => {
                self.dateline = Some(found.dateline(sheet.tokens, published_on));
                self.add_paragraph(sheet, found.words.end..block.words.end);
            }
            Part::Heading => self.headings.push(block.span),
            Part::Open | Part::Paragraph => self.add_paragraph(sheet, block.words.clone()),
            Part::Furniture(kind) => self.furniture.push(Furniture { kind, span: block.span }),
        }
    }

    fn add_paragraph(&mut self, sheet: &Sheet, words: std::ops::Range<usize>) {
        let Some(inside) = sheet.tokens.get(words.clone()).filter(|w| !w.is_empty()) else { return };
        self.paragraphs.push(Paragraph {
            span: span(sheet.tokens, &words),
            sentences: sentences(sheet.text, inside),
            heading: self.headings.len().checked_sub(1),
        });
    }
}

/// Parts of several blocks reach from the first to the last.
fn grow(part: &mut Option<Span>, span: Span) {
    *part = Some(part.map_or(span, |old| old.join(span)));
}
