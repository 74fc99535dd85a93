//! Bylines: who wrote the article, in every common form.

use super::blocks::Block;
use super::dates;
use super::lines::{Ending, span};
use crate::article::Byline;
use crate::span::Span;
use crate::tables::Tables;
use crate::text::{Classes, Shape, Token};

/// No byline has more words and marks than this.
const LONGEST: usize = 50;

/// A name with the trade behind it has no more words.
const LONGEST_SIGNATURE: usize = 6;

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
    if tells_shifts(text, words) {
        return bare_names(text, tokens, block, true, tables);
    }
    // Most blocks are sentences, and then nothing else need be asked.
    if block.ending == Ending::Sentence && words.len() > 2 && !ends_with_abbreviation(words) {
        return None;
    }
    let opener = words.first()?.is(Classes::BYLINE_OPENER) || is_credit(words);
    let colon = usize::from(opener && words.get(1).is_some_and(|t| t.is_mark(':')));
    let names = if opener { words.get(1 + colon..)? } else { words };
    let names = &names[..names.len() - names.iter().rev().take_while(|t| t.is_mark('=')).count()];
    let names = if opener { before_date(text, before_address(names), tables) } else { names };
    let house = tables.agencies.longest(names).map(|(n, ())| n);
    let checked = if opener && block.ending == Ending::Word { before_desk(names) } else { before_post(names) };
    let fits = checked.iter().skip(house.unwrap_or(0)).all(|t| may_stand_in_byline(text, t));
    if names.is_empty() || !fits {
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

/// "Ana Sousa (now) and Jo Pell (earlier)": who writes a live report, one after the other.
fn tells_shifts(text: &str, words: &[Token]) -> bool {
    matches!(words, [.., open, when, close]
        if close.is_mark(')') && open.is_mark('(') && matches!(when.of(text), "now" | "earlier"))
}

/// "Interview: Ana Sousa"
fn is_credit(words: &[Token]) -> bool {
    matches!(words, [lead, colon, given, ..]
        if lead.is(Classes::BYLINE_LEAD) && colon.is_mark(':') && given.is(Classes::GIVEN_HE | Classes::GIVEN_SHE))
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

/// The names in front of the day: "Ana Sousa, Nov. 20, 2031".
fn before_date<'a>(text: &str, names: &'a [Token], tables: &Tables) -> &'a [Token] {
    let comma = (1..names.len()).find(|&i| {
        matches!(names[i].first, ',' | '|' | '-' | '–' | '—')
            && dates::date(text, names, i + 1, tables).is_some_and(|d| d.words.end == names.len())
    });
    comma.map_or(names, |c| &names[..c])
}

/// The names in front of an address: "Ana Sousa, asousa@courier.example".
fn before_address(names: &[Token]) -> &[Token] {
    let at = names.windows(2).position(|w| w[0].is_mark('@') && !w[0].spaced && !w[1].spaced);
    let start = at.and_then(|at| names[..at].iter().rposition(|t| t.spaced));
    let marks = |start: usize| names[..start].iter().rev().take_while(|t| t.shape == Shape::Mark).count();
    start.map_or(names, |start| &names[..start - marks(start)])
}

/// The names in front of the desk they write for: "Ana Sousa, Legal affairs".
fn before_desk(names: &[Token]) -> &[Token] {
    before_comma(names, 3, |desk| desk.iter().all(|t| matches!(t.shape, Shape::Lower | Shape::Capital)))
}

/// The names in front of a post: "Ana Sousa, Local government reporter".
fn before_post(names: &[Token]) -> &[Token] {
    let post = |t: &Token| t.is(Classes::BYLINE_ROLE) && t.shape == Shape::Lower;
    before_comma(names, 4, |words| words.last().is_some_and(post))
}

