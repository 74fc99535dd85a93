//! The table of errors, row by row: code, reason, field, numbers.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use copydesk::Article as Structured;
use copydesk::server::{Bytes, Engine, Settings};
use copydesk::wire::v1::stream_structure_articles_request::Payload;
use copydesk::wire::v1::*;
use prost::Message;
use tonic::{Code, Status};
use tonic_types::StatusExt;

use crate::desk::{Desk, PATIENCE, request, settings, wait_until};
use crate::raw::{call, frame};

/// Code, reason, fields, and the numbers as `key=value`.
fn told(status: &Status) -> (Code, String, Vec<String>, Vec<String>) {
    let details = status.get_error_details();
    let (reason, domain, metadata) = match details.error_info().cloned() {
        Some(info) => (info.reason, info.domain, info.metadata),
        None => panic!("no ErrorInfo: {status:?}"),
    };
    assert_eq!(domain, "copydesk.v1");
    assert!(status.details().len() < 4096);
    let fields = details.bad_request().map(|b| b.field_violations.iter().map(|v| v.field.clone()).collect());
    let mut numbers: Vec<_> = metadata.into_iter().map(|(key, value)| format!("{key}={value}")).collect();
    numbers.sort();
    (status.code(), reason, fields.unwrap_or_default(), numbers)
}

fn row(code: Code, reason: &str, fields: &[&str], numbers: &[&str]) -> (Code, String, Vec<String>, Vec<String>) {
    let owned = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect();
    (code, reason.to_owned(), owned(fields), owned(numbers))
}

#[tokio::test]
async fn a_refused_article_is_told_why_and_where() {
    let desk = Desk::open(Settings { max_text: Bytes(100), ..settings() }).await;
    let mut client = desk.client().await;
    let options = |options| Some(StructureOptions { ..options });
    let published = |year, month, day| {
        let mut request = request("Ferries stop");
        request.article.as_mut().expect("one").published_on = Some(CalendarDate { year, month, day });
        request
    };
    let empty = ["article.text"];
    use Code::InvalidArgument as Invalid;
    for (asked, wanted) in [
        (StructureArticleRequest::default(), row(Invalid, "TEXT_EMPTY", &empty, &[])),
        (request(""), row(Invalid, "TEXT_EMPTY", &empty, &[])),
        (request(" \r\n\u{a0}\u{2003}"), row(Invalid, "TEXT_EMPTY", &empty, &[])),
        (request(&"x".repeat(101)), row(Invalid, "TEXT_TOO_LONG", &empty, &["actual_bytes=101", "limit_bytes=100"])),
        (
            StructureArticleRequest {
                options: options(StructureOptions { offset_unit: 99, features: vec![0, 42], omit_text: false }),
                ..request("Ferries stop")
            },
            row(
                Invalid,
                "OPTION_INVALID",
                &["options.offset_unit", "options.features[0]", "options.features[1]"],
                &["violations=3"],
            ),
        ),
        (published(2023, 2, 29), row(Invalid, "OPTION_INVALID", &["article.published_on.day"], &["violations=1"])),
    ] {
        let status = client.structure_article(asked.clone()).await.expect_err("refused");
        assert_eq!(told(&status), wanted, "{asked:?}");
    }
    assert!(client.structure_article(request(&"x".repeat(100))).await.is_ok());
    desk.close().await;
}

#[tokio::test]
async fn a_batch_of_none_and_a_batch_of_too_many_are_refused_whole() {
    let desk = Desk::open(Settings { max_batch: 3, ..settings() }).await;
    let mut client = desk.client().await;
    for (count, wanted) in [
        (0, row(Code::InvalidArgument, "BATCH_EMPTY", &["articles"], &[])),
        (4, row(Code::InvalidArgument, "BATCH_TOO_LARGE", &["articles"], &["actual=4", "limit=3"])),
    ] {
        let articles = vec![request("Ferries stop").article.expect("one"); count];
        let asked = BatchStructureArticlesRequest { articles, options: None };
        assert_eq!(told(&client.batch_structure_articles(asked).await.expect_err("refused")), wanted);
    }
    desk.close().await;
}

