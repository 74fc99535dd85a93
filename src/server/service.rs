//! The structuring service: four methods and nothing about connections.

use std::pin::Pin;
use std::sync::Arc;

use futures_util::{Stream, StreamExt, stream};
use prost::Message;
use tonic::{Request, Response, Status, Streaming};

use super::Desk;
use super::call::{Call, add};
use super::metrics::NameLabel;
use super::phase::Phase;
use super::rejected::{Fault, Rejected, Stage};
use super::request::{FEATURES, Piece, Wish};
use super::work::{Engine, guarded};
use crate::wire::v1::stream_structure_articles_request::Payload;
use crate::wire::v1::structure_result::Result as Outcome;
use crate::wire::v1::structuring_service_server::StructuringService;
use crate::wire::{self, ENGINE_VERSION, v1 as pb};

/// The service, as the generated code wants it.
#[derive(Clone)]
pub(super) struct Service(pub(super) Arc<Desk>);

/// Answers of a stream.
type Answers = Pin<Box<dyn Stream<Item = Result<pb::StreamStructureArticlesResponse, Status>> + Send>>;

#[tonic::async_trait]
impl StructuringService for Service {
    async fn structure_article(
        &self,
        request: Request<pb::StructureArticleRequest>,
    ) -> Result<Response<pb::StructureArticleResponse>, Status> {
        let call = call_of(&request)?;
        let answer = self.one(&call, request.into_inner()).await.and_then(|answer| self.answer(&call, answer));
        answer.map_err(|rejected| rejected.status(&call.id))
    }

    async fn batch_structure_articles(
        &self,
        request: Request<pb::BatchStructureArticlesRequest>,
    ) -> Result<Response<pb::BatchStructureArticlesResponse>, Status> {
        let call = call_of(&request)?;
        let answer = self.batch(&call, request.into_inner()).await.and_then(|answer| self.answer(&call, answer));
        answer.map_err(|rejected| rejected.status(&call.id))
    }

    type StreamStructureArticlesStream = Answers;

    async fn stream_structure_articles(
        &self,
        request: Request<Streaming<pb::StreamStructureArticlesRequest>>,
    ) -> Result<Response<Answers>, Status> {
        let call = call_of(&request)?;
        Ok(Response::new(self.clone().answers(call, request.into_inner())))
    }

    async fn get_service_info(
        &self,
        _: Request<pb::GetServiceInfoRequest>,
    ) -> Result<Response<pb::GetServiceInfoResponse>, Status> {
        let settings = &self.0.settings;
        let mut response = Response::new(pb::GetServiceInfoResponse {
            engine_version: ENGINE_VERSION.to_owned(),
            server_version: env!("CARGO_PKG_VERSION").to_owned(),
            commit: super::COMMIT.to_owned(),
            limits: Some(pb::Limits {
                max_text_bytes: settings.max_text.0 as u32,
                max_batch_articles: settings.max_batch as u32,
                max_message_bytes: settings.max_message.0 as u32,
                max_stream_window: settings.stream_window as u32,
                max_response_bytes: settings.max_response.0 as u32,
                max_call_milliseconds: u32::try_from(settings.deadline.as_millis()).unwrap_or(u32::MAX),
            }),
            features: FEATURES.map(i32::from).to_vec(),
            languages: vec!["en".to_owned()],
        });
        response.disable_compression();
        Ok(response)
    }
}

/// The record that the edge made of this call.
fn call_of<T>(request: &Request<T>) -> Result<Arc<Call>, Status> {
    request.extensions().get::<Arc<Call>>().cloned().ok_or_else(|| Rejected::Internal.status(""))
}

impl Service {
    async fn one(
        &self,
        call: &Arc<Call>,
        request: pb::StructureArticleRequest,
    ) -> Result<pb::StructureArticleResponse, Rejected> {
        let pb::StructureArticleRequest { article, options } = request;
        let wish = self.wish(options)?;
        let piece = wish.piece(article, "article.", self.0.settings.max_text.0)?;
        self.note_text(call, &piece);
        let (engine, bytes) = (self.0.engine.clone(), piece.text.len());
        let job = move |stop: &dyn Fn() -> bool| document(&*engine, &piece, wish, stop);
        let document = self.0.work.run(call, bytes, call.deadline, job).await?;
        Ok(pb::StructureArticleResponse {
            document: Some(document),
            offset_unit: wish.unit.into(),
            engine_version: ENGINE_VERSION.to_owned(),
        })
    }

