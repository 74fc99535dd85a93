//! A caller who loses interest gets the processor back: how long the core works between two looks
//! at whether it is still wanted.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    reason = "a test looks at files and clocks, and fails loudly"
)]

use std::cell::Cell;
use std::time::Duration;

use copydesk::{Options, Tables, structure_until};

/// As long as the longest article that the service takes.
const LONG: usize = 1 << 20;

/// Pieces of long texts: news, and what makes a careless extractor slow.
const PIECES: &[(&str, &str)] = &[
    (
        "news",
        "RIGA, March 4 (NW) — “No ferry sails,” said Ines Roth, the minister of transport of Latvia. \
         She told reporters in Paris that France had signed the North Atlantic Treaty.\n\nNobody asked why.\n\n",
    ),
    ("one paragraph", "“No ferry sails,” said Ines Roth, a pilot from Riga. The Treaty of Rome holds in Italy. "),
    ("unclosed quotes", "\"we said "),
    ("short quotes", "“a” b "),
    ("capitalised words", "Lake Treaty River "),
    ("treaty prefixes", "Treaty on the Convention on the "),
    ("cues without quotes", "he said that she said "),
    ("one-word lines", "Word\n"),
    ("datelines", "RIGA, March 4 (AP) - "),
    ("brackets", "((([["),
    ("abbreviations", "U.S. Mr. a.m. "),
    ("names", "Ines Roth and Sergey Lavrov met Olga Berzina. "),
    ("countries", "France, Latvia, Georgia and Chad, Ohio. "),
    ("bylines", "By Ines Roth\n"),
    ("not ASCII", "Ж«é’— "),
];

/// Processor time of this thread so far.
fn worked() -> Duration {
    let figures = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    let nanoseconds = figures.split_whitespace().next().and_then(|n| n.parse().ok()).expect("a number");
    Duration::from_nanos(nanoseconds)
}

/// The longest work between two looks, and how many there are.
fn longest_work(text: &str, tables: &Tables) -> (Duration, usize) {
    let (last, longest, looks) = (Cell::new(worked()), Cell::new(Duration::ZERO), Cell::new(0));
    let look = || {
        let now = worked();
        looks.set(looks.get() + 1);
        longest.set(longest.get().max(now - last.get()));
        last.set(now);
        false
    };
    assert!(structure_until(text, &Options::default(), tables, &look).is_some());
    look();
    (longest.get(), looks.get())
}

#[test]
fn the_core_looks_up_often_whatever_it_reads() {
    let tables = Tables::new();
    for (name, piece) in PIECES {
        let text = piece.repeat(LONG / piece.len());
        let (longest, looks) = longest_work(&text, &tables);
        println!("{name:20} {longest:>12.3?} at most, {looks} looks");
        // A third of it at most on a quiet machine, in a build for tests.
        assert!(longest < Duration::from_millis(200), "{name}: {longest:?}");
    }
}

#[test]
fn whoever_is_told_to_stop_gives_nothing_at_whatever_look() {
    let (tables, (_, piece)) = (Tables::new(), PIECES[0]);
    let text = piece.repeat(40);
    let looks = Cell::new(0);
    let count = || {
        looks.set(looks.get() + 1);
        false
    };
    assert!(structure_until(&text, &Options::default(), &tables, &count).is_some());
    for last in 1..=looks.get() {
        let asked = Cell::new(0);
        let stop = || {
            asked.set(asked.get() + 1);
            asked.get() == last
        };
        assert!(structure_until(&text, &Options::default(), &tables, &stop).is_none(), "look {last}");
        assert_eq!(asked.get(), last, "nobody is asked again");
    }
}
