//! `data/cues.tsv`: words and phrases of saying, believing and intending.

use super::tsv;
use crate::text::{Classes, Lexicon, Phrases, WordId};

const FILE: &str = include_str!("../../data/cues.tsv");

/// What sort of cue a word is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CueSort {
    /// said, told, called
    Speech,
    /// thinks, fears
    Belief,
    /// vowed, wants
    Intention,
    /// shows, proves: the source is a document more often than a person
    Showing,
    /// laughed, went on: reports only right beside a quote
    Manner,
}

/// Which form of a verb a word is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// say
    Base,
    /// says
    Third,
    /// said; also the participle where both are written alike
    Past,
    /// written
    Participle,
    /// saying
    Ing,
}

/// What may stand with a verb of saying, as a set.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Takes(u32);

/// Names the members of [`Takes`] in order.
macro_rules! takes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $tag:literal;)*) => {
        impl Takes {
            $($(#[$doc])* pub(crate) const $name: Takes = Takes(1 << $bit);)*

            /// All of them, by the words that stand for them.
            const ALL: &[(&str, Takes)] = &[$(($tag, Takes::$name)),*];
        }
    };
}

takes! {
    /// Words in quotation marks beside it.
    QUOTE = 0, "quote";
    /// A clause, with or without "that".
    CLAUSE = 1, "clause";
    /// A clause with "that" only.
    THAT = 2, "that";
    /// whether, why, how
    WHETHER = 3, "whether";
    /// A thing: praised the plan.
    OBJECT = 4, "object";
    /// An infinitive: vowed to stay.
    TO = 5, "to";
    /// The person spoken to: told reporters.
    PERSON = 6, "person";
    /// described it as
    AS = 7, "as";
    /// warned of
    OF = 8, "of";
    /// called for
    FOR = 9, "for";
    /// talked about
    ABOUT = 10, "about";
    /// called on, insisted on
    ON = 11, "on";
    /// spoke against
    AGAINST = 12, "against";
    /// agreed with
    WITH = 13, "with";
    /// hinted at
    AT = 14, "at";
    /// believes in
    IN = 15, "in";
    /// argued over
    OVER = 16, "over";
}

impl Takes {
    fn by_tag(tag: &str) -> Option<Takes> {
        Takes::ALL.iter().find(|(known, _)| *known == tag).map(|&(_, takes)| takes)
    }

    /// Whether it has at least one member of `other`.
    pub(crate) fn any(self, other: Takes) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    pub(crate) const fn and(self, other: Takes) -> Takes {
        Takes(self.0 | other.0)
    }
}

/// One form of one verb.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Verb {
    /// What sort of cue.
    pub(crate) sort: CueSort,
    /// Which form.
    pub(crate) form: Form,
    /// What may stand with it.
    pub(crate) takes: Takes,
    /// The word that must follow: "out" of "point out"; unknown when none is needed.
    pub(crate) particle: WordId,
}

/// Names the small words in order, each with the word itself.
macro_rules! small {
    ($($name:ident = $word:literal,)*) => {
        /// Small words beside a cue that tell how it is meant.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(crate) enum Small {
            $(#[doc = $word] $name,)*
        }

        impl Small {
            /// All of them as written, in order.
            const ALL: &[&str] = &[$($word),*];
        }
    };
}

small! {
    After = "after",
    As = "as",
    Be = "be",
    Before = "before",
    Being = "being",
    But = "but",
    By = "by",
    From = "from",
    Having = "having",
    How = "how",
    If = "if",
    Including = "including",
    Nobody = "nobody",
    None = "none",
    To = "to",
    What = "what",
    When = "when",
    Whether = "whether",
    While = "while",
}

/// Every cue, by its words.
pub(crate) struct Cues {
    // Sorted by word; forms with a particle stand before those without.
    verbs: Vec<(WordId, Verb)>,
    // By the numbers of the words, as far as the cues go: the first words of the lexicon, so that this
    // stays near.
    by_word: Vec<Uses>,
    // By the numbers of the words, what a verb takes that stands before them.
    takes: Vec<Option<Takes>>,
    small: [WordId; Small::ALL.len()],
    phrases: Phrases<()>,
}

/// What a word may be as a cue.
#[derive(Clone, Copy, Default)]
struct Uses {
    // Where its verbs begin, and which form the first of them is: none if there is none.
    verb: u16,
    form: Option<Form>,
    noun: Option<CueSort>,
}

impl Cues {
    /// The verbs that `word` is a form of, those with a particle first.
    pub(crate) fn verbs(&self, word: WordId) -> impl Iterator<Item = Verb> {
        self.verbs_from(self.first_verb(word).map_or(self.verbs.len(), |(first, _)| first))
    }

    /// As [`Cues::verbs`], for a word whose first verb has the number `first`.
    pub(crate) fn verbs_from(&self, first: usize) -> impl Iterator<Item = Verb> {
        let verbs = self.verbs.get(first..).unwrap_or_default();
        let word = verbs.first().map(|(word, _)| *word);
        verbs.iter().take_while(move |(same, _)| Some(*same) == word).map(|&(_, verb)| verb)
    }

