//! gRPC-Web for browsers, when it is wished for: the same calls over HTTP/1.1 or HTTP/2, and an
//! answer to browsers that ask first whether they may call at all.

use std::convert::Infallible;
use std::task::{Context, Poll};
use std::time::Duration;

use http::header::{CONTENT_TYPE, HeaderName};
use http::{HeaderValue, Method, Request, Response};
use hyper::body::Incoming;
use tonic::body::Body;
use tonic_web::{GrpcWebLayer, GrpcWebService};
use tower::{Layer as _, Service as _};
use tower_http::cors::{AllowOrigin, Cors, CorsLayer};

use super::edge::{Answering, Edge};
use super::settings::Settings;

/// What browsers may send beside what they always may.
const SENT: [&str; 7] =
    ["authorization", "content-type", "grpc-timeout", "traceparent", "x-grpc-web", "x-request-id", "x-user-agent"];

/// What scripts may read of an answer; without these they see no status.
const READ: [&str; 4] = ["grpc-message", "grpc-status", "grpc-status-details-bin", "x-request-id"];

/// How long a browser need not ask again.
const REMEMBERED: Duration = Duration::from_secs(2 * 3600);

/// The way of a browser to the edge.
#[derive(Clone)]
struct Way(Cors<GrpcWebService<Bridge>>);

/// The service of one connection, open to browsers or not.
#[derive(Clone)]
pub(super) struct Door {
    edge: Edge,
    way: Option<Way>,
}

impl Door {
    pub(super) fn new(edge: Edge, settings: &Settings) -> Door {
        let way = settings.grpc_web.then(|| {
            let translated = GrpcWebLayer::new().layer(Bridge(edge.clone()));
            Way(cors(&settings.cors_origins).layer(translated))
        });
        Door { edge, way }
    }
}

impl hyper::service::Service<Request<Incoming>> for Door {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answering;

    fn call(&self, request: Request<Incoming>) -> Answering {
        match &self.way {
            Some(way) if is_browser(&request) => Box::pin(way.clone().0.call(request)),
            _ => self.edge.call(request),
        }
    }
}

/// A call of gRPC-Web, or the question before it.
fn is_browser(request: &Request<Incoming>) -> bool {
    let kind = request.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    request.method() == Method::OPTIONS || kind.starts_with(b"application/grpc-web")
}

fn cors(origins: &[HeaderValue]) -> CorsLayer {
    let origins = match origins {
        [all] if all == "*" => AllowOrigin::any(),
        some => AllowOrigin::list(some.to_vec()),
    };
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::POST])
        .allow_headers(SENT.map(HeaderName::from_static))
        .expose_headers(READ.map(HeaderName::from_static))
        .max_age(REMEMBERED)
}

/// The edge, for those who hand on what they have translated.
#[derive(Clone)]
struct Bridge(Edge);

impl tower::Service<Request<Body>> for Bridge {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answering;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Answering {
        self.0.open(request)
    }
}
