//! More than the desk can do: who is refused, how, and what it costs the others.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use copydesk::server::{Engine, Settings};
use copydesk::wire::health::HealthCheckRequest;
use copydesk::wire::health::health_client::HealthClient;
use copydesk::wire::v1::GetServiceInfoRequest;
use tokio::task::JoinSet;
use tonic::transport::Endpoint;
use tonic::{Code, Status};
use tonic_types::StatusExt;

use crate::desk::{Desk, PATIENCE, request, settings, wait_until};

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

/// The library's engine, which holds texts that begin with "Held" until it may go on, and how many
/// it has begun.
fn held() -> (Arc<Engine>, Arc<AtomicUsize>, Arc<AtomicBool>) {
    let (begun, go) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let (engine, counted, gate) = (copydesk::server::engine(), begun.clone(), go.clone());
    let held: Arc<Engine> = Arc::new(move |text, options, stop| {
        if text.starts_with("Held") {
            counted.fetch_add(1, Ordering::SeqCst);
            while !gate.load(Ordering::SeqCst) && !stop() {
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        engine(text, options, stop)
    });
    (held, begun, go)
}

/// That this call was refused for want of room, with the time to come back.
fn overloaded(status: &Status) {
    assert_eq!(status.code(), Code::Unavailable, "{status:?}");
    let details = status.get_error_details();
    assert_eq!(details.error_info().map(|i| i.reason.as_str()), Some("OVERLOADED"));
    assert!(details.retry_info().is_some_and(|r| r.retry_delay > Some(Duration::ZERO)));
    assert!(status.metadata().contains_key("grpc-retry-pushback-ms"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_full_queue_is_said_at_once_with_the_time_to_come_back() {
    let (engine, begun, go) = held();
    let queue = Settings { workers: 1, queue: 2, queue_time: PATIENCE, deadline: PATIENCE, ..settings() };
    let desk = Desk::with(queue, engine).await;
    let client = desk.client().await;
    let mut calls = JoinSet::new();
    for _ in 0..12 {
        let mut client = client.clone();
        calls.spawn(async move { client.structure_article(request(&"Held ".repeat(30_000))).await });
    }
    // One is worked on and two wait: the other nine are refused while all three are still there.
    for _ in 0..9 {
        let refused = calls.join_next().await.expect("twelve calls").expect("no panic").expect_err("no room");
        overloaded(&refused);
    }
    // What needs no worker is answered all the while.
    assert!(desk.client().await.get_service_info(GetServiceInfoRequest {}).await.is_ok());
    wait_until("work", || begun.load(Ordering::SeqCst) == 1).await;
    go.store(true, Ordering::SeqCst);
    while let Some(call) = calls.join_next().await {
        assert!(call.expect("no panic").is_ok(), "who waits gets its turn");
    }
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_waits_too_long_is_refused_though_the_queue_has_room() {
    let (engine, begun, go) = held();
    let queue = Settings { workers: 1, queue_time: Duration::from_millis(50), deadline: PATIENCE, ..settings() };
    let desk = Desk::with(queue, engine).await;
    let mut client = desk.client().await;
    let mut first = client.clone();
    let first = tokio::spawn(async move { first.structure_article(request(&"Held ".repeat(30_000))).await });
    wait_until("work", || begun.load(Ordering::SeqCst) == 1).await;
    overloaded(&client.structure_article(request("Ferries stop")).await.expect_err("nobody gets up"));
    go.store(true, Ordering::SeqCst);
    assert!(first.await.expect("no panic").is_ok());
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_more_of_a_stream_is_read_than_its_window_holds() {
    use copydesk::wire::v1::stream_structure_articles_request::Payload;
    use copydesk::wire::v1::{StreamStructureArticlesRequest, StreamedArticle};
    let (held, begun, go) = held();
    // A seat for every article: nothing but the window holds them back.
    let desk = Desk::with(Settings { workers: 32, stream_window: 4, deadline: PATIENCE, ..settings() }, held).await;
    let article = |i: usize| {
        let article = request(&"Held news. ".repeat(10_000)).article;
        let payload = Payload::Article(StreamedArticle { id: i.to_string(), article });
        StreamStructureArticlesRequest { payload: Some(payload) }
    };
    let mut client = desk.client().await;
    let articles = tokio_stream::iter((0..12).map(article));
    let mut answers = client.stream_structure_articles(articles).await.expect("a stream").into_inner();
    wait_until("a full window", || begun.load(Ordering::SeqCst) == 4).await;
    // Time enough for more, were more to come.
    tokio::time::sleep(Duration::from_millis(300)).await;
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

/// Asks for the health until it is over, as a kubelet does that knows nothing of the calls: how
/// often, and the longest wait for an answer.
fn probe(admin: SocketAddr, over: Arc<AtomicBool>) -> JoinHandle<(usize, Duration)> {
    let asks = async move {
        let endpoint = Endpoint::from_shared(format!("http://{admin}")).expect("an address");
        let mut health = HealthClient::new(endpoint.connect().await.expect("it listens"));
        let (mut asked, mut longest) = (0, Duration::ZERO);
        while !over.load(Ordering::SeqCst) {
            let began = Instant::now();
            health.check(HealthCheckRequest::default()).await.expect("health answers whatever happens");
            longest = longest.max(began.elapsed());
            asked += 1;
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        (asked, longest)
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    std::thread::spawn(move || runtime.block_on(asks))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_thousand_calls_against_room_for_sixty_four_are_all_answered() {
    let desk = Desk::with(
        Settings { max_calls: 64, access_log: false, deadline: PATIENCE, ..settings() },
        slow(Duration::from_millis(1)),
    )
    .await;
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
    let over = Arc::new(AtomicBool::new(false));
    let probe = probe(desk.admin, over.clone());
    for call in calls {
        call.await.expect("an answer of the kind expected");
    }
    over.store(true, Ordering::SeqCst);
    let (asked, longest) = probe.join().expect("health answers whatever happens");
    let (answered, refused) = (answered.load(Ordering::Relaxed), refused.load(Ordering::Relaxed));
    let grown = resident().saturating_sub(before);
    println!("{answered} answered, {refused} refused, {asked} probes, slowest {longest:?}, {} KiB more", grown >> 10);
    assert_eq!(answered + refused, 10_000);
    assert!(answered > 0 && refused > 0, "{answered} answered, {refused} refused");
    assert!(longest < Duration::from_secs(10), "{longest:?}");
    // Ten thousand clients' halves of the calls are in this process too.
    assert!(grown < 400 << 20, "{} MiB", grown >> 20);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn uploads_that_never_end_cannot_take_all_the_memory() {
    use copydesk::server::Bytes;
    let small = Settings { memory: Bytes(8 << 20), deadline: Duration::from_secs(5), ..settings() };
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
    let desk = Desk::with(Settings { deadline: PATIENCE, ..settings() }, Arc::new(endless)).await;
    let mut client = desk.client().await;
    let mut stops = Vec::new();
    for left in 1..=5 {
        let mut asked = client.clone();
        let call = tokio::spawn(async move { asked.structure_article(request(&"Endless ".repeat(100_000))).await });
        wait_until("work", || running.load(Ordering::SeqCst) == 1).await;
        let began = Instant::now();
        call.abort();
        wait_until("an end", || running.load(Ordering::SeqCst) == 0).await;
        stops.push(began.elapsed());
        desk.counts(&format!("StructureArticle\",code=\"CANCELLED\",reason=\"\"}} {left}")).await;
        desk.counts(&format!("copydesk_work_cancelled_total {left}")).await;
    }
    println!("stopped after {stops:?}");
    // A busy machine may hold up one or the other, but not all of them.
    assert!(stops.iter().min() < Some(&Duration::from_millis(100)), "{stops:?}");
    assert!(client.structure_article(request("Ferries stop")).await.is_ok());
    desk.close().await;
}
