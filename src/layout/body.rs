//! The text: paragraphs, the headings between them, and what closes it.

use super::blocks::Block;
use super::lines::Ending;
use super::{Part, Sheet};
use crate::article::FurnitureKind;
use crate::text::{Shape, Token};

/// Longer lines without a full stop are teasers and captions, not headings.
const LONGEST_HEADING: usize = 11;

/// Questions may be longer.
const LONGEST_QUESTION: usize = 22;

/// Sorts the blocks from `body` on, those that are still open.
pub(super) fn sort(sheet: &Sheet, parts: &mut [Part], body: usize) {
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
