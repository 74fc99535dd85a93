//! `copydesk bulk`: JSON lines in, JSON lines out, in order, on all cores.

use std::io::{self, BufRead, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::error::Category;

use super::{Failure, OffsetUnit};
use crate::article::CalendarDate;
use crate::structure::{Options, structure};
use crate::tables::Tables;
use crate::wire::{self, v1 as pb};

/// Arguments of `bulk`.
///
/// A line in is `{"id": ..., "text": "...", "published_on": "2020-01-17"}`; id (any JSON) and
/// published_on may be left out, other fields are ignored, blank lines are skipped. A line out is
/// `{"id": ..., "document": {...}}` or `{"id": ..., "error": {"code", "reason", "message",
/// "field"}}`, in canonical proto3 JSON, one for each line in, in the same order.
#[derive(clap::Args, Debug)]
pub(super) struct Bulk {
    /// What spans count.
    #[arg(long, value_enum, default_value_t)]
    offset_unit: OffsetUnit,
    /// Leaves out the text copies that stand beside the spans.
    #[arg(long)]
    omit_text: bool,
    /// Threads that work; all cores when left out.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

/// Lines on their way at once, for each thread: memory stays bounded however long the input is.
const WINDOW: usize = 32;

/// Longest line in. Escapes make a text of the greatest length at most six times as long.
const MAX_LINE_BYTES: u64 = 8 << 20;

#[derive(Deserialize)]
struct Input {
    #[serde(default)]
    id: Value,
    text: Option<String>,
    #[serde(alias = "publishedOn")]
    published_on: Option<String>,
}

#[derive(Serialize)]
struct Output {
    id: Value,
    #[serde(flatten)]
    answer: Answer,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Answer {
    Document(Box<pb::Document>),
    Error(pb::StructureError),
}

/// A line of the answer, and whether it is an error.
type Line = (Vec<u8>, bool);

impl Bulk {
    /// Reads standard input to its end. Bad lines are answered with an error and change nothing
    /// for the others.
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let threads = self.jobs.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from);
        let bulk = Arc::new((self, Tables::new()));
        let (queues, answers): (Vec<_>, Vec<_>) = (0..threads).map(|_| start_worker(&bulk)).unzip();
        let reader = thread::spawn(move || feed(io::stdin().lock(), &queues));
        let mut errors = false;
        let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
        // Line n went to thread n modulo their number, and its answer is awaited there: order is
        // kept without numbering.
        for (line, is_error) in answers.iter().cycle().map_while(|a| a.recv().ok()) {
            errors |= is_error;
            if super::unless_reader_left(out.write_all(&line))?.is_none() {
                return Ok(ExitCode::SUCCESS);
            }
        }
        super::unless_reader_left(out.flush())?;
        reader.join().map_err(|_| Failure("reading stopped".to_owned()))??;
        Ok(if errors { ExitCode::from(3) } else { ExitCode::SUCCESS })
    }

    fn answer(&self, line: &[u8], tables: &Tables) -> Line {
        let (id, result) = match parse(line) {
            Ok(input) => (input.id.clone(), self.structure(input, tables)),
            Err(error) => (Value::Null, Err(error)),
        };
        let is_error = result.is_err();
        let answer = result.map_or_else(Answer::Error, |document| Answer::Document(Box::new(document)));
        (wire::json_line(&Output { id, answer }).unwrap_or_default(), is_error)
    }

    fn structure(&self, input: Input, tables: &Tables) -> Result<pb::Document, pb::StructureError> {
        let text = input.text.filter(|text| !text.trim_start().is_empty());
        let text = text.ok_or_else(|| invalid("TEXT_EMPTY", "text", "the article has no text"))?;
        let published_on = published_on(input.published_on.as_deref())?;
        let options = Options { published_on, ..Options::default() };
        catch_unwind(AssertUnwindSafe(|| {
            let article = structure(&text, &options, tables);
            wire::document(article, &text, self.offset_unit.into(), self.omit_text)
        }))
        .map_err(|_| error(tonic::Code::Internal, "INTERNAL", "", "a bug of copydesk; the other lines are not touched"))
    }
}

fn start_worker(bulk: &Arc<(Bulk, Tables)>) -> (SyncSender<Vec<u8>>, Receiver<Line>) {
    let (line_in, lines) = sync_channel::<Vec<u8>>(WINDOW);
    let (answer_in, answers) = sync_channel::<Line>(WINDOW);
    let bulk = Arc::clone(bulk);
    thread::spawn(move || lines.iter().map(|line| bulk.0.answer(&line, &bulk.1)).try_for_each(|a| answer_in.send(a)));
    (line_in, answers)
}

/// Deals the lines out in turn. Ends early when nobody waits for answers any more.
fn feed(mut input: impl BufRead, queues: &[SyncSender<Vec<u8>>]) -> io::Result<()> {
    let mut turn = queues.iter().cycle();
    while let Some(line) = next_line(&mut input)? {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let Some(Ok(())) = turn.next().map(|queue| queue.send(line)) else { break };
    }
    Ok(())
}

/// The next line, cut off behind [`MAX_LINE_BYTES`]; `None` at the end.
fn next_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if input.take(MAX_LINE_BYTES + 1).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.len() as u64 > MAX_LINE_BYTES && !line.ends_with(b"\n") {
        input.skip_until(b'\n')?;
    }
    Ok(Some(line))
}

