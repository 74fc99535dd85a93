//! One JSON object a line on standard error, written by a thread of its own, and a dial for how much of it.

use std::io;
use std::sync::{Mutex, PoisonError};

use tracing::level_filters::LevelFilter;
use tracing_appender::non_blocking::{ErrorCounter, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Registry, reload};

use super::value::Level;

/// Lines that may wait to be written. No call waits for standard error: what comes beside them is
/// dropped and counted.
const WAITING: usize = 16_384;

/// The thread that writes, until the log is finished.
static WRITER: Mutex<Option<WorkerGuard>> = Mutex::new(None);

/// Turns the log up and down while the server runs.
#[derive(Clone)]
pub struct Dial {
    level: reload::Handle<Targets, Registry>,
    dropped: ErrorCounter,
}

impl Dial {
    /// From now on logs at `level`.
    pub(super) fn turn(&self, level: Level) -> bool {
        self.level.reload(targets(level)).is_ok()
    }

    /// How many lines were dropped.
    pub(super) fn dropped(&self) -> u64 {
        self.dropped.dropped_lines() as u64
    }
}

/// Only our own lines follow the level: at `trace` the libraries would print what they carry.
fn targets(level: Level) -> Targets {
    let level = match level {
        Level::Error => LevelFilter::ERROR,
        Level::Warn => LevelFilter::WARN,
        Level::Info => LevelFilter::INFO,
        Level::Debug => LevelFilter::DEBUG,
        Level::Trace => LevelFilter::TRACE,
    };
    Targets::new().with_default(LevelFilter::ERROR).with_target("copydesk", level)
}

/// Starts the log of the process. Nothing when there is one already.
pub fn start(level: Level) -> Option<Dial> {
    let (filter, handle) = reload::Layer::new(targets(level));
    let (writer, guard) = NonBlockingBuilder::default().lossy(true).buffered_lines_limit(WAITING).finish(io::stderr());
    let dropped = writer.error_counter();
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .with_writer(writer)
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false);
    tracing_subscriber::registry().with(filter).with(lines).try_init().ok()?;
    std::panic::set_hook(Box::new(|panic| {
        // The words of a panic may quote the text it stumbled over; its place may not.
        let place = panic.location().map(|l| format!("{}:{}", l.file(), l.line())).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
    *WRITER.lock().unwrap_or_else(PoisonError::into_inner) = Some(guard);
    Some(Dial { level: handle, dropped })
}

/// Writes what waits, before the process ends; it gives up after a second.
pub fn finish() {
    drop(WRITER.lock().unwrap_or_else(PoisonError::into_inner).take());
}
