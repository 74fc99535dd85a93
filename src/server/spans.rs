//! A span of each call for a collector, when one is set: OTLP over gRPC. No call waits for it.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

use opentelemetry::trace::{SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState};
use opentelemetry::{InstrumentationScope, KeyValue};
use opentelemetry_otlp::WithExportConfig;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanExporter, SpanLinks};
use tokio::sync::mpsc;
use tokio::time::sleep;
use tonic::Code;

use super::call::{Call, random};
use super::metrics::{Metrics, NameLabel};
use super::phase::{Life, Phase};
use super::settings::Settings;
use super::trace::Trace;
use crate::wire::ENGINE_VERSION;

/// Spans that may wait to be sent; what comes beside them is dropped and counted.
const WAITING: usize = 2048;

/// Most spans sent at once.
const BATCH: usize = 512;

/// Longest time that a span waits for others to be sent with.
const GATHER: Duration = Duration::from_secs(1);

/// Longest time the last spans have when the server ends.
pub(super) const FAREWELL: Duration = Duration::from_secs(3);

/// Where calls leave their spans.
pub(super) struct Spans {
    queue: mpsc::Sender<SpanData>,
    metrics: Arc<Metrics>,
}

/// Takes the spans to the collector.
pub(super) struct Courier {
    queue: mpsc::Receiver<SpanData>,
    exporter: opentelemetry_otlp::SpanExporter,
    metrics: Arc<Metrics>,
    failing: bool,
}

/// Spans and their courier, when a collector is set. To be called where tasks can be started.
pub(super) fn open(settings: &Settings, metrics: &Arc<Metrics>) -> Result<Option<(Spans, Courier)>, String> {
    let Some(endpoint) = &settings.otlp_endpoint else { return Ok(None) };
    let builder = opentelemetry_otlp::SpanExporter::builder().with_tonic().with_endpoint(endpoint.to_string());
    let mut exporter = builder.build().map_err(|error| format!("otlp-endpoint: {error}"))?;
    exporter.set_resource(&resource());
    let (sender, queue) = mpsc::channel(WAITING);
    let courier = Courier { queue, exporter, metrics: metrics.clone(), failing: false };
    Ok(Some((Spans { queue: sender, metrics: metrics.clone() }, courier)))
}

/// Who sends the spans; OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have their say.
fn resource() -> Resource {
    let ours = [("service.version", env!("CARGO_PKG_VERSION")), ("copydesk.engine_version", ENGINE_VERSION)];
    let builder = Resource::builder().with_attributes(ours.map(|(key, value)| KeyValue::new(key, value)));
    match std::env::var_os("OTEL_SERVICE_NAME") {
        Some(_) => builder.build(),
        None => builder.with_service_name("copydesk").build(),
    }
}

impl Spans {
    /// Leaves the span of a call that has ended. Calls for health, and calls whose caller does not
    /// sample, have none.
    pub(super) fn leave(&self, call: &Call, code: Code, reason: &'static str) {
        let Some(trace) = call.trace.filter(|t| t.sampled && !call.is_health()) else { return };
        if self.queue.try_send(span(call, trace, code, reason)).is_err() {
            count(&self.metrics, "dropped", 1);
        }
    }
}

fn count(metrics: &Metrics, name: &'static str, spans: usize) {
    metrics.spans.get_or_create(&NameLabel { name }).inc_by(spans as u64);
}

fn span(call: &Call, trace: Trace, code: Code, reason: &'static str) -> SpanData {
    let ours = SpanId::from_bytes(random().max(1).to_be_bytes());
    let context = SpanContext::new(
        TraceId::from_bytes(trace.id.to_be_bytes()),
        ours,
        TraceFlags::SAMPLED,
        false,
        TraceState::NONE,
    );
    let end_time = SystemTime::now();
    SpanData {
        span_context: context,
        parent_span_id: trace.parent.map_or(SpanId::INVALID, |id| SpanId::from_bytes(id.to_be_bytes())),
        parent_span_is_remote: trace.parent.is_some(),
        span_kind: SpanKind::Server,
        name: call.method.trim_start_matches('/').into(),
        start_time: end_time.checked_sub(call.started.elapsed()).unwrap_or(end_time),
        end_time,
        attributes: attributes(call, code, reason),
        dropped_attributes_count: 0,
        events: SpanEvents::default(),
        links: SpanLinks::default(),
        status: if is_ours(code) { Status::error(reason) } else { Status::Unset },
        instrumentation_scope: InstrumentationScope::builder("copydesk")
            .with_version(env!("CARGO_PKG_VERSION"))
            .build(),
    }
}

/// What the log line says too; never a word of an article.
fn attributes(call: &Call, code: Code, reason: &'static str) -> Vec<KeyValue> {
    let figure = |f: &std::sync::atomic::AtomicU64| i64::try_from(f.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
    let (service, method) = call.method.trim_start_matches('/').split_once('/').unwrap_or(("", call.method));
    vec![
        KeyValue::new("rpc.system", "grpc"),
        KeyValue::new("rpc.service", service),
        KeyValue::new("rpc.method", method),
        KeyValue::new("rpc.grpc.status_code", i64::from(code as i32)),
        KeyValue::new("client.address", call.peer.address.ip().to_string()),
        KeyValue::new("copydesk.reason", reason),
        KeyValue::new("copydesk.request_id", call.id.clone()),
        KeyValue::new("copydesk.bytes_in", figure(&call.ledger.bytes_in)),
        KeyValue::new("copydesk.bytes_out", figure(&call.ledger.bytes_out)),
        KeyValue::new("copydesk.text_bytes", figure(&call.ledger.text_bytes)),
        KeyValue::new("copydesk.queue_us", figure(&call.ledger.queue_us)),
        KeyValue::new("copydesk.work_us", figure(&call.ledger.work_us)),
    ]
}

/// Errors that are the server's and not the caller's, as OpenTelemetry sorts them.
fn is_ours(code: Code) -> bool {
    use Code::*;
    matches!(code, Unknown | DeadlineExceeded | Unimplemented | Internal | Unavailable | DataLoss)
}

impl Courier {
    /// Sends until the server is over and everything that was left has been tried.
    pub(super) async fn run(mut self, life: Arc<Life>) {
        let mut over = pin!(life.until(Phase::Over));
        let (mut batch, mut closed) = (Vec::with_capacity(BATCH), false);
        loop {
            let mut gathered = pin!(sleep(Duration::MAX));
            while batch.len() < BATCH {
                let (was_empty, room) = (batch.is_empty(), BATCH - batch.len());
                tokio::select! {
                    () = &mut over, if !closed => {
                        closed = true;
                        self.queue.close();
                    }
                    () = &mut gathered => break,
                    taken = self.queue.recv_many(&mut batch, room) => match taken {
                        0 => break,
                        _ if was_empty => gathered.set(sleep(GATHER)),
                        _ => {}
                    }
                }
            }
            if batch.is_empty() {
                return;
            }
            self.send(std::mem::take(&mut batch)).await;
        }
    }

    /// The exporter tries again by itself where that helps, and gives up in time.
    async fn send(&mut self, batch: Vec<SpanData>) {
        let spans = batch.len();
        match self.exporter.export(batch).await {
            Ok(()) => {
                count(&self.metrics, "sent", spans);
                self.failing = false;
            }
            Err(error) => {
                count(&self.metrics, "failed", spans);
                // Once, and not once a second.
                if !std::mem::replace(&mut self.failing, true) {
                    tracing::warn!(%error, "no spans reach the collector");
                }
            }
        }
    }
}
