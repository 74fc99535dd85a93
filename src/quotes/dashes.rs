//! Dialogue without quotation marks: paragraphs that open with a dash.
//!
//! A list may open its lines with dashes too: either a reporting clause stands between dashes itself,
//! or several must stand together, one of them must hold a reporting clause, and one must ask, cry out
//! or speak of "I" and "you".

use std::ops::Range;

use super::marks::Marked;
use super::narrative::goes_on_as_report;
use crate::reading::{Block, BlockKind, Reading};
use crate::tables::Tables;
use crate::text::{Classes, Shape, Token};

/// So many paragraphs on either side are asked whether they are dialogue too.
const NEAR: usize = 3;

/// Adds what is spoken in a block to `found`, if the block is part of a dialogue.
pub(super) fn find(reading: &Reading, tables: &Tables, index: usize, block: &Block, found: &mut Vec<Marked>) {
    if !is_turn(reading, block) || !is_dialogue(reading, tables, index) {
        return;
    }
    let end = block.words.end;
    let mut open = block.words.start;
    loop {
        let close = reporting_clause(reading, tables, open + 1..end).unwrap_or(end);
        let words = open + 1..close;
        if !words.is_empty() {
            found.push(Marked {
                block: index,
                open,
                words,
                single: false,
                nested: false,
                goes_on: false,
                dashed: true,
            });
        }
        // "- A barn, - he said. - People live in it."
        let behind = (close + 2).min(end);
        let opens = |&i: &usize| is_dash(reading.tokens, i) && !is_dash(reading.tokens, i - 1);
        // "—says Roth, who is 84—. It always does."
        let closed = (behind..end).find(|&i| is_tight_dash(reading.tokens, i)).map(|i| i + 1);
        let Some(next) = (behind..end).find(opens).or(closed) else { return };
        open = next;
    }
}

/// Whether the token `at` is the dash that opens a block.
pub(super) fn may_open(reading: &Reading, block: usize, at: usize) -> bool {
    reading.blocks[block].words.start == at && is_dash(reading.tokens, at)
}

/// Whether a paragraph opens with a dash and a word.
fn is_turn(reading: &Reading, block: &Block) -> bool {
    block.kind == BlockKind::Paragraph
        && is_dash(reading.tokens, block.words.start)
        && block.words.len() > 2
        && reading.tokens.get(block.words.start + 1).is_some_and(|t| t.shape != Shape::Mark)
}

fn is_dash(tokens: &[Token], at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|t| t.shape == Shape::Mark && (t.spaced || at == 0) && matches!(t.first, '–' | '—' | '―'))
}

/// A dash that closes a reporting clause, tight between a word and a mark.
fn is_tight_dash(tokens: &[Token], at: usize) -> bool {
    let dash =
        tokens.get(at).is_some_and(|t| t.shape == Shape::Mark && !t.spaced && matches!(t.first, '–' | '—' | '―'));
    dash && tokens.get(at + 1).is_some_and(|t| t.is_mark('.') || t.is_mark(','))
}

/// Whether the paragraphs around make it a dialogue.
fn is_dialogue(reading: &Reading, tables: &Tables, index: usize) -> bool {
    let report = |block: &Block| reporting_clause(reading, tables, block.words.start + 1..block.words.end);
    if reading.blocks.get(index).and_then(report).is_some_and(|at| is_dash(reading.tokens, at)) {
        return true;
    }
    let turn = |block: &&Block| is_turn(reading, block);
    let (before, from) = reading.blocks.split_at(index.min(reading.blocks.len()));
    let turns = || before.iter().rev().take(NEAR).take_while(turn).chain(from.iter().take(NEAR).take_while(turn));
    turns().count() > 1
        && turns().any(|block| report(block).is_some())
        && turns().any(|block| is_spoken(reading, block))
}

/// Whether somebody asks, cries out or speaks of "I" and "you".
fn is_spoken(reading: &Reading, block: &Block) -> bool {
    let words = reading.tokens.get(block.words.clone()).unwrap_or_default();
    words.iter().any(|t| t.is(Classes::PRONOUN_SPEECH) || t.is_mark('?') || t.is_mark('!'))
}

/// Where what is spoken ends before a reporting clause: at the comma or the dash, or behind the
/// question or exclamation mark.
fn reporting_clause(reading: &Reading, tables: &Tables, words: Range<usize>) -> Option<usize> {
    let tokens = reading.tokens;
    let reports = |from: usize| {
        let from = if is_dash(tokens, from) { from + 1 } else { from };
        goes_on_as_report(reading, tables, from..words.end)
    };
    words.clone().skip(1).find_map(|i| match tokens[i].first {
        _ if tokens[i].shape != Shape::Mark => None,
        ',' => reports(i + 1).then_some(i),
        '?' | '!' | '…' => reports(i + 1).then_some(i + 1),
        _ if is_dash(tokens, i) => reports(i).then_some(i),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use crate::quotes::tests::marked;

    #[test]
    fn paragraphs_that_open_with_a_dash_are_a_dialogue_where_somebody_is_said_to_speak() {
        for (text, expected) in [
            (
                "– Is the pier open? asked Roth.\n\n– It is shut, the clerk said. – Come back in May.",
                vec!["Is the pier open?", "It is shut", "Come back in May."],
            ),
            (
                "— You are late, — said Roth.\n\n— The ferry was, — he answered. — Again.\n\n— It always is.",
                vec!["You are late", "The ferry was", "Again.", "It always is."],
            ),
            (
                "— Who pays? — a man shouted.\n\n— Nobody knows, Roth replied and sat down.",
                vec!["Who pays?", "Nobody knows"],
            ),
            ("—The boat leaves —says Roth, who is 84—. It always does.", vec!["The boat leaves", "It always does."]),
            ("– Is this your boat? I asked.\n\n– It is, said Roth.", vec!["Is this your boat?", "It is"]),
        ] {
            assert_eq!(marked(text), expected, "{text}");
        }
    }

    #[test]
    fn lists_and_single_dashes_are_no_dialogue() {
        for text in [
            "– The pier will close, the mayor said.\n\n– The ferry will stop, officials said.",
            "— The pier\n\n— The ferry\n\n— The bus",
            "— By our staff and agencies.\n\nRoth said: the pier is shut.",
            "– Is the pier open?\n\nIt is shut, the clerk said.",
        ] {
            assert_eq!(marked(text), Vec::<String>::new(), "{text}");
        }
    }
}
