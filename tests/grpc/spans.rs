//! Spans for a collector: what they hold, when they leave, and that no call waits for them.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use copydesk::server::{Parting, Settings};
use copydesk::wire::health::HealthCheckRequest;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::{TraceService, TraceServiceServer};
use opentelemetry_proto::tonic::collector::trace::v1::{ExportTraceServiceRequest, ExportTraceServiceResponse};
use opentelemetry_proto::tonic::common::v1::{KeyValue, any_value::Value};
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use tonic::{Request, Response, Status};

use crate::desk::{Desk, request, settings, wait_until};
use crate::raw::{call, frame};

/// Keeps everything that it is sent.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Vec<ExportTraceServiceRequest>>>);

#[tonic::async_trait]
impl TraceService for Collector {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(request.into_inner());
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

impl Collector {
    async fn open() -> (Collector, SocketAddr) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let (collector, address) = (Collector::default(), listener.local_addr().expect("bound"));
        let service = TowerToHyperService::new(TraceServiceServer::new(collector.clone()));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let service = service.clone();
                tokio::spawn(async move {
                    let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
        (collector, address)
    }

    fn requests(&self) -> Vec<ExportTraceServiceRequest> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn spans(&self) -> Vec<Span> {
        let all = self.requests().into_iter().flat_map(|r| r.resource_spans);
        all.flat_map(|r| r.scope_spans).flat_map(|s| s.spans).collect()
    }
}

fn endpoint(address: SocketAddr) -> Settings {
    Settings { otlp_endpoint: Some(format!("http://{address}").parse().expect("an address")), ..settings() }
}

/// What the attribute holds, as text.
fn attribute(attributes: &[KeyValue], key: &str) -> Option<String> {
    let value = attributes.iter().find(|a| a.key == key)?.value.as_ref()?.value.as_ref()?;
    match value {
        Value::StringValue(text) => Some(text.clone()),
        Value::IntValue(number) => Some(number.to_string()),
        _ => None,
    }
}

#[tokio::test]
async fn a_call_leaves_a_span_under_that_of_its_caller_and_no_word_of_its_article() {
    let (collector, address) = Collector::open().await;
    let desk = Desk::open(endpoint(address)).await;
    let good = frame(0, &request("Quorvaxine ferries zymbolt").encode_to_vec());
    let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let unsampled = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";
    for (headers, body) in [
        (&[("traceparent", parent), ("x-request-id", "desk-42")][..], good.clone()),
        (&[("traceparent", unsampled)], good.clone()),
        (&[], frame(0, &request(" ").encode_to_vec())),
        (&[("grpc-timeout", "1n")], good),
    ] {
        call(desk.grpc, "StructureArticle", headers, body).await;
    }
    desk.health(desk.grpc).await.check(HealthCheckRequest::default()).await.expect("a status");
    // What has been left is sent before the end, however soon that comes.
    assert_eq!(desk.close().await, Parting::Clean);
    let mut spans = collector.spans();
    spans.sort_by_key(|span| span.start_time_unix_nano);
    assert_eq!(spans.len(), 3, "{spans:?}");
    let [under_a_caller, empty, late] = &spans[..] else { return };
    assert_eq!(under_a_caller.name, "copydesk.v1.StructuringService/StructureArticle");
    assert_eq!(under_a_caller.trace_id, 0x4bf92f3577b34da6a3ce929d0e0e4736_u128.to_be_bytes());
    assert_eq!(under_a_caller.parent_span_id, 0x00f067aa0ba902b7_u64.to_be_bytes());
    assert!(under_a_caller.start_time_unix_nano < under_a_caller.end_time_unix_nano);
    for (key, value) in
        [("rpc.method", "StructureArticle"), ("copydesk.request_id", "desk-42"), ("copydesk.text_bytes", "26")]
    {
        assert_eq!(attribute(&under_a_caller.attributes, key).as_deref(), Some(value), "{key}");
    }
    assert!(empty.parent_span_id.is_empty() && empty.trace_id != under_a_caller.trace_id);
    for (span, reason, code, failed) in [(empty, "TEXT_EMPTY", "3", false), (late, "DEADLINE", "4", true)] {
        assert_eq!(attribute(&span.attributes, "copydesk.reason").as_deref(), Some(reason));
        assert_eq!(attribute(&span.attributes, "rpc.grpc.status_code").as_deref(), Some(code));
        assert_eq!(span.status.as_ref().is_some_and(|s| s.code == 2), failed, "only what is our fault has failed");
    }
    let sent = format!("{:?}", collector.requests());
    assert!(!sent.contains("uorvaxine") && !sent.contains("zymbolt"), "{sent}");
}

#[tokio::test]
async fn a_collector_that_is_gone_or_silent_holds_up_neither_calls_nor_the_end() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let silent = listener.local_addr().expect("bound");
    let gone = SocketAddr::from(([127, 0, 0, 1], 9));
    for (address, silent) in [(silent, true), (gone, false)] {
        let desk = Desk::open(endpoint(address)).await;
        let mut client = desk.client().await;
        for _ in 0..10 {
            assert!(client.structure_article(request("Ferries stop")).await.is_ok());
        }
        if !silent {
            desk.counts("copydesk_spans_total{name=\"failed\"} ").await;
        }
        let began = Instant::now();
        assert_eq!(desk.close().await, Parting::Clean);
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    }
}

#[tokio::test]
async fn the_program_finds_its_collector_in_the_environment_and_says_who_it_is() {
    let (collector, address) = Collector::open().await;
    let collector_address = format!("http://{address}");
    let program = crate::process::Program::start_with(&[], &[("OTEL_EXPORTER_OTLP_ENDPOINT", &collector_address)]);
    let body = frame(0, &request("Ferries stop").encode_to_vec());
    call(program.grpc, "StructureArticle", &[], body).await;
    wait_until("a span", || !collector.spans().is_empty()).await;
    let requests = collector.requests();
    let resource = requests.first().and_then(|r| r.resource_spans.first()?.resource.clone()).expect("a resource");
    assert_eq!(attribute(&resource.attributes, "service.name").as_deref(), Some("copydesk"));
    assert!(attribute(&resource.attributes, "copydesk.engine_version").is_some());
}
