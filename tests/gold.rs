//! Whole invented articles with inline marks for everything, resolved speakers included, scored.
//!
//! `tests/gold/seen` may be looked at while the rules are made; of `tests/gold/unread` only the
//! figures are ever printed. `cargo test --test gold -- --nocapture` prints both, and what is wrong in
//! the seen half. The marks are explained in `tests/gold/README.md`.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    reason = "a test looks at files and clocks, and fails loudly"
)]

mod marks;

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use copydesk::article::{Article, Quote, QuoteKind};
use copydesk::{Options, Span, Tables, structure};
use marks::{Mark, Marked};

/// What the seen and the unread half must at least give, in percent.
const FLOORS: &[(&str, f64, f64)] = &[
    ("layout wholly right", 87.5, 86.0),
    ("quotes found", 98.5, 98.5),
    ("quotes real", 98.5, 99.5),
    ("cues", 96.5, 98.0),
    ("full names", 91.5, 90.0),
    ("role", 92.5, 80.0),
    ("indirect quotes found", 95.5, 94.5),
    ("indirect quotes real", 84.0, 80.0),
    ("indirect cues", 99.5, 99.0),
    ("indirect full names", 86.0, 81.5),
    ("countries found", 96.5, 94.5),
    ("countries real", 97.0, 95.0),
    ("treaties found", 94.0, 80.0),
    ("treaties real", 97.0, 92.0),
];

/// Counts by name of the figure: right, of how many.
#[derive(Default)]
struct Figures(BTreeMap<&'static str, (usize, usize)>);

impl Figures {
    fn count(&mut self, name: &'static str, right: bool) {
        self.add(name, usize::from(right), 1);
    }

    fn add(&mut self, name: &'static str, right: usize, of: usize) {
        let figure = self.0.entry(name).or_default();
        figure.0 += right;
        figure.1 += of;
    }

    fn percent(&self, name: &str) -> f64 {
        let (right, of) = self.0.get(name).copied().unwrap_or_default();
        100.0 * right as f64 / of.max(1) as f64
    }
}

#[test]
fn each_whole_article_is_taken_apart_as_a_reader_would() {
    let tables = Tables::new();
    for half in ["seen", "unread"] {
        let articles = articles(half);
        assert!(!articles.is_empty(), "{half} holds no articles");
        let mut figures = Figures::default();
        for (name, marked) in articles {
            let article = structure(&marked.text, &Options::default(), &tables);
            let wrong = score(&marked, &article, &mut figures);
            if half == "seen" {
                wrong.iter().for_each(|line| println!("  {name}: {line}"));
            }
        }
        for (name, (right, of)) in &figures.0 {
            println!("gold, {half}: {name} {:.1} % ({right} of {of})", figures.percent(name));
        }
        for &(name, seen, unread) in FLOORS {
            let floor = if half == "seen" { seen } else { unread };
            assert!(figures.percent(name) >= floor, "{half}: {name} {:.1} % < {floor} %", figures.percent(name));
        }
    }
}

/// The articles of a half, by name. Their first line says the style and is
/// no part of the text.
fn articles(half: &str) -> Vec<(String, Marked)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold").join(half);
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("a folder of gold").map(|e| e.expect("an entry").path()).collect();
    files.sort();
    let read = |path: std::path::PathBuf| {
        let raw = fs::read_to_string(&path).expect("UTF-8");
        let (_, raw) = raw.split_once('\n').expect("a line with the style");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let marked = marks::read(raw).unwrap_or_else(|e| panic!("{name}: {e}"));
        (name, marked)
    };
    files.into_iter().map(read).collect()
}

/// Adds an article to the figures; says in a line each what is wrong.
fn score(marked: &Marked, article: &Article, figures: &mut Figures) -> Vec<String> {
    let mut wrong = score_layout(marked, article, figures);
    wrong.extend(score_quotes(marked, article, figures));
    wrong.extend(score_mentions("countries", countries_wanted(marked), countries_found(article), marked, figures));
    wrong.extend(score_mentions("treaties", treaties_wanted(marked), treaties_found(article), marked, figures));
    wrong
}

// ---- layout

