//! Headlines and leads: people called by role or kin before the text says who they are.

use super::back::gender_of;
use super::clause::Phrase;
use super::resolve::Resolver;
use super::speaker::Attribution;
use crate::article::{Basis, QuoteKind};
use crate::names::NameKind;
use crate::reading::BlockKind;
use crate::text::{Classes, Tag, Token};

/// So many quotes are looked at for those of the first paragraph.
const LEAD: usize = 12;

impl<'a> Resolver<'a> {
    /// "A prosecutor told the court" in the first paragraph: the one person whom the text presents as
    /// a prosecutor further on, or, for "A mum", whoever opens the next paragraph.
    pub(super) fn presented_later(&mut self, phrase: &Phrase, token: &Token, sentence: usize) -> Option<usize> {
        let items = self.scene.narrative.items.get(phrase.items.clone())?;
        let one = items.first()?.is(Classes::ARTICLE) && !self.scene.narrative.items.get(phrase.head)?.plural;
        if !one || !token.is(Classes::ROLE) || !self.is_lead(sentence) {
            return None;
        }
        let found = self.only_one_later(phrase, token).or_else(|| self.opener_of_next(token, sentence))?;
        Some(self.of_entity(found))
    }

    /// The one person who is called so at all, when they are named further on.
    fn only_one_later(&self, phrase: &Phrase, token: &Token) -> Option<usize> {
        let entity = |e: usize| self.names.entities.get(e);
        let person = |&e: &usize| entity(e).is_some_and(|e| e.kind == NameKind::Person);
        let mut called = self.called_by(token.word).filter(person);
        let only = called.next().filter(|_| called.next().is_none())?;
        let first = self.names.names.get(*entity(only)?.mentions.first()?)?;
        (first.span.start() > token.start() && !self.has_another_role(phrase, only)).then_some(only)
    }

    /// The quote of somebody unnamed in the first paragraph, whose words the text may give again as
    /// those of somebody with a name, and who that is.
    pub(super) fn of_unnamed_in_lead(
        &self,
        attributions: &[Attribution],
        chosen: &[Option<usize>],
    ) -> Option<(usize, usize)> {
        let unnamed = |p: &usize| {
            let party = &self.parties[*p];
            party.entity.is_none() && party.is_person && !party.plural
        };
        let lead = |a: &Attribution| a.kind != QuoteKind::Indirect && self.is_lead(a.sentence);
        let quotes = attributions.iter().zip(chosen).enumerate().take(LEAD);
        let mut found = quotes.filter(|(_, (a, _))| lead(a)).filter_map(|(i, (_, c))| Some((i, c.filter(unnamed)?)));
        found.next()
    }

    /// Whether the sentence stands in the first paragraph of the body.
    fn is_lead(&self, sentence: usize) -> bool {
        let blocks = &self.scene.reading.blocks;
        let first = blocks.iter().position(|b| b.kind == BlockKind::Paragraph);
        first.is_some() && self.scene.narrative.sentences.get(sentence).map(|s| s.block) == first
    }

    /// The person of the gender of "mum" with whose full name the next paragraph begins.
    fn opener_of_next(&self, kin: &Token, sentence: usize) -> Option<usize> {
        if !kin.is(Classes::KIN) {
            return None;
        }
        let block = self.scene.narrative.sentences.get(sentence)?.block + 1;
        let next = self.scene.reading.blocks.get(block).filter(|b| b.kind == BlockKind::Paragraph)?;
        let name = self.names.at(next.words.start).filter(|n| n.kind == NameKind::Person && n.words.len() > 1)?;
        let gender = gender_of(kin);
        let known = self.names.entities.get(name.entity)?.gender;
        (!known.is_opposite(gender)).then_some(name.entity)
    }

    /// The label before or behind the quote of a headline without the rest of its sentence: "mum" of
    /// "mum's fury over the bill", "chairman" of "chairman settles the row".
    pub(super) fn bare_label(&self, basis: Basis, phrase: &Phrase) -> Option<Phrase> {
        if basis != Basis::Label {
            return None;
        }
        let items = self.scene.narrative.items.get(phrase.items.clone())?;
        let role = |i: usize| self.token(&items[i]).is_some_and(|t| t.is(Classes::ROLE) && !items[i].plural);
        let verb = |i: usize| items[i].tag == Tag::Noun && items[i].plural;
        let owner = (1..items.len()).find(|&i| items[i].tag == Tag::Possessive);
        let subject = || (1..items.len().saturating_sub(1)).find(|&i| role(i - 1) && verb(i));
        let end = phrase.items.start + owner.or_else(subject)?;
        Some(Phrase { items: phrase.items.start..end, head: end - 1 })
    }
}
