//! A text cut into words and marks, each looked up once.

use std::borrow::Cow;
use std::ops::Range;

use super::classes::Classes;
use super::eight::{Eight, number_of_row, number_of_row_at};
use super::lexicon::{Key, Lexicon, WordId};
use super::sentences::may_end_with;
use crate::span::Span;

/// A text cut into words and marks, with what was seen on the way.
#[derive(Default)]
pub(crate) struct Cut {
    /// All words and marks, in order.
    pub(crate) tokens: Vec<Token>,
    /// The words and marks, by number, before which a line may break; one past the last is there too where
    /// white space ends the text.
    pub(crate) breaks: Vec<u32>,
    /// The words and marks, by number, that a sentence may end with, as their last byte has it.
    pub(crate) ends: Vec<u32>,
}

/// A word, a number or a mark.
///
/// Words break at white space and at every mark but these: the full stops of `U.S.`, the
/// apostrophe of `O'Brien` and `don't`, and comma or stop inside `1,900` and `3.5`. The endings
/// `'s 'd 'm 'll 're 've` are words of their own, and so are both parts of `US-led` and its
/// hyphen. A run of one and the same mark (`--`, `...`, ` `` `) is one mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Token {
    start: u32,
    end: u32,
    /// Its number in the lexicon.
    pub(crate) word: WordId,
    /// How it is written.
    pub(crate) shape: Shape,
    /// Whether white space (or the start of the text) stands before it.
    pub(crate) spaced: bool,
    /// First character.
    pub(crate) first: char,
    /// What the tables say of it.
    pub(crate) classes: Classes,
}

impl Token {
    /// First byte.
    pub(crate) fn start(&self) -> usize {
        self.start as usize
    }

    /// First byte after it.
    pub(crate) fn end(&self) -> usize {
        self.end as usize
    }

    /// Where it stands.
    pub(crate) fn span(&self) -> Span {
        Span::between(self.start(), self.end())
    }

    /// The word itself.
    pub(crate) fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start()..self.end()]
    }

    /// The bytes of the word: cheaper than the word itself where a few letters are looked at.
    pub(crate) fn bytes<'t>(&self, text: &'t str) -> &'t [u8] {
        &text.as_bytes()[self.start()..self.end()]
    }

    /// [`number_of_row`] with this word, folded, as its last.
    pub(crate) fn number_of_row(&self, before: u64, text: &str) -> u64 {
        number_of_row_at(before, text.as_bytes(), self.start(), self.end())
            .unwrap_or_else(|| number_of_row(before, fold(self.of(text)).as_bytes()))
    }

    /// As [`folded`], for this word.
    pub(crate) fn folded<T>(&self, text: &str, then: impl FnOnce(&[u8]) -> T) -> T {
        let length = self.end() - self.start();
        let mut buffer = [0; 32];
        let mut plain = length <= buffer.len();
        let (eights, _) = buffer.as_chunks_mut();
        for (folded, at) in eights.iter_mut().zip((self.start()..self.end()).step_by(8)) {
            let eight = Eight::at(text.as_bytes(), at).first(self.end() - at);
            plain &= eight.is_ascii();
            *folded = eight.lower_case().0.to_le_bytes();
        }
        if plain { then(&buffer[..length]) } else { folded(self.of(text), then) }
    }

    /// Whether the tables put it into at least one of `classes`.
    pub(crate) fn is(&self, classes: Classes) -> bool {
        self.classes.any(classes)
    }

    /// Whether it is the mark `mark`, or a run of it.
    pub(crate) fn is_mark(&self, mark: char) -> bool {
        // In this order, as the rarer of the two is guessed better.
        self.first == mark && self.shape == Shape::Mark
    }

    /// Whether it begins with a capital letter.
    pub(crate) fn is_capitalised(&self) -> bool {
        // McDonald, but not iPhone.
        matches!(self.shape, Shape::Capital | Shape::Upper | Shape::Initial)
            || self.shape == Shape::Mixed && self.first.is_uppercase()
    }
}

