//! Speakers behind signs: handles of posts, labels and initials of transcripts.

use rustc_hash::FxHashMap;

use super::clause::Phrase;
use super::resolve::Resolver;
use super::speaker::Attribution;
use crate::article::Basis;
use crate::names::{Name, NameKind, Names};
use crate::reading::Reading;
use crate::text::{Classes, Shape, Token, WordId};

/// How many names are held against a handle or initials.
const NAMES: usize = 200;

impl<'a> Resolver<'a> {
    /// "@RepRoth": the one whose family name the handle holds, and of several the one whose given
    /// name or title it begins with.
    pub(super) fn of_handle(&mut self, phrase: &Phrase) -> Option<usize> {
        let head = self.scene.narrative.items.get(phrase.head)?;
        let token = self.token(head)?;
        let sign = head.first().checked_sub(1).and_then(|i| self.scene.reading.tokens.get(i))?;
        if token.spaced || !sign.is_mark('@') {
            return None;
        }
        let handle = token.of(self.scene.reading.text).to_lowercase();
        let names = self.names.names.iter().take(NAMES).filter(|n| n.kind == NameKind::Person);
        let fits = names.filter_map(|n| Some((self.likeness(&handle, n)?, n.entity)));
        let (_, entity) = fits.min_by_key(|&(likeness, _)| std::cmp::Reverse(likeness))?;
        Some(self.of_entity(entity))
    }

    /// How much of the handle, beside the family name it must hold, are letters that given name and
    /// title begin with.
    fn likeness(&self, handle: &str, name: &Name) -> Option<usize> {
        let (tokens, text) = (self.scene.reading.tokens, self.scene.reading.text);
        let family = tokens.get(name.family?)?.of(text).to_lowercase();
        let rest = (family.len() > 3 && handle.len() > family.len()).then(|| handle.strip_suffix(&*family)).flatten();
        let rest = rest.or_else(|| handle.find(&*family).and_then(|at| handle.get(..at)))?;
        let begins = |token: &Token| {
            let word = token.of(text).to_lowercase();
            rest.chars().zip(word.chars()).take_while(|(a, b)| a == b).count()
        };
        let words = tokens.get(name.whole.clone()).unwrap_or_default();
        Some(words.iter().filter(|t| t.shape != Shape::Mark).map(begins).max().unwrap_or_default())
    }

    /// "KH:" where the text has a Kristín Hallgrímsdóttir.
    pub(super) fn of_initials(&mut self, attribution: &Attribution, subject: &Phrase) -> Option<usize> {
        let items = self.scene.narrative.items.get(subject.items.clone())?;
        let (first, last) = (items.first()?, items.last()?);
        if attribution.basis != Basis::Label {
            return None;
        }
        let label = self.scene.reading.words(first.first()..last.end()).replace(['.', ' '], "");
        let letters = label.len() < 5 && label.len() > 1 && label.chars().all(char::is_uppercase);
        let mut fits = self.names.names.iter().take(NAMES).filter(|n| letters && self.may_sign(n, &label));
        let entity = fits.next()?.entity;
        // The byline and the text may have the same person.
        let full = |entity: usize| self.names.entities.get(entity).map(|e| self.full_name(e));
        let entity =
            fits.try_fold(entity, |known, n| (known == n.entity || full(known) == full(n.entity)).then_some(n.entity))?;
        Some(self.of_entity(entity))
    }

    /// Whether the letters are the initials of the name, or some of them with the first: "IV" is Inés
    /// Valcárcel Soto too.
    fn may_sign(&self, name: &Name, letters: &str) -> bool {
        let tokens = self.scene.reading.tokens.get(name.words.clone()).unwrap_or_default();
        let mut initials = tokens.iter().filter(|t| t.is_capitalised()).map(|t| t.first);
        let first = initials.next();
        let mut wanted = letters.chars();
        wanted.next() == first && wanted.all(|letter| initials.any(|initial| initial == letter))
    }