fn score_layout(marked: &Marked, article: &Article, figures: &mut Figures) -> Vec<String> {
    let (want, got) = (layout_wanted(marked), layout_found(article));
    let mut wrong = Vec::new();
    for part in ["kicker", "headline", "sub", "byline", "dateline", "h", "p"] {
        let of = |layout: &[(&'static str, Range<usize>)]| -> Vec<Range<usize>> {
            layout.iter().filter(|(tag, _)| *tag == part).map(|(_, span)| span.clone()).collect()
        };
        let (want, got) = (of(&want), of(&got));
        if want != got {
            let missed = want.iter().filter(|w| !got.contains(w)).map(|w| format!("- {}", brief(&marked.text, w)));
            let extra = got.iter().filter(|g| !want.contains(g)).map(|g| format!("+ {}", brief(&marked.text, g)));
            wrong.extend(missed.chain(extra).map(|line| format!("{part} {line}")));
        }
    }
    figures.count("layout wholly right", wrong.is_empty());
    wrong
}

fn layout_wanted(marked: &Marked) -> Vec<(&'static str, Range<usize>)> {
    let tags = ["kicker", "headline", "sub", "byline", "dateline", "h", "p"];
    tags.iter().flat_map(|tag| marked.of(tag).map(|m| (*tag, m.span.clone()))).collect()
}

fn layout_found(article: &Article) -> Vec<(&'static str, Range<usize>)> {
    let mut found = Vec::new();
    found.extend(article.kicker.map(|s| ("kicker", range(s))));
    found.extend(article.headline.map(|s| ("headline", range(s))));
    found.extend(article.subheadline.map(|s| ("sub", range(s))));
    found.extend(article.byline.as_ref().map(|b| ("byline", range(b.span))));
    found.extend(article.dateline.as_ref().map(|d| ("dateline", range(d.span))));
    found.extend(article.headings.iter().map(|&s| ("h", range(s))));
    found.extend(article.paragraphs.iter().map(|p| ("p", range(p.span))));
    found
}

// ---- quotes

/// A quote of the gold: its pieces, and what the marks say of it.
#[derive(Default)]
struct Wanted {
    indirect: bool,
    content: Vec<Range<usize>>,
    mention: Option<Range<usize>>,
    cue: Option<Range<usize>>,
    name: Option<String>,
    role: Option<String>,
}

fn quotes_wanted(marked: &Marked) -> Vec<Wanted> {
    let mut quotes: BTreeMap<String, Wanted> = BTreeMap::new();
    for mark in marked.marks.iter().filter(|m| matches!(m.tag.as_str(), "q" | "sp" | "cue")) {
        let id = mark.value("id").or(mark.value("q")).expect("a quote has an id");
        let quote = quotes.entry(id.to_owned()).or_default();
        match mark.tag.as_str() {
            "q" => {
                quote.indirect |= mark.value("kind") == Some("indirect");
                quote.content.push(mark.span.clone());
            }
            "sp" => quote.mention = Some(mark.span.clone()),
            _ => quote.cue = Some(mark.span.clone()),
        }
        quote.name = mark.value("name").map(str::to_owned).or(quote.name.take());
        quote.role = mark.value("role").map(str::to_owned).or(quote.role.take());
    }
    quotes.into_values().collect()
}

fn score_quotes(marked: &Marked, article: &Article, figures: &mut Figures) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut met = vec![false; article.quotes.len()];
    for want in quotes_wanted(marked) {
        let text = brief(&marked.text, &want.content[0]);
        let names = Names::of(want.indirect);
        let best = best_fit(&want, &article.quotes);
        figures.count(names.found, best.is_some());
        let Some(i) = best else {
            figures.count(names.speaker, false);
            wrong.push(format!("{} lost: {text}", if want.indirect { "indirect quote" } else { "quote" }));
            continue;
        };
        met[i] = true;
        let quote = &article.quotes[i];
        if let Some(cue) = &want.cue {
            figures.count(names.cue, quote.cue.is_some_and(|s| range(s).start < cue.end && cue.start < s.end()));
        }
        let speaker = quote.speaker.map(|s| &article.speakers[s]);
        let right = speaker.map(|s| fold(&s.name)) == want.name.as_deref().map(fold);
        figures.count(names.speaker, right);
        if !right {
            let got = speaker.map_or("nobody", |s| s.name.as_str());
            wrong.push(format!("speaker of {text}: {got}, not {}", want.name.as_deref().unwrap_or("nobody")));
        }
        if let (Some(role), true) = (&want.role, right) {
            let got = speaker.map_or("", |s| s.role.as_str());
            let fits = !got.is_empty() && (fold(got).contains(&fold(role)) || fold(role).contains(&fold(got)));
            figures.count("role", fits);
            if !fits {
                wrong.push(format!("role of {}: {got:?}, not {role:?}", want.name.as_deref().unwrap_or_default()));
            }
        }
    }
    for (i, quote) in article.quotes.iter().enumerate() {
        let names = Names::of(quote.kind == QuoteKind::Indirect);
        figures.count(names.real, met[i]);
        if !met[i] {
            wrong.push(format!("no quote: {}", quote.content.first().map_or("", |s| s.of(&marked.text))));
        }
    }
    wrong
}

