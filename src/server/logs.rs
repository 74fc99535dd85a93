//! One JSON object a line on standard error, and a dial for how much of it.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Registry, reload};

use super::value::Level;

/// Turns the log up and down while the server runs.
#[derive(Clone)]
pub struct Dial(reload::Handle<Targets, Registry>);

impl Dial {
    /// From now on logs at `level`.
    pub(super) fn turn(&self, level: Level) -> bool {
        self.0.reload(targets(level)).is_ok()
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
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .with_writer(std::io::stderr)
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false);
    tracing_subscriber::registry().with(filter).with(lines).try_init().ok()?;
    std::panic::set_hook(Box::new(|panic| {
        // The words of a panic may quote the text it stumbled over; its place may not.
        let place = panic.location().map(|l| format!("{}:{}", l.file(), l.line())).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
    Some(Dial(handle))
}
