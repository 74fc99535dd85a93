//! The command line.

#![expect(clippy::disallowed_macros, clippy::disallowed_methods, reason = "the edge of the program does I/O")]

mod bulk;
mod outline;

use std::process::ExitCode;

pub use outline::{Outline, Row};

use clap::{Parser, Subcommand};

/// Raw news text in, structured article out.
#[derive(Parser, Debug)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Structures JSON lines from standard input, answers JSON lines in the same order.
    Bulk(bulk::Bulk),
}

/// What offsets count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
pub enum OffsetUnit {
    /// UTF-8 bytes.
    #[default]
    Byte,
    /// UTF-16 code units.
    Utf16,
    /// Unicode code points.
    CodePoint,
}

impl From<OffsetUnit> for crate::wire::v1::OffsetUnit {
    fn from(unit: OffsetUnit) -> Self {
        match unit {
            OffsetUnit::Byte => Self::Utf8Byte,
            OffsetUnit::Utf16 => Self::Utf16CodeUnit,
            OffsetUnit::CodePoint => Self::CodePoint,
        }
    }
}

/// Runs the command that the arguments of the process name.
pub fn run() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Bulk(bulk) => bulk.run(),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("copydesk: {error}");
            ExitCode::FAILURE
        }
    }
}
