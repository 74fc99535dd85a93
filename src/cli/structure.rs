//! `copydesk structure`: one article, here or by a server.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};

use super::{Failure, OffsetUnit, Outline, client};
use crate::article::CalendarDate;
use crate::structure::{Options, structure};
use crate::tables::Tables;
use crate::wire::{self, v1 as pb};

/// Arguments of `structure`.
#[derive(clap::Args, Debug)]
pub(super) struct Structure {
    /// The article as UTF-8 text; - is standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Prints the answer as JSON (canonical proto3 JSON of StructureArticleResponse).
    #[arg(long)]
    json: bool,
    /// What spans count.
    #[arg(long, value_enum, default_value_t)]
    offset_unit: OffsetUnit,
    /// Day of publication, as 2020-01-17; gives a dateline without a year its year.
    #[arg(long, value_name = "DATE", value_parser = super::calendar_date)]
    published_on: Option<CalendarDate>,
    /// Asks the server at this address, as http://127.0.0.1:50051, instead of working here.
    #[arg(long, value_name = "URI")]
    server: Option<String>,
}

impl Structure {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let text = read(&self.file)?;
        let response = match &self.server {
            Some(uri) => client::structure_article(uri, self.request(text))?,
            None => self.structure_here(&text),
        };
        let mut out = anstream::stdout().lock();
        let printed = match self.json {
            true => writeln!(out, "{}", serde_json::to_string_pretty(&response)?),
            false => print_outline(&mut out, &Outline::new(&response.document.unwrap_or_default())),
        };
        super::unless_reader_left(printed)?;
        Ok(ExitCode::SUCCESS)
    }

    fn structure_here(&self, text: &str) -> pb::StructureArticleResponse {
        let unit = pb::OffsetUnit::from(self.offset_unit);
        let options = Options { published_on: self.published_on, ..Options::default() };
        let article = structure(text, &options, &Tables::new());
        pb::StructureArticleResponse {
            document: Some(wire::document(article, text, unit, false)),
            offset_unit: unit.into(),
            engine_version: wire::ENGINE_VERSION.to_owned(),
        }
    }

    fn request(&self, text: String) -> pb::StructureArticleRequest {
        let published_on = self.published_on.map(|d| pb::CalendarDate {
            year: d.year.into(),
            month: d.month.into(),
            day: d.day.into(),
        });
        pb::StructureArticleRequest {
            article: Some(pb::Article { text, published_on }),
            options: Some(pb::StructureOptions {
                offset_unit: pb::OffsetUnit::from(self.offset_unit).into(),
                ..Default::default()
            }),
        }
    }
}

fn read(file: &Path) -> Result<String, Failure> {
    let (name, bytes) = match file.to_str() {
        Some("-") => ("standard input".to_owned(), standard_input()),
        _ => (file.display().to_string(), std::fs::read(file)),
    };
    let bytes = bytes.map_err(|error| Failure(format!("{name}: {error}")))?;
    String::from_utf8(bytes).map_err(|error| {
        Failure(format!("{name}: not UTF-8 at byte {}; convert it first", error.utf8_error().valid_up_to()))
    })
}

fn standard_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Labels in colour, each sort of part its own; `out` drops the colours where they are not wanted.
fn print_outline(out: &mut impl Write, outline: &Outline) -> io::Result<()> {
    for row in outline.rows() {
        let style = style(&row.label);
        writeln!(out, "{style}{:<12}{style:#} {}", row.label, row.words)?;
    }
    Ok(())
}

fn style(label: &str) -> Style {
    let color = match label {
        "kicker" | "headline" | "subheadline" | "heading" => AnsiColor::Blue,
        "byline" | "dateline" => AnsiColor::Cyan,
        "quote" | "speaker" => AnsiColor::Green,
        "treaty" => AnsiColor::Magenta,
        "country" => AnsiColor::Yellow,
        _ => return Style::new().dimmed(),
    };
    Style::new().bold().fg_color(Some(color.into()))
}
