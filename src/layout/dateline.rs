//! The dateline: place, date and agency in front of the first paragraph, in every house's shape.
//!
//! A false dateline is worse than a missed one. So a shape is either sure of itself, because it
//! holds a date or an agency, or it is only taken where the body of an article begins.

use std::borrow::Cow;
use std::ops::Range;

use super::dates::{self, ReadDate};
use super::lines::span;
use super::place::{self, ReadPlace, ReadPlaces, Words, is_slashed};
use crate::article::{CalendarDate, CountryMentionKind, Dateline, DatelinePlace};
use crate::tables::{Also, Tables};
use crate::text::{Classes, Shape, Token};

/// A dateline found at the beginning of a block.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its words, closing mark included.
    pub(super) words: Range<usize>,
    /// Whether the block holds nothing else.
    pub(super) alone: bool,
    /// Whether a date or an agency speaks for it.
    pub(super) sure: bool,
    places: Option<ReadPlaces>,
    date: Option<ReadDate>,
    agency: Option<Range<usize>>,
}

/// What a form of dateline consists of, in order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    /// RIGA, Ohio
    Places,
    /// RIGA, as far as the gazetteer knows the name
    Town,
    /// , March 4
    Date,
    /// (AP)
    Bracketed,
    /// /TASS/
    Slashed,
    /// , Reuter
    Bare,
    /// The dash between an agency and the place behind it.
    Dash,
    /// The closing mark, or none.
    Close,
}

/// What must hold of a form beside its parts.
#[derive(Clone, Copy, Debug)]
enum Guard {
    AgencyLine,
    Closed,
    Dashed,
    PlaceInCapitals,
    DatedPlace,
    PlaceWithAgency,
    KnownAndDashed,
    PlaceWithDash,
    PlaceWithColon,
    TownWithoutMark,
    PlaceAlone,
}

/// A form of dateline: a line it is for, its parts, and what must hold besides.
struct Form {
    #[cfg(test)]
    example: &'static str,
    parts: &'static [Part],
    holds: Guard,
    sure: bool,
}

macro_rules! forms {
    ($($example:literal, [$($part:ident),*], $holds:ident, $sure:literal;)*) => {
        &[$(Form {
            #[cfg(test)]
            example: $example,
            parts: &[$(Part::$part),*],
            holds: Guard::$holds,
            sure: $sure,
        }),*]
    };
}

/// Tried in order; the first that fits wins. Most exact first.
const FORMS: &[Form] = forms! {
    "RIGA, March 4. /NW/. Rain", [Places, Date, Slashed, Close], AgencyLine, true;
    "RIGA, March 4 (NW) - Rain", [Places, Date, Bracketed, Close], AgencyLine, true;
    "RIGA, March 4, Reuter - Rain", [Places, Date, Bare, Close], Closed, true;
    "RIGA, March 4 - Rain", [Places, Date, Close], DatedPlace, true;
    "RIGA /NW/ - Rain", [Places, Slashed, Close], AgencyLine, true;
    "RIGA (NW) - Rain", [Places, Bracketed, Close], PlaceWithAgency, true;
    "Riga, IRNA - Rain", [Places, Bare, Close], Closed, true;
    "(ANSA) - RIGA, 04 MAR - Rain", [Bracketed, Dash, Places, Date, Close], Dashed, true;
    "(ANSA) - RIGA - Rain", [Bracketed, Dash, Places, Close], PlaceInCapitals, true;
    "March 4 (NW) -- Rain", [Date, Bracketed, Close], AgencyLine, true;
    "(Bloomberg) -- Rain", [Bracketed, Close], KnownAndDashed, true;
    "RIGA, Ohio — Rain fell", [Places, Close], PlaceWithDash, false;
    "RIGA: Rain fell", [Places, Close], PlaceWithColon, false;
    "RIGA Rain fell", [Town, Close], TownWithoutMark, false;
    "RIGA", [Places, Close], PlaceAlone, false;
};

/// How a dateline closes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mark {
    Dash,
    Colon,
    Stop,
    /// The text goes on without a mark.
    Nothing,
    /// The line ends.
    End,
}

/// A dateline on its way through a form.
#[derive(Clone)]
struct Draft<'a> {
    words: Words<'a>,
    at: usize,
    end: usize,
    places: Option<Cow<'a, ReadPlaces>>,
    date: Option<ReadDate>,
    agency: Option<Range<usize>>,
    agency_is_known: bool,
    mark: Mark,
}

