//! Countries referred to: by name, abbreviation, demonym, capital, seat of government, city or
//! region.
//!
//! Every name of the gazetteer in the text is a candidate (`candidates`); what it may stand for is
//! read once (`met`). What stands beside it speaks for or against it (`beside`), a region behind it
//! tells where it is (`regions`), and what else the article names decides between its meanings
//! (`weigh`).

mod beside;
mod candidates;
mod met;
mod regions;
mod weigh;

use crate::article::{Country, CountryMention, Dateline};
use crate::names::Names;
use crate::reading::Reading;
use crate::span::Span;
use crate::tables::{CountryId, Gazetteer, Tables};

use candidates::{Candidate, Found};

/// Finds the countries, in order of their first mention. Nothing inside `treaties` counts.
/// [`crate::article::CountryMention::quote`] is left to the caller.
pub(crate) fn find(
    reading: &Reading,
    names: &Names,
    dateline: Option<&Dateline>,
    treaties: &[Span],
    tables: &Tables,
) -> Vec<Country> {
    let Found { mut candidates, names: mut met, signs, .. } =
        candidates::find(reading, &names.capitals, treaties, tables);
    if candidates.is_empty() {
        return Vec::new();
    }
    regions::tie(reading, &mut candidates, &mut met);
    beside::judge(reading, names, dateline, &mut candidates, &met);
    weigh::decide(&mut candidates, &met, &signs, &tables.gazetteer);
    gather(reading, &candidates, &tables.gazetteer)
}

/// One entry a country, its mentions in order.
fn gather(reading: &Reading, candidates: &[Candidate], gazetteer: &Gazetteer) -> Vec<Country> {
    let mut order: Vec<CountryId> = Vec::new();
    let mut countries: Vec<Country> = Vec::new();
    for candidate in candidates {
        let (Some(meaning), Some(span)) = (candidate.chosen, reading.span(candidate.words.clone())) else { continue };
        let i = order.iter().position(|&c| c == meaning.country).unwrap_or(order.len());
        if i == order.len() {
            order.push(meaning.country);
            let (code, name) = (gazetteer.code(meaning.country).to_owned(), gazetteer.name(meaning.country).to_owned());
            countries.push(Country { code, name, mentions: Vec::new() });
        }
        countries[i].mentions.push(CountryMention { span, kind: meaning.kind, quote: None });
    }
    countries
}

#[cfg(test)]
mod tests {
    use crate::article::Country;
    use crate::names;
    use crate::reading::{Block, BlockKind, Reading};
    use crate::span::Span;
    use crate::stop::Stop;
    use crate::tables::Tables;
    use crate::text::{sentences_of, tokens};

    /// The countries of a text that is one paragraph.
    fn read(text: &str, tables: &Tables) -> Vec<Country> {
        let tokens = tokens(text, &tables.lexicon);
        let (span, words) = (Span::between(0, text.len()), 0..tokens.len());
        let sentences = sentences_of(text, &tokens, words.clone());
        let paragraph = Block { kind: BlockKind::Paragraph, span, words, sentences: 0..sentences.len() };
        let reading = Reading { text, tokens: &tokens, blocks: vec![paragraph], sentences, stop: &Stop::never() };
        super::find(&reading, &names::find(&reading, tables), None, &[], tables)
    }

    /// The names in `text` that count, each with its code.
    fn codes(text: &str, tables: &Tables) -> Vec<(String, String)> {
        let countries = read(text, tables);
        let mentions = countries.iter().flat_map(|c| c.mentions.iter().map(|m| (m.span, c.code.clone())));
        mentions.map(|(span, code)| (span.of(text).to_lowercase(), code)).collect()
    }

    /// The names that count, in order: "Tbilisi GE, Georgia GE".
    fn found(text: &str, tables: &Tables) -> String {
        let countries = read(text, tables);
        let mentions = countries.iter().flat_map(|c| c.mentions.iter().map(|m| (m.span, c.code.as_str())));
        let mut mentions: Vec<_> = mentions.collect();
        mentions.sort_unstable();
        let words: Vec<_> = mentions.into_iter().map(|(span, code)| format!("{} {code}", span.of(text))).collect();
        words.join(", ")
    }

    fn assert_found(cases: &[(&str, &str)]) {
        let tables = Tables::new();
        for (text, expected) in cases {
            assert_eq!(found(text, &tables), *expected, "{text}");
        }
    }

