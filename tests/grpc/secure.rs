//! TLS, client certificates, tokens, policy, rates.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use copydesk::server::Settings;
use copydesk::wire::health::HealthCheckRequest;
use copydesk::wire::health::health_client::HealthClient;
use copydesk::wire::v1::GetServiceInfoRequest;
use copydesk::wire::v1::structuring_service_client::StructuringServiceClient;
use hyper_util::rt::TokioIo;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, SanType};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject};
use tokio::net::TcpStream;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Status};
use tonic_types::StatusExt;

use crate::desk::{Desk, PATIENCE, request, settings};

/// A folder for the files of one test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("copydesk-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).expect("written");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// An authority of the test's own.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

/// Certificate and key as PEM.
type Papers = (String, String);

impl Authority {
    fn new() -> Authority {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let pem = params.self_signed(&key).expect("signed").pem();
        Authority { pem, issuer: Issuer::new(params, key) }
    }

    fn papers(&self, name: SanType) -> Papers {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.subject_alt_names = vec![name];
        let key = KeyPair::generate().expect("a key");
        (params.signed_by(&key, &self.issuer).expect("signed").pem(), key.serialize_pem())
    }

    fn server(&self) -> Papers {
        self.papers(SanType::DnsName("localhost".try_into().expect("a name")))
    }
}

/// A TLS connection that shows `papers`, with the serial number of the server's certificate.
async fn connect(
    desk: &Desk,
    authority: &Authority,
    papers: Option<&Papers>,
) -> Result<Channel, tonic::transport::Error> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(authority.pem.as_bytes()).expect("PEM")).expect("an authority");
    let builder = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots);
    let mut config = match papers {
        None => builder.with_no_client_auth(),
        Some((cert, key)) => {
            let cert = CertificateDer::from_pem_slice(cert.as_bytes()).expect("PEM");
            let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).expect("PEM");
            builder.with_client_auth_cert(vec![cert], key).expect("a pair")
        }
    };
    config.alpn_protocols = vec![b"h2".to_vec()];
    let (connector, address) = (tokio_rustls::TlsConnector::from(Arc::new(config)), desk.grpc);
    let connect = tower::service_fn(move |_| {
        let connector = connector.clone();
        async move {
            let tcp = TcpStream::connect(address).await?;
            let name = ServerName::try_from("localhost").expect("a name");
            Ok::<_, std::io::Error>(TokioIo::new(connector.connect(name, tcp).await?))
        }
    });
    Endpoint::from_static("http://localhost").connect_with_connector(connect).await
}

fn reason(status: &Status) -> (Code, String) {
    (status.code(), status.get_error_details().error_info().map(|i| i.reason.clone()).unwrap_or_default())
}

#[tokio::test]
async fn a_certificate_is_swapped_under_load_without_a_lost_call() {
    let (folder, old, new) = (Folder::new("swap"), Authority::new(), Authority::new());
    let (cert, key) = old.server();
    let (tls_cert, tls_key) = (Some(folder.write("tls.crt", &cert)), Some(folder.write("tls.key", &key)));
    let reload = Duration::from_millis(50);
    let desk = Desk::open(Settings { tls_cert, tls_key, reload, ..settings() }).await;
    let mut client = StructuringServiceClient::new(connect(&desk, &old, None).await.expect("TLS"));
    assert!(connect(&desk, &new, None).await.is_err(), "nobody knows the new authority yet");
    // A half-written pair is not taken: the old one stays.
    folder.write("tls.crt", "-----BEGIN CERT");
    desk.counts("copydesk_reloads_total{what=\"certificates\",outcome=\"refused\"}").await;
    assert!(connect(&desk, &old, None).await.is_ok());
    let (cert, key) = new.server();
    folder.write("tls.key", &key);
    folder.write("tls.crt", &cert);
    let began = Instant::now();
    let mut swapped = false;
    while !swapped && began.elapsed() < PATIENCE {
        assert!(client.structure_article(request("Ferries stop")).await.is_ok());
        swapped = connect(&desk, &new, None).await.is_ok();
    }
    assert!(swapped, "new connections see the new certificate");
    assert!(client.structure_article(request("Ferries stop")).await.is_ok(), "the old connection goes on");
    assert!(connect(&desk, &old, None).await.is_err());
    desk.close().await;
}

