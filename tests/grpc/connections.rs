//! Peers that say nothing, connections that grow old, answers that are packed.

use std::time::{Duration, Instant};

use copydesk::server::{Bytes, CompressAnswers, Parting, Settings};
use copydesk::wire::health::HealthCheckRequest;
use prost::Message;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_stream::StreamExt;
use tonic_types::StatusExt;

use crate::desk::{Desk, request, settings};
use crate::raw::{call, frame};

/// The opening of HTTP/2 with empty settings.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

/// How long the server leaves a connection open that sends `words` and then nothing.
async fn patience(desk: &Desk, words: &[u8]) -> Duration {
    let began = Instant::now();
    let mut stream = TcpStream::connect(desk.grpc).await.expect("it listens");
    stream.write_all(words).await.expect("sent");
    let mut sink = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut sink)).await;
    began.elapsed()
}

#[tokio::test]
async fn a_peer_that_says_nothing_or_half_a_word_is_shown_out() {
    let desk = Desk::open(Settings { first_byte: Duration::from_millis(300), ..settings() }).await;
    for words in [&b""[..], b"PRI * HT", b"GET / HT"] {
        let took = patience(&desk, words).await;
        assert!((250..6000).contains(&took.as_millis()), "{took:?}");
    }
    desk.close().await;
}

#[tokio::test]
async fn a_peer_that_does_not_answer_a_ping_is_given_up() {
    let keepalive = Duration::from_millis(200);
    let desk = Desk::open(Settings { keepalive, keepalive_timeout: keepalive, ..settings() }).await;
    let took = patience(&desk, PREFACE).await;
    assert!((350..6000).contains(&took.as_millis()), "{took:?}");
    desk.close().await;
}