/// How a word is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    /// minister
    Lower,
    /// Minister
    Capital,
    /// MINISTER, U.S.
    Upper,
    /// A single capital letter.
    Initial,
    /// McDonald, iPhone
    Mixed,
    /// 17, 1,900, 2nd
    Number,
    /// Not a word.
    Mark,
}

/// Words on one line, with single spaces between them.
pub(crate) fn one_line(words: &str) -> String {
    // Most are so already.
    let mut before = b' ';
    let single = words.bytes().all(|byte| {
        let fits = byte.is_ascii_graphic() || byte == b' ' && before != b' ';
        before = byte;
        fits
    });
    if single && before != b' ' {
        return words.to_owned();
    }
    let mut plain = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}

/// Lower case, straight apostrophes, one sort of dash: the form words are looked up in.
pub(crate) fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        return Cow::Owned(word.to_ascii_lowercase());
    }
    let mut folded = String::with_capacity(word.len());
    fold_each(word, |c| folded.push(c));
    Cow::Owned(folded)
}

/// Hands on the bytes of the folded word; as [`fold`], without a copy on the heap for most words.
pub(super) fn folded<T>(word: &str, then: impl FnOnce(&[u8]) -> T) -> T {
    let mut buffer = [0; 96];
    // No letter in lower case has three times the bytes of its capital.
    if word.len() * 3 > buffer.len() {
        return then(fold(word).as_bytes());
    }
    if word.is_ascii() {
        let buffer = &mut buffer[..word.len()];
        buffer.copy_from_slice(word.as_bytes());
        buffer.make_ascii_lowercase();
        return then(buffer);
    }
    let mut end = 0;
    fold_each(word, |c| end += c.encode_utf8(&mut buffer[end..]).len());
    then(&buffer[..end])
}

fn fold_each(word: &str, mut put: impl FnMut(char)) {
    for c in word.chars() {
        match c {
            'A'..='Z' => put(c.to_ascii_lowercase()),
            '\0'..='\x7f' | '“' | '”' => put(c),
            '’' | '‘' | 'ʼ' | '´' => put('\''),
            '‐' | '‑' | '–' | '—' | '―' | '−' => put('-'),
            _ => c.to_lowercase().for_each(&mut put),
        }
    }
}

/// All words and marks of the text, in order, each looked up in `lexicon`.
pub(crate) fn tokens(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    cut(text, lexicon).tokens
}

