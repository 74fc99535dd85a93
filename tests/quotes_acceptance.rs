//! The classes of quotes a news desk meets, each with invented sentences: where the words are,
//! who is named beside them, and how they are given.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    reason = "a test looks at files and clocks, and fails loudly"
)]

use std::sync::LazyLock;

use copydesk::article::{Basis, Quote, QuoteKind};
use copydesk::{Article, Options, Tables, structure};

/// A paragraph, and the quotes in it: kind, pieces parted by a bar, mention of the speaker.
type Case = (&'static str, &'static [(QuoteKind, &'static str, &'static str)]);

const DIRECT: QuoteKind = QuoteKind::Direct;
const PARTIAL: QuoteKind = QuoteKind::Partial;
const INDIRECT: QuoteKind = QuoteKind::Indirect;

/// The tables, read once.
fn tables() -> &'static Tables {
    static TABLES: LazyLock<Tables> = LazyLock::new(Tables::new);
    &TABLES
}

/// Reads paragraphs below a headline and a lead in which nobody speaks.
fn read(body: &str) -> (String, Article) {
    let lead = "The harbour was quiet on Monday morning and the ferries stayed in port all day long.";
    let text = format!("Ferries stay in port\n\n{lead}\n\n{body}");
    let article = structure(&text, &Options::default(), tables());
    (text, article)
}

fn shown(text: &str, quote: &Quote) -> (QuoteKind, String, String) {
    let pieces: Vec<&str> = quote.content.iter().map(|s| s.of(text)).collect();
    (quote.kind, pieces.join("|"), quote.speaker_mention.map_or(String::new(), |s| s.of(text).to_owned()))
}

/// Checks marked quotes; reported speech beside them is left to the tests that are about it.
fn assert_marked(cases: &[Case]) {
    assert_cases(cases, |quote| quote.kind != INDIRECT);
}

fn assert_cases(cases: &[Case], keep: impl Fn(&Quote) -> bool) {
    for (body, expected) in cases {
        let (text, article) = read(body);
        let found: Vec<_> = article.quotes.iter().filter(|q| keep(q)).map(|q| shown(&text, q)).collect();
        let expected: Vec<_> = expected.iter().map(|&(k, p, s)| (k, p.to_owned(), s.to_owned())).collect();
        assert_eq!(found, expected, "{body}");
    }
}

#[test]
fn fragments_in_a_reported_clause_belong_to_its_speaker() {
    assert_marked(&[
        (
            "Ines Halvorsen called the ferry contract \"wasteful\" and \"a gift to nobody.\"",
            &[(PARTIAL, "wasteful|a gift to nobody.", "Ines Halvorsen")],
        ),
        ("She says he wants a \"strong hand\" on the quay.", &[(PARTIAL, "strong hand", "She")]),
        (
            "The dock was closed by the ministry that explained its order by citing \"rotten and brazen timber\" in the pier.",
            &[(PARTIAL, "rotten and brazen timber", "ministry")],
        ),
    ]);
}

#[test]
fn a_split_quote_is_one_quote() {
    assert_marked(&[
        (
            "\"We start Monday,\" Marta Ortiz said. \"Nobody is waiting any longer.\"",
            &[(DIRECT, "We start Monday,|Nobody is waiting any longer.", "Marta Ortiz")],
        ),
        ("\"If it rains,\" Ortiz said, \"we wait.\"", &[(DIRECT, "If it rains,|we wait.", "Ortiz")]),
    ]);
}

#[test]
fn the_sentence_before_may_name_the_speaker() {
    assert_marked(&[(
        "Marta Ortiz shook her head and walked past the crew. \"Not a chance.\"",
        &[(DIRECT, "Not a chance.", "Marta Ortiz")],
    )]);
}

#[test]
fn pronouns_and_relative_pronouns_speak() {
    assert_marked(&[
        ("\"It failed,\" she told reporters.", &[(DIRECT, "It failed,", "she")]),
        ("The prize went to Roth, who called it \"a tin cup.\"", &[(PARTIAL, "a tin cup.", "who")]),
    ]);
}

