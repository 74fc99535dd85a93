//! Titles that stand in no table: "Tashkent Convention on Glacier Loss", "the 1976 Berne protocol".

use std::ops::Range;

use super::{Desk, Sighting};
use crate::tables::treaties::{Noun, Strength};
use crate::text::{Classes, Shape, Token};

/// A title has at most this many words on each side of its noun.
const LONGEST: usize = 24;

/// "the Sitka Agreement, signed in": so far behind a title it is looked for what is done with treaties.
const BEHIND: usize = 2;

/// The title headed by the noun at `at`, when it is the name of a treaty; it lies in `within`.
pub(super) fn headed(desk: &Desk, at: usize, within: Range<usize>) -> Option<Sighting> {
    let token = desk.token(at)?;
    // Most nouns that are met head no titles.
    let noun = desk.treaties.noun(token).filter(|n| n.strength >= Strength::Titled)?;
    let title = Title::around(desk, at, noun, within);
    (title.is_name(desk) && !title.is_lure(desk)).then_some(Sighting {
        words: title.words,
        rows: Vec::new(),
        nouns: noun.bit,
        abbreviation: false,
        paired: false,
    })
}

/// Whether words that the table lists as ambiguous are still the name of some treaty.
pub(super) fn as_name(desk: &Desk, words: &Range<usize>) -> bool {
    let Some(at) = words.clone().find(|&i| desk.token(i).is_some_and(|t| desk.treaties.noun(t).is_some())) else {
        return false;
    };
    headed(desk, at, words.start..words.end).is_some_and(|s| s.words == *words)
}

/// Where the title goes on behind its noun: the word after "on Glacier Loss".
pub(super) fn end_behind(desk: &Desk, noun: usize, end: usize) -> Option<usize> {
    let opener =
        desk.token(noun + 1).filter(|t| noun + 1 < end && t.is(Classes::TREATY_OPENER) && t.shape == Shape::Lower)?;
    let of = opener.of(desk.reading.text) == "of";
    let mut last = None;
    let mut i = noun + 2;
    while i < end.min(noun + LONGEST) {
        let token = desk.token(i)?;
        if goes_on(desk, i, token) {
            last = Some(i);
        } else if !links(desk, i, token, of && last.is_some()) {
            break;
        }
        i += 1;
    }
    last.map(|i| i + 1)
}

/// Where the place ends in "TREATY OF MALINDI" in a headline of capitals.
fn end_of_place(desk: &Desk, noun: usize) -> Option<usize> {
    let ahead = desk.tokens().get(noun + 2..).filter(|_| desk.word(noun + 1) == "OF")?;
    Some(noun + 2 + desk.gazetteer.sight(desk.reading.text, ahead)?.words)
}

/// Whether a capitalised word carries the title on.
fn goes_on(desk: &Desk, i: usize, token: &Token) -> bool {
    let roman_or_name = token.is_capitalised() && !token.is(Classes::WEEKDAY | Classes::MONTH);
    // "the Convention on Coral Reefs and the Protocol ..." are two.
    let another = desk.treaties.noun(token).is_some() && desk.word(i.wrapping_sub(2)).eq_ignore_ascii_case("and");
    roman_or_name && !another
}

/// Whether a small word or mark may stand inside the title, with more of it behind.
fn links(desk: &Desk, i: usize, token: &Token, after_place: bool) -> bool {
    let next = desk.token(i + 1);
    let capital_next = next.is_some_and(|t| t.is_capitalised() && !t.is(Classes::WEEKDAY | Classes::MONTH));
    if token.shape == Shape::Mark {
        let hyphen = matches!(token.first, '-' | '–' | '‑' | '/') && !token.spaced && next.is_some_and(|t| !t.spaced);
        return hyphen || token.is_mark(',') && lists(desk, i);
    }
    if token.first == '\'' || token.first == '’' {
        return capital_next;
    }
    if !token.is(Classes::TREATY_LINK) {
        return false;
    }
    let word = token.of(desk.reading.text);
    let and = word == "and" || word == "&";
    if after_place && !and {
        return false;
    }
    let linked = next.is_some_and(|t| t.is(Classes::TREATY_LINK) && t.shape == Shape::Lower);
    let further = desk.token(i + 2).is_some_and(|t| t.is_capitalised() && !t.is(Classes::WEEKDAY | Classes::MONTH));
    if and { capital_next } else { capital_next || linked && further }
}

/// Whether the comma at `i` parts the words of a list inside the title: "Treaty of Friendship,
/// Cooperation and Partnership".
fn lists(desk: &Desk, i: usize) -> bool {
    let mut at = i + 1;
    for _ in 0..4 {
        if !desk.token(at).is_some_and(Token::is_capitalised) {
            return false;
        }
        match desk.word(at + 1) {
            "and" => return desk.token(at + 2).is_some_and(Token::is_capitalised),
            "," => at += 2,
            _ => return false,
        }
    }
    false
}

