//! What of a contract's spec is deployed, and its documentation.
use stellar_xdr::{ScSpecEntry, ScSpecUdtUnionCaseV0, StringM, VecM};

/// A function keeps the first paragraph of its text.
pub fn first_paragraph(mut entry: ScSpecEntry) -> ScSpecEntry {
    if let ScSpecEntry::FunctionV0(function) = &mut entry {
        let doc = function.doc.to_utf8_string_lossy();
        let paragraph = doc.split("\n\n").next().unwrap_or_default();
        function.doc = paragraph.try_into().expect("a part is not longer than the whole");
    }
    entry
}

/// An entry without its documentation; none for what nobody needs to make a call: events, which name their fields
/// themselves, and the table of errors.
pub fn deployed(entry: &ScSpecEntry) -> Option<ScSpecEntry> {
    let mut entry = entry.clone();
    match &mut entry {
        ScSpecEntry::UdtErrorEnumV0(_) | ScSpecEntry::EventV0(_) => return None,
        ScSpecEntry::FunctionV0(function) => {
            function.doc = StringM::default();
            each(&mut function.inputs, |input| input.doc = StringM::default());
        }
        ScSpecEntry::UdtStructV0(of) => {
            of.doc = StringM::default();
            each(&mut of.fields, |field| field.doc = StringM::default());
        }
        ScSpecEntry::UdtUnionV0(of) => {
            of.doc = StringM::default();
            each(&mut of.cases, |case| match case {
                ScSpecUdtUnionCaseV0::VoidV0(case) => case.doc = StringM::default(),
                ScSpecUdtUnionCaseV0::TupleV0(case) => case.doc = StringM::default(),
            });
        }
        ScSpecEntry::UdtEnumV0(of) => {
            of.doc = StringM::default();
            each(&mut of.cases, |case| case.doc = StringM::default());
        }
    }
    Some(entry)
}

fn each<T: Clone, const MAX: u32>(list: &mut VecM<T, MAX>, change: impl Fn(&mut T)) {
    let mut items = list.to_vec();
    items.iter_mut().for_each(change);
    *list = items.try_into().expect("as many as before");
}
