//! What the article names as a whole decides between the meanings of a name, and whether a slight
//! sign counts.

use rustc_hash::FxHashMap;

use super::candidates::{Candidate, Setting, Signs};
use super::met::{MetName, MetNames, Sorts};
use crate::article::CountryMentionKind::*;
use crate::tables::{Also, CountryId, Gazetteer, Meaning, RegionId};

/// Evidence from which a name counts.
const ENOUGH: i32 = 2;

/// Chooses a meaning for every candidate that refers to a country.
pub(super) fn decide(candidates: &mut [Candidate], names: &MetNames, signs: &Signs, gazetteer: &Gazetteer) {
    let seen = Seen::of(candidates, names, signs, gazetteer);
    let mut known = FxHashMap::default();
    for candidate in candidates.iter_mut() {
        let Some(evidence) = candidate.evidence else { continue };
        let meaning = candidate.tied.or_else(|| match names.meanings(candidate.name) {
            [only] => Some(*only),
            [_, _] => seen.choose(candidate),
            _ => *known.entry(Question::of(candidate)).or_insert_with(|| seen.choose(candidate)),
        });
        candidate.chosen = meaning.filter(|m| evidence + seen.strength(candidate, m) >= ENOUGH);
    }
    follow(candidates, names);
}

/// All that tells one candidate from another for [`Seen::choose`]: an article names the same places
/// again and again, and some names have many meanings.
#[derive(PartialEq, Eq, Hash)]
struct Question {
    name: usize,
    is_sure: bool,
    is_shouted: bool,
}

impl Question {
    fn of(candidate: &Candidate) -> Question {
        let &Candidate { name, evidence, setting, .. } = candidate;
        Question { name, is_sure: evidence >= SURE, is_shouted: setting == Setting::Shouted }
    }
}

/// Evidence from which a town is as sure as a country.
const SURE: Option<i32> = Some(5);

/// A name that counts somewhere for good reasons counts elsewhere too, as the same place.
fn follow(candidates: &mut [Candidate], names: &MetNames) {
    // By name: the first that its region ties, or else the first.
    let mut sure: Vec<Option<(bool, Meaning)>> = vec![None; names.len()];
    for candidate in candidates.iter().filter(|c| c.evidence.is_some_and(|e| e >= 4)) {
        let (Some(meaning), known) = (candidate.chosen, &mut sure[candidate.name]) else { continue };
        let is_tied = candidate.tied.is_some();
        if known.is_none_or(|(known_tied, _)| is_tied && !known_tied) && names.name(candidate.name).is_listed {
            *known = Some((is_tied, meaning));
        }
    }
    for candidate in candidates.iter_mut().filter(|c| c.tied.is_none()) {
        let (Some(evidence), Some((_, meaning))) = (candidate.evidence, sure[candidate.name]) else { continue };
        let also = names.name(candidate.name).also;
        // "Bath time is fun": the capital may be that of the sentence.
        let opens = candidate.words.start == candidate.sentence.start && also.is(Also::WORD) && evidence <= 0;
        if evidence >= -2 && !opens && !also.is(Also::BEFORE_HYPHEN) {
            candidate.chosen = Some(meaning);
        }
    }
}

/// What speaks for a country.
#[derive(Clone, Copy, Default)]
struct Weight {
    /// Its name, people, capital.
    national: i32,
    /// Its regions and towns, and words that only its papers use.
    local: i32,
}

/// What the article names without doubt, and how local it is.
struct Seen<'a> {
    names: &'a MetNames,
    /// What speaks for each country.
    countries: Vec<Weight>,
    /// Weight of each region; only looked up in, never walked.
    regions: FxHashMap<RegionId, i32>,
    /// Countries whose small towns English papers name without a word of where they are.
    homes: Vec<CountryId>,
    /// Whether each name somewhere stands as towns do.
    towns: Vec<bool>,
    /// What each name that is listed has added to the weight of its country.
    own: Vec<i32>,
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

impl<'a> Seen<'a> {
    fn of(candidates: &[Candidate], names: &'a MetNames, signs: &Signs, gazetteer: &Gazetteer) -> Seen<'a> {
        let homes = ["US", "GB", "IE", "CA", "AU", "NZ"].iter().filter_map(|code| gazetteer.by_code(code)).collect();
        let mut seen = Seen {
            names,
            countries: vec![Weight::default(); gazetteer.countries()],
            regions: FxHashMap::default(),
            homes,
            towns: vec![false; names.len()],
            own: vec![0; names.len()],
            all_local: 0,
            all_national: 0,
            most_local: 0,
        };
        for candidate in candidates.iter().filter(|c| c.evidence.is_some()) {
            seen.towns[candidate.name] |= candidate.as_town;
            let plain = candidate.tied.map(|meaning| (meaning, 3)).or_else(|| seen.plain_meaning(candidate));
            if let Some((meaning, weight)) = plain {
                seen.add(&meaning, weight);
                seen.own[candidate.name] += if names.name(candidate.name).is_listed { weight } else { 0 };
            }
        }
        for (code, signs) in [("US", signs.american), ("GB", signs.british)] {
            if let Some(country) = gazetteer.by_code(code).filter(|_| signs > 0) {
                seen.add_local(country, signs.min(SIGNS));
            }
        }
        seen
    }

    fn add(&mut self, meaning: &Meaning, weight: i32) {
        match meaning.kind {
            Subdivision | City => self.add_local(meaning.country, weight),
            _ => {
                self.countries[meaning.country.0 as usize].national += weight;
                self.all_national += weight;
            }
        }
        if meaning.region != RegionId::NONE {
            *self.regions.entry(meaning.region).or_default() += weight;
        }
    }

    fn add_local(&mut self, country: CountryId, weight: i32) {
        let local = &mut self.countries[country.0 as usize].local;
        *local += weight;
        self.most_local = self.most_local.max(*local);
        self.all_local += weight;
    }

    fn country(&self, country: CountryId) -> i32 {
        let Weight { national, local } = self.weight(country);
        national + local
    }

    fn weight(&self, country: CountryId) -> Weight {
        self.countries[country.0 as usize]
    }

    fn meanings(&self, candidate: &Candidate) -> &'a [Meaning] {
        self.names.meanings(candidate.name)
    }

