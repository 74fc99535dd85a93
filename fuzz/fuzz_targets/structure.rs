//! Any text gives an article whose spans fit the text, and the same one every time.
//!
//! `cargo install cargo-fuzz`, then `cargo fuzz run structure -- -max_total_time=60`; on a stable
//! toolchain add `--sanitizer none` and set `RUSTC_BOOTSTRAP=1`.

#![no_main]

use std::sync::LazyLock;

use copydesk::{Options, Tables, structure};
use libfuzzer_sys::fuzz_target;

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::new);

fuzz_target!(|text: &str| {
    let article = structure(text, &Options::default(), &TABLES);
    for paragraph in &article.paragraphs {
        assert!(text.get(paragraph.span.start()..paragraph.span.end()).is_some());
    }
    for piece in article.quotes.iter().flat_map(|quote| &quote.content) {
        assert!(text.get(piece.start()..piece.end()).is_some());
    }
    assert_eq!(article, structure(text, &Options::default(), &TABLES));
});