/// Cuts the text into words and marks, each looked up in `lexicon`.
pub(crate) fn cut(text: &str, lexicon: &Lexicon) -> Cut {
    let bytes = text.as_bytes();
    // News has a word or mark for every five bytes; a little more room spares most texts a copy. A line
    // breaks and a sentence may end far more seldom.
    let mut cut = Cut {
        tokens: Vec::with_capacity(text.len() / 4 + 1),
        breaks: Vec::with_capacity(text.len() / 128 + 1),
        ends: Vec::with_capacity(text.len() / 32 + 1),
    };
    let (mut at, mut spaced) = (0, true);
    while let Some(&byte) = bytes.get(at) {
        // Where a space may stand is easy to guess, and every second byte looked at is one.
        if byte == b' ' {
            at += 1;
            spaced = true;
            continue;
        }
        // Each of these puts its token into the list itself: one that came together here would be
        // written in pieces and read again as a whole, for which the processor has to wait.
        if byte.is_ascii_alphabetic()
            && let Some(end) = plain_word(text, at, spaced, lexicon, &mut cut.tokens)
        {
            (at, spaced) = (end, false);
            continue;
        }
        at = match byte {
            b'\t'..=b'\r' => {
                at += 1;
                spaced = true;
                cut.note_break();
                continue;
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => word(text, at, spaced, lexicon, &mut cut),
            b'\'' | 0x80.. => match text[at..].chars().next().unwrap_or_default() {
                c if c.is_whitespace() || is_invisible(c) => {
                    at += c.len_utf8();
                    if c.is_whitespace() {
                        spaced = true;
                        cut.note_break();
                    }
                    continue;
                }
                c if is_letter(c) && !is_apostrophe(c) => word(text, at, spaced, lexicon, &mut cut),
                c => mark(text, at, spaced, c, lexicon, &mut cut),
            },
            _ => plain_mark(bytes, at, spaced, byte, lexicon, &mut cut),
        };
        spaced = false;
    }
    cut
}

impl Cut {
    /// Notes that a line may break before the next word or mark.
    fn note_break(&mut self) {
        let next = self.tokens.len() as u32;
        if self.breaks.last() != Some(&next) {
            self.breaks.push(next);
        }
    }

    /// Adds a word or mark whose last byte is `last`.
    #[inline(always)]
    fn push(&mut self, token: Token, last: u8) {
        // Noted and taken back, without a branch: no processor can guess which mark stands next.
        let noted = self.ends.len();
        self.ends.push(self.tokens.len() as u32);
        self.ends.truncate(noted + usize::from(may_end_with(last)));
        self.tokens.push(token);
    }
}

/// Takes the word that begins at `start` when it is made of letters of ASCII, no more than [`Key::LENGTH`]
/// of them, and nothing behind it could belong to it, as most words are. This and the three below give the
/// end of what they took.
#[inline(always)]
fn plain_word(text: &str, start: usize, spaced: bool, lexicon: &Lexicon, found: &mut Vec<Token>) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = bytes[start] as char;
    let (head, mut length) = Eight::at(bytes, start).letters();
    // The first letter says by itself how it is written.
    let (mut capitals, mut smalls) = head.behind_first().capitals_and_smalls();
    let mut tail = Eight::default();
    if length == 8 {
        let more;
        (tail, more) = Eight::at(bytes, start + 8).letters();
        let (more_capitals, more_smalls) = tail.capitals_and_smalls();
        (capitals, smalls) = (capitals | more_capitals, smalls | more_smalls);
        length += more;
    }
    let (end, single) = (start + length, length == 1);
    let goes_on = bytes.get(end).is_some_and(|&next| GOES_ON[next as usize] & (1 << u8::from(single)) != 0);
    if goes_on || length > Key::LENGTH {
        return None;
    }
    let behind = usize::from(single) * 4 + usize::from(capitals) * 2 + usize::from(smalls);
    let shape = SHAPES[usize::from(first.is_ascii_uppercase())][behind];
    let (word, classes) = lexicon.look_up_key(Key::of_letters(head, tail));
    found.push(Token { start: start as u32, end: end as u32, word, shape, spaced, first, classes });
    Some(end)
}

/// The shape of a plain word by whether its first letter is a capital, by whether that is the only one
/// (4), and by whether capitals (2) and small letters (1) stand behind it. A table, because no processor
/// can guess the next word's shape.
const SHAPES: [[Shape; 8]; 2] = {
    use Shape::*;
    [
        [Lower, Lower, Mixed, Mixed, Lower, Lower, Lower, Lower],
        [Upper, Capital, Upper, Mixed, Initial, Initial, Initial, Initial],
    ]
};

/// Whether a byte may go on with the word before it: of several letters (1), of a single one (2). Most words
/// end before a blank, and most others before a mark that does not: told in one go.
const GOES_ON: [u8; 256] = {
    let mut goes_on = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        goes_on[byte] = match byte as u8 {
            b'.' => 2,
            b'\'' | b'0'..=b'9' | 0x80.. => 3,
            _ => 0,
        };
        byte += 1;
    }
    goes_on
};

