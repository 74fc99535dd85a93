//! The text: paragraphs, the headings between them, and what closes it.

use super::blocks::Block;
use super::lines::Ending;
use super::{Part, Sheet, furniture};
use crate::article::FurnitureKind;
use crate::span::Span;
use crate::text::{Shape, Token};

/// Longer lines without a full stop are teasers and captions, not headings.
const LONGEST_HEADING: usize = 11;

/// Questions may be longer.
const LONGEST_QUESTION: usize = 22;

/// No line with an address to write to is longer.
const LONGEST_CONTACT: usize = 25;

/// The name of a speaker in front of a colon has no more words.
const LONGEST_LABEL: usize = 4;

/// The same speaker comes again within so many blocks.
const NEAR: usize = 6;

/// Sorts the blocks from `body` on, those that are still open.
pub(super) fn sort(sheet: &Sheet, parts: &mut [Part], body: usize) {
    close(sheet, parts, body);
    let end = end_of_text(sheet, parts, body);
    let last = (body..end).rev().find(|&i| matches!(parts[i], Part::Open) && sheet.blocks[i].is_prose()).unwrap_or(end);
    for i in body..parts.len() {
        if !matches!(parts[i], Part::Open) {
            continue;
        }
        parts[i] = if i >= end {
            Part::Furniture(FurnitureKind::Other)
        } else if i > last && trails_links(sheet, parts, i) {
            Part::Furniture(FurnitureKind::Navigation)
        } else if is_heading(sheet, parts, i, body) {
            Part::Heading
        } else {
            Part::Paragraph
        };
    }
}

/// Takes the notes under the text from its end: who the writer is, how to reach him, the mark of
/// the agency.
fn close(sheet: &Sheet, parts: &mut [Part], body: usize) {
    let authors: Vec<&str> = parts
        .iter()
        .take(body)
        .filter_map(|p| if let Part::Byline(byline) = p { Some(byline.authors.as_slice()) } else { None })
        .flat_map(|spans| spans.iter().map(|s| s.of(sheet.text)))
        .collect();
    let open: Vec<usize> = (body + 1..parts.len()).filter(|&i| matches!(parts[i], Part::Open)).collect();
    for &i in open.iter().skip(2).rev().take_while(|&&i| is_closing_note(sheet, i, &authors)) {
        parts[i] = Part::Furniture(FurnitureKind::SignOff);
    }
}

fn is_closing_note(sheet: &Sheet, i: usize, authors: &[&str]) -> bool {
    let block = &sheet.blocks[i];
    let words = block.span.of(sheet.text);
    let about = |author: &&str| words.get(..author.len()).is_some_and(|w| w.eq_ignore_ascii_case(author));
    authors.iter().any(about)
        || block.size <= LONGEST_CONTACT && furniture::has_address(block.of(sheet.tokens))
        || furniture::is_agency_mark(sheet.text, block, sheet.tokens, sheet.tables)
}

/// Where the text is over: behind the last prose, when a sign-off or the like stands between.
fn end_of_text(sheet: &Sheet, parts: &[Part], body: usize) -> usize {
    let closes = |p: &Part| matches!(p, Part::Furniture(FurnitureKind::SignOff | FurnitureKind::Copyright));
    let Some(sign_off) = (body + 1..parts.len()).find(|&i| closes(&parts[i])) else { return parts.len() };
    let prose_behind =
        (sign_off..parts.len()).filter(|&i| matches!(parts[i], Part::Open) && sheet.blocks[i].is_prose()).count();
    let prose_before = (body..sign_off).filter(|&i| !matches!(parts[i], Part::Furniture(_))).count();
    if prose_behind * 3 <= prose_before { sign_off } else { parts.len() }
}

/// Lines behind the last paragraph and below a line of links are links.
fn trails_links(sheet: &Sheet, parts: &[Part], i: usize) -> bool {
    let links = |p: &Part| matches!(p, Part::Furniture(FurnitureKind::Navigation));
    sheet.blocks[i].ending == Ending::Word && i > 0 && links(&parts[i - 1])
}

