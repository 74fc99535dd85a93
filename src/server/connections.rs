//! Takes connections and ends them: silent peers, old age, drain.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::{Request, Response};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tonic::body::Body;

use super::Desk;
use super::call::{Peer, random};
use super::counted::Counted;
use super::edge::Edge;
use super::metrics::NameLabel;
use super::phase::Phase;
use super::routes::Routes;
use super::settings::Settings;
use super::tls;
use super::web::Door;

/// The opening line of HTTP/2; who has not sent as much in time gets no more of it.
const PREFACE: u64 = 24;

/// Takes connections until the drain begins.
pub(super) async fn accept(listener: TcpListener, desk: Arc<Desk>, tracker: TaskTracker) {
    let routes = Routes::new(&desk);
    loop {
        let accepted = tokio::select! {
            biased;
            () = desk.life.until(Phase::Draining) => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, address)) if desk.connections.available_permits() > 0 => {
                tracker.spawn(welcome(stream, address, desk.clone(), routes.clone()));
            }
            // Closed at once, so that the caller can try elsewhere.
            Ok(_) => refuse(&desk, "full"),
            // Out of file descriptors, mostly: they come back when connections end.
            Err(error) => {
                tracing::warn!(%error, "no connection could be taken");
                sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn welcome(stream: TcpStream, address: SocketAddr, desk: Arc<Desk>, routes: Routes) {
    let Ok(_place) = desk.connections.clone().try_acquire_owned() else {
        return refuse(&desk, "full");
    };
    // Small answers must not wait for more to come.
    let _ = stream.set_nodelay(true);
    let leaving = CancellationToken::new();
    let door = |certificate| {
        let peer = Arc::new(Peer { address, certificate, leaving: leaving.clone() });
        Door::new(Edge { desk: desk.clone(), routes, peer }, &desk.settings)
    };
    let leaves = Leaves { at: Phase::Draining, told: leaving.clone() };
    let Some(tls) = &desk.tls else {
        return hold(stream, door(None), &desk, leaves).await;
    };
    match timeout(desk.settings.handshake, tls::shake_hands(tls.now(), stream)).await {
        Ok(Ok((stream, name))) => hold(stream, door(name), &desk, leaves).await,
        Ok(Err(error)) => {
            tracing::info!(%error, peer = %address, "no TLS handshake");
            refuse(&desk, "handshake");
        }
        Err(_) => refuse(&desk, "handshake_slow"),
    }
}

/// A service that connections can be served with.
pub(super) trait Serves:
    hyper::service::Service<Request<Incoming>, Response = Response<Body>, Error = Infallible, Future: Send + 'static>
{
}

impl<S> Serves for S where
    S: hyper::service::Service<
            Request<Incoming>,
            Response = Response<Body>,
            Error = Infallible,
            Future: Send + 'static,
        >
{
}

/// When a connection is asked to go, and who is told of it.
pub(super) struct Leaves {
    pub(super) at: Phase,
    pub(super) told: CancellationToken,
}

/// Serves one connection to its end.
pub(super) async fn hold<I, S>(io: I, service: S, desk: &Desk, leaves: Leaves)
where
    I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    S: Serves,
{
    let settings = &desk.settings;
    let received = Arc::new(AtomicU64::new(0));
    let builder = builder(settings);
    let io = TokioIo::new(Counted::new(io, received.clone()));
    let mut connection = pin!(builder.serve_connection(io, service));
    let mut first_byte = pin!(sleep(settings.first_byte));
    let mut age = pin!(sleep(jittered(settings.connection_age)));
    let mut drain = pin!(desk.life.until(leaves.at));
    let mut over = pin!(desk.life.until(Phase::Over));
    let (mut greeted, mut old, mut draining) = (false, false, false);
    let mut cut_at = Instant::now() + Duration::from_secs(365 * 24 * 3600);
    loop {
        tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "connection ended");
                }
                return;
            }
            () = &mut first_byte, if !greeted => {
                if received.load(Ordering::Relaxed) < PREFACE {
                    return refuse(desk, "silent");
                }
                greeted = true;
            }
            // GOAWAY first, so that no call is lost; then its open calls have their grace.
            () = &mut age, if !old => {
                old = true;
                cut_at = Instant::now() + settings.connection_grace;
                connection.as_mut().graceful_shutdown();
                leaves.told.cancel();
            }
            () = &mut drain, if !draining => {
                draining = true;
                connection.as_mut().graceful_shutdown();
                leaves.told.cancel();
            }
            () = sleep_until(cut_at), if old => return tracing::info!("connection cut: its grace is over"),
            () = &mut over => return tracing::warn!("connection cut: the drain is over"),
        }
    }
}

fn refuse(desk: &Desk, name: &'static str) {
    desk.metrics.refused_connections.get_or_create(&NameLabel { name }).inc();
}

fn builder(settings: &Settings) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(settings.first_byte).keep_alive(settings.grpc_web);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(Some(settings.keepalive).filter(|d| !d.is_zero()))
        .keep_alive_timeout(settings.keepalive_timeout)
        .max_concurrent_streams(settings.max_streams)
        .max_header_list_size(settings.max_header.0 as u32)
        .initial_stream_window_size(1 << 20)
        .initial_connection_window_size(2 << 20);
    builder
}

/// A tenth more or less, so that the callers of one server do not all come back at once.
fn jittered(age: Duration) -> Duration {
    age.mul_f64(0.9 + 0.2 * (random() as f64 / u64::MAX as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_made_together_do_not_all_end_together() {
        let ages: Vec<_> = (0..100).map(|_| jittered(Duration::from_secs(300))).collect();
        assert!(ages.iter().all(|a| (270..=330).contains(&a.as_secs())), "{ages:?}");
        assert!(ages.iter().max() > ages.iter().min());
    }
}
