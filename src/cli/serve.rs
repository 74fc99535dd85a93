//! `copydesk serve`: settings, log, ports, serve, wait for the signal, drain with a time limit.

use std::io;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, Command};
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::Failure;
use crate::server::{self, FILE_KEY, Parting, Server, Settings, Sources, variable_of};

/// Exit code for settings that cannot be used.
const WRONG_SETTINGS: u8 = 64;

/// Exit code when open calls were cut.
const CUT: u8 = 1;

/// Exit code when the self-test failed.
const UNFIT: u8 = 70;

/// Arguments of `serve`: one flag for each setting.
#[derive(Debug)]
pub(super) struct Serve {
    config: Option<String>,
    check_config: bool,
    print_config: bool,
    flags: Vec<(String, String)>,
}

impl clap::Args for Serve {
    fn augment_args(command: Command) -> Command {
        let about = "TOML file of settings, each as the flag without dashes; also COPYDESK_CONFIG";
        let command = command
            .arg(Arg::new(FILE_KEY).long(FILE_KEY).value_name("FILE").help(about))
            .arg(flag("check-config", "Checks the settings and the files they name, and ends"))
            .arg(flag("print-config", "Prints the settings as a file of settings, and ends"));
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
        Ok(Serve {
            config: given(FILE_KEY.to_owned()).map(|(_, path)| path),
            check_config: matches.get_flag("check-config"),
            print_config: matches.get_flag("print-config"),
            flags: Settings::keys().into_iter().filter_map(|key| given(key.name)).collect(),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Serve::from_arg_matches(matches)?;
        Ok(())
    }
}

fn flag(name: &'static str, about: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(about)
}

impl Serve {
    /// Serves until SIGTERM or SIGINT and says how it ended.
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let settings = match self.settings().and_then(|s| server::check_files(&s).map(|()| s).map_err(|why| vec![why]))
        {
            Ok(settings) => settings,
            Err(lines) => {
                lines.iter().for_each(|line| eprintln!("copydesk: {line}"));
                return Ok(ExitCode::from(WRONG_SETTINGS));
            }
        };
        if self.print_config {
            print(&settings);
        }
        if self.print_config || self.check_config {
            return Ok(ExitCode::SUCCESS);
        }
        let ended = serve(settings);
        server::finish_log();
        ended
    }

    /// Flags over environment over file over defaults.
    fn settings(&self) -> Result<Settings, Vec<String>> {
        let environment: Vec<(String, String)> =
            std::env::vars_os().filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?))).collect();
        let in_environment = || environment.iter().find(|(k, _)| *k == variable_of(FILE_KEY)).map(|(_, v)| v.clone());
        let file = match self.config.clone().or_else(in_environment) {
            None => None,
            Some(path) => match std::fs::read_to_string(&path) {
                Ok(text) => Some((path, text)),
                Err(error) => return Err(vec![format!("{path}: {error}")]),
            },
        };
        Sources { file, environment, flags: self.flags.clone() }.settings()
    }
}

/// Serves until the end and says how it came.
fn serve(settings: Settings) -> Result<ExitCode, Failure> {
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

/// As a file of settings has it.
fn print(settings: &Settings) {
    for ((name, value), key) in settings.shown().into_iter().zip(Settings::keys()) {
        println!("# {}\n{name} = {value:?}", key.about);
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
            leave();
        });
        tokio::spawn(async move {
            either(&mut terminate, &mut interrupt).await;
            leave();
        });
    })
}

/// At once, but for the last lines of the log.
fn leave() -> ! {
    server::finish_log();
    std::process::exit(i32::from(CUT));
}

async fn either(terminate: &mut Signal, interrupt: &mut Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
