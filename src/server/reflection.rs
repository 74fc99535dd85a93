//! Reflection: the contract, comments included, for grpcurl, Postman and their kind.

use std::convert::Infallible;

use http::{Request, Response};
use tonic::body::Body;
use tonic_reflection::server::Builder;
use tower::util::BoxCloneSyncService;

use crate::wire::FILE_DESCRIPTOR_SET;

/// A service whose own type the library does not name.
pub(super) type Answering = BoxCloneSyncService<Request<Body>, Response<Body>, Infallible>;

/// Both versions: tools of some years ago ask for the older one only.
#[derive(Clone)]
pub(super) struct Reflection {
    pub(super) v1: Answering,
    pub(super) v1alpha: Answering,
}

impl Reflection {
    /// Nothing when the descriptors cannot be read, which a test rules out.
    pub(super) fn new() -> Option<Reflection> {
        let builder = || Builder::configure().register_encoded_file_descriptor_set(FILE_DESCRIPTOR_SET);
        let v1 = BoxCloneSyncService::new(builder().build_v1().ok()?);
        let v1alpha = BoxCloneSyncService::new(builder().build_v1alpha().ok()?);
        Some(Reflection { v1, v1alpha })
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_contract_can_be_reflected() {
        assert!(super::Reflection::new().is_some());
    }
}
