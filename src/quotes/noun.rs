//! Verb or noun: "the minister plans to stay" and "the minister's plans to stay".

use super::clause::Clause;
use super::cue::Cues;
use crate::tables::{Form, Small, Takes, Verb};
use crate::text::{Classes, Tag};

impl Cues<'_> {
    /// Whether a form that may be a noun or an adjective is one here, going by its neighbours:
    /// "reports of", "a cybersecurity plan and", "in pledged votes".
    pub(super) fn is_noun_by_place(&self, clause: &Clause, i: usize, verb: Verb) -> bool {
        let noun = self.items[i].is(Classes::CUE_NOUN);
        let bare = matches!(verb.form, Form::Base | Form::Third);
        if noun && bare && (self.opens_relative(clause, i + 1) || self.is_owned(clause, i)) {
            return true;
        }
        match (verb.form, clause.before(i)) {
            (Form::Base | Form::Third, None) => true,
            // "to talks"
            (Form::Third, Some(Tag::Preposition)) => true,
            (Form::Base, Some(Tag::Preposition)) => !self.is_word(clause, i - 1, Small::To),
            (Form::Past, Some(Tag::Preposition | Tag::Verb)) => clause.tag(i + 1) == Some(Tag::Noun),
            // "who helped write"
            (Form::Base, Some(Tag::Verb | Tag::Cue)) => true,
            (Form::Base, Some(Tag::Past)) => !matches!(clause.before(i - 1), Some(Tag::Determiner | Tag::Noun)),
            (Form::Third, Some(Tag::Name)) => {
                let comma = clause.tag(i + 1) == Some(Tag::Comma);
                noun && (comma || self.goes_on_as_noun(clause, i, verb))
            }
            // "Roth's niece, state Delegate Ortiz"
            (Form::Base, Some(Tag::Comma)) => noun && clause.tag(i + 1) == Some(Tag::Name),
            (Form::Base, Some(Tag::Conjunction)) => {
                noun && (matches!(clause.tag(i + 1), Some(Tag::Noun | Tag::Verb))
                    || self.has_other_preposition(i, verb))
            }
            (Form::Base, Some(Tag::Noun | Tag::Name | Tag::Ing | Tag::Glue)) => {
                noun && (!self.items[i - 1].plural || self.goes_on_as_noun(clause, i, verb))
            }
            // "..., study finds" at the end of a headline
            (Form::Third, Some(Tag::Noun)) if self.ends_headline(clause, i) => false,
            (Form::Third, Some(Tag::Noun | Tag::Past | Tag::Ing | Tag::Glue)) => {
                noun && (self.goes_on_as_noun(clause, i, verb) || self.is_object(clause, i))
            }
            // "made plans to leave"
            (Form::Third, Some(Tag::Verb | Tag::Cue)) => noun && clause.tag(i + 1) != Some(Tag::That),
            _ => false,
        }
    }

    /// Whether what follows cannot follow the verb: another verb, a full stop, "of".
    fn goes_on_as_noun(&self, clause: &Clause, i: usize, verb: Verb) -> bool {
        match clause.tag(i + 1) {
            None | Some(Tag::Verb | Tag::Auxiliary | Tag::Conjunction | Tag::Stop) => true,
            // "supports calls for"
            Some(Tag::Cue) => self.items[i + 1].form != Some(Form::Third) || !verb.takes.any(Takes::OBJECT),
            // "neighbours call ruling unfair"
            Some(Tag::Ing) if self.is_noun_of_saying(i + 1) => false,
            // "the mayor supports raising taxes", but "a flood of tweets targeting her"
            Some(Tag::Ing) => !verb.takes.any(Takes::OBJECT) || !self.is_short_subject(clause, i),
            Some(Tag::Past | Tag::Relative) => true,
            Some(Tag::Preposition) => self.has_other_preposition(i, verb),
            _ => false,
        }
    }

    /// Whether nothing but a noun stands between a comma and the form at `i`, and nothing behind it.
    fn ends_headline(&self, clause: &Clause, i: usize) -> bool {
        let subject = clause.core_before(i).filter(|p| !self.items[p.head].plural);
        clause.tag(i + 1).is_none() && subject.is_some_and(|p| clause.before(p.items.start) == Some(Tag::Comma))
    }

    /// "Roth", "the mayor" right before the item at `i`.
    fn is_short_subject(&self, clause: &Clause, i: usize) -> bool {
        match clause.before(i) {
            Some(Tag::Name) => true,
            Some(Tag::Noun) => clause.before(i - 1) == Some(Tag::Determiner),
            _ => false,
        }
    }

    /// Whether a preposition follows that the verb takes no object with: "demand from".
    fn has_other_preposition(&self, i: usize, verb: Verb) -> bool {
        self.taken_by(i + 1).is_some_and(|t| !verb.takes.any(t))
    }

    /// Whether "that" at `i` stands for the noun before it: "states that have".
    fn opens_relative(&self, clause: &Clause, i: usize) -> bool {
        let verb = match clause.tag(i + 1) {
            Some(Tag::Auxiliary | Tag::Verb) => true,
            // but "shows that raised beds are best"
            Some(Tag::Past) => clause.tag(i + 2) != Some(Tag::Noun),
            _ => false,
        };
        verb && matches!(clause.tag(i), Some(Tag::That | Tag::Relative))
    }

    /// "the city's earlier claim": nothing but adjectives between it and its owner.
    fn is_owned(&self, clause: &Clause, i: usize) -> bool {
        let adjective = |k: usize| matches!(clause.tag(k), Some(Tag::Adverb | Tag::Past | Tag::Ing | Tag::Number));
        let mut first = i;
        while i - first < 3 && first > clause.start && adjective(first - 1) {
            first -= 1;
        }
        first < i && clause.before(first) == Some(Tag::Possessive)
            || first > clause.start && clause.is(first - 1, Classes::POSSESSIVE)
    }

    /// "faced steep challenges", "no new appeals": a noun without an article behind a verb or a
    /// preposition, which is no subject.
    fn is_object(&self, clause: &Clause, i: usize) -> bool {
        let Some(core) = clause.core_before(i) else { return false };
        let plain = |k: usize| matches!(self.items[k].tag, Tag::Noun | Tag::Name | Tag::Glue | Tag::Past | Tag::Ing);
        let common = self.items[core.head].tag == Tag::Noun && core.items.clone().all(plain);
        let before = clause.before(core.items.start);
        let governed = match before {
            Some(Tag::Preposition) => !clause.is(core.items.start - 1, Classes::OF | Classes::SUBORDINATOR),
            _ => matches!(before, Some(Tag::Verb | Tag::Cue | Tag::Past | Tag::Ing | Tag::Auxiliary | Tag::Negation)),
        };
        common && governed && !self.items[core.head].plural
    }
}

#[cfg(test)]
mod tests {
    use crate::quotes::tests::assert_reported;

    #[test]
    fn a_noun_that_looks_like_a_verb_says_nothing() {
        assert_reported(&[
            ("Two northern states that have lost work will vote.", &[]),
            ("The party faced steep challenges including this one.", &[]),
            ("She made plans to build a shed.", &[]),
            ("He has a lead in pledged votes.", &[]),
            ("Roth plans to build a shed.", &["Roth | plans | to build a shed"]),
        ]);
    }
}
