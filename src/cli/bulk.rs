//! `copydesk bulk`: JSON lines in, JSON lines out, in order, on all cores.

use std::io::{self, BufRead, Write};
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::OffsetUnit;
use crate::structure::{Options, structure};
use crate::tables::Tables;
use crate::wire;

/// Arguments of `bulk`.
#[derive(clap::Args, Debug)]
pub(super) struct Bulk {
    /// What spans count.
    #[arg(long, value_enum, default_value_t)]
    offset_unit: OffsetUnit,
}

#[derive(Deserialize)]
struct Input {
    #[serde(default)]
    id: Value,
    text: String,
}

#[derive(Serialize)]
struct Output {
    id: Value,
    #[serde(flatten)]
    result: Answer,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Answer {
    Document(Box<wire::v1::Document>),
    Error(wire::v1::StructureError),
}

/// Lines that are on their way at once, for each thread.
const WINDOW: usize = 64;

impl Bulk {
    /// Reads standard input to its end. Bad lines are answered with an error and change nothing
    /// for the others.
    pub(super) fn run(self) -> io::Result<ExitCode> {
        let (bulk, tables) = (&self, &Tables::new());
        let threads = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            let (queues, answers): (Vec<_>, Vec<_>) = (0..threads)
                .map(|_| {
                    let (line_in, lines) = mpsc::sync_channel::<Vec<u8>>(WINDOW);
                    let (answer_in, answers) = mpsc::sync_channel::<Vec<u8>>(WINDOW);
                    scope.spawn(move || {
                        lines.iter().map(|l| bulk.answer(&l, tables)).try_for_each(|a| answer_in.send(a))
                    });
                    (line_in, answers)
                })
                .unzip();
            // Line n goes to thread n modulo their number, and its answer is awaited there: order
            // is kept without numbering.
            scope.spawn(move || {
                let lines = io::stdin().lock().split(b'\n').map_while(Result::ok);
                lines.zip(queues.iter().cycle()).try_for_each(|(line, queue)| queue.send(line))
            });
            let mut out = io::BufWriter::new(io::stdout().lock());
            for answers in answers.iter().cycle() {
                match answers.recv() {
                    Ok(answer) => out.write_all(&answer)?,
                    Err(_) => break,
                }
            }
            out.flush()
        })?;
        Ok(ExitCode::SUCCESS)
    }

    fn answer(&self, line: &[u8], tables: &Tables) -> Vec<u8> {
        let output = match serde_json::from_slice::<Input>(line) {
            Ok(Input { id, text }) => {
                let article = structure(&text, &Options::default(), tables);
                let document = wire::document(article, &text, self.offset_unit.into(), false);
                Output { id, result: Answer::Document(Box::new(document)) }
            }
            Err(error) => {
                let error = wire::v1::StructureError { message: error.to_string(), ..Default::default() };
                Output { id: Value::Null, result: Answer::Error(error) }
            }
        };
        wire::json_line(&output).unwrap_or_default()
    }
}
