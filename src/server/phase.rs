//! The life of a server: starting, serving, lame duck, draining, over.

use std::sync::OnceLock;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

/// Where the server stands in its life. Later is greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Phase {
    /// The self-test has not passed yet.
    Starting,
    /// Calls are taken.
    Serving,
    /// Calls are taken, but health says no: those who ask go elsewhere.
    LameDuck,
    /// Open calls may end; no new connection is taken.
    Draining,
    /// What is still open is cut.
    Over,
}

impl Phase {
    pub(super) const ALL: [Phase; 5] = [Phase::Starting, Phase::Serving, Phase::LameDuck, Phase::Draining, Phase::Over];

    /// For metrics and `/readyz`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Phase::Starting => "starting",
            Phase::Serving => "serving",
            Phase::LameDuck => "lame-duck",
            Phase::Draining => "draining",
            Phase::Over => "over",
        }
    }
}

/// Tells everybody the phase.
#[derive(Debug)]
pub(super) struct Life {
    phase: watch::Sender<Phase>,
    draining_since: OnceLock<Instant>,
}

impl Life {
    pub(super) fn new() -> Life {
        Life { phase: watch::Sender::new(Phase::Starting), draining_since: OnceLock::new() }
    }

    /// The phase now.
    pub(super) fn phase(&self) -> Phase {
        *self.phase.borrow()
    }

    /// Goes on to `phase`; never back.
    pub(super) fn go_on(&self, phase: Phase) {
        if phase >= Phase::Draining {
            self.draining_since.get_or_init(Instant::now);
        }
        self.phase.send_if_modified(|now| {
            let later = phase > *now;
            *now = phase.max(*now);
            later
        });
    }

    /// Time since the drain began; nothing when it has not.
    pub(super) fn drained_for(&self) -> Duration {
        self.draining_since.get().map_or(Duration::ZERO, Instant::elapsed)
    }

    /// For those who want to hear of each change.
    pub(super) fn listen(&self) -> watch::Receiver<Phase> {
        self.phase.subscribe()
    }

    /// Waits until `phase` has come.
    pub(super) async fn until(&self, phase: Phase) {
        // The sender is ourselves: it cannot go away while this waits.
        let _ = self.phase.subscribe().wait_for(|now| *now >= phase).await;
    }
}
