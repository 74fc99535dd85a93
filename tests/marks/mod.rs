//! Reads invented texts with inline marks, `<c code="RU" kind="name">Russia</c>`: the gold of the
//! suites and of the whole articles.
//!
//! Marks nest. They are `kicker`, `headline`, `sub`, `byline`, `dateline`, `h`, `p`, `furniture`,
//! `q`, `sp`, `cue`, `t` and `c`; anything else between pointed brackets is text.

#![allow(dead_code, reason = "each test that includes this file reads its own part")]

use std::ops::Range;

/// The marks there are.
const TAGS: &[&str] =
    &["kicker", "headline", "sub", "byline", "dateline", "h", "p", "furniture", "q", "sp", "cue", "t", "c"];

/// One mark: what it says, and the words it holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Mark {
    /// `c`, `t`, `q` and so on.
    pub(crate) tag: String,
    /// The values in the opening mark, in order.
    pub(crate) values: Vec<(String, String)>,
    /// Bytes of [`Marked::text`].
    pub(crate) span: Range<usize>,
}

impl Mark {
    /// A value of the opening mark; `None` when it is not written.
    pub(crate) fn value(&self, key: &str) -> Option<&str> {
        self.values.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }
}

/// A text and the marks that were in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Marked {
    /// The text without the marks.
    pub(crate) text: String,
    /// The marks by their start, the longer first.
    pub(crate) marks: Vec<Mark>,
}

impl Marked {
    /// The marks of one tag, in order.
    pub(crate) fn of<'a>(&'a self, tag: &'a str) -> impl Iterator<Item = &'a Mark> {
        self.marks.iter().filter(move |m| m.tag == tag)
    }
}

/// Takes the marks out of `raw`; the error says which mark is wrong.
pub(crate) fn read(raw: &str) -> Result<Marked, String> {
    let mut marked = Marked::default();
    let mut open: Vec<Mark> = Vec::new();
    let mut rest = raw;
    while let Some(at) = rest.find('<') {
        marked.text.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((closing, mark, len)) = pointed(rest) else {
            marked.text.push('<');
            rest = &rest[1..];
            continue;
        };
        rest = &rest[len..];
        let here = marked.text.len();
        if !closing {
            open.push(Mark { span: here..here, ..mark });
            continue;
        }
        let Some(mut done) = open.pop().filter(|o| o.tag == mark.tag) else {
            return Err(format!("</{}> closes nothing near {:?}", mark.tag, &marked.text));
        };
        done.span.end = here;
        tight(&marked.text, &done)?;
        marked.marks.push(done);
    }
    marked.text.push_str(rest);
    if let Some(left) = open.pop() {
        return Err(format!("<{}> is not closed", left.tag));
    }
    marked.marks.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    Ok(marked)
}

/// A mark holds words, and no white space at its edges.
fn tight(text: &str, mark: &Mark) -> Result<(), String> {
    let words = &text[mark.span.clone()];
    let fine = !words.is_empty() && words.trim() == words;
    fine.then_some(()).ok_or_else(|| format!("<{}> holds {words:?}", mark.tag))
}

/// The mark that `rest` begins with: whether it closes, what it says, and its length.
fn pointed(rest: &str) -> Option<(bool, Mark, usize)> {
    let end = rest.find('>')?;
    let inside = &rest[1..end];
    let (closing, inside) = inside.strip_prefix('/').map_or((false, inside), |i| (true, i));
    let (tag, mut left) = inside.split_once(' ').unwrap_or((inside, ""));
    if !TAGS.contains(&tag) {
        return None;
    }
    let mut values = Vec::new();
    while !left.trim().is_empty() {
        let (key, after) = left.trim_start().split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        values.push((key.to_owned(), value.to_owned()));
        left = after;
    }
    Some((closing, Mark { tag: tag.to_owned(), values, span: 0..0 }, end + 1))
}

#[test]
fn marks_nest_and_leave_the_words_of_the_article() {
    let raw =
        "<p>Ties with <c code=\"PE\" kind=\"name\">Peru</c> & a <5 t ship, <q id=\"1\" kind=\"direct\">so</q></p>";
    let marked = read(raw).expect("well formed");
    assert_eq!(marked.text, "Ties with Peru & a <5 t ship, so");
    let words: Vec<(&str, &str)> =
        marked.marks.iter().map(|m| (m.tag.as_str(), &marked.text[m.span.clone()])).collect();
    assert_eq!(words, [("p", marked.text.as_str()), ("c", "Peru"), ("q", "so")]);
    assert_eq!(marked.of("c").next().and_then(|m| m.value("code")), Some("PE"));
}

#[test]
fn a_mark_that_is_left_open_is_an_error() {
    for raw in ["<p>Peru", "Peru</p>", "<p><c>Peru</p></c>", "<c> Peru</c>", "<c></c>"] {
        assert!(read(raw).is_err(), "{raw}");
    }
}
