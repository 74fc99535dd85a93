//! Names in invented sentences: `tests/names_gold.tsv`.

use super::{Entity, Gender, Name, NameKind, Names, find};
use crate::reading::{Block, BlockKind, Reading};
use crate::span::Span;
use crate::stop::Stop;
use crate::tables::Tables;
use crate::text::{Token, sentences_of, tokens};

const GOLD: &str = include_str!("../../tests/names_gold.tsv");

/// The names of a text whose paragraphs are parted by bars, the first of them a headline when it
/// ends without a mark.
fn names_of<R>(text: &str, tables: &Tables, ask: impl FnOnce(&Names, &[Token]) -> R) -> R {
    let tokens = tokens(text, &tables.lexicon);
    let (mut blocks, mut sentences) = (Vec::new(), Vec::new());
    let mut start = 0;
    for part in text.split('|') {
        let span = Span::between(start, start + part.len()).trim(text);
        start += part.len() + 1;
        let at = |offset| tokens.partition_point(|t| t.start() < offset);
        let words = at(span.start())..at(span.end());
        let headline = blocks.is_empty() && !part.trim_end().ends_with(['.', '?', '!', '"', '”', '\'', '’']);
        let kind = if headline { BlockKind::Headline } else { BlockKind::Paragraph };
        let one_sentence = || std::iter::once(words.clone()).collect();
        let first = sentences.len();
        sentences.extend(if headline { one_sentence() } else { sentences_of(text, &tokens, words.clone()) });
        blocks.push(Block { kind, span, words, sentences: first..sentences.len() });
    }
    let reading = Reading { text, tokens: &tokens, blocks, sentences, stop: &Stop::never() };
    ask(&find(&reading, tables), &tokens)
}

/// What one expectation of the gold says; `Err` tells what stands there instead.
fn check(expected: &str, text: &str, names: &Names, tokens: &[Token]) -> Result<(), String> {
    let found = |words: &str| names.names.iter().find(|n| n.span.of(text) == words);
    let (sign, rest) = expected.split_once(' ').unwrap_or((expected, ""));
    if sign == "-" {
        let hit = names.names.iter().find(|n| tokens[n.words.clone()].iter().any(|t| t.of(text) == rest));
        return hit.map_or(Ok(()), |n| Err(format!("{rest:?} is in the name {:?}", n.span.of(text))));
    }
    if let Some((short, full)) = rest.split_once(" > ") {
        // The last mention of that form.
        let name = names.names.iter().rfind(|n| n.span.of(text) == short).ok_or(format!("no name {short:?}"))?;
        let entity = names.entities[name.entity].name.of(text);
        return if entity == full { Ok(()) } else { Err(format!("{short:?} is {entity:?}")) };
    }
    let (words, role) = rest.split_once(" = ").map_or((rest, None), |(w, r)| (w, Some(r)));
    let name = found(words).ok_or_else(|| {
        format!("no name {words:?} among {:?}", names.names.iter().map(|n| n.span.of(text)).collect::<Vec<_>>())
    })?;
    kind_fits(sign, name, names)?;
    let read = name.role.map_or("", |r| r.of(text));
    match role {
        Some(role) if role != read => Err(format!("{words:?} has the role {read:?}")),
        None if sign == "P0" && !read.is_empty() => Err(format!("{words:?} has the role {read:?}")),
        _ => Ok(()),
    }
}

fn kind_fits(sign: &str, name: &Name, names: &Names) -> Result<(), String> {
    let Entity { gender, is_state_body, .. } = names.entities[name.entity];
    let fits = match sign {
        "P" | "P0" => name.kind == NameKind::Person,
        "PM" => name.kind == NameKind::Person && gender == Gender::He,
        "PF" => name.kind == NameKind::Person && gender == Gender::She,
        "B" => name.kind == NameKind::Body && !is_state_body,
        "S" => name.kind == NameKind::Body && is_state_body,
        "O" => name.kind == NameKind::Other,
        _ => return Err(format!("no such sign: {sign}")),
    };
    if fits { Ok(()) } else { Err(format!("{:?}, {gender:?}, state {}", name.kind, is_state_body)) }
}

#[test]
fn people_and_bodies_of_invented_news_are_named_in_full_with_role_and_kind() {
    let tables = Tables::new();
    let mut wrong = Vec::new();
    let mut cases = 0;
    for line in GOLD.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (text, expected) = line.split_once('\t').unwrap_or((line, ""));
        for expectation in expected.split(';').map(str::trim) {
            cases += 1;
            let result = names_of(text, &tables, |names, tokens| check(expectation, text, names, tokens));
            if let Err(instead) = result {
                wrong.push(format!("{text}\n    expected {expectation}: {instead}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cases} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Words of a cell of a table in `data/`.
fn entries(file: &str) -> impl Iterator<Item = (&str, &str)> {
    let rows = file.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).skip(1);
    rows.filter_map(|l| l.rsplit_once('\t')).flat_map(|(head, words)| words.split('|').map(move |w| (head, w)))
}

#[test]
fn every_title_and_every_given_name_of_the_tables_makes_a_person() {
    let tables = Tables::new();
    let mut wrong = Vec::new();
    let person = |text: &str, name: &str| {
        names_of(text, &tables, |names, _| {
            names.names.iter().any(|n| n.kind == NameKind::Person && n.span.of(text).ends_with(name))
        })
    };
    for (_, title) in entries(include_str!("../../data/titles.tsv")) {
        if !person(&format!("They met {title} Ines Tarrant at the quay."), "Ines Tarrant") {
            wrong.push(title);
        }
    }
    for (head, given) in entries(include_str!("../../data/given_names.tsv")) {
        if !head.starts_with("place") && !person(&format!("They met {given} Hansen at the quay."), "Hansen") {
            wrong.push(given);
        }
    }
    assert!(wrong.is_empty(), "{} make none: {}", wrong.len(), wrong.join(" "));
}
