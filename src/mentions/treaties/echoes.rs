//! Titles that stand in no table, found again where capitals no longer show them: "NOUAKCHOTT
//! ACCORD HOLDS", "the Nouakchott accord".

use std::ops::Range;

use super::{Desk, Found, Mention, Who};
use crate::article::TreatyMentionKind;
use crate::text::fold;

/// No article has more unlisted titles that are looked for again.
const MOST: usize = 64;

/// A title up to its noun, folded word by word.
struct Head {
    words: Vec<String>,
    noun: u32,
    who: Who,
}

/// Adds every other place where an unlisted title stands, as far as its noun.
pub(super) fn add(desk: &Desk, found: &mut Found) {
    let heads: Vec<Head> = found.unlisted.iter().enumerate().take(MOST).filter_map(|(i, w)| head(desk, w, i)).collect();
    if heads.is_empty() {
        return;
    }
    let mut new = Vec::new();
    for (at, token) in desk.tokens().iter().enumerate() {
        let Some(noun) = desk.treaties.noun(token) else { continue };
        let fits =
            |h: &&Head| h.noun == noun.bit && at + 1 >= h.words.len() && matches(desk, at + 1 - h.words.len(), h);
        if let Some(head) = heads.iter().find(fits).filter(|_| !found.covers(at)) {
            let words = at + 1 - head.words.len()..at + 1;
            new.push(Mention { words, who: head.who, kind: TreatyMentionKind::Name, nouns: noun.bit });
        }
    }
    found.insert(new);
}

/// The head of a title that has words before its noun.
fn head(desk: &Desk, title: &Range<usize>, number: usize) -> Option<Head> {
    let at = title.clone().find(|&i| desk.token(i).is_some_and(|t| desk.treaties.noun(t).is_some()))?;
    let noun = desk.token(at).and_then(|t| desk.treaties.noun(t))?.bit;
    let words: Vec<String> = (title.start..=at).map(|i| fold(desk.word(i)).into_owned()).collect();
    (words.len() > 1).then_some(Head { words, noun, who: Who::Unlisted(number) })
}

fn matches(desk: &Desk, from: usize, head: &Head) -> bool {
    let before_noun = head.words.len() - 1;
    head.words.iter().take(before_noun).enumerate().all(|(i, word)| *word == fold(desk.word(from + i)))
}
