//! What every call passes, in order: open, gate, deadline, method, translation, end.

use std::convert::Infallible;
use std::error::Error;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::FutureExt;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, Request, Response, StatusCode};
use hyper::body::Incoming;
use tonic::Status;
use tonic::body::Body;

use super::Desk;
use super::call::{Call, Peer};
use super::ending::{Ending, Outgoing};
use super::rejected::Rejected;
use super::routes::Routes;
use super::settings::Settings;
use super::trace::Trace;
use super::upload::Upload;
use super::value::CompressAnswers;

/// Calls that set out before their caller could know of the drain are still taken.
const GOAWAY_ON_ITS_WAY: Duration = Duration::from_secs(1);

/// An answer in the making.
pub(super) type Answering = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

/// The body of a request on its way in.
pub(super) trait Arriving:
    http_body::Body<Data = Bytes, Error: Into<Box<dyn Error + Send + Sync>>> + Send + Unpin + 'static
{
}

impl<B> Arriving for B where
    B: http_body::Body<Data = Bytes, Error: Into<Box<dyn Error + Send + Sync>>> + Send + Unpin + 'static
{
}

/// The service of one connection.
#[derive(Clone)]
pub(super) struct Edge {
    pub(super) desk: Arc<Desk>,
    pub(super) routes: Routes,
    pub(super) peer: Arc<Peer>,
}

impl hyper::service::Service<Request<Incoming>> for Edge {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answering;

    fn call(&self, request: Request<Incoming>) -> Answering {
        if !is_grpc(&request) {
            return Box::pin(std::future::ready(Ok(not_grpc())));
        }
        self.open(request)
    }
}

impl Edge {
    /// Opens a call that is known to be one.
    pub(super) fn open<B: Arriving>(&self, request: Request<B>) -> Answering {
        // Here and not in the future: the time of a call runs from its first byte.
        let desk = &self.desk;
        let (path, headers) = (request.uri().path(), request.headers());
        let mut call = Call::open(path, headers, self.peer.clone(), desk.settings.deadline, desk.memory.charge());
        call.trace = call.trace.or_else(|| desk.spans.is_some().then(Trace::begin));
        let call = Arc::new(call);
        let ending = Ending::new(desk.clone(), call.clone());
        Box::pin(answer(self.clone(), call, ending, request).map(Ok))
    }
}

async fn answer<B: Arriving>(edge: Edge, call: Arc<Call>, ending: Ending, request: Request<B>) -> Response<Body> {
    let answered = match gate(&edge.desk, &call, ending.open_before, request.headers()) {
        Ok(()) => dispatch(&edge, &call, request).await,
        Err(rejected) => Err(rejected),
    };
    let response = answered.unwrap_or_else(|rejected| rejected.status(&call.id).into_http());
    finish(&edge.desk, &call, response, ending)
}

/// Who may not come in. Health is never refused.
fn gate(desk: &Desk, call: &Call, open_before: usize, headers: &HeaderMap) -> Result<(), Rejected> {
    if call.is_health() {
        return Ok(());
    }
    if desk.life.drained_for() > GOAWAY_ON_ITS_WAY {
        return Err(Rejected::Draining);
    }
    if open_before >= desk.settings.max_calls {
        return Err(Rejected::Overloaded);
    }
    desk.gate.check(call, headers)
}

/// Calls the method within the time that the call has. A panic costs this call only.
async fn dispatch<B: Arriving>(edge: &Edge, call: &Arc<Call>, request: Request<B>) -> Result<Response<Body>, Rejected> {
    let request = prepare(&edge.desk.settings, call, request);
    let method = AssertUnwindSafe(edge.routes.answer(request)).catch_unwind();
    match tokio::time::timeout_at(call.deadline.into(), method).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(_)) => {
            edge.desk.metrics.panics.inc();
            Err(Rejected::Internal)
        }
        Err(_) => Err(Rejected::Deadline(call.stage())),
    }
}

/// The request as the methods want it: with its record, its bytes counted, and silent about
/// compression unless that is wished for.
fn prepare<B: Arriving>(settings: &Settings, call: &Arc<Call>, request: Request<B>) -> Request<Body> {
    let (mut parts, body) = request.into_parts();
    parts.extensions.insert(call.clone());
    let encoding = parts.headers.get("grpc-encoding").filter(|v| *v != "identity").cloned();
    let accepted = parts.headers.remove("grpc-accept-encoding");
    let wished = match settings.compress_answers {
        CompressAnswers::Accepted => accepted,
        // As the request was packed, if the caller says that it can read that too.
        CompressAnswers::Asked => encoding.filter(|e| accepted.is_some_and(|list| names(&list, e))),
        CompressAnswers::Never => None,
    };
    wished.and_then(|encodings| parts.headers.insert("grpc-accept-encoding", encodings));
    Request::from_parts(parts, Body::new(Upload { body, call: call.clone() }))
}

/// Whether a list with commas between holds the entry.
fn names(list: &HeaderValue, entry: &HeaderValue) -> bool {
    list.as_bytes().split(|b| *b == b',').any(|each| each.trim_ascii() == entry.as_bytes())
}

/// Says the status our way and lets the ending go with the answer.
fn finish(desk: &Desk, call: &Call, response: Response<Body>, mut ending: Ending) -> Response<Body> {
    let status = response.extensions().get::<Status>().cloned();
    let mut response = match status {
        Some(status) => {
            let status = desk.translate(status, call);
            ending.is(&status);
            status.into_http()
        }
        None => {
            // A method that is not there answers with headers alone.
            if let Some(status) = Status::from_header_map(response.headers()) {
                ending.is(&status);
            }
            response.map(|body| Outgoing::open(body, ending))
        }
    };
    if let Ok(id) = HeaderValue::from_str(&call.id) {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}

fn is_grpc(request: &Request<Incoming>) -> bool {
    let kind = request.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    request.version() == http::Version::HTTP_2 && kind.starts_with(b"application/grpc")
}

/// For those who come with curl or a browser.
fn not_grpc() -> Response<Body> {
    let words = "This port speaks gRPC over HTTP/2 (content-type application/grpc). \
                 Try: grpcurl -plaintext HOST:PORT list\n";
    let mut response = Response::new(Body::new(http_body_util::Full::from(words)));
    *response.status_mut() = StatusCode::UNSUPPORTED_MEDIA_TYPE;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::phase::Phase;
    use crate::server::{Server, engine};

    #[tokio::test(start_paused = true)]
    async fn who_still_calls_long_after_the_drain_began_is_sent_elsewhere() {
        let any = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
        let settings = Settings { listen: any, admin_listen: any, ..Settings::default() };
        let desk = Server::bind(settings, engine(), None).await.expect("free ports").desk;
        let peer = Arc::new(Peer { address: any, certificate: None, leaving: Default::default() });
        let method = "/copydesk.v1.StructuringService/StructureArticle";
        let call =
            |path| Call::open(path, &HeaderMap::new(), peer.clone(), desk.settings.deadline, desk.memory.charge());
        let gate = |path| gate(&desk, &call(path), 0, &HeaderMap::new());
        desk.life.go_on(Phase::Draining);
        assert_eq!(gate(method), Ok(()), "GOAWAY may not have come yet");
        tokio::time::advance(Duration::from_millis(1500)).await;
        assert_eq!(gate(method), Err(Rejected::Draining));
        assert_eq!(gate("/grpc.health.v1.Health/Check"), Ok(()));
    }
}
