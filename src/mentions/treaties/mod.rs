//! Treaties referred to.

mod back;
mod bilateral;
mod brackets;
mod choose;
mod echoes;
mod listed;
mod pairs;
#[cfg(test)]
mod tests;
mod titles;

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::article::{CalendarDate, Dateline, Treaty, TreatyMention, TreatyMentionKind};
use crate::names::Names;
use crate::reading::Reading;
use crate::tables::treaties::Treaties;
use crate::tables::{Gazetteer, Tables};
use crate::text::{Classes, Shape, Token, one_line};

/// Finds the treaties, in order of their first mention. Dateline and day of publication tell
/// treaties of one name apart. [`crate::article::TreatyMention::quote`] is left to the caller.
pub(crate) fn find(
    reading: &Reading,
    names: &Names,
    dateline: Option<&Dateline>,
    published_on: Option<CalendarDate>,
    tables: &Tables,
) -> Vec<Treaty> {
    let year = dateline.and_then(|d| d.date).and_then(|d| d.year).or(published_on.map(|d| d.year));
    let desk = Desk { reading, names, treaties: &tables.treaties, gazetteer: &tables.gazetteer, year };
    let sightings = desk.sightings();
    if sightings.is_empty() {
        return Vec::new();
    }
    let mut found = choose::mentions(&desk, sightings);
    echoes::add(&desk, &mut found);
    brackets::add(&desk, &mut found);
    back::add(&desk, &mut found);
    treaties(&desk, found)
}

/// What all steps look at.
struct Desk<'a> {
    reading: &'a Reading<'a>,
    names: &'a Names,
    treaties: &'a Treaties,
    gazetteer: &'a Gazetteer,
    /// Year of the article, as far as it is known.
    year: Option<u16>,
}

/// Words that look like the name of a treaty.
#[derive(Clone, Debug)]
struct Sighting {
    words: Range<usize>,
    /// The rows it may mean; none for a title that is not listed.
    rows: Vec<Candidate>,
    /// The noun for an agreement in it, as a bit.
    nouns: u32,
    /// Whether it is an abbreviation that only counts in capitals.
    abbreviation: bool,
    /// Whether it stands in one list with another one: "INF and Open Skies treaties".
    paired: bool,
}

/// A row that a name may mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Candidate {
    row: u32,
    ambiguous: bool,
}

/// Which treaty is meant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Who {
    /// A row of the table.
    Listed(u32),
    /// The `n`th of the text that is not listed.
    Unlisted(usize),
}

/// A place where a treaty is referred to.
#[derive(Clone, Debug)]
struct Mention {
    words: Range<usize>,
    who: Who,
    kind: TreatyMentionKind,
    /// The noun for an agreement in it, as a bit.
    nouns: u32,
}

/// All mentions, in order, and the treaties among them that are not listed.
#[derive(Clone, Debug, Default)]
struct Found {
    mentions: Vec<Mention>,
    /// Their fullest forms.
    unlisted: Vec<Range<usize>>,
}

impl Found {
    /// Whether the word at `token` belongs to a mention.
    fn covers(&self, token: usize) -> bool {
        let i = self.mentions.partition_point(|m| m.words.end <= token);
        self.mentions.get(i).is_some_and(|m| m.words.contains(&token))
    }

    /// Puts more mentions in their places; what overlaps one that is there is dropped.
    fn insert(&mut self, new: Vec<Mention>) {
        if new.is_empty() {
            return;
        }
        let fresh: Vec<Mention> =
            new.into_iter().filter(|m| !m.words.clone().any(|token| self.covers(token))).collect();
        self.mentions.extend(fresh);
        self.mentions.sort_by_key(|m| (m.words.start, m.words.end));
    }
}

