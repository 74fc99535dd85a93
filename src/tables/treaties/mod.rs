//! `data/treaties.tsv` and `data/treaty_words.tsv`: treaties with their names, and the words
//! around them.

mod names;
mod words;

use super::tsv;
use crate::text::{Classes, Lexicon, Phrases, Shape, Token, WordId, tokens};

use names::Spellings;
pub(crate) use words::{Noun, Strength};

const FILE: &str = include_str!("../../../data/treaties.tsv");

/// The treaties that are listed.
pub(crate) struct Treaties {
    /// One for each row of the table, in its order.
    pub(crate) rows: Vec<Row>,
    /// Whole names: "Treaty of Rome", "NAFTA".
    pub(crate) names: Phrases<Vec<Claim>>,
    /// Names that end in a noun for an agreement, without it: "Dayton" of "Dayton Accords".
    pub(crate) cores: Phrases<Vec<Core>>,
    /// Names that hold the words of a treaty and are none: "North Atlantic Treaty Organization".
    pub(crate) lures: Phrases<()>,
    /// Words that speak for rows when one of their ambiguous names is met.
    pub(crate) evidence: Phrases<Vec<u32>>,
    /// The nouns that news swaps freely: pact, accord, deal.
    pub(crate) pacts: u32,
    /// Words for a party in a pair that the gazetteer does not know so, with its code.
    pub(crate) parties: Phrases<&'static str>,
    nouns: Vec<(WordId, Noun)>,
    subjects: Vec<(WordId, u32)>,
    /// The rows of two parties, by their codes in order.
    pairs: Vec<Pair>,
}

/// A row of two parties.
struct Pair {
    parties: (&'static str, &'static str),
    row: u32,
    /// What it is about, one bit for each subject.
    subjects: u32,
}

/// One listed treaty.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Stable id.
    pub(crate) id: &'static str,
    /// Usual full title.
    pub(crate) title: &'static str,
    /// Year of signature.
    pub(crate) year: Option<u16>,
    /// 1 often in news, 3 long tail.
    pub(crate) tier: u8,
    /// The nouns of its names, as [`Noun::bit`]s.
    pub(crate) nouns: u32,
    /// The nouns that news puts in their place.
    pub(crate) swaps: u32,
}

/// What a whole name says: which row it may mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Claim {
    /// Index into [`Treaties::rows`].
    pub(crate) row: u32,
    /// Whether the name needs evidence.
    pub(crate) ambiguous: bool,
    /// Whether the name is an abbreviation that only counts in capitals: START, CITES.
    pub(crate) capitals: bool,
    /// Whether the table writes it with a capital.
    pub(crate) cased: bool,
}

/// What a name without its last noun says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Core {
    /// Index into [`Treaties::rows`].
    pub(crate) row: u32,
    /// Whether the name needs evidence.
    pub(crate) ambiguous: bool,
    /// Whether the table writes it with a capital.
    pub(crate) cased: bool,
    /// The nouns of the names in the table, as [`Noun::bit`]s.
    pub(crate) nouns: u32,
    /// The nouns that news puts in their place.
    pub(crate) swaps: u32,
}

impl Treaties {
    /// Reads both tables.
    pub(in crate::tables) fn read(lexicon: &mut Lexicon) -> Treaties {
        let words = words::read(lexicon);
        let names = Phrases::opened_by(Classes::TREATY_NAME);
        let mut entry = Entry { words: &words, names, cores: Phrases::opened_by(Classes::TREATY_CORE), lexicon };
        let mut rows = Vec::new();
        let listed: Vec<Listed> = tsv::rows::<11>(FILE).map(|(_, cells)| Listed::new(cells)).collect();
        for (i, listed) in listed.iter().enumerate() {
            let nouns = entry.enter(i as u32, listed) | words.noun_bit(listed.kind);
            let (id, title, year, tier) = (listed.id, listed.title, listed.year, listed.tier);
            rows.push(Row { id, title, year, tier, nouns, swaps: words.swaps(nouns) });
        }
        for (i, listed) in listed.iter().enumerate() {
            entry.enter_derived(i as u32, listed);
        }
        let Entry { names, cores, .. } = entry;
        Treaties {
            rows,
            names,
            cores,
            evidence: evidence(&listed, lexicon),
            lures: lures(&words, lexicon),
            pacts: words.family("pact"),
            parties: parties(&words, lexicon),
            nouns: words.nouns(lexicon),
            subjects: words.subjects(),
            pairs: pairs(&listed, &words, lexicon),
        }
    }

