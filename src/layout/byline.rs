//! Bylines: who wrote the article, in every common form.

use super::blocks::Block;
use super::lines::{Ending, span};
use crate::article::Byline;
use crate::span::Span;
use crate::tables::Tables;
use crate::text::{Classes, Shape, Token};

/// No byline has more words and marks than this.
const LONGEST: usize = 50;

/// Whether a line that begins with `tokens` opens like "By Ana Sousa".
pub(super) fn opens(tokens: &[Token]) -> bool {
    match without_carets(tokens) {
        [by, name, next, ..] => {
            let title = next.is_capitalised() || next.is_mark('.') || next.is(Classes::PARTICLE | Classes::BYLINE_ROLE);
            by.is(Classes::BYLINE_OPENER) && is_name_word(name) && title
        }
        _ => false,
    }
}

/// The byline that the block is: with "By" before the names, or with a trade behind them.
pub(super) fn find(text: &str, tokens: &[Token], block: &Block, tables: &Tables) -> Option<Byline> {
    let words = without_lead(text, without_carets(block.of(tokens)));
    if words.len() > LONGEST || block.has_sentences {
        return None;
    }
    let opener = words.first()?.is(Classes::BYLINE_OPENER);
    let colon = usize::from(opener && words.get(1).is_some_and(|t| t.is_mark(':')));
    let names = if opener { words.get(1 + colon..)? } else { words };
    let names = &names[..names.len() - names.iter().rev().take_while(|t| t.is_mark('=')).count()];
    let house = tables.agencies.longest(names).map(|(n, ())| n);
    let sentence = block.ending == Ending::Sentence && words.len() > 2 && !ends_with_abbreviation(words);
    let checked = if opener && block.ending == Ending::Word { before_desk(names) } else { names };
    let fits = checked.iter().skip(house.unwrap_or(0)).all(|t| may_stand_in_byline(text, t));
    if names.is_empty() || sentence || !fits {
        return None;
    }
    let trade = names.first()?.is(Classes::BYLINE_ROLE) && block.ending == Ending::Word;
    let signed =
        if opener { is_name_word(names.first()?) || house.is_some() || trade } else { is_signed(names, house, tables) };
    // "AFP, RIGA" names no writer.
    let house_first = !opener && house.is_some();
    signed.then(|| Byline {
        span: block.span,
        authors: if house_first { Vec::new() } else { authors(text, names, tables) },
    })
}

/// Carets open a line on the ANPA wire.
fn without_carets(words: &[Token]) -> &[Token] {
    &words[words.iter().take_while(|t| t.is_mark('^')).count()..]
}

/// "By" and the names in "Story and photos by Ana Sousa", "EXCLUSIVE by Ana Sousa".
fn without_lead<'a>(text: &str, words: &'a [Token]) -> &'a [Token] {
    let lead = |t: &Token| t.is(Classes::BYLINE_LEAD) || t.is(Classes::CONJUNCTION) || t.is_mark(':');
    let by = words.iter().take(5).take_while(|t| lead(t)).count();
    match words.get(by..) {
        Some(rest @ [opener, name, ..])
            if by > 0 && opener.of(text).eq_ignore_ascii_case("by") && is_name_word(name) =>
        {
            rest
        }
        _ => words,
    }
}

/// The names in front of the desk they write for: "Ana Sousa, Legal affairs".
fn before_desk(names: &[Token]) -> &[Token] {
    let comma = names.iter().rposition(|t| t.is_mark(',')).filter(|&c| (2..=4).contains(&(names.len() - c)));
    let desk = |c: usize| names[c + 1..].iter().all(|t| matches!(t.shape, Shape::Lower | Shape::Capital));
    comma.filter(|&c| c >= 2 && desk(c)).map_or(names, |c| &names[..c])
}

/// A name alone on its line, when its first word is a given name or a dateline follows: taken only
/// where a byline is due.
pub(super) fn bare_name(tokens: &[Token], block: &Block, due: bool) -> Option<Byline> {
    let words = block.of(tokens);
    let given = words.first()?.is(Classes::GIVEN_HE | Classes::GIVEN_SHE);
    let named = words.iter().all(|t| is_name_word(t) || t.is_mark('.') || t.is_mark('-') || t.is(Classes::PARTICLE));
    let short = (2..=4).contains(&block.size) && words.len() <= 5;
    let plain = due && block.size <= 3 && words.iter().all(|t| t.shape == Shape::Capital);
    ((given || plain) && named && short).then(|| Byline { span: block.span, authors: vec![block.span] })
}

