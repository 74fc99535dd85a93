//! More than the desk can do: who is refused, how, and what it costs the others.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use copydesk::server::{Engine, Settings};
use copydesk::wire::health::HealthCheckRequest;
use copydesk::wire::v1::GetServiceInfoRequest;
use tonic::Code;
use tonic_types::StatusExt;

use crate::desk::{Desk, request, settings};

/// The library's engine after a nap, for texts that begin with "Slow".
fn slow(nap: Duration) -> Arc<Engine> {
    let engine = copydesk::server::engine();
    Arc::new(move |text, options, stop| {
        if text.starts_with("Slow") {
            std::thread::sleep(nap);
        }
        engine(text, options, stop)
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_full_queue_is_said_at_once_with_the_time_to_come_back() {
    let queue = Settings { workers: 1, queue: 2, queue_time: Duration::from_millis(400), ..settings() };
    let desk = Desk::with(queue, slow(Duration::from_millis(300))).await;
    let client = desk.client().await;
    let calls: Vec<_> = (0..12)
        .map(|_| {
            let mut client = client.clone();
            tokio::spawn(async move {
                let began = Instant::now();
                (client.structure_article(request(&"Slow ".repeat(30_000))).await, began.elapsed())
            })
        })
        .collect();
    // What needs no worker is answered all the while.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let began = Instant::now();
    assert!(desk.client().await.get_service_info(GetServiceInfoRequest {}).await.is_ok());
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    let (mut answered, mut refused) = (0, 0);
    for call in calls {
        let (answer, took) = call.await.expect("no panic");
        assert!(took < Duration::from_secs(5), "{took:?}");
        match answer {
            Ok(_) => answered += 1,
            Err(status) => {
                assert_eq!(status.code(), Code::Unavailable);
                let details = status.get_error_details();
                assert_eq!(details.error_info().map(|i| i.reason.as_str()), Some("OVERLOADED"));
                assert!(details.retry_info().is_some_and(|r| r.retry_delay > Some(Duration::ZERO)));
                assert!(status.metadata().contains_key("grpc-retry-pushback-ms"));
                refused += 1;
            }
        }
    }
    // One works, two wait, of whom one gets its turn in time: more when this machine is slow to call.
    assert!((1..=6).contains(&answered) && answered + refused == 12, "{answered} answered, {refused} refused");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_more_of_a_stream_is_read_than_its_window_holds() {
    use copydesk::wire::v1::stream_structure_articles_request::Payload;
    use copydesk::wire::v1::{StreamStructureArticlesRequest, StreamedArticle};
    use std::sync::atomic::AtomicBool;
    let (begun, go) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let (engine, counted, gate) = (copydesk::server::engine(), begun.clone(), go.clone());
    let held = move |text: &str, options: &copydesk::Options, stop: &dyn Fn() -> bool| {
        if text.starts_with("Slow") {
            counted.fetch_add(1, Ordering::SeqCst);
            while !gate.load(Ordering::SeqCst) && !stop() {
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        engine(text, options, stop)
    };
    // A seat for every article: nothing but the window holds them back.
    let desk = Desk::with(Settings { workers: 32, stream_window: 4, ..settings() }, Arc::new(held)).await;
    let article = |i: usize| {
        let article = request(&"Slow news. ".repeat(10_000)).article;
        let payload = Payload::Article(StreamedArticle { id: i.to_string(), article });
        StreamStructureArticlesRequest { payload: Some(payload) }
    };
    let mut client = desk.client().await;
    let articles = tokio_stream::iter((0..12).map(article));
    let mut answers = client.stream_structure_articles(articles).await.expect("a stream").into_inner();
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(begun.load(Ordering::SeqCst), 4);
    go.store(true, Ordering::SeqCst);
    for i in 0..12 {
        assert_eq!(answers.message().await.expect("an answer").map(|a| a.id), Some(i.to_string()));
    }
    desk.close().await;
}

/// Resident memory of this process in bytes.
fn resident() -> usize {
    let pages = std::fs::read_to_string("/proc/self/statm").expect("Linux");
    pages.split_whitespace().nth(1).and_then(|n| n.parse::<usize>().ok()).expect("a number") * 4096
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_thousand_calls_against_room_for_sixty_four_are_all_answered() {
    let desk =
        Desk::with(Settings { max_calls: 64, access_log: false, ..settings() }, slow(Duration::from_millis(1))).await;
    let before = resident();
    let text = format!("Slow ferries\n\n{}", "Nobody sailed on Monday. ".repeat(40));
    let (answered, refused) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let mut calls = Vec::new();
    for _ in 0..8 {
        let client = desk.client().await;
        for _ in 0..1250 {
            let (mut client, asked) = (client.clone(), request(&text));
            let (answered, refused) = (answered.clone(), refused.clone());
            calls.push(tokio::spawn(async move {
                match client.structure_article(asked).await {
                    Ok(_) => answered.fetch_add(1, Ordering::Relaxed),
                    Err(status) => {
                        assert_eq!(status.code(), Code::Unavailable, "{status:?}");
                        refused.fetch_add(1, Ordering::Relaxed)
                    }
                };
            }));
        }
    }
    let mut health = desk.health(desk.admin).await;
    let (mut asked, mut longest) = (0, Duration::ZERO);
    while calls.iter().any(|call| !call.is_finished()) {
        let began = Instant::now();
        health.check(HealthCheckRequest::default()).await.expect("health answers whatever happens");
        longest = longest.max(began.elapsed());
        asked += 1;
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    for call in calls {
        call.await.expect("an answer of the kind expected");
    }
    let (answered, refused) = (answered.load(Ordering::Relaxed), refused.load(Ordering::Relaxed));
    let grown = resident().saturating_sub(before);
    println!("{answered} answered, {refused} refused, {asked} probes, slowest {longest:?}, {} KiB more", grown >> 10);
    assert_eq!(answered + refused, 10_000);
    assert!(answered > 0 && refused > 0, "{answered} answered, {refused} refused");
    assert!(longest < Duration::from_secs(5), "{longest:?}");
    // Ten thousand clients' halves of the calls are in this process too.
    assert!(grown < 400 << 20, "{} MiB", grown >> 20);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn uploads_that_never_end_cannot_take_all_the_memory() {
    use copydesk::server::Bytes;
    let small = Settings { memory: Bytes(8 << 20), deadline: Duration::from_secs(2), ..settings() };
    let desk = Desk::open(small).await;
    let article = prost::Message::encode_to_vec(&request(&"Slow uploads. ".repeat(70_000)));
    // The frames announce four MiB, of which one comes: the rest never does.
    let mut announced = crate::raw::frame(0, &[]);
    announced[1..5].copy_from_slice(&(4u32 << 20).to_be_bytes());
    announced.extend(&article);
    let held: Vec<_> = (0..16)
        .map(|_| {
            let (address, body) = (desk.grpc, announced.clone());
            tokio::spawn(async move { crate::raw::call_and_hold(address, "StructureArticle", &[], body).await.status })
        })
        .collect();
    let mut reasons = Vec::new();
    for call in held {
        let status = call.await.expect("an answer");
        reasons.push(status.get_error_details().error_info().map(|i| i.reason.clone()).unwrap_or_default());
    }
    let count = |reason: &str| reasons.iter().filter(|r| *r == reason).count();
    // Some are refused for want of memory, the others when their time is over.
    assert!(count("OVERLOADED") > 0 && count("OVERLOADED") + count("DEADLINE") == 16, "{reasons:?}");
    assert!(desk.client().await.structure_article(request("Ferries stop")).await.is_ok());
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn work_for_a_caller_who_left_stops_within_milliseconds() {
    let (running, engine) = (Arc::new(AtomicUsize::new(0)), copydesk::server::engine());
    let counted = running.clone();
    let endless = move |text: &str, options: &copydesk::Options, stop: &dyn Fn() -> bool| {
        if !text.starts_with("Endless") {
            return engine(text, options, stop);
        }
        counted.fetch_add(1, Ordering::SeqCst);
        while !stop() {
            std::thread::sleep(Duration::from_micros(200));
        }
        counted.fetch_sub(1, Ordering::SeqCst);
        None
    };
    let desk = Desk::with(settings(), Arc::new(endless)).await;
    let mut client = desk.client().await;
    let call = tokio::spawn(async move { client.structure_article(request(&"Endless ".repeat(100_000))).await });
    let wait_for = async |wanted: usize| {
        let began = Instant::now();
        while running.load(Ordering::SeqCst) != wanted && began.elapsed() < Duration::from_secs(5) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        began.elapsed()
    };
    wait_for(1).await;
    call.abort();
    let stopped = wait_for(0).await;
    println!("stopped after {stopped:?}");
    assert!(stopped < Duration::from_millis(100), "{stopped:?}");
    let counted = desk.metrics().await;
    assert!(counted.contains("StructureArticle\",code=\"CANCELLED\",reason=\"\"} 1"), "{counted}");
    assert!(counted.contains("copydesk_work_cancelled_total 1"), "{counted}");
    desk.close().await;
}