/// The messages name the place in the line and never its text.
fn parse(line: &[u8]) -> Result<Input, pb::StructureError> {
    if line.len() as u64 > MAX_LINE_BYTES {
        let message = format!("the line is longer than {MAX_LINE_BYTES} bytes");
        return Err(invalid("TEXT_TOO_LONG", "text", &message));
    }
    serde_json::from_slice(line).map_err(|e| {
        let problem = match e.classify() {
            Category::Data => "a field has the wrong type, or the line is no JSON object, seen",
            Category::Eof => "the JSON breaks off",
            Category::Syntax | Category::Io => "no JSON",
        };
        invalid("REQUEST_MALFORMED", "", &format!("{problem} at column {}", e.column()))
    })
}

fn published_on(day: Option<&str>) -> Result<Option<CalendarDate>, pb::StructureError> {
    let wrong = |_| invalid("OPTION_INVALID", "published_on", "no day of the form 2020-01-17");
    day.map(super::calendar_date).transpose().map_err(wrong)
}

fn invalid(reason: &str, field: &str, message: &str) -> pb::StructureError {
    error(tonic::Code::InvalidArgument, reason, field, message)
}

fn error(code: tonic::Code, reason: &str, field: &str, message: &str) -> pb::StructureError {
    pb::StructureError {
        code: code.into(),
        reason: reason.to_owned(),
        message: message.to_owned(),
        field: field.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_place_in_the_line_and_never_its_words() {
        for line in [&b"{\"text\": 7, \"secret\": 1}"[..], b"secret", b"{\"id\": \"secret", b"[\"secret\"]", b"\xff"] {
            let error = parse(line).err().expect("refused");
            assert!(error.message.contains("column") && !error.message.contains("secret"), "{}", error.message);
        }
    }

    #[test]
    fn a_line_without_end_is_cut_off_and_the_next_one_read() {
        let mut input = vec![b'x'; MAX_LINE_BYTES as usize + 9];
        input.extend(b"\n{}\n");
        let mut input = input.as_slice();
        let long = next_line(&mut input).expect("memory").expect("a line");
        assert_eq!(parse(&long).err().expect("refused").reason, "TEXT_TOO_LONG");
        assert_eq!(next_line(&mut input).expect("memory"), Some(b"{}\n".to_vec()));
        assert_eq!(next_line(&mut input).expect("memory"), None);
    }
}