    /// What the table says of a noun for an agreement.
    pub(crate) fn noun(&self, token: &Token) -> Option<Noun> {
        if !token.is(Classes::TREATY_NOUN) {
            return None;
        }
        let i = self.nouns.binary_search_by_key(&token.word, |&(word, _)| word).ok()?;
        Some(self.nouns[i].1)
    }

    /// What a word of the name of a treaty of two is about, one bit for each subject.
    pub(crate) fn subject(&self, word: WordId) -> u32 {
        self.subjects.binary_search_by_key(&word, |s| s.0).map_or(0, |i| self.subjects[i].1)
    }

    /// The rows between two parties that are about one of `subjects`, each with how many of them.
    pub(crate) fn between<'t>(
        &'t self,
        one: &'t str,
        other: &'t str,
        subjects: u32,
    ) -> impl Iterator<Item = (u32, u32)> + 't {
        let parties = (one.min(other), one.max(other));
        let first = self.pairs.partition_point(|p| p.parties < parties);
        let same = self.pairs[first..].iter().take_while(move |p| p.parties == parties);
        same.map(move |p| (p.row, (p.subjects & subjects).count_ones())).filter(|&(_, shared)| shared > 0)
    }
}

/// A row of the table as it stands there.
struct Listed {
    id: &'static str,
    title: &'static str,
    /// Every name, and whether it needs evidence.
    names: Vec<(&'static str, bool)>,
    evidence: &'static str,
    kind: &'static str,
    year: Option<u16>,
    parties: &'static str,
    tier: u8,
}

impl Listed {
    fn new(cells: [&'static str; 11]) -> Listed {
        let [id, title, aliases, ambiguous, evidence, kind, year, parties, tier, _source, _example] = cells;
        let is_ambiguous = |name: &str| tsv::list(ambiguous).any(|a| a.eq_ignore_ascii_case(name));
        let own = names::plain(title);
        let names = std::iter::once(own).chain(tsv::list(aliases)).map(|n| (n, is_ambiguous(n))).collect();
        Listed { id, title, names, evidence, kind, year: year.parse().ok(), parties, tier: tier.parse().unwrap_or(3) }
    }
}

/// The tables of names while they grow.
struct Entry<'a> {
    words: &'a words::Words,
    names: Phrases<Vec<Claim>>,
    cores: Phrases<Vec<Core>>,
    lexicon: &'a mut Lexicon,
}

impl Entry<'_> {
    /// Enters all names of a row in all spellings; the nouns at their ends are the answer.
    fn enter(&mut self, row: u32, listed: &Listed) -> u32 {
        let mut nouns = 0;
        for &(name, ambiguous) in &listed.names {
            let capitals = names::is_abbreviation(name);
            let claim = Claim { row, ambiguous, capitals, cased: name.contains(char::is_uppercase) };
            for spelling in Spellings::of(name, self.words) {
                nouns |= self.enter_name(&spelling, claim);
            }
        }
        nouns
    }

    fn enter_name(&mut self, spelling: &str, claim: Claim) -> u32 {
        let Claim { row, ambiguous, capitals, cased } = claim;
        if let Some((core, noun)) = names::core(spelling, self.words) {
            let swaps = if ambiguous { 0 } else { noun.family };
            self.add_core(core, Core { row, ambiguous, cased, nouns: noun.bit, swaps });
            return noun.bit;
        }
        add_claim(self.names.slot(spelling, self.lexicon).get_or_insert_default(), claim);
        // "the Maastricht treaty", "the SALT II agreement"
        if capitals || !spelling.contains(' ') {
            let swaps = self.words.family("treaty");
            self.add_core(spelling, Core { row, ambiguous: false, cased, nouns: 0, swaps });
        }
        0
    }

