//! An event, read by the names of its fields.
extern crate std;
use soroban_sdk::xdr::{ContractEvent, ContractEventBody, ScVal};
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

    pub fn topic<T: TryFromVal<Env, Val>>(&self, at: usize) -> T {
        T::try_from_val(&self.e, &self.topics[at]).unwrap_or_else(|_| panic!("topic {at} is of another type"))
    }

    pub fn get<T: TryFromVal<Env, Val>>(&self, name: &str) -> T {
        let value = self.data.get(Symbol::new(&self.e, name)).expect(name);
        T::try_from_val(&self.e, &value).unwrap_or_else(|_| panic!("{name} is of another type"))
    }
}
