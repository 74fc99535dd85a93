//! Names of the gazetteer in the text, longest first, with the counties that no table lists.

use std::cell::OnceCell;
use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::met::{MetName, MetNames, Sorts};
use crate::article::CountryMentionKind::Subdivision;
use crate::reading::{BlockKind, Reading};
use crate::span::Span;
use crate::tables::{Also, CountryId, Meaning, RegionId, Tables};
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
    /// Which name it is.
    pub(super) name: usize,
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

/// All candidates in order, without overlap. Nothing inside `treaties` is one, and none begins with a
/// word that is not among the `capitals` of the text.
pub(super) fn find(reading: &Reading, capitals: &[u32], treaties: &[Span], tables: &Tables) -> Found {
    let mut found = Found::with_room_for(reading.tokens.len());
    let (signs, mut ahead) = (Signs::among(reading), capitals);
    for block in &reading.blocks {
        let mut done = 0;
        let end = block.words.end;
        for sentence in reading.sentences_of(block).iter().cloned().take_while(|_| !reading.stop.by_now()) {
            let words = sentence.clone();
            let (capitals, behind) = ahead.split_at(ahead.partition_point(|&i| (i as usize) < words.end));
            ahead = behind;
            let in_byline = block.kind == BlockKind::Byline;
            let in_dateline = block.kind == BlockKind::Dateline;
            // A name may run over what looks like the end of a sentence: "the U.S. Virgin Islands".
            let sentence = sentence.start.max(done).min(sentence.end)..sentence.end;
            let (setting, signs) = (OnceCell::new(), &signs);
            let finder =
                Finder { reading, tables, words, setting, in_byline, in_dateline, sentence, end, treaties, signs };
            finder.scan(capitals, &mut found);
            done = found.candidates.last().map_or(0, |c| c.words.end);
        }
    }
    found.signs = signs;
    found
}

/// What is found so far.
pub(super) struct Found {
    /// The candidates.
    pub(super) candidates: Vec<Candidate>,
    /// Their names.
    pub(super) names: MetNames,
    /// What single words of the text show.
    pub(super) signs: Signs,
    // The names met, by their numbers in the gazetteer: an article names the same places again and
    // again. Only looked up in, never walked.
    met: FxHashMap<u64, usize>,
}

impl Found {
    /// Nothing yet, with room for what is found among so many words.
    fn with_room_for(words: usize) -> Found {
        // About every twentieth word begins the name of a place, and half of them are met before.
        let (candidates, met) = (Vec::with_capacity(words / 16), words / 32);
        let names = MetNames::with_room_for(met);
        let signs = Signs::default();
        Found { candidates, names, signs, met: FxHashMap::with_capacity_and_hasher(met, FxBuildHasher) }
    }
}

/// What single words show of the whole text.
#[derive(Default)]
pub(super) struct Signs {
    /// How many words only the papers of the United States use or spell so.
    pub(super) american: i32,
    /// How many only those of Britain.
    pub(super) british: i32,
    /// Whether there may be a list of counties: "Hall and Jackson counties".
    counties: bool,
}

impl Signs {
    fn among(reading: &Reading) -> Signs {
        const TELLING: Classes = Classes::US_SIGN.and(Classes::GB_SIGN).and(Classes::COUNTY);
        let mut signs = Signs::default();
        for word in reading.tokens.iter().filter(|word| word.is(TELLING)) {
            signs.american += i32::from(word.is(Classes::US_SIGN));
            signs.british += i32::from(word.is(Classes::GB_SIGN));
            signs.counties |= is_counties(word, reading.text);
        }
        signs
    }
}

/// Whether the word is "counties" or one like it.
fn is_counties(word: &Token, text: &str) -> bool {
    word.is(Classes::COUNTY) && word.shape == Shape::Lower && word.bytes(text).ends_with(b"ies")
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
    signs: &'a Signs,
}