/// Whether a line that begins with `tokens` opens with a dateline that is sure of itself.
pub(super) fn opens(text: &str, tokens: &[Token], tables: &Tables) -> bool {
    let near = &tokens[..tokens.len().min(LONGEST)];
    find(text, near, 0..near.len(), tables).is_some_and(|found| found.sure)
}

/// No dateline has more words and marks than this.
const LONGEST: usize = 48;

/// The dateline at the beginning of the block that holds `block` of the text's tokens.
pub(super) fn find(text: &str, tokens: &[Token], block: Range<usize>, tables: &Tables) -> Option<Found> {
    let tokens = tokens.get(..block.end)?;
    let words = Words { text, tokens, tables };
    let start = block.start + stars(tokens, block.start);
    let first = tokens.get(start)?;
    if !(first.is_capitalised() || first.shape == Shape::Number || first.is_mark('(')) {
        return None;
    }
    // A slug is never a place, but a place may begin like one: LIVE OAK.
    let slug = tables.labels.slug(&tokens[start..]).map_or(0, |n| start + n);
    let places = place::places(words, start).filter(|p| p.places.first().is_some_and(|place| place.words.end > slug));
    if runs_on(words, start, places.as_ref()) {
        return None;
    }
    FORMS.iter().find_map(|form| {
        let mut draft = Draft::new(words, start, block.end);
        let fits = form.parts.iter().all(|part| draft.takes(*part, places.as_ref())) && draft.keeps(form.holds);
        fits.then(|| Found {
            words: block.start..draft.at,
            alone: draft.at >= block.end,
            sure: form.sure,
            places: draft.places.map(Cow::into_owned),
            date: draft.date,
            agency: draft.agency,
        })
    })
}

/// Whether the line goes on behind its first words as no dateline does: with another word, where
/// neither these stand in capitals nor a date stands there or in front. So most paragraphs begin.
fn runs_on(words: Words, start: usize, places: Option<&ReadPlaces>) -> bool {
    let dated = |at: usize| dates::date(words.text, words.tokens, at, words.tables).is_some();
    let is_word = |at: usize| words.tokens.get(at).is_some_and(|t| t.shape != Shape::Mark);
    let small = |place: &ReadPlace| words.tokens[place.words.clone()].iter().any(|t| t.shape == Shape::Capital);
    let named = places.is_none_or(|p| is_word(p.end) && p.places.first().is_some_and(small) && !dated(p.end));
    words.tokens.get(start).is_some_and(Token::is_capitalised) && named && !dated(start)
}

/// Stars that a wire prints before a dateline: `****RIGA, March 4 -`.
fn stars(tokens: &[Token], at: usize) -> usize {
    usize::from(tokens.get(at).is_some_and(|t| t.is_mark('*')))
}

