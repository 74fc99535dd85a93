//! Files that are read again when they change: certificates, tokens, policy.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};

use super::Desk;
use super::metrics::{Metrics, ReloadLabels};

/// Something made from files, as it is now.
pub(super) struct Watched<T> {
    what: &'static str,
    files: Vec<PathBuf>,
    make: fn(&[Vec<u8>]) -> Result<T, String>,
    now: RwLock<Now<T>>,
}

struct Now<T> {
    bytes: Vec<Vec<u8>>,
    made: Arc<T>,
}

impl<T> Watched<T> {
    /// Reads the files for the first time.
    pub(super) fn open(
        what: &'static str,
        files: Vec<PathBuf>,
        make: fn(&[Vec<u8>]) -> Result<T, String>,
    ) -> Result<Watched<T>, String> {
        let bytes = read(&files)?;
        let made = Arc::new(make(&bytes).map_err(|why| format!("{}: {why}", names(&files)))?);
        Ok(Watched { what, files, make, now: RwLock::new(Now { bytes, made }) })
    }

    /// What was made of them last.
    pub(super) fn now(&self) -> Arc<T> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).made.clone()
    }

    /// Reads them again. When they have changed and are sound, the next call or connection goes by
    /// the new ones; when they are not, by the old ones.
    fn look(&self, metrics: &Metrics) {
        let outcome = match self.again() {
            Ok(false) => return,
            Ok(true) => {
                tracing::info!(what = self.what, "read again");
                "taken"
            }
            Err(why) => {
                tracing::error!(what = self.what, why, "not read again: the old one stays");
                "refused"
            }
        };
        metrics.reloads.get_or_create(&ReloadLabels { what: self.what, outcome }).inc();
    }

    fn again(&self) -> Result<bool, String> {
        let bytes = read(&self.files)?;
        if self.now.read().unwrap_or_else(PoisonError::into_inner).bytes == bytes {
            return Ok(false);
        }
        let made = Arc::new((self.make)(&bytes)?);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Now { bytes, made };
        Ok(true)
    }
}

fn read(files: &[PathBuf]) -> Result<Vec<Vec<u8>>, String> {
    let one = |path: &PathBuf| std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
    files.iter().map(one).collect()
}

fn names(files: &[PathBuf]) -> String {
    files
        .iter()
        .map(|path: &PathBuf| path.as_path())
        .map(Path::display)
        .map(|d| d.to_string())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Looks at the files from time to time and at every SIGHUP.
pub(super) async fn look_after(desk: Arc<Desk>) {
    let Ok(mut hangup) = signal(SignalKind::hangup()) else { return };
    loop {
        tokio::select! {
            () = tokio::time::sleep(desk.settings.reload.max(Duration::from_millis(10))) => {}
            _ = hangup.recv() => tracing::info!("SIGHUP: files are looked at"),
        }
        let metrics = &desk.metrics;
        desk.tls.iter().for_each(|tls| tls.look(metrics));
        desk.gate.tokens.iter().for_each(|tokens| tokens.look(metrics));
        desk.gate.policy.iter().for_each(|policy| policy.look(metrics));
        desk.gate.forget_the_quiet();
    }
}