/// Without "By": names, a comma and a trade ("Ana Sousa, Staff Writer"), or a house ("AFP, RIGA",
/// "Associated Press in Riga", "MND Staff").
fn is_signed(names: &[Token], house: Option<usize>, tables: &Tables) -> bool {
    let comma = names.iter().position(|t| t.is_mark(','));
    let role = |t: &[Token]| t.iter().any(|t| t.is(Classes::BYLINE_ROLE)) || tables.agencies.longest(t).is_some();
    if let Some(comma) = comma {
        let before = &names[..comma];
        let name = (2..=6).contains(&before.len())
            && before.iter().all(|t| is_name_word(t) || t.is_mark('.') || t.is_mark('-') || t.is(Classes::PARTICLE));
        let after = &names[comma + 1..];
        let only_trade = after.len() <= 8 && role(after);
        return name && only_trade && names.len() <= 14 || house == Some(comma) && after.len() <= 4;
    }
    match house {
        Some(n) if n == names.len() => true,
        Some(n) => {
            names[n..].first().is_some_and(|t| t.is(Classes::BYLINE_ROLE) || t.is(Classes::PREPOSITION))
                && names.len() <= 8
        }
        None => {
            names.len() <= 3
                && names.len() >= 2
                && names.last().is_some_and(|t| t.is_capitalised() && t.is(Classes::BYLINE_ROLE))
        }
    }
}

fn is_name_word(token: &Token) -> bool {
    let small = Classes::DETERMINER | Classes::PREPOSITION | Classes::CONJUNCTION | Classes::SUBORDINATOR;
    let common = token.is(small | Classes::AUXILIARY | Classes::WEEKDAY);
    token.is_capitalised() && (!common || token.is(Classes::GIVEN_HE | Classes::GIVEN_SHE | Classes::FAMILY))
        || token.is(Classes::BYLINE_ROLE) && token.shape != Shape::Lower
}

fn may_stand_in_byline(text: &str, token: &Token) -> bool {
    match token.shape {
        // Ji-won
        Shape::Lower if !token.spaced => true,
        Shape::Lower => {
            token.is(Classes::BYLINE_ROLE | Classes::PARTICLE | Classes::PLACE_PARTICLE)
                || matches!(
                    token.of(text),
                    "and" | "in" | "for" | "of" | "the" | "at" | "to" | "with" | "by" | "from" | "'s" | "’s"
                )
                || token.of(text).contains('@')
        }
        Shape::Number => false,
        Shape::Mark => matches!(
            token.first,
            ',' | '&' | ';' | '/' | '|' | '.' | '-' | '–' | '—' | '=' | '(' | ')' | '@' | '\'' | '’' | '_' | '·' | '•'
        ),
        _ => true,
    }
}

fn ends_with_abbreviation(words: &[Token]) -> bool {
    matches!(words, [.., word, _] if word.shape == Shape::Initial || word.is(Classes::ABBREVIATION))
}

/// The names in a byline: its pieces between commas and "and" that are neither trade nor house.
fn authors(text: &str, names: &[Token], tables: &Tables) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for i in 0..=names.len() {
        let ends = names.get(i).is_none_or(|t| separates(text, t));
        if !ends {
            continue;
        }
        let piece = &names[start..i];
        start = i + 1;
        if let Some(author) = author(text, piece, found.is_empty(), tables) {
            found.push(author);
        }
        if names.get(i).is_some_and(|t| stops_names(text, t)) {
            break;
        }
    }
    found
}

fn separates(text: &str, token: &Token) -> bool {
    matches!(token.first, ',' | '&' | ';' | '/' | '|' | '(' | '=' | '—' | '–' | '·' | '•') && token.shape == Shape::Mark
        || token.of(text).eq_ignore_ascii_case("and")
        || stops_names(text, token)
}

/// Behind these stands where or for whom they wrote, not who.
fn stops_names(text: &str, token: &Token) -> bool {
    token.shape == Shape::Lower && matches!(token.of(text), "in" | "for" | "at" | "from" | "of" | "to")
}

/// The name behind the trade in "Xinhua writers Lin Hao".
fn behind_trade(piece: &[Token]) -> &[Token] {
    let trade = piece.iter().rposition(|t| t.shape == Shape::Lower && t.is(Classes::BYLINE_ROLE));
    match trade.and_then(|i| piece.get(i + 1..)) {
        Some(name @ [_, _, ..]) => name,
        _ => piece,
    }
}

/// The name that a piece of a byline is.
fn author(text: &str, piece: &[Token], first: bool, tables: &Tables) -> Option<Span> {
    let house =
        (0..piece.len()).find(|&i| tables.agencies.longest(&piece[i..]).is_some_and(|(n, ())| i + n == piece.len()));
    let mut piece = behind_trade(&piece[..house.unwrap_or(piece.len())]);
    while let [rest @ .., last] = piece
        && (last.of(text).eq_ignore_ascii_case("the") || last.shape == Shape::Mark)
    {
        piece = rest;
    }
    let named = piece.iter().filter(|t| t.is_capitalised()).count();
    let trade = piece.iter().any(|t| t.is(Classes::BYLINE_ROLE | Classes::BODY));
    let fine = !trade && named <= 6 && (named >= 2 || named == 1 && first);
    let (a, b) = (piece.first()?, piece.last()?);
    fine.then(|| span(piece, &(0..piece.len()))).filter(|_| a.start() <= b.start())
}
