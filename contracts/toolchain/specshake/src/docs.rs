//! What of a contract's documentation is deployed.
use stellar_xdr::ScSpecEntry;

/// A function keeps the first paragraph of its text.
pub fn first_paragraph(mut entry: ScSpecEntry) -> ScSpecEntry {
    if let ScSpecEntry::FunctionV0(function) = &mut entry {
        let doc = function.doc.to_utf8_string_lossy();
        let paragraph = doc.split("\n\n").next().unwrap_or_default();
        function.doc = paragraph.try_into().expect("a part is not longer than the whole");
    }
    entry
}