#[tokio::test]
async fn a_stream_ends_when_its_options_come_late_or_a_message_is_empty() {
    let desk = Desk::open(settings()).await;
    let mut client = desk.client().await;
    let message = |payload| StreamStructureArticlesRequest { payload };
    let article = || {
        let article = request("Ferries stop").article;
        message(Some(Payload::Article(StreamedArticle { id: "1".to_owned(), article })))
    };
    let options = || message(Some(Payload::Options(StructureOptions::default())));
    let wrong = || message(Some(Payload::Options(StructureOptions { offset_unit: 9, ..Default::default() })));
    for (messages, answered, field) in [
        (vec![article(), options()], 1, "options"),
        (vec![options(), options(), article()], 0, "options"),
        (vec![options(), article(), message(None)], 1, "payload"),
        (vec![wrong(), article()], 0, "options.offset_unit"),
    ] {
        let stream = client.stream_structure_articles(tokio_stream::iter(messages)).await.expect("a stream");
        let mut answers = stream.into_inner();
        for _ in 0..answered {
            assert!(answers.message().await.expect("answered before").is_some());
        }
        let status = answers.message().await.expect_err("the end");
        assert_eq!(told(&status), row(Code::InvalidArgument, "OPTION_INVALID", &[field], &["violations=1"]));
    }
    desk.close().await;
}

pub(crate) fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

#[tokio::test]
async fn bytes_that_are_no_request_are_the_callers_fault() {
    let desk = Desk::open(settings()).await;
    // Field 1 (article), 2 bytes long: field 1 (text), 1 byte long.
    let not_utf8 = [0x0a, 0x03, 0x0a, 0x01, 0xff];
    let cut_short = [0x0a, 0x7f, 0x0a];
    let good = request("Ferries stop").encode_to_vec();
    let gzip = [("grpc-encoding", "gzip")];
    for (what, headers, body) in [
        ("no UTF-8", &[][..], frame(0, &not_utf8)),
        ("a message cut short", &[], frame(0, &cut_short)),
        ("wire type 7", &[], frame(0, &[0x0f])),
        ("a frame cut short", &[], frame(0, &good)[..8].to_vec()),
        ("no message", &[], Vec::new()),
        ("an unknown flag", &[], frame(7, &good)),
        ("a flag of compression without its name", &[], frame(1, &good)),
        ("no gzip", &gzip, frame(1, &good)),
    ] {
        let answer = call(desk.grpc, "StructureArticle", headers, body).await;
        let status = answer.status;
        assert_eq!(told(&status), row(Code::InvalidArgument, "REQUEST_MALFORMED", &[], &[]), "{what}: {status:?}");
    }
    let fine = call(desk.grpc, "StructureArticle", &gzip, frame(1, &gzipped(&good))).await;
    assert_eq!(fine.status.code(), Code::Ok);
    let stream = call(desk.grpc, "StreamStructureArticles", &[], frame(0, &[0x0a, 0x03, 0x0a, 0x01, 0xff])).await;
    assert_eq!(told(&stream.status).1, "REQUEST_MALFORMED");
    desk.close().await;
}

#[tokio::test]
async fn a_message_too_large_is_said_so_plain_or_packed() {
    let desk = Desk::open(Settings { max_text: Bytes(1000), max_message: Bytes(2000), ..settings() }).await;
    let large = request(&"x".repeat(100_000)).encode_to_vec();
    let gzip = [("grpc-encoding", "gzip")];
    let packed = gzipped(&large);
    assert!(packed.len() < 2000, "{}", packed.len());
    let wanted = row(Code::ResourceExhausted, "MESSAGE_TOO_LARGE", &[], &["limit_bytes=2000"]);
    for method in ["StructureArticle", "BatchStructureArticles", "StreamStructureArticles"] {
        let plain = call(desk.grpc, method, &[], frame(0, &large)).await;
        let packed = call(desk.grpc, method, &gzip, frame(1, &packed)).await;
        for status in [plain.status, packed.status] {
            assert_eq!(told(&status), wanted, "{method}");
            assert!(status.get_error_details().retry_info().is_none(), "trying again is useless");
        }
    }
    desk.close().await;
}

#[tokio::test]
async fn an_answer_too_large_comes_with_advice() {
    let desk = Desk::open(Settings { max_response: Bytes(300), ..settings() }).await;
    let long = request(&format!("Ferries stop\n\n{}", "Nobody sailed on Monday. ".repeat(100)));
    let mut client = desk.client().await;
    let status = client.structure_article(long.clone()).await.expect_err("too large");
    let (code, reason, _, numbers) = told(&status);
    assert_eq!((code, reason.as_str()), (Code::ResourceExhausted, "RESPONSE_TOO_LARGE"));
    assert!(numbers.iter().any(|n| n == "limit_bytes=300") && status.message().contains("omit_text"));
    let article = Some(Payload::Article(StreamedArticle { id: "1".to_owned(), article: long.article }));
    let messages = tokio_stream::iter([StreamStructureArticlesRequest { payload: article }]);
    let mut answers = client.stream_structure_articles(messages).await.expect("a stream").into_inner();
    let answer = answers.message().await.expect("the stream goes on").expect("an answer");
    let outcome = answer.result.and_then(|r| r.result);
    assert!(matches!(outcome, Some(structure_result::Result::Error(e)) if e.reason == "RESPONSE_TOO_LARGE"));
    desk.close().await;
}

