//! What the article names as a whole decides between the meanings of a name, and whether a slight
//! sign counts.

use rustc_hash::FxHashMap;

use super::candidates::{Candidate, Setting, UNLISTED};
use crate::article::CountryMentionKind::*;
use crate::reading::Reading;
use crate::tables::{Also, CountryId, Gazetteer, Meaning, RegionId};
use crate::text::Classes;

/// Evidence from which a name counts.
const ENOUGH: i32 = 2;

/// Chooses a meaning for every candidate that refers to a country.
pub(super) fn decide(reading: &Reading, candidates: &mut [Candidate], gazetteer: &Gazetteer) {
    let seen = Seen::of(reading, candidates, gazetteer);
    let mut known = FxHashMap::default();
    for candidate in candidates.iter_mut() {
        let Some(evidence) = candidate.evidence else { continue };
        let meaning = candidate.tied.or_else(|| match Question::of(candidate) {
            Some(question) => *known.entry(question).or_insert_with(|| seen.choose(candidate)),
            None => seen.choose(candidate),
        });
        candidate.chosen = meaning.filter(|m| evidence + seen.strength(candidate, m) >= ENOUGH);
    }
    follow(candidates);
}

/// All that tells one candidate from another for [`Seen::choose`]: an article names the same places
/// again and again, and some names have many meanings.
#[derive(PartialEq, Eq, Hash)]
struct Question {
    key: u64,
    is_sure: bool,
    is_shouted: bool,
}

impl Question {
    /// Nothing where the answer is quickly found, or where the key does not tell the name.
    fn of(candidate: &Candidate) -> Option<Question> {
        let &Candidate { key, evidence, setting, .. } = candidate;
        let hard = key != UNLISTED && candidate.meanings.len() > 2;
        hard.then_some(Question { key, is_sure: evidence >= SURE, is_shouted: setting == Setting::Shouted })
    }
}

/// Evidence from which a town is as sure as a country.
const SURE: Option<i32> = Some(5);

/// A name that counts somewhere for good reasons counts elsewhere too, as the same place.
fn follow(candidates: &mut [Candidate]) {
    let mut sure: Vec<(u64, bool, Meaning)> = candidates
        .iter()
        .filter(|c| c.key != UNLISTED && c.evidence.is_some_and(|e| e >= 4))
        .filter_map(|c| Some((c.key, c.tied.is_none(), c.chosen?)))
        .collect();
    sure.sort_by_key(|s| (s.0, s.1));
    for candidate in candidates.iter_mut().filter(|c| c.tied.is_none()) {
        let Some(evidence) = candidate.evidence else { continue };
        let i = sure.partition_point(|s| s.0 < candidate.key);
        let Some(&(key, _, meaning)) = sure.get(i) else { continue };
        // "Bath time is fun": the capital may be that of the sentence.
        let opens = candidate.words.start == candidate.sentence.start && candidate.also.is(Also::WORD) && evidence <= 0;
        if key == candidate.key && evidence >= -2 && !opens && !candidate.also.is(Also::BEFORE_HYPHEN) {
            candidate.chosen = Some(meaning);
        }
    }
}

/// What the article names without doubt, and how local it is.
#[derive(Default)]
struct Seen {
    /// Weight of a country's name, people, capital.
    national: Vec<i32>,
    /// Weight of its regions and towns, and of words that only its papers use.
    local: Vec<i32>,
    /// Weight of each region; only looked up in, never walked.
    regions: FxHashMap<RegionId, i32>,
    /// Countries whose small towns English papers name without a word of where they are.
    homes: Vec<CountryId>,
    /// Names that somewhere stand as towns do, sorted.
    towns: Vec<u64>,
    /// What each name has added to the weight of its country, sorted.
    own: Vec<(u64, i32)>,
    /// The sums of the weights, and the greatest local one.
    all_local: i32,
    all_national: i32,
    most_local: i32,
}

/// The weight of what an article names beside a name.
struct Company {
    /// Of regions and towns.
    local: i32,
    /// Of countries, their people and capitals.
    national: i32,
    /// The same without the countries of the English press.
    foreign: i32,
    /// The country whose weight the name itself has added to, and by how much.
    own: Option<(CountryId, i32)>,
    /// What the name itself has added to the weight of whichever country.
    own_weight: i32,
    /// Whether the name may be that of a country, and that of a capital.
    country: bool,
    capital: bool,
    /// Whether nothing else speaks for that country.
    unsupported: bool,
    /// Whether the name stands somewhere as towns do.
    town: bool,
}

impl Company {
    /// What the name itself has added to the weight of the country of `meaning`.
    fn own(&self, meaning: &Meaning) -> i32 {
        self.own.map_or(0, |(country, weight)| if country == meaning.country { weight } else { 0 })
    }
}

/// Most that the words of one country's papers may weigh.
const SIGNS: i32 = 6;
/// Local weight from which an article is of one place.
const LOCAL: i32 = 5;

