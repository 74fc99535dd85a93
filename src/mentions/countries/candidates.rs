//! Names of the gazetteer in the text, longest first, with the counties that no table lists.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::article::CountryMentionKind::{Abbreviation, Capital, City, Subdivision};
use crate::reading::{BlockKind, Reading};
use crate::span::Span;
use crate::tables::{Also, Found, Meaning, RegionId, Tables};
use crate::text::{Classes, Shape, Token};

/// A name in the text that may refer to a country.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The name, as words of the reading.
    pub(super) words: Range<usize>,
    /// The sentence it stands in, as words of the reading.
    pub(super) sentence: Range<usize>,
    /// How that sentence is set.
    pub(super) setting: Setting,
    /// Whether it stands in the byline.
    pub(super) in_byline: bool,
    /// The same for the same name.
    pub(super) key: u64,
    /// What it may stand for; shared by all candidates of one name.
    pub(super) meanings: Rc<Vec<Meaning>>,
    /// What else it may be.
    pub(super) also: Also,
    /// What speaks for it being a place (positive) or not; `None` when it is surely none.
    pub(super) evidence: Option<i32>,
    /// The region behind it or the place before it has settled what it stands for.
    pub(super) tied: Option<Meaning>,
    /// Whether the words beside it are those beside a town: "the Lebanon man", "41, of Lebanon".
    pub(super) as_town: bool,
    /// What it stands for in the end.
    pub(super) chosen: Option<Meaning>,
}

/// How a line is set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Setting {
    /// Capitals mark names.
    Plain,
    /// Most Words Begin With Capitals.
    Title,
    /// ALL LETTERS ARE CAPITALS.
    Shouted,
}

/// Longest name, in words and marks.
const LONGEST: usize = 9;
/// Most counties that one list is read for.
const COUNTIES: usize = 24;
/// Number of the names of counties and places that no table lists; such names are never compared.
pub(super) const UNLISTED: u64 = u64::MAX;

/// All candidates in order, without overlap. Nothing inside `treaties` is one.
pub(super) fn find(reading: &Reading, treaties: &[Span], tables: &Tables) -> Vec<Candidate> {
    // About every twentieth word begins the name of a place.
    let mut found = Vec::with_capacity(reading.tokens.len() / 16);
    let mut met = Met::default();
    for block in &reading.blocks {
        let mut done = 0;
        for sentence in block.sentences.iter().cloned().take_while(|_| !reading.stop.by_now()) {
            let words = sentence.clone();
            let in_byline = block.kind == BlockKind::Byline;
            let in_dateline = block.kind == BlockKind::Dateline;
            // A name may run over what looks like the end of a sentence: "the U.S. Virgin Islands".
            let sentence = sentence.start.max(done).min(sentence.end)..sentence.end;
            let finder = Finder {
                reading,
                tables,
                words,
                setting: OnceCell::new(),
                in_byline,
                in_dateline,
                sentence,
                end: block.words.end,
                treaties,
            };
            finder.scan(&mut found, &mut met);
            done = found.last().map_or(0, |c: &Candidate| c.words.end);
        }
    }
    found
}

/// What the names met so far stand for, by their numbers: an article names the same places again
/// and again. Only looked up in, never walked.
type Met = FxHashMap<u64, Name>;

/// A name of the gazetteer with what it may stand for.
#[derive(Clone)]
struct Name {
    words: usize,
    key: u64,
    meanings: Rc<Vec<Meaning>>,
    also: Also,
}

impl Name {
    fn of(found: Found) -> Name {
        let Found { words, key, meanings, also, .. } = found;
        Name { words, key, meanings: Rc::new(meanings), also }
    }
}

struct Finder<'a> {
    reading: &'a Reading<'a>,
    tables: &'a Tables,
    // The whole sentence, and how it is set: only asked where it holds a name.
    words: Range<usize>,
    setting: OnceCell<Setting>,
    in_byline: bool,
    in_dateline: bool,
    // End of the block.
    end: usize,
    // What is left of the sentence.
    sentence: Range<usize>,
    treaties: &'a [Span],
}

