//! What the tables say of a single word, as a set of bits carried by every token.

use std::ops::{BitOr, BitOrAssign};

/// The classes a word belongs to; a word may belong to many ("May" is a month, an auxiliary and
/// a given name).
// Two numbers and not one of 128 bits, for whose alignment every token would be larger by a fifth.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Classes(u64, u64);

/// Names the bits in order and keeps them apart.
macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $tag:literal;)*) => {
        impl Classes {
            $($(#[$doc])* pub(crate) const $name: Classes = Classes::of_bit($bit);)*

            /// The class that a table names by this tag (`data/words.tsv`, second column).
            pub(crate) fn by_tag(tag: &str) -> Option<Classes> {
                match tag {
                    $($tag => Some(Classes::$name),)*
                    _ => None,
                }
            }
        }

        /// Every bit, to check that no two classes share one.
        #[cfg(test)]
        const ALL: &[(u32, &str)] = &[$(($bit, $tag)),*];
    };
}

classes! {
    /// Shortened word whose full stop ends no sentence: Mr, Gen, Inc.
    ABBREVIATION = 0, "abbreviation";
    /// Abbreviation that is followed by a name, so that its full stop never ends a sentence: Mr, Gen.
    TITLE_ABBREVIATION = 1, "title-abbreviation";
    /// Month, in full or shortened.
    MONTH = 2, "month";
    /// Day of the week.
    WEEKDAY = 3, "weekday";
    /// he, him, his, himself
    PRONOUN_HE = 4, "pronoun-he";
    /// she, her, hers, herself
    PRONOUN_SHE = 5, "pronoun-she";
    /// they, them, their
    PRONOUN_THEY = 6, "pronoun-they";
    /// it, its, itself
    PRONOUN_IT = 7, "pronoun-it";
    /// I, we, you and their forms
    PRONOUN_SPEECH = 8, "pronoun-speech";
    /// who, which, that, whose, whom
    RELATIVE = 9, "relative";
    /// the, a, an, this, that, these, those, some, every
    DETERMINER = 10, "determiner";
    /// of, in, on, at, by, with
    PREPOSITION = 11, "preposition";
    /// and, or, but, nor, yet, so
    CONJUNCTION = 12, "conjunction";
    /// because, although, if, when, while, as
    SUBORDINATOR = 13, "subordinator";
    /// is, was, has, had, will, would, can
    AUXILIARY = 14, "auxiliary";
    /// not, never, no
    NEGATION = 15, "negation";
    /// A form of a verb or noun of saying; `tables.cues` knows which.
    CUE = 16, "cue";
    /// Title or rank that stands before a name: President, Judge, Col.
    TITLE = 17, "title";
    /// Word for a person by role or trade: spokesman, minister, farmer.
    ROLE = 18, "role";
    /// Given name mostly of men.
    GIVEN_HE = 19, "given-he";
    /// Given name mostly of women.
    GIVEN_SHE = 20, "given-she";
    /// Family name.
    FAMILY = 21, "family";
    /// Word that makes a name the name of a body: Ministry, Bank, University.
    BODY = 22, "body";
    /// Particle inside a name: van, de, al, bin.
    PARTICLE = 23, "particle";
    /// Ordinary word that may open a sentence with a capital and is then no name: However, Meanwhile.
    ORDINARY = 24, "ordinary";
    /// Opens a byline: By, Von, Par.
    BYLINE_OPENER = 30, "byline-opener";
    /// Word for the trade or house of a writer, as it stands beside the name in a byline.
    BYLINE_ROLE = 31, "byline-role";
    /// Small word inside the name of a place: Rio de Janeiro, Frankfurt am Main.
    PLACE_PARTICLE = 32, "place-particle";
    /// Month as datelines print it, in any of their languages.
    DATELINE_MONTH = 33, "dateline-month";
    /// Stands before "by" in a byline: exclusive, story, photos.
    BYLINE_LEAD = 34, "byline-lead";
    /// Word of a date or a time on a news page: am, ago, GMT.
    TIME_WORD = 35, "time-word";
    /// Word that stands beside the time in the stamp of a page: updated, first, published.
    STAMP_WORD = 36, "stamp-word";
    /// Begins a line that is furniture as a whole; the words that begin phrases have classes of their
    /// own (see `Phrases`).
    FURNITURE_WHOLE = 25, "furniture-whole";
    /// Begins a phrase that furniture begins with.
    FURNITURE_BEGIN = 26, "furniture-begin";
    /// Begins a phrase that furniture ends with.
    FURNITURE_END = 27, "furniture-end";
    /// Begins a phrase that furniture holds.
    FURNITURE_INSIDE = 28, "furniture-inside";
    /// Begins a slug, a section label or an end mark.
    LABEL = 38, "label";
    /// Begins the name of an agency.
    AGENCY = 39, "agency";
    /// Begins the name of a region as datelines print it.
    REGION = 29, "region";
    /// Given name that is a place more often: Jordan, Paris, Austin.
    GIVEN_PLACE = 40, "given-place";
    /// Title that stays with a name of one word: Pope Francis, Lord Wraxall.
    TITLE_KEPT = 41, "title-kept";
    /// Word for several people: officials, ministers.
    ROLE_PLURAL = 42, "role-plural";
    /// Title or role that shows a man: Mr, spokesman, husband.
    HE_WORD = 43, "he-word";
    /// Title or role that shows a woman: Mrs, spokeswoman, wife.
    SHE_WORD = 44, "she-word";
    /// Word that makes a name the name of a body of a state: Ministry, Embassy, Police.
    BODY_STATE = 45, "body-state";
    /// Word that makes a body of a name only when capitalised with it: Times, Post, Motors.
    BODY_NAME = 46, "body-name";
    /// Word that closes the name of a company: Inc, Ltd, GmbH.
    BODY_LAST = 47, "body-last";
    /// What follows a family name and belongs to it: Jr, III.
    POSTNOMINAL = 48, "postnominal";
    /// Word that makes a capitalised name the name of a place, a time, a work or a law: River, Street, Act.
    PLACE_WORD = 49, "place-word";
    /// Word before a role that belongs to it: former, deputy, foreign.
    ROLE_MODIFIER = 50, "role-modifier";
    /// Adjective or noun of a part of the world that is no country: European, Arab.
    NATIONALITY = 51, "nationality";
    /// Family name that stands before the given name: Xi, Kim, Nguyen.
    FAMILY_FIRST = 52, "family-first";
    /// Title that tells no role: Mr, Sir.
    COURTESY = 53, "courtesy";
    /// Ordinary word that opens many names: New, United, Northern.
    NAME_OPENER = 54, "name-opener";
    /// Begins the name of a body known by its name.
    KNOWN_BODY = 55, "known-body";
    /// Word for one of a family: wife, son, mum.
    KIN = 125, "kin";
    /// Word for somebody's husband or wife, who may have another family name.
    SPOUSE = 37, "spouse";
    /// A thing that bears words nobody speaks: sign, banner, label.
    SIGN = 56, "sign";
    /// Behind "people" or "source" it tells which ones: familiar, close, briefed.
    TELLING_WHICH = 57, "telling-which";
    /// Noun for a company or a paper: firm, bank, newspaper.
    COMPANY = 58, "company";
    /// Noun that any body may be called by: agency, organisation.
    ANY_BODY = 59, "any-body";
    /// A noun of saying: statement, call; `tables.cues` knows its sort.
    CUE_NOUN = 60, "cue-noun";
    /// First word of a phrase that names a source: according (to).
    SOURCE_PHRASE = 61, "source-phrase";
    /// Common form of a verb that is no cue: went, takes.
    VERB = 62, "verb";
    /// Adverb that does not end in -ly: also, later.
    ADVERB = 63, "adverb";
    /// Word that tells when: week, yesterday.
    TIME = 64, "time";
    /// Pronoun that may be a subject: he, they, nobody, others.
    SUBJECT = 65, "subject";
    /// Pronoun that may be an object: him, them.
    OBJECT_PRONOUN = 66, "object-pronoun";
    /// his, her, its, their
    POSSESSIVE = 67, "possessive";
    /// Word that is written with an apostrophe for what it lost: 'em, 'til.
    CLIPPED = 68, "clipped";
    /// Form of "be".
    BE = 69, "be";
    /// Form of "have".
    HAVE = 70, "have";
    /// Word that gives a name to something: dubbed, titled.
    NAMING = 71, "naming";
    /// Word for a work that has a title: song, novel.
    WORK = 72, "work";
    /// Word in -ly that is no adverb: family, ally.
    NOT_ADVERB = 73, "not-adverb";
    /// Word in -ed that is no verb: hundred.
    NOT_PAST = 74, "not-past";
    /// will, would, could
    MODAL = 75, "modal";
    /// Relative pronoun that stands for a person as subject: who.
    SUBJECT_RELATIVE = 127, "subject-relative";
    /// Preposition that may tell which one is meant: from, in, with.
    WITHIN = 126, "within";
    /// Preposition that may open a quantity: about, over.
    APPROXIMATE = 122, "approximate";
    /// Subordinator that opens a clause of its own beside what is said: while, although.
    CONCESSIVE = 124, "concessive";
    /// Word behind which an infinitive tells what is done: continued, seemed, on.
    CARRYING_ON = 123, "carrying-on";
    /// Preposition that ties a noun to the one before it: of, for.
    OF = 76, "of";
    /// a, an, the
    ARTICLE = 77, "article";
    /// himself, itself, themselves
    REFLEXIVE = 79, "reflexive";
    /// Noun that is plural without an -s: people, police.
    PLURAL = 78, "plural";
    /// Word that makes the name before it the name of a river, a street, a building: River, Street.
    FEATURE = 80, "feature";
    /// Word that makes the name before it the name of a company, paper, party, club, university.
    VENTURE = 81, "venture";
    /// Word for a body or officer of a state: Ministry, Army, Court.
    STATE_BODY = 82, "state-body";
    /// Word that makes the name behind it the name of something else: Lake, Bank, Duke.
    PLACE_MAKER = 83, "place-maker";
    /// Preposition or the like that places stand behind: in, near, outside.
    LOCATIVE = 84, "locative";
    /// Noun that names of towns stand before: police, residents, mayor.
    PLACE_NOUN = 85, "place-noun";
    /// The same with a capital: City, Council, Township.
    PLACE_NOUN_CAPITAL = 86, "place-noun-capital";
    /// northern, upper, downtown
    COMPASS = 87, "compass";
    /// Word beside which an adjective of a country is a language: spoke, translated.
    SPEECH = 88, "speech";
    /// County, Parish, Township
    COUNTY = 89, "county";
    /// Preposition that opens the title of a treaty behind its noun: Treaty ON the Law of Wells.
    TREATY_OPENER = 90, "treaty-opener";
    /// Small word that may stand inside the title of a treaty.
    TREATY_LINK = 91, "treaty-link";
    /// What a treaty is about, between its name and its noun: the Paris CLIMATE accord.
    TREATY_SUBJECT = 92, "treaty-subject";
    /// What is done with treaties: ratify, accede, under.
    TREATY_ANCHOR = 93, "treaty-anchor";
    /// Word that makes an agreement something else: WAGE accord, Democratic NATIONAL Convention.
    TREATY_LURE = 94, "treaty-lure";
    /// Word behind the noun that does the same: convention CENTRE.
    TREATY_LURE_AFTER = 95, "treaty-lure-after";
    /// Word that says that no treaty named before is meant: a NEW treaty.
    TREATY_FRESH = 96, "treaty-fresh";
    /// Word that may open a back reference: THE treaty.
    TREATY_DEFINITE = 97, "treaty-definite";
    /// Word that counts treaties of one name: the THIRD Geneva Convention.
    TREATY_ORDINAL = 98, "treaty-ordinal";
    /// Word for an agreement; `tables.treaties` knows which.
    TREATY_NOUN = 99, "treaty-noun";
    /// Title before a person's name: Mr, Judge, Sgt.
    PERSON_TITLE = 100, "person-title";
    /// Noun before "of" and a town: city, streets, mayor.
    SETTLEMENT = 101, "settlement";
    /// Noun behind a language: speakers, translation.
    LANGUAGE_NOUN = 102, "language-noun";
    /// Name of a country or of its capital in one word; `tables.gazetteer` knows which.
    PLACE = 103, "place";
    /// Word for the people of a country, noun or adjective: Russian, Swedes.
    DEMONYM = 104, "demonym";
    /// Word that papers of the United States use or spell so: sheriff, neighborhood.
    US_SIGN = 105, "us-sign";
    /// Word that British papers use or spell so: councillor, neighbourhood.
    GB_SIGN = 106, "gb-sign";
    /// Noun that joins two countries in an adjective: relations, talks.
    RELATION = 107, "relation";
    /// Noun for people, or what people have: voters, author, heritage.
    PEOPLE = 108, "people";
    /// Noun that only the name of a town, never that of a country, stands before: resident, mayor.
    TOWNSFOLK = 109, "townsfolk";
    /// Language without a country of its name: Arabic, Swahili.
    LANGUAGE = 110, "language";
    /// Demonym that the first peoples of America are called by too: Indian.
    NATIVE = 111, "native";
    /// Kind of ship: a name behind it is the ship's.
    VESSEL = 112, "vessel";
    /// What agreements and talks named after a town are called: process, format.
    PROCESS = 113, "process";
    /// Office or body of a state of the United States: governor, legislature.
    STATE_OFFICE = 114, "state-office";
    /// Begins the name of a country or region, or a phrase that hides one.
    PLACE_NAME = 116, "place-name";
    /// Begins the whole name of a treaty.
    TREATY_NAME = 117, "treaty-name";
    /// Begins the name of a treaty that has lost its noun.
    TREATY_CORE = 118, "treaty-core";
    /// Begins a phrase that holds the words of a treaty and is none.
    TREATY_LURE_PHRASE = 119, "treaty-lure-phrase";
    /// Begins a phrase that speaks for a treaty.
    TREATY_EVIDENCE = 120, "treaty-evidence";
    /// Begins the name of a party to a treaty.
    TREATY_PARTY = 121, "treaty-party";
    /// Preposition that hardly stands before anything but a place: in, near, outside.
    LOCATED = 115, "located";
}

impl Classes {
    /// No class at all.
    pub(crate) const NONE: Classes = Classes(0, 0);

    const fn of_bit(bit: u32) -> Classes {
        if bit < 64 { Classes(1 << bit, 0) } else { Classes(0, 1 << (bit - 64)) }
    }

    /// Both sets together, for constants.
    pub(crate) const fn and(self, other: Classes) -> Classes {
        Classes(self.0 | other.0, self.1 | other.1)
    }

    /// Both sets together, for constants.
    pub(crate) const fn with(self, other: Classes) -> Classes {
        Classes(self.0 | other.0, self.1 | other.1)
    }

    /// Whether the word belongs to at least one of `other`.
    pub(crate) fn any(self, other: Classes) -> bool {
        self.0 & other.0 | self.1 & other.1 != 0
    }
}

impl BitOr for Classes {
    type Output = Classes;
    fn bitor(self, other: Classes) -> Classes {
        Classes(self.0 | other.0, self.1 | other.1)
    }
}

impl BitOrAssign for Classes {
    fn bitor_assign(&mut self, other: Classes) {
        *self = *self | other;
    }
}

#[cfg(test)]
mod tests {
    use super::{ALL, Classes};

    #[test]
    fn no_two_classes_of_words_share_a_bit_or_a_tag() {
        for (i, a) in ALL.iter().enumerate() {
            for b in &ALL[i + 1..] {
                assert!(a.0 != b.0 && a.1 != b.1, "{a:?} and {b:?}");
            }
        }
        assert!(Classes::by_tag("month").is_some_and(|c| c.any(Classes::MONTH)));
        assert!(Classes::by_tag("no such class").is_none());
    }
}
