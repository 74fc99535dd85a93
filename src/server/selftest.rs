//! The self-test: a built-in article must come out as known before any health says SERVING.

use prost::Message;

use super::gate;
use super::work::Engine;
use crate::structure::Options;
use crate::wire;
use crate::wire::v1::OffsetUnit;

const TEXT: &str = "Harbour ferries stop\n\nRIGA, March 4 (AP) — “Nobody sails,” said Ines Roth, a pilot.\n";

/// SHA-256 of the answer, as its bytes are sent.
const DIGEST: &str = "7cc7a1384a396a8947a5e6e6016f896c141109ab1da8467e85e93bb3e675cc71";

/// Whether the engine still reads as it did when it was built: the answer has the known digest.
pub(super) fn passes(engine: &Engine) -> bool {
    let found = digest_of(engine);
    let passed = found == DIGEST;
    if !passed {
        tracing::error!(found, expected = DIGEST, "the self-test failed");
    }
    passed
}

/// Empty when there is no answer.
fn digest_of(engine: &Engine) -> String {
    let Some(article) = engine(TEXT, &Options::default(), &|| false) else { return String::new() };
    let document = wire::document(article, TEXT, OffsetUnit::CodePoint, false);
    gate::hex(&gate::digest(&document.encode_to_vec()))
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
        let engine =
            move |text: &str, options: &Options, stop: &dyn Fn() -> bool| structure_until(text, options, &tables, stop);
        assert_eq!(
            digest_of(&engine),
            DIGEST,
            "the answer to the self-test has changed: if it should, put in its digest"
        );
        assert!(passes(&engine));
        assert!(!passes(&|_, _, _| Some(Article::default())));
        assert!(!passes(&|_, _, _| None));
    }
}
