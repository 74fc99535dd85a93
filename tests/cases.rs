//! Whole invented articles in the styles of real wires: `tests/cases/<name>/article.txt` must give
//! the outline in `expected.txt` beside it. `UPDATE_CASES=1 cargo test --test cases` writes the
//! outlines anew: read the diff before you commit it.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    reason = "a test looks at files and clocks, and fails loudly"
)]

use std::fs;
use std::path::Path;

use copydesk::cli::Outline;
use copydesk::wire::{self, v1::OffsetUnit};
use copydesk::{Options, Tables, structure};

#[test]
fn each_case_article_is_taken_apart_as_its_expected_file_says() {
    let tables = Tables::new();
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let mut wrong = Vec::new();
    let mut folders: Vec<_> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"))
        .expect("tests/cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    for folder in folders {
        let text = fs::read_to_string(folder.join("article.txt")).expect("article.txt");
        let article = structure(&text, &Options::default(), &tables);
        let document = wire::document(article, &text, OffsetUnit::Utf8Byte, false);
        let outline = Outline::new(&document).to_string();
        let expected = folder.join("expected.txt");
        if update {
            fs::write(&expected, &outline).expect("expected.txt");
        }
        let held = fs::read_to_string(&expected).unwrap_or_default();
        if held != outline {
            wrong.push(format!("{}\n{}", folder.display(), difference(&held, &outline)));
        }
    }
    assert!(wrong.is_empty(), "{} cases differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// The lines that only one of the two has.
fn difference(held: &str, got: &str) -> String {
    let only = |a: &str, b: &str, sign: &str| -> String {
        a.lines()
            .filter(|line| !b.lines().any(|other| other == *line))
            .map(|line| format!("  {sign} {line}\n"))
            .collect()
    };
    only(held, got, "-") + &only(got, held, "+")
}
