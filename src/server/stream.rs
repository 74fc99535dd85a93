//! The method that streams: articles in as they come, answers out in the same order.

use std::pin::Pin;
use std::sync::Arc;

use futures_util::{Stream, StreamExt, stream};
use prost::Message;
use tonic::{Status, Streaming};

use super::call::Call;
use super::rejected::{Fault, Rejected, Stage};
use super::request::Wish;
use super::service::{Service, document, result};
use crate::wire::v1::stream_structure_articles_request::Payload;
use crate::wire::{ENGINE_VERSION, v1 as pb};

/// Answers of a stream.
pub(super) type Answers = Pin<Box<dyn Stream<Item = Result<pb::StreamStructureArticlesResponse, Status>> + Send>>;

impl Service {
    /// Answers in the order of arrival. While the window is full nothing more is read, and the
    /// caller is held back by HTTP/2 itself.
    pub(super) fn answers(self, call: Arc<Call>, requests: Streaming<pb::StreamStructureArticlesRequest>) -> Answers {
        let window = self.0.settings.stream_window;
        let reading = Reading { service: self.clone(), call: call.clone(), requests, wish: None, over: false };
        let answers = stream::unfold(reading, Reading::next)
            .map(move |next| {
                let (service, call) = (self.clone(), call.clone());
                async move {
                    match next {
                        Ok(streamed) => Ok(service.streamed(&call, streamed).await),
                        Err(status) => Err(status),
                    }
                }
            })
            .buffered(window);
        Box::pin(answers)
    }

    async fn streamed(&self, call: &Arc<Call>, streamed: Streamed) -> pb::StreamStructureArticlesResponse {
        let Streamed { id, wish, article } = streamed;
        let outcome = self.streamed_document(call, wish, article).await;
        pb::StreamStructureArticlesResponse {
            id,
            result: Some(result(outcome)),
            offset_unit: wish.unit.into(),
            engine_version: ENGINE_VERSION.to_owned(),
        }
    }

    async fn streamed_document(
        &self,
        call: &Arc<Call>,
        wish: Wish,
        article: Option<pb::Article>,
    ) -> Result<pb::Document, Rejected> {
        let piece = wish.piece(article, "", self.0.settings.max_text.0)?;
        self.note_text(call, &piece);
        let mut held = self.0.memory.charge();
        if !held.grow(piece.text.len()) {
            return Err(Rejected::Overloaded);
        }
        let (engine, bytes) = (self.0.engine.clone(), piece.text.len());
        let job = move |stop: &dyn Fn() -> bool| document(&*engine, &piece, wish, stop);
        let document = self.0.work.run_in_the_end(call, bytes, self.0.settings.deadline, job).await?;
        self.fits(document.encoded_len())?;
        Ok(document)
    }
}

/// An article of a stream, with the options of the stream.
struct Streamed {
    id: String,
    wish: Wish,
    article: Option<pb::Article>,
}

/// The incoming half of a stream.
struct Reading {
    service: Service,
    call: Arc<Call>,
    requests: Streaming<pb::StreamStructureArticlesRequest>,
    wish: Option<Wish>,
    over: bool,
}

impl Reading {
    /// The next article; an error ends the stream.
    async fn next(mut self) -> Option<(Result<Streamed, Status>, Reading)> {
        if self.over {
            return None;
        }
        // A caller that sends faster than we answer must not keep this thread to itself.
        tokio::task::coop::consume_budget().await;
        let next = match self.article().await {
            Ok(Some(streamed)) => Ok(streamed),
            Ok(None) => return None,
            Err(status) => Err(status),
        };
        self.over = next.is_err();
        Some((next, self))
    }

    async fn article(&mut self) -> Result<Option<Streamed>, Status> {
        loop {
            match self.payload().await? {
                None => return Ok(None),
                Some(Payload::Options(options)) => self.options(options).map_err(|r| r.status(&self.call.id))?,
                Some(Payload::Article(pb::StreamedArticle { id, article })) => {
                    let wish = match self.wish {
                        Some(wish) => wish,
                        None => self.service.wish(None).map_err(|r| r.status(&self.call.id))?,
                    };
                    self.wish = Some(wish);
                    return Ok(Some(Streamed { id, wish, article }));
                }
            }
        }
    }

    fn options(&mut self, options: pb::StructureOptions) -> Result<(), Rejected> {
        if self.wish.is_some() {
            let why = "options come once and first";
            return Err(Rejected::OptionInvalid(vec![Fault { field: "options".to_owned(), why }]));
        }
        self.wish = Some(self.service.wish(Some(options))?);
        Ok(())
    }

    /// The next message, unless the caller's time is over or the connection is about to go.
    async fn payload(&mut self) -> Result<Option<Payload>, Status> {
        let caller_deadline = async {
            match self.call.caller_deadline {
                Some(at) => tokio::time::sleep_until(at.into()).await,
                None => std::future::pending().await,
            }
        };
        let message = tokio::select! {
            biased;
            () = caller_deadline => return Err(Rejected::Deadline(Stage::Receive).status(&self.call.id)),
            () = self.call.peer.leaving.cancelled() => return Err(Rejected::Draining.status(&self.call.id)),
            message = self.requests.message() => message.map_err(|s| self.service.0.translate(s, &self.call))?,
        };
        // What was charged for the bytes of this message is charged for its article from now on.
        self.call.release();
        match message.map(|m| m.payload) {
            None => Ok(None),
            Some(Some(payload)) => Ok(Some(payload)),
            Some(None) => {
                let fault = Fault { field: "payload".to_owned(), why: "neither options nor an article" };
                Err(Rejected::OptionInvalid(vec![fault]).status(&self.call.id))
            }
        }
    }
}