impl Finder<'_> {
    fn scan(&self, found: &mut Vec<Candidate>, met: &mut Met) {
        let mut i = self.sentence.start;
        while let Some(ahead) = self.reading.tokens.get(i..self.sentence.end) {
            // Most words are neither.
            let Some(n) = ahead.iter().position(|t| t.is_capitalised() || t.is(Classes::COUNTY)) else { return };
            let token = &ahead[n];
            i += n;
            if !token.is_capitalised() {
                if token.shape == Shape::Lower {
                    self.counties_before(i, found);
                }
                i += 1;
                continue;
            }
            if token.is(Classes::COUNTY) {
                self.county(i, found);
            }
            i = self.name_at(i, found, met);
        }
    }

    fn setting(&self) -> Setting {
        let words = || self.reading.tokens.get(self.words.clone()).unwrap_or_default();
        *self.setting.get_or_init(|| setting(words()))
    }

    /// Notes the name that begins with word `i`, and gives the word to go on with.
    fn name_at(&self, i: usize, found: &mut Vec<Candidate>, met: &mut Met) -> usize {
        let mut words = &self.reading.tokens[i..self.end.min(i + LONGEST)];
        let gazetteer = &self.tables.gazetteer;
        while let Some(sighting) = gazetteer.sight(self.reading.text, words) {
            let name = met.entry(sighting.key).or_insert_with(|| Name::of(gazetteer.read(&sighting)));
            let range = i..i + name.words;
            if name.meanings.is_empty() {
                if !self.goes_on_as_body(range.end) {
                    return range.end;
                }
            } else if self.is_written_as_name(&words[..name.words], name) {
                if !self.is_covered(&range) {
                    found.push(self.with_kind_of_place(self.candidate(range.clone(), name.clone())));
                }
                return range.end;
            }
            words = &words[..name.words - 1];
        }
        i + 1
    }

    /// Whether the words up to `end` are the beginning of the name of a body: "Manchester City" in
    /// "Manchester City Council".
    fn goes_on_as_body(&self, end: usize) -> bool {
        let part = |t: &Token| t.is_capitalised() && t.is(Classes::PLACE_NOUN_CAPITAL);
        let sentence = self.reading.tokens.get(..self.sentence.end).unwrap_or_default();
        end > 0 && sentence.get(end - 1).is_some_and(part) && sentence.get(end).is_some_and(part)
    }

    /// "Gaza City", "Benue State": the kind of place behind its name belongs to it, but not when
    /// the name goes on (Gaza City Council) or an American university is meant (Ohio State).
    fn with_kind_of_place(&self, mut candidate: Candidate) -> Candidate {
        let at = candidate.words.end;
        let sentence = self.reading.tokens.get(..self.sentence.end).unwrap_or_default();
        let Some(word) = sentence.get(at).filter(|t| t.is_capitalised() && t.spaced) else { return candidate };
        let goes_on = sentence.get(at + 1).is_some_and(Token::is_capitalised);
        let word = word.of(self.reading.text);
        let town = candidate.meanings.iter().any(|m| m.kind == City);
        let america = self.tables.gazetteer.by_code("US");
        let state =
            candidate.meanings.iter().all(|m| matches!(m.kind, Subdivision | City) && Some(m.country) != america);
        if !goes_on && (town && word.eq_ignore_ascii_case("City") || state && word.eq_ignore_ascii_case("State")) {
            candidate.words.end += 1;
            candidate.evidence = Some(3);
        }
        candidate
    }

    fn candidate(&self, words: Range<usize>, name: Name) -> Candidate {
        Candidate {
            words,
            sentence: self.sentence.clone(),
            setting: self.setting(),
            in_byline: self.in_byline,
            key: name.key,
            meanings: name.meanings,
            also: name.also,
            evidence: Some(0),
            tied: None,
            as_town: false,
            chosen: None,
        }
    }

    /// Whether the letters are those of a name: first and last word with a capital ("state" apart),
    /// abbreviations in capitals, and no short acronym that only looks like a town.
    fn is_written_as_name(&self, words: &[Token], name: &Name) -> bool {
        let Some(last) = words.iter().rfind(|w| w.shape != Shape::Mark) else { return false };
        let abbreviation = name.meanings.iter().all(|m| m.kind == Abbreviation) || name.also.is(Also::POSTAL);
        if words.len() > 1 {
            return last.shape != Shape::Lower
                || last.is(Classes::PLACE_NOUN)
                || last.of(self.reading.text).contains(['’', '\'']);
        }
        let word = last.of(self.reading.text);
        let acronym =
            last.shape == Shape::Upper && !self.in_dateline && word.len() < 5 && self.setting() != Setting::Shouted;
        let country = name.meanings.iter().any(|m| m.is_country() || m.kind == Capital);
        if abbreviation && !word.contains('.') {
            last.shape == Shape::Upper
        } else {
            country || !acronym || word.contains('.')
        }
    }

    fn is_covered(&self, words: &Range<usize>) -> bool {
        let Some(span) = self.reading.span(words.clone()) else { return true };
        let i = self.treaties.partition_point(|t| t.end() <= span.start());
        self.treaties.get(i).is_some_and(|t| t.overlaps(span))
    }

    /// "Hall County", "Rapides Parish": a region of the United States unless the tables know one
    /// of that name elsewhere.
    fn county(&self, at: usize, found: &mut Vec<Candidate>) {
        if let Some(known) = found.last_mut().filter(|c| c.words.end == at && c.words.start >= self.sentence.start) {
            known.words.end = at + 1;
            known.words.start = self.start_of_longer(known.words.start);
            known.key = UNLISTED;
            known.also = Also::NONE;
            known.evidence = Some(8);
            self.keep_regions(known);
            return;
        }
        let Some(start) = self.start_of_name(at) else { return };
        self.unlisted(start..at + 1, found);
    }

    /// "Hall and Jackson counties".
    fn counties_before(&self, at: usize, found: &mut Vec<Candidate>) {
        if !self.reading.tokens[at].of(self.reading.text).ends_with("ies") {
            return;
        }
        let mut end = at;
        for _ in 0..COUNTIES {
            let Some(start) = self.start_of_name(end) else { return };
            let words = start..end;
            match found.iter_mut().rev().take(8).find(|c| c.words.end == end) {
                Some(known) => {
                    known.evidence = Some(8);
                    known.also = Also::NONE;
                    self.keep_regions(known);
                    known.key = UNLISTED;
                }
                None => self.unlisted(words, found),
            }
            let mut before = start;
            while before > self.sentence.start && self.is_link(before - 1) {
                before -= 1;
            }
            if before == start {
                break;
            }
            end = before;
        }
        // Only the names of this list are out of order.
        let listed = found.len().saturating_sub(2 * COUNTIES);
        found[listed..].sort_by_key(|c| c.words.start);
    }

    /// "New Kent County", "North Annville Township": where the name of a county begins of which
    /// the table knows the end.
    fn start_of_longer(&self, mut start: usize) -> usize {
        let tokens = self.reading.tokens;
        while start > self.sentence.start + 1
            && tokens[start - 1].is_capitalised()
            && tokens[start - 1].is(Classes::COMPASS | Classes::PLACE_MAKER)
        {
            start -= 1;
        }
        start
    }

    fn is_link(&self, i: usize) -> bool {
        let token = &self.reading.tokens[i];
        token.is_mark(',') || token.is_mark('&') || token.is(Classes::CONJUNCTION)
    }

    fn unlisted(&self, words: Range<usize>, found: &mut Vec<Candidate>) {
        if self.is_covered(&words) {
            return;
        }
        let meanings = self.of_the_states(0).into_iter().collect();
        let name = Name { words: words.len(), key: UNLISTED, meanings: Rc::new(meanings), also: Also::NONE };
        let tied = name.meanings.first().copied();
        found.push(Candidate { evidence: Some(8), tied, ..self.candidate(words, name) });
    }

    /// Of what a county may stand for, its regions, with one of the United States that no table lists.
    fn keep_regions(&self, county: &mut Candidate) {
        let meanings = Rc::make_mut(&mut county.meanings);
        meanings.retain(|m| m.kind == Subdivision && m.region != RegionId::NONE);
        meanings.extend(self.of_the_states(meanings.len()));
        county.tied = meanings.first().copied().filter(|_| meanings.len() == 1);
    }

    /// A region of the United States of no particular state, of less weight than the `known` ones.
    fn of_the_states(&self, known: usize) -> Option<Meaning> {
        let country = self.tables.gazetteer.by_code("US")?;
        let size = if known == 0 { 100 } else { 2000 };
        Some(Meaning { country, region: RegionId::NONE, kind: Subdivision, size })
    }

    /// Where the unlisted name that ends before word `end` begins: one word with a capital, and
    /// Saint, New and the like before it.
    fn start_of_name(&self, end: usize) -> Option<usize> {
        let tokens = self.reading.tokens;
        let mut start = end.checked_sub(1).filter(|&i| i >= self.sentence.start)?;
        if tokens[start].of(self.reading.text).ends_with(['s', 'S'])
            && tokens[start].shape == Shape::Lower
            && start > self.sentence.start
        {
            start -= 1;
        }
        let name = &tokens[start];
        let plain =
            Classes::DETERMINER | Classes::PREPOSITION | Classes::CONJUNCTION | Classes::AUXILIARY | Classes::RELATIVE;
        if !name.is_capitalised()
            || name.is(plain | Classes::STATE_BODY | Classes::DEMONYM)
            || name.shape == Shape::Initial
        {
            return None;
        }
        let listed = |i: usize| i > self.sentence.start && self.is_link(i - 1);
        while start > self.sentence.start
            && tokens[start - 1].is_capitalised()
            && (tokens[start - 1].is(Classes::PLACE_MAKER) || listed(start - 1) && !tokens[start - 1].is(plain))
        {
            start -= 1;
        }
        if start > self.sentence.start + 1
            && tokens[start - 1].is_mark('.')
            && tokens[start - 2].is(Classes::PLACE_MAKER)
        {
            start -= 2;
        }
        Some(start)
    }
}

/// How the words of a sentence are set.
fn setting(words: &[Token]) -> Setting {
    let (mut lower, mut capital, mut upper) = (0, 0, 0);
    let ends = words.last().is_some_and(|w| w.is_mark('.'));
    for word in words {
        // Most are plain beyond doubt before they end: with a full stop behind, or too many small
        // words even if all others had capitals.
        if ends && lower + capital > 0 || 10 * lower > 4 * words.len() {
            return Setting::Plain;
        }
        match word.shape {
            Shape::Lower => lower += usize::from(word.first != '\'' && word.first != '’'),
            Shape::Capital | Shape::Mixed => capital += 1,
            Shape::Upper => upper += 1,
            Shape::Initial | Shape::Number | Shape::Mark => {}
        }
    }
    if upper >= 2 && lower + capital == 0 {
        Setting::Shouted
    } else if !ends && capital + upper >= 4 && 10 * lower <= 4 * (capital + upper) {
        Setting::Title
    } else {
        Setting::Plain
    }
}
