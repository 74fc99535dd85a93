//! The order of the stages, and the only place where their results meet.

use crate::article::{Article, CalendarDate, Language, Quote};
use crate::layout::{self, Page};
use crate::mentions;
use crate::names;
use crate::quotes;
use crate::reading::Reading;
use crate::span::Span;
use crate::stop::Stop;
use crate::tables::Tables;
use crate::text;

/// What is asked for beside the layout, which is always given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// The day of publication; gives a dateline without a year its year.
    pub published_on: Option<CalendarDate>,
    /// Quotes in quotation marks, with speaker and cue.
    pub quotes: bool,
    /// Reported speech without quotation marks.
    pub indirect_quotes: bool,
    /// Treaties referred to.
    pub treaties: bool,
    /// Countries referred to.
    pub countries: bool,
}

impl Default for Options {
    /// Everything, day of publication unknown.
    fn default() -> Options {
        Options { published_on: None, quotes: true, indirect_quotes: true, treaties: true, countries: true }
    }
}

/// Takes an article apart. Any text gives an article; the same text and options always give the
/// same one.
///
/// ```
/// use copydesk::{Options, Tables, structure};
///
/// let text = "Ferries stop\n\nRIGA, March 4 (AP) — All ferries stopped on Monday.";
/// let article = structure(text, &Options::default(), &Tables::new());
/// assert_eq!(article.headline.map(|span| span.of(text)), Some("Ferries stop"));
/// ```
pub fn structure(text: &str, options: &Options, tables: &Tables) -> Article {
    structure_until(text, options, tables, &|| false).unwrap_or_default()
}

/// As [`structure`], for callers who may lose interest: `stop` is asked every few sentences of each
/// stage, and `None` is the answer once it says yes.
pub fn structure_until(text: &str, options: &Options, tables: &Tables, stop: &dyn Fn() -> bool) -> Option<Article> {
    let stop = Stop::new(stop);
    let go_on = || (!stop.now()).then_some(());
    let cut = text::cut(text, &tables.lexicon);
    go_on()?;
    let mut page = layout::page(text, &cut, options.published_on, tables, &stop);
    go_on()?;
    let mut article = Article::default();
    if page.language == Language::Tag("en") {
        let (blocks, sentences) = (std::mem::take(&mut page.blocks), std::mem::take(&mut page.sentences));
        let reading = Reading { text, tokens: &cut.tokens, blocks, sentences, stop: &stop };
        let names = names::find(&reading, tables);
        go_on()?;
        read_quotes(&reading, &names, options, tables, &mut article);
        go_on()?;
        read_mentions(&reading, &names, &page, options, tables, &mut article)?;
    }
    go_on()?;
    place_page(page, &mut article);
    tie_quotes(&mut article);
    Some(article)
}

fn read_quotes(reading: &Reading, names: &names::Names, options: &Options, tables: &Tables, article: &mut Article) {
    let wanted = quotes::Wanted { marked: options.quotes, indirect: options.indirect_quotes };
    if wanted.marked || wanted.indirect {
        (article.quotes, article.speakers) = quotes::find(reading, names, tables, wanted);
    }
}

/// Treaties first: what stands inside a treaty's name refers to no country. Nothing when told to stop.
fn read_mentions(
    reading: &Reading,
    names: &names::Names,
    page: &Page,
    options: &Options,
    tables: &Tables,
    article: &mut Article,
) -> Option<()> {
    let dateline = page.dateline.as_ref();
    let treaties = mentions::treaties::find(reading, names, dateline, options.published_on, tables);
    (!reading.stop.now()).then_some(())?;
    if options.countries {
        let mut covered: Vec<Span> = treaties.iter().flat_map(|t| t.mentions.iter().map(|m| m.span)).collect();
        covered.sort_unstable();
        article.countries = mentions::countries::find(reading, names, dateline, &covered, tables);
    }
    if options.treaties {
        article.treaties = treaties;
    }
    Some(())
}

fn place_page(page: Page, article: &mut Article) {
    let Page { kicker, headline, subheadline, byline, dateline, headings, paragraphs, furniture, language, .. } = page;
    article.kicker = kicker;
    article.headline = headline;
    article.subheadline = subheadline;
    article.byline = byline;
    article.dateline = dateline;
    article.headings = headings;
    article.paragraphs = paragraphs;
    article.furniture = furniture;
    article.language = language;
}

/// Tells quotes their paragraph, and mentions the quote that holds them.
fn tie_quotes(article: &mut Article) {
    let paragraphs = &article.paragraphs;
    for quote in &mut article.quotes {
        let at = quote.content.first().map_or(0, |s| s.start());
        let i = paragraphs.partition_point(|p| p.span.end() <= at);
        quote.paragraph = paragraphs.get(i).filter(|p| p.span.holds(at)).map(|_| i);
    }
    let pieces = pieces(&article.quotes);
    let holder = |span: Span| {
        let i = pieces.partition_point(|(piece, _)| piece.start() <= span.start());
        // Quotes within quotes: the innermost that holds the mention is the last to begin.
        pieces[..i].iter().rev().take(4).find(|(piece, _)| piece.contains(span)).map(|&(_, quote)| quote)
    };
    for mention in article.treaties.iter_mut().flat_map(|t| &mut t.mentions) {
        mention.quote = holder(mention.span);
    }
    for mention in article.countries.iter_mut().flat_map(|c| &mut c.mentions) {
        mention.quote = holder(mention.span);
    }
}

/// Every piece of every quote with the quote's index, in order.
fn pieces(quotes: &[Quote]) -> Vec<(Span, usize)> {
    let mut pieces = Vec::with_capacity(quotes.iter().map(|q| q.content.len()).sum());
    pieces.extend(quotes.iter().enumerate().flat_map(|(i, q)| q.content.iter().map(move |&s| (s, i))));
    pieces.sort_unstable();
    pieces
}