/// The names in front of the last comma when one to `most` words that fit stand behind it.
fn before_comma(names: &[Token], most: usize, fits: impl Fn(&[Token]) -> bool) -> &[Token] {
    let comma = names.iter().rposition(|t| t.is_mark(',')).filter(|&c| c >= 2);
    let behind = |c: usize| &names[c + 1..];
    comma.filter(|&c| (1..=most).contains(&behind(c).len()) && fits(behind(c))).map_or(names, |c| &names[..c])
}

/// Names alone on their line, with or without the place they write from, when the first word is a
/// given name or a dateline follows: "Ana Sousa", "Ana Sousa and Jo Pell in Riga". Taken only where
/// a byline is due; whoever is named again in the text did not write it.
pub(super) fn bare_names(text: &str, tokens: &[Token], block: &Block, due: bool, tables: &Tables) -> Option<Byline> {
    let words = block.of(tokens);
    let given = words.first()?.is(Classes::GIVEN_HE | Classes::GIVEN_SHE);
    let place = words.iter().position(|t| t.shape == Shape::Lower && t.is(Classes::PREPOSITION));
    let names = &words[..place.unwrap_or(words.len())];
    let mut aside = false;
    let named = names.iter().all(|t| {
        // "Ana Sousa (now) and Jo Pell (earlier)"
        let within = aside || t.is_mark('(');
        aside = within && !t.is_mark(')');
        within || is_name_word(t) || is_joint(t) || t.is_mark('|') || t.of(text) == "and"
    });
    let place_word =
        |t: &Token| t.is_capitalised() || t.is_mark(',') || t.is(Classes::PREPOSITION) || t.of(text) == "and";
    let placed = place.is_none_or(|p| given && words[p + 1..].iter().all(place_word));
    let several = words.iter().any(|t| t.of(text) == "and");
    let short = (2..=4).contains(&block.size) && words.len() <= 5;
    let plain = due && block.size <= 3 && words.iter().all(|t| t.shape == Shape::Capital);
    let signed =
        if short { given || plain } else { given && block.size <= LONGEST_SIGNATURE + if several { 6 } else { 2 } };
    let last = names.iter().rfind(|t| is_name_word(t))?.of(text);
    let again = || tokens.iter().filter(|t| t.of(text) == last).nth(1).is_some();
    let fresh = short && place.is_none() || !again();
    let span = block.span;
    (signed && named && placed && names.len() > 1 && fresh)
        .then(|| Byline { span, authors: authors(text, names, tables) })
}

/// What may stand inside a name.
fn is_joint(token: &Token) -> bool {
    token.is_mark('.') || token.is_mark('-') || token.is_mark(',') || token.is(Classes::PARTICLE)
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
        None => is_name_with_trade(names),
    }
}

