//! The command line: `serve`, `structure`, `bulk`, `healthcheck`.
//!
//! Exit codes: 0 done; 1 something failed, told in one line on standard error; 2 wrong usage; 3
//! `bulk` answered some lines with an error; 64 `serve` was given settings that cannot be used; 70
//! its self-test failed.

#![expect(clippy::disallowed_macros, clippy::disallowed_methods, reason = "the edge of the program does I/O")]

mod bulk;
mod client;
mod healthcheck;
mod outline;
mod serve;
mod structure;

use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::article::CalendarDate;
pub use outline::{Outline, Row};

/// Raw news text in, structured article out: headline, dateline, quotes with their speakers,
/// treaties, countries, each with exact offsets.
#[derive(Parser, Debug)]
#[command(version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Structures one article and prints it as an outline or as JSON.
    Structure(structure::Structure),
    /// Structures JSON lines from standard input, answers JSON lines in the same order.
    Bulk(bulk::Bulk),
    /// Serves gRPC.
    Serve(serve::Serve),
    /// Asks a running server whether it serves; for containers.
    Healthcheck(healthcheck::Healthcheck),
}

/// Why a command failed, in one line for a person.
#[derive(Debug)]
struct Failure(String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure(error.to_string())
    }
}

/// What offsets count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
enum OffsetUnit {
    /// UTF-8 bytes: Go, Rust, C++.
    #[default]
    #[value(alias = "byte")]
    Utf8Byte,
    /// UTF-16 code units: Java, JavaScript, C#.
    #[value(alias = "utf16")]
    Utf16CodeUnit,
    /// Unicode code points: Python, Ruby.
    CodePoint,
}

impl From<OffsetUnit> for crate::wire::v1::OffsetUnit {
    fn from(unit: OffsetUnit) -> Self {
        match unit {
            OffsetUnit::Utf8Byte => Self::Utf8Byte,
            OffsetUnit::Utf16CodeUnit => Self::Utf16CodeUnit,
            OffsetUnit::CodePoint => Self::CodePoint,
        }
    }
}

/// `None` when whoever read our output has left, which is no failure: `copydesk ... | head`.
fn unless_reader_left(written: io::Result<()>) -> Result<Option<()>, Failure> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(None),
        other => Ok(Some(other?)),
    }
}

/// Reads `2020-01-17`.
fn calendar_date(words: &str) -> Result<CalendarDate, String> {
    let wrong = || format!("{words:?} is no date of the form 2020-01-17");
    let mut parts = words.splitn(3, '-');
    let mut part = |digits| parts.next().filter(|p| p.len() == digits).ok_or_else(wrong);
    let year = part(4)?.parse().map_err(|_| wrong())?;
    let month = part(2)?.parse().map_err(|_| wrong())?;
    let day = part(2)?.parse().map_err(|_| wrong())?;
    CalendarDate::new(year, month, day).ok_or_else(wrong)
}

/// Runs the command that the arguments of the process name.
pub fn run() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Structure(structure) => structure.run(),
        Command::Bulk(bulk) => bulk.run(),
        Command::Serve(serve) => serve.run(),
        Command::Healthcheck(healthcheck) => healthcheck.run(),
    };
    result.unwrap_or_else(|Failure(reason)| {
        eprintln!("copydesk: {reason}");
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_day_of_publication_is_a_day_of_the_calendar() {
        assert_eq!(calendar_date("2020-02-29"), Ok(CalendarDate { year: 2020, month: 2, day: 29 }));
        for wrong in ["2021-02-29", "2020-13-01", "2020-1-1", "17.01.2020", ""] {
            assert!(calendar_date(wrong).is_err(), "{wrong}");
        }
    }
}
