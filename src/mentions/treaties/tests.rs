//! Each row of the table proves itself, and small cases for each way to refer to a treaty.

use super::find;
use crate::article::Treaty;
use crate::names::Names;
use crate::reading::{Block, BlockKind, Reading};
use crate::span::Span;
use crate::stop::Stop;
use crate::tables::Tables;
use crate::tables::treaties::Proof;
use crate::text;

/// The ids of the treaties in `text`, each with the words of its first mention.
fn found(text: &str, tables: &Tables) -> Vec<(String, String)> {
    let first = |t: &Treaty| t.mentions.first().map_or("", |m| m.span.of(text)).to_owned();
    treaties(text, tables).iter().map(|t| (t.id.clone(), first(t))).collect()
}

/// The treaties in `text`, which is one paragraph.
fn treaties(text: &str, tables: &Tables) -> Vec<Treaty> {
    let tokens = text::tokens(text, &tables.lexicon);
    let words = 0..tokens.len();
    let span = Span::between(0, text.len());
    let paragraph = Block { kind: BlockKind::Paragraph, span, words: words.clone(), sentences: 0..1 };
    let reading =
        Reading { text, tokens: &tokens, blocks: vec![paragraph], sentences: vec![words], stop: &Stop::never() };
    find(&reading, &Names::default(), None, None, tables)
}

