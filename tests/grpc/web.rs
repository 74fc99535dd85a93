//! Browsers: gRPC-Web over HTTP/1.1, and the question that a browser asks first.

use std::net::SocketAddr;

use copydesk::server::Settings;
use copydesk::wire::v1::StructureArticleResponse;
use prost::Message;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::desk::{Desk, request, settings};
use crate::raw::frame;

const PAGE: &str = "https://desk.example";

/// Sends the bytes of a request and gives head and body of the answer.
async fn exchange(address: SocketAddr, head: &str, body: &[u8]) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    let head = format!("{head}\r\nHost: desk\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all(&[head.as_bytes(), body].concat()).await.expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("an answer");
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n").expect("a head");
    (String::from_utf8_lossy(&answer[..end]).to_lowercase(), answer[end + 4..].to_vec())
}

/// What the chunks of a body hold.
fn whole(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = chunks.windows(2).position(|w| w == b"\r\n") {
        let size = std::str::from_utf8(&chunks[..end]).ok().and_then(|s| usize::from_str_radix(s, 16).ok());
        let size = size.expect("a size");
        body.extend(&chunks[end + 2..end + 2 + size]);
        chunks = chunks.get(end + 4 + size..).unwrap_or_default();
    }
    body
}

fn post(origin: &str) -> String {
    let path = "/copydesk.v1.StructuringService/StructureArticle";
    format!("POST {path} HTTP/1.1\r\nOrigin: {origin}\r\nX-Grpc-Web: 1\r\nContent-Type: application/grpc-web+proto")
}

fn ask(origin: &str) -> String {
    let method = "OPTIONS /copydesk.v1.StructuringService/StructureArticle HTTP/1.1";
    let wishes = "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type,x-grpc-web";
    format!("{method}\r\nOrigin: {origin}\r\n{wishes}")
}

async fn open() -> Desk {
    let cors_origins = vec![PAGE.parse().expect("an origin")];
    Desk::open(Settings { grpc_web: true, cors_origins, ..settings() }).await
}

#[tokio::test]
async fn a_page_gets_its_article_and_the_status_behind_it() {
    let desk = open().await;
    let (head, body) = exchange(desk.grpc, &post(PAGE), &frame(0, &request("Ferries stop").encode_to_vec())).await;
    assert!(head.starts_with("http/1.1 200") && head.contains("content-type: application/grpc-web+proto"), "{head}");
    assert!(head.contains(&format!("access-control-allow-origin: {PAGE}")), "{head}");
    assert!(head.contains("access-control-expose-headers: grpc-message,grpc-status"), "{head}");
    let body = whole(&body);
    let length = u32::from_be_bytes(body[1..5].try_into().expect("four bytes")) as usize;
    let answer = StructureArticleResponse::decode(&body[5..5 + length]).expect("an answer");
    assert_eq!(answer.document.and_then(|d| d.headline).map(|h| h.content).as_deref(), Some("Ferries stop"));
    let trailers = &body[5 + length..];
    assert_eq!(trailers.first(), Some(&0x80));
    assert!(String::from_utf8_lossy(trailers).contains("grpc-status:0"), "{trailers:?}");
    desk.close().await;
}

#[tokio::test]
async fn a_page_is_told_what_is_wrong_as_every_caller_is() {
    let desk = open().await;
    let (head, _) = exchange(desk.grpc, &post(PAGE), &frame(0, &request(" ").encode_to_vec())).await;
    assert!(head.contains("grpc-status: 3") && head.contains("grpc-status-details-bin: "), "{head}");
    assert!(head.contains("x-request-id: "), "{head}");
    desk.counts("method=\"/copydesk.v1.StructuringService/StructureArticle\",code=\"INVALID_ARGUMENT\"").await;
    desk.close().await;
}

#[tokio::test]
async fn only_pages_of_the_origins_named_may_call() {
    let desk = open().await;
    let (head, _) = exchange(desk.grpc, &ask(PAGE), b"").await;
    for part in
        [&format!("access-control-allow-origin: {PAGE}")[..], "access-control-allow-methods: post", "x-grpc-web"]
    {
        assert!(head.starts_with("http/1.1 200") && head.contains(part), "{part}: {head}");
    }
    let (head, _) = exchange(desk.grpc, &ask("https://elsewhere.example"), b"").await;
    assert!(!head.contains("access-control-allow-origin"), "{head}");
    desk.close().await;
}

#[tokio::test]
async fn browsers_are_sent_away_unless_it_is_wished_otherwise() {
    let desk = Desk::open(settings()).await;
    let (head, _) = exchange(desk.grpc, &post(PAGE), &frame(0, &request("Ferries stop").encode_to_vec())).await;
    assert!(head.starts_with("http/1.1 415") && !head.contains("access-control"), "{head}");
    desk.close().await;
}
