//! The trace that a call belongs to, as W3C Trace Context has it.

use std::fmt;

use http::HeaderMap;

use super::call::random;

/// The place of a call in a trace.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Trace {
    /// The trace.
    pub(super) id: u128,
    /// The caller's span, unless the trace begins here.
    pub(super) parent: Option<u64>,
    /// Whether somebody wants to see it.
    pub(super) sampled: bool,
}

impl Trace {
    /// What `traceparent` says, when it says it as the standard wants.
    pub(super) fn of(headers: &HeaderMap) -> Option<Trace> {
        headers.get("traceparent").and_then(|v| Trace::read(v.to_str().ok()?))
    }

    /// A trace that begins with this call.
    pub(super) fn begin() -> Trace {
        Trace { id: u128::from(random()) << 64 | u128::from(random()), parent: None, sampled: true }
    }

    fn read(text: &str) -> Option<Trace> {
        let mut parts = text.split('-');
        let (version, trace, parent, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let (version, flags) = (hex(version, 2)?, hex(flags, 2)?);
        // Later versions may say more behind the flags; this one may not.
        let fine = version != 0xff && (version != 0 || parts.next().is_none());
        let (id, parent) = (hex(trace, 32).filter(|id| *id != 0)?, hex(parent, 16).filter(|id| *id != 0)?);
        fine.then_some(Trace { id, parent: Some(parent as u64), sampled: flags & 1 == 1 })
    }
}

/// A number in so many small hexadecimal digits.
fn hex(text: &str, digits: usize) -> Option<u128> {
    let fine = text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    fine.then(|| u128::from_str_radix(text, 16).ok()).flatten()
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_is_taken_over_only_when_it_is_one() {
        let id = "4bf92f3577b34da6a3ce929d0e0e4736";
        for (text, parent, sampled) in [
            (format!("00-{id}-00f067aa0ba902b7-01"), 0x00f067aa0ba902b7, true),
            (format!("00-{id}-0000000000000001-02"), 1, false),
            (format!("cc-{id}-0000000000000001-03-new"), 1, true),
        ] {
            let read = Trace::read(&text).expect("a trace");
            assert_eq!((read.to_string().as_str(), read.parent, read.sampled), (id, Some(parent), sampled), "{text}");
        }
        for wrong in [
            String::new(),
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01".to_owned(),
            format!("00-{id}-0000000000000000-01"),
            format!("00-{id}-00f067aa0ba902b7"),
            format!("00-{id}-00f067aa0ba902b7-01-more"),
            format!("ff-{id}-00f067aa0ba902b7-01"),
            format!("00-{}-00f067aa0ba902b7-01", id.to_uppercase()),
            "00-xyz-00f067aa0ba902b7-01".to_owned(),
        ] {
            assert_eq!(Trace::read(&wrong), None, "{wrong}");
        }
    }

    #[test]
    fn two_traces_that_begin_here_are_two() {
        assert_ne!(Trace::begin().id, Trace::begin().id);
    }
}
