//! The answer: an article taken apart. Plain data; every span counts bytes of the text as sent.
//!
//! The messages of `proto/copydesk/v1/document.proto` say the same for callers; this is the form
//! the library works with. What is not there is `None` or empty, never a made-up value.

use crate::span::Span;

/// One article taken apart.
///
/// Every character of the text that is not white space belongs to exactly one of kicker,
/// headline, subheadline, byline, dateline, headings, paragraphs and furniture.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Article {
    /// Section label above the headline.
    pub kicker: Option<Span>,
    /// Headline, slug included.
    pub headline: Option<Span>,
    /// Line or lines under the headline that belong to it.
    pub subheadline: Option<Span>,
    /// Who wrote the article.
    pub byline: Option<Byline>,
    /// Place, date and agency that open the body.
    pub dateline: Option<Dateline>,
    /// Headings inside the body, in order.
    pub headings: Vec<Span>,
    /// Paragraphs of the body, in order.
    pub paragraphs: Vec<Paragraph>,
    /// Quotes, in order of their first word.
    pub quotes: Vec<Quote>,
    /// Speakers that quotes point at, in order of their first mention.
    pub speakers: Vec<Speaker>,
    /// Treaties referred to, in order of their first mention.
    pub treaties: Vec<Treaty>,
    /// Countries referred to, in order of their first mention.
    pub countries: Vec<Country>,
    /// What stands around the article without being part of it, in order.
    pub furniture: Vec<Furniture>,
    /// Language of the text.
    pub language: Language,
}

/// The language of a text, as far as it can be told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Language {
    /// Too little text, or a language that is not told apart.
    #[default]
    Undetermined,
    /// One of the languages told apart, by its BCP 47 tag. `en` is structured in full, the others
    /// get the layout.
    Tag(&'static str),
}

impl Language {
    /// BCP 47 tag; `und` when it could not be told.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Undetermined => "und",
            Language::Tag(tag) => tag,
        }
    }
}

/// The writers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Byline {
    /// The whole line.
    pub span: Span,
    /// The names in it, in order.
    pub authors: Vec<Span>,
}

/// What opens the body of an agency story.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dateline {
    /// The whole of it, from its first character through its closing mark.
    pub span: Span,
    /// The places, in order.
    pub places: Vec<DatelinePlace>,
    /// The date, when one is written.
    pub date: Option<DatelineDate>,
    /// The agency as printed inside its mark.
    pub agency: Option<Span>,
}

/// A place of a dateline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DatelinePlace {
    /// The place as printed, without its region.
    pub span: Span,
    /// Country code as in [`Country::code`]; `None` when the place is not known.
    pub country_code: Option<String>,
}

/// A date that may lack parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DatelineDate {
    /// The date as written.
    pub span: Span,
    /// Year as written, or as resolved from the day of publication.
    pub year: Option<u16>,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day of the month, 1 to 31.
    pub day: Option<u8>,
}

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct CalendarDate {
    /// Year, 1 to 9999.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
}

impl CalendarDate {
    /// `None` when the calendar has no such day.
    ///
    /// ```
    /// use copydesk::article::CalendarDate;
    ///
    /// assert!(CalendarDate::new(2024, 2, 29).is_some());
    /// assert!(CalendarDate::new(2023, 2, 29).is_none());
    /// ```
    pub fn new(year: u16, month: u8, day: u8) -> Option<CalendarDate> {
        let fits = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year.into(), month.into())).contains(&day.into());
        fits.then_some(CalendarDate { year, month, day })
    }
}

/// Days of a month of the Gregorian calendar; 31 where there is no such month.
pub(crate) fn days_in_month(year: i32, month: i32) -> i32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A paragraph of the body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paragraph {
    /// The paragraph, without a dateline that runs into it.
    pub span: Span,
    /// Its sentences, in order; they do not overlap.
    pub sentences: Vec<Span>,
    /// Index into [`Article::headings`] of the heading it stands under.
    pub heading: Option<usize>,
}

/// How the words of somebody are given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QuoteKind {
    /// A whole statement between quotation marks.
    Direct,
    /// Some words between quotation marks inside a reported clause.
    Partial,
    /// Reported without quotation marks.
    Indirect,
}