#[test]
fn common_nouns_and_bodies_speak() {
    assert_marked(&[
        (
            "A spokeswoman for the harbour trust said the leak was \"contained.\"",
            &[(PARTIAL, "contained.", "spokeswoman for the harbour trust")],
        ),
        ("The Linden Gazette described the vote as \"a shambles.\"", &[(PARTIAL, "a shambles.", "Linden Gazette")]),
    ]);
}

#[test]
fn rare_cues_and_nouns_of_saying_are_cues() {
    assert_marked(&[
        ("He likened the plan to \"a bridge with one end.\"", &[(PARTIAL, "a bridge with one end.", "He")]),
        ("\"Land,\" croaked Roth.", &[(DIRECT, "Land,", "Roth")]),
        ("The mayor had a message for the crew: \"Stay away.\"", &[(DIRECT, "Stay away.", "mayor")]),
    ]);
}

#[test]
fn the_speaker_may_stand_behind_the_cue_with_any_apposition() {
    assert_marked(&[(
        "\"We had no map,\" said Ines Roth, a retired pilot who led the search in 1988.",
        &[(DIRECT, "We had no map,", "Ines Roth")],
    )]);
}

#[test]
fn speaker_and_cue_may_stand_far_apart() {
    assert_marked(&[(
        "Ines Roth, asked on the quay whether the search would go on, said it was \"finished.\"",
        &[(PARTIAL, "finished.", "Ines Roth")],
    )]);
}

#[test]
fn colons_dashes_and_labels_name_the_speaker() {
    assert_marked(&[
        ("Roth: \"No map, no mission.\"", &[(DIRECT, "No map, no mission.", "Roth")]),
        ("\"No map, no mission.\" — Ines Roth", &[(DIRECT, "No map, no mission.", "Ines Roth")]),
    ]);
    let talk = "MODERATOR: And what did it cost?\n\nROTH: Less than we feared, and more than we had.\n\nMODERATOR: Who pays for it then?\n\nROTH: You do, as ever, and gladly.";
    let (text, article) = read(talk);
    let found: Vec<_> = article.quotes.iter().map(|q| shown(&text, q).2).collect();
    assert_eq!(found, ["MODERATOR", "ROTH", "MODERATOR", "ROTH"]);
    assert!(article.quotes.iter().all(|q| q.basis == Some(Basis::Label)));
}

#[test]
fn single_marks_are_marks_in_headlines_and_in_british_papers() {
    let text = "Minister warns of 'hard winter' as ferries stop\n\n‘We’ll sail when it’s safe,’ said Ines Roth. ‘The sailors’ vote is over.’";
    let article = structure(text, &Options::default(), tables());
    let found: Vec<_> = article.quotes.iter().filter(|q| q.kind != INDIRECT).map(|q| shown(text, q)).collect();
    assert_eq!(found[0].1, "hard winter");
    assert_eq!(found[0].2, "Minister");
    assert_eq!(found[1].1, "We’ll sail when it’s safe,|The sailors’ vote is over.");
}

#[test]
fn a_quote_within_a_quote_does_not_end_it() {
    assert_marked(&[(
        "\"He told me 'never again' and left,\" Roth said.",
        &[(DIRECT, "He told me 'never again' and left,", "Roth")],
    )]);
}

#[test]
fn a_quote_over_paragraphs_has_one_speaker() {
    let (text, article) = read("\"It began in May and went on.\n\n\"By June we had nothing left to sell,\" Roth said.");
    let speakers: Vec<_> = article.quotes.iter().map(|q| shown(&text, q).2).collect();
    assert!(speakers.iter().all(|s| s == "Roth") && !speakers.is_empty(), "{speakers:?}");
}

#[test]
fn another_paragraph_may_name_the_speaker() {
    let (text, article) =
        read("Ines Roth spoke for an hour to the crowd on the quay.\n\n\"I do not regret any of it at all.\"");
    let quote = article.quotes.iter().find(|q| q.kind != INDIRECT).expect("one quote");
    assert_eq!(shown(&text, quote), (DIRECT, "I do not regret any of it at all.".into(), "Ines Roth".into()));
    assert_eq!(quote.basis, Some(Basis::Context));
}