impl<'a> Desk<'a> {
    fn tokens(&self) -> &'a [Token] {
        self.reading.tokens
    }

    fn token(&self, i: usize) -> Option<&'a Token> {
        self.reading.tokens.get(i)
    }

    /// The word at `i` as written; empty past the end.
    fn word(&self, i: usize) -> &'a str {
        self.token(i).map_or("", |t| t.of(self.reading.text))
    }

    /// All words that look like the name of a treaty, in order, without overlap. Most texts have no
    /// noun for an agreement and no name of a treaty, and are not looked at any closer.
    fn sightings(&self) -> Vec<Sighting> {
        let mut found = Vec::new();
        let mut done = 0;
        while let Some(at) = self.next_telling(done).filter(|_| !self.reading.stop.by_now()) {
            let parts = |pair: &[Token]| matches!(pair, [last, next] if self.are_parted(last, next));
            let before = self.tokens()[done..=at].windows(2).rposition(parts);
            let behind = self.tokens()[at..].windows(2).position(parts);
            let start = before.map_or(done, |n| done + n + 1);
            let end = behind.map_or(self.tokens().len(), |n| at + n + 1);
            self.sightings_in(start..end, &mut found);
            done = end;
        }
        found
    }

    /// The first noun for an agreement, or beginning of a whole name, from `i` on.
    fn next_telling(&self, i: usize) -> Option<usize> {
        const TELLING: Classes = Classes::TREATY_NOUN.and(Classes::TREATY_NAME);
        let tells = |ahead: &[Token]| {
            let noun = ahead.first().is_some_and(|t| t.is(Classes::TREATY_NOUN));
            noun || self.treaties.names.longest(ahead).is_some()
        };
        let mut ahead = self.tokens().get(i..)?;
        loop {
            ahead = &ahead[ahead.iter().position(|t| t.is(TELLING))?..];
            if tells(ahead) {
                return Some(self.tokens().len() - ahead.len());
            }
            ahead = &ahead[1..];
        }
    }

    /// Whether a blank line stands between two words. Names may run over a line end, even where the
    /// layout sees two blocks, but not over a blank line.
    fn are_parted(&self, last: &Token, next: &Token) -> bool {
        // Between most words stands a single space.
        let space = last.end()..next.start();
        space.len() > 1 && next.spaced && self.reading.text[space].bytes().filter(|&b| b == b'\n').count() > 1
    }

    /// The names in `block`.
    fn sightings_in(&self, block: Range<usize>, found: &mut Vec<Sighting>) {
        // A list may have its noun right behind the block.
        let near = &self.tokens()[block.start..self.tokens().len().min(block.end + 1)];
        let has_noun = near.iter().any(|t| t.is(Classes::TREATY_NOUN));
        let mut bare = Vec::new();
        let mut floor = block.start;
        let mut i = block.start;
        while let Some(at) = self.next_beginning(i..block.end, has_noun) {
            i = at;
            let lure = self.treaties.lures.longest(&self.tokens()[i..block.end]).map_or(0, |(n, _)| n);
            let sighting = listed::at(self, i, block.end, &mut bare).filter(|s| s.words.len() > lure);
            let sighting = sighting.or_else(|| bilateral::at(self, i, floor..block.end));
            if let Some(sighting) = sighting.or_else(|| titles::headed(self, i, floor..block.end)) {
                let mut sighting = bilateral::with_partner(self, sighting, block.end);
                let mut behind = Vec::new();
                i = pairs::add_behind(self, &mut sighting, block.end, &mut behind);
                pairs::add(self, sighting, &bare, block.start, found);
                found.append(&mut behind);
                floor = i;
            } else {
                i += lure.max(1);
            }
        }
    }

    /// The first of `words` where anything that is looked for can begin, or have its noun or the joint
    /// of its two parties. Without a noun among them that is a whole name, or what hides one.
    fn next_beginning(&self, words: Range<usize>, has_noun: bool) -> Option<usize> {
        const WHOLE: Classes = Classes::TREATY_NAME.and(Classes::TREATY_LURE_PHRASE);
        const WITH_NOUN: Classes = WHOLE.and(Classes::TREATY_CORE).and(Classes::TREATY_NOUN);
        let mut words = self.tokens().get(words.clone())?.iter().zip(words);
        let found = if has_noun {
            words.find(|(t, _)| t.is(WITH_NOUN) || bilateral::is_joint(t))
        } else {
            words.find(|(t, _)| t.is(WHOLE))
        };
        found.map(|(_, i)| i)
    }

    /// Whether the words around `i` are all capitals, so that capitals say nothing.
    fn shouts(&self, i: usize) -> bool {
        let words =
            || self.around(i).iter().filter(|t| !matches!(t.shape, Shape::Mark | Shape::Number | Shape::Initial));
        words().count() > 2 && words().all(|t| t.shape == Shape::Upper)
    }

    /// Whether the words around a title with its noun at `at` all begin with capitals, as in many
    /// headlines; so they do where nothing stands around it.
    fn capitalises(&self, title: &Range<usize>, at: usize) -> bool {
        let line = self.line(title.start.saturating_sub(5)..title.end + 5, at);
        let around = line.filter(|i| !title.contains(i)).filter_map(|i| self.token(i));
        around
            .into_iter()
            .filter(|t| t.shape != Shape::Mark && t.end() - t.start() > 3)
            .all(|t| t.shape != Shape::Lower)
    }

    /// Whether the word at `i` has a capital where small letters were possible.
    fn is_titled(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| t.shape == Shape::Capital) && !self.capitalises(&(i..i + 1), i)
    }

    /// Up to five words on each side of the word at `i`, on its line.
    fn around(&self, i: usize) -> &'a [Token] {
        self.tokens().get(self.line(i.saturating_sub(5)..i + 6, i)).unwrap_or_default()
    }

    /// The part of `within` on the line of the word at `i`.
    fn line(&self, within: Range<usize>, i: usize) -> Range<usize> {
        let joined = |a: usize| match (self.token(a), self.token(a + 1)) {
            (Some(a), Some(b)) => !self.reading.text[a.end()..b.start()].contains('\n'),
            _ => false,
        };
        let start = (within.start..i).rev().take_while(|&n| joined(n)).last().unwrap_or(i);
        let end = (i..within.end.saturating_sub(1)).take_while(|&n| joined(n)).last().map_or(i, |n| n + 1);
        start..end + 1
    }
}

/// The mentions gathered by treaty.
fn treaties(desk: &Desk, found: Found) -> Vec<Treaty> {
    // Only looked up in, never walked.
    let mut places: FxHashMap<Who, usize> = FxHashMap::default();
    let mut treaties: Vec<Treaty> = Vec::new();
    for mention in &found.mentions {
        let Some(span) = desk.reading.span(mention.words.clone()) else { continue };
        let place = *places.entry(mention.who).or_insert_with(|| {
            treaties.push(named(desk, mention.who, &found));
            treaties.len() - 1
        });
        treaties[place].mentions.push(TreatyMention { span, kind: mention.kind, quote: None });
    }
    treaties
}

fn named(desk: &Desk, who: Who, found: &Found) -> Treaty {
    let (id, title) = match who {
        Who::Listed(row) => {
            desk.treaties.rows.get(row as usize).map_or(("", String::new()), |r| (r.id, r.title.into()))
        }
        Who::Unlisted(i) => {
            ("", found.unlisted.get(i).map_or(String::new(), |w| one_line(desk.reading.words(w.clone()))))
        }
    };
    Treaty { id: id.into(), title, mentions: Vec::new() }
}
