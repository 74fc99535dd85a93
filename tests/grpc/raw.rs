//! A caller without a library: bytes in, headers and trailers out.

use std::net::SocketAddr;

use bytes::Bytes;
use http::{HeaderMap, Request};
use tonic::Status;

/// A frame of gRPC: flag, length, bytes.
pub(crate) fn frame(flag: u8, message: &[u8]) -> Vec<u8> {
    let mut frame = vec![flag];
    frame.extend((message.len() as u32).to_be_bytes());
    frame.extend(message);
    frame
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) headers: HeaderMap,
    pub(crate) status: Status,
    pub(crate) body: Vec<u8>,
}

/// Sends `body` as it is to a method of the structuring service.
pub(crate) async fn call(address: SocketAddr, method: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
    send(address, method, headers, body, true).await
}

/// The same, but the request never ends.
pub(crate) async fn call_and_hold(
    address: SocketAddr,
    method: &str,
    headers: &[(&str, &str)],
    body: Vec<u8>,
) -> Answer {
    send(address, method, headers, body, false).await
}

async fn send(address: SocketAddr, method: &str, headers: &[(&str, &str)], body: Vec<u8>, ends: bool) -> Answer {
    let stream = tokio::net::TcpStream::connect(address).await.expect("it listens");
    let (mut sender, connection) = h2::client::handshake(stream).await.expect("HTTP/2");
    // Ends with this call: a test that drops the call hangs up.
    let mut line = tokio::task::JoinSet::new();
    line.spawn(async move {
        let _ = connection.await;
    });
    let uri = format!("http://{address}/copydesk.v1.StructuringService/{method}");
    let mut request = Request::post(uri).header("content-type", "application/grpc").header("te", "trailers");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let (response, mut upload) = sender.send_request(request.body(()).expect("a request"), false).expect("sent");
    line.spawn(async move {
        upload.reserve_capacity(body.len());
        let _ = upload.send_data(Bytes::from(body), ends);
        // Keeps the stream open until everything has gone or the server wants no more.
        let _ = std::future::poll_fn(|cx| upload.poll_reset(cx)).await;
    });
    let (parts, mut download) = response.await.expect("an answer").into_parts();
    let mut body = Vec::new();
    while let Some(data) = download.data().await {
        let data = data.expect("data");
        let _ = download.flow_control().release_capacity(data.len());
        body.extend(data);
    }
    let trailers = download.trailers().await.expect("the end");
    let status =
        trailers.as_ref().and_then(Status::from_header_map).or_else(|| Status::from_header_map(&parts.headers));
    line.shutdown().await;
    Answer { headers: parts.headers, status: status.expect("a status"), body }
}
