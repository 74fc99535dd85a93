//! The ways to write the name of a treaty.

use super::words::{Noun, Words};
use crate::text::{Lexicon, Shape, fold, tokens};

/// A title without what only tells it apart: the bracket at its end, "of 1907", ", 1983".
pub(super) fn plain(title: &str) -> &str {
    let name = match title.rfind(" (") {
        Some(i) if title.ends_with(')') => &title[..i],
        _ => title,
    };
    let Some((head, year)) = name.rsplit_once(' ') else { return name };
    if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
        return name;
    }
    head.strip_suffix(" of").or(head.strip_suffix(',')).unwrap_or(name)
}

/// A name without the noun at its end, and that noun: "Dayton" and "Accords".
pub(super) fn core<'n>(name: &'n str, words: &Words) -> Option<(&'n str, Noun)> {
    let (core, noun) = name.rsplit_once(' ')?;
    Some((core, words.noun(noun)?))
}

/// Whether a name counts in capitals only: "START", "SALT II", "New START".
pub(super) fn is_abbreviation(name: &str) -> bool {
    name.split(' ').count() <= 3
        && tokens(name, &Lexicon::default()).iter().any(|t| t.shape == Shape::Upper && t.of(name).len() > 2)
}

/// The name that follows from another: "Aachen Treaty" from "Treaty of Aachen", "Canada-EU Pact"
/// from "EU-Canada Pact".
pub(super) fn derived(name: &str, words: &Words) -> Option<String> {
    if let Some((noun, place)) = name.split_once(" of ") {
        let short = place.split(' ').count() <= 3 && !place.contains(" of ") && !place.contains(" and ");
        return (short && words.noun_bit(noun) != 0 && !noun.contains(' ')).then(|| format!("{place} {noun}"));
    }
    let (pair, rest) = name.split_once(' ')?;
    let (one, other) = pair.split_once(is_hyphen)?;
    let both_names = [one, other].iter().all(|p| p.starts_with(char::is_uppercase) && p.len() > 1);
    both_names.then(|| format!("{other}-{one} {rest}"))
}

/// All spellings of a name, folded, its own first.
pub(super) struct Spellings;

/// More spellings of one name than this are not kept.
const MOST: usize = 24;

impl Spellings {
    pub(super) fn of(name: &str, words: &Words) -> Vec<String> {
        let mut all = vec![fold(name).into_owned()];
        add(&mut all, |name| {
            name.strip_prefix("treaty of ").map(|place| format!("treaties of {place}")).into_iter().collect()
        });
        let own = all[0].clone();
        for group in words.spellings(own.split(|c| is_hyphen(c) || matches!(c, ' ' | '/' | ','))) {
            add(&mut all, |name| group.iter().filter_map(|from| swap(name, from, group)).flatten().collect());
        }
        add(&mut all, |name| without_hyphens(name, words));
        add(&mut all, |name| (!name.is_ascii()).then(|| without_accents(name)).into_iter().collect());
        all
    }
}

fn add(all: &mut Vec<String>, more: impl Fn(&str) -> Vec<String>) {
    for i in 0..all.len() {
        for new in more(&all[i]) {
            if all.len() < MOST && !all.contains(&new) {
                all.push(new);
            }
        }
    }
}

/// `name` with each of the others in `group` in the place of the word `from`.
fn swap(name: &str, from: &str, group: &[String]) -> Option<Vec<String>> {
    let at = name.find(from)?;
    let (before, after) = (&name[..at], &name[at + from.len()..]);
    let open = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    let whole = open(before.chars().next_back()) && open(after.chars().next());
    whole.then(|| group.iter().filter(|to| *to != from).map(|to| format!("{before}{to}{after}")).collect())
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '–')
}

/// "non-proliferation" as "nonproliferation" and "non proliferation", "test-ban" as "test ban";
/// "u.s.-japan" as "u.s./japan".
fn without_hyphens(name: &str, words: &Words) -> Vec<String> {
    let Some((first, rest)) = name.split_once(is_hyphen) else { return Vec::new() };
    let mut found = vec![name.replace(is_hyphen, " ")];
    let prefix = first.rsplit(' ').next().unwrap_or_default();
    if words.prefixes.contains(&prefix) {
        found.push(format!("{first}{rest}"));
        found.push(format!("{first}{}", rest.replace(is_hyphen, " ")));
    } else if !first.contains(' ') {
        found.push(format!("{first}/{rest}"));
    }
    found
}

/// Letters without their accents, as agencies write them.
fn without_accents(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
            'ç' | 'č' => 'c',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ñ' => 'n',
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
            'ù' | 'ú' | 'û' | 'ü' => 'u',
            'š' => 's',
            c => c,
        })
        .collect()
}
