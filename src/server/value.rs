//! How values of settings are read and written.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use http::{HeaderValue, Uri};

/// A value with a written form.
pub(super) trait Value: Sized {
    /// Reads the written form; the error says what was expected.
    fn read(text: &str) -> Result<Self, String>;
    /// The written form.
    fn show(&self) -> String;
}

/// A number of bytes, written as `4MiB`, `100KiB` or `4096`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Bytes(pub usize);

impl Bytes {
    /// 1,048,576 bytes.
    pub const MIB: Bytes = Bytes(1 << 20);
}

/// When answers are compressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompressAnswers {
    /// When the request was compressed: most clients say that they can read gzip without wishing for it.
    Asked,
    /// Whenever the caller can read it.
    Accepted,
    /// Never.
    Never,
}

/// How much is logged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// What is broken.
    Error,
    /// What may be broken.
    Warn,
    /// What happens, each call included.
    Info,
    /// More of it, health checks included.
    Debug,
    /// All of it.
    Trace,
}

const UNITS: [(&str, usize); 4] = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("B", 1)];

impl Value for Bytes {
    fn read(text: &str) -> Result<Bytes, String> {
        let (number, unit) = UNITS
            .iter()
            .find_map(|&(unit, size)| text.strip_suffix(unit).map(|number| (number.trim_end(), size)))
            .unwrap_or((text, 1));
        let count: Option<usize> = number.parse().ok();
        count.and_then(|n| n.checked_mul(unit)).map(Bytes).ok_or_else(|| expected("a size such as 4MiB", text))
    }

    fn show(&self) -> String {
        match self.0 {
            n if n >= 1 << 20 && n % (1 << 20) == 0 => format!("{}MiB", n >> 20),
            n if n >= 1 << 10 && n % (1 << 10) == 0 => format!("{}KiB", n >> 10),
            n => n.to_string(),
        }
    }
}

// Longest unit first where one ends like another.
const SPELLS: [(&str, u64); 5] = [("ms", 1), ("s", 1_000), ("min", 60_000), ("m", 60_000), ("h", 3_600_000)];

impl Value for Duration {
    fn read(text: &str) -> Result<Duration, String> {
        let (number, unit) = SPELLS
            .iter()
            .find_map(|&(unit, ms)| text.strip_suffix(unit).map(|number| (number.trim_end(), ms)))
            .unwrap_or(("", 1));
        let count: Option<u64> = number.parse().ok();
        count
            .and_then(|n| n.checked_mul(unit))
            .filter(|&ms| ms <= 365 * 24 * 3_600_000)
            .map(Duration::from_millis)
            .ok_or_else(|| expected("a duration such as 250ms, 10s or 5min", text))
    }

    fn show(&self) -> String {
        match self.as_millis() {
            0 => "0s".to_owned(),
            ms if ms % 60_000 == 0 => format!("{}min", ms / 60_000),
            ms if ms % 1_000 == 0 => format!("{}s", ms / 1_000),
            ms => format!("{ms}ms"),
        }
    }
}

