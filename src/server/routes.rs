//! The services behind the gRPC port, by the first part of the path.

use std::sync::Arc;

use http::{Request, Response};
use tonic::Status;
use tonic::body::Body;
use tonic::codec::CompressionEncoding::{Gzip, Zstd};
use tower::Service as _;

use super::Desk;
use super::health::{Health, Port};
use super::reflection::Reflection;
use super::service::Service;
use crate::wire::health::health_server::HealthServer;
use crate::wire::v1::structuring_service_server::StructuringServiceServer;

/// Every service of the port.
#[derive(Clone)]
pub(super) struct Routes {
    structuring: StructuringServiceServer<Service>,
    health: HealthServer<Health>,
    reflection: Option<Reflection>,
}

impl Routes {
    pub(super) fn new(desk: &Arc<Desk>) -> Routes {
        let structuring = StructuringServiceServer::new(Service(desk.clone()))
            .max_decoding_message_size(desk.settings.max_message.0)
            .accept_compressed(Gzip)
            .accept_compressed(Zstd)
            .send_compressed(Gzip)
            .send_compressed(Zstd);
        let health = HealthServer::new(Health { life: desk.life.clone(), port: Port::Grpc });
        Routes { structuring, health, reflection: desk.settings.reflection.then(Reflection::new).flatten() }
    }

    /// Hands the request to the service it names.
    pub(super) async fn answer(&self, request: Request<Body>) -> Response<Body> {
        let service = request.uri().path().trim_start_matches('/').split('/').next().unwrap_or_default();
        let answered = match (service, &self.reflection) {
            ("copydesk.v1.StructuringService", _) => self.structuring.clone().call(request).await,
            ("grpc.health.v1.Health", _) => self.health.clone().call(request).await,
            ("grpc.reflection.v1.ServerReflection", Some(reflection)) => reflection.v1.clone().call(request).await,
            ("grpc.reflection.v1alpha.ServerReflection", Some(reflection)) => {
                reflection.v1alpha.clone().call(request).await
            }
            _ => return Status::unimplemented("no such service").into_http(),
        };
        // The services cannot fail.
        answered.unwrap_or_else(|never| match never {})
    }
}
