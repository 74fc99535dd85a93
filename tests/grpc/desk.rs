//! A server on free ports of this machine for the length of a test.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use copydesk::server::{Engine, Parting, Server, Settings, engine};
use copydesk::wire::health::health_client::HealthClient;
use copydesk::wire::v1::structuring_service_client::StructuringServiceClient;
use copydesk::wire::v1::{Article, StructureArticleRequest};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tonic::transport::{Channel, Endpoint};

/// A running server.
pub(crate) struct Desk {
    pub(crate) grpc: SocketAddr,
    pub(crate) admin: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<std::io::Result<Parting>>,
}

/// Longest wait for what must happen: a machine may be busy with other things for a while.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Waits until `happened`, at most for [`PATIENCE`]; `what` is said when it never does.
pub(crate) async fn wait_until(what: &str, happened: impl Fn() -> bool) {
    let began = Instant::now();
    while !happened() {
        assert!(began.elapsed() < PATIENCE, "it never happened: {what}");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// Settings of a test: free ports, no waiting at the end.
pub(crate) fn settings() -> Settings {
    Settings {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        admin_listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        lame_duck: Duration::ZERO,
        drain: Duration::from_secs(20),
        hard_exit: Duration::from_secs(60),
        ..Settings::default()
    }
}

impl Desk {
    /// With the engine of the library.
    pub(crate) async fn open(settings: Settings) -> Desk {
        Desk::with(settings, engine()).await
    }

    /// With an engine of the test's own.
    pub(crate) async fn with(settings: Settings, engine: Arc<Engine>) -> Desk {
        let server = Server::bind(settings, engine, None).await.expect("free ports");
        let (grpc, admin) = server.addresses().expect("bound");
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(server.run(async {
            let _ = stopped.await;
        }));
        Desk { grpc, admin, stop: Some(stop), running }
    }

    /// A connection of its own.
    pub(crate) async fn channel(&self) -> Channel {
        Endpoint::from_shared(format!("http://{}", self.grpc)).expect("an address").connect().await.expect("it listens")
    }

    /// A client on a connection of its own.
    pub(crate) async fn client(&self) -> StructuringServiceClient<Channel> {
        StructuringServiceClient::new(self.channel().await)
    }

    /// A client for the health at `address`.
    pub(crate) async fn health(&self, address: SocketAddr) -> HealthClient<Channel> {
        let endpoint = Endpoint::from_shared(format!("http://{address}")).expect("an address");
        HealthClient::new(endpoint.connect().await.expect("it listens"))
    }

    /// What it has counted.
    pub(crate) async fn metrics(&self) -> String {
        let mut stream = tokio::net::TcpStream::connect(self.admin).await.expect("it listens");
        let words = b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        stream.write_all(words).await.expect("sent");
        let mut text = String::new();
        stream.read_to_string(&mut text).await.expect("text");
        text
    }

    /// Waits until it has counted `line`, which may be a moment after the answer has come.
    pub(crate) async fn counts(&self, line: &str) {
        let began = Instant::now();
        loop {
            let counted = self.metrics().await;
            if counted.lines().any(|l| l.contains(line)) {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "no `{line}` in\n{counted}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Tells it to stop.
    pub(crate) fn stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }

    /// Tells it to stop and waits for the end.
    pub(crate) async fn close(mut self) -> Parting {
        self.stop();
        self.running.await.expect("no panic").expect("served")
    }
}

/// A request for one article, options as they come.
pub(crate) fn request(text: &str) -> StructureArticleRequest {
    StructureArticleRequest { article: Some(Article { text: text.to_owned(), published_on: None }), options: None }
}
