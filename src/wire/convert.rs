//! The library's answer as a message.
//!
//! Every value is taken apart without `..`, so that a forgotten field does not compile.

use super::offsets::Offsets;
use super::v1::{self as pb, OffsetUnit};
use crate::article::*;
use crate::span::Span;

/// The document of `article`, which was made from `text`: spans in `unit`, copies of the words
/// unless `omit_text`.
pub fn document(article: Article, text: &str, unit: OffsetUnit, omit_text: bool) -> pb::Document {
    let Article {
        kicker,
        headline,
        subheadline,
        byline,
        dateline,
        headings,
        paragraphs,
        quotes,
        speakers,
        treaties,
        countries,
        furniture,
        language,
    } = article;
    let to = Writer { text, offsets: Offsets::new(text, unit), omit_text };
    pb::Document {
        kicker: kicker.map(|s| to.text(s)),
        headline: headline.map(|s| to.text(s)),
        subheadline: subheadline.map(|s| to.text(s)),
        byline: byline.map(|b| to.byline(b)),
        dateline: dateline.map(|d| to.dateline(d)),
        headings: to.texts(headings),
        paragraphs: paragraphs.into_iter().map(|p| to.paragraph(p)).collect(),
        quotes: quotes.into_iter().map(|q| to.quote(q)).collect(),
        speakers: speakers.into_iter().map(|s| to.speaker(s)).collect(),
        treaties: treaties.into_iter().map(|t| to.treaty(t)).collect(),
        countries: countries.into_iter().map(|c| to.country(c)).collect(),
        furniture: furniture.into_iter().map(|f| to.furniture(f)).collect(),
        language: language.tag().to_owned(),
    }
}

/// What every part of the document needs to be written.
struct Writer<'t> {
    text: &'t str,
    offsets: Offsets,
    omit_text: bool,
}

impl Writer<'_> {
    fn text(&self, span: Span) -> pb::Text {
        let content = if self.omit_text { String::new() } else { span.of(self.text).to_owned() };
        pb::Text { span: Some(self.offsets.span(span)), content }
    }

    fn texts(&self, spans: Vec<Span>) -> Vec<pb::Text> {
        spans.into_iter().map(|s| self.text(s)).collect()
    }

    fn spans(&self, spans: Vec<Span>) -> Vec<pb::Span> {
        spans.into_iter().map(|s| self.offsets.span(s)).collect()
    }

    fn byline(&self, byline: Byline) -> pb::Byline {
        let Byline { span, authors } = byline;
        pb::Byline { text: Some(self.text(span)), authors: self.texts(authors) }
    }

    fn dateline(&self, dateline: Dateline) -> pb::Dateline {
        let Dateline { span, places, date, agency } = dateline;
        pb::Dateline {
            text: Some(self.text(span)),
            places: places.into_iter().map(|p| self.place(p)).collect(),
            date: date.map(|d| self.date(d)),
            agency: agency.map(|s| self.text(s)),
        }
    }

    fn place(&self, place: DatelinePlace) -> pb::DatelinePlace {
        let DatelinePlace { span, country_code } = place;
        pb::DatelinePlace { text: Some(self.text(span)), country_code: country_code.unwrap_or_default() }
    }

    fn date(&self, date: DatelineDate) -> pb::DatelineDate {
        let DatelineDate { span, year, month, day } = date;
        pb::DatelineDate {
            text: Some(self.text(span)),
            year: year.map_or(0, i32::from),
            month: month.map_or(0, i32::from),
            day: day.map_or(0, i32::from),
        }
    }

    fn paragraph(&self, paragraph: Paragraph) -> pb::Paragraph {
        let Paragraph { span, sentences, heading } = paragraph;
        pb::Paragraph {
            text: Some(self.text(span)),
            sentences: self.spans(sentences),
            heading_index: heading.map(index),
        }
    }

    fn quote(&self, quote: Quote) -> pb::Quote {
        let Quote { kind, content, speaker_mention, cue, speaker, basis, paragraph } = quote;
        pb::Quote {
            kind: quote_kind(kind).into(),
            content: self.texts(content),
            speaker_mention: speaker_mention.map(|s| self.text(s)),
            cue: cue.map(|s| self.text(s)),
            speaker_index: speaker.map(index),
            basis: basis.map_or(pb::AttributionBasis::Unspecified, attribution_basis).into(),
            paragraph_index: paragraph.map(index),
        }
    }

    fn speaker(&self, speaker: Speaker) -> pb::Speaker {
        let Speaker { name, role, kind, mentions } = speaker;
        pb::Speaker { name, role, kind: speaker_kind(kind).into(), mentions: self.spans(mentions) }
    }

    fn treaty(&self, treaty: Treaty) -> pb::Treaty {
        let Treaty { id, title, mentions } = treaty;
        pb::Treaty { id, title, mentions: mentions.into_iter().map(|m| self.treaty_mention(m)).collect() }
    }

    fn treaty_mention(&self, mention: TreatyMention) -> pb::TreatyMention {
        let TreatyMention { span, kind, quote } = mention;
        pb::TreatyMention {
            text: Some(self.text(span)),
            kind: treaty_mention_kind(kind).into(),
            quote_index: quote.map(index),
        }
    }

    fn country(&self, country: Country) -> pb::Country {
        let Country { code, name, mentions } = country;
        pb::Country { code, name, mentions: mentions.into_iter().map(|m| self.country_mention(m)).collect() }
    }

    fn country_mention(&self, mention: CountryMention) -> pb::CountryMention {
        let CountryMention { span, kind, quote } = mention;
        pb::CountryMention {
            text: Some(self.text(span)),
            kind: country_mention_kind(kind).into(),
            quote_index: quote.map(index),
        }
    }

    fn furniture(&self, furniture: Furniture) -> pb::Furniture {
        let Furniture { kind, span } = furniture;
        pb::Furniture { kind: furniture_kind(kind).into(), text: Some(self.text(span)) }
    }
}