#[test]
fn according_to_names_the_source() {
    let (text, article) = read("The pier is \"beyond repair,\" according to the port authority.");
    let quote = article.quotes.first().expect("one quote");
    assert_eq!(shown(&text, quote), (PARTIAL, "beyond repair,".into(), "port authority".into()));
    assert_eq!(quote.basis, Some(Basis::AccordingTo));
}

#[test]
fn posts_keep_their_handles_and_tags() {
    assert_marked(&[("\"No deal. #harbour\" Roth tweeted.", &[(DIRECT, "No deal. #harbour", "Roth")])]);
}

#[test]
fn titles_terms_and_scare_quotes_are_no_quotes() {
    assert_marked(&[
        ("The choir sang its new song, \"Roll On, River\", at noon.", &[]),
        ("The so-called \"pier party\" won no seat.", &[]),
        ("A ship named \"Blue Heron\" sank off the cape.", &[]),
        ("He is 6'3\" tall and the sailors' vote is over.", &[]),
    ]);
}

#[test]
fn an_editors_brackets_and_guillemets_are_part_of_the_page() {
    assert_marked(&[
        ("\"They [the crew] knew,\" Roth said.", &[(DIRECT, "They [the crew] knew,", "Roth")]),
        ("«We knew», said Roth.", &[(DIRECT, "We knew", "Roth")]),
    ]);
}

#[test]
fn the_agency_is_the_channel_and_the_person_speaks() {
    let (text, article) = read("Ines Roth was quoted by Harbour News as saying the pier was \"gone.\"");
    let quote = article.quotes.iter().find(|q| q.kind != INDIRECT).expect("one quote");
    assert_eq!(shown(&text, quote).2, "Ines Roth");
}

#[test]
fn reported_speech_needs_no_marks() {
    let indirect = |quote: &Quote| quote.kind == INDIRECT;
    assert_cases(
        &[
            ("Ines Roth said that the pier was gone.", &[(INDIRECT, "the pier was gone", "Ines Roth")]),
            ("Ines Roth said the pier was gone.", &[(INDIRECT, "the pier was gone", "Ines Roth")]),
            ("The pier was gone, Ines Roth said.", &[(INDIRECT, "The pier was gone", "Ines Roth")]),
            ("The pier, she added, would be rebuilt.", &[(INDIRECT, "The pier|would be rebuilt", "she")]),
            ("The pier is gone, according to the port authority.", &[(INDIRECT, "The pier is gone", "port authority")]),
            (
                "The pier was gone, said Ines Roth, a retired pilot, on Monday.",
                &[(INDIRECT, "The pier was gone", "Ines Roth")],
            ),
        ],
        indirect,
    );
}

#[test]
fn what_is_denied_or_only_thought_possible_reports_nothing() {
    for body in ["Ines Roth did not say that the pier was gone.", "Ines Roth would say that the pier was gone."] {
        let (_, article) = read(body);
        assert!(article.quotes.is_empty(), "{body}: {:?}", article.quotes);
    }
}

#[test]
fn pronouns_and_roles_become_names() {
    let (_, article) = read(
        "Harbour Minister Ines Roth opened the pier on Monday. \"It will last,\" she said.\n\n\"We are proud of it,\" the minister added.\n\n\"I doubt it,\" said Mark Ortiz. He left early, he said.",
    );
    let names: Vec<&str> =
        article.quotes.iter().filter_map(|q| article.speakers.get(q.speaker?)).map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["Ines Roth", "Ines Roth", "Mark Ortiz", "Mark Ortiz"]);
    assert_eq!(article.speakers[0].role, "Harbour Minister");
}

#[test]
fn a_pronoun_without_a_name_before_it_gives_no_speaker() {
    let (_, article) = read("\"It will last,\" she said.");
    assert_eq!(article.quotes[0].speaker, None);
    assert!(article.speakers.is_empty());
}
