//! An event, read by the names of its fields.
extern crate std;
use soroban_sdk::xdr::{ContractEvent, ContractEventBody, Limited, Limits, ReadXdr, ScSpecEntry, ScVal};
use soroban_sdk::xdr::{ScSpecEventParamLocationV0, ScSpecEventV0};
use soroban_sdk::{Env, Map, Symbol, TryFromVal, Val};
use std::string::{String, ToString};

pub struct Fields {
    e: Env,
    pub name: String,
    topics: std::vec::Vec<Val>,
    data: Map<Symbol, Val>,
}

impl Fields {
    pub fn new(e: &Env, event: &ContractEvent) -> Fields {
        let ContractEventBody::V0(body) = &event.body;
        let value = |val: &ScVal| Val::try_from_val(e, val).expect("a value");
        let topics: std::vec::Vec<Val> = body.topics.iter().map(value).collect();
        let name = Symbol::try_from_val(e, &topics[0]).expect("a name").to_string();
        let data = Map::try_from_val(e, &value(&body.data)).expect("a map");
        Fields { e: e.clone(), name, topics, data }
    }

    /// Whether the wasm's spec declares an event of this name with these topics and fields.
    pub fn is_declared(&self, spec: &[ScSpecEntry]) -> bool {
        let names = |at: ScSpecEventParamLocationV0, event: &ScSpecEventV0| {
            let params = event.params.iter().filter(|param| param.location == at);
            params.map(|param| param.name.to_utf8_string_lossy()).collect::<std::vec::Vec<String>>()
        };
        let mut fields: std::vec::Vec<String> = self.data.keys().iter().map(|key| key.to_string()).collect();
        fields.sort_unstable();
        spec.iter().any(|entry| {
            let ScSpecEntry::EventV0(event) = entry else { return false };
            let mut declared = names(ScSpecEventParamLocationV0::Data, event);
            declared.sort_unstable();
            let topics = names(ScSpecEventParamLocationV0::TopicList, event).len() + 1;
            event.prefix_topics[0].0.to_utf8_string_lossy() == self.name
                && topics == self.topics.len()
                && declared == fields
        })
    }

    pub fn topic<T: TryFromVal<Env, Val>>(&self, at: usize) -> T {
        T::try_from_val(&self.e, &self.topics[at]).unwrap_or_else(|_| panic!("topic {at} is of another type"))
    }

    pub fn get<T: TryFromVal<Env, Val>>(&self, name: &str) -> T {
        let value = self.data.get(Symbol::new(&self.e, name)).expect(name);
        T::try_from_val(&self.e, &value).unwrap_or_else(|_| panic!("{name} is of another type"))
    }
}

/// The spec that a wasm carries: what it says of its functions, types, events and errors.
pub fn spec(wasm: &[u8]) -> std::vec::Vec<ScSpecEntry> {
    let name = b"contractspecv0";
    // A custom section: its size, then its name with its length, then the entries up to its end.
    let at = (0..wasm.len()).find(|at| wasm[*at..].starts_with(name)).expect("a spec");
    let start = at + name.len();
    let mut size = 0usize;
    // The section's size stands before the name's length of one byte, in LEB128: read backwards to the section's id of 0.
    let mut head = at - 1;
    while wasm[head - 1] != 0 {
        head -= 1;
    }
    for (shift, byte) in wasm[head..at - 1].iter().enumerate() {
        size |= usize::from(byte & 0x7f) << (7 * shift);
    }
    let end = at - 1 + size;
    let mut entries = Limited::new(&wasm[start..end], Limits::none());
    ScSpecEntry::read_xdr_iter(&mut entries).map(|entry| entry.expect("an entry")).collect()
}