fn index(i: usize) -> u32 {
    u32::try_from(i).unwrap_or(u32::MAX)
}

fn quote_kind(kind: QuoteKind) -> pb::QuoteKind {
    match kind {
        QuoteKind::Direct => pb::QuoteKind::Direct,
        QuoteKind::Partial => pb::QuoteKind::Partial,
        QuoteKind::Indirect => pb::QuoteKind::Indirect,
    }
}

fn attribution_basis(basis: Basis) -> pb::AttributionBasis {
    match basis {
        Basis::Cue => pb::AttributionBasis::Cue,
        Basis::AccordingTo => pb::AttributionBasis::AccordingTo,
        Basis::Label => pb::AttributionBasis::Label,
        Basis::Continuation => pb::AttributionBasis::Continuation,
        Basis::Context => pb::AttributionBasis::Context,
    }
}

fn speaker_kind(kind: SpeakerKind) -> pb::SpeakerKind {
    match kind {
        SpeakerKind::Person => pb::SpeakerKind::Person,
        SpeakerKind::Organization => pb::SpeakerKind::Organization,
        SpeakerKind::Unnamed => pb::SpeakerKind::Unnamed,
    }
}

fn treaty_mention_kind(kind: TreatyMentionKind) -> pb::TreatyMentionKind {
    match kind {
        TreatyMentionKind::Name => pb::TreatyMentionKind::Name,
        TreatyMentionKind::BackReference => pb::TreatyMentionKind::BackReference,
    }
}

fn country_mention_kind(kind: CountryMentionKind) -> pb::CountryMentionKind {
    match kind {
        CountryMentionKind::Name => pb::CountryMentionKind::Name,
        CountryMentionKind::Abbreviation => pb::CountryMentionKind::Abbreviation,
        CountryMentionKind::Demonym => pb::CountryMentionKind::Demonym,
        CountryMentionKind::Capital => pb::CountryMentionKind::Capital,
        CountryMentionKind::Metonym => pb::CountryMentionKind::Metonym,
        CountryMentionKind::City => pb::CountryMentionKind::City,
        CountryMentionKind::Subdivision => pb::CountryMentionKind::Subdivision,
    }
}

fn furniture_kind(kind: FurnitureKind) -> pb::FurnitureKind {
    match kind {
        FurnitureKind::SignOff => pb::FurnitureKind::SignOff,
        FurnitureKind::Copyright => pb::FurnitureKind::Copyright,
        FurnitureKind::Caption => pb::FurnitureKind::Caption,
        FurnitureKind::Note => pb::FurnitureKind::Note,
        FurnitureKind::Navigation => pb::FurnitureKind::Navigation,
        FurnitureKind::Other => pb::FurnitureKind::Other,
    }
}