impl<'a> Draft<'a> {
    fn new(words: Words<'a>, at: usize, end: usize) -> Draft<'a> {
        let mark = Mark::Nothing;
        Draft { words, at, end, places: None, date: None, agency: None, agency_is_known: false, mark }
    }

    fn get(&self, at: usize) -> Option<&Token> {
        self.words.tokens.get(at).filter(|_| at < self.end)
    }

    /// Takes a part at the current word and goes behind it, or says that it is not there.
    fn takes(&mut self, part: Part, places: Option<&'a ReadPlaces>) -> bool {
        match part {
            Part::Places => self.takes_places(places),
            Part::Town => self.takes_town(places),
            Part::Date => self.takes_date(),
            Part::Bracketed => self.takes_bracketed(),
            Part::Slashed => self.takes_slashed(),
            Part::Bare => self.takes_bare(),
            Part::Dash => self.takes_dashes(),
            Part::Close => self.closes(),
        }
    }

    fn takes_places(&mut self, places: Option<&'a ReadPlaces>) -> bool {
        let fresh = match self.agency {
            Some(_) => place::places(self.words, self.at).map(Cow::Owned),
            None => places.map(Cow::Borrowed),
        };
        self.places = fresh.filter(|p| p.end <= self.end);
        self.at = self.places.as_ref().map_or(self.at, |p| p.end);
        self.places.is_some()
    }

    /// The longest beginning of the words in capitals that is a town: WASHINGTON U.S. senators.
    fn takes_town(&mut self, places: Option<&ReadPlaces>) -> bool {
        let Some(first) = places.and_then(|p| p.places.first()) else { return false };
        let words = self.words.tokens.get(first.words.clone()).unwrap_or_default();
        let town = (1..=words.len()).rev().find(|&n| is_town(self.words, &words[..n]));
        let Some(end) = town.map(|n| first.words.start + n) else { return false };
        let place = ReadPlace { words: first.words.start..end, region: None };
        self.places = Some(Cow::Owned(ReadPlaces { places: vec![place], end, in_capitals: true, has_region: false }));
        self.at = end;
        words.iter().all(|t| t.shape != Shape::Capital)
    }

    /// 1 when a comma or full stop stands at `at`.
    fn separator(&self, at: usize) -> usize {
        usize::from(self.get(at).is_some_and(|t| (t.is_mark(',') || t.is_mark('.')) && t.end() - t.start() == 1))
    }

    fn takes_date(&mut self) -> bool {
        let start = self.at + self.separator(self.at);
        self.date = dates::date(self.words.text, self.words.tokens, start, self.words.tables);
        self.at = self.date.as_ref().map_or(self.at, |d| d.words.end);
        self.date.is_some()
    }

    /// `(AP)`, `(RIA Novosti)`, `(Marketwire - December 23, 2010)`.
    fn takes_bracketed(&mut self) -> bool {
        let gap = (self.at..self.at + 4).find(|&i| self.get(i).is_some_and(|t| t.is_mark('(')));
        let only_marks = |i: &usize| (self.at..*i).all(|k| self.get(k).is_some_and(is_separator_or_dash));
        let Some(open) = gap.filter(only_marks) else { return false };
        let Some(close) = (open + 1..open + 12).find(|&i| self.get(i).is_some_and(|t| t.is_mark(')'))) else {
            return false;
        };
        if !self.names_agency(open + 1, close) {
            return false;
        }
        self.at = close + 1;
        true
    }

    fn takes_slashed(&mut self) -> bool {
        let open = self.at + self.separator(self.at);
        if !is_slashed(self.words.tokens, open) {
            return false;
        }
        let Some(close) = (open + 1..open + 8).find(|&i| self.get(i).is_some_and(|t| t.is_mark('/') && !t.spaced))
        else {
            return false;
        };
        if !self.names_agency(open + 1, close) {
            return false;
        }
        self.at = close + 1;
        true
    }

    /// `, Reuter`: without brackets only names of the table.
    fn takes_bare(&mut self) -> bool {
        let start = self.at + 1;
        if !self.get(self.at).is_some_and(|t| t.is_mark(',')) {
            return false;
        }
        let Some(n) = self.known_agency(start) else { return false };
        self.agency = Some(start..start + n);
        self.agency_is_known = true;
        self.at = start + n;
        true
    }

    fn known_agency(&self, at: usize) -> Option<usize> {
        let rest = self.words.tokens.get(at..self.end)?;
        self.words.tables.agencies.longest(rest).map(|(n, ())| n)
    }

    /// Reads the words between two brackets or slashes as the name of an agency, with a date
    /// behind a dash when a release service prints it there.
    fn names_agency(&mut self, from: usize, to: usize) -> bool {
        let known = self.known_agency(from);
        let rest = from + known.unwrap_or(0);
        let dash = known.is_some() && self.get(rest).is_some_and(is_dash);
        if dash && let Some(date) = dates::date(self.words.text, self.words.tokens, rest + 1, self.words.tables) {
            self.date = Some(date);
            self.agency = Some(from..rest);
        } else if known.is_some() || (from..to).all(|i| self.get(i).is_some_and(may_stand_in_agency)) {
            self.agency = Some(from..to);
        }
        self.agency_is_known = known.is_some();
        from < to && to - from <= 8 && self.agency.is_some()
    }

    fn takes_dashes(&mut self) -> bool {
        let mut at = self.at;
        while at < self.at + 3 {
            match self.dash(at) {
                Some(n) => at += n,
                None => break,
            }
        }
        let taken = at > self.at;
        self.at = at;
        taken
    }

    /// How many tokens the dash at `at` has; entities of dashes have several.
    fn dash(&self, at: usize) -> Option<usize> {
        let token = self.get(at)?;
        if is_dash(token) {
            return Some(1);
        }
        if !token.is_mark('&') {
            return None;
        }
        let end = (at + 1..at + 5).find(|&i| self.get(i).is_some_and(|t| t.is_mark(';')))?;
        let name = span(self.words.tokens, &(at + 1..end)).of(self.words.text);
        matches!(name, "mdash" | "ndash" | "horbar" | "#8211" | "#8212" | "#8213" | "#x2013" | "#x2014")
            .then_some(end + 1 - at)
    }

    /// Takes the closing mark, whatever it is. Always succeeds; `mark` says what was there.
    fn closes(&mut self) -> bool {
        let begin = self.at;
        let stop = self.separator(self.at);
        self.at += stop;
        self.mark = if self.takes_dashes() && self.dash_stands_apart(begin) {
            self.takes_ticker();
            Mark::Dash
        } else {
            self.at = begin + stop;
            if self.get(self.at).is_some_and(|t| t.is_mark(':')) {
                self.at += 1;
                Mark::Colon
            } else if self.at >= self.end {
                Mark::End
            } else if stop == 1 && self.get(begin).is_some_and(|t| t.is_mark('.')) {
                Mark::Stop
            } else {
                self.at = begin;
                Mark::Nothing
            }
        };
        true
    }

    /// Whether the dash is one, and not the hyphen of a word.
    fn dash_stands_apart(&self, at: usize) -> bool {
        let Some(dash) = self.get(at) else { return false };
        let long = !dash.is_mark('-') || dash.end() - dash.start() > 1;
        let after = self.get(at + 1).is_none_or(|t| t.spaced);
        long || dash.spaced || after || self.agency.is_some()
    }

    /// `(NYSE: X) --` behind the dash of a release.
    fn takes_ticker(&mut self) {
        if !self.get(self.at).is_some_and(|t| t.is_mark('(')) {
            return;
        }
        let close = (self.at + 1..self.at + 12).find(|&i| self.get(i).is_some_and(|t| t.is_mark(')')));
        let Some(close) = close.filter(|&c| (self.at..c).any(|i| self.get(i).is_some_and(|t| t.is_mark(':')))) else {
            return;
        };
        let before = self.at;
        self.at = close + 1;
        if !self.takes_dashes() {
            self.at = before;
        }
    }

    fn keeps(&self, guard: Guard) -> bool {
        match guard {
            Guard::AgencyLine => self.is_agency_line(),
            Guard::Closed => self.is_closed(),
            Guard::Dashed => self.is_dashed(),
            Guard::PlaceInCapitals => self.is_dashed() && self.in_capitals(),
            Guard::DatedPlace => self.is_dated_place(),
            Guard::PlaceWithAgency => self.is_place_with_agency(),
            Guard::KnownAndDashed => self.is_known_and_dashed(),
            Guard::PlaceWithDash => self.is_place_with_dash(),
            Guard::PlaceWithColon => self.is_place_with_colon(),
            Guard::TownWithoutMark => self.is_town_without_mark(),
            Guard::PlaceAlone => self.is_place_alone(),
        }
    }

    fn is_closed(&self) -> bool {
        !matches!(self.mark, Mark::Nothing | Mark::Stop) || self.mark == Mark::Stop && self.agency.is_some()
    }

    fn is_dashed(&self) -> bool {
        matches!(self.mark, Mark::Dash | Mark::Colon | Mark::End)
    }

    /// With an agency of the table any mark will do; another needs one.
    fn is_agency_line(&self) -> bool {
        self.agency_is_known || self.is_closed() && (self.mark != Mark::End || self.date.is_some())
    }

    fn is_known_and_dashed(&self) -> bool {
        self.agency_is_known && matches!(self.mark, Mark::Dash | Mark::End)
    }

    fn is_dated_place(&self) -> bool {
        let sound = !self.is_body_name() && self.regions_are_no_commas();
        match self.mark {
            Mark::Dash => sound,
            Mark::Colon => sound && self.in_capitals(),
            // "THE GAZETTE 4 March" heads a page.
            Mark::End => sound && self.in_capitals() && self.comma_before_date(),
            Mark::Stop | Mark::Nothing => false,
        }
    }

    fn comma_before_date(&self) -> bool {
        let before = self.date.as_ref().and_then(|d| self.get(d.words.start.checked_sub(1)?));
        before.is_some_and(|t| t.is_mark(',') || t.is_mark('.'))
    }

    /// "NASA (AP) -" but not "European Union (EU) -" nor "Smith (R) -".
    fn is_place_with_agency(&self) -> bool {
        if self.agency_spells_place() {
            return false;
        }
        if self.agency_is_known {
            return self.in_capitals() || !self.is_body_name() && (self.is_closed() || self.text_opens());
        }
        let agency = self.agency.as_ref().map_or(0, |a| span(self.words.tokens, a).len());
        let closed = matches!(self.mark, Mark::Dash | Mark::Colon) && agency >= 2;
        closed && self.text_opens() && (self.in_capitals() || !self.is_body_name())
    }

    /// RIGA — Text; Riga, Latvia — Text; Riga — Text when there is such a town.
    fn is_place_with_dash(&self) -> bool {
        let region = self.places.as_ref().is_some_and(|p| p.has_region);
        let named = self.in_capitals() || region || self.is_known_town();
        self.mark == Mark::Dash && self.runs_into_text() && named && self.is_long_enough()
    }

    fn is_place_with_colon(&self) -> bool {
        self.mark == Mark::Colon && self.runs_into_text() && self.is_known_town() && self.is_long_enough()
    }

    /// RIGA Text: the closing mark was lost. Only a known town in capitals.
    fn is_town_without_mark(&self) -> bool {
        let apart = self.get(self.at).is_some_and(|t| t.spaced);
        apart && self.mark == Mark::Nothing && self.in_capitals() && self.runs_into_text() && self.is_known_town()
    }

    fn is_place_alone(&self) -> bool {
        self.at >= self.end && self.in_capitals() && self.is_long_enough() && self.is_known_town()
    }

    /// Whether the gazetteer has the place, or a region that the tables know stands beside it.
    fn is_known_town(&self) -> bool {
        let place = self.first_place();
        if !self.in_capitals() {
            return is_town(self.words, place);
        }
        let town = self.words.tables.gazetteer.longest(self.words.text, place);
        let known = town.is_some_and(|f| {
            f.words == place.len() && f.meanings.iter().any(|m| m.kind >= CountryMentionKind::Capital)
        });
        known || self.places.as_ref().is_some_and(|p| p.has_region)
    }

    /// Whether a text in ordinary letters follows on the same line.
    fn runs_into_text(&self) -> bool {
        let ordinary = (self.at..self.at + 10).any(|i| self.get(i).is_some_and(|t| t.shape == Shape::Lower));
        self.at < self.end && self.text_opens() && ordinary
    }

    fn in_capitals(&self) -> bool {
        self.places.as_ref().is_some_and(|p| p.in_capitals)
    }

    fn first_place(&self) -> &[Token] {
        let words = self.places.as_ref().and_then(|p| p.places.first()).map(|p| p.words.clone());
        words.and_then(|w| self.words.tokens.get(w)).unwrap_or_default()
    }

    /// Three letters and five words at most: not an initial, not a sentence in capitals.
    fn is_long_enough(&self) -> bool {
        let place = self.first_place();
        let letters: usize = place.iter().map(|t| t.end() - t.start()).sum();
        letters >= 3 && place.len() <= 5
    }

    /// Whether the "place" is the name of a body, an agency or a person with a title.
    fn is_body_name(&self) -> bool {
        let place = self.first_place();
        let whole = self.words.tables.agencies.longest(place).is_some_and(|(n, ())| n == place.len());
        whole || place.iter().any(|t| t.is(Classes::BODY | Classes::TITLE | Classes::ROLE))
    }

    /// A run of words and commas before a date is a list or a clause, not a place and regions.
    fn regions_are_no_commas(&self) -> bool {
        self.in_capitals() || self.first_place().len() <= 4
    }

    /// Whether the letters in the brackets are the initials of the words before: European Union (EU).
    fn agency_spells_place(&self) -> bool {
        let Some([agency]) = self.agency.clone().and_then(|a| self.words.tokens.get(a)) else { return false };
        let letters = agency.of(self.words.text).chars().filter(|c| c.is_alphabetic());
        let initials = self.first_place().iter().filter(|t| t.is_capitalised()).map(|t| t.first);
        let spelt = letters.eq(initials);
        spelt && !self.in_capitals()
    }

    /// Whether the text behind the dateline opens like one.
    fn text_opens(&self) -> bool {
        self.at >= self.end
            || self.get(self.at).is_some_and(|t| {
                t.is_capitalised()
                    || t.shape == Shape::Number
                    || matches!(
                        t.first,
                        '"' | '“' | '‘' | '\'' | '`' | '«' | '<' | '(' | '[' | '$' | '£' | '€' | '&' | '…'
                    )
            })
    }
}

/// Whether the words are the name of a town and not one of people besides: WASHINGTON, not JORDAN.
fn is_town(words: Words, name: &[Token]) -> bool {
    let Some(found) = words.tables.gazetteer.longest(words.text, name) else { return false };
    let place = found.meanings.iter().any(|m| m.kind >= CountryMentionKind::Capital && m.size >= 20);
    let capital = found.meanings.iter().any(|m| m.kind == CountryMentionKind::Capital);
    let person = found.also.is(Also::PERSON.with(Also::WORD))
        || name.iter().any(|t| t.is(Classes::GIVEN_HE | Classes::GIVEN_SHE));
    let letters: usize = name.iter().map(|t| t.end() - t.start()).sum();
    found.words == name.len() && place && (!person || capital) && letters >= 4
}

fn is_dash(token: &Token) -> bool {
    token.shape == Shape::Mark && matches!(token.first, '-' | '–' | '—' | '―' | '−' | '_')
}

fn is_separator_or_dash(token: &Token) -> bool {
    is_dash(token) || token.is_mark(',') || token.is_mark('.')
}

fn may_stand_in_agency(token: &Token) -> bool {
    token.is_capitalised() || matches!(token.first, '/' | '-' | '&' | '.') || token.is(Classes::PLACE_PARTICLE)
}

impl Found {
    /// The dateline as the article gives it.
    pub(super) fn dateline(&self, words: Words, published_on: Option<CalendarDate>) -> Dateline {
        let tokens = words.tokens;
        let places = self.places.iter().flat_map(|p| &p.places);
        Dateline {
            span: span(tokens, &self.words),
            places: places.map(|p| self.place(words, p)).collect(),
            date: self.date.as_ref().map(|d| d.resolved(tokens, published_on)),
            agency: self.agency.as_ref().map(|a| span(tokens, a)),
        }
    }

