//! Why a call or an article was refused: code, reason and details of each case, in one table.

use std::time::Duration;

use tonic::metadata::{MetadataMap, MetadataValue};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, FieldViolation, QuotaViolation, StatusExt};

use crate::wire::v1::StructureError;

/// The domain of every reason.
const DOMAIN: &str = "copydesk.v1";

/// Most violations listed; the rest is counted. Between 100 and 150 of them a Python client loses
/// the status altogether, since details travel in a header.
const MOST_FAULTS: usize = 16;

/// Longest text of ours inside an error.
const LONGEST_WORDS: usize = 200;

/// What a caller who met a full house should wait.
const COME_BACK: Duration = Duration::from_millis(200);

/// Why there is no answer. Holds paths and numbers, never text of an article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Rejected {
    TextEmpty { field: String },
    TextTooLong { field: String, limit: usize, actual: usize },
    BatchEmpty,
    BatchTooLarge { limit: usize, actual: usize },
    OptionInvalid(Vec<Fault>),
    RequestMalformed(String),
    MessageTooLarge { limit: usize },
    ResponseTooLarge { limit: usize, actual: usize },
    RateLimited { wait: Duration },
    Overloaded,
    Draining,
    Deadline(Stage),
    TokenMissing,
    TokenInvalid,
    MethodDenied,
    Internal,
}

/// Every reason: what metrics and lines may say.
pub(super) const REASONS: [&str; 16] = [
    "TEXT_EMPTY",
    "TEXT_TOO_LONG",
    "BATCH_EMPTY",
    "BATCH_TOO_LARGE",
    "OPTION_INVALID",
    "REQUEST_MALFORMED",
    "MESSAGE_TOO_LARGE",
    "RESPONSE_TOO_LARGE",
    "RATE_LIMITED",
    "OVERLOADED",
    "DRAINING",
    "DEADLINE",
    "TOKEN_MISSING",
    "TOKEN_INVALID",
    "METHOD_DENIED",
    "INTERNAL",
];

/// A field that holds what it may not hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Fault {
    pub(super) field: String,
    pub(super) why: &'static str,
}

/// How far a call had come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stage {
    /// The request was still arriving.
    Receive,
    /// It waited for a worker.
    Queue,
    /// It was worked on.
    Work,
}

impl Stage {
    pub(super) fn name(self) -> &'static str {
        match self {
            Stage::Receive => "receive",
            Stage::Queue => "queue",
            Stage::Work => "work",
        }
    }
}

impl Rejected {
    /// Code and reason.
    pub(super) fn kind(&self) -> (Code, &'static str) {
        match self {
            Rejected::TextEmpty { .. } => (Code::InvalidArgument, "TEXT_EMPTY"),
            Rejected::TextTooLong { .. } => (Code::InvalidArgument, "TEXT_TOO_LONG"),
            Rejected::BatchEmpty => (Code::InvalidArgument, "BATCH_EMPTY"),
            Rejected::BatchTooLarge { .. } => (Code::InvalidArgument, "BATCH_TOO_LARGE"),
            Rejected::OptionInvalid(_) => (Code::InvalidArgument, "OPTION_INVALID"),
            Rejected::RequestMalformed(_) => (Code::InvalidArgument, "REQUEST_MALFORMED"),
            Rejected::MessageTooLarge { .. } => (Code::ResourceExhausted, "MESSAGE_TOO_LARGE"),
            Rejected::ResponseTooLarge { .. } => (Code::ResourceExhausted, "RESPONSE_TOO_LARGE"),
            Rejected::RateLimited { .. } => (Code::ResourceExhausted, "RATE_LIMITED"),
            Rejected::Overloaded => (Code::Unavailable, "OVERLOADED"),
            Rejected::Draining => (Code::Unavailable, "DRAINING"),
            Rejected::Deadline(_) => (Code::DeadlineExceeded, "DEADLINE"),
            Rejected::TokenMissing => (Code::Unauthenticated, "TOKEN_MISSING"),
            Rejected::TokenInvalid => (Code::Unauthenticated, "TOKEN_INVALID"),
            Rejected::MethodDenied => (Code::PermissionDenied, "METHOD_DENIED"),
            Rejected::Internal => (Code::Internal, "INTERNAL"),
        }
    }