/// Works on "Endless" until it is told to stop, and counts how often it has begun.
fn endless(begun: Arc<AtomicUsize>) -> Arc<Engine> {
    let engine = copydesk::server::engine();
    Arc::new(move |text, options, stop| {
        if !text.starts_with("Endless") {
            return engine(text, options, stop);
        }
        begun.fetch_add(1, Ordering::SeqCst);
        while !stop() {
            std::thread::sleep(Duration::from_millis(1));
        }
        None
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_call_whose_time_runs_out_is_told_where_it_was() {
    let begun = Arc::new(AtomicUsize::new(0));
    let long = Settings { workers: 1, queue_time: PATIENCE, deadline: PATIENCE, ..settings() };
    let desk = Desk::with(long, endless(begun.clone())).await;
    // Bytes and no library: tonic's client counts too, and says CANCELLED when it is first.
    let waits = |time: &'static str, text: &str| {
        let (address, body) = (desk.grpc, frame(0, &request(text).encode_to_vec()));
        async move { call(address, "StructureArticle", &[("grpc-timeout", time)], body).await.status }
    };
    let deadline = |stage: &str| row(Code::DeadlineExceeded, "DEADLINE", &[], &[&format!("stage={stage}")]);
    let first = tokio::spawn(waits("4S", &"Endless ".repeat(20_000)));
    wait_until("work", || begun.load(Ordering::SeqCst) == 1).await;
    assert_eq!(told(&waits("500m", "Ferries stop").await), deadline("queue"), "behind the endless one");
    assert!(!first.is_finished(), "its own time is longer");
    assert_eq!(told(&first.await.expect("no panic")), deadline("work"));
    assert_eq!(told(&waits("300m", "Endless").await), deadline("work"), "worked on where it is");
    for method in ["StructureArticle", "StreamStructureArticles"] {
        let waits = [("grpc-timeout", "200m")];
        let status = crate::raw::call_and_hold(desk.grpc, method, &waits, Vec::new()).await.status;
        assert_eq!(told(&status), deadline("receive"), "{method}");
    }
    desk.close().await;
}

#[tokio::test]
async fn a_panic_costs_one_request_and_is_counted() {
    let engine = |text: &str, options: &copydesk::Options, stop: &dyn Fn() -> bool| -> Option<Structured> {
        assert!(!text.contains("Stumble"), "over {text}");
        copydesk::structure_until(text, options, &copydesk::Tables::new(), stop)
    };
    let desk = Desk::with(settings(), Arc::new(engine)).await;
    let mut client = desk.client().await;
    for text in ["Stumble".to_owned(), "Stumble ".repeat(20_000)] {
        let mut asked = tonic::Request::new(request(&text));
        asked.metadata_mut().insert("x-request-id", "desk-1".parse().expect("plain"));
        let status = client.structure_article(asked).await.expect_err("a panic");
        assert_eq!(told(&status), row(Code::Internal, "INTERNAL", &[], &[]));
        let details = status.get_error_details();
        assert_eq!(details.request_info().map(|r| r.request_id.as_str()), Some("desk-1"));
        assert!(!status.message().contains("Stumble"));
    }
    let articles = ["Ferries stop", "Stumble", "Trams wait"].map(|t| request(t).article.expect("one")).to_vec();
    let batch = client.batch_structure_articles(BatchStructureArticlesRequest { articles, options: None }).await;
    let results = batch.expect("the others are answered").into_inner().results;
    assert!(matches!(&results[1].result, Some(structure_result::Result::Error(e)) if e.reason == "INTERNAL"));
    assert!(matches!(&results[2].result, Some(structure_result::Result::Document(_))));
    assert!(client.structure_article(request("Ferries stop")).await.is_ok());
    assert!(desk.metrics().await.contains("copydesk_panics_total 3"));
    desk.close().await;
}

#[tokio::test]
async fn unknown_methods_and_unknown_compression_are_unimplemented() {
    let desk = Desk::open(settings()).await;
    let body = || frame(0, &request("Ferries stop").encode_to_vec());
    assert_eq!(call(desk.grpc, "Rewrite", &[], body()).await.status.code(), Code::Unimplemented);
    let deflate = call(desk.grpc, "StructureArticle", &[("grpc-encoding", "deflate")], body()).await;
    assert_eq!(deflate.status.code(), Code::Unimplemented);
    let accepted = deflate.headers.get("grpc-accept-encoding").map(|v| v.as_bytes().to_vec()).unwrap_or_default();
    assert_eq!(String::from_utf8_lossy(&accepted), "gzip,zstd,identity");
    assert!(deflate.body.is_empty());
    desk.counts("method=\"other\",code=\"UNIMPLEMENTED\",reason=\"\"} 1").await;
    desk.close().await;
}