/// A title with what speaks for it.
struct Title {
    words: Range<usize>,
    at: usize,
    /// The word behind the noun, its number and "of Understanding".
    head: usize,
    noun: Noun,
    /// Capitalised words before the noun.
    before: usize,
    /// Small words between them and the noun: "Paris cable convention".
    small: usize,
    /// Whether it has a number: "Protocol 14".
    numbered: bool,
    /// Whether the title goes on behind the noun.
    behind: bool,
}

impl Title {
    fn around(desk: &Desk, at: usize, noun: Noun, within: Range<usize>) -> Title {
        let small = (within.start..at).rev().take(2).take_while(|&i| is_small_subject(desk, i)).count();
        let (start, before) = if desk.shouts(at) { (at, 0) } else { start_before(desk, at - small, within.start) };
        let start = if before == 0 { at } else { start };
        let numbered = end_of_number(desk, at, noun).filter(|&end| small == 0 && end <= within.end);
        let head = end_of_double(desk, numbered.unwrap_or(at + 1));
        let behind = end_behind(desk, head - 1, within.end).filter(|_| small == 0).or_else(|| end_of_place(desk, at));
        let words = start..behind.unwrap_or(head);
        Title { words, at, head, noun, before, small, numbered: numbered.is_some(), behind: behind.is_some() }
    }

    /// Whether enough speaks for a name.
    fn is_name(&self, desk: &Desk) -> bool {
        let capital = desk.token(self.at).is_some_and(Token::is_capitalised);
        let titled = self.noun.strength == Strength::Titled && self.behind && self.before > 0 && capital;
        if self.noun.strength < Strength::Plain && !titled {
            return false;
        }
        if desk.shouts(self.at) {
            return self.behind && self.noun.strength == Strength::Strong;
        }
        if !capital {
            return self.is_small_name(desk);
        }
        if desk.capitalises(&self.words, self.at)
            && !(self.behind && self.noun.strength == Strength::Strong && !self.noun.plural)
        {
            return false;
        }
        let strong = self.noun.strength == Strength::Strong;
        match (self.behind, self.before) {
            (true, 0) => strong || desk.word(self.head) != "of",
            (true, _) => true,
            (false, 0) => self.numbered,
            (false, _) if self.is_only_counted(desk) => false,
            (false, _) if desk.word(self.at).eq_ignore_ascii_case("convention") => self.is_anchored(desk),
            (false, 1) => strong || self.is_anchored(desk),
            (false, _) => true,
        }
    }

    /// "Additional Protocols", "Second Treaty": nothing tells of what.
    fn is_only_counted(&self, desk: &Desk) -> bool {
        !self.numbered
            && (self.words.start..self.at).all(|i| desk.token(i).is_some_and(|t| t.is(Classes::TREATY_ORDINAL)))
    }

    /// Whether a noun in small letters ends a name: "the 1976 Berne protocol".
    fn is_small_name(&self, desk: &Desk) -> bool {
        if self.before == 0 || self.noun.strength < Strength::Plain {
            return false;
        }
        self.has_year(desk)
            || self.noun.strength == Strength::Strong && self.small == 0 && self.is_anchored(desk) && !self.noun.plural
            || self.small > 0 && self.is_anchored(desk) && self.noun.strength == Strength::Strong
    }

    fn has_year(&self, desk: &Desk) -> bool {
        self.words.start.checked_sub(1).and_then(|i| super::choose::year_at(desk, i)).is_some()
    }

    /// Whether the words before say what is done with treaties: ratify, under, article.
    fn is_anchored(&self, desk: &Desk) -> bool {
        let from = self.words.start.saturating_sub(6);
        let before = &desk.tokens()[from..self.words.start];
        self.has_year(desk)
            || before.iter().any(|t| t.is(Classes::TREATY_ANCHOR))
            || desk.tokens()[self.words.end..].iter().take(BEHIND).any(|t| t.is(Classes::TREATY_ANCHOR))
    }

    fn is_lure(&self, desk: &Desk) -> bool {
        // "Convention on the Treatment of Prisoners": what it is on does not tell whose it is.
        let on = self.noun.strength == Strength::Strong && desk.word(self.head) == "on";
        let end = if on { self.head } else { self.words.end };
        let inside = desk.tokens()[self.words.start..end].iter().any(|t| t.is(Classes::TREATY_LURE));
        inside || is_lure_behind(desk, self.words.end)
    }
}