#[tokio::test]
async fn with_mutual_tls_only_those_with_papers_come_in_and_each_as_allowed() {
    let (folder, authority) = (Folder::new("mutual"), Authority::new());
    let (cert, key) = authority.server();
    let settings = Settings {
        tls_cert: Some(folder.write("tls.crt", &cert)),
        tls_key: Some(folder.write("tls.key", &key)),
        tls_client_ca: Some(folder.write("ca.crt", &authority.pem)),
        policy_file: Some(folder.write("policy", "spiffe://desk/sports StructureArticle\n* GetServiceInfo\n")),
        ..settings()
    };
    let desk = Desk::open(settings).await;
    let uri = |uri: &str| authority.papers(SanType::URI(uri.try_into().expect("a URI")));
    let stranger = Authority::new().papers(SanType::DnsName("sports".try_into().expect("a name")));
    for papers in [None, Some(&stranger)] {
        // With TLS 1.3 the refusal comes after the client's half of the handshake.
        let refused = match connect(&desk, &authority, papers).await {
            Err(_) => true,
            Ok(channel) => {
                StructuringServiceClient::new(channel).get_service_info(GetServiceInfoRequest {}).await.is_err()
            }
        };
        assert!(refused);
    }
    desk.counts("copydesk_connections_refused_total{name=\"handshake\"} 2").await;
    for (who, allowed) in [("spiffe://desk/sports", true), ("spiffe://desk/weather", false)] {
        let channel = connect(&desk, &authority, Some(&uri(who))).await.expect("papers in order");
        let mut client = StructuringServiceClient::new(channel.clone());
        assert!(client.get_service_info(GetServiceInfoRequest {}).await.is_ok());
        match client.structure_article(request("Ferries stop")).await {
            Ok(_) => assert!(allowed, "{who}"),
            Err(status) => {
                assert!(!allowed, "{who}");
                assert_eq!(reason(&status), (Code::PermissionDenied, "METHOD_DENIED".to_owned()));
            }
        }
        assert!(HealthClient::new(channel).check(HealthCheckRequest::default()).await.is_ok(), "health is open to all");
    }
    desk.close().await;
}

#[tokio::test]
async fn a_peer_that_never_finishes_the_handshake_is_shown_out() {
    use tokio::io::AsyncReadExt;
    let (folder, authority) = (Folder::new("slow"), Authority::new());
    let (cert, key) = authority.server();
    let (tls_cert, tls_key) = (Some(folder.write("tls.crt", &cert)), Some(folder.write("tls.key", &key)));
    let handshake = Duration::from_millis(300);
    let desk = Desk::open(Settings { tls_cert, tls_key, handshake, ..settings() }).await;
    let began = Instant::now();
    let mut silent = TcpStream::connect(desk.grpc).await.expect("it listens");
    let _ = tokio::time::timeout(PATIENCE, silent.read_to_end(&mut Vec::new())).await;
    assert!((250..30_000).contains(&began.elapsed().as_millis()), "{:?}", began.elapsed());
    desk.close().await;
}

#[tokio::test]
async fn a_token_opens_the_door_until_it_is_taken_off_the_list() {
    let folder = Folder::new("tokens");
    let tokens_file = Some(folder.write("tokens", "sports first-token\n"));
    let desk = Desk::open(Settings { tokens_file, reload: Duration::from_millis(50), ..settings() }).await;
    let channel = desk.channel().await;
    let call = async |token: Option<&str>| {
        let mut asked = tonic::Request::new(request("Ferries stop"));
        if let Some(token) = token {
            asked.metadata_mut().insert("authorization", format!("Bearer {token}").parse().expect("plain"));
        }
        let answer = StructuringServiceClient::new(channel.clone()).structure_article(asked).await;
        answer.map(|_| ()).map_err(|status| reason(&status))
    };
    let refused = |reason: &str| Err((Code::Unauthenticated, reason.to_owned()));
    assert_eq!(call(None).await, refused("TOKEN_MISSING"));
    assert_eq!(call(Some("second-token")).await, refused("TOKEN_INVALID"));
    assert_eq!(call(Some("first-token")).await, Ok(()));
    assert!(
        desk.health(desk.grpc).await.check(HealthCheckRequest::default()).await.is_ok(),
        "health asks for no token"
    );
    folder.write("tokens", "sports second-token\n");
    let began = Instant::now();
    while call(Some("second-token")).await.is_err() && began.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(call(Some("second-token")).await, Ok(()));
    assert_eq!(call(Some("first-token")).await, refused("TOKEN_INVALID"));
    desk.close().await;
}

#[tokio::test]
async fn a_caller_who_calls_too_often_is_told_how_long_to_wait() {
    let desk = Desk::open(Settings { rate_limit: 1, rate_burst: 3, ..settings() }).await;
    let mut client = desk.client().await;
    let mut refused = None;
    for _ in 0..1000 {
        if let Err(status) = client.structure_article(request("Ferries stop")).await {
            refused = Some(status);
            break;
        }
    }
    let status = refused.expect("faster than one a second is too fast");
    assert_eq!(reason(&status), (Code::ResourceExhausted, "RATE_LIMITED".to_owned()));
    let details = status.get_error_details();
    let wait = details.retry_info().and_then(|r| r.retry_delay).expect("a time to wait");
    assert!(details.quota_failure().is_some() && wait <= Duration::from_secs(1), "{wait:?}");
    tokio::time::sleep(wait + Duration::from_millis(50)).await;
    assert!(client.structure_article(request("Ferries stop")).await.is_ok());
    desk.close().await;
}
