//! TLS by rustls: certificate and key from files, client certificates when authorities are named.

use std::io;
use std::sync::Arc;

use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::settings::Settings;
use super::watched::Watched;

/// Opens the files that the settings name; nothing when they name none.
pub(super) fn open(settings: &Settings) -> Result<Option<Watched<ServerConfig>>, String> {
    let (Some(cert), Some(key)) = (&settings.tls_cert, &settings.tls_key) else { return Ok(None) };
    let files = [Some(cert), Some(key), settings.tls_client_ca.as_ref()].into_iter().flatten().cloned().collect();
    let make = if settings.grpc_web { for_browsers_too } else { configuration };
    Watched::open("certificates", files, make).map(Some)
}

/// From the bytes of certificate chain, key and, perhaps, authorities.
fn configuration(files: &[Vec<u8>]) -> Result<ServerConfig, String> {
    let [chain, key, authorities @ ..] = files else { return Err("a certificate and a key are needed".to_owned()) };
    let chain = certificates(chain)?;
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| "the key is no PEM private key".to_owned())?;
    let provider = Arc::new(default_provider());
    let builder = ServerConfig::builder_with_provider(provider.clone())
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
        .map_err(|error| error.to_string())?;
    let builder = match authorities.first() {
        None => builder.with_no_client_auth(),
        Some(pem) => {
            let mut roots = RootCertStore::empty();
            for authority in certificates(pem)? {
                roots.add(authority).map_err(|error| error.to_string())?;
            }
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.build().map_err(|error| error.to_string())?)
        }
    };
    let mut config = builder.with_single_cert(chain, key).map_err(|error| error.to_string())?;
    config.alpn_protocols = vec![b"h2".to_vec()];
    Ok(config)
}

/// The same, for callers who speak HTTP/1.1 as well.
fn for_browsers_too(files: &[Vec<u8>]) -> Result<ServerConfig, String> {
    let mut config = configuration(files)?;
    config.alpn_protocols.push(b"http/1.1".to_vec());
    Ok(config)
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    read.ok().filter(|list| !list.is_empty()).ok_or_else(|| "no PEM certificate in the file".to_owned())
}

/// The handshake, and the name of the caller when it showed a certificate.
pub(super) async fn shake_hands<I>(config: Arc<ServerConfig>, io: I) -> io::Result<(TlsStream<I>, Option<String>)>
where
    I: AsyncRead + AsyncWrite + Unpin,
{
    let stream = TlsAcceptor::from(config).accept(io).await?;
    let name = stream.get_ref().1.peer_certificates().and_then(|chain| chain.first()).map(name);
    Ok((stream, name))
}

/// A URI of the certificate (SPIFFE ids are such), else a host name, else its digest.
fn name(certificate: &CertificateDer<'_>) -> String {
    let read = webpki::EndEntityCert::try_from(certificate);
    let named = read.as_ref().ok().and_then(|c| c.valid_uri_names().next().or_else(|| c.valid_dns_names().next()));
    named.map_or_else(|| format!("sha256:{}", super::gate::hex(&super::gate::digest(certificate))), str::to_owned)
}
