//! The suites of invented sentences, one for countries and one for treaties. The seen half may be
//! looked at while the rules are made; of the unread half only the figures are ever printed.
//!
//! `cargo test --test suites -- --nocapture` prints figures and the failing sentences that may be seen.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    reason = "a test looks at files and clocks, and fails loudly"
)]

mod marks;

use copydesk::article::{Article, CalendarDate, TreatyMentionKind};
use copydesk::{Options, Tables, structure};
use marks::Marked;

/// What the suites must at least give, in percent; for the half that gives less.
const COUNTRIES_RIGHT: f64 = 90.0;
const TREATIES_EXACT: f64 = 94.0;
const TREATIES_LINKED: f64 = 90.0;
const BACK_REFERENCES_RESOLVED: f64 = 80.0;
/// How many sentences without a treaty may be given one.
const LURE_HITS: usize = 1;

const HALVES: [&str; 2] = ["seen", "unread"];

/// A sentence of a suite with its gold.
struct Sentence {
    topic: String,
    published_on: Option<CalendarDate>,
    marked: Marked,
}

fn sentences(file: &str) -> Vec<Sentence> {
    let sentence = |line: &str| {
        let (topic, raw) = line.split_once('\t').expect("topic, tab, sentence");
        let (topic, day) = topic.split_once('@').unwrap_or((topic, ""));
        let marked = marks::read(&raw.replace("\\n", "\n")).unwrap_or_else(|e| panic!("{line}: {e}"));
        Sentence { topic: topic.to_owned(), published_on: date(day), marked }
    };
    file.lines().filter(|l| !l.starts_with('#')).map(sentence).collect()
}

fn date(day: &str) -> Option<CalendarDate> {
    let mut parts = day.split('-').map(|p| p.parse::<u16>());
    let mut next = || parts.next()?.ok();
    Some(CalendarDate { year: next()?, month: next()? as u8, day: next()? as u8 })
}

fn article(sentence: &Sentence, tables: &Tables) -> Article {
    let options = Options { published_on: sentence.published_on, ..Options::default() };
    structure(&sentence.marked.text, &options, tables)
}

/// Start, end, and the code or the id.
type Found = (usize, usize, String);