/// A short line without a full stop above a paragraph.
fn is_heading(sheet: &Sheet, parts: &[Part], i: usize, body: usize) -> bool {
    let block = &sheet.blocks[i];
    let words = block.of(sheet.tokens);
    let question = words.iter().rev().take(3).any(|t| t.is_mark('?'));
    let unclosed = block.ending == Ending::Word || block.ending == Ending::Sentence && question && !block.has_sentences;
    if i == body
        || block.size > if question { LONGEST_QUESTION } else { LONGEST_HEADING }
        || !unclosed
        || is_item(words)
        || is_speech(words, question)
        || is_labelled(sheet, i)
    {
        return false;
    }
    let next = (i + 1..parts.len()).find(|&k| !matches!(parts[k], Part::Furniture(_)));
    let above_text = next.is_some_and(|k| is_text(sheet, parts, k));
    let before = (body..i).rev().find(|&k| !matches!(parts[k], Part::Furniture(_)));
    let below_text = before.is_none_or(|k| matches!(parts[k], Part::Dateline(_)) || is_text_end(&sheet.blocks[k]));
    above_text && below_text
}

fn is_text(sheet: &Sheet, parts: &[Part], i: usize) -> bool {
    matches!(parts[i], Part::Open | Part::Paragraph | Part::Dateline(_))
        && (sheet.blocks[i].is_prose() || is_list_line(&sheet.blocks[i]) || is_item(sheet.blocks[i].of(sheet.tokens)))
}

/// What leads to a list, or is as long as one of its lines.
fn is_list_line(block: &Block) -> bool {
    block.ending == Ending::Colon && block.size > 5 || block.size >= 10
}

fn is_text_end(block: &Block) -> bool {
    block.ending == Ending::Sentence || block.size >= 12
}

/// List items, table rows and lines of figures are no headings.
fn is_item(words: &[Token]) -> bool {
    let numbers = words.iter().filter(|t| t.shape == Shape::Number).count();
    let mark = words
        .first()
        .is_some_and(|t| t.shape == Shape::Mark && matches!(t.first, '-' | '*' | '•' | '–' | '—' | '·' | '@' | '#'));
    mark || numbers * 2 > words.len() || words.iter().all(|t| t.shape == Shape::Mark)
}

/// Whether the line begins with a label and a colon that begin one of the blocks near it as well, as
/// in an interview: "The Ledger: Do you swim?"
fn is_labelled(sheet: &Sheet, i: usize) -> bool {
    let label = |k: usize| {
        let block = sheet.blocks.get(k)?;
        let words = block.of(sheet.tokens);
        let colon = words.iter().take(LONGEST_LABEL + 1).position(|t| t.is_mark(':')).filter(|&c| c > 0)?;
        Some(Span::between(words[0].start(), words[colon].end()).of(sheet.text))
    };
    label(i).is_some_and(|own| (i.saturating_sub(NEAR)..i + NEAR).any(|k| k != i && label(k) == Some(own)))
}

/// A question in quotation marks is what somebody said, and so is what stands behind a name and a
/// colon.
fn is_speech(words: &[Token], question: bool) -> bool {
    let colon = words.iter().position(|t| t.is_mark(':'));
    let quotes = |t: &Token| t.shape == Shape::Mark && matches!(t.first, '"' | '“' | '‘');
    let announced = colon.is_some_and(|c| words.get(c + 1).is_some_and(quotes));
    let labelled = colon.is_some_and(|c| {
        (1..=3).contains(&c) && words.iter().take(c).all(|t| matches!(t.shape, Shape::Upper | Shape::Initial))
    });
    announced
        || labelled
        || question && words.iter().any(|t| t.shape == Shape::Mark && matches!(t.first, '"' | '“' | '”'))
}