impl Value for bool {
    fn read(text: &str) -> Result<bool, String> {
        text.parse().map_err(|_| expected("true or false", text))
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for usize {
    fn read(text: &str) -> Result<usize, String> {
        u32::read(text).map(|n| n as usize)
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for u32 {
    fn read(text: &str) -> Result<u32, String> {
        text.parse().ok().filter(|&n| n <= 1_000_000_000).ok_or_else(|| expected("a whole number", text))
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for SocketAddr {
    fn read(text: &str) -> Result<SocketAddr, String> {
        text.parse().map_err(|_| expected("an address such as 127.0.0.1:50051 or [::]:50051", text))
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

/// Nothing is written as the empty text.
impl Value for Option<PathBuf> {
    fn read(text: &str) -> Result<Option<PathBuf>, String> {
        Ok((!text.is_empty()).then(|| PathBuf::from(text)))
    }

    fn show(&self) -> String {
        self.as_ref().map(|path| path.display().to_string()).unwrap_or_default()
    }
}

/// Nothing is written as the empty text.
impl Value for Option<Uri> {
    fn read(text: &str) -> Result<Option<Uri>, String> {
        if text.is_empty() {
            return Ok(None);
        }
        let uri: Option<Uri> = text.parse().ok();
        let plain = uri.filter(|uri| {
            uri.scheme_str() == Some("http") && uri.authority().is_some_and(|a| !a.as_str().contains('@'))
        });
        plain.map(Some).ok_or_else(|| expected("an address such as http://127.0.0.1:4317", text))
    }

    fn show(&self) -> String {
        self.as_ref().map(Uri::to_string).unwrap_or_default()
    }
}

/// Origins as browsers write them, or `*` alone.
impl Value for Vec<HeaderValue> {
    fn read(text: &str) -> Result<Vec<HeaderValue>, String> {
        let origin = |part: &str| {
            let uri: Option<Uri> = part.parse().ok();
            let bare = uri.is_some_and(|uri| uri.scheme().is_some() && uri.path() == "/" && !part.ends_with('/'));
            HeaderValue::from_str(part).ok().filter(|_| bare || part == "*" && text.trim() == "*")
        };
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| origin(part).ok_or_else(|| expected("an origin such as https://desk.example", part))).collect()
    }

    fn show(&self) -> String {
        self.iter().filter_map(|origin| origin.to_str().ok()).collect::<Vec<_>>().join(",")
    }
}

impl Value for CompressAnswers {
    fn read(text: &str) -> Result<CompressAnswers, String> {
        match text {
            "asked" => Ok(CompressAnswers::Asked),
            "accepted" => Ok(CompressAnswers::Accepted),
            "never" => Ok(CompressAnswers::Never),
            _ => Err(expected("asked, accepted or never", text)),
        }
    }

    fn show(&self) -> String {
        match self {
            CompressAnswers::Asked => "asked",
            CompressAnswers::Accepted => "accepted",
            CompressAnswers::Never => "never",
        }
        .to_owned()
    }
}

const LEVELS: [(&str, Level); 5] = [
    ("error", Level::Error),
    ("warn", Level::Warn),
    ("info", Level::Info),
    ("debug", Level::Debug),
    ("trace", Level::Trace),
];

impl Value for Level {
    fn read(text: &str) -> Result<Level, String> {
        let found = LEVELS.iter().find(|(name, _)| *name == text);
        found.map(|&(_, level)| level).ok_or_else(|| expected("error, warn, info, debug or trace", text))
    }

    fn show(&self) -> String {
        LEVELS.iter().find(|(_, level)| level == self).map_or("info", |(name, _)| name).to_owned()
    }
}

fn expected(what: &str, text: &str) -> String {
    format!("expected {what}, found `{text}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_written_as_an_operator_would_say_it() {
        for (text, ms, shown) in [
            ("250ms", 250, "250ms"),
            ("10s", 10_000, "10s"),
            ("5m", 300_000, "5min"),
            ("5min", 300_000, "5min"),
            ("0s", 0, "0s"),
        ] {
            let read = Duration::read(text).expect(text);
            assert_eq!((read.as_millis(), read.show().as_str()), (ms, shown), "{text}");
        }
        for wrong in ["", "10", "fast", "-1s", "99999999999999h", "s"] {
            assert!(Duration::read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_collector_is_reached_in_plaintext_or_not_at_all() {
        let read = <Option<Uri> as Value>::read;
        assert_eq!(read("http://10.0.0.7:4317").map(|uri| uri.show()), Ok("http://10.0.0.7:4317/".to_owned()));
        assert_eq!(read(""), Ok(None));
        for wrong in ["10.0.0.7:4317", "https://10.0.0.7:4317", "collector", "http://", "http://desk:secret@10.0.0.7"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn origins_are_written_as_browsers_send_them() {
        let read = <Vec<HeaderValue> as Value>::read;
        for (text, shown) in [
            ("https://desk.example, http://127.0.0.1:8080", "https://desk.example,http://127.0.0.1:8080"),
            ("*", "*"),
            ("", ""),
        ] {
            assert_eq!(read(text).map(|origins| origins.show()).as_deref(), Ok(shown));
        }
        for wrong in ["desk.example", "https://desk.example/", "https://desk.example/page", "*,https://desk.example"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_size_is_a_number_with_or_without_its_unit() {
        for (text, bytes, shown) in
            [("4MiB", 4 << 20, "4MiB"), ("100 KiB", 100 << 10, "100KiB"), ("1000", 1000, "1000")]
        {
            let read = Bytes::read(text).expect(text);
            assert_eq!((read.0, read.show().as_str()), (bytes, shown), "{text}");
        }
        for wrong in ["", "MiB", "4MB", "-1", "99999999999GiB"] {
            assert!(Bytes::read(wrong).is_err(), "{wrong}");
        }
    }
}