/// The names of the figures of marked and of indirect quotes.
struct Names {
    found: &'static str,
    real: &'static str,
    cue: &'static str,
    speaker: &'static str,
}

impl Names {
    fn of(indirect: bool) -> Names {
        match indirect {
            false => Names { found: "quotes found", real: "quotes real", cue: "cues", speaker: "full names" },
            true => Names {
                found: "indirect quotes found",
                real: "indirect quotes real",
                cue: "indirect cues",
                speaker: "indirect full names",
            },
        }
    }
}

/// The quote that shares most with the wanted one, at least half of both together.
fn best_fit(want: &Wanted, quotes: &[Quote]) -> Option<usize> {
    let length = |spans: &[Range<usize>]| spans.iter().map(Range::len).sum::<usize>();
    let shared = |quote: &Quote| -> usize {
        let pairs = quote.content.iter().flat_map(|s| want.content.iter().map(move |w| (range(*s), w)));
        pairs.map(|(s, w)| s.end.min(w.end).saturating_sub(s.start.max(w.start))).sum()
    };
    let fit = |quote: &Quote| {
        let shared = shared(quote);
        let all = length(&want.content) + quote.content.iter().map(|s| s.len()).sum::<usize>() - shared;
        shared as f64 / all.max(1) as f64
    };
    let best = (0..quotes.len()).max_by(|&a, &b| fit(&quotes[a]).total_cmp(&fit(&quotes[b])))?;
    (fit(&quotes[best]) >= 0.5).then_some(best)
}

// ---- countries and treaties

/// Start, end, and the code or the id.
type Found = (usize, usize, String);

fn countries_wanted(marked: &Marked) -> Vec<Found> {
    marked.of("c").map(|m| found(m, "code")).collect()
}

fn countries_found(article: &Article) -> Vec<Found> {
    let mentions = article.countries.iter().flat_map(|c| c.mentions.iter().map(|m| (m.span, &c.code)));
    mentions.map(|(span, code)| (span.start(), span.end(), code.clone())).collect()
}

fn treaties_wanted(marked: &Marked) -> Vec<Found> {
    marked.of("t").map(|m| found(m, "id")).collect()
}

fn treaties_found(article: &Article) -> Vec<Found> {
    let mentions = article.treaties.iter().flat_map(|t| t.mentions.iter().map(|m| (m.span, &t.id)));
    mentions.map(|(span, id)| (span.start(), span.end(), id.clone())).collect()
}

fn found(mark: &Mark, key: &str) -> Found {
    (mark.span.start, mark.span.end, mark.value(key).expect("a code or an id").to_owned())
}

/// Precision and recall of exact spans with the right code or id.
fn score_mentions(
    sort: &'static str,
    want: Vec<Found>,
    got: Vec<Found>,
    marked: &Marked,
    figures: &mut Figures,
) -> Vec<String> {
    let same = |a: &Found, b: &Found| (a.0, a.1) == (b.0, b.1) && a.2.split('|').any(|name| name == b.2);
    let missed: Vec<_> = want.iter().filter(|w| !got.iter().any(|g| same(w, g))).collect();
    let extra: Vec<_> = got.iter().filter(|g| !want.iter().any(|w| same(w, g))).collect();
    let (recall, precision) = match sort {
        "countries" => ("countries found", "countries real"),
        _ => ("treaties found", "treaties real"),
    };
    figures.add(recall, want.len() - missed.len(), want.len());
    figures.add(precision, got.len() - extra.len(), got.len());
    let line = |sign: &str, f: &Found| format!("{sort} {sign} {} [{}]", &marked.text[f.0..f.1], f.2);
    missed.into_iter().map(|f| line("-", f)).chain(extra.into_iter().map(|f| line("+", f))).collect()
}

// ---- words

fn range(span: Span) -> Range<usize> {
    span.start()..span.end()
}

/// Names are the same whatever their case, apostrophes, full stops and leading article.
fn fold(name: &str) -> String {
    let name = name.to_lowercase().replace('’', "'").replace('.', "");
    let words: Vec<&str> = name.split_whitespace().collect();
    let from = usize::from(matches!(words.first(), Some(&"the" | &"a" | &"an")));
    words[from..].join(" ")
}

fn brief(text: &str, span: &Range<usize>) -> String {
    let words = &text[span.clone()];
    match words.char_indices().nth(60) {
        Some((end, _)) => format!("{:?}…", &words[..end]),
        None => format!("{words:?}"),
    }
}