#[test]
fn each_name_of_a_listed_treaty_is_found_in_a_sentence() {
    let tables = Tables::new();
    let mut wrong = Vec::new();
    for Proof { id, name, ambiguous, evidence, year, line, .. } in Proof::of_all_names() {
        let beside = if year.is_empty() { String::new() } else { format!(" of {year}") };
        let text = match ambiguous {
            true => format!(
                "The talks were about {}. Officials cited the {name}{beside} on Monday.",
                evidence.replace('|', ", ")
            ),
            false => format!("Officials in the capital cited the {name} when they met on Monday."),
        };
        let found = found(&text, &tables);
        if !found.iter().any(|(found, _)| *found == id) {
            wrong.push(format!("data/treaties.tsv:{line}: {id}: {name}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} names:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_example_of_each_row_names_its_treaty() {
    let tables = Tables::new();
    let wrong: Vec<String> = Proof::of_all_examples()
        .filter(|p| !found(p.name, &tables).iter().any(|(id, _)| *id == p.id))
        .map(|p| format!("data/treaties.tsv:{}: {}: {}: {:?}", p.line, p.id, p.name, found(p.name, &tables)))
        .collect();
    assert!(wrong.is_empty(), "{} examples:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn treaties_are_told_from_what_only_sounds_like_them() {
    let tables = Tables::new();
    for (text, expected) in [
        ("Fishermen fear the Apia Treaty on Nets.", &[("", "Apia Treaty on Nets")] as &[_]),
        ("The row over the 1976 Bergen protocol goes on.", &[("", "Bergen protocol")]),
        ("Ministers signed the Treaty of Narva on Monday.", &[("", "Treaty of Narva")]),
        ("Protocol 14 speeds up the court.", &[("", "Protocol 14")]),
        ("Pilots work under the Tromso Seed Arrangement.", &[("", "Tromso Seed Arrangement")]),
        ("The Sitka Agreement, signed in May, holds.", &[("", "Sitka Agreement")]),
        ("The cut would breach the Seafarers' Convention.", &[("", "Seafarers' Convention")]),
        (
            "It breaks the Tromso Convention on the Treatment of Whales.",
            &[("", "Tromso Convention on the Treatment of Whales")],
        ),
        ("The club entered a Company Voluntary Arrangement.", &[]),
        ("Their Sleeping Arrangement sold many copies.", &[]),
        ("The yard filed under the Owners' Creditors Arrangement Act.", &[]),
        ("She left the Teachers National Convention early.", &[]),
        ("The convention centre burned down.", &[]),
        ("His Honda Accord was stolen.", &[]),
        ("The wage accord holds until May.", &[]),
        ("It was a nice deal for both clubs.", &[]),
        (
            "They tore up the U.S.-Japanese semiconductor pact.",
            &[("us-japan-semiconductor", "U.S.-Japanese semiconductor pact")],
        ),
        ("Corn is sold under the U.S./USSR grains agreement.", &[("us-ussr-grain", "U.S./USSR grains agreement")]),
        ("The Chile-Peru squid agreement expires.", &[("", "Chile-Peru squid agreement")]),
        ("He wants a Chile-Peru squid agreement.", &[]),
        (
            "Australia's Free Trade Agreement with the United States holds.",
            &[("ausfta", "Free Trade Agreement with the United States")],
        ),
        ("The Nuclear\nSafety Convention binds them.", &[("cns", "Nuclear\nSafety Convention")]),
        ("NINE SIGN TREATY OF NARVA", &[("", "TREATY OF NARVA")]),
        ("BEIRA ACCORD HOLDS\n\nThe Beira Accord ended the war.", &[("", "BEIRA ACCORD")]),
        ("The treaties of Sèvres and Lausanne carved it up.", &[("sevres", "Sèvres"), ("lausanne", "Lausanne")]),
        ("The Latino Partnership for Better Roads met.", &[]),
        ("He broke the Memorandum of Understanding with the firm.", &[]),
        ("Doctors praised the Bergen Declaration on Sleep.", &[("", "Bergen Declaration on Sleep")]),
        ("How will Washington deal with him?", &[]),
        ("The realtors held their Washington convention.", &[]),
        ("TALKS TO START NEXT WEEK, ARMS ENVOYS SAY", &[]),
        (
            "A new Strategic Arms Reduction Treaty (START) is near.",
            &[("new-start", "new Strategic Arms Reduction Treaty")],
        ),
        ("Emissions must fall, the Paris agreement says.", &[("paris-agreement", "Paris agreement")]),
        ("The dollar fell and the Paris agreement did not help.", &[("louvre-accord", "Paris agreement")]),
        (
            "The Memorandum of Understanding on Grain Corridors holds.",
            &[("", "Memorandum of Understanding on Grain Corridors")],
        ),
        ("The Helsinki Convention on Baltic pollution binds them.", &[("helsinki-convention", "Helsinki Convention")]),
        ("NATO will meet on Monday.", &[]),
        (
            "France, Germany, Japan, Canada and Britain met on the climate. The Paris Agreement holds.",
            &[("paris-agreement", "Paris Agreement")],
        ),
        (
            "Lawyers in the capital of the region point to the Helsinki Tax Agreement of last year.",
            &[("", "Helsinki Tax Agreement")],
        ),
        ("The town joined the Palermo Charter on Salt Marshes.", &[("", "Palermo Charter on Salt Marshes")]),
        ("A court cited the Charter of Rights and Freedoms.", &[]),
        ("The Mercosur deal with Ecuador is near.", &[]),
        ("They left the Treaty of Narva. It was the oldest treaty there.", &[("", "Treaty of Narva")]),
        ("They quit the INF and Open Skies treaties.", &[("inf-treaty", "INF"), ("open-skies", "Open Skies")]),
        ("The ABM (Anti-Ballistic Missile) Treaty is gone.", &[("abm-treaty", "ABM (Anti-Ballistic Missile) Treaty")]),
    ] {
        let found = found(text, &tables);
        let found: Vec<(&str, &str)> = found.iter().map(|(id, words)| (id.as_str(), words.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn far_from_all_names_the_treaty_is_the_one_the_article_is_about() {
    let tables = Tables::new();
    let aside = "Nobody at the harbour would say how many boats had come in on that day. ".repeat(9);
    let text = format!(
        "The Treaty of Narva may end. Some call the Treaty of Narva old. Nobody misses the Apia Treaty on Nets. {aside}\
         The treaty has a clause for it."
    );
    let treaties = treaties(&text, &tables);
    let times: Vec<(&str, usize)> = treaties.iter().map(|t| (t.title.as_str(), t.mentions.len())).collect();
    assert_eq!(times, [("Treaty of Narva", 3), ("Apia Treaty on Nets", 1)]);
}
