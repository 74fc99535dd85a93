//! How a call ends: told once, to the log and to the metrics, whatever way it ends.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tonic::body::Body;
use tonic::{Code, Status};
use tonic_types::StatusExt;

use super::Desk;
use super::call::{Call, add};
use super::metrics::{MethodLabel, OutcomeLabels};
use super::rejected::REASONS;
use crate::wire::ENGINE_VERSION;

/// Goes with a call from its first byte to its last. When it is dropped before the status is known,
/// the caller has left.
pub(super) struct Ending {
    desk: Arc<Desk>,
    call: Arc<Call>,
    status: Option<(Code, &'static str)>,
    /// Calls that were open when this one came.
    pub(super) open_before: usize,
}

impl Ending {
    pub(super) fn new(desk: Arc<Desk>, call: Arc<Call>) -> Ending {
        desk.metrics.started.get_or_create(&MethodLabel { method: call.method }).inc();
        let open_before = desk.open.fetch_add(1, Ordering::Relaxed);
        Ending { desk, call, status: None, open_before }
    }

    /// Notes the status.
    pub(super) fn is(&mut self, status: &Status) {
        self.status = Some((status.code(), reason(status)));
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        let (code, reason) = self.status.unwrap_or((Code::Cancelled, ""));
        let (call, metrics) = (&self.call, &self.desk.metrics);
        self.desk.spans.iter().for_each(|spans| spans.leave(call, code, reason));
        let code = code_name(code);
        self.desk.open.fetch_sub(1, Ordering::Relaxed);
        metrics.handled.get_or_create(&OutcomeLabels { method: call.method, code, reason }).inc();
        if !self.desk.settings.access_log {
            return;
        }
        if call.is_health() {
            tracing::debug!(target: "copydesk::access", method = call.short_method(), code, "health");
            return;
        }
        let figure = |f: &std::sync::atomic::AtomicU64| f.load(Ordering::Relaxed);
        tracing::info!(
            target: "copydesk::access",
            request_id = call.id,
            trace_id = call.trace.map(|trace| trace.to_string()).unwrap_or_default(),
            peer = %call.peer.address,
            identity = call.identity.get().map(String::as_str).unwrap_or_default(),
            method = call.method,
            code,
            reason,
            bytes_in = figure(&call.ledger.bytes_in),
            bytes_out = figure(&call.ledger.bytes_out),
            text_bytes = figure(&call.ledger.text_bytes),
            queue_us = figure(&call.ledger.queue_us),
            work_us = figure(&call.ledger.work_us),
            total_us = call.started.elapsed().as_micros() as u64,
            engine_version = ENGINE_VERSION,
            "call"
        );
    }
}

/// The reason in the details, when it is one of ours.
fn reason(status: &Status) -> &'static str {
    let info = status.get_details_error_info();
    info.and_then(|info| REASONS.into_iter().find(|r| *r == info.reason)).unwrap_or_default()
}

fn code_name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}

/// An answer on its way out; it ends the call when it has gone.
pub(super) struct Outgoing {
    body: Body,
    ending: Ending,
}

impl Outgoing {
    /// An answer whose status comes last.
    pub(super) fn open(body: Body, ending: Ending) -> Body {
        Body::new(Outgoing { body, ending })
    }
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        match &polled {
            Poll::Ready(Some(Ok(frame))) => {
                if let Some(data) = frame.data_ref() {
                    add(&self.ending.call.ledger.bytes_out, data.len() as u64);
                } else if let Some(status) = frame.trailers_ref().and_then(Status::from_header_map) {
                    self.ending.is(&status);
                }
            }
            Poll::Ready(Some(Err(status))) => {
                let status = status.clone();
                self.ending.is(&status);
            }
            Poll::Ready(None) | Poll::Pending => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
