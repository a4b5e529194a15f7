//! The documentation within a contract's spec.
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

/// Names and types only.
pub fn removed(mut entry: ScSpecEntry) -> ScSpecEntry {
    match &mut entry {
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
        ScSpecEntry::UdtErrorEnumV0(of) => {
            of.doc = StringM::default();
            each(&mut of.cases, |case| case.doc = StringM::default());
        }
        ScSpecEntry::EventV0(event) => {
            event.doc = StringM::default();
            each(&mut event.params, |param| param.doc = StringM::default());
        }
    }
    entry
}

fn each<T: Clone, const MAX: u32>(list: &mut VecM<T, MAX>, change: impl Fn(&mut T)) {
    let mut items = list.to_vec();
    items.iter_mut().for_each(change);
    *list = items.try_into().expect("as many as before");
}
