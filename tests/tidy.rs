//! Rules about the tree, checked by reading the tree.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    reason = "a test looks at files and clocks, and fails loudly"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// What may import what: a room, and the rooms of ours it may name. `docs/ARCHITECTURE.md` tells
/// the same in words.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("article", &["span"]),
    ("few", &[]),
    ("stop", &[]),
    ("text", &["span"]),
    ("tables", &["span", "text", "article"]),
    ("reading", &["span", "stop", "text"]),
    ("layout", &["span", "article", "stop", "text", "tables", "reading"]),
    ("names", &["few", "span", "article", "stop", "text", "tables", "reading"]),
    ("quotes", &["few", "span", "article", "stop", "text", "tables", "reading", "names"]),
    ("mentions", &["span", "article", "stop", "text", "tables", "reading", "names"]),
    ("structure", &["span", "article", "stop", "text", "tables", "layout", "reading", "names", "quotes", "mentions"]),
    ("wire", &["span", "article"]),
    ("server", &["span", "article", "tables", "structure", "wire"]),
    ("cli", &["span", "article", "tables", "structure", "wire", "server"]),
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of this repository") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<(String, String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&src, &mut found);
    found.sort();
    found
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&src).expect("below src").display().to_string();
            let room = name.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
            (name, room, fs::read_to_string(&path).expect("readable"))
        })
        .collect()
}

#[test]
fn each_room_of_the_desk_imports_only_what_the_table_allows() {
    for (name, room, text) in sources() {
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(r, _)| *r == room) else {
            assert!(matches!(room.as_str(), "lib" | "main"), "src/{name} stands in no room of the table");
            continue;
        };
        // Unit tests of a room may look at the whole: a row of a table proves itself in an article.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (i, line) in code.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")) {
            for part in line.split("crate::").skip(1) {
                let target: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let fine = target == room || allowed.contains(&target.as_str());
                assert!(fine, "src/{name}:{}: {room} may not import {target}", i + 1);
            }
        }
    }
}

#[test]
fn the_core_names_no_async_and_no_network() {
    for (name, room, text) in sources() {
        if matches!(room.as_str(), "wire" | "server" | "cli" | "main" | "lib") {
            continue;
        }
        for word in ["tokio", "tonic", "prost", "async fn", "std::net", "std::io"] {
            assert!(!text.contains(word), "src/{name} names {word}");
        }
    }
}
