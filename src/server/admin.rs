//! The admin port: health again in plaintext, metrics, version, settings, the dial of the log. On
//! a thread of its own, so that no work stands before it.

use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use serde_json::{Map, Value as Json, json};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;
use tonic::body::Body;
use tower::Service as _;

use super::connections::Leaves;
use super::health::{Health, Port};
use super::logs::Dial;
use super::phase::Phase;
use super::value::{Level, Value};
use super::{Desk, connections};
use crate::wire::ENGINE_VERSION;
use crate::wire::health::health_server::HealthServer;

/// Most admin connections: a probe, a scraper and some people.
const MOST_CONNECTIONS: usize = 64;

/// Longest body of a request.
const LONGEST_BODY: usize = 64;

const TEXT: &str = "text/plain; charset=utf-8";
const JSON: &str = "application/json";
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Serves the admin port until the server is over.
pub(super) fn serve(listener: TcpListener, desk: Arc<Desk>) -> std::io::Result<thread::JoinHandle<()>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    thread::Builder::new().name("admin".to_owned()).spawn(move || runtime.block_on(accept(listener, desk)))
}

async fn accept(listener: TcpListener, desk: Arc<Desk>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return tracing::error!("the admin port cannot be served");
    };
    let places = Arc::new(tokio::sync::Semaphore::new(MOST_CONNECTIONS));
    loop {
        let accepted = tokio::select! {
            () = desk.life.until(Phase::Over) => return,
            accepted = listener.accept() => accepted,
        };
        match (accepted, places.clone().try_acquire_owned()) {
            (Ok((stream, address)), Ok(place)) => {
                let desk = desk.clone();
                tokio::spawn(async move {
                    hold(stream, address, desk).await;
                    drop(place);
                });
            }
            (Ok(_), Err(_)) => {}
            (Err(_), _) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// The service of one admin connection.
#[derive(Clone)]
struct Counter {
    desk: Arc<Desk>,
    health: HealthServer<Health>,
    address: SocketAddr,
}

async fn hold(stream: TcpStream, address: SocketAddr, desk: Arc<Desk>) {
    let health = HealthServer::new(Health { life: desk.life.clone(), port: Port::Admin });
    let counter = Counter { desk: desk.clone(), health, address };
    // Probes still come while the rest drains.
    let leaves = Leaves { at: Phase::Over, told: CancellationToken::new() };
    connections::hold(stream, counter, &desk, leaves).await;
}

impl hyper::service::Service<Request<Incoming>> for Counter {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let counter = self.clone();
        Box::pin(async move { Ok(counter.answer(request).await) })
    }
}

impl Counter {
    async fn answer(mut self, request: Request<Incoming>) -> Response<Body> {
        if request.uri().path().starts_with("/grpc.health.v1.Health/") {
            return self.health.call(request).await.unwrap_or_else(|never| match never {});
        }
        let phase = self.desk.life.phase();
        match (request.method(), request.uri().path()) {
            (&Method::GET, "/livez") => answer(ok_if(phase < Phase::Over), TEXT, format!("{}\n", phase.name())),
            (&Method::GET, "/readyz") => answer(ok_if(phase == Phase::Serving), TEXT, format!("{}\n", phase.name())),
            (&Method::GET, "/metrics") => answer(StatusCode::OK, OPEN_METRICS, self.metrics(phase)),
            (&Method::GET, "/version") => answer(StatusCode::OK, JSON, version()),
            (&Method::GET, "/config") => answer(StatusCode::OK, JSON, self.config()),
            (&Method::PUT, "/log-level") => self.turn(request).await,
            _ => answer(StatusCode::NOT_FOUND, TEXT, PATHS.to_owned()),
        }
    }

    fn metrics(&self, phase: Phase) -> String {
        let (desk, metrics) = (&self.desk, &self.desk.metrics);
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        metrics.open.set(number(desk.open.load(Ordering::Relaxed)));
        metrics.waiting.set(number(desk.work.admission.waiting()));
        metrics.memory.set(number(desk.memory.used()));
        metrics.connections.set(number(desk.settings.max_connections - desk.connections.available_permits()));
        let dropped = desk.dial.as_ref().map_or(0, Dial::dropped);
        metrics.lines_dropped.inc_by(dropped.saturating_sub(metrics.lines_dropped.get()));
        metrics.text(phase)
    }

    /// Settings name files, and never hold what is in them: there is nothing to strike.
    fn config(&self) -> String {
        let shown = self.desk.settings.shown();
        let settings: Map<String, Json> = shown.into_iter().map(|(key, value)| (key, Json::String(value))).collect();
        format!("{}\n", Json::Object(settings))
    }

    /// Turns the dial of the log; from this machine only.
    async fn turn(&self, request: Request<Incoming>) -> Response<Body> {
        if !self.address.ip().to_canonical().is_loopback() {
            return answer(StatusCode::FORBIDDEN, TEXT, "only from this machine\n".to_owned());
        }
        let body = Limited::new(request.into_body(), LONGEST_BODY).collect().await;
        let bytes = body.map(|b| b.to_bytes()).unwrap_or_default();
        match Level::read(String::from_utf8_lossy(&bytes).trim()) {
            Ok(level) if self.desk.dial.as_ref().is_some_and(|dial| dial.turn(level)) => {
                answer(StatusCode::OK, TEXT, format!("{}\n", level.show()))
            }
            Ok(_) => answer(StatusCode::CONFLICT, TEXT, "this process has a log of its own\n".to_owned()),
            Err(why) => answer(StatusCode::BAD_REQUEST, TEXT, format!("{why}\n")),
        }
    }
}

const PATHS: &str = "GET /livez, /readyz, /metrics, /version, /config; PUT /log-level; gRPC grpc.health.v1.Health\n";

fn version() -> String {
    let version = json!({
        "server_version": env!("CARGO_PKG_VERSION"),
        "engine_version": ENGINE_VERSION,
        "commit": super::COMMIT,
    });
    format!("{version}\n")
}

fn ok_if(fine: bool) -> StatusCode {
    if fine { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
}

fn answer(status: StatusCode, kind: &'static str, body: String) -> Response<Body> {
    let mut response = Response::new(Body::new(Full::from(body)));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
