//! Abbreviations that the text itself introduces: "the Lagos Convention on Coastal Erosion (LCCE)".

use super::{Desk, Found, Mention, Who};
use crate::article::TreatyMentionKind;
use crate::text::{Shape, Token};

/// No article introduces more abbreviations of treaties than this.
const MOST: usize = 64;

/// Adds the abbreviations behind names, and every place where one of them stands alone.
pub(super) fn add(desk: &Desk, found: &mut Found) {
    let mut introduced: Vec<(&str, Who)> = Vec::new();
    for mention in &found.mentions {
        if let Some(at) = behind(desk, mention.words.end) {
            let word = desk.word(at);
            let fits = abbreviates(word, desk.reading.words(mention.words.clone()));
            if fits && introduced.len() < MOST && !introduced.iter().any(|&(old, _)| old == word) {
                introduced.push((word, mention.who));
            }
        }
    }
    if introduced.is_empty() {
        return;
    }
    let mut new = Vec::new();
    for (i, token) in desk.tokens().iter().enumerate().filter(|(_, t)| is_abbreviation(t)) {
        let word = token.of(desk.reading.text);
        if let Some(&(_, who)) = introduced.iter().find(|&&(old, _)| old == word) {
            new.push(Mention { words: i..i + 1, who, kind: TreatyMentionKind::Name, nouns: 0 });
        }
    }
    found.insert(new);
}

/// Where the abbreviation behind a name that ends at `end` stands: "(INF)", ", or RCEP,",
/// ", INRA,".
fn behind(desk: &Desk, end: usize) -> Option<usize> {
    let abbreviation = |i: usize| desk.token(i).is_some_and(is_abbreviation).then_some(i);
    match desk.word(end) {
        "(" => abbreviation(end + 1).or_else(|| (end + 2..end + 5).find_map(abbreviation)),
        "," if desk.word(end + 1) == "or" => abbreviation(end + 2),
        "," => abbreviation(end + 1).filter(|_| desk.word(end + 2) == ","),
        "or" => abbreviation(end + 1),
        _ => None,
    }
}

fn is_abbreviation(token: &Token) -> bool {
    matches!(token.shape, Shape::Upper | Shape::Mixed) && (2..=9).contains(&(token.end() - token.start()))
}

/// Whether the capitals of `word` are, in order, among the first letters of the words of `title`.
fn abbreviates(word: &str, title: &str) -> bool {
    let mut initials =
        title.split(|c: char| !c.is_alphanumeric()).filter_map(|w| w.chars().next()).map(|c| c.to_ascii_uppercase());
    let mut letters = word.chars().filter(|c| c.is_uppercase());
    letters.all(|letter| initials.any(|initial| initial == letter))
}

#[cfg(test)]
mod tests {
    use super::abbreviates;

    #[test]
    fn an_abbreviation_is_made_of_the_first_letters_of_the_title() {
        for (word, title, fits) in [
            ("LCCE", "Lagos Convention on Coastal Erosion", true),
            ("INF", "Intermediate-Range Nuclear Forces Treaty", true),
            ("AP", "Lagos Convention on Coastal Erosion", false),
            ("UN", "Apia Treaty", false),
        ] {
            assert_eq!(abbreviates(word, title), fits, "{word} for {title}");
        }
    }
}