    /// For a person, in English.
    fn message(&self) -> String {
        match self {
            Rejected::TextEmpty { .. } => "the article has no text".to_owned(),
            Rejected::TextTooLong { limit, actual, .. } => {
                format!("the article has {actual} bytes; the limit is {limit}")
            }
            Rejected::BatchEmpty => "the batch has no articles".to_owned(),
            Rejected::BatchTooLarge { limit, actual } => {
                format!("the batch has {actual} articles; the limit is {limit}")
            }
            Rejected::OptionInvalid(faults) => match faults.first() {
                Some(Fault { field, why }) => format!("{field}: {why}"),
                None => "an option is not valid".to_owned(),
            },
            Rejected::RequestMalformed(what) => {
                format!("the request cannot be read: {}", what.chars().take(LONGEST_WORDS).collect::<String>())
            }
            Rejected::MessageTooLarge { limit } => {
                format!("the request message is larger than {limit} bytes; sending it again will not help")
            }
            Rejected::ResponseTooLarge { limit, actual } => format!(
                "the answer would have {actual} bytes; the limit is {limit}: set omit_text or send less at once"
            ),
            Rejected::RateLimited { .. } => "too many calls from this caller; wait and try again".to_owned(),
            Rejected::Overloaded => "every worker is busy; try again".to_owned(),
            Rejected::Draining => "this connection is about to end; another one is ready".to_owned(),
            Rejected::Deadline(stage) => format!("the time for the call ran out ({})", stage.name()),
            Rejected::TokenMissing => "the call has no bearer token".to_owned(),
            Rejected::TokenInvalid => "the bearer token is not known".to_owned(),
            Rejected::MethodDenied => "this caller may not call this method".to_owned(),
            Rejected::Internal => "the server made a mistake; the request id helps to find it".to_owned(),
        }
    }

    /// Numbers for programs.
    fn numbers(&self) -> Vec<(&'static str, String)> {
        match self {
            Rejected::TextTooLong { limit, actual, .. } | Rejected::ResponseTooLarge { limit, actual } => {
                vec![("limit_bytes", limit.to_string()), ("actual_bytes", actual.to_string())]
            }
            Rejected::BatchTooLarge { limit, actual } => {
                vec![("limit", limit.to_string()), ("actual", actual.to_string())]
            }
            Rejected::MessageTooLarge { limit } => vec![("limit_bytes", limit.to_string())],
            Rejected::OptionInvalid(faults) => vec![("violations", faults.len().to_string())],
            Rejected::Deadline(stage) => vec![("stage", stage.name().to_owned())],
            Rejected::TextEmpty { .. }
            | Rejected::BatchEmpty
            | Rejected::RequestMalformed(_)
            | Rejected::RateLimited { .. }
            | Rejected::Overloaded
            | Rejected::Draining
            | Rejected::TokenMissing
            | Rejected::TokenInvalid
            | Rejected::MethodDenied
            | Rejected::Internal => Vec::new(),
        }
    }

    /// The fields at fault, each with what is wrong.
    fn fields(&self) -> Vec<(String, String)> {
        match self {
            Rejected::TextEmpty { field } | Rejected::TextTooLong { field, .. } => {
                vec![(field.clone(), self.message())]
            }
            Rejected::BatchEmpty | Rejected::BatchTooLarge { .. } => vec![("articles".to_owned(), self.message())],
            Rejected::OptionInvalid(faults) => {
                faults.iter().take(MOST_FAULTS).map(|f| (f.field.clone(), f.why.to_owned())).collect()
            }
            _ => Vec::new(),
        }
    }

