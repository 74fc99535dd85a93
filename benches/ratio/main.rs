//! How fast the library is, as ratios measured in one run: `make bench`.
//!
//! Prints the time of `structure()` over the time of the one-pass floor (`floor.rs`) on the same
//! texts, the megabytes a second, how the price of a byte grows from 10 KB to 1 MB, and what
//! hostile texts cost; with `-- --ratio-only` it stops before the growth. The texts are the case articles under `tests`, or the `.txt` files of the
//! folder that `COPYDESK_BENCH_TEXTS` names.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    reason = "a benchmark reads files, looks at the clock and prints"
)]

mod floor;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use copydesk::{Options, Tables, structure};

/// The same as the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let started = Instant::now();
    let tables = Tables::new();
    println!("tables ready in {:.1} ms", started.elapsed().as_secs_f64() * 1e3);
    let texts = texts();
    let floor = floor::Floor::new(&texts);
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} articles, {bytes} bytes, mean {}", texts.len(), bytes / texts.len().max(1));

    let (library, least) = side_by_side(
        || texts.iter().for_each(|t| drop(black_box(structure(t, &Options::default(), &tables)))),
        || {
            black_box(texts.iter().map(|t| floor.pass(t)).fold(0, u64::wrapping_add));
        },
    );
    let speed = |time: Duration| bytes as f64 / time.as_secs_f64() / 1e6;
    println!("floor    {:8.1} MB/s", speed(least));
    println!("library  {:8.1} MB/s", speed(library));
    println!("library / floor: {:.2}", library.as_secs_f64() / least.as_secs_f64());

    if std::env::args().any(|argument| argument == "--ratio-only") {
        return;
    }
    println!("\ngrowth: one article of N bytes, price of a byte over that of the mean article");
    let byte = library.as_secs_f64() / bytes as f64;
    for size in [10_000, 100_000, 1_000_000] {
        println!("  news {size:>9}  {:5.2}", price(&long_article(&texts, size), &tables) / byte);
    }
    for (name, piece) in HOSTILE {
        for size in [10_000, 1_000_000] {
            println!("  {name} {size:>9}  {:5.2}", price(&piece.repeat(size / piece.len()), &tables) / byte);
        }
    }
}

/// Texts that make a careless extractor slow.
const HOSTILE: &[(&str, &str)] = &[
    ("unclosed quotes on one line  ", "\"we said "),
    ("short quotes on one line     ", "“a” b "),
    ("single marks                 ", "'tis 'a' o' "),
    ("capitalised words            ", "Lake Treaty River "),
    ("treaty prefixes              ", "Treaty on the Convention on the "),
    ("cues without quotes          ", "he said that she said "),
    ("one-word lines               ", "Word\n"),
    ("datelines                    ", "RIGA, March 4 (AP) - "),
    ("brackets                     ", "((([["),
    ("abbreviations                ", "U.S. Mr. a.m. "),
    ("white space                  ", " \u{a0}\n"),
    ("not ASCII                    ", "Ж«é’— "),
];

/// Seconds for a byte of `text`.
fn price(text: &str, tables: &Tables) -> f64 {
    let time = least(3, || drop(black_box(structure(text, &Options::default(), tables))));
    time.as_secs_f64() / text.len() as f64
}

/// The least times of two pieces of work, run in turn so that both meet the same machine.
fn side_by_side(mut a: impl FnMut(), mut b: impl FnMut()) -> (Duration, Duration) {
    (0..15).fold((Duration::MAX, Duration::MAX), |(x, y), _| (x.min(least(1, &mut a)), y.min(least(1, &mut b))))
}

fn least(rounds: usize, mut work: impl FnMut()) -> Duration {
    let once = |_| {
        let started = Instant::now();
        work();
        started.elapsed()
    };
    (0..rounds).map(once).min().unwrap_or_default()
}

/// One article of about `size` bytes, made of the bodies of all.
fn long_article(texts: &[String], size: usize) -> String {
    let mut article = String::new();
    for text in texts.iter().cycle().take_while(|t| !t.is_empty()) {
        if article.len() + text.len() > size {
            break;
        }
        article.push_str(text);
        article.push_str("\n\n");
    }
    article
}

fn texts() -> Vec<String> {
    let mut texts = Vec::new();
    match std::env::var_os("COPYDESK_BENCH_TEXTS") {
        Some(folder) => read(Path::new(&folder), &mut texts),
        None => read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"), &mut texts),
    }
    texts
}

/// The `.txt` files below `folder`, without expected outlines and without the marks of gold.
fn read(folder: &Path, texts: &mut Vec<String>) {
    let mut entries: Vec<_> = fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            read(&path, texts);
        } else if path.extension().is_some_and(|e| e == "txt") && !path.ends_with("expected.txt") {
            texts.extend(fs::read_to_string(&path).ok().map(|t| without_marks(&t)));
        }
    }
}

fn without_marks(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        plain.push_str(before);
        rest = match after.split_once('>') {
            Some((mark, behind)) if mark.starts_with(|c: char| c.is_ascii_lowercase() || c == '/') => behind,
            _ => {
                plain.push('<');
                after
            }
        };
    }
    plain + rest
}