#[tokio::test]
async fn silent_peers_and_open_watches_do_not_hold_up_the_end() {
    let cap = Settings { drain: Duration::from_millis(500), ..settings() };
    let mut desk = Desk::open(cap).await;
    let _silent = TcpStream::connect(desk.grpc).await.expect("it listens");
    let mut preface_only = TcpStream::connect(desk.grpc).await.expect("it listens");
    preface_only.write_all(PREFACE).await.expect("sent");
    let mut health = desk.health(desk.grpc).await;
    let mut watch = health.watch(HealthCheckRequest::default()).await.expect("a watch").into_inner();
    watch.message().await.expect("a status");
    let began = Instant::now();
    desk.stop();
    let parting = desk.close().await;
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    assert!(matches!(parting, Parting::Cut(n) if n <= 2), "{parting:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn calls_open_when_the_drain_begins_get_their_answer() {
    let engine = copydesk::server::engine();
    let slow = move |text: &str, options: &copydesk::Options, stop: &dyn Fn() -> bool| {
        if text.starts_with("Slow") {
            std::thread::sleep(Duration::from_millis(500));
        }
        engine(text, options, stop)
    };
    let mut desk = Desk::with(settings(), std::sync::Arc::new(slow)).await;
    let mut client = desk.client().await;
    let call = tokio::spawn(async move { client.structure_article(request("Slow ferries")).await });
    tokio::time::sleep(Duration::from_millis(150)).await;
    desk.stop();
    assert!(call.await.expect("no panic").is_ok());
    assert_eq!(desk.close().await, Parting::Clean);
}

/// A stream of one article that never ends by itself ends like this after its answer.
async fn end_of_a_stream(desk: &mut Desk, stop: bool) -> tonic::Status {
    use copydesk::wire::v1::stream_structure_articles_request::Payload;
    use copydesk::wire::v1::{StreamStructureArticlesRequest, StreamedArticle};
    let article = StreamedArticle { id: "1".to_owned(), article: request("Ferries stop").article };
    let first = tokio_stream::iter([StreamStructureArticlesRequest { payload: Some(Payload::Article(article)) }]);
    let never_ending = first.chain(tokio_stream::pending());
    let mut client = desk.client().await;
    let mut answers = client.stream_structure_articles(never_ending).await.expect("a stream").into_inner();
    assert_eq!(answers.message().await.expect("an answer").map(|a| a.id).as_deref(), Some("1"));
    if stop {
        desk.stop();
    }
    answers.message().await.expect_err("the end")
}

#[tokio::test]
async fn an_open_stream_is_answered_to_its_last_article_and_sent_elsewhere() {
    let young = Settings { connection_age: Duration::from_millis(300), ..settings() };
    for (settings, stop) in [(settings(), true), (young, false)] {
        let mut desk = Desk::open(settings).await;
        let status = end_of_a_stream(&mut desk, stop).await;
        let details = status.get_error_details();
        assert_eq!(status.code(), tonic::Code::Unavailable);
        assert_eq!(details.error_info().map(|i| i.reason.as_str()), Some("DRAINING"));
        assert_eq!(details.retry_info().and_then(|r| r.retry_delay), Some(Duration::ZERO));
        assert_eq!(desk.close().await, Parting::Clean);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_call_is_lost_when_connections_grow_old() {
    let young = Settings { connection_age: Duration::from_millis(150), ..settings() };
    let desk = Desk::open(young).await;
    let mut client = desk.client().await;
    let (began, mut calls) = (Instant::now(), 0);
    while began.elapsed() < Duration::from_millis(1200) {
        match client.structure_article(request("Ferries stop")).await {
            Ok(_) => calls += 1,
            // This client lets a call run into a connection that is just closing, and says that it
            // never left; others (grpc-core, grpc-go) send such a call again by themselves.
            Err(status) => assert!(format!("{status:?}").contains("Canceled"), "call {calls}: {status:?}"),
        }
    }
    assert!(calls > 10, "{calls}");
    desk.close().await;
}

#[tokio::test]
async fn a_connection_too_many_is_closed_at_once() {
    let desk = Desk::open(Settings { max_connections: 1, ..settings() }).await;
    let mut client = desk.client().await;
    assert!(client.structure_article(request("Ferries stop")).await.is_ok());
    assert!(patience(&desk, b"").await < Duration::from_secs(4));
    assert!(client.structure_article(request("Ferries stop")).await.is_ok());
    desk.close().await;
}

#[tokio::test]
async fn whoever_comes_with_curl_is_told_what_this_port_speaks() {
    let desk = Desk::open(settings()).await;
    let mut stream = TcpStream::connect(desk.grpc).await.expect("it listens");
    let words =
        b"POST /v1/articles HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    stream.write_all(words).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("text");
    assert!(answer.starts_with("HTTP/1.1 415") && answer.contains("grpcurl"), "{answer}");
    desk.close().await;
}

#[tokio::test]
async fn a_header_list_too_long_is_refused() {
    let desk = Desk::open(settings()).await;
    let mut client = desk.client().await;
    let mut asked = tonic::Request::new(request("Ferries stop"));
    asked.metadata_mut().insert("x-long", "x".repeat(20 << 10).parse().expect("plain"));
    assert!(client.structure_article(asked).await.is_err());
    assert!(client.structure_article(request("Ferries stop")).await.is_ok());
    desk.close().await;
}

#[tokio::test]
async fn answers_are_packed_when_it_is_asked_for_and_saves_something() {
    use CompressAnswers::{Accepted, Asked, Never};
    let short = request("Ferries stop").encode_to_vec();
    let long = request(&format!("Ferries stop\n\n{}", "Nobody sailed on Monday. ".repeat(200))).encode_to_vec();
    let accepts = ("grpc-accept-encoding", "identity,deflate,gzip,zstd");
    let zipped = |bytes: &[u8]| frame(1, &crate::errors::gzipped(bytes));
    let gzip = [accepts, ("grpc-encoding", "gzip")];
    for (when, what, headers, body, packed) in [
        (Asked, "a client that could read gzip but did not ask", &[accepts][..], frame(0, &long), None),
        (Asked, "a client that packs", &gzip, zipped(&long), Some("gzip")),
        (Asked, "a client that packs a short article", &gzip, zipped(&short), None),
        (Asked, "a client that packs and reads nothing packed", &gzip[1..], zipped(&long), None),
        (Accepted, "a client that could read gzip", &[accepts], frame(0, &long), Some("gzip")),
        (Accepted, "a client that could not", &[], frame(0, &long), None),
        (Never, "a client that packs", &gzip, zipped(&long), None),
    ] {
        let desk = Desk::open(Settings { compress_answers: when, compress_from: Bytes(1024), ..settings() }).await;
        let answer = call(desk.grpc, "StructureArticle", headers, body).await;
        let flag = answer.body.first().copied();
        let encoding = answer.headers.get("grpc-encoding").map(|v| v.to_str().expect("plain").to_owned());
        assert_eq!(flag, Some(u8::from(packed.is_some())), "{what}");
        assert!(packed.is_none() || encoding.as_deref() == packed, "{what}: {encoding:?}");
        desk.close().await;
    }
}
