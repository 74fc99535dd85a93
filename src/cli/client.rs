//! The command line as a client of the service.

use tonic::transport::Endpoint;
use tonic::{Code, Status};

use super::Failure;
use crate::wire::v1::structuring_service_client::StructuringServiceClient;
use crate::wire::v1::{StructureArticleRequest, StructureArticleResponse};

/// Answers may be longer than requests.
const MAX_ANSWER_BYTES: usize = 64 << 20;

/// One call of StructureArticle at the server `uri`.
pub(super) fn structure_article(
    uri: &str,
    request: StructureArticleRequest,
) -> Result<StructureArticleResponse, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let endpoint = Endpoint::from_shared(uri.to_owned()).map_err(|e| Failure(format!("{uri}: {e}")))?;
        let channel = endpoint.connect().await.map_err(|e| Failure(format!("no server at {uri}: {}", root(&e))))?;
        let mut client = StructuringServiceClient::new(channel).max_decoding_message_size(MAX_ANSWER_BYTES);
        let answer = client.structure_article(request).await.map_err(|status| refused(uri, &status))?;
        Ok(answer.into_inner())
    })
}

fn refused(uri: &str, status: &Status) -> Failure {
    let code = match status.code() {
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::Unavailable => "UNAVAILABLE",
        Code::Unauthenticated => "UNAUTHENTICATED",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::Unimplemented => "UNIMPLEMENTED",
        other => return Failure(format!("{uri} answered {other:?}: {}", status.message())),
    };
    Failure(format!("{uri} answered {code}: {}", status.message()))
}

/// The last cause of an error, which says what really happened.
fn root(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}