/// What the choice of a speaker rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
    /// A cue beside the quote names the speaker.
    Cue,
    /// A phrase names the source: according to the ministry.
    AccordingTo,
    /// A colon, a dash or a transcript label names the speaker.
    Label,
    /// The quote goes on from one that has a speaker.
    Continuation,
    /// Nothing beside the quote names the speaker; the nearest fitting one was taken.
    Context,
}

/// What somebody is said to have said or written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quote {
    /// How the words are given.
    pub kind: QuoteKind,
    /// The words without their quotation marks; several when something splits them.
    pub content: Vec<Span>,
    /// The speaker as written beside the quote.
    pub speaker_mention: Option<Span>,
    /// The verb or phrase of saying.
    pub cue: Option<Span>,
    /// Index into [`Article::speakers`].
    pub speaker: Option<usize>,
    /// What the choice of the speaker rests on; `None` without a speaker.
    pub basis: Option<Basis>,
    /// Index into [`Article::paragraphs`] of the paragraph where the quote starts.
    pub paragraph: Option<usize>,
}

/// What sort of source a speaker is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SpeakerKind {
    /// A person with a name.
    Person,
    /// A body: a ministry, a company, a newspaper, a report.
    Organization,
    /// Somebody without a name: officials, a witness.
    Unnamed,
}

/// A source with all its mentions beside quotes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Speaker {
    /// The fullest form of the name in the article; never a pronoun.
    pub name: String,
    /// Role as written with the name; empty when none is.
    pub role: String,
    /// What sort of source it is.
    pub kind: SpeakerKind,
    /// Mentions resolved to it, pronouns included, in order.
    pub mentions: Vec<Span>,
}

/// How a treaty is referred to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TreatyMentionKind {
    /// By a name or an abbreviation.
    Name,
    /// By a general word that points back to a named one: the treaty.
    BackReference,
}

/// A place where a treaty is referred to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TreatyMention {
    /// The words.
    pub span: Span,
    /// How they refer to it.
    pub kind: TreatyMentionKind,
    /// Index into [`Article::quotes`] of the quote whose words hold it.
    pub quote: Option<usize>,
}

/// An international agreement that the article refers to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Treaty {
    /// Stable id in `data/treaties.tsv`; empty when the treaty is not listed there.
    pub id: String,
    /// Usual full title; the fullest form in the article when the treaty is not listed.
    pub title: String,
    /// Where it is referred to, in order.
    pub mentions: Vec<TreatyMention>,
}

/// How a country is referred to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CountryMentionKind {
    /// By its name.
    Name,
    /// By an abbreviation: US, UAE.
    Abbreviation,
    /// By an adjective or a word for its people: Russian, Swedes.
    Demonym,
    /// By its capital.
    Capital,
    /// By a seat of its government: the Kremlin.
    Metonym,
    /// By another city.
    City,
    /// By a state, province or constituent country.
    Subdivision,
}

/// A place where a country is referred to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CountryMention {
    /// The words.
    pub span: Span,
    /// How they refer to it.
    pub kind: CountryMentionKind,
    /// Index into [`Article::quotes`] of the quote whose words hold it.
    pub quote: Option<usize>,
}

/// A country or territory that the article refers to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Country {
    /// ISO 3166-1 alpha-2; XK for Kosovo; the ISO 3166-3 code of a state that is gone.
    pub code: String,
    /// Usual English name.
    pub name: String,
    /// Where it is referred to, in order.
    pub mentions: Vec<CountryMention>,
}

/// What sort of matter stands around an article.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FurnitureKind {
    /// Reporting and editing credits, end marks.
    SignOff,
    /// Copyright lines.
    Copyright,
    /// Captions and picture credits.
    Caption,
    /// Correction, update and editor's notes.
    Note,
    /// Menus, sharing links, advertisement labels, related headlines.
    Navigation,
    /// Anything else.
    Other,
}

/// Matter around the article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Furniture {
    /// What sort it is.
    pub kind: FurnitureKind,
    /// The lines.
    pub span: Span,
}