/// Whether the words at `end` make what stands before them something else: "convention centre",
/// "Convention and Visitors Bureau".
pub(super) fn is_lure_behind(desk: &Desk, end: usize) -> bool {
    let lure = |i: usize| desk.token(i).is_some_and(|t| t.is(Classes::TREATY_LURE_AFTER));
    lure(end) || matches!(desk.word(end), "and" | "&" | "-") && lure(end + 1)
}

/// The word behind "of Understanding" at `end`, which only spells the noun out: "Memorandum of
/// Understanding"; else `end`.
fn end_of_double(desk: &Desk, end: usize) -> usize {
    let second = desk.token(end + 1).filter(|t| t.is_capitalised()).and_then(|t| desk.treaties.noun(t));
    if desk.word(end) == "of" && second.is_some() { end + 2 } else { end }
}

/// The word behind a number that belongs to the noun: "Protocol 14", "Protocol No. 6".
fn end_of_number(desk: &Desk, noun: usize, of: Noun) -> Option<usize> {
    let mut i = noun + 1;
    if desk.word(i).eq_ignore_ascii_case("no") && desk.word(i + 1) == "." {
        i += 2;
    }
    let token = desk.token(i)?;
    let roman = token.of(desk.reading.text).bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    let number = token.shape == Shape::Number && token.end() - token.start() < 3 || roman;
    (number && of.strength == Strength::Strong && !of.plural).then_some(i + 1)
}

/// Whether the word before `i` says that one certain thing is meant.
pub(super) fn is_definite(desk: &Desk, i: usize) -> bool {
    i.checked_sub(1).and_then(|i| desk.token(i)).is_some_and(|t| t.is(Classes::TREATY_DEFINITE))
}

fn is_small_subject(desk: &Desk, i: usize) -> bool {
    desk.token(i).is_some_and(|t| t.shape == Shape::Lower && t.is(Classes::TREATY_SUBJECT))
}

/// The first of the capitalised words that end before `at`, and how many they are.
fn start_before(desk: &Desk, at: usize, floor: usize) -> (usize, usize) {
    let (mut start, mut count) = (at, 0);
    let mut i = at;
    while i > floor && at - i < LONGEST {
        i -= 1;
        let Some(token) = desk.token(i) else { break };
        if is_modifier(desk, i, token) || is_owner(desk, i, at) {
            (start, count) = (i, count + 1);
        } else if !is_joint(desk, i, token)
            && !is_capital_pronoun(token)
            && !i.checked_sub(1).is_some_and(|i| is_owner(desk, i, at))
        {
            break;
        }
    }
    (start, count)
}

/// Words that are part of no name.
pub(super) fn function_words() -> Classes {
    Classes::DETERMINER
        | Classes::PREPOSITION
        | Classes::CONJUNCTION
        | Classes::SUBORDINATOR
        | Classes::AUXILIARY
        | Classes::WEEKDAY
        | Classes::MONTH
        | Classes::RELATIVE
        | Classes::TITLE
        | Classes::PRONOUN_HE
        | Classes::PRONOUN_SHE
        | Classes::PRONOUN_THEY
        | Classes::PRONOUN_IT
        | Classes::PRONOUN_SPEECH
}

fn is_modifier(desk: &Desk, i: usize, token: &Token) -> bool {
    let possessive = desk.token(i + 1).is_some_and(|t| matches!(t.first, '\'' | '’') && !t.spaced);
    let ordinal = token.is(Classes::TREATY_ORDINAL);
    token.is_capitalised() && (ordinal || !token.is(function_words())) && !possessive
}

/// "Mine" of "Black Sea Mine Memorandum": no modifier at the start, but between two.
fn is_capital_pronoun(token: &Token) -> bool {
    token.is(Classes::PRONOUN_SPEECH) && token.shape == Shape::Capital
}

/// "Seafarers" of "Seafarers' Convention": a plural with an apostrophe right before the noun at `at`.
fn is_owner(desk: &Desk, i: usize, at: usize) -> bool {
    let (Some(word), Some(mark)) = (desk.token(i), desk.token(i + 1)) else { return false };
    i + 2 == at
        && mark.shape == Shape::Mark
        && matches!(mark.first, '\'' | '’')
        && !mark.spaced
        && word.is_capitalised()
        && word.of(desk.reading.text).ends_with('s')
}

/// A hyphen or slash between two capitalised words.
fn is_joint(desk: &Desk, i: usize, token: &Token) -> bool {
    let next_close = desk.token(i + 1).is_some_and(|t| !t.spaced);
    matches!(token.first, '-' | '–' | '‑' | '/') && token.shape == Shape::Mark && !token.spaced && next_close
}