/// "Ana Sousa Reporter", "Ana Sousa Political editor": a name with the trade right behind it.
fn is_name_with_trade(names: &[Token]) -> bool {
    let [first, middle @ .., last] = names else { return false };
    if !last.is(Classes::BYLINE_ROLE) || names.len() > LONGEST_SIGNATURE {
        return false;
    }
    let short = names.len() <= 3 && last.is_capitalised();
    let given = first.is(Classes::GIVEN_HE | Classes::GIVEN_SHE);
    let family = middle.first().is_some_and(|t| is_name_word(t) && !t.is(Classes::BYLINE_ROLE));
    let words = middle.iter().all(|t| t.shape != Shape::Number);
    short || given && family && words && middle.len() >= 2
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
            token.is(Classes::BYLINE_ROLE | Classes::BYLINE_LEAD | Classes::PARTICLE | Classes::PLACE_PARTICLE)
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

/// Whether a piece of a byline begins like "photos by".
fn is_lead(piece: &[Token]) -> bool {
    piece.first().is_some_and(|t| t.is(Classes::BYLINE_LEAD))
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

/// The name before the trade in "Ana Sousa Political editor".
fn before_trade(piece: &[Token]) -> &[Token] {
    match piece {
        [first, .., last] if first.is(Classes::GIVEN_HE | Classes::GIVEN_SHE) && last.is(Classes::BYLINE_ROLE) => {
            let particles = piece.iter().skip(1).take_while(|t| t.is(Classes::PARTICLE)).count();
            piece.get(..particles + 2).unwrap_or(piece)
        }
        _ => piece,
    }
}

/// The name behind the trade in "Xinhua writers Lin Hao", behind the lead in "photos by Lin Hao".
fn behind_trade(piece: &[Token]) -> &[Token] {
    if let Some(by) = piece.iter().position(|t| t.is(Classes::BYLINE_OPENER)).filter(|_| is_lead(piece)) {
        return &piece[by + 1..];
    }
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
    let mut piece = before_trade(behind_trade(&piece[..house.unwrap_or(piece.len())]));
    while let [rest @ .., last] = piece
        && (last.of(text).eq_ignore_ascii_case("the") || last.shape == Shape::Mark)
    {
        piece = rest;
    }
    let named = piece.iter().filter(|t| t.is_capitalised()).count();
    let trade = piece.iter().any(|t| t.is(Classes::BYLINE_ROLE | Classes::BODY));
    let paper = piece.first().is_some_and(|t| t.is(Classes::DETERMINER));
    let fine = !trade && !paper && named <= 6 && (named >= 2 || named == 1 && first);
    let (a, b) = (piece.first()?, piece.last()?);
    fine.then(|| span(piece, &(0..piece.len()))).filter(|_| a.start() <= b.start())
}

#[cfg(test)]
mod tests {
    use super::super::page;
    use crate::stop::Stop;
    use crate::tables::Tables;
    use crate::text;

    #[test]
    fn a_byline_in_any_common_form_names_its_writers() {
        let tables = Tables::new();
        for (line, authors) in [
            ("Joanna Pell Political editor", Some(&["Joanna Pell"] as &[_])),
            ("Joanna Pell in Leeds", Some(&["Joanna Pell"])),
            ("Joanna Pell, Local government reporter", Some(&["Joanna Pell"])),
            ("Joanna Pell and Peter Marsh", Some(&["Joanna Pell", "Peter Marsh"])),
            ("Peter Marsh, Science correspondent", Some(&["Peter Marsh"])),
            ("By JOANNA PELL", Some(&["JOANNA PELL"])),
            ("By Joanna Pell, Legal affairs", Some(&["Joanna Pell"])),
            ("By Joanna Pell, Nov. 20, 2031", Some(&["Joanna Pell"])),
            ("By Joanna Pell, jpell@courier.example", Some(&["Joanna Pell"])),
            ("By Joanna Pell | The Courier", Some(&["Joanna Pell"])),
            ("By Dr. Joanna Pell, Special to The Courier", Some(&["Dr. Joanna Pell"])),
            ("Story by Joanna Pell; photos by Peter Marsh", Some(&["Joanna Pell", "Peter Marsh"])),
            ("EXCLUSIVE by Joanna Pell", Some(&["Joanna Pell"])),
            ("Interview: Joanna Pell", Some(&["Joanna Pell"])),
            ("Joanna Pell (now) and Peter Marsh (earlier)", Some(&["Joanna Pell", "Peter Marsh"])),
            ("Mark Price joins city desk", None),
            ("By Tuesday all of them were gone", None),
        ] {
            let text = format!(
                "Nobody knows where the passports went\n\n{line}\n\nThe passports had stood on a shelf in the post office \
                 since May.\n\nNobody knew how they had come to be there, said the clerk who found them."
            );
            let byline = page(&text, &text::cut(&text, &tables.lexicon), None, &tables, &Stop::never()).byline;
            let found: Option<Vec<&str>> = byline.map(|b| b.authors.iter().map(|a| a.of(&text)).collect());
            assert_eq!(found.as_deref(), authors, "{line}");
        }
    }
}
