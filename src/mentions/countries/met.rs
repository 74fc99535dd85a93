//! The names met in a text, each once, with what it may stand for.

use std::ops::Range;

use crate::article::CountryMentionKind;
use crate::tables::{Also, Gazetteer, Meaning, Sighting};

/// The names of a text by their numbers, in the order in which they are met.
pub(super) struct MetNames {
    names: Vec<MetName>,
    // What all of them may stand for, one behind the other.
    meanings: Vec<Meaning>,
}

/// A name that may stand for places.
#[derive(Clone, Debug)]
pub(super) struct MetName {
    meanings: Range<usize>,
    /// What those are.
    pub(super) sorts: Sorts,
    /// What else it may be.
    pub(super) also: Also,
    /// Whether a table lists it. Counties and places that none lists are never compared.
    pub(super) is_listed: bool,
}

impl MetNames {
    /// No names yet, with room for so many.
    pub(super) fn with_room_for(names: usize) -> MetNames {
        // Few towns have namesakes.
        MetNames { names: Vec::with_capacity(names), meanings: Vec::with_capacity(2 * names) }
    }

    /// Enters a name of the gazetteer; its number is the answer.
    pub(super) fn read(&mut self, gazetteer: &Gazetteer, sighting: &Sighting) -> usize {
        let start = self.meanings.len();
        let also = gazetteer.read(sighting, &mut self.meanings);
        self.enter(start, also, true)
    }

    /// Enters a name that no table lists, with what it may stand for; its number is the answer.
    pub(super) fn enter_unlisted(&mut self, meanings: impl IntoIterator<Item = Meaning>) -> usize {
        let start = self.meanings.len();
        self.meanings.extend(meanings);
        self.enter(start, Also::NONE, false)
    }

    fn enter(&mut self, start: usize, also: Also, is_listed: bool) -> usize {
        let meanings = start..self.meanings.len();
        let sorts = self.meanings[start..].iter().fold(Sorts::NONE, |all, meaning| all.with(Sorts::of(meaning)));
        self.names.push(MetName { meanings, sorts, also, is_listed });
        self.names.len() - 1
    }

    /// How many they are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The name of this number.
    pub(super) fn name(&self, number: usize) -> &MetName {
        &self.names[number]
    }

    /// What the name of this number may stand for.
    pub(super) fn meanings(&self, number: usize) -> &[Meaning] {
        &self.meanings[self.names[number].meanings.clone()]
    }
}

impl MetName {
    /// Whether it may be that of a country, of its people, or an abbreviation.
    pub(super) fn is_country(&self) -> bool {
        self.sorts.any(Sorts::COUNTRY)
    }

    /// Whether it is no more than that of a town.
    pub(super) fn is_town(&self) -> bool {
        self.sorts.only(Sorts::TOWN)
    }
}

/// What a name may stand for, as a set of bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Sorts(u16);

impl Sorts {
    /// Nothing.
    const NONE: Sorts = Sorts(0);
    /// An abbreviation of a country.
    pub(super) const ABBREVIATION: Sorts = Sorts::kind(CountryMentionKind::Abbreviation);
    /// A capital.
    pub(super) const CAPITAL: Sorts = Sorts::kind(CountryMentionKind::Capital);
    /// A city that is no capital.
    pub(super) const CITY: Sorts = Sorts::kind(CountryMentionKind::City);
    /// A region.
    pub(super) const REGION: Sorts = Sorts::kind(CountryMentionKind::Subdivision);
    /// A country by name, abbreviation or demonym.
    pub(super) const COUNTRY: Sorts =
        Sorts::ABBREVIATION.with(Sorts::kind(CountryMentionKind::Name)).with(Sorts::kind(CountryMentionKind::Demonym));
    /// A town, capital or not.
    pub(super) const TOWN: Sorts = Sorts::CITY.with(Sorts::CAPITAL);
    /// A place in a country.
    pub(super) const PLACE: Sorts = Sorts::TOWN.with(Sorts::REGION).with(Sorts::kind(CountryMentionKind::Metonym));
    /// A region that every reader knows.
    pub(super) const STATE: Sorts = Sorts(1 << 14);
    /// A place of a hundred thousand people, or of that rank.
    pub(super) const LARGE: Sorts = Sorts(1 << 15);
    // The bits that tell kinds.
    const KINDS: u16 = Sorts::COUNTRY.with(Sorts::PLACE).0;

    const fn kind(kind: CountryMentionKind) -> Sorts {
        Sorts(1 << kind as u16)
    }

    fn of(meaning: &Meaning) -> Sorts {
        let state = if meaning.is_state() { Sorts::STATE } else { Sorts::NONE };
        let large = if meaning.size >= 100 { Sorts::LARGE } else { Sorts::NONE };
        Sorts::kind(meaning.kind).with(state).with(large)
    }

    /// Both together.
    pub(super) const fn with(self, other: Sorts) -> Sorts {
        Sorts(self.0 | other.0)
    }

    /// Whether it may stand for at least one of `other`.
    pub(super) fn any(self, other: Sorts) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it stands for nothing but `kinds`.
    pub(super) fn only(self, kinds: Sorts) -> bool {
        self.0 & Sorts::KINDS & !kinds.0 == 0
    }
}