impl Seen {
    fn of(reading: &Reading, candidates: &[Candidate], gazetteer: &Gazetteer) -> Seen {
        let homes = ["US", "GB", "IE", "CA", "AU", "NZ"].iter().filter_map(|code| gazetteer.by_code(code)).collect();
        // There are fewer countries.
        let (national, local) = (Vec::with_capacity(256), Vec::with_capacity(256));
        let mut seen = Seen { homes, national, local, ..Seen::default() };
        for candidate in candidates.iter().filter(|c| c.evidence.is_some()) {
            if candidate.as_town {
                seen.towns.push(candidate.key);
            }
            let plain = candidate.tied.map(|meaning| (meaning, 3)).or_else(|| plain_meaning(candidate));
            if let Some((meaning, weight)) = plain {
                seen.add(&meaning, weight);
                seen.own.push((candidate.key, weight));
            }
        }
        let (mut american, mut british) = (0, 0);
        for token in reading.tokens.iter().filter(|t| t.is(Classes::US_SIGN | Classes::GB_SIGN)) {
            american += i32::from(token.is(Classes::US_SIGN));
            british += i32::from(token.is(Classes::GB_SIGN));
        }
        for (code, signs) in [("US", american), ("GB", british)] {
            if let Some(country) = gazetteer.by_code(code).filter(|_| signs > 0) {
                bump(&mut seen.local, country.0, signs.min(SIGNS));
            }
        }
        seen.towns.sort_unstable();
        seen.own.sort_unstable();
        seen.own.dedup_by(|later, first| {
            let same = later.0 == first.0;
            first.1 += if same { later.1 } else { 0 };
            same
        });
        seen.all_local = seen.local.iter().sum();
        seen.all_national = seen.national.iter().sum();
        seen.most_local = seen.local.iter().copied().max().unwrap_or_default();
        seen
    }

    fn add(&mut self, meaning: &Meaning, weight: i32) {
        match meaning.kind {
            Subdivision | City => bump(&mut self.local, meaning.country.0, weight),
            _ => bump(&mut self.national, meaning.country.0, weight),
        }
        if meaning.region != RegionId::NONE {
            *self.regions.entry(meaning.region).or_default() += weight;
        }
    }

    fn country(&self, country: CountryId) -> i32 {
        weight(&self.national, country.0) + weight(&self.local, country.0)
    }

    fn own_weight(&self, key: u64) -> i32 {
        let i = self.own.binary_search_by_key(&key, |o| o.0).ok().filter(|_| key != UNLISTED);
        i.map_or(0, |i| self.own[i].1)
    }

    fn region(&self, region: RegionId) -> i32 {
        if region == RegionId::NONE { 0 } else { self.regions.get(&region).copied().unwrap_or_default() }
    }

    /// The likeliest meaning: places with many people, capitals, and those of the countries and
    /// regions that the article names.
    fn choose(&self, candidate: &Candidate) -> Option<Meaning> {
        let state = candidate.meanings.iter().find(|m| m.kind == Subdivision && m.size >= 5000);
        if let (Some(country), Some(state)) = (candidate.meanings.first().filter(|m| m.is_country()), state) {
            return Some(if self.is_of_region(candidate.key, country, state) { *state } else { *country });
        }
        if let [only] = candidate.meanings[..] {
            return Some(only);
        }
        let company = self.company(candidate);
        let likely = candidate.meanings.iter().enumerate();
        let (_, best) = likely.max_by_key(|&(i, m)| (self.likelihood(m, &company), i == 0))?;
        // Washington alone is the capital; whoever means the state says so.
        let capital = candidate.meanings.iter().find(|m| m.kind == Capital && m.country == best.country);
        Some(*capital.filter(|_| best.kind == Subdivision).unwrap_or(best))
    }

    /// Whether the article is about the state rather than the country of the same name: it names
    /// more places of the state's country than foreign countries.
    fn is_of_region(&self, key: u64, country: &Meaning, region: &Meaning) -> bool {
        let foreign =
            self.all_national - weight(&self.national, region.country.0) - weight(&self.national, country.country.0);
        let as_town = if self.towns.binary_search(&key).is_ok() { 4 } else { 0 };
        weight(&self.local, region.country.0) + self.region(region.region) + as_town
            > foreign + 3 * (self.country(country.country) - self.own_weight(key))
    }

    /// In tenths of a doubling of the people who live there. What the name itself has added to the
    /// weight of its country is left out.
    fn likelihood(&self, meaning: &Meaning, company: &Company) -> i32 {
        let local = weight(&self.local, meaning.country.0);
        let is_place = matches!(meaning.kind, City | Subdivision);
        let mut likelihood = meaning.rank() as i32;
        if is_place && local > 0 {
            likelihood += (60 * local / LOCAL).min(60) * local / company.local;
        }
        let national = weight(&self.national, meaning.country.0) - company.own(meaning);
        if company.national > 0 {
            likelihood += 30 * national.max(0) / company.national;
        }
        if is_place && self.region(meaning.region) > 0 {
            likelihood += 50;
        }
        likelihood + self.estrangement(meaning, company)
    }

