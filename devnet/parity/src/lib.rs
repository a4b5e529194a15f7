//! What the official libraries do with a transaction when they are called natively, without anything of the local network.
//!
//! - `plan`: the steps to run, as the local network wrote them down
//! - `ledger`: entries, settings, compiled contracts
//! - `native`: simulating and applying a step with the host
//! - `sdk`: the same step in the contract library's test utilities

pub mod ledger;
pub mod native;
pub mod plan;
#[cfg(feature = "sdk")]
pub mod sdk;

use soroban_env_host::xdr::{Limits, ReadXdr, WriteXdr};

/// The protocol of the host.
pub const PROTOCOL: u32 = 28;

pub fn encode<T: WriteXdr>(value: &T) -> Vec<u8> {
    value.to_xdr(Limits::none()).expect("what was read can be written")
}

pub fn decode<T: ReadXdr>(bytes: impl AsRef<[u8]>) -> T {
    T::from_xdr(bytes, Limits::none()).expect("XDR of this type")
}

pub fn base64(bytes: impl AsRef<[u8]>) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

pub fn from_base64(text: &str) -> Vec<u8> {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.decode(text).expect("base64")
}
