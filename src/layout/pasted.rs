//! Pages pasted whole: menus, share lines and related stories around and inside the article.
//!
//! On such a page the text is what reads like prose, and the lines between its paragraphs are
//! headings only where nothing speaks for a link, a caption or an offer.

use super::blocks::Block;
use super::byline;
use super::furniture;
use super::head::has_title_case;
use super::lines::Ending;
use super::{Part, Sheet};
use crate::article::FurnitureKind;
use crate::text::{Classes, Shape, Token};

/// So many menu lines above or between the paragraphs make a pasted page.
const MENU_LINES: usize = 2;

/// Lines of any matter, bylines included, above or between the paragraphs that make a pasted page.
const ANY_LINES: usize = 4;

/// Lines of any matter but sign-offs that make a pasted page wherever they stand.
const ALL_LINES: usize = 6;

/// Headings of web pages are short, or questions.
const LONGEST_HEADING: usize = 10;

/// A headline has at least so many words where menus stand beside it.
const SHORTEST_HEADLINE: usize = 5;

/// Between two paragraphs stand at most so many lines of other matter, less one.
const PARAGRAPHS_NEAR: usize = 4;

/// The byline stands at most so many lines below its headline.
const BYLINE_NEAR: usize = 5;

/// Whether the text is a page with all that stands around its article.
pub(super) fn is_pasted(sheet: &Sheet, parts: &[Part]) -> bool {
    let last = (0..parts.len()).rev().find(|&i| is_open_prose(sheet, parts, i)).unwrap_or(0);
    let inside = parts.iter().take(last);
    let menu = inside.clone().filter(|p| matches!(p, Part::Furniture(FurnitureKind::Navigation))).count();
    let any = inside.filter(|p| matches!(p, Part::Furniture(_) | Part::Byline(_))).count();
    let matter = |p: &&Part| matches!(p, Part::Furniture(kind) if *kind != FurnitureKind::SignOff);
    menu >= MENU_LINES || any >= ANY_LINES || parts.iter().filter(matter).count() >= ALL_LINES
}

/// Prose, but no question that may be a heading and no caption with a name behind its sentence.
fn is_open_prose(sheet: &Sheet, parts: &[Part], i: usize) -> bool {
    matches!(parts.get(i), Some(Part::Open)) && reads_like_prose(sheet, &sheet.blocks[i])
}

fn reads_like_prose(sheet: &Sheet, block: &Block) -> bool {
    let closed = block.ending == Ending::Sentence || block.size >= 40;
    block.is_prose() && closed && !(is_question(sheet, block) && block.size <= 20)
}

fn is_question(sheet: &Sheet, block: &Block) -> bool {
    block.of(sheet.tokens).iter().rev().take(2).any(|t| t.is_mark('?'))
}

/// Sorts the blocks of the page. `dateline` is the block that a dateline opens.
pub(super) fn sort(sheet: &Sheet, parts: &mut [Part], dateline: Option<usize>) {
    let body = dateline.unwrap_or_else(|| body_start(sheet, parts));
    sort_head(sheet, parts, body);
    let end = end_of_text(sheet, parts, body);
    for i in body..parts.len() {
        if !matches!(parts[i], Part::Open | Part::Byline(_)) {
            continue;
        }
        parts[i] = if i > end { Part::Furniture(FurnitureKind::Navigation) } else { inner_part(sheet, parts, i) };
    }
}

/// The first prose that more prose follows, and no byline before it: what stands above a byline
/// is no text yet.
fn body_start(sheet: &Sheet, parts: &[Part]) -> usize {
    let prose = |i: usize| is_open_prose(sheet, parts, i);
    let first = (0..parts.len()).find(|&i| {
        prose(i) && {
            let next = (i + 1..parts.len()).find(|&k| prose(k)).unwrap_or(parts.len());
            let signed = (i + 1..next).any(|k| is_signature(sheet, parts, k));
            let ahead = (i + 1..parts.len()).take(5).filter(|&k| prose(k)).count();
            let long = sheet.blocks[i].size >= 20 && prose(i + 1) && sheet.blocks[i + 1].size >= 20;
            let entry = prose(i + 1) && (i.saturating_sub(2)..i).any(|k| is_hour(sheet, k));
            (ahead >= 2 || long || entry) && !signed
        }
    });
    let first = first.or_else(|| (0..parts.len()).find(|&i| prose(i))).unwrap_or(0);
    // An entry of a live report begins with its heading.
    let headed = first >= 2 && is_hour(sheet, first - 2) && matches!(parts[first - 1], Part::Open);
    first - usize::from(headed && sheet.blocks[first - 1].size <= LONGEST_HEADING)
}

/// Whether nothing but an hour stands in the block, as above an entry of a live report.
fn is_hour(sheet: &Sheet, i: usize) -> bool {
    furniture::is_hour(sheet.text, sheet.blocks[i].of(sheet.tokens))
}

/// A byline, or the date or time that stands beside one.
fn is_signature(sheet: &Sheet, parts: &[Part], i: usize) -> bool {
    match &parts[i] {
        Part::Byline(_) => true,
        Part::Furniture(_) => furniture::is_stamp(sheet.text, sheet.blocks[i].of(sheet.tokens)),
        _ => false,
    }
}