/// Takes the word that begins at `start`, whatever it is made of.
#[inline(never)]
fn word(text: &str, start: usize, spaced: bool, lexicon: &Lexicon, cut: &mut Cut) -> usize {
    let end = end_of_initials(text, start).unwrap_or_else(|| end_of_word(text, start));
    let first = text[start..].chars().next().unwrap_or_default();
    let shape = shape(&text[start..end], first);
    cut.push(looked_up(text, start..end, spaced, first, shape, lexicon), text.as_bytes()[end - 1]);
    end
}

/// Takes the mark of ASCII, no apostrophe, that begins at `start`.
#[inline(always)]
fn plain_mark(bytes: &[u8], start: usize, spaced: bool, byte: u8, lexicon: &Lexicon, cut: &mut Cut) -> usize {
    let mut end = start + 1;
    let (word, classes) = if bytes.get(end) == Some(&byte) && runs_together(byte) {
        end = end_of_run(bytes, start, byte as char);
        lexicon.look_up_folded(&bytes[start..end])
    } else {
        lexicon.look_up_key(Key::of_mark(byte))
    };
    let (shape, first) = (Shape::Mark, byte as char);
    cut.push(Token { start: start as u32, end: end as u32, word, shape, spaced, first, classes }, byte);
    end
}

/// Takes the mark that begins at `start` with `first`, or an ending such as `'s`.
#[inline(never)]
fn mark(text: &str, start: usize, spaced: bool, first: char, lexicon: &Lexicon, cut: &mut Cut) -> usize {
    let ending = if is_apostrophe(first) { end_of_ending(text, start) } else { None };
    let end = ending.unwrap_or_else(|| end_of_run(text.as_bytes(), start, first));
    let shape = if ending.is_some() { Shape::Lower } else { Shape::Mark };
    cut.push(looked_up(text, start..end, spaced, first, shape, lexicon), text.as_bytes()[end - 1]);
    end
}

fn looked_up(text: &str, range: Range<usize>, spaced: bool, first: char, shape: Shape, lexicon: &Lexicon) -> Token {
    let (start, end) = (range.start as u32, range.end as u32);
    let written = &text[range];
    let (word, classes) = lexicon.look_up(written);
    Token { start, end, word, shape, spaced, first, classes }
}

/// Zero-width characters and the byte order mark: they part nothing and are no words.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Letters and digits. General Punctuation, where news has its dashes and quotation marks, is asked
/// first: it saves the look into the tables of Unicode.
fn is_letter(c: char) -> bool {
    !matches!(c, '\u{2000}'..='\u{206f}') && c.is_alphanumeric()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Where the run of the mark `first` ends.
fn end_of_run(bytes: &[u8], start: usize, first: char) -> usize {
    match u8::try_from(first) {
        Ok(byte) if runs_together(byte) => start + bytes[start..].iter().take_while(|&&b| b == byte).count(),
        _ => start + first.len_utf8(),
    }
}

/// Marks that are doubled for a reason are one mark.
fn runs_together(mark: u8) -> bool {
    matches!(mark, b'-' | b'.' | b'`' | b'\'' | b'_' | b'*' | b'=')
}

/// `U.S.`, `a.m.`, `J.R.R`: single letters each followed by a full stop, at least two of them.
fn end_of_initials(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let letter = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_alphabetic);
    let stop = |i: usize| bytes.get(i) == Some(&b'.');
    let mut at = start;
    while letter(at) && stop(at + 1) {
        at += 2;
    }
    if at < start + 2 {
        return None;
    }
    if letter(at) && !text[at + 1..].starts_with(char::is_alphanumeric) {
        return Some(at + 1);
    }
    // "J.Smith" is an initial and a name; "U.S." may run into the next word only by mistake.
    (at >= start + 4 && !text[at..].starts_with(char::is_alphanumeric)).then_some(at)
}

