//! Runs the core for the service: on a seat, with a deadline, and a panic costs one request.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::admission::{Admission, Seat};
use super::call::{Call, add};
use super::metrics::Metrics;
use super::rejected::{Rejected, Stage};
use crate::article::Article;
use crate::structure::Options;

/// What takes an article apart: asked to stop, it gives nothing.
pub type Engine = dyn Fn(&str, &Options, &dyn Fn() -> bool) -> Option<Article> + Send + Sync;

/// The workers.
pub(super) struct Work {
    pub(super) admission: Admission,
    pub(super) metrics: Arc<Metrics>,
    /// Longest text worked on where it is.
    pub(super) inline: usize,
}

/// A piece of work: asked to stop, it gives nothing.
pub(super) trait Job<T>: FnOnce(&dyn Fn() -> bool) -> Option<T> + Send + 'static {}
impl<T, F: FnOnce(&dyn Fn() -> bool) -> Option<T> + Send + 'static> Job<T> for F {}

impl Work {
    /// Does the job on a seat of its own. The job is told to stop when its time is over, and when
    /// this future is dropped because the caller left.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        call: &Arc<Call>,
        bytes: usize,
        until: Instant,
        job: impl Job<T>,
    ) -> Result<T, Rejected> {
        let seat = self.sit_down(call, self.admission.seat()).await?;
        self.work(call, seat, bytes, until, job).await
    }

    /// As [`Work::run`] for an article of a stream, which waits for its seat as long as it takes.
    pub(super) async fn run_in_the_end<T: Send + 'static>(
        &self,
        call: &Arc<Call>,
        bytes: usize,
        allowed: Duration,
        job: impl Job<T>,
    ) -> Result<T, Rejected> {
        let seat = self.sit_down(call, self.admission.seat_in_the_end()).await?;
        let until = Instant::now() + allowed;
        let until = call.caller_deadline.map_or(until, |d| d.min(until));
        self.work(call, seat, bytes, until, job).await
    }

    async fn sit_down(
        &self,
        call: &Call,
        seat: impl Future<Output = Result<Seat, Rejected>>,
    ) -> Result<Seat, Rejected> {
        call.enter(Stage::Queue);
        let began = Instant::now();
        let seat = seat.await;
        let waited = began.elapsed();
        add(&call.ledger.queue_us, waited.as_micros() as u64);
        self.metrics.queue_wait.observe(waited.as_secs_f64());
        call.enter(Stage::Work);
        seat
    }

    async fn work<T: Send + 'static>(
        &self,
        call: &Arc<Call>,
        seat: Seat,
        bytes: usize,
        until: Instant,
        job: impl Job<T>,
    ) -> Result<T, Rejected> {
        let left = CancellationToken::new();
        let _tells_the_job = left.clone().drop_guard();
        let (call, metrics) = (call.clone(), self.metrics.clone());
        let task = move || {
            let began = Instant::now();
            let stop = || left.is_cancelled() || Instant::now() >= until;
            let result = guarded(&metrics, || job(&stop));
            let took = began.elapsed();
            add(&call.ledger.work_us, took.as_micros() as u64);
            metrics.work.observe(took.as_secs_f64());
            if let Ok(None) = result {
                metrics.cancelled.inc();
            }
            drop(seat);
            result
        };
        // Handing over costs 15 to 25 µs a call, as much as a short article itself.
        let result = match bytes <= self.inline {
            true => task(),
            false => tokio::task::spawn_blocking(task).await.map_err(|_| Rejected::Internal)?,
        };
        result?.ok_or(Rejected::Deadline(Stage::Work))
    }
}

/// A panic in `job` becomes an error and is counted.
pub(super) fn guarded<T>(metrics: &Metrics, job: impl FnOnce() -> T) -> Result<T, Rejected> {
    catch_unwind(AssertUnwindSafe(job)).map_err(|_| {
        metrics.panics.inc();
        Rejected::Internal
    })
}
