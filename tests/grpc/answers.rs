//! What the four methods answer.

use copydesk::wire::v1::stream_structure_articles_request::Payload;
use copydesk::wire::v1::structure_result::Result as Outcome;
use copydesk::wire::v1::*;
use tokio_stream::StreamExt;

use crate::desk::{Desk, request, settings};

/// An emoji, a combining mark and a CRLF before everything that matters.
const MIXED: &str =
    "🚢 Cafe\u{301} ships stop\r\n\r\nRIGA, March 4 (NW) — “No cafe\u{301} 🚢 sails,” said Ines Roth. Łódź waits.\r\n";

fn texts(document: &Document) -> Vec<&Text> {
    let Document { kicker, headline, subheadline, byline, dateline, headings, paragraphs, quotes, .. } = document;
    let mut found: Vec<&Text> = [kicker, headline, subheadline].into_iter().flatten().collect();
    found.extend(byline.iter().flat_map(|b| b.text.iter().chain(&b.authors)));
    found.extend(dateline.iter().flat_map(|d| d.text.iter().chain(&d.agency)));
    found.extend(headings);
    found.extend(paragraphs.iter().flat_map(|p| &p.text));
    found.extend(quotes.iter().flat_map(|q| q.content.iter().chain(&q.cue).chain(&q.speaker_mention)));
    found.extend(document.treaties.iter().flat_map(|t| t.mentions.iter().flat_map(|m| &m.text)));
    found.extend(document.countries.iter().flat_map(|c| c.mentions.iter().flat_map(|m| &m.text)));
    found.extend(document.furniture.iter().flat_map(|f| &f.text));
    found
}

fn cut(text: &str, unit: OffsetUnit, span: Span) -> String {
    let (start, end) = (span.start as usize, span.end as usize);
    match unit {
        OffsetUnit::Unspecified | OffsetUnit::Utf8Byte => text[start..end].to_owned(),
        OffsetUnit::Utf16CodeUnit => {
            String::from_utf16(&text.encode_utf16().collect::<Vec<_>>()[start..end]).expect("whole characters")
        }
        OffsetUnit::CodePoint => text.chars().skip(start).take(end - start).collect(),
    }
}

#[tokio::test]
async fn every_span_cuts_its_own_words_out_of_the_text_in_the_unit_asked_for() {
    let desk = Desk::open(settings()).await;
    let mut client = desk.client().await;
    for unit in [OffsetUnit::Unspecified, OffsetUnit::Utf8Byte, OffsetUnit::Utf16CodeUnit, OffsetUnit::CodePoint] {
        let options = Some(StructureOptions { offset_unit: unit.into(), ..Default::default() });
        let answer = client.structure_article(StructureArticleRequest { options, ..request(MIXED) }).await;
        let answer = answer.expect("an answer").into_inner();
        let said = if unit == OffsetUnit::Unspecified { OffsetUnit::Utf8Byte } else { unit };
        assert_eq!(answer.offset_unit(), said);
        let document = answer.document.expect("a document");
        let texts = texts(&document);
        assert!(!texts.is_empty(), "{document:?}");
        for text in texts {
            assert_eq!(cut(MIXED, unit, text.span.expect("a span")), text.content);
        }
    }
    desk.close().await;
}

#[tokio::test]
async fn the_limits_in_force_are_told_before_anybody_runs_into_them() {
    let desk = Desk::open(copydesk::server::Settings { max_batch: 7, ..settings() }).await;
    let info = desk.client().await.get_service_info(GetServiceInfoRequest {}).await.expect("an answer").into_inner();
    let limits = info.limits.expect("limits");
    assert_eq!((limits.max_text_bytes, limits.max_message_bytes), (1 << 20, 4 << 20));
    assert_eq!((limits.max_batch_articles, limits.max_stream_window), (7, 32));
    assert_eq!((limits.max_response_bytes, limits.max_call_milliseconds), (4 << 20, 10_000));
    assert_eq!((info.features.len(), info.languages), (4, vec!["en".to_owned()]));
    assert!(!info.engine_version.is_empty() && !info.server_version.is_empty());
    desk.close().await;
}

fn article(text: &str) -> Article {
    Article { text: text.to_owned(), published_on: None }
}

fn kind(result: Option<StructureResult>) -> String {
    match result.and_then(|r| r.result) {
        Some(Outcome::Document(document)) => document.headline.map(|h| h.content).unwrap_or_default(),
        Some(Outcome::Error(error)) => format!("{} {}", error.reason, error.field),
        None => "nothing".to_owned(),
    }
}

#[tokio::test]
async fn one_bad_article_does_not_spoil_the_batch() {
    let desk = Desk::open(settings()).await;
    let date = Some(CalendarDate { year: 2024, month: 2, day: 30 });
    let articles = vec![
        article("Ferries stop\n\nNobody sailed on Monday."),
        article(" \n"),
        Article { published_on: date, ..article("Trains go\n\nEverybody rode on Monday.") },
        article("Trams wait\n\nNobody rode on Tuesday."),
    ];
    let batch = BatchStructureArticlesRequest { articles, options: None };
    let answer = desk.client().await.batch_structure_articles(batch).await.expect("an answer").into_inner();
    let kinds: Vec<_> = answer.results.into_iter().map(|r| kind(Some(r))).collect();
    assert_eq!(kinds, ["Ferries stop", "TEXT_EMPTY text", "OPTION_INVALID published_on.day", "Trams wait"]);
    desk.close().await;
}

fn streamed(id: usize, text: String) -> StreamStructureArticlesRequest {
    let article = Some(Article { text, published_on: None });
    StreamStructureArticlesRequest { payload: Some(Payload::Article(StreamedArticle { id: id.to_string(), article })) }
}

#[tokio::test]
async fn a_stream_answers_in_order_and_survives_a_bad_article() {
    let desk = Desk::open(settings()).await;
    let options = StructureOptions { offset_unit: OffsetUnit::CodePoint.into(), ..Default::default() };
    let first = StreamStructureArticlesRequest { payload: Some(Payload::Options(options)) };
    let text = |i: usize| match i % 10 {
        3 => String::new(),
        // Long enough to be worked on elsewhere: order must hold all the same.
        5 => format!("Story {i}\n\n{}", "Nobody sailed on Monday. ".repeat(5000)),
        _ => format!("Story {i}\n\nNobody sailed on Monday."),
    };
    let requests = tokio_stream::iter([first].into_iter().chain((0..100).map(move |i| streamed(i, text(i)))));
    let mut client = desk.client().await;
    let mut answers = client.stream_structure_articles(requests).await.expect("a stream").into_inner();
    let mut count = 0;
    while let Some(answer) = answers.next().await {
        let answer = answer.expect("the stream goes on");
        assert_eq!(answer.id, count.to_string());
        assert_eq!(answer.offset_unit(), OffsetUnit::CodePoint);
        let wanted = if count % 10 == 3 { "TEXT_EMPTY text".to_owned() } else { format!("Story {count}") };
        assert_eq!(kind(answer.result), wanted);
        count += 1;
    }
    assert_eq!(count, 100);
    desk.close().await;
}

#[tokio::test]
async fn the_same_article_gives_the_same_bytes() {
    use prost::Message;
    let desk = Desk::open(settings()).await;
    let mut client = desk.client().await;
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.push(client.structure_article(request(MIXED)).await.expect("an answer").into_inner().encode_to_vec());
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]));
    desk.close().await;
}