    fn company(&self, candidate: &Candidate) -> Company {
        let plain = plain_meaning(candidate).filter(|(m, _)| !matches!(m.kind, City | Subdivision));
        let own_weight = self.own_weight(candidate.key);
        let own = plain.map(|(m, _)| (m.country, own_weight));
        let country = candidate.meanings.iter().find(|m| m.is_country());
        let capital = candidate.meanings.iter().find(|m| m.kind == Capital);
        let home: i32 = self.homes.iter().map(|h| weight(&self.national, h.0)).sum();
        let mut company = Company {
            local: self.all_local,
            national: self.all_national,
            foreign: 0,
            own,
            own_weight,
            country: country.is_some(),
            capital: capital.is_some(),
            unsupported: country.or(capital).is_some_and(|m| self.country(m.country) <= own_weight),
            town: self.towns.binary_search(&candidate.key).is_ok(),
        };
        let usual = candidate.meanings.iter().max_by_key(|m| m.rank());
        company.national -= usual.map_or(0, |m| company.own(m));
        company.foreign = company.national - home;
        company
    }

    /// A far country or city is unlikely in an article that names places of one country only, and
    /// the name of a country or capital is hardly a small town's unless it stands once as towns
    /// do, nothing else speaks for that country, and the article is no foreign news.
    fn estrangement(&self, meaning: &Meaning, company: &Company) -> i32 {
        let &Company { country, capital, unsupported, town, .. } = company;
        let others = self.country(meaning.country) - company.own_weight;
        let far = others <= 0 && self.most_local >= LOCAL && 10 * self.most_local >= 8 * company.local;
        let home = town && meaning.kind == City && company.national <= 0 && self.homes.contains(&meaning.country);
        let as_town = match meaning.kind {
            City if country && town && unsupported && company.foreign <= 0 => 130,
            City if country && town && unsupported => 60,
            City if country => -40,
            City if capital && town && unsupported && company.foreign <= 0 => 60,
            _ => 0,
        };
        as_town + if far { -60 } else { 0 } + if home { 50 } else { 0 }
    }

    /// How far the name stands for this meaning without a word beside it.
    fn strength(&self, candidate: &Candidate, meaning: &Meaning) -> i32 {
        let also = candidate.also;
        let company = self.country(meaning.country) - self.own_weight(candidate.key);
        if also.is(Also::SLIGHT) && company <= 0 {
            return -20;
        }
        if also.is(Also::WORD)
            && !also.is(Also::LANGUAGE)
            && candidate.setting == Setting::Shouted
            && company <= 0
            && candidate.evidence < Some(4)
        {
            return -4;
        }
        let base = match meaning.kind {
            Name | Abbreviation | Demonym | Metonym => return 6,
            Subdivision if meaning.size >= 5000 => return 5,
            Subdivision => 2,
            Capital => 3 + of_size(meaning.size).max(0),
            City => of_size(meaning.size) + i32::from(candidate.words.len() > 1) * 2,
        };
        let doubt = match meaning.size {
            _ if !also.is(Also::PERSON.with(Also::WORD)) => 0,
            300.. if !also.is(Also::WORD) => 1,
            100.. => 2,
            _ => 3,
        };
        let support = i32::from(company > 0) + i32::from(self.region(meaning.region) > 0);
        base - doubt + support
    }
}

/// The only meaning a reader would think of, and its weight as a sign of its country.
fn plain_meaning(candidate: &Candidate) -> Option<(Meaning, i32)> {
    let also = candidate.also;
    let slight = also.is(Also::SLIGHT) || also.is(Also::WORD) && candidate.setting == Setting::Shouted;
    // The first of the highest rank, and the highest of another country.
    let highest = |other: Option<CountryId>| {
        let others = candidate.meanings.iter().rev().filter(|m| Some(m.country) != other);
        others.max_by_key(|m| m.rank())
    };
    let first = highest(None)?;
    let second = highest(Some(first.country));
    if slight || second.is_some_and(|s| s.rank() + 20 > first.rank()) {
        return None;
    }
    let state = first.is_country() && candidate.meanings.iter().any(|m| m.kind == Subdivision && m.size >= 5000);
    if state {
        return None;
    }
    let lone = candidate.meanings.len() == 1;
    match first.kind {
        City if first.size >= 300 && !also.is(Also::PERSON.with(Also::WORD)) => Some((*first, 2)),
        City if candidate.evidence >= SURE => Some((*first, if lone { 2 } else { 1 })),
        City => None,
        Subdivision if also.is(Also::PERSON.with(Also::WORD)) && first.size < 5000 => None,
        _ => Some((*first, 2)),
    }
}

fn weight(weights: &[i32], number: u16) -> i32 {
    weights.get(number as usize).copied().unwrap_or_default()
}

fn of_size(thousands: u32) -> i32 {
    match thousands {
        1000.. => 3,
        300.. => 2,
        100.. => 1,
        30.. => 0,
        5.. => -1,
        _ => -2,
    }
}

fn bump(weights: &mut Vec<i32>, number: u16, weight: i32) {
    let number = number as usize;
    if weights.len() <= number {
        weights.resize(number + 1, 0);
    }
    weights[number] += weight;
}
