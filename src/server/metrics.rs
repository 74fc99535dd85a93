//! What is counted, in OpenMetrics. Labels are from short fixed lists, never an id.

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use super::phase::Phase;

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
pub(super) struct MethodLabel {
    pub(super) method: &'static str,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
pub(super) struct OutcomeLabels {
    pub(super) method: &'static str,
    pub(super) code: &'static str,
    pub(super) reason: &'static str,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
pub(super) struct NameLabel {
    pub(super) name: &'static str,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
pub(super) struct ReloadLabels {
    pub(super) what: &'static str,
    pub(super) outcome: &'static str,
}

/// Every figure.
pub(super) struct Metrics {
    registry: Registry,
    pub(super) started: Family<MethodLabel, Counter>,
    pub(super) handled: Family<OutcomeLabels, Counter>,
    pub(super) open: Gauge,
    pub(super) waiting: Gauge,
    pub(super) memory: Gauge,
    pub(super) queue_wait: Histogram,
    pub(super) work: Histogram,
    pub(super) text: Histogram,
    pub(super) features: Family<NameLabel, Counter>,
    pub(super) cancelled: Counter,
    pub(super) panics: Counter,
    pub(super) connections: Gauge,
    pub(super) refused_connections: Family<NameLabel, Counter>,
    pub(super) reloads: Family<ReloadLabels, Counter>,
    pub(super) spans: Family<NameLabel, Counter>,
    pub(super) lines_dropped: Counter,
    phase: Family<NameLabel, Gauge>,
}

impl Metrics {
    pub(super) fn new() -> Metrics {
        let mut registry = Registry::with_prefix("copydesk");
        let seconds = || Histogram::new(exponential_buckets(0.000_025, 4.0, 10));
        let metrics = Metrics {
            started: Family::default(),
            handled: Family::default(),
            open: Gauge::default(),
            waiting: Gauge::default(),
            memory: Gauge::default(),
            queue_wait: seconds(),
            work: seconds(),
            text: Histogram::new(exponential_buckets(256.0, 4.0, 8)),
            features: Family::default(),
            cancelled: Counter::default(),
            panics: Counter::default(),
            connections: Gauge::default(),
            refused_connections: Family::default(),
            reloads: Family::default(),
            spans: Family::default(),
            lines_dropped: Counter::default(),
            phase: Family::default(),
            registry: Registry::default(),
        };
        registry.register("calls_started", "Calls that came in", metrics.started.clone());
        registry.register("calls_handled", "Calls that ended, by code and reason", metrics.handled.clone());
        registry.register("calls_open", "Calls open now", metrics.open.clone());
        registry.register("queue_waiting", "Calls that wait for a worker now", metrics.waiting.clone());
        registry.register_with_unit(
            "memory",
            "Memory of requests and answers under way",
            Unit::Bytes,
            metrics.memory.clone(),
        );
        registry.register_with_unit(
            "queue_wait",
            "Time spent waiting for a worker",
            Unit::Seconds,
            metrics.queue_wait.clone(),
        );
        registry.register_with_unit("work", "Time spent on an article or batch", Unit::Seconds, metrics.work.clone());
        registry.register_with_unit("text", "Length of articles", Unit::Bytes, metrics.text.clone());
        registry.register("features_asked", "Features asked for, by call or stream", metrics.features.clone());
        registry.register(
            "work_cancelled",
            "Work given up because time was over or the caller had left",
            metrics.cancelled.clone(),
        );
        registry.register("panics", "Panics, each of which cost one request", metrics.panics.clone());
        registry.register("connections", "Connections open now", metrics.connections.clone());
        registry.register(
            "connections_refused",
            "Connections ended before their first call, by reason",
            metrics.refused_connections.clone(),
        );
        registry.register("reloads", "Files read again after a change, by outcome", metrics.reloads.clone());
        registry.register("spans", "Spans by what became of them: sent, failed, dropped", metrics.spans.clone());
        registry.register("log_lines_dropped", "Lines for which the log had no room", metrics.lines_dropped.clone());
        registry.register("phase", "1 for the phase of life the server is in", metrics.phase.clone());
        let build = [("version", env!("CARGO_PKG_VERSION")), ("commit", super::COMMIT)];
        registry.register("build", "What was built", Info::new(build.to_vec()));
        Metrics { registry, ..metrics }
    }

    /// All of it as text.
    pub(super) fn text(&self, phase: Phase) -> String {
        for each in Phase::ALL {
            self.phase.get_or_create(&NameLabel { name: each.name() }).set(i64::from(each == phase));
        }
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = text::encode(&mut out, &self.registry);
        out
    }
}