/// Headline and subheadline: of the lines that could be one the last that a byline or a date
/// follows. All other lines above the text are menus and captions.
fn sort_head(sheet: &Sheet, parts: &mut [Part], body: usize) {
    let titles: Vec<usize> = (0..body).filter(|&i| is_title(sheet, parts, i)).collect();
    let signed = |i: usize| {
        let below = (i + 1..body).take_while(|&k| !starts_over(sheet, parts, &titles, i, k)).take(BYLINE_NEAR);
        below.into_iter().any(|k| is_signature(sheet, parts, k))
    };
    let first_of_run = |i: &usize| *i == 0 || !titles.contains(&(i - 1)) || is_same(sheet, i - 1, *i);
    let runs: Vec<usize> = titles.iter().copied().filter(first_of_run).collect();
    let headline = runs.iter().rev().copied().find(|&i| signed(i)).or(runs.last().copied());
    sign(sheet, parts, headline, body);
    let byline = (0..body).filter(|&i| matches!(parts[i], Part::Byline(_))).find(|&i| headline.is_none_or(|h| i > h));
    for i in 0..body {
        let sub = headline.is_some_and(|h| i == h + 1) && is_subheadline(sheet, parts, i, titles.contains(&i));
        match &parts[i] {
            _ if headline == Some(i) => parts[i] = Part::Headline,
            _ if sub => parts[i] = Part::Subheadline,
            Part::Byline(_) if byline == Some(i) => {}
            Part::Open if headline == Some(i + 1) && is_section(sheet, i) && !(i > 0 && is_section(sheet, i - 1)) => {
                parts[i] = Part::Kicker;
            }
            Part::Open | Part::Byline(_) => parts[i] = Part::Furniture(FurnitureKind::Navigation),
            _ => {}
        }
    }
}

/// Makes names alone right above a date a byline, where no other stands between headline and text.
fn sign(sheet: &Sheet, parts: &mut [Part], headline: Option<usize>, body: usize) {
    let Some(above) = headline.map(|h| h + 1..body.min(h + 1 + BYLINE_NEAR)) else { return };
    if above.clone().any(|i| matches!(parts[i], Part::Byline(_))) {
        return;
    }
    let dated = |i: usize| i + 1 < body && is_signature(sheet, parts, i + 1);
    let names = |i: usize| byline::bare_names(sheet.text, sheet.tokens, &sheet.blocks[i], true, sheet.tables);
    let found = above.filter(|&i| matches!(parts[i], Part::Open) && dated(i)).find_map(|i| Some((i, names(i)?)));
    if let Some((i, names)) = found {
        parts[i] = Part::Byline(names);
    }
}

/// Whether at `k` another headline begins, below the one at `i` and its subheadline.
fn starts_over(sheet: &Sheet, parts: &[Part], titles: &[usize], i: usize, k: usize) -> bool {
    let label = is_section(sheet, k) && matches!(parts[k], Part::Open);
    label || k > i + 3 && titles.contains(&k)
}

fn is_section(sheet: &Sheet, i: usize) -> bool {
    sheet.tables.labels.is_section(sheet.blocks[i].of(sheet.tokens))
}

fn is_title(sheet: &Sheet, parts: &[Part], i: usize) -> bool {
    let block = &sheet.blocks[i];
    let words = block.of(sheet.tokens);
    let sentence = block.ending == Ending::Sentence && !is_question(sheet, block);
    let cut = words.last().is_some_and(|t| t.is_mark('('));
    let in_letters = words.iter().any(|t| t.shape == Shape::Lower);
    let sentences = block.has_sentences && block.size > 12;
    let size = (SHORTEST_HEADLINE..=36).contains(&block.size);
    let below_caption = i > 0
        && matches!(parts[i - 1], Part::Furniture(FurnitureKind::Caption))
        && sheet.blocks[i - 1].ending == Ending::Open;
    matches!(parts[i], Part::Open) && size && !below_caption && !sentence && !sentences && !cut && in_letters
}

fn is_same(sheet: &Sheet, a: usize, b: usize) -> bool {
    sheet.blocks[a].span.of(sheet.text) == sheet.blocks[b].span.of(sheet.text)
}

/// A line below the headline that says more: as long as a sentence, with or without a full stop.
fn is_subheadline(sheet: &Sheet, parts: &[Part], i: usize, title: bool) -> bool {
    let block = &sheet.blocks[i];
    let lower = block.of(sheet.tokens).iter().filter(|t| t.shape == Shape::Lower).count();
    matches!(parts[i], Part::Open)
        && block.size >= 7
        && lower >= 3
        && (title || block.size > 36 || reads_like_prose(sheet, block))
}