    /// How long to wait before the next try, when one may help.
    fn wait(&self) -> Option<Duration> {
        match self {
            Rejected::RateLimited { wait } => Some(*wait),
            Rejected::Overloaded => Some(COME_BACK),
            Rejected::Draining => Some(Duration::ZERO),
            _ => None,
        }
    }

    /// The status of a call that was refused whole.
    pub(super) fn status(&self, request_id: &str) -> Status {
        let (code, reason) = self.kind();
        let mut details = ErrorDetails::with_error_info(
            reason,
            DOMAIN,
            self.numbers()
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect::<std::collections::HashMap<_, _>>(),
        );
        let fields = self.fields();
        if !fields.is_empty() {
            let violations: Vec<_> = fields.into_iter().map(|(field, why)| FieldViolation::new(field, why)).collect();
            details.set_bad_request(violations);
        }
        if let Some(wait) = self.wait() {
            details.set_retry_info(Some(wait));
        }
        if let Rejected::RateLimited { .. } = self {
            details.set_quota_failure([QuotaViolation::new("caller", "calls a second")]);
        }
        if let Rejected::Internal = self {
            details.set_request_info(request_id, "");
        }
        Status::with_error_details_and_metadata(code, self.message(), details, self.pushback())
    }

    /// Tells clients with a retry policy how long to wait.
    fn pushback(&self) -> MetadataMap {
        let mut metadata = MetadataMap::new();
        if let (Rejected::Overloaded, Some(wait)) = (self, self.wait()) {
            metadata.insert("grpc-retry-pushback-ms", MetadataValue::from(wait.as_millis() as u64));
        }
        metadata
    }

    /// The error of one article whose call goes on.
    pub(super) fn item(&self) -> StructureError {
        let (code, reason) = self.kind();
        let field = self.fields().into_iter().next().map(|(field, _)| field).unwrap_or_default();
        StructureError { code: code.into(), reason: reason.to_owned(), message: self.message(), field }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousand_wrong_options_still_fit_a_header() {
        let fault = |i| Fault { field: format!("options.features[{i}]"), why: "no such feature" };
        let status = Rejected::OptionInvalid((0..10_000).map(fault).collect()).status("r");
        assert!(status.details().len() < 4096, "{}", status.details().len());
        let details = status.get_error_details();
        assert_eq!(details.bad_request().map(|b| b.field_violations.len()), Some(16));
        assert_eq!(details.error_info().and_then(|i| i.metadata.get("violations").cloned()), Some("10000".to_owned()));
    }

    #[test]
    fn each_refusal_has_a_reason_of_its_own_that_the_log_knows() {
        let field = || "text".to_owned();
        let all = [
            Rejected::TextEmpty { field: field() },
            Rejected::TextTooLong { field: field(), limit: 1, actual: 2 },
            Rejected::BatchEmpty,
            Rejected::BatchTooLarge { limit: 1, actual: 2 },
            Rejected::OptionInvalid(Vec::new()),
            Rejected::RequestMalformed(String::new()),
            Rejected::MessageTooLarge { limit: 1 },
            Rejected::ResponseTooLarge { limit: 1, actual: 2 },
            Rejected::RateLimited { wait: Duration::ZERO },
            Rejected::Overloaded,
            Rejected::Draining,
            Rejected::Deadline(Stage::Work),
            Rejected::TokenMissing,
            Rejected::TokenInvalid,
            Rejected::MethodDenied,
            Rejected::Internal,
        ];
        assert_eq!(all.map(|rejected| rejected.kind().1), REASONS);
    }

    #[test]
    fn a_caller_who_meets_a_full_house_is_told_when_to_come_back() {
        let status = Rejected::Overloaded.status("r");
        assert_eq!(status.code(), Code::Unavailable);
        assert_eq!(status.metadata().get("grpc-retry-pushback-ms").map(|v| v.as_bytes()), Some(&b"200"[..]));
        assert!(status.get_error_details().retry_info().is_some());
    }
}
