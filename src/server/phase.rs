//! The life of a server: starting, serving, lame duck, draining, over.

use tokio::sync::watch;

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
pub(super) struct Life(watch::Sender<Phase>);

impl Life {
    pub(super) fn new() -> Life {
        Life(watch::Sender::new(Phase::Starting))
    }

    /// The phase now.
    pub(super) fn phase(&self) -> Phase {
        *self.0.borrow()
    }

    /// Goes on to `phase`; never back.
    pub(super) fn go_on(&self, phase: Phase) {
        self.0.send_if_modified(|now| {
            let later = phase > *now;
            *now = phase.max(*now);
            later
        });
    }

    /// For those who want to hear of each change.
    pub(super) fn listen(&self) -> watch::Receiver<Phase> {
        self.0.subscribe()
    }

    /// Waits until `phase` has come.
    pub(super) async fn until(&self, phase: Phase) {
        // The sender is ourselves: it cannot go away while this waits.
        let _ = self.0.subscribe().wait_for(|now| *now >= phase).await;
    }
}