    fn add_core(&mut self, core: &str, new: Core) {
        let cores = self.cores.slot(core, self.lexicon).get_or_insert_default();
        match cores.iter_mut().find(|c| c.row == new.row && c.ambiguous == new.ambiguous) {
            Some(old) => {
                (old.nouns, old.swaps) = (old.nouns | new.nouns, old.swaps | new.swaps);
                old.cased &= new.cased;
            }
            None => cores.push(new),
        }
    }

    /// Enters names that follow from others, where no row claims them: "Aachen Treaty" from
    /// "Treaty of Aachen", "Canada-EU" from "EU-Canada".
    fn enter_derived(&mut self, row: u32, listed: &Listed) {
        for &(name, ambiguous) in listed.names.iter().filter(|n| !n.1) {
            let Some(derived) = names::derived(name, self.words) else { continue };
            for spelling in Spellings::of(&derived, self.words) {
                let Some((core, noun)) = names::core(&spelling, self.words) else { continue };
                let cores = self.cores.slot(core, self.lexicon).get_or_insert_default();
                if cores.iter().all(|c| (c.nouns | c.swaps) & noun.bit == 0) {
                    cores.push(Core { row, ambiguous, cased: true, nouns: noun.bit, swaps: noun.family });
                }
            }
        }
    }
}

fn add_claim(claims: &mut Vec<Claim>, new: Claim) {
    match claims.iter_mut().find(|c| c.row == new.row) {
        Some(old) => {
            old.ambiguous &= new.ambiguous;
            old.capitals &= new.capitals;
            old.cased &= new.cased;
        }
        None => claims.push(new),
    }
}

/// A word of a name is evidence for its row while it stands in at most this many rows.
const RARE: u16 = 6;

/// The evidence column, and the rare words of the names that need none, for each row with an
/// ambiguous name or a name that it shares with another row.
fn evidence(listed: &[Listed], lexicon: &mut Lexicon) -> Phrases<Vec<u32>> {
    let mut rows_with = vec![0u16; lexicon.len()];
    for row in listed {
        for word in content_words(row, false, lexicon) {
            rows_with[word.0 as usize] += 1;
        }
    }
    let mut evidence = Phrases::opened_by(Classes::TREATY_EVIDENCE);
    for (i, row) in listed.iter().enumerate().filter(|(_, l)| !l.evidence.is_empty() || l.names.iter().any(|n| n.1)) {
        for phrase in tsv::list(row.evidence) {
            add_evidence(evidence.slot(phrase, lexicon), i as u32);
        }
        let ambiguous = content_words(row, true, lexicon);
        for word in content_words(row, false, lexicon) {
            if rows_with[word.0 as usize] <= RARE && !ambiguous.contains(&word) {
                add_evidence(evidence.word_slot(word, lexicon), i as u32);
            }
        }
    }
    evidence
}

fn add_evidence(slot: &mut Option<Vec<u32>>, row: u32) {
    let rows = slot.get_or_insert_default();
    if rows.last() != Some(&row) {
        rows.push(row);
    }
}

/// The words of the ambiguous names of a row, or of its others, each once; without marks, endings,
/// numbers, nouns for agreements and small words. All of them are in the lexicon, as their names are.
fn content_words(row: &Listed, ambiguous: bool, lexicon: &Lexicon) -> Vec<WordId> {
    let small = Classes::TREATY_NOUN | Classes::TREATY_LINK | Classes::TREATY_OPENER | Classes::DETERMINER;
    let mut words: Vec<WordId> = Vec::new();
    for (name, _) in row.names.iter().filter(|n| n.1 == ambiguous) {
        let tokens = tokens(name, lexicon);
        let content = tokens.iter().filter(|t| {
            let word = !matches!(t.shape, Shape::Mark | Shape::Number | Shape::Initial) && t.first.is_alphanumeric();
            word && !t.is(small) && t.word != WordId::UNKNOWN
        });
        words.extend(content.map(|t| t.word));
    }
    words.sort_unstable();
    words.dedup();
    words
}

fn parties(words: &words::Words, lexicon: &mut Lexicon) -> Phrases<&'static str> {
    let mut parties = Phrases::opened_by(Classes::TREATY_PARTY);
    for &(name, code) in &words.parties {
        *parties.slot(name, lexicon) = Some(code);
    }
    parties
}

