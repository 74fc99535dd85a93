//! The structuring service: four methods and nothing about connections.

use std::sync::Arc;

use prost::Message;
use tonic::{Request, Response, Status, Streaming};

use super::Desk;
use super::call::{Call, add};
use super::metrics::NameLabel;
use super::rejected::Rejected;
use super::request::{FEATURES, Piece, Wish};
use super::stream::Answers;
use super::work::{Engine, guarded};
use crate::wire::v1::structure_result::Result as Outcome;
use crate::wire::v1::structuring_service_server::StructuringService;
use crate::wire::{self, ENGINE_VERSION, v1 as pb};

/// The service, as the generated code wants it.
#[derive(Clone)]
pub(super) struct Service(pub(super) Arc<Desk>);

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

    pub(super) fn wish(&self, options: Option<pb::StructureOptions>) -> Result<Wish, Rejected> {
        let wish = Wish::read(options)?;
        for name in wish.feature_names() {
            self.0.metrics.features.get_or_create(&NameLabel { name }).inc();
        }
        Ok(wish)
    }

    pub(super) fn note_text(&self, call: &Call, piece: &Piece) {
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

    pub(super) fn fits(&self, actual: usize) -> Result<(), Rejected> {
        let limit = self.0.settings.max_response.0;
        if actual > limit { Err(Rejected::ResponseTooLarge { limit, actual }) } else { Ok(()) }
    }
}

/// Takes one article apart and writes the message of it.
pub(super) fn document(engine: &Engine, piece: &Piece, wish: Wish, stop: &dyn Fn() -> bool) -> Option<pb::Document> {
    let article = engine(&piece.text, &piece.options, stop)?;
    Some(wire::document(article, &piece.text, wish.unit, wish.omit_text))
}

/// A document or the reason why there is none, as batches and streams have it.
pub(super) fn result(outcome: Result<pb::Document, Rejected>) -> pb::StructureResult {
    let result = match outcome {
        Ok(document) => Outcome::Document(document),
        Err(rejected) => Outcome::Error(rejected.item()),
    };
    pb::StructureResult { result: Some(result) }
}
