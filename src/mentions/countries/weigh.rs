//! What the article names as a whole decides between the meanings of a name, and whether a slight
//! sign counts.

use super::candidates::{Candidate, Setting, UNLISTED};
use crate::article::CountryMentionKind::*;
use crate::tables::{Also, CountryId, Meaning, RegionId};

/// Evidence from which a name counts.
const ENOUGH: i32 = 2;

/// Chooses a meaning for every candidate that refers to a country.
pub(super) fn decide(candidates: &mut [Candidate]) {
    let seen = Seen::of(candidates);
    for candidate in candidates.iter_mut() {
        let Some(evidence) = candidate.evidence else { continue };
        let meaning = candidate.tied.or_else(|| seen.choose(candidate));
        candidate.chosen = meaning.filter(|m| evidence + seen.strength(candidate, m) >= ENOUGH);
    }
    follow(candidates);
}

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
        if key == candidate.key && evidence >= -2 && !candidate.also.is(Also::BEFORE_HYPHEN) {
            candidate.chosen = Some(meaning);
        }
    }
}

/// What the article names without doubt.
#[derive(Default)]
struct Seen {
    countries: Vec<(CountryId, i32)>,
    regions: Vec<(RegionId, i32)>,
    total: i32,
}

impl Seen {
    fn of(candidates: &[Candidate]) -> Seen {
        let mut seen = Seen::default();
        for candidate in candidates.iter().filter(|c| c.evidence.is_some()) {
            if let Some(meaning) = candidate.tied {
                seen.add(&meaning, 3);
            } else if let [meaning] = candidate.meanings[..]
                && !candidate.also.is(Also::SLIGHT)
                && !(candidate.also.is(Also::WORD) && candidate.setting == Setting::Shouted)
                && (meaning.kind != City
                    || meaning.size >= 300 && candidate.also == Also::NONE
                    || candidate.evidence >= Some(5))
            {
                seen.add(&meaning, 2);
            }
        }
        seen
    }

    fn add(&mut self, meaning: &Meaning, weight: i32) {
        bump(&mut self.countries, meaning.country, weight);
        self.total += weight;
        if meaning.region != RegionId::NONE {
            bump(&mut self.regions, meaning.region, weight);
        }
    }

    fn country(&self, country: CountryId) -> i32 {
        self.countries.iter().find(|c| c.0 == country).map_or(0, |c| c.1)
    }

    fn region(&self, region: RegionId) -> i32 {
        if region == RegionId::NONE { 0 } else { self.regions.iter().find(|r| r.0 == region).map_or(0, |r| r.1) }
    }

    /// The likeliest meaning: places with many people, capitals, and those of the countries and
    /// regions that the article names.
    fn choose(&self, candidate: &Candidate) -> Option<Meaning> {
        let first = |m: &Meaning| candidate.meanings.first() == Some(m);
        candidate.meanings.iter().copied().max_by_key(|m| (self.likelihood(m), first(m)))
    }

    fn likelihood(&self, meaning: &Meaning) -> i32 {
        let share = if self.total == 0 { 0 } else { 60 * self.country(meaning.country) / self.total };
        let region = if self.region(meaning.region) > 0 { 50 } else { 0 };
        meaning.rank() as i32 + share + region
    }

    /// How far the name stands for this meaning without a word beside it.
    fn strength(&self, candidate: &Candidate, meaning: &Meaning) -> i32 {
        let also = candidate.also;
        let company = self.country(meaning.country) - own_weight(candidate, meaning);
        if also.is(Also::SLIGHT) && company <= 0 {
            return -20;
        }
        if also.is(Also::WORD) && candidate.setting == Setting::Shouted && company <= 0 {
            return -4;
        }
        let base = match meaning.kind {
            Name | Abbreviation | Demonym | Metonym => return 6,
            Subdivision if meaning.size >= 2000 => 4,
            Subdivision => 2,
            Capital => 3 + of_size(meaning.size).max(0),
            City => of_size(meaning.size) + i32::from(candidate.words.len() > 1) * 2,
        };
        let doubt = if also.is(Also::PERSON.with(Also::WORD)) && meaning.kind != Subdivision { 3 } else { 0 };
        let support = i32::from(company > 0) + i32::from(self.region(meaning.region) > 0);
        base - doubt + support
    }
}

/// What this candidate itself has added to what is seen of its country.
fn own_weight(candidate: &Candidate, meaning: &Meaning) -> i32 {
    match candidate.meanings[..] {
        [only] if only.country == meaning.country && !candidate.also.is(Also::SLIGHT) && only.kind != City => 2,
        _ => 0,
    }
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

fn bump<K: PartialEq>(counts: &mut Vec<(K, i32)>, key: K, weight: i32) {
    match counts.iter_mut().find(|c| c.0 == key) {
        Some(count) => count.1 += weight,
        None => counts.push((key, weight)),
    }
}