/// The rows of two parties with what their names say they are about.
fn pairs(listed: &[Listed], words: &words::Words, lexicon: &Lexicon) -> Vec<Pair> {
    let subjects = words.subjects();
    let subject = |word: WordId| subjects.binary_search_by_key(&word, |s| s.0).map_or(0, |i| subjects[i].1);
    let about = |l: &Listed| l.names.iter().flat_map(|n| tokens(n.0, lexicon)).fold(0, |all, t| all | subject(t.word));
    let pair = |(i, l): (usize, &Listed)| {
        let (one, other) = l.parties.split_once('|').filter(|(_, other)| !other.contains('|'))?;
        Some(Pair { parties: (one.min(other), one.max(other)), row: i as u32, subjects: about(l) })
    };
    let mut pairs: Vec<Pair> = listed.iter().enumerate().filter_map(pair).collect();
    pairs.sort_unstable_by_key(|p| (p.parties, p.row));
    pairs
}

fn lures(words: &words::Words, lexicon: &mut Lexicon) -> Phrases<()> {
    let mut lures = Phrases::opened_by(Classes::TREATY_LURE_PHRASE);
    for lure in words.lures() {
        *lures.slot(lure, lexicon) = Some(());
    }
    lures
}

/// What a row must show: a name, or its example, and the id under which it is found.
#[cfg(test)]
pub(crate) struct Proof {
    pub(crate) line: usize,
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) ambiguous: bool,
    pub(crate) evidence: &'static str,
    pub(crate) year: &'static str,
}

#[cfg(test)]
impl Proof {
    /// Every name of every row.
    pub(crate) fn of_all_names() -> impl Iterator<Item = Proof> {
        tsv::rows::<11>(FILE).flat_map(|(line, cells)| {
            let (id, evidence, year) = (cells[0], cells[4], cells[6]);
            let names = Listed::new(cells).names.into_iter();
            names.map(move |(name, ambiguous)| Proof { line, id, name, ambiguous, evidence, year })
        })
    }

    /// The example of every row, as its name.
    pub(crate) fn of_all_examples() -> impl Iterator<Item = Proof> {
        tsv::rows::<11>(FILE).map(|(line, cells)| {
            let (id, evidence, year, name) = (cells[0], cells[4], cells[6], cells[10]);
            Proof { line, id, name, ambiguous: false, evidence, year }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn every_row_of_the_treaties_is_sound_and_no_two_share_an_id() {
        tsv::assert_sound("treaties.tsv", FILE, 11);
        let mut ids: Vec<(&str, usize)> = tsv::rows::<11>(FILE).map(|(line, cells)| (cells[0], line)).collect();
        ids.sort_unstable();
        for pair in ids.windows(2) {
            assert_ne!(pair[0].0, pair[1].0, "data/treaties.tsv:{} and {}", pair[0].1, pair[1].1);
        }
    }

    #[test]
    fn a_name_of_two_treaties_is_left_to_the_text_around_it() {
        let mut names: Vec<(String, usize, bool)> =
            Proof::of_all_names().map(|p| (fold(p.name).into_owned(), p.line, p.ambiguous)).collect();
        names.sort();
        for pair in names.windows(2).filter(|p| p[0].0 == p[1].0 && p[0].1 != p[1].1) {
            let one_is_careful = pair[0].2 || pair[1].2;
            assert!(one_is_careful, "data/treaties.tsv:{} and {}: both claim {:?}", pair[0].1, pair[1].1, pair[0].0);
        }
    }

    #[test]
    fn an_ambiguous_name_is_one_of_its_row_and_has_evidence() {
        for (line, cells) in tsv::rows::<11>(FILE).filter(|(_, c)| !c[3].is_empty()) {
            let listed = Listed::new(cells);
            for name in tsv::list(cells[3]) {
                assert!(
                    listed.names.iter().any(|n| n.0.eq_ignore_ascii_case(name)),
                    "data/treaties.tsv:{line}: {name}"
                );
            }
            assert!(!cells[4].is_empty() || !cells[6].is_empty(), "data/treaties.tsv:{line}: no evidence, no year");
        }
    }
}
