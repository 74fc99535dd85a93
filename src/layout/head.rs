//! What stands above the text: kicker, headline, subheadline, byline.

use std::ops::Range;

use super::blocks::Block;
use super::byline;
use super::lines::Ending;
use super::{Part, Sheet};
use crate::article::FurnitureKind;
use crate::text::{Classes, Shape, Token};

/// So many blocks can stand between the first line and the text.
pub(super) const LONGEST_HEAD: usize = 16;

/// No more lines than this stand above a byline.
pub(super) const LONGEST_TITLES: usize = 3;

/// A standfirst has no more words than this.
const LONGEST_STANDFIRST: usize = 45;

/// More lines than this under a headline are no subheadline.
const LONGEST_SUBHEADLINE: usize = 4;

/// Where the text begins, when no dateline says so.
pub(super) fn body_start(sheet: &Sheet, parts: &[Part]) -> usize {
    let blocks = &sheet.blocks;
    let is_title = |i: usize| matches!(parts.get(i), Some(Part::Open));
    let Some(first) = (0..blocks.len()).find(|&i| is_title(i)) else { return 0 };
    let label = sheet.tables.labels.is_section(blocks[first].of(sheet.tokens));
    let first = (first + 1..blocks.len()).find(|&i| is_title(i)).filter(|_| label).unwrap_or(first);
    let byline = parts.iter().take(LONGEST_HEAD).position(|p| matches!(p, Part::Byline(_)));
    let prose = |from: usize| (from..blocks.len()).filter(|&i| is_title(i)).take(4).find(|&i| blocks[i].is_prose());
    if let Some(byline) = byline.filter(|&b| b > first && !reads_like_text(sheet, first..b)) {
        return prose(byline + 1).unwrap_or(byline + 1);
    }
    if blocks[first].is_prose() && !is_headline_with_stop(sheet, first) {
        return first;
    }
    let below = byline.filter(|&b| b < first).map_or(first + 1, |_| first + 1);
    let next = (below..blocks.len()).filter(|&i| is_title(i)).take(5).find(|&i| opens_text(sheet, i));
    next.unwrap_or(first + 1)
}

/// Whether the text has begun before a byline: then the line is no byline of this article. One
/// block of a few sentences right below the headline may still be the standfirst.
fn reads_like_text(sheet: &Sheet, head: Range<usize>) -> bool {
    let text = |b: &Block| b.is_prose() && b.has_sentences && b.size > 25;
    let standfirst = |i: usize| i == head.start + 1 && sheet.blocks[i].size <= LONGEST_STANDFIRST;
    head.clone().any(|i| text(&sheet.blocks[i]) && !(standfirst(i) && head.end == i + 1))
}

/// Whether the block can be the first of the text.
fn opens_text(sheet: &Sheet, i: usize) -> bool {
    let block = &sheet.blocks[i];
    if block.ending == Ending::Word && block.size <= LONGEST_STANDFIRST && leads_to_name(sheet, i + 1) {
        return false;
    }
    block.is_prose() || block.ending == Ending::Sentence || block.ending == Ending::Colon && block.size >= 8
}

/// Whether nothing but a name stands in the block: a standfirst without its full stop stands above it.
fn leads_to_name(sheet: &Sheet, i: usize) -> bool {
    let name = |block: &Block| {
        let words = block.of(sheet.tokens);
        block.size >= 2 && byline::bare_names(sheet.text, sheet.tokens, block, false, sheet.tables).is_some() && {
            words.iter().all(|t| t.shape != Shape::Lower)
        }
    };
    sheet.blocks.get(i).is_some_and(name)
}

/// Whether the block is a headline although it ends with a full stop.
pub(super) fn is_headline_with_stop(sheet: &Sheet, i: usize) -> bool {
    let block = &sheet.blocks[i];
    let words = block.of(sheet.tokens);
    if block.ending != Ending::Sentence || block.size > 25 || sheet.blocks.len() < 2 {
        return false;
    }
    if has_title_case(words) {
        return true;
    }
    let question = words.iter().rev().take(2).any(|t| t.is_mark('?'));
    if block.has_sentences || block.size > 18 {
        return block.size <= 8 || block.size <= 14 && words.iter().any(|t| t.is_mark('?'));
    }
    question && block.size <= 14 || prose_points(sheet.text, words) < 14
}

/// How much a line reads like a sentence of a report rather than a headline: its length, with
/// the articles and auxiliaries that headlines leave out.
fn prose_points(text: &str, words: &[Token]) -> usize {
    let titled = words.first().is_some_and(|t| t.is(Classes::TITLE_ABBREVIATION));
    let colon = words.iter().any(|t| t.is_mark(':'));
    let points: usize = words
        .iter()
        .filter(|t| t.shape != Shape::Mark)
        .map(|t| match t.of(text) {
            "the" | "a" | "an" | "The" | "A" | "An" | "it" | "they" | "this" | "these" | "There" | "It" | "These" => 2,
            "has" | "have" | "had" | "was" | "were" | "said" | "been" => 4,
            "is" | "are" | "that" => 2,
            _ => 1,
        })
        .sum();
    (points + 2 * usize::from(titled)).saturating_sub(4 * usize::from(colon))
}

/// Whether most longer words begin with a capital.
pub(super) fn has_title_case(words: &[Token]) -> bool {
    let long = words.iter().filter(|t| t.end() - t.start() >= 4 && !matches!(t.shape, Shape::Mark | Shape::Number));
    let (mut all, mut capital) = (0, 0);
    for word in long.take(40) {
        all += 1;
        capital += usize::from(word.is_capitalised());
    }
    all >= 3 && capital * 10 >= all * 8
}