    /// The number of the first of the verbs that `word` is a form of, and which form it is.
    pub(crate) fn first_verb(&self, word: WordId) -> Option<(usize, Form)> {
        let uses = self.uses(word);
        Some((usize::from(uses.verb), uses.form?))
    }

    /// The sort of the noun of saying that `word` is, if it is one.
    pub(crate) fn noun(&self, word: WordId) -> Option<CueSort> {
        self.uses(word).noun
    }

    /// What a verb takes that stands before `word`: of, for, about.
    pub(crate) fn takes(&self, word: WordId) -> Option<Takes> {
        self.takes.get(word.0 as usize).copied().flatten()
    }

    /// The number of a small word.
    pub(crate) fn small(&self, word: Small) -> WordId {
        self.small[word as usize]
    }

    fn uses(&self, word: WordId) -> Uses {
        self.by_word.get(word.0 as usize).copied().unwrap_or_default()
    }

    /// How many of the first of `tokens` are a phrase that names a source: according to.
    pub(crate) fn source_phrase(&self, tokens: &[crate::text::Token]) -> Option<usize> {
        self.phrases.longest(tokens).map(|(length, _)| length)
    }
}

/// Reads the table and enters its words.
pub(super) fn read(lexicon: &mut Lexicon) -> Cues {
    let phrases = Phrases::opened_by(Classes::SOURCE_PHRASE);
    let small = std::array::from_fn(|i| lexicon.enter(Small::ALL[i], Classes::NONE));
    let mut cues = Cues { verbs: Vec::new(), by_word: Vec::new(), takes: Vec::new(), small, phrases };
    for &(word, takes) in Takes::ALL {
        *slot(&mut cues.takes, lexicon.enter(word, Classes::NONE)) = Some(takes);
    }
    for (_, [cue, part, sort, forms, takes, ..]) in tsv::rows::<7>(FILE) {
        match part {
            "verb" => cues.add_verb(cue, sort, forms, takes, lexicon),
            "noun" => cues.add_noun(sort, forms, lexicon),
            _ => tsv::list(forms).for_each(|phrase| *cues.phrases.slot(phrase, lexicon) = Some(())),
        }
    }
    cues.verbs.sort_by_key(|(word, verb)| (*word, verb.particle == WordId::UNKNOWN));
    for i in (0..cues.verbs.len()).rev() {
        let (word, verb) = cues.verbs[i];
        let uses = slot(&mut cues.by_word, word);
        (uses.verb, uses.form) = (i as u16, Some(verb.form));
    }
    cues
}

impl Cues {
    fn add_verb(&mut self, cue: &str, sort: &str, forms: &str, takes: &str, lexicon: &mut Lexicon) {
        let particle = match cue.split_once(' ') {
            Some((_, particle)) => lexicon.enter(particle, Classes::NONE),
            None => WordId::UNKNOWN,
        };
        let takes = tsv::list(takes).filter_map(Takes::by_tag).fold(Takes::default(), Takes::and);
        let order = [Form::Base, Form::Third, Form::Past, Form::Participle, Form::Ing];
        let mut last = "";
        for (word, form) in tsv::list(forms).zip(order) {
            if word != last {
                let verb = Verb { sort: sort_of(sort), form, takes, particle };
                self.verbs.push((lexicon.enter(word, Classes::CUE), verb));
            }
            last = word;
        }
    }

    fn add_noun(&mut self, sort: &str, forms: &str, lexicon: &mut Lexicon) {
        for word in tsv::list(forms) {
            slot(&mut self.by_word, lexicon.enter(word, Classes::CUE_NOUN)).noun = Some(sort_of(sort));
        }
    }
}

/// The place of a word in a list by the numbers of words.
fn slot<T: Clone + Default>(list: &mut Vec<T>, word: WordId) -> &mut T {
    let at = word.0 as usize;
    list.resize(list.len().max(at + 1), T::default());
    &mut list[at]
}

fn sort_of(tag: &str) -> CueSort {
    match tag {
        "belief" => CueSort::Belief,
        "intention" => CueSort::Intention,
        "showing" => CueSort::Showing,
        "manner" => CueSort::Manner,
        _ => CueSort::Speech,
    }
}

/// The rows of the table for tests elsewhere: cue, forms, example, counter-example.
#[cfg(test)]
pub(crate) fn rows_for_tests() -> impl Iterator<Item = (usize, [&'static str; 7])> {
    tsv::rows::<7>(FILE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_cue_list_is_sound() {
        tsv::assert_sound("cues.tsv", FILE, 7);
        for (line, [cue, part, sort, forms, takes, example, _]) in tsv::rows::<7>(FILE) {
            let sorts = ["speech", "belief", "intention", "showing", "manner", "source"];
            assert!(sorts.contains(&sort), "data/cues.tsv:{line}: no sort {sort}");
            assert!(["verb", "noun", "phrase"].contains(&part), "data/cues.tsv:{line}: no part {part}");
            assert!(part != "verb" || tsv::list(forms).count() == 5, "data/cues.tsv:{line}: {cue} has not five forms");
            assert!(tsv::list(takes).all(|t| Takes::by_tag(t).is_some()), "data/cues.tsv:{line}: {takes}");
            assert!(!example.is_empty(), "data/cues.tsv:{line}: {cue} has no example");
        }
    }
}