/// The last paragraph: the last prose with other prose not far above it. Behind it stand offers
/// and notes about the author.
fn end_of_text(sheet: &Sheet, parts: &[Part], body: usize) -> usize {
    let text = |i: usize| is_open_prose(sheet, parts, i) && !is_offer(sheet, parts, i);
    let near = |i: usize| (body.max(i.saturating_sub(PARAGRAPHS_NEAR))..i).any(|k| k == body || text(k));
    let about_author =
        |i: usize| matches!(parts[i - 1], Part::Open | Part::Byline(_)) && is_like_a_name(sheet, &sheet.blocks[i - 1]);
    let last = (body + 1..parts.len()).rev().find(|&i| text(i) && near(i) && !about_author(i)).unwrap_or(body);
    let short = |i: &usize| matches!(parts[*i], Part::Open) && sheet.blocks[*i].ending == Ending::Sentence;
    last + (last + 1..parts.len()).take_while(short).take(2).count()
}

/// A sentence to the reader between lines of the page: "Plan your next getaway with us."
fn is_offer(sheet: &Sheet, parts: &[Part], i: usize) -> bool {
    let words = sheet.blocks[i].of(sheet.tokens);
    let around = |k: Option<usize>| k.and_then(|k| parts.get(k)).is_none_or(|p| matches!(p, Part::Furniture(_)));
    sheet.blocks[i].size < 35
        && (around(i.checked_sub(1)) || around(i.checked_sub(2)))
        && around(Some(i + 1))
        && words.iter().any(|t| t.is(Classes::PRONOUN_SPEECH))
        && !words.iter().any(|t| matches!(t.first, '"' | '“' | '‘'))
}

/// What an open block between the paragraphs is.
fn inner_part(sheet: &Sheet, parts: &[Part], i: usize) -> Part {
    let block = &sheet.blocks[i];
    if is_offer(sheet, parts, i) {
        return Part::Furniture(FurnitureKind::Navigation);
    }
    if is_heading(sheet, parts, i) {
        return Part::Heading;
    }
    let question = is_question(sheet, block) && block.size <= 20 && !is_quoted(sheet, block);
    let sentence = block.ending == Ending::Sentence && block.size >= 3 && !question;
    // A post or a speech that is quoted to its end without a full stop.
    let quotation = block.size > LONGEST_HEADING && ends_quotation(sheet, block);
    if reads_like_prose(sheet, block) || sentence || quotation || block.ending == Ending::Colon {
        return Part::Paragraph;
    }
    let captioned = i > 0 && matches!(parts[i - 1], Part::Furniture(FurnitureKind::Caption));
    let caption = captioned && sheet.blocks[i - 1].ending == Ending::Open
        || block.size > LONGEST_HEADING && !has_title_case(block.of(sheet.tokens));
    Part::Furniture(if caption { FurnitureKind::Caption } else { FurnitureKind::Navigation })
}

/// A line between two paragraphs, with no link or picture line in front of it.
fn is_heading(sheet: &Sheet, parts: &[Part], i: usize) -> bool {
    let block = &sheet.blocks[i];
    let question = is_question(sheet, block);
    let unclosed = block.ending == Ending::Word || question && !is_quoted(sheet, block);
    let short = block.size <= LONGEST_HEADING || question && block.size <= 20;
    let text_below = is_open_prose(sheet, parts, i + 1);
    let link_above = i > 0
        && match &parts[i - 1] {
            Part::Furniture(kind) => links_on(sheet, &sheet.blocks[i - 1], *kind, question),
            Part::Paragraph | Part::Dateline(_) | Part::Heading => false,
            _ => true,
        };
    unclosed && short && text_below && !link_above && !is_like_a_name(sheet, block) && block.size >= 2
}

fn is_quoted(sheet: &Sheet, block: &Block) -> bool {
    block.of(sheet.tokens).iter().any(|t| matches!(t.first, '"' | '“'))
}

/// Whether words and a colon lead to a quotation that ends with the block.
fn ends_quotation(sheet: &Sheet, block: &Block) -> bool {
    let words = block.of(sheet.tokens);
    let closed = words.last().is_some_and(|t| matches!(t.first, '"' | '”' | '’' | '\''));
    let opened = |w: &[Token]| w[0].is_mark(':') && matches!(w[1].first, '"' | '“' | '‘' | '\'');
    closed && words.windows(2).any(opened)
}

/// Two or three words with capitals and nothing else: beside a link that is its author.
fn is_like_a_name(sheet: &Sheet, block: &Block) -> bool {
    let words = block.of(sheet.tokens);
    block.size <= 3
        && words.iter().all(|t| t.is_capitalised() && t.shape != Shape::Upper || t.is_mark('-') || t.is_mark('.'))
}

/// Whether the line announces the next as a link: a running time (but not the hour of an entry in a
/// live report), "Related", or another link.
fn links_on(sheet: &Sheet, above: &Block, kind: FurnitureKind, question: bool) -> bool {
    let words = above.of(sheet.tokens);
    let link = kind == FurnitureKind::Navigation && !question;
    if link && furniture::kind(sheet.text, sheet.tokens, above, sheet.tables, false).is_none() {
        return true;
    }
    let link = furniture::is_stamp(sheet.text, words) && !furniture::is_hour(sheet.text, words);
    link || above.size <= 3 && sheet.tables.labels.slug(words).is_some()
}
