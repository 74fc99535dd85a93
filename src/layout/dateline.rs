//! The dateline: place, date and agency in front of the first paragraph, in every house's shape.
//!
//! A false dateline is worse than a missed one. So a shape is either sure of itself, because it
//! holds a date or an agency, or it is only taken where the body of an article begins.

use std::ops::Range;

use super::dates::{self, ReadDate};
use super::lines::span;
use super::place::{self, ReadPlaces, Words, is_slashed};
use crate::article::{CalendarDate, Dateline, DatelinePlace};
use crate::tables::Tables;
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
    DatedPlace,
    PlaceWithAgency,
    KnownAndDashed,
    PlaceWithDash,
    PlaceWithColon,
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
    "(ANSA) - RIGA, 04 MAR - Rain", [Bracketed, Dash, Places, Date, Close], Closed, true;
    "(ANSA) - RIGA - Rain", [Bracketed, Dash, Places, Close], Closed, true;
    "March 4 (NW) -- Rain", [Date, Bracketed, Close], AgencyLine, true;
    "(Bloomberg) -- Rain", [Bracketed, Close], KnownAndDashed, true;
    "RIGA, Ohio — Rain", [Places, Close], PlaceWithDash, false;
    "RIGA: Rain", [Places, Close], PlaceWithColon, false;
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
    places: Option<ReadPlaces>,
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
    FORMS.iter().find_map(|form| {
        let mut draft = Draft {
            words,
            at: start,
            end: block.end,
            places: None,
            date: None,
            agency: None,
            agency_is_known: false,
            mark: Mark::Nothing,
        };
        let fits = form.parts.iter().all(|part| draft.takes(*part, places.as_ref())) && draft.keeps(form.holds);
        fits.then(|| Found {
            words: block.start..draft.at,
            alone: draft.at >= block.end,
            sure: form.sure,
            places: draft.places,
            date: draft.date,
            agency: draft.agency,
        })
    })
}

/// Stars that a wire prints before a dateline: `****RIGA, March 4 -`.
fn stars(tokens: &[Token], at: usize) -> usize {
    usize::from(tokens.get(at).is_some_and(|t| t.is_mark('*')))
}

impl Draft<'_> {
    fn get(&self, at: usize) -> Option<&Token> {
        self.words.tokens.get(at).filter(|_| at < self.end)
    }

    /// Takes a part at the current word and goes behind it, or says that it is not there.
    fn takes(&mut self, part: Part, places: Option<&ReadPlaces>) -> bool {
        match part {
            Part::Places => self.takes_places(places),
            Part::Date => self.takes_date(),
            Part::Bracketed => self.takes_bracketed(),
            Part::Slashed => self.takes_slashed(),
            Part::Bare => self.takes_bare(),
            Part::Dash => self.takes_dashes(),
            Part::Close => self.closes(),
        }
    }

    fn takes_places(&mut self, places: Option<&ReadPlaces>) -> bool {
        let fresh = if self.agency.is_some() { place::places(self.words, self.at) } else { places.cloned() };
        self.places = fresh.filter(|p| p.end <= self.end);
        self.at = self.places.as_ref().map_or(self.at, |p| p.end);
        self.places.is_some()
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
        let Some(close) = (open + 1..open + 8).find(|&i| self.get(i).is_some_and(|t| t.is_mark('/') && !t.spaced)) else {
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
        matches!(name, "mdash" | "ndash" | "horbar" | "#8211" | "#8212" | "#8213" | "#x2013" | "#x2014").then_some(end + 1 - at)
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
            } else if stop == 1 {
                Mark::Stop
            } else {
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
        let Some(close) = close.filter(|&c| (self.at..c).any(|i| self.get(i).is_some_and(|t| t.is_mark(':')))) else { return };
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
            Guard::DatedPlace => self.is_dated_place(),
            Guard::PlaceWithAgency => self.is_place_with_agency(),
            Guard::KnownAndDashed => self.is_known_and_dashed(),
            Guard::PlaceWithDash => self.is_place_with_dash(),
            Guard::PlaceWithColon => self.is_place_with_colon(),
            Guard::PlaceAlone => self.is_place_alone(),
        }
    }

    fn is_closed(&self) -> bool {
        !matches!(self.mark, Mark::Nothing | Mark::Stop) || self.mark == Mark::Stop && self.agency.is_some()
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
            Mark::Dash => sound && (self.in_capitals() || self.text_opens()),
            Mark::Colon | Mark::End => sound && self.in_capitals(),
            Mark::Stop | Mark::Nothing => false,
        }
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

    fn is_place_with_dash(&self) -> bool {
        let region = self.places.as_ref().is_some_and(|p| p.has_region);
        self.mark == Mark::Dash && self.text_opens() && (self.in_capitals() || region) && self.is_long_enough()
    }

    fn is_place_with_colon(&self) -> bool {
        self.mark == Mark::Colon && self.text_opens() && self.in_capitals() && self.is_long_enough()
    }

    fn is_place_alone(&self) -> bool {
        self.at >= self.end && self.in_capitals() && self.is_long_enough()
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
        self.get(self.at).is_some_and(|t| {
            t.is_capitalised()
                || t.shape == Shape::Number
                || matches!(t.first, '"' | '“' | '‘' | '\'' | '`' | '«' | '<' | '(' | '[' | '$' | '£' | '€' | '&' | '…')
        })
    }
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
    pub(super) fn dateline(&self, tokens: &[Token], published_on: Option<CalendarDate>) -> Dateline {
        let places = self.places.iter().flat_map(|p| &p.places);
        Dateline {
            span: span(tokens, &self.words),
            places: places.map(|p| DatelinePlace { span: span(tokens, &p.words), country_code: None }).collect(),
            date: self.date.as_ref().map(|d| d.resolved(tokens, published_on)),
            agency: self.agency.as_ref().map(|a| span(tokens, a)),
        }
    }
}
