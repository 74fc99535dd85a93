//! The self-test: a built-in article must come out as known before any health says SERVING.

use super::work::Engine;
use crate::structure::Options;
use crate::wire::v1::OffsetUnit;
use crate::wire::{self};

const TEXT: &str = "Harbour ferries stop\n\nRIGA, March 4 (NW) — The ferries “stop at dawn”, the harbour said.\n";

/// Whether the engine still reads: the parts of the article come out, the words of each span are
/// those of the text, and the second time is like the first.
pub(super) fn passes(engine: &Engine) -> bool {
    let read = || {
        let article = engine(TEXT, &Options::default(), &|| false)?;
        Some(wire::document(article, TEXT, OffsetUnit::CodePoint, false))
    };
    let (Some(first), Some(second)) = (read(), read()) else { return false };
    let headline = first.headline.as_ref().map(|text| text.content.as_str());
    let words = |text: &crate::wire::v1::Text| {
        let span = text.span.unwrap_or_default();
        let (start, end) = (span.start as usize, span.end as usize);
        TEXT.chars().skip(start).take(end.saturating_sub(start)).eq(text.content.chars())
    };
    let paragraphs = first.paragraphs.iter().filter_map(|p| p.text.as_ref());
    headline == Some("Harbour ferries stop")
        && !first.paragraphs.is_empty()
        && paragraphs.into_iter().all(words)
        && first == second
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::structure::structure_until;
    use crate::tables::Tables;

    #[test]
    fn a_desk_that_reads_nothing_never_opens() {
        let tables = Tables::new();
        assert!(passes(&move |text, options, stop| structure_until(text, options, &tables, stop)));
        assert!(!passes(&|_, _, _| Some(Article::default())));
        assert!(!passes(&|_, _, _| None));
    }
}