    /// One seat for the whole batch; each article has its own result or error.
    async fn batch(
        &self,
        call: &Arc<Call>,
        request: pb::BatchStructureArticlesRequest,
    ) -> Result<pb::BatchStructureArticlesResponse, Rejected> {
        let pb::BatchStructureArticlesRequest { articles, options } = request;
        let (limit, actual) = (self.0.settings.max_batch, articles.len());
        match actual {
            0 => return Err(Rejected::BatchEmpty),
            n if n > limit => return Err(Rejected::BatchTooLarge { limit, actual }),
            _ => {}
        }
        let wish = self.wish(options)?;
        let read = |article| wish.piece(Some(article), "", self.0.settings.max_text.0);
        let pieces: Vec<Result<Piece, Rejected>> = articles.into_iter().map(read).collect();
        pieces.iter().flatten().for_each(|piece| self.note_text(call, piece));
        let bytes = pieces.iter().flatten().map(|piece| piece.text.len()).sum();
        let (engine, metrics) = (self.0.engine.clone(), self.0.metrics.clone());
        let job = move |stop: &dyn Fn() -> bool| {
            let each = |piece: Result<Piece, Rejected>| match piece {
                Ok(piece) => match guarded(&metrics, || document(&*engine, &piece, wish, stop)) {
                    Ok(document) => document.map(Ok),
                    Err(rejected) => Some(Err(rejected)),
                },
                Err(rejected) => Some(Err(rejected)),
            };
            pieces.into_iter().map(|piece| each(piece).map(result)).collect()
        };
        Ok(pb::BatchStructureArticlesResponse {
            results: self.0.work.run(call, bytes, call.deadline, job).await?,
            offset_unit: wish.unit.into(),
            engine_version: ENGINE_VERSION.to_owned(),
        })
    }

    /// Answers in the order of arrival. While the window is full nothing more is read, and the
    /// caller is held back by HTTP/2 itself.
    fn answers(self, call: Arc<Call>, requests: Streaming<pb::StreamStructureArticlesRequest>) -> Answers {
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

    fn wish(&self, options: Option<pb::StructureOptions>) -> Result<Wish, Rejected> {
        let wish = Wish::read(options)?;
        for name in wish.feature_names() {
            self.0.metrics.features.get_or_create(&NameLabel { name }).inc();
        }
        Ok(wish)
    }

    fn note_text(&self, call: &Call, piece: &Piece) {
        self.0.metrics.text.observe(piece.text.len() as f64);
        add(&call.ledger.text_bytes, piece.text.len() as u64);
    }

    /// An answer that fits, compressed only when that can save something.
    fn answer<T: Message>(&self, call: &Call, answer: T) -> Result<Response<T>, Rejected> {
        let bytes = answer.encoded_len();
        self.fits(bytes)?;
        call.charge(bytes)?;
        let mut response = Response::new(answer);
        if bytes < self.0.settings.compress_from.0 {
            response.disable_compression();
        }
        Ok(response)
    }

    fn fits(&self, actual: usize) -> Result<(), Rejected> {
        let limit = self.0.settings.max_response.0;
        if actual > limit { Err(Rejected::ResponseTooLarge { limit, actual }) } else { Ok(()) }
    }
}

fn document(engine: &Engine, piece: &Piece, wish: Wish, stop: &dyn Fn() -> bool) -> Option<pb::Document> {
    let article = engine(&piece.text, &piece.options, stop)?;
    Some(wire::document(article, &piece.text, wish.unit, wish.omit_text))
}

fn result(outcome: Result<pb::Document, Rejected>) -> pb::StructureResult {
    let result = match outcome {
        Ok(document) => Outcome::Document(document),
        Err(rejected) => Outcome::Error(rejected.item()),
    };
    pb::StructureResult { result: Some(result) }
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

    /// The next message, unless the caller's time is over or the server is about to stop.
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
            () = self.service.0.life.until(Phase::Draining) => return Err(Rejected::Draining.status(&self.call.id)),
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
