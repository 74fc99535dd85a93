//! Health and reflection, as kubelets, balancers and grpcurl ask for them.

use copydesk::server::Parting;
use copydesk::wire::health::health_check_response::ServingStatus;
use copydesk::wire::health::{HealthCheckRequest, HealthListRequest};
use tonic::Code;

use crate::desk::{Desk, settings};

const SERVICE: &str = "copydesk.v1.StructuringService";

fn of(service: &str) -> HealthCheckRequest {
    HealthCheckRequest { service: service.to_owned() }
}

#[tokio::test]
async fn health_is_told_by_name_on_both_ports() {
    let desk = Desk::open(settings()).await;
    for port in [desk.grpc, desk.admin] {
        let mut health = desk.health(port).await;
        for name in ["", SERVICE] {
            let answer = health.check(of(name)).await.expect("a status").into_inner();
            assert_eq!(answer.status(), ServingStatus::Serving, "{name} at {port}");
        }
        let unknown = health.check(of("weather.v1.Forecast")).await.expect_err("nobody knows it");
        assert_eq!(unknown.code(), Code::NotFound);
        let list = health.list(HealthListRequest {}).await.expect("a list").into_inner().statuses;
        assert_eq!(list.keys().collect::<Vec<_>>(), ["", SERVICE]);
    }
    desk.close().await;
}

#[tokio::test]
async fn a_watcher_hears_of_the_end_and_does_not_hold_it_up() {
    let mut desk =
        Desk::open(copydesk::server::Settings { lame_duck: std::time::Duration::from_secs(3), ..settings() }).await;
    let mut health = desk.health(desk.grpc).await;
    let mut known = health.watch(of(SERVICE)).await.expect("a watch").into_inner();
    let mut unknown = health.watch(of("weather.v1.Forecast")).await.expect("a watch").into_inner();
    let next = known.message().await.expect("a status").expect("not over");
    assert_eq!(next.status(), ServingStatus::Serving);
    let next = unknown.message().await.expect("a status").expect("not over");
    assert_eq!(next.status(), ServingStatus::ServiceUnknown);
    desk.stop();
    let next = known.message().await.expect("a status").expect("not over");
    assert_eq!(next.status(), ServingStatus::NotServing);
    // The admin port says that the process lives and the service goes.
    let mut admin = desk.health(desk.admin).await;
    assert_eq!(admin.check(of("")).await.expect("a status").into_inner().status(), ServingStatus::Serving);
    assert_eq!(admin.check(of(SERVICE)).await.expect("a status").into_inner().status(), ServingStatus::NotServing);
    assert_eq!(known.message().await.expect_err("the watch ends").code(), Code::Unavailable);
    assert_eq!(unknown.message().await.expect_err("the watch ends").code(), Code::Unavailable);
    assert_eq!(desk.close().await, Parting::Clean);
}

#[tokio::test]
async fn both_versions_of_reflection_list_the_services() {
    let desk = Desk::open(settings()).await;
    let channel = desk.channel().await;
    macro_rules! services {
        ($version:ident) => {{
            use tonic_reflection::pb::$version::ServerReflectionRequest;
            use tonic_reflection::pb::$version::server_reflection_client::ServerReflectionClient;
            use tonic_reflection::pb::$version::server_reflection_request::MessageRequest;
            use tonic_reflection::pb::$version::server_reflection_response::MessageResponse;
            let message_request = Some(MessageRequest::ListServices(String::new()));
            let request = ServerReflectionRequest { host: String::new(), message_request };
            let mut client = ServerReflectionClient::new(channel.clone());
            let answers = client.server_reflection_info(tokio_stream::iter([request])).await.expect("a stream");
            let answer = answers.into_inner().message().await.expect("an answer").expect("one");
            match answer.message_response {
                Some(MessageResponse::ListServicesResponse(list)) => list.service.into_iter().map(|s| s.name).collect(),
                _ => Vec::new(),
            }
        }};
    }
    let (v1, v1alpha): (Vec<String>, Vec<String>) = (services!(v1), services!(v1alpha));
    for names in [v1, v1alpha] {
        assert!(names.iter().any(|n| n == SERVICE) && names.iter().any(|n| n == "grpc.health.v1.Health"), "{names:?}");
    }
    desk.close().await;
}
