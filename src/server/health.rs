//! `grpc.health.v1`: Check, List and Watch, by service and whole.

use std::pin::Pin;
use std::sync::Arc;

use futures_util::{Stream, StreamExt, future, stream};
use tokio_stream::wrappers::WatchStream;
use tonic::{Request, Response, Status};

use super::phase::{Life, Phase};
use super::rejected::Rejected;
use crate::wire::health::health_check_response::ServingStatus;
use crate::wire::health::health_server;
use crate::wire::health::{HealthCheckRequest, HealthCheckResponse, HealthListRequest, HealthListResponse};

/// The services that have a health of their own; the empty name is the server as a whole.
pub(super) const NAMES: [&str; 2] = ["", "copydesk.v1.StructuringService"];

/// Which port asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Port {
    /// The port of the service.
    Grpc,
    /// The admin port, where the empty name means liveness: a pod that drains is alive.
    Admin,
}

/// The health service of one port.
#[derive(Clone)]
pub(super) struct Health {
    pub(super) life: Arc<Life>,
    pub(super) port: Port,
}

/// Statuses of a watched service.
type Statuses = Pin<Box<dyn Stream<Item = Result<HealthCheckResponse, Status>> + Send>>;

/// Status of a service in a phase; nothing when there is no such service.
pub(super) fn status(name: &str, port: Port, phase: Phase) -> Option<ServingStatus> {
    if !NAMES.contains(&name) {
        return None;
    }
    let serves = match (port, name) {
        (Port::Admin, "") => phase < Phase::Over,
        _ => phase == Phase::Serving,
    };
    Some(if serves { ServingStatus::Serving } else { ServingStatus::NotServing })
}

#[tonic::async_trait]
impl health_server::Health for Health {
    async fn check(&self, request: Request<HealthCheckRequest>) -> Result<Response<HealthCheckResponse>, Status> {
        match status(&request.get_ref().service, self.port, self.life.phase()) {
            Some(status) => Ok(Response::new(HealthCheckResponse { status: status.into() })),
            None => Err(Status::not_found("no such service")),
        }
    }

    async fn list(&self, _: Request<HealthListRequest>) -> Result<Response<HealthListResponse>, Status> {
        let phase = self.life.phase();
        let of = |name: &str| Some(HealthCheckResponse { status: status(name, self.port, phase)?.into() });
        let statuses = NAMES.iter().filter_map(|name| Some((name.to_string(), of(name)?))).collect();
        Ok(Response::new(HealthListResponse { statuses }))
    }

    type WatchStream = Statuses;

    /// Tells each change. Ends when the drain begins, or it would hold the server for ever.
    async fn watch(&self, request: Request<HealthCheckRequest>) -> Result<Response<Statuses>, Status> {
        let (name, port) = (request.into_inner().service, self.port);
        let mut last = None;
        let changes = WatchStream::new(self.life.listen())
            .take_while(|phase| future::ready(*phase < Phase::Draining))
            .filter_map(move |phase| {
                let now = status(&name, port, phase).unwrap_or(ServingStatus::ServiceUnknown);
                let news = last.replace(now) != Some(now);
                future::ready(news.then(|| Ok(HealthCheckResponse { status: now.into() })))
            });
        let farewell = stream::once(future::ready(Err(Rejected::Draining.status(""))));
        Ok(Response::new(Box::pin(changes.chain(farewell))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draining_server_is_alive_for_the_kubelet_and_closed_for_callers() {
        use ServingStatus::*;
        let service = NAMES[1];
        for (phase, grpc, admin, of_service) in [
            (Phase::Starting, NotServing, Serving, NotServing),
            (Phase::Serving, Serving, Serving, Serving),
            (Phase::LameDuck, NotServing, Serving, NotServing),
            (Phase::Draining, NotServing, Serving, NotServing),
            (Phase::Over, NotServing, NotServing, NotServing),
        ] {
            assert_eq!(status("", Port::Grpc, phase), Some(grpc), "{phase:?}");
            assert_eq!(status("", Port::Admin, phase), Some(admin), "{phase:?}");
            assert_eq!(status(service, Port::Grpc, phase), Some(of_service), "{phase:?}");
            assert_eq!(status(service, Port::Admin, phase), Some(of_service), "{phase:?}");
            assert_eq!(status("weather.v1.Forecast", Port::Grpc, phase), None);
        }
    }
}
