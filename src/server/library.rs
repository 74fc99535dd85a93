//! What the library says, said our way: its own statuses have no reason and sometimes the wrong code.

use tonic::{Code, Status};

use super::Desk;
use super::call::Call;
use super::rejected::Rejected;

impl Desk {
    /// The status as our table has it. Statuses with details are ours already.
    pub(super) fn translate(&self, status: Status, call: &Call) -> Status {
        if !status.details().is_empty() {
            return status;
        }
        let rejected = match status.code() {
            // The library's limit on messages: plain ones, and those that are too large unpacked.
            Code::OutOfRange | Code::ResourceExhausted => {
                Rejected::MessageTooLarge { limit: self.settings.max_message.0 }
            }
            // Our codec's words, or the library's for broken frames and broken compression. None of
            // our own errors is INTERNAL without details.
            Code::InvalidArgument | Code::Internal => Rejected::RequestMalformed(status.message().to_owned()),
            _ => return status,
        };
        rejected.status(&call.id)
    }
}
