//! The body of a request, counted and charged for as it comes in.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tonic::Status;

use super::call::{Call, add};
use super::edge::Arriving;

/// Ends with an error when the memory for all requests is taken.
pub(super) struct Upload<B> {
    pub(super) body: B,
    pub(super) call: Arc<Call>,
}

impl<B: Arriving> Body for Upload<B> {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let frame = match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
            Some(Ok(frame)) => frame,
            Some(Err(error)) => return Poll::Ready(Some(Err(Status::from_error(error.into())))),
            None => return Poll::Ready(None),
        };
        let bytes = frame.data_ref().map_or(0, Bytes::len);
        add(&self.call.ledger.bytes_in, bytes as u64);
        let charged = self.call.charge(bytes).map_err(|rejected| rejected.status(&self.call.id));
        Poll::Ready(Some(charged.map(|()| frame)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
