//! Every setting, its default and how it is written.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use http::{HeaderValue, Uri};

use super::value::{Bytes, CompressAnswers, Level, Value};

/// A setting: its name in flags and files, and what it does.
#[derive(Debug)]
pub struct Key {
    /// As in `--max-text` and in the file; in the environment it is `COPYDESK_MAX_TEXT`.
    pub name: String,
    /// One line for people.
    pub about: &'static str,
}

/// Writes the struct, the defaults, the list of keys and the reading by name in one go, so that
/// none of them can be forgotten.
macro_rules! settings {
    ($($(#[doc = $about:literal])+ $name:ident: $kind:ty = $default:expr;)+) => {
        /// Everything that can be set. Read once, checked, then fixed for the life of the server.
        #[derive(Clone, PartialEq, Debug)]
        pub struct Settings {
            $($(#[doc = $about])+ pub $name: $kind,)+
        }

        impl Default for Settings {
            fn default() -> Settings {
                Settings { $($name: $default,)+ }
            }
        }

        impl Settings {
            /// Every key, in the order of this file.
            pub fn keys() -> Vec<Key> {
                vec![$(Key {
                    name: stringify!($name).replace('_', "-"),
                    about: concat!($($about,)+).trim_ascii(),
                },)+]
            }

            /// Sets one key from its written form. The error says what was expected.
            pub fn set(&mut self, name: &str, text: &str) -> Result<(), String> {
                match name.replace('-', "_").as_str() {
                    $(stringify!($name) => self.$name = <$kind as Value>::read(text)?,)+
                    _ => return Err("there is no such setting".to_owned()),
                }
                Ok(())
            }

            /// Every key with its value in written form, in the order of this file.
            pub fn shown(&self) -> Vec<(String, String)> {
                vec![$((stringify!($name).replace('_', "-"), self.$name.show()),)+]
            }
        }
    };
}

settings! {
    /// Address of the gRPC port; port 0 takes a free one.
    listen: SocketAddr = SocketAddr::from(([127, 0, 0, 1], 50051));
    /// Address of the plaintext admin port: health, metrics, version; port 0 takes a free one.
    admin_listen: SocketAddr = SocketAddr::from(([127, 0, 0, 1], 9090));

    /// Longest text of an article, in bytes.
    max_text: Bytes = Bytes::MIB;
    /// Largest request message, in bytes, after decompression.
    max_message: Bytes = Bytes(4 << 20);
    /// Largest answer message, in bytes.
    max_response: Bytes = Bytes(4 << 20);
    /// Most articles in a batch.
    max_batch: usize = 64;
    /// Most unanswered articles of one stream.
    stream_window: usize = 32;

    /// Articles worked on at once; 0 takes the cores given to the process.
    workers: usize = 0;
    /// Calls that may wait for each worker.
    queue: usize = 64;
    /// Longest wait for a worker.
    queue_time: Duration = Duration::from_millis(250);
    /// Longest time for a call, or for each article of a stream; the caller's own counts if shorter.
    deadline: Duration = Duration::from_secs(10);
    /// Longest text worked on without handing it to another thread, in bytes.
    inline_text: Bytes = Bytes(100 << 10);
    /// Most calls open at once, whatever they wait for.
    max_calls: usize = 4096;
    /// Most memory for requests and answers under way, in bytes.
    memory: Bytes = Bytes(256 << 20);

    /// Most connections.
    max_connections: usize = 1024;
    /// Most calls open at once on one connection.
    max_streams: u32 = 128;
    /// Longest wait for the first bytes of a connection.
    first_byte: Duration = Duration::from_secs(5);
    /// Longest TLS handshake.
    handshake: Duration = Duration::from_secs(5);
    /// Quiet time after which a connection is asked whether it lives.
    keepalive: Duration = Duration::from_secs(30);
    /// Longest wait for that answer.
    keepalive_timeout: Duration = Duration::from_secs(20);
    /// Age at which a connection is asked to go, give or take a tenth.
    connection_age: Duration = Duration::from_secs(300);
    /// Time its open calls have after that.
    connection_grace: Duration = Duration::from_secs(30);
    /// Largest header list, in bytes.
    max_header: Bytes = Bytes(16 << 10);

    /// When answers are compressed: asked (the request was compressed), accepted (the caller can read it), never.
    compress_answers: CompressAnswers = CompressAnswers::Asked;
    /// Smallest answer that is compressed, in bytes.
    compress_from: Bytes = Bytes(1 << 10);

    /// Time after the signal to stop in which calls are still taken while health says no.
    lame_duck: Duration = Duration::from_secs(5);
    /// Time after that for open calls to end.
    drain: Duration = Duration::from_secs(15);
    /// Time after the signal at which the process ends whatever is still open.
    hard_exit: Duration = Duration::from_secs(25);

    /// Whether the contract can be asked for by reflection.
    reflection: bool = true;

    /// Whether browsers may call by gRPC-Web, over HTTP/1.1 too.
    grpc_web: bool = false;
    /// Origins whose pages may call, as browsers send them, with commas between; * for all.
    cors_origins: Vec<HeaderValue> = Vec::new();

    /// PEM file of the certificate chain; with it the gRPC port speaks TLS only.
    tls_cert: Option<PathBuf> = None;
    /// PEM file of its key.
    tls_key: Option<PathBuf> = None;
    /// PEM file of the authorities whose client certificates are believed; with it every caller must show one.
    tls_client_ca: Option<PathBuf> = None;
    /// How often the files of certificates, tokens and policy are looked at for changes.
    reload: Duration = Duration::from_secs(10);
    /// File of bearer tokens, one a line: name, white space, token or sha256:HEX.
    tokens_file: Option<PathBuf> = None;
    /// File of methods by identity, one a line: identity, white space, methods with commas between or *.
    policy_file: Option<PathBuf> = None;
    /// Calls a second for each identity; 0 sets no limit.
    rate_limit: u32 = 0;
    /// Calls an identity may make at once before the rate counts; 0 means as many as the rate.
    rate_burst: u32 = 0;

    /// Address of an OpenTelemetry collector that gets a span of each call, as http://HOST:4317 (OTLP over gRPC); none are sent without it. Also OTEL_EXPORTER_OTLP_ENDPOINT.
    otlp_endpoint: Option<Uri> = None;

    /// What is logged: error, warn, info, debug or trace.
    log: Level = Level::Info;
    /// Whether each call gets a line in the log.
    access_log: bool = true;
}

impl Settings {
    /// The workers in number.
    pub fn worker_count(&self) -> usize {
        match self.workers {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            n => n,
        }
    }

    /// What no single value can tell: settings that do not go together, each with the reason.
    pub fn contradictions(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut check = |fine: bool, why: &str| (!fine).then(|| found.push(why.to_owned()));
        check(self.tls_cert.is_some() == self.tls_key.is_some(), "tls-cert and tls-key are needed together");
        check(self.tls_client_ca.is_none() || self.tls_cert.is_some(), "tls-client-ca needs tls-cert and tls-key");
        check(
            self.max_text.0 < self.max_message.0,
            "max-text must be below max-message, which holds the text and more",
        );
        check(self.max_message.0 <= self.memory.0, "memory must hold at least one max-message");
        check(self.max_response.0 <= self.memory.0, "memory must hold at least one max-response");
        check(self.max_text.0 <= (u32::MAX / 2) as usize, "max-text must stay below 2 GiB");
        check(self.max_batch > 0, "max-batch must be at least 1");
        check(self.stream_window > 0, "stream-window must be at least 1");
        check(
            self.max_calls > 0 && self.max_connections > 0 && self.max_streams > 0,
            "max-calls, max-connections and max-streams must be at least 1",
        );
        check(self.lame_duck + self.drain <= self.hard_exit, "hard-exit must come after lame-duck and drain");
        check(self.cors_origins.is_empty() || self.grpc_web, "cors-origins needs grpc-web");
        check(!self.deadline.is_zero(), "deadline must be longer than nothing");
        found
    }
}
