//! `copydesk healthcheck`: what a container asks itself, so that its image needs no second program.

use std::io;
use std::process::ExitCode;
use std::time::Duration;

use tonic::transport::Endpoint;

use super::Failure;
use crate::wire::health::HealthCheckRequest;
use crate::wire::health::health_check_response::ServingStatus;
use crate::wire::health::health_client::HealthClient;

/// Arguments of `healthcheck`.
#[derive(clap::Args, Debug)]
pub(super) struct Healthcheck {
    /// Address of a plaintext port with grpc.health.v1; the admin port has it always.
    #[arg(long, env = "COPYDESK_ADMIN_LISTEN", default_value = "127.0.0.1:9090")]
    addr: String,
    /// Name of the service; empty asks for the server as a whole.
    #[arg(long, default_value = "")]
    service: String,
    /// Longest wait for the answer, in milliseconds.
    #[arg(long, default_value_t = 2000)]
    timeout: u64,
}

impl Healthcheck {
    /// Success when the answer is SERVING; any other answer, or none, is a failure.
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let allowed = Duration::from_millis(self.timeout);
        let status = runtime.block_on(async { tokio::time::timeout(allowed, self.status()).await });
        match status {
            Ok(Ok(status)) => {
                println!("{}", status.as_str_name());
                Ok(if status == ServingStatus::Serving { ExitCode::SUCCESS } else { ExitCode::FAILURE })
            }
            Ok(Err(error)) => Err(error.into()),
            Err(_) => Err(Failure(format!("{}: no answer in time", self.addr))),
        }
    }

    async fn status(&self) -> io::Result<ServingStatus> {
        let failed = |what: String| io::Error::other(format!("{}: {what}", self.addr));
        let endpoint =
            Endpoint::from_shared(format!("http://{}", reachable(&self.addr))).map_err(|e| failed(e.to_string()))?;
        let channel = endpoint.connect().await.map_err(|_| failed("no server there".to_owned()))?;
        let request = HealthCheckRequest { service: self.service.clone() };
        let answer = HealthClient::new(channel).check(request).await.map_err(|status| failed(status.to_string()))?;
        Ok(answer.into_inner().status())
    }
}

/// A server that listens on all addresses is asked on this machine's own.
fn reachable(address: &str) -> String {
    match address.parse::<std::net::SocketAddr>() {
        Ok(all) if all.ip().is_unspecified() && all.is_ipv4() => format!("127.0.0.1:{}", all.port()),
        Ok(all) if all.ip().is_unspecified() => format!("[::1]:{}", all.port()),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_server_on_all_addresses_is_asked_at_home() {
        for (listen, ask) in
            [("0.0.0.0:9090", "127.0.0.1:9090"), ("[::]:9090", "[::1]:9090"), ("10.0.0.7:1", "10.0.0.7:1")]
        {
            assert_eq!(super::reachable(listen), ask);
        }
    }
}
