//! One call: who calls what, until when, and what became of it.

use std::hash::{BuildHasher, Hasher};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use http::HeaderMap;
use tokio_util::sync::CancellationToken;

use super::memory::Charge;
use super::rejected::{Rejected, Stage};
use super::trace::Trace;

/// The other end of a connection.
#[derive(Debug)]
pub(super) struct Peer {
    /// Its address.
    pub(super) address: SocketAddr,
    /// The name in its certificate, when it showed one that is believed.
    pub(super) certificate: Option<String>,
    /// Told when the connection is asked to go, for age or for the drain: long streams end.
    pub(super) leaving: CancellationToken,
}

/// What is known of a call while it lasts, shared by all who handle it.
#[derive(Debug)]
pub(super) struct Call {
    /// As sent in `x-request-id`, or made here.
    pub(super) id: String,
    /// The trace it belongs to, when it belongs to one.
    pub(super) trace: Option<Trace>,
    /// One of [`METHODS`].
    pub(super) method: &'static str,
    /// The other end.
    pub(super) peer: Arc<Peer>,
    /// Who calls, once that is known.
    pub(super) identity: OnceLock<String>,
    /// When its first bytes were read.
    pub(super) started: Instant,
    /// What the caller allows.
    pub(super) caller_deadline: Option<Instant>,
    /// That, or what the server allows if shorter.
    pub(super) deadline: Instant,
    /// What it was and is charged for.
    pub(super) ledger: Ledger,
    stage: AtomicU8,
}

/// The figures of a call.
#[derive(Debug)]
pub(super) struct Ledger {
    pub(super) bytes_in: AtomicU64,
    pub(super) bytes_out: AtomicU64,
    pub(super) text_bytes: AtomicU64,
    pub(super) queue_us: AtomicU64,
    pub(super) work_us: AtomicU64,
    memory: Mutex<Charge>,
}

/// Every method there is: label of metrics and lines, so that no caller can make up new ones.
pub(super) const METHODS: [&str; 10] = [
    "/copydesk.v1.StructuringService/StructureArticle",
    "/copydesk.v1.StructuringService/BatchStructureArticles",
    "/copydesk.v1.StructuringService/StreamStructureArticles",
    "/copydesk.v1.StructuringService/GetServiceInfo",
    "/grpc.health.v1.Health/Check",
    "/grpc.health.v1.Health/List",
    "/grpc.health.v1.Health/Watch",
    "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
    "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
    "other",
];

impl Call {
    /// The call that these headers open.
    pub(super) fn open(path: &str, headers: &HeaderMap, peer: Arc<Peer>, allowed: Duration, memory: Charge) -> Call {
        let started = Instant::now();
        let caller_deadline =
            headers.get("grpc-timeout").and_then(|v| timeout(v.to_str().ok()?)).and_then(|t| started.checked_add(t));
        let deadline = started + allowed;
        Call {
            id: request_id(headers),
            trace: Trace::of(headers),
            method: METHODS.iter().find(|m| **m == path).copied().unwrap_or("other"),
            peer,
            identity: OnceLock::new(),
            started,
            caller_deadline,
            deadline: caller_deadline.map_or(deadline, |d| d.min(deadline)),
            ledger: Ledger {
                bytes_in: AtomicU64::new(0),
                bytes_out: AtomicU64::new(0),
                text_bytes: AtomicU64::new(0),
                queue_us: AtomicU64::new(0),
                work_us: AtomicU64::new(0),
                memory: Mutex::new(memory),
            },
            stage: AtomicU8::new(Stage::Receive as u8),
        }
    }

    /// Name of the method without its service.
    pub(super) fn short_method(&self) -> &'static str {
        self.method.rsplit('/').next().unwrap_or(self.method)
    }

    /// Whether it asks for the health of the server.
    pub(super) fn is_health(&self) -> bool {
        self.method.starts_with("/grpc.health.")
    }

    /// Notes how far it has come.
    pub(super) fn enter(&self, stage: Stage) {
        self.stage.store(stage as u8, Ordering::Relaxed);
    }

    /// How far it has come.
    pub(super) fn stage(&self) -> Stage {
        match self.stage.load(Ordering::Relaxed) {
            s if s == Stage::Receive as u8 => Stage::Receive,
            s if s == Stage::Queue as u8 => Stage::Queue,
            _ => Stage::Work,
        }
    }

    /// Charges it for memory until it ends or [`Call::release`] is called.
    pub(super) fn charge(&self, bytes: usize) -> Result<(), Rejected> {
        let mut charge = self.ledger.memory.lock().unwrap_or_else(PoisonError::into_inner);
        if charge.grow(bytes) { Ok(()) } else { Err(Rejected::Overloaded) }
    }

    /// Gives back what it was charged for so far.
    pub(super) fn release(&self) {
        self.ledger.memory.lock().unwrap_or_else(PoisonError::into_inner).release();
    }
}

/// Adds to a figure of the ledger.
pub(super) fn add(figure: &AtomicU64, amount: u64) {
    figure.fetch_add(amount, Ordering::Relaxed);
}

/// `grpc-timeout`: at most eight digits and a unit. What is written otherwise counts as not written.
fn timeout(text: &str) -> Option<Duration> {
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    if digits.is_empty() || digits.len() > 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let n: u64 = digits.parse().ok()?;
    match unit {
        "H" => Some(Duration::from_secs(n * 3600)),
        "M" => Some(Duration::from_secs(n * 60)),
        "S" => Some(Duration::from_secs(n)),
        "m" => Some(Duration::from_millis(n)),
        "u" => Some(Duration::from_micros(n)),
        "n" => Some(Duration::from_nanos(n)),
        _ => None,
    }
}

/// The caller's own id when it is plain enough to be logged, else a new one.
fn request_id(headers: &HeaderMap) -> String {
    let plain = |id: &&str| {
        (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    let sent = headers.get("x-request-id").and_then(|v| v.to_str().ok()).filter(plain);
    sent.map_or_else(|| format!("{:016x}", random()), str::to_owned)
}

/// A number that nobody can foretell: a new key of the standard hasher.
pub(super) fn random() -> u64 {
    std::hash::RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_callers_patience_is_read_in_every_unit() {
        for (text, wanted) in [
            ("100m", Some(Duration::from_millis(100))),
            ("2S", Some(Duration::from_secs(2))),
            ("1H", Some(Duration::from_secs(3600))),
            ("99999999u", Some(Duration::from_micros(99_999_999))),
            ("123456789m", None),
            ("m", None),
            ("", None),
            ("5x", None),
            ("+5S", None),
            ("5é", None),
        ] {
            assert_eq!(timeout(text), wanted, "{text}");
        }
    }

    #[test]
    fn words_of_an_article_sent_as_request_id_never_reach_the_log() {
        let mut headers = HeaderMap::new();
        headers.insert("x-request-id", http::HeaderValue::from_static("Ferries stop in Riga"));
        assert_eq!(request_id(&headers).len(), 16);
        headers.insert("x-request-id", http::HeaderValue::from_static("desk-7.a_b"));
        assert_eq!(request_id(&headers), "desk-7.a_b");
    }
}