impl Finder<'_> {
    /// Notes what begins or ends with one of the words with `capitals`.
    fn scan(&self, capitals: &[u32], found: &mut Found) {
        let mut done = self.sentence.start;
        for i in capitals.iter().map(|&i| i as usize) {
            let Some(token) = self.reading.tokens.get(i).filter(|_| i >= done) else { continue };
            if token.is(Classes::COUNTY) {
                self.county(i, found);
            }
            done = if self.tables.gazetteer.begins(token) { self.name_at(i, found) } else { i + 1 };
            if self.signs.counties {
                self.counties_behind(done, found);
            }
        }
    }

    fn setting(&self) -> Setting {
        let words = || self.reading.tokens.get(self.words.clone()).unwrap_or_default();
        *self.setting.get_or_init(|| setting(words()))
    }

    /// Notes the name that begins with word `i`, and gives the word to go on with.
    fn name_at(&self, i: usize, found: &mut Found) -> usize {
        let mut words = &self.reading.tokens[i..self.end.min(i + LONGEST)];
        let gazetteer = &self.tables.gazetteer;
        while let Some(sighting) = gazetteer.sight(self.reading.text, words) {
            let Found { candidates, names, met, .. } = &mut *found;
            let number = *met.entry(sighting.key).or_insert_with(|| names.read(gazetteer, &sighting));
            let name = names.name(number);
            let range = i..i + sighting.words;
            if names.meanings(number).is_empty() {
                if !self.goes_on_as_body(range.end) {
                    return range.end;
                }
            } else if self.is_written_as_name(&words[..sighting.words], name) {
                let end = range.end;
                if !self.is_covered(&range) {
                    candidates.push(self.with_kind_of_place(self.candidate(range, number), names));
                }
                return end;
            }
            words = &words[..sighting.words - 1];
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
    fn with_kind_of_place(&self, mut candidate: Candidate, names: &MetNames) -> Candidate {
        let at = candidate.words.end;
        let sentence = self.reading.tokens.get(..self.sentence.end).unwrap_or_default();
        let Some(word) = sentence.get(at).filter(|t| t.is_capitalised() && t.spaced) else { return candidate };
        let goes_on = sentence.get(at + 1).is_some_and(Token::is_capitalised);
        let word = word.of(self.reading.text);
        let sorts = names.name(candidate.name).sorts;
        let is_city = || word.eq_ignore_ascii_case("City") && sorts.any(Sorts::CITY);
        let abroad = || names.meanings(candidate.name).iter().all(|m| Some(m.country) != self.america());
        let is_state = || word.eq_ignore_ascii_case("State") && sorts.only(Sorts::REGION.with(Sorts::CITY)) && abroad();
        if !goes_on && (is_city() || is_state()) {
            candidate.words.end += 1;
            candidate.evidence = Some(3);
        }
        candidate
    }

    fn candidate(&self, words: Range<usize>, name: usize) -> Candidate {
        Candidate {
            words,
            sentence: self.sentence.clone(),
            setting: self.setting(),
            in_byline: self.in_byline,
            name,
            evidence: Some(0),
            tied: None,
            as_town: false,
            chosen: None,
        }
    }

    /// Whether the letters are those of a name: first and last word with a capital ("state" apart),
    /// abbreviations in capitals, and no short acronym that only looks like a town.
    fn is_written_as_name(&self, words: &[Token], name: &MetName) -> bool {
        let Some(last) = words.iter().rfind(|w| w.shape != Shape::Mark) else { return false };
        let abbreviation = name.sorts.only(Sorts::ABBREVIATION) || name.also.is(Also::POSTAL);
        if words.len() > 1 {
            return last.shape != Shape::Lower
                || last.is(Classes::PLACE_NOUN)
                || last.of(self.reading.text).contains(['’', '\'']);
        }
        let word = last.bytes(self.reading.text);
        let acronym =
            last.shape == Shape::Upper && !self.in_dateline && word.len() < 5 && self.setting() != Setting::Shouted;
        let country = name.sorts.any(Sorts::COUNTRY.with(Sorts::CAPITAL));
        if abbreviation && !word.contains(&b'.') {
            last.shape == Shape::Upper
        } else {
            country || !acronym || word.contains(&b'.')
        }
    }

    fn is_covered(&self, words: &Range<usize>) -> bool {
        // Few texts refer to treaties.
        if self.treaties.is_empty() {
            return false;
        }
        let Some(span) = self.reading.span(words.clone()) else { return true };
        let i = self.treaties.partition_point(|t| t.end() <= span.start());
        self.treaties.get(i).is_some_and(|t| t.overlaps(span))
    }

    /// "Hall County", "Rapides Parish": a region of the United States unless the tables know one
    /// of that name elsewhere.
    fn county(&self, at: usize, found: &mut Found) {
        let Found { candidates, names, .. } = &mut *found;
        if let Some(known) = candidates.last_mut().filter(|c| c.words.end == at && c.words.start >= self.sentence.start)
        {
            known.words = self.start_of_longer(known.words.start)..at + 1;
            self.make_county(known, names);
            return;
        }
        let Some(start) = self.start_of_name(at) else { return };
        self.unlisted(start..at + 1, found);
    }

    /// "Hall and Jackson counties": the word in small letters at `at`, or behind one in -s there.
    fn counties_behind(&self, at: usize, found: &mut Found) {
        let text = self.reading.text;
        let word = |i: usize| self.reading.tokens.get(i).filter(|_| i < self.sentence.end);
        if word(at).is_some_and(|t| is_counties(t, text)) {
            self.counties_before(at, found);
        }
        let own = |t: &Token| t.shape == Shape::Lower && t.of(text).ends_with('s');
        if word(at).is_some_and(own) && word(at + 1).is_some_and(|t| is_counties(t, text)) {
            self.counties_before(at + 1, found);
        }
    }

    fn counties_before(&self, at: usize, found: &mut Found) {
        let mut end = at;
        for _ in 0..COUNTIES {
            let Some(start) = self.start_of_name(end) else { return };
            match found.candidates.iter_mut().rev().take(8).find(|c| c.words.end == end) {
                Some(known) => self.make_county(known, &mut found.names),
                None => self.unlisted(start..end, found),
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
        let listed = found.candidates.len().saturating_sub(2 * COUNTIES);
        found.candidates[listed..].sort_by_key(|c| c.words.start);
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

    fn unlisted(&self, words: Range<usize>, found: &mut Found) {
        if self.is_covered(&words) {
            return;
        }
        let tied = self.of_the_states(0);
        let name = found.names.enter_unlisted(tied);
        found.candidates.push(Candidate { evidence: Some(8), tied, ..self.candidate(words, name) });
    }

    /// Makes a county of a name: of what it may stand for only the regions are left, with one of the
    /// United States that no table lists.
    fn make_county(&self, known: &mut Candidate, names: &mut MetNames) {
        let is_region = |m: &&Meaning| m.kind == Subdivision && m.region != RegionId::NONE;
        let mut meanings: Vec<Meaning> = names.meanings(known.name).iter().filter(is_region).copied().collect();
        meanings.extend(self.of_the_states(meanings.len()));
        known.evidence = Some(8);
        known.tied = meanings.first().copied().filter(|_| meanings.len() == 1);
        known.name = names.enter_unlisted(meanings);
    }

    /// A region of the United States of no particular state, of less weight than the `known` ones.
    fn of_the_states(&self, known: usize) -> Option<Meaning> {
        let size = if known == 0 { 100 } else { 2000 };
        Some(Meaning { country: self.america()?, region: RegionId::NONE, kind: Subdivision, size })
    }

    fn america(&self) -> Option<CountryId> {
        self.tables.gazetteer.by_code("US")
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
