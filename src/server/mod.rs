//! The gRPC service.
//!
//! A call passes, in this order: [`connections`] (who may connect, for how long), [`web`] (browsers), [`edge`] (record,
//! gate, deadline, panic, translation of the library's errors), [`routes`] (which service),
//! [`service`] and [`stream`] (the methods), [`request`] (what may be asked), [`work`] with [`admission`]
//! (when and where the core runs), and [`ending`] (the log line, the metrics, and a span for [`spans`]). [`admin`] is a
//! port and a thread of its own. [`rejected`] is the table of errors, [`settings`] that of
//! settings and [`sources`] says where they come from, [`phase`] is the life of the server, [`gate`]
//! knows callers, [`tls`] encrypts, [`watched`] reads their files again when they change.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the edge of the program has clocks and threads, and tonic-types wants a HashMap"
)]
#![allow(rustdoc::private_intra_doc_links, reason = "the map of the folder names its files")]

mod admin;
mod admission;
mod call;
mod connections;
mod counted;
mod edge;
mod ending;
mod gate;
mod health;
mod library;
mod logs;
mod memory;
mod metrics;
mod phase;
mod reflection;
mod rejected;
mod request;
mod routes;
mod selftest;
mod service;
mod settings;
mod sources;
mod spans;
mod stream;
mod tls;
mod trace;
mod upload;
mod value;
mod watched;
mod web;
mod work;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_util::task::TaskTracker;

use crate::structure::structure_until;
use crate::tables::Tables;

use admission::Admission;
use gate::Gate;
use memory::Memory;
use metrics::Metrics;
use phase::{Life, Phase};
use spans::{Courier, Spans};
use watched::Watched;
use work::Work;

pub use logs::{Dial, finish as finish_log, start as start_log};
pub use settings::{Key, Settings};
pub use sources::{FILE_KEY, Sources, variable_of};
pub use value::{Bytes, CompressAnswers, Level};
pub use work::Engine;

/// The commit it was built from, when the build was told.
pub(crate) const COMMIT: &str = match option_env!("COPYDESK_COMMIT") {
    Some(commit) => commit,
    None => "",
};

/// Connections that may wait to be taken.
const BACKLOG: u32 = 1024;

/// What everybody in the server shares.
struct Desk {
    settings: Settings,
    engine: Arc<Engine>,
    work: Work,
    memory: Arc<Memory>,
    metrics: Arc<Metrics>,
    life: Arc<Life>,
    connections: Arc<Semaphore>,
    open: AtomicUsize,
    dial: Option<Dial>,
    gate: Gate,
    tls: Option<Watched<rustls::ServerConfig>>,
    spans: Option<Spans>,
}

/// A server that holds its ports and serves once it runs.
pub struct Server {
    grpc: TcpListener,
    admin: std::net::TcpListener,
    desk: Arc<Desk>,
    courier: Option<Courier>,
}

/// How a server ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Parting {
    /// Every call had its answer.
    Clean,
    /// So many connections were cut when the time for the drain was over.
    Cut(usize),
    /// The self-test failed: it never served.
    Unfit,
}

/// Reads the files that the settings name; the error says which one cannot be used and why.
pub fn check_files(settings: &Settings) -> Result<(), String> {
    Gate::open(settings)?;
    tls::open(settings)?;
    Ok(())
}

/// The engine of the library, with its own tables.
pub fn engine() -> Arc<Engine> {
    let tables = Tables::new();
    Arc::new(move |text, options, stop| structure_until(text, options, &tables, stop))
}

impl Server {
    /// Takes the ports. `dial` lets the admin port turn the log.
    pub async fn bind(settings: Settings, engine: Arc<Engine>, dial: Option<Dial>) -> io::Result<Server> {
        let grpc = bind(settings.listen).map_err(|e| named(e, settings.listen))?;
        let admin = std::net::TcpListener::bind(settings.admin_listen).map_err(|e| named(e, settings.admin_listen))?;
        admin.set_nonblocking(true)?;
        let metrics = Arc::new(Metrics::new());
        let workers = settings.worker_count();
        let admission = Admission::new(workers, workers * settings.queue, settings.queue_time);
        let (spans, courier) = spans::open(&settings, &metrics).map_err(io::Error::other)?.unzip();
        let desk = Desk {
            work: Work { admission, metrics: metrics.clone(), inline: settings.inline_text.0 },
            memory: Memory::new(settings.memory.0),
            connections: Arc::new(Semaphore::new(settings.max_connections)),
            life: Arc::new(Life::new()),
            open: AtomicUsize::new(0),
            gate: Gate::open(&settings).map_err(io::Error::other)?,
            tls: tls::open(&settings).map_err(io::Error::other)?,
            settings,
            engine,
            metrics,
            dial,
            spans,
        };
        Ok(Server { grpc, admin, desk: Arc::new(desk), courier })
    }

    /// The addresses of the gRPC port and of the admin port, as chosen.
    pub fn addresses(&self) -> io::Result<(SocketAddr, SocketAddr)> {
        Ok((self.grpc.local_addr()?, self.admin.local_addr()?))
    }

    /// Serves until `stop` comes, then says so to those who ask, lets open calls end, and leaves.
    pub async fn run(self, stop: impl Future<Output = ()>) -> io::Result<Parting> {
        let Server { grpc, admin, desk, courier } = self;
        let courier = courier.map(|courier| tokio::spawn(courier.run(desk.life.clone())));
        let admin = admin::serve(admin, desk.clone())?;
        let tracker = TaskTracker::new();
        tracker.spawn(connections::accept(grpc, desk.clone(), tracker.clone()));
        let files = tokio::spawn(watched::look_after(desk.clone()));
        let parting = match selftest::passes(&*desk.engine) {
            true => {
                desk.life.go_on(Phase::Serving);
                stop.await;
                drain(&desk, &tracker).await
            }
            false => Parting::Unfit,
        };
        desk.life.go_on(Phase::Over);
        files.abort();
        if let Some(courier) = courier
            && timeout(spans::FAREWELL, courier).await.is_err()
        {
            tracing::warn!("the last spans could not be sent in time");
        }
        let _ = tokio::task::spawn_blocking(move || admin.join()).await;
        Ok(parting)
    }
}

/// Lame duck, then drain, within their times.
async fn drain(desk: &Desk, tracker: &TaskTracker) -> Parting {
    let settings = &desk.settings;
    let open = || desk.open.load(Ordering::Relaxed);
    desk.life.go_on(Phase::LameDuck);
    tracing::info!(open_calls = open(), "stopping: calls are still taken, health says no");
    sleep(settings.lame_duck).await;
    desk.life.go_on(Phase::Draining);
    tracing::info!(open_calls = open(), "draining: open calls may end");
    tracker.close();
    let parting = match timeout(settings.drain, tracker.wait()).await {
        Ok(()) => Parting::Clean,
        Err(_) => Parting::Cut(tracker.len()),
    };
    tracing::info!(open_calls = open(), ?parting, "stopped");
    // Cut connections end at once when told so; their tasks need a moment to go.
    desk.life.go_on(Phase::Over);
    let _ = timeout(Duration::from_millis(100), tracker.wait()).await;
    parting
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // A restarted server must not wait for the old one's connections to be forgotten.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

fn named(error: io::Error, address: SocketAddr) -> io::Error {
    io::Error::new(error.kind(), format!("{address}: {error}"))
}