    /// A place with its country: that of the region printed beside it, or the likeliest.
    fn place(&self, words: Words, place: &ReadPlace) -> DatelinePlace {
        let name = words.tokens.get(place.words.clone()).unwrap_or_default();
        let behind = words.tokens.get(place.words.end..self.words.end).unwrap_or_default();
        let behind =
            behind.iter().position(|t| t.shape != Shape::Mark).and_then(|i| behind.get(i..)).unwrap_or_default();
        let code = words.tables.gazetteer.country_of(words.text, name, behind).or(place.region);
        DatelinePlace { span: span(words.tokens, &place.words), country_code: code.map(str::to_owned) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{agencies, months, regions};
    use crate::text;

    /// Dateline, places, date as month and day, agency.
    type Read = (String, String, Option<(u8, u8)>, String);

    fn read(line: &str, tables: &Tables) -> Option<Read> {
        let tokens = text::tokens(line, &tables.lexicon);
        let found = find(line, &tokens, 0..tokens.len(), tables)?;
        let dateline = found.dateline(Words { text: line, tokens: &tokens, tables }, None);
        let places: Vec<&str> = dateline.places.iter().map(|p| p.span.of(line)).collect();
        let date = dateline.date.and_then(|d| Some((d.month?, d.day?)));
        Some((dateline.span.of(line).into(), places.join(";"), date, dateline.agency.map_or("", |a| a.of(line)).into()))
    }

    #[test]
    fn each_form_takes_its_own_example_and_no_earlier_form_does() {
        let tables = Tables::new();
        for (i, form) in FORMS.iter().enumerate() {
            let tokens = text::tokens(form.example, &tables.lexicon);
            let words = Words { text: form.example, tokens: &tokens, tables: &tables };
            let places = place::places(words, 0);
            let takes: Vec<bool> = FORMS[..=i]
                .iter()
                .map(|form| {
                    let mut draft = Draft::new(words, 0, tokens.len());
                    form.parts.iter().all(|p| draft.takes(*p, places.as_ref())) && draft.keeps(form.holds)
                })
                .collect();
            assert!(takes[i] && !takes[..i].contains(&true), "{}: {takes:?}", form.example);
        }
    }

    #[test]
    fn every_newsroom_prints_its_dateline_and_it_is_read() {
        let tables = Tables::new();
        for (line, span, places, date, agency) in [
            ("RIGA, March 4. /TASS/. Rain fell.", "RIGA, March 4. /TASS/.", "RIGA", Some((3, 4)), "TASS"),
            ("RIGA. March 4 (Interfax) - Rain fell.", "RIGA. March 4 (Interfax) -", "RIGA", Some((3, 4)), "Interfax"),
            ("Riga. (Interfax) - Rain fell.", "Riga. (Interfax) -", "Riga", None, "Interfax"),
            ("RIGA, 4 March (BelTA) – Rain fell.", "RIGA, 4 March (BelTA) –", "RIGA", Some((3, 4)), "BelTA"),
            ("RIGA, Sept. 2 (Xinhua) -- Rain fell.", "RIGA, Sept. 2 (Xinhua) --", "RIGA", Some((9, 2)), "Xinhua"),
            ("RIGA (Reuters) - Rain fell.", "RIGA (Reuters) -", "RIGA", None, "Reuters"),
            (
                "RIGA/THE HAGUE, March 4 (Reuters) - Rain.",
                "RIGA/THE HAGUE, March 4 (Reuters) -",
                "RIGA;THE HAGUE",
                Some((3, 4)),
                "Reuters",
            ),
            ("RIGA, Latvia (AP) _ Rain fell.", "RIGA, Latvia (AP) _", "RIGA", None, "AP"),
            ("RIGA, N.Y., Sept. 26 (UPI) — Rain fell.", "RIGA, N.Y., Sept. 26 (UPI) —", "RIGA", Some((9, 26)), "UPI"),
            ("Nov. 28 (UPI) -- Rain fell.", "Nov. 28 (UPI) --", "", Some((11, 28)), "UPI"),
            ("(Bloomberg) -- The Riga Bank, which fell", "(Bloomberg) --", "", None, "Bloomberg"),
            (
                "MELAKA, 13 Jan (Bernama) -- Hujan turun",
                "MELAKA, 13 Jan (Bernama) --",
                "MELAKA",
                Some((1, 13)),
                "Bernama",
            ),
            ("Mumbai, Dec 9 (PTI) Rain fell.", "Mumbai, Dec 9 (PTI)", "Mumbai", Some((12, 9)), "PTI"),
            (
                "Mumbai [India], December 9 (ANI): Rain.",
                "Mumbai [India], December 9 (ANI):",
                "Mumbai",
                Some((12, 9)),
                "ANI",
            ),
            ("QUETTA, April 5 (APP):Rain fell.", "QUETTA, April 5 (APP):", "QUETTA", Some((4, 5)), "APP"),
            (
                "SHARJAH, 17th April, 2026 (WAM) -- Rain.",
                "SHARJAH, 17th April, 2026 (WAM) --",
                "SHARJAH",
                Some((4, 17)),
                "WAM",
            ),
            ("Tehran, IRNA – Rain fell.", "Tehran, IRNA –", "Tehran", None, "IRNA"),
            ("Riga, Jan 2 (EFE).- Rain fell.", "Riga, Jan 2 (EFE).-", "Riga", Some((1, 2)), "EFE"),
            ("(ANSA) - ROMA, 01 LUG - Piove.", "(ANSA) - ROMA, 01 LUG -", "ROMA", Some((7, 1)), "ANSA"),
            ("RIGA, Ky. (WXYZ) -  Rain fell.", "RIGA, Ky. (WXYZ) -", "RIGA", None, "WXYZ"),
            ("HORRY COUNTY, SC (WXYZ) - Rain fell.", "HORRY COUNTY, SC (WXYZ) -", "HORRY COUNTY", None, "WXYZ"),
            ("RIGA, N.C.—Rain fell on the coast.", "RIGA, N.C.—", "RIGA", None, ""),
            ("RIGA, S.C.\u{a0}— Rain fell there.", "RIGA, S.C.\u{a0}—", "RIGA", None, ""),
            ("RIVER MEADOWS — Rain fell there.", "RIVER MEADOWS —", "RIVER MEADOWS", None, ""),
            ("Hyderabad: Rain fell on the coast.", "Hyderabad:", "Hyderabad", None, ""),
            (
                "SAN RIGA, Calif.--(BUSINESS WIRE)--Rain",
                "SAN RIGA, Calif.--(BUSINESS WIRE)--",
                "SAN RIGA",
                None,
                "BUSINESS WIRE",
            ),
            (
                "RIGA, March 4, 2021 /PRNewswire/ -- Rain",
                "RIGA, March 4, 2021 /PRNewswire/ --",
                "RIGA",
                Some((3, 4)),
                "PRNewswire",
            ),
            (
                "RIGA, KY--(Marketwire - December 23, 2010) - (NYSE: X) -- Rain",
                "RIGA, KY--(Marketwire - December 23, 2010) - (NYSE: X) --",
                "RIGA",
                Some((12, 23)),
                "Marketwire",
            ),
            (
                "OKLAHOMA CITY, Okla. March 11, Reuter - Rain",
                "OKLAHOMA CITY, Okla. March 11, Reuter -",
                "OKLAHOMA CITY",
                Some((3, 11)),
                "Reuter",
            ),
            ("Quito, march 9 - rain fell.", "Quito, march 9 -", "Quito", Some((3, 9)), ""),
            ("N&#39;DJAMENA, March 25 - Rain fell.", "N&#39;DJAMENA, March 25 -", "N&#39;DJAMENA", Some((3, 25)), ""),
            ("RIGA (AP) &mdash; Rain fell.", "RIGA (AP) &mdash;", "RIGA", None, "AP"),
            ("Frankfurt am Main (dpa) - Rain fell.", "Frankfurt am Main (dpa) -", "Frankfurt am Main", None, "dpa"),
            ("WASHINGTON U.S. senators met on Monday.", "WASHINGTON", "WASHINGTON", None, ""),
        ] {
            let expected = (span.to_owned(), places.to_owned(), date, agency.to_owned());
            assert_eq!(read(line, &tables), Some(expected), "{line}");
        }
    }

    #[test]
    fn what_only_looks_like_a_dateline_is_none() {
        let tables = Tables::new();
        for line in [
            "BUDGET 3.0 | Ministers count the cost",
            "ECONOMIC SPOTLIGHT - JAPAN BUYS FERRIES",
            "REBECCA Smith is back on the island.",
            "MOSCOW's ferries do not sail.",
            "The central bank - which did not move - said so.",
            "GOP frontrunner Smith said so on Monday.",
            "ISIS Commander Smith said so on Monday.",
            "European Union (EU) - The bloc said so on Monday.",
            "Ana Sousa (D) - Ferries must sail.",
            "MODERATOR: Good evening to all of you.",
            "UPDATE 2-Ferries stop for the winter",
            "BREAKING: Ferries stop for the winter, port says.",
            "ANALYSIS: Why the ferries stop in winter.",
            "On Monday, March 4 - the day of the vote - it rained.",
            "In Riga, March 4 - a Monday - was wet.",
            "JORDAN FINCH broke down in front of the cameras.",
            "CHELSEA Clinton said so on Monday.",
            "Smith: Ferries must sail, whatever it costs.",
            "- RIGA and VILNIUS agree",
        ] {
            assert_eq!(read(line, &tables), None, "{line}");
        }
    }

    #[test]
    fn every_agency_region_and_month_of_the_tables_does_its_work_in_a_dateline() {
        let tables = Tables::new();
        for agency in agencies::names() {
            let line = format!("RIGA, March 4 ({agency}) - Rain fell on the coast.");
            assert_eq!(read(&line, &tables).map(|d| d.3).as_deref(), Some(agency), "{line}");
        }
        for region in regions::names() {
            let line = format!("RIGA, {region}, March 4 (AP) - Rain fell on the coast.");
            assert_eq!(read(&line, &tables).map(|d| (d.1, d.2)), Some(("RIGA".into(), Some((3, 4)))), "{line}");
        }
        for (month, name) in months::names() {
            let line = format!("RIGA, 4 {name} (AP) - Rain fell on the coast.");
            assert_eq!(read(&line, &tables).and_then(|d| d.2), Some((month, 4)), "{line}");
        }
    }
}
