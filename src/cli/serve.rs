//! `copydesk serve`: settings, log, ports, serve, wait for the signal, drain with a time limit.

use std::io;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, Command};
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::Failure;
use crate::server::{self, Parting, Server, Settings};

/// Exit code for settings that cannot be used.
const WRONG_SETTINGS: u8 = 64;

/// Exit code when open calls were cut.
const CUT: u8 = 1;

/// Exit code when the self-test failed.
const UNFIT: u8 = 70;

/// Arguments of `serve`: one flag for each setting.
#[derive(Debug)]
pub(super) struct Serve {
    flags: Vec<(String, String)>,
}

impl clap::Args for Serve {
    fn augment_args(command: Command) -> Command {
        let defaults = Settings::default().shown();
        Settings::keys().into_iter().zip(defaults).fold(command, |command, (key, (_, default))| {
            let about =
                if default.is_empty() { key.about.to_owned() } else { format!("{} [default: {default}]", key.about) };
            command
                .arg(Arg::new(key.name.clone()).long(key.name).value_name("VALUE").action(ArgAction::Set).help(about))
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Serve::augment_args(command)
    }
}

impl clap::FromArgMatches for Serve {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Serve, clap::Error> {
        let given = |name: String| matches.get_one::<String>(&name).cloned().map(|value| (name, value));
        Ok(Serve { flags: Settings::keys().into_iter().filter_map(|key| given(key.name)).collect() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Serve::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Serve {
    /// Serves until SIGTERM or SIGINT and says how it ended.
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let settings = match self.settings() {
            Ok(settings) => settings,
            Err(why) => {
                eprintln!("copydesk: {why}");
                return Ok(ExitCode::from(WRONG_SETTINGS));
            }
        };
        let dial = server::start_log(settings.log);
        // Twice the workers: while they work, others read requests and see the queue as it is.
        let threads = 2 * settings.worker_count();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build()?;
        let parting = runtime.block_on(async {
            let hard_exit = settings.hard_exit;
            let server = Server::bind(settings, server::engine(), dial).await?;
            let (grpc, admin) = server.addresses()?;
            tracing::info!(%grpc, %admin, "listening");
            println!("grpc {grpc}\nadmin {admin}");
            server.run(told_to_stop(hard_exit)?).await
        })?;
        Ok(match parting {
            Parting::Clean => ExitCode::SUCCESS,
            Parting::Cut(_) => ExitCode::from(CUT),
            Parting::Unfit => ExitCode::from(UNFIT),
        })
    }

    fn settings(&self) -> Result<Settings, String> {
        let mut settings = Settings::default();
        for key in Settings::keys() {
            let variable = format!("COPYDESK_{}", key.name.replace('-', "_").to_uppercase());
            if let Ok(value) = std::env::var(&variable) {
                settings.set(&key.name, &value).map_err(|why| format!("{variable}: {why}"))?;
            }
        }
        for (name, value) in &self.flags {
            settings.set(name, value).map_err(|why| format!("--{name}: {why}"))?;
        }
        match settings.contradictions() {
            none if none.is_empty() => Ok(settings),
            some => Err(some.join("; ")),
        }
    }
}

/// Ends at the first signal. The second one, or the hard limit, ends the process at once.
fn told_to_stop(hard_exit: Duration) -> io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        either(&mut terminate, &mut interrupt).await;
        // A thread and not a task: it must end the process even when no task gets its turn.
        thread::spawn(move || {
            thread::sleep(hard_exit);
            std::process::exit(i32::from(CUT));
        });
        tokio::spawn(async move {
            either(&mut terminate, &mut interrupt).await;
            std::process::exit(i32::from(CUT));
        });
    })
}

async fn either(terminate: &mut Signal, interrupt: &mut Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