    /// "The Courier:" over a page whose foot has "Atlantic Courier": the paper asks.
    pub(super) fn of_own_paper(&mut self, attribution: &Attribution, subject: &Phrase) -> Option<usize> {
        if attribution.basis != Basis::Label {
            return None;
        }
        let text = self.scene.reading.text;
        let label = self.token(self.scene.narrative.items.get(subject.head)?)?;
        let names: &'a Names = self.names;
        let longer = |n: &&Name| {
            let last = self.scene.reading.tokens.get(n.words.end - 1);
            n.kind == NameKind::Body && n.words.len() > 1 && last.is_some_and(|t| t.of(text) == label.of(text))
        };
        let paper = names.names.iter().rev().take(NAMES).find(longer).filter(|_| label.is(Classes::BODY_NAME))?;
        Some(self.of_entity(paper.entity))
    }

    /// "Her message was simple: ...", "Roth's answer: ...": whose words they are speaks, not the words.
    pub(super) fn of_own_words(&mut self, attribution: &Attribution, subject: &Phrase) -> Option<usize> {
        let items = &self.scene.narrative.items;
        if attribution.cue.is_some() || !items.get(subject.head)?.is(Classes::CUE_NOUN) {
            return None;
        }
        let first = items.get(subject.items.start)?;
        if first.is(Classes::POSSESSIVE) {
            return self.of_pronoun(first, attribution.sentence, subject.items.start);
        }
        let owner = self.named_owner(subject)?;
        Some(self.of_entity(owner))
    }

    /// "MODERATOR", where the text says that the moderator was Peder Lund.
    pub(super) fn of_label(&mut self, attribution: &Attribution, subject: &Phrase) -> Option<usize> {
        let items = &self.scene.narrative.items;
        let head = items.get(subject.head)?;
        let token = self.token(head)?;
        if attribution.basis != Basis::Label || token.word == WordId::UNKNOWN {
            return None;
        }
        if matches!(token.of(self.scene.reading.text), "A" | "Answer" | "ANSWER" | "Interviewee") {
            let answers = match self.interviewee {
                Some(known) => known,
                None => *self.interviewee.insert(self.read_interviewee()),
            };
            return answers.map(|entity| self.of_entity(entity));
        }
        let at = *self.labelled.get_or_insert_with(|| said_to_be(self.scene.reading)).get(&token.word)?;
        let next = self.names.names.partition_point(|n| n.words.start <= at);
        let name = self.names.names.get(next).filter(|n| n.kind == NameKind::Person && n.words.start < at + 8)?;
        Some(self.of_entity(name.entity))
    }

    /// Who answers in an interview: the person whom the text names most before its first label, the first
    /// of several; nobody where it presents two at once. The writers do not count.
    fn read_interviewee(&self) -> Option<usize> {
        let (first, _) = self.scene.narrative.labels.first()?;
        let blocks = self.scene.reading.blocks.get(..*first)?;
        let names: &'a Names = self.names;
        let told = blocks.iter().filter(|b| b.is_prose());
        let named = told.flat_map(|block| {
            let from = names.names.partition_point(|n| n.words.start < block.words.start);
            names.names[from..].iter().take_while(|n| n.words.end <= block.words.end)
        });
        let people: Vec<&Name> = named.filter(|n| n.kind == NameKind::Person).take(NAMES).collect();
        let times = |entity: usize| people.iter().filter(|n| n.entity == entity).count();
        let most = people.iter().rev().max_by_key(|n| times(n.entity))?;
        let joined = |pair: &[&Name]| {
            let [a, b] = pair else { return false };
            let and = self.scene.reading.tokens.get(a.words.end).is_some_and(|t| t.is(Classes::CONJUNCTION));
            and && b.words.start == a.words.end + 1 && [a.entity, b.entity].contains(&most.entity)
        };
        if people.windows(2).any(joined) {
            return None;
        }
        Some(most.entity)
    }
}

/// Where the text first says of each word who that is: "the moderator was".
fn said_to_be(reading: &Reading) -> FxHashMap<WordId, usize> {
    let mut found = FxHashMap::default();
    for (at, pair) in reading.tokens.windows(2).enumerate() {
        if let [word, verb] = pair
            && word.word != WordId::UNKNOWN
            && verb.is(Classes::BE)
        {
            found.entry(word.word).or_insert(at);
        }
    }
    found
}
