//! What holds of any text whatever, however mangled.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    reason = "a test looks at files and clocks, and fails loudly"
)]

use copydesk::{Article, Options, Span, Tables, structure};
use proptest::prelude::*;
use std::sync::LazyLock;

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::new);

/// Pieces that newsrooms' texts are made of, and some that no newsroom would send.
const PIECES: &[&str] = &[
    "RIGA, March 4. /TASS/. ",
    "RIGA (AP) — ",
    "(Bloomberg) -- ",
    "By Ana Sousa, Staff Writer",
    "World",
    "UPDATE 2-",
    "Rain fell. ",
    "\"We agree,\" she said. ",
    "What happens next?",
    "(Reporting by A. B.; Editing by C. D.)",
    "Share",
    "© 2031",
    "-0-",
    "___",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\u{a0}",
    "\u{c}",
    "\u{200b}",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "    ",
    "&mdash; ",
    "&#39;",
    "&",
    ";",
    "“",
    "”",
    "'",
    "''",
    "``",
    "(",
    ")",
    "[",
    "]",
    "/",
    "-",
    "--",
    ".",
    "...",
    ":",
    "<X.N>",
    "Łódź ",
    "日本",
    "🏴󠁧󠁢",
    "é\u{301}",
    "\0",
    "U.S. ",
    "4 March",
    "RIGA",
    "Riga, Latvia",
    "By",
    "the ",
    "ferries to the island do not sail ",
    "1,900",
    "31 ",
    "März ",
];

fn mangled() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => proptest::collection::vec(proptest::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat()),
        1 => ".{0,200}",
        1 => "(\\PC|[\\n\\r\\t]){0,300}",
    ]
}

/// Every part of the page with its name.
fn parts(article: &Article) -> Vec<(&'static str, Span)> {
    let mut parts: Vec<(&'static str, Span)> = Vec::new();
    parts.extend(article.kicker.map(|s| ("kicker", s)));
    parts.extend(article.headline.map(|s| ("headline", s)));
    parts.extend(article.subheadline.map(|s| ("subheadline", s)));
    parts.extend(article.byline.as_ref().map(|b| ("byline", b.span)));
    parts.extend(article.dateline.as_ref().map(|d| ("dateline", d.span)));
    parts.extend(article.headings.iter().map(|&s| ("heading", s)));
    parts.extend(article.paragraphs.iter().map(|p| ("paragraph", p.span)));
    parts.extend(article.furniture.iter().map(|f| ("furniture", f.span)));
    parts.sort_by_key(|(_, span)| *span);
    parts
}

/// White space, and what counts as such: zero-width characters and byte order marks.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_character_of_a_story_belongs_to_exactly_one_part(text in mangled()) {
        let article = structure(&text, &Options::default(), &TABLES);
        let parts = parts(&article);
        let mut end = 0;
        for (name, span) in &parts {
            prop_assert!(!span.is_empty(), "empty {name}");
            prop_assert!(span.start() >= end, "{name} at {span:?} overlaps what stands before it");
            let between = text.get(end..span.start());
            prop_assert!(between.is_some_and(|b| b.chars().all(is_blank)), "lost before {name}: {between:?}");
            let words = span.of(&text);
            prop_assert_eq!(words.trim(), words);
            end = span.end();
        }
        let rest = text.get(end..);
        prop_assert!(rest.is_some_and(|b| b.chars().all(is_blank)), "lost at the end: {rest:?}");
    }

    #[test]
    fn sentences_stand_in_order_inside_their_paragraph(text in mangled()) {
        let article = structure(&text, &Options::default(), &TABLES);
        for paragraph in &article.paragraphs {
            let mut end = paragraph.span.start();
            for sentence in &paragraph.sentences {
                prop_assert!(sentence.start() >= end && paragraph.span.contains(*sentence));
                end = sentence.end();
            }
        }
        if let Some(byline) = &article.byline {
            prop_assert!(byline.authors.iter().all(|a| byline.span.contains(*a)));
        }
        if let Some(dateline) = &article.dateline {
            let inside = dateline.places.iter().map(|p| p.span).chain(dateline.date.map(|d| d.span)).chain(dateline.agency);
            prop_assert!(inside.into_iter().all(|span| dateline.span.contains(span)));
        }
    }

    #[test]
    fn the_same_story_is_always_taken_apart_in_the_same_way(text in mangled()) {
        let once = structure(&text, &Options::default(), &TABLES);
        let twice = structure(&text, &Options::default(), &TABLES);
        prop_assert_eq!(once, twice);
    }
}
