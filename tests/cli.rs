//! The command line as a shell sees it: what is printed, where, and with which exit code.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    reason = "a test looks at files and clocks, and fails loudly"
)]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const ARTICLE: &str = "Ferries stop\n\nRIGA, March 4 (AP) — \"Nobody sails,\" said Ines Roth, a pilot. 🚢\r\n";

/// Runs the program with `input` on its standard input.
fn copydesk(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    // A thread of its own: a full pipe must not stop us from reading the answer.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("the program ends");
    // A program that refuses its arguments leaves before it reads.
    let _ = writer.join().expect("no panic");
    output
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn an_article_from_a_pipe_becomes_an_outline_without_colours() {
    let output = copydesk(&["structure"], ARTICLE.as_bytes());
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success());
    assert!(text.starts_with("headline     Ferries stop\n"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
}

#[test]
fn json_spans_cut_the_very_words_out_of_the_text_in_the_unit_asked_for() {
    let output = copydesk(&["structure", "--json", "--offset-unit", "code-point", "-"], ARTICLE.as_bytes());
    let response: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(response["offsetUnit"], "OFFSET_UNIT_CODE_POINT");
    let text: Vec<char> = ARTICLE.chars().collect();
    let paragraph = &response["document"]["paragraphs"][0]["text"];
    let at = |edge: &str| paragraph["span"][edge].as_u64().expect("an offset") as usize;
    let words: String = text[at("start")..at("end")].iter().collect();
    assert_eq!(words, paragraph["content"].as_str().expect("words"));
}

#[test]
fn a_file_that_is_not_there_or_not_text_is_a_clear_error() {
    let output = copydesk(&["structure", "no/such/article.txt"], b"");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(error.contains("no/such/article.txt"), "{error}");

    let output = copydesk(&["structure", "-"], b"Riga \xff secret");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(error.contains("byte 5") && !error.contains("secret"), "{error}");
}

#[test]
fn a_wrong_option_is_refused_with_code_two() {
    assert_eq!(copydesk(&["structure", "--colour"], b"").status.code(), Some(2));
    assert_eq!(copydesk(&["structure", "--published-on", "yesterday"], b"").status.code(), Some(2));
}

#[test]
fn bulk_answers_every_line_in_order_and_loses_none() {
    let mut input = String::new();
    for id in 0..500 {
        input += &format!("{{\"id\":{id},\"text\":\"Headline {id}\\n\\nText.\"}}\n");
    }
    let output = copydesk(&["bulk", "--jobs", "3"], input.as_bytes());
    let answers = lines(&output);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(answers.len(), 500);
    for (id, answer) in answers.iter().enumerate() {
        assert_eq!(answer["id"], id);
        assert_eq!(answer["document"]["headline"]["content"], format!("Headline {id}"));
    }
    assert_eq!(output.stdout, copydesk(&["bulk", "--jobs", "1"], input.as_bytes()).stdout);
}

#[test]
fn a_bad_line_gets_an_error_and_harms_no_other_line() {
    let input = b"{\"id\":\"a\",\"text\":\"Fine\"}\nno json\n\n{\"id\":\"b\",\"text\":\" \"}\n{\"id\":\"c\",\"text\":\"Fine too\"}";
    let output = copydesk(&["bulk"], input);
    let answers = lines(&output);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(answers.len(), 4);
    assert_eq!(answers[1]["error"]["reason"], "REQUEST_MALFORMED");
    assert_eq!(answers[2]["error"]["reason"], "TEXT_EMPTY");
    assert_eq!(answers[2]["id"], "b");
    assert_eq!(answers[3]["document"]["headline"]["content"], "Fine too");
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let line = "{\"text\":\"Headline\\n\\nText.\"}\n".repeat(20_000);
    let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .arg("bulk")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let _ = child.stdin.take().expect("a pipe").write_all(line.as_bytes());
    assert_eq!(child.wait().expect("the program ends").code(), Some(0));
}
