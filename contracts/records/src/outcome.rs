//! What is read of the main contract: the outcome of one submission, and nothing else.
use crate::errors::{fail, require, Error};
use soroban_sdk::{contractclient, contracttype, Address, Env};

/// Where a submission stands, as the main contract numbers it.
#[contracttype]
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Verdict {
    Pending = 0,
    Scored = 1,
    Rejected = 2,
    Unavailable = 3,
    Unsettled = 4,
    Void = 5,
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Outcome {
    pub number: u32,
    pub verdict: Verdict,
    pub score: i64,
    /// What it won, paid or not.
    pub prize: i128,
    pub token: Address,
    /// Neither verdict nor prize can change from here on.
    pub last: bool,
}

#[allow(dead_code)] // only the client made of it is used
#[contractclient(name = "MainClient")]
trait Main {
    fn outcome(e: Env, challenge: u32, solver: Address, attempt: u32) -> Outcome;
}

/// The last word on a submission. Fails with `NoOutcome`, `NotFinal`.
pub fn last(e: &Env, main: &Address, challenge: u32, solver: &Address, attempt: u32) -> Outcome {
    match MainClient::new(e, main).try_outcome(&challenge, solver, &attempt) {
        Ok(Ok(outcome)) => {
            require(e, outcome.last, Error::NotFinal);
            outcome
        }
        _ => fail(e, Error::NoOutcome),
    }
}