fn end_of_word(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut at = start;
    loop {
        match bytes.get(at) {
            Some(b) if b.is_ascii_alphanumeric() => at += 1,
            Some(b',' | b'.') if at > start && digit(at - 1) && digit(at + 1) => at += 1,
            Some(b'\'') if joins(text, at, 1) => at += 1,
            Some(b) if !b.is_ascii() => match text[at..].chars().next() {
                Some(c) if is_apostrophe(c) && joins(text, at, c.len_utf8()) => at += c.len_utf8(),
                Some(c) if is_apostrophe(c) => return at,
                Some(c) if is_letter(c) || is_combining(c) => at += c.len_utf8(),
                _ => return at,
            },
            _ => return at,
        }
    }
}

/// Marks that belong to the letter before them.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{ad}')
}

/// Whether an apostrophe at `at`, `len` bytes long, is inside a word: `O'Brien`, `don't`.
fn joins(text: &str, at: usize, len: usize) -> bool {
    text[at + len..].starts_with(char::is_alphabetic)
        && text[..at].ends_with(char::is_alphanumeric)
        && end_of_ending(text, at).is_none()
}

/// The end of `'s 'd 'm 'll 're 've` when one begins here, right behind a word.
fn end_of_ending(text: &str, start: usize) -> Option<usize> {
    if !text[..start].ends_with(char::is_alphanumeric) {
        return None;
    }
    let mark = text[start..].chars().next()?.len_utf8();
    let rest = &text[start + mark..];
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).take(3).count();
    let known = ["s", "d", "m", "ll", "re", "ve"].iter().any(|e| rest[..letters].eq_ignore_ascii_case(e));
    let ends = !rest[letters..].starts_with(|c: char| c.is_alphanumeric() || is_apostrophe(c));
    (known && ends).then_some(start + mark + letters)
}

fn shape(word: &str, first: char) -> Shape {
    if first.is_numeric() {
        return Shape::Number;
    }
    let (mut upper, mut lower) = (false, false);
    for c in word.chars().skip(1) {
        upper |= c.is_uppercase();
        lower |= c.is_lowercase();
    }
    match (first.is_uppercase(), upper, lower) {
        (true, ..) if word.len() == first.len_utf8() => Shape::Initial,
        (true, false, true) => Shape::Capital,
        (true, _, false) => Shape::Upper,
        (false, false, _) => Shape::Lower,
        _ => Shape::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text, &Lexicon::default()).iter().map(|t| t.of(text)).collect()
    }

    #[test]
    fn words_of_news_are_cut_where_a_copy_editor_would_cut_them() {
        for (text, expected) in [
            ("Russia's U.S.-led talks.", vec!["Russia", "'s", "U.S.", "-", "led", "talks", "."]),
            ("Mr. O’Brien don’t", vec!["Mr", ".", "O’Brien", "don’t"]),
            ("1,900 trucks, 3.5%", vec!["1,900", "trucks", ",", "3.5", "%"]),
            ("“We’ll go,” he said", vec!["“", "We", "’ll", "go", ",", "”", "he", "said"]),
            ("RIGA (AP) -- Rain", vec!["RIGA", "(", "AP", ")", "--", "Rain"]),
            ("``No'' way...", vec!["``", "No", "''", "way", "..."]),
            (
                "the U.S. J.Smith J. R. at 5 a.m",
                vec!["the", "U.S.", "J", ".", "Smith", "J", ".", "R", ".", "at", "5", "a.m"],
            ),
            ("nations' \u{feff}vote", vec!["nations", "'", "vote"]),
            ("a \u{2bc} alone", vec!["a", "\u{2bc}", "alone"]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn how_a_word_is_written_is_told_from_its_letters() {
        use Shape::*;
        let text = "Riga RIGA riga McCoy U.S. J G7 Łódź 2nd — 's";
        let shapes: Vec<Shape> = tokens(text, &Lexicon::default()).iter().map(|t| t.shape).collect();
        assert_eq!(shapes, [Capital, Upper, Lower, Mixed, Upper, Initial, Upper, Capital, Number, Mark, Mark, Lower]);
    }
}
