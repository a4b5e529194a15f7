//! A gate decides who may take part: an allow-list, a qualification, an attestation. It is a contract that the maker names and
//! solvers see before they work; closing it ends the challenge for newcomers.
use soroban_sdk::{contractclient, Address, Env};

/// What a gate offers. It sees only what other contracts have stored, for the host refuses to call back into this one.
#[allow(dead_code)]
#[contractclient(name = "GateClient")]
pub trait Gate {
    /// Whether the solver may submit to this challenge of the contract that calls.
    fn admits(e: Env, challenge: u32, solver: Address) -> bool;
}

/// A gate that fails, or answers with anything but true, admits no one.
pub fn admits(e: &Env, gate: &Address, challenge: u32, solver: &Address) -> bool {
    GateClient::new(e, gate).try_admits(&challenge, solver) == Ok(Ok(true))
}