    fn name(&self, candidate: &Candidate) -> &'a MetName {
        self.names.name(candidate.name)
    }

    fn region(&self, region: RegionId) -> i32 {
        if region == RegionId::NONE { 0 } else { self.regions.get(&region).copied().unwrap_or_default() }
    }

    /// The likeliest meaning: places with many people, capitals, and those of the countries and
    /// regions that the article names.
    fn choose(&self, candidate: &Candidate) -> Option<Meaning> {
        let meanings = self.meanings(candidate);
        let state = meanings.iter().find(|m| m.is_state());
        if let (Some(country), Some(state)) = (meanings.first().filter(|m| m.is_country()), state) {
            return Some(if self.is_of_region(candidate.name, country, state) { *state } else { *country });
        }
        let company = self.company(candidate);
        let likely = meanings.iter().enumerate();
        let (_, best) = likely.max_by_key(|&(i, m)| (self.likelihood(m, &company), i == 0))?;
        // Washington alone is the capital; whoever means the state says so.
        let capital = meanings.iter().find(|m| m.kind == Capital && m.country == best.country);
        Some(*capital.filter(|_| best.kind == Subdivision).unwrap_or(best))
    }

    /// Whether the article is about the state rather than the country of the same name: it names
    /// more places of the state's country than foreign countries.
    fn is_of_region(&self, name: usize, country: &Meaning, region: &Meaning) -> bool {
        let foreign = self.all_national - self.weight(region.country).national - self.weight(country.country).national;
        let as_town = if self.towns[name] { 4 } else { 0 };
        self.weight(region.country).local + self.region(region.region) + as_town
            > foreign + 3 * (self.country(country.country) - self.own[name])
    }

    /// In tenths of a doubling of the people who live there. What the name itself has added to the
    /// weight of its country is left out.
    fn likelihood(&self, meaning: &Meaning, company: &Company) -> i32 {
        let Weight { national, local } = self.weight(meaning.country);
        let is_place = matches!(meaning.kind, City | Subdivision);
        let mut likelihood = meaning.rank() as i32;
        if is_place && local > 0 {
            likelihood += (60 * local / LOCAL).min(60) * local / company.local;
        }
        let national = national - company.own(meaning);
        if company.national > 0 {
            likelihood += 30 * national.max(0) / company.national;
        }
        if is_place && self.region(meaning.region) > 0 {
            likelihood += 50;
        }
        likelihood + self.estrangement(meaning, company)
    }

    fn company(&self, candidate: &Candidate) -> Company {
        let plain = self.plain_meaning(candidate).filter(|(m, _)| !matches!(m.kind, City | Subdivision));
        let own_weight = self.own[candidate.name];
        let own = plain.map(|(m, _)| (m.country, own_weight));
        let meanings = self.meanings(candidate);
        let country = meanings.iter().find(|m| m.is_country());
        let capital = meanings.iter().find(|m| m.kind == Capital);
        let home: i32 = self.homes.iter().map(|&home| self.weight(home).national).sum();
        let mut company = Company {
            local: self.all_local,
            national: self.all_national,
            foreign: 0,
            own,
            own_weight,
            country: country.is_some(),
            capital: capital.is_some(),
            unsupported: country.or(capital).is_some_and(|m| self.country(m.country) <= own_weight),
            town: self.towns[candidate.name],
        };
        let usual = Meaning::usual(meanings);
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
        let also = self.name(candidate).also;
        let company = self.country(meaning.country) - self.own[candidate.name];
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

    /// The only meaning a reader would think of, and its weight as a sign of its country.
    fn plain_meaning(&self, candidate: &Candidate) -> Option<(Meaning, i32)> {
        let &MetName { also, sorts, .. } = self.name(candidate);
        if also.is(Also::SLIGHT) || also.is(Also::WORD) && candidate.setting == Setting::Shouted {
            return None;
        }
        let meanings = self.meanings(candidate);
        let first = first_of_rank(meanings)?;
        if first.is_country() && sorts.any(Sorts::STATE) {
            return None;
        }
        let lone = meanings.len() == 1;
        match first.kind {
            City if first.size >= 300 && !also.is(Also::PERSON.with(Also::WORD)) => Some((*first, 2)),
            City if candidate.evidence >= SURE => Some((*first, if lone { 2 } else { 1 })),
            City => None,
            Subdivision if also.is(Also::PERSON.with(Also::WORD)) && first.size < 5000 => None,
            _ => Some((*first, 2)),
        }
    }
}

/// The first meaning of the highest rank, unless one in another country comes close.
fn first_of_rank(meanings: &[Meaning]) -> Option<&Meaning> {
    if let [only] = meanings {
        return Some(only);
    }
    let highest = |other: Option<CountryId>| {
        let others = meanings.iter().rev().filter(|m| Some(m.country) != other);
        others.max_by_key(|m| m.rank())
    };
    let first = highest(None)?;
    let second = highest(Some(first.country));
    Some(first).filter(|_| second.is_none_or(|s| s.rank() + 20 <= first.rank()))
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