    #[test]
    fn a_region_behind_a_town_tells_which_town_it_is() {
        assert_found(&[
            ("Odell, Ill., has one school.", "Odell US, Ill. US"),
            ("The fire in Lima, Ohio, is out.", "Lima US, Ohio US"),
            ("Perth, Scotland, honoured the rowers.", "Perth GB, Scotland GB"),
            ("Smallbrook, Pa., voted.", "Smallbrook US, Pa. US"),
            ("Rome, Georgia, flooded; Tbilisi, Georgia, did not.", "Rome US, Georgia US, Tbilisi GE, Georgia GE"),
            ("Farmers in Boone County and in County Clare want rain.", "Boone County US, Clare IE"),
        ]);
    }

    #[test]
    fn people_with_the_name_of_a_place_are_no_places() {
        assert_found(&[
            ("Dallas Whitlock, a nurse from Dallas, sued.", "Dallas US"),
            ("Professor Judith Berlin led it. Berlin said so.", ""),
            ("Captain Ireland left Dublin.", "Dublin IE"),
            ("\"I saw it,\" said Chad, a roofer.", ""),
            ("King Abdullah of Jordan met the envoys.", "Jordan JO"),
        ]);
    }

    #[test]
    fn papers_parties_rivers_ships_and_teams_keep_their_names_to_themselves() {
        assert_found(&[
            ("The Jakarta Post and the Bank of Scotland agreed.", ""),
            ("The Kenyan Red Cross sent tents.", ""),
            ("The Kenyan army sent tents.", "Kenyan KE"),
            ("The Paraguay River rose on Monday.", ""),
            ("The freighter Odessa Star and HMS Belfast were late.", ""),
            ("The Vancouver Canucks won.", ""),
            ("The University of Cape Town closed.", ""),
            ("Ohio State won again.", ""),
        ]);
    }

    #[test]
    fn languages_and_identities_are_no_countries() {
        assert_found(&[
            ("The book is in Arabic, Polish and English.", ""),
            ("Polish and English officials met.", "Polish PL, English GB"),
            ("Cuban American voters swung the county.", ""),
            ("Cuban-American relations thawed.", "Cuban CU, American US"),
        ]);
    }

    #[test]
    fn capital_letters_alone_make_no_country_of_a_pronoun() {
        assert_found(&[
            ("HELP US FIND HIM, MOTHER BEGS", ""),
            ("US TO SEND MORE TANKS", "US US"),
            ("UK, US SIGN PACT", "UK GB, US US"),
        ]);
    }

    #[test]
    fn a_country_is_a_small_town_only_where_it_stands_as_towns_do() {
        assert_found(&[
            (
                "Lebanon police held a man, 41, of Lebanon. The sheriff of Boone County said so.",
                "Lebanon US, Lebanon US, Boone County US",
            ),
            ("Lebanon elected a president. Lebanon had none for two years.", "Lebanon LB, Lebanon LB"),
        ]);
    }

    #[test]
    fn every_ambiguous_name_counts_in_its_sentence_and_not_in_the_other() {
        let tables = Tables::new();
        let mut wrong = Vec::new();
        for row in tables.gazetteer.ambiguous_rows() {
            let name = row.name.to_lowercase();
            for (sentence, code) in [(row.counts, Some(row.code)), (row.not, None)] {
                let codes = codes(sentence, &tables);
                let found = codes.iter().find(|(words, _)| words.starts_with(&name)).map(|(_, code)| code.as_str());
                if !sentence.is_empty() && found != code {
                    wrong.push(format!("data/ambiguous_names.tsv:{}: {}: {found:?} in {sentence}", row.line, row.name));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn every_name_of_a_country_counts_in_a_plain_sentence() {
        let tables = Tables::new();
        let mut wrong = Vec::new();
        for (line, name, code) in tables.gazetteer.country_names() {
            let text = format!("Ships from {name} sailed on Monday.");
            if !codes(&text, &tables).iter().any(|(words, found)| *words == name.to_lowercase() && found == code) {
                wrong.push(format!("data/countries.tsv:{line}: {name}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn nothing_inside_a_phrase_that_is_no_place_counts() {
        let tables = Tables::new();
        for (line, phrase) in tables.gazetteer.no_places() {
            let text = format!("She wrote about {phrase} on Monday.");
            assert_eq!(codes(&text, &tables), [], "data/not_places.tsv:{line}: {phrase}");
        }
    }
}