fn words(text: &str, found: &[Found]) -> String {
    let one = |(start, end, name): &Found| format!("{} [{name}]", &text[*start..*end]);
    found.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn complain(half: &str, sentence: &Sentence, want: &[Found], got: &[Found]) {
    if half == HALVES[0] {
        let text = &sentence.marked.text;
        println!("  {}: {text}\n      want {}\n      got  {}", sentence.topic, words(text, want), words(text, got));
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

#[test]
fn each_sentence_names_the_countries_a_reader_would_see() {
    let tables = Tables::new();
    let files = [include_str!("suites/countries.seen.txt"), include_str!("suites/countries.unread.txt")];
    for (half, file) in HALVES.into_iter().zip(files) {
        let sentences = sentences(file);
        let mut right = 0;
        for sentence in &sentences {
            let (want, got) = (countries_wanted(sentence), countries_found(&article(sentence, &tables)));
            if same_countries(&want, &got) {
                right += 1;
            } else {
                complain(half, sentence, &want, &got);
            }
        }
        let share = percent(right, sentences.len());
        println!("countries, {half}: {right} of {} sentences wholly right, {share:.1} %", sentences.len());
        assert!(share >= COUNTRIES_RIGHT, "countries, {half}: {share:.1} %");
    }
}

fn countries_wanted(sentence: &Sentence) -> Vec<Found> {
    let code = |m: &marks::Mark| m.value("code").expect("<c> has a code").to_owned();
    sentence.marked.of("c").map(|m| (m.span.start, m.span.end, code(m))).collect()
}

fn countries_found(article: &Article) -> Vec<Found> {
    let mut found = Vec::new();
    for country in &article.countries {
        found.extend(country.mentions.iter().map(|m| (m.span.start(), m.span.end(), country.code.clone())));
    }
    found.sort();
    found
}

/// The same words with the same codes; `KR|KP` in the gold takes either.
fn same_countries(want: &[Found], got: &[Found]) -> bool {
    let fits = |(w, g): (&Found, &Found)| (w.0, w.1) == (g.0, g.1) && w.2.split('|').any(|code| code == g.2);
    want.len() == got.len() && want.iter().zip(got).all(fits)
}

/// Counts over a half of the treaty suite.
#[derive(Default)]
struct Tally {
    named: usize,
    given: usize,
    exact: usize,
    linked: usize,
    back: usize,
    resolved: usize,
    lures: usize,
    lure_hits: usize,
}

#[test]
fn each_sentence_names_the_treaties_a_reader_would_see() {
    let tables = Tables::new();
    let files = [include_str!("suites/treaties.seen.txt"), include_str!("suites/treaties.unread.txt")];
    for (half, file) in HALVES.into_iter().zip(files) {
        let mut tally = Tally::default();
        for sentence in &sentences(file) {
            let (named, back) = treaties_wanted(sentence);
            let got = treaties_found(&article(sentence, &tables));
            if !tally.add(&named, &back, &got) {
                let got: Vec<Found> = got.into_iter().map(|(found, _)| found).collect();
                complain(half, sentence, &[named, back].concat(), &got);
            }
        }
        tally.report(half);
    }
}

fn treaties_wanted(sentence: &Sentence) -> (Vec<Found>, Vec<Found>) {
    let id = |m: &marks::Mark| m.value("id").expect("<t> has an id").to_owned();
    let (back, named): (Vec<_>, Vec<_>) = sentence.marked.of("t").partition(|m| m.value("back").is_some());
    let all = |marks: Vec<&marks::Mark>| marks.into_iter().map(|m| (m.span.start, m.span.end, id(m))).collect();
    (all(named), all(back))
}

fn treaties_found(article: &Article) -> Vec<(Found, TreatyMentionKind)> {
    let mut found = Vec::new();
    for treaty in &article.treaties {
        let one = |span: copydesk::Span| (span.start(), span.end(), treaty.id.clone());
        found.extend(treaty.mentions.iter().map(|m| (one(m.span), m.kind)));
    }
    found.sort_by_key(|((start, end, _), _)| (*start, *end));
    found
}

fn overlap(a: &Found, b: &Found) -> bool {
    a.0 < b.1 && b.0 < a.1
}

impl Tally {
    /// Counts a sentence; says whether all of it is right. A mention that only touches a back
    /// reference is neither right nor wrong as a name.
    fn add(&mut self, named: &[Found], back: &[Found], got: &[(Found, TreatyMentionKind)]) -> bool {
        let only_back = |g: &Found| back.iter().any(|b| overlap(b, g)) && !named.iter().any(|n| overlap(n, g));
        let exact = named.iter().filter(|n| got.iter().any(|(g, _)| (g.0, g.1) == (n.0, n.1))).count();
        let linked = named.iter().filter(|n| got.iter().any(|(g, _)| overlap(g, n) && g.2 == n.2)).count();
        let points_back = |b: &Found, (g, kind): &(Found, TreatyMentionKind)| {
            *kind == TreatyMentionKind::BackReference && overlap(g, b) && g.2 == b.2
        };
        let resolved = back.iter().filter(|b| got.iter().any(|g| points_back(b, g))).count();
        let given = got.iter().filter(|(g, _)| !only_back(g)).count();
        let lure = named.is_empty() && back.is_empty();
        self.named += named.len();
        self.given += given;
        self.exact += exact;
        self.linked += linked;
        self.back += back.len();
        self.resolved += resolved;
        self.lures += usize::from(lure);
        self.lure_hits += usize::from(lure && given > 0);
        exact == named.len() && linked == named.len() && given == exact && resolved == back.len()
    }

    fn report(&self, half: &str) {
        let exact = percent(2 * self.exact, self.given + self.named);
        let linked = percent(self.linked, self.named);
        let resolved = percent(self.resolved, self.back);
        println!(
            "treaties, {half}: exact F1 {exact:.1}, linked recall {linked:.1}, back references resolved {resolved:.1} \
             ({} of {}), lure hits {} of {}",
            self.resolved, self.back, self.lure_hits, self.lures
        );
        assert!(exact >= TREATIES_EXACT, "treaties, {half}: exact F1 {exact:.1}");
        assert!(linked >= TREATIES_LINKED, "treaties, {half}: linked recall {linked:.1}");
        assert!(resolved >= BACK_REFERENCES_RESOLVED, "treaties, {half}: back references {resolved:.1}");
        assert!(self.lure_hits <= LURE_HITS, "treaties, {half}: {} lure hits", self.lure_hits);
    }
}

#[test]
fn both_halves_hold_as_many_sentences_of_every_topic() {
    let pairs = [
        (include_str!("suites/countries.seen.txt"), include_str!("suites/countries.unread.txt")),
        (include_str!("suites/treaties.seen.txt"), include_str!("suites/treaties.unread.txt")),
    ];
    let topics = |file| {
        let mut topics: Vec<String> = sentences(file).into_iter().map(|s| s.topic).collect();
        topics.sort();
        topics
    };
    for (seen, unread) in pairs {
        assert_eq!(topics(seen), topics(unread));
    }
}
