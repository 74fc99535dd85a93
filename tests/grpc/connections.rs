//! Peers that say nothing, connections that grow old, answers that are packed.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use copydesk::server::{Bytes, CompressAnswers, Parting, Settings};
use copydesk::wire::health::HealthCheckRequest;
use copydesk::wire::v1::structuring_service_client::StructuringServiceClient;
use prost::Message;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_stream::StreamExt;
use tonic::transport::Channel;
use tonic_types::StatusExt;

use crate::desk::{Desk, PATIENCE, request, settings, wait_until};
use crate::raw::{call, frame};

/// The opening of HTTP/2 with empty settings.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

/// How long the server leaves a connection open that sends `words` and then nothing.
async fn patience(desk: &Desk, words: &[u8]) -> Duration {
    let began = Instant::now();
    let mut stream = TcpStream::connect(desk.grpc).await.expect("it listens");
    stream.write_all(words).await.expect("sent");
    let mut sink = Vec::new();
    let _ = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut sink)).await;
    began.elapsed()
}

#[tokio::test]
async fn a_peer_that_says_nothing_or_half_a_word_is_shown_out() {
    let desk = Desk::open(Settings { first_byte: Duration::from_millis(300), ..settings() }).await;
    for words in [&b""[..], b"PRI * HT", b"GET / HT"] {
        let took = patience(&desk, words).await;
        assert!((250..30_000).contains(&took.as_millis()), "{took:?}");
    }
    desk.close().await;
}

#[tokio::test]
async fn a_peer_that_does_not_answer_a_ping_is_given_up() {
    let keepalive = Duration::from_millis(200);
    let desk = Desk::open(Settings { keepalive, keepalive_timeout: keepalive, ..settings() }).await;
    let took = patience(&desk, PREFACE).await;
    assert!((350..30_000).contains(&took.as_millis()), "{took:?}");
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
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
    assert!(matches!(parting, Parting::Cut(n) if n <= 2), "{parting:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn calls_open_when_the_drain_begins_get_their_answer() {
    let engine = copydesk::server::engine();
    let (begun, noted) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let (at_work, drained) = (begun.clone(), noted.clone());
    let slow = move |text: &str, options: &copydesk::Options, stop: &dyn Fn() -> bool| {
        if text.starts_with("Slow") {
            at_work.store(true, Ordering::SeqCst);
            while !drained.load(Ordering::SeqCst) && !stop() {
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        engine(text, options, stop)
    };
    let mut desk = Desk::with(settings(), Arc::new(slow)).await;
    let mut client = desk.client().await;
    let call = tokio::spawn(async move { client.structure_article(request(&"Slow ".repeat(30_000))).await });
    wait_until("work", || begun.load(Ordering::SeqCst)).await;
    desk.stop();
    desk.counts("copydesk_phase{name=\"draining\"} 1").await;
    noted.store(true, Ordering::SeqCst);
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
    let young = Settings { connection_age: Duration::from_secs(2), ..settings() };
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

/// Whether the call of this error never left its client: the connection had been asked to go.
fn never_left(status: &tonic::Status) -> bool {
    let mut cause = status.source();
    while let Some(error) = cause {
        let unsent = error.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_canceled);
        let told_to_go = error
            .downcast_ref::<h2::Error>()
            .is_some_and(|e| e.is_go_away() && e.is_remote() && e.reason() == Some(h2::Reason::NO_ERROR));
        if unsent || told_to_go {
            return true;
        }
        cause = error.source();
    }
    false
}

/// The answer to a call that is sent again as long as it never left, as grpc-core and grpc-go do by
/// themselves and this client does not (grpc/grpc-rust#2185). Once in a while this client leaves a call behind on a
/// connection that is gone: the counts of the server tell whether it ever left.
async fn answered(client: &mut StructuringServiceClient<Channel>) -> Result<(), tonic::Status> {
    let mut last = tonic::Status::internal("never tried");
    for _ in 0..20 {
        match tokio::time::timeout(Duration::from_secs(5), client.structure_article(request("Ferries stop"))).await {
            Ok(Ok(_)) => return Ok(()),
            Ok(Err(status)) if never_left(&status) => last = status,
            Ok(Err(status)) => return Err(status),
            Err(_) => last = tonic::Status::internal("no answer"),
        }
    }
    Err(last)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_call_is_lost_when_connections_grow_old() {
    let young = Settings { connection_age: Duration::from_millis(150), ..settings() };
    let desk = Desk::open(young).await;
    let (began, mut callers) = (Instant::now(), Vec::new());
    for _ in 0..3 {
        let mut client = desk.client().await;
        callers.push(tokio::spawn(async move {
            let mut calls = 0;
            while began.elapsed() < Duration::from_millis(1500) || calls < 10 {
                answered(&mut client).await.unwrap_or_else(|status| panic!("call {calls} is lost: {status:?}"));
                calls += 1;
            }
            calls
        }));
    }
    let mut calls = 0;
    for caller in callers {
        calls += caller.await.expect("no call is lost");
    }
    // None was taken twice or half: the server took as many as were answered.
    let method = "method=\"/copydesk.v1.StructuringService/StructureArticle\"";
    desk.counts(&format!("copydesk_calls_started_total{{{method}}} {calls}")).await;
    desk.counts(&format!("copydesk_calls_handled_total{{{method},code=\"OK\",reason=\"\"}} {calls}")).await;
    desk.close().await;
}

/// The next frame: kind, flags and what it holds.
async fn next_frame(stream: &mut TcpStream) -> (u8, u8, Vec<u8>) {
    let mut head = [0; 9];
    stream.read_exact(&mut head).await.expect("a frame");
    let mut payload = vec![0; u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize];
    stream.read_exact(&mut payload).await.expect("all of it");
    (head[3], head[4], payload)
}

#[tokio::test]
async fn an_old_connection_is_asked_to_go_before_it_is_told_which_call_was_its_last() {
    const GOAWAY: u8 = 7;
    const PING: u8 = 6;
    let desk = Desk::open(Settings { connection_age: Duration::from_millis(200), ..settings() }).await;
    let mut stream = TcpStream::connect(desk.grpc).await.expect("it listens");
    stream.write_all(PREFACE).await.expect("sent");
    // The greatest number of a call there can be: whatever is on its way is still taken.
    let no_error = [0; 4];
    let mut last_calls = Vec::new();
    while last_calls.len() < 2 {
        let (kind, flags, payload) = next_frame(&mut stream).await;
        match kind {
            GOAWAY => {
                assert_eq!(payload[4..8], no_error);
                last_calls.push(u32::from_be_bytes([payload[0], payload[1], payload[2], payload[3]]));
            }
            PING if flags == 0 => {
                assert_eq!(last_calls, [u32::MAX >> 1], "the second word waits until the first has been heard");
                let mut pong = vec![0, 0, 8, PING, 1, 0, 0, 0, 0];
                pong.extend(payload);
                stream.write_all(&pong).await.expect("sent");
            }
            _ => {}
        }
    }
    assert_eq!(last_calls, [u32::MAX >> 1, 0]);
    assert_eq!(stream.read_to_end(&mut Vec::new()).await.expect("the end"), 0);
    desk.close().await;
}

#[tokio::test]
async fn a_connection_too_many_is_closed_at_once() {
    let desk = Desk::open(Settings { max_connections: 1, first_byte: PATIENCE, ..settings() }).await;
    let mut client = desk.client().await;
    assert!(client.structure_article(request("Ferries stop")).await.is_ok());
    assert!(patience(&desk, b"").await < Duration::from_secs(40), "the limit and not the first byte ended it");
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
