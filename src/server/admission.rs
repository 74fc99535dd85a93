//! Seats at the workers and a queue before them, short in length and in time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::rejected::Rejected;

/// Lets as many work as there are workers, and some wait.
#[derive(Debug)]
pub(super) struct Admission {
    seats: Arc<Semaphore>,
    waiting: AtomicUsize,
    places: usize,
    patience: Duration,
}

/// The right to keep one worker busy.
pub(super) type Seat = OwnedSemaphorePermit;

impl Admission {
    pub(super) fn new(workers: usize, places: usize, patience: Duration) -> Admission {
        Admission { seats: Arc::new(Semaphore::new(workers)), waiting: AtomicUsize::new(0), places, patience }
    }

    /// A seat, or the refusal when the queue is full or the wait too long.
    pub(super) async fn seat(&self) -> Result<Seat, Rejected> {
        if let Ok(seat) = self.seats.clone().try_acquire_owned() {
            return Ok(seat);
        }
        let place = Place::take(&self.waiting);
        if place.before > self.places {
            return Err(Rejected::Overloaded);
        }
        match tokio::time::timeout(self.patience, self.seats.clone().acquire_owned()).await {
            Ok(Ok(seat)) => Ok(seat),
            Ok(Err(_)) | Err(_) => Err(Rejected::Overloaded),
        }
    }

    /// A seat however long it takes: for streams, which hold back their caller instead.
    pub(super) async fn seat_in_the_end(&self) -> Result<Seat, Rejected> {
        let _place = Place::take(&self.waiting);
        self.seats.clone().acquire_owned().await.map_err(|_| Rejected::Overloaded)
    }

    /// How many wait.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
}

/// A place in the queue, left by dropping it.
struct Place<'a> {
    waiting: &'a AtomicUsize,
    before: usize,
}

impl Place<'_> {
    fn take(waiting: &AtomicUsize) -> Place<'_> {
        Place { before: waiting.fetch_add(1, Ordering::Relaxed) + 1, waiting }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_full_queue_is_said_at_once_and_a_long_one_in_time() {
        let admission = Admission::new(1, 1, Duration::from_millis(250));
        let seat = admission.seat().await.expect("the desk is free");
        let began = tokio::time::Instant::now();
        let (waited, refused) = tokio::join!(admission.seat(), admission.seat());
        assert_eq!((waited.err(), refused.err()), (Some(Rejected::Overloaded), Some(Rejected::Overloaded)));
        assert_eq!(began.elapsed(), Duration::from_millis(250));
        drop(seat);
        assert!(admission.seat().await.is_ok());
        assert_eq!(admission.waiting(), 0);
    }
}