/// Sorts the blocks above the text, those that are still open.
pub(super) fn sort(sheet: &Sheet, parts: &mut [Part], body: usize) {
    for (i, part) in parts.iter_mut().enumerate().take(body).skip(1) {
        if matches!(part, Part::Open) && is_bracketed(sheet, i) {
            *part = Part::Furniture(FurnitureKind::Note);
        }
    }
    let titles: Vec<usize> = (0..body).filter(|&i| matches!(parts[i], Part::Open)).collect();
    let mut rest = titles.as_slice();
    if let [only] = rest
        && sheet.tables.labels.is_section(sheet.blocks[*only].of(sheet.tokens))
    {
        parts[*only] = Part::Kicker;
        return;
    }
    while let [kicker, next, ..] = rest
        && is_kicker(sheet, *kicker, *next)
        && (rest.len() == titles.len() || opens_with_bar(sheet, *kicker))
    {
        parts[*kicker] = Part::Kicker;
        rest = &rest[1..];
    }
    let slugs = rest.iter().take_while(|&&i| is_slug_alone(sheet, i)).count().min(rest.len().saturating_sub(1));
    let Some((headline, below)) = rest.get(..=slugs).and_then(|h| Some((h, rest.get(slugs + 1..)?))) else { return };
    // What stands apart from the headline by furniture is no part of it.
    let apart = headline.windows(2).rposition(|w| w[0] + 1 != w[1]).map_or(0, |gap| gap + 1);
    for (n, &i) in headline.iter().enumerate() {
        parts[i] = if n < apart { Part::Furniture(FurnitureKind::Other) } else { Part::Headline };
    }
    let run = run_below(parts, headline.last().copied().unwrap_or(0), below, body);
    for &i in below {
        let wanted = run.contains(&i) && run.len() <= LONGEST_SUBHEADLINE;
        parts[i] = if wanted { Part::Subheadline } else { Part::Furniture(FurnitureKind::Other) };
    }
}

/// The open blocks right below the headline; those below the byline when there are none.
fn run_below(parts: &[Part], headline: usize, below: &[usize], body: usize) -> Vec<usize> {
    let right_below = |from: usize| -> Vec<usize> { (from..body).take_while(|i| below.contains(i)).collect() };
    let run = right_below(headline + 1);
    if !run.is_empty() {
        return run;
    }
    below.first().map_or(Vec::new(), |&first| {
        let apart = parts[headline + 1..first].iter().all(|p| matches!(p, Part::Byline(_) | Part::Furniture(_)));
        if apart { right_below(first) } else { Vec::new() }
    })
}

/// A section label above the headline: one the tables know, or one to three words above a longer
/// line.
fn is_kicker(sheet: &Sheet, i: usize, next: usize) -> bool {
    let (block, below) = (&sheet.blocks[i], &sheet.blocks[next]);
    let words = block.of(sheet.tokens);
    if sheet.tables.labels.is_section(words) && below.size >= 3 {
        return true;
    }
    if block.size > 5 || below.size < 3 || block.ending == Ending::Sentence {
        return false;
    }
    let bare = match words {
        [rest @ .., mark] if mark.is_mark('|') || mark.is_mark(':') || mark.is_mark('/') => rest,
        [bar, rest @ ..] if bar.is_mark('|') => rest,
        _ => words,
    };
    let known = bare
        .split(|t| t.is_mark(',') || t.is_mark('|') || t.is_mark('/'))
        .any(|part| sheet.tables.labels.is_section(part));
    let marked = bare.len() < words.len();
    let plain = words.iter().all(|t| t.shape != Shape::Lower && !t.is(Classes::AUXILIARY));
    // "WORLD CUP QUALIFYING" above a headline that is not in capitals
    let loud = words.iter().all(|t| matches!(t.shape, Shape::Upper | Shape::Initial))
        && below.of(sheet.tokens).iter().any(|t| t.shape == Shape::Lower);
    known
        || marked
        || block.size <= 2 && plain && below.size >= 5
        || block.size <= 3 && loud && below.size >= 7
        || is_topic(words) && below.size >= 7 && !has_title_case(below.of(sheet.tokens))
}

/// "Water industry", "Women's World Cup": a few words that say what a longer line is about, without a verb.
fn is_topic(words: &[Token]) -> bool {
    let bare = || words.iter().filter(|t| t.spaced);
    let verb = Classes::VERB | Classes::CUE | Classes::AUXILIARY | Classes::PREPOSITION;
    let small = bare().skip(1).any(|t| t.shape == Shape::Lower);
    words.first().is_some_and(|t| matches!(t.shape, Shape::Capital | Shape::Upper))
        && words.iter().all(|t| !matches!(t.shape, Shape::Mark | Shape::Number))
        && bare().skip(1).all(|t| !t.is(verb))
        && bare().count() == if small { 2 } else { 3 }
}

/// "| Floods in Riga": the second part of a section label, on a line of its own.
fn opens_with_bar(sheet: &Sheet, i: usize) -> bool {
    sheet.blocks[i].of(sheet.tokens).first().is_some_and(|t| t.is_mark('|'))
}

/// A whole block in brackets above the text is a note of the editors.
fn is_bracketed(sheet: &Sheet, i: usize) -> bool {
    match sheet.blocks[i].of(sheet.tokens) {
        [open, .., close] => open.is_mark('(') && close.is_mark(')'),
        _ => false,
    }
}

/// A slug on a line of its own: REFILE, 1ST LEAD.
fn is_slug_alone(sheet: &Sheet, i: usize) -> bool {
    let words = sheet.blocks[i].of(sheet.tokens);
    let bare = match words {
        [rest @ .., mark] if mark.shape == Shape::Mark => rest,
        _ => words,
    };
    sheet.tables.labels.slug(bare).is_some_and(|n| n == bare.len())
}
