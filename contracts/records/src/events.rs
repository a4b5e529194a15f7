//! What the world may learn: records and badges can be rebuilt from these events and the token's own `mint` and `burn`.
use crate::outcome::Verdict;
use soroban_sdk::{contractevent, Address};

/// The version of these events, told by `config`.
pub const EVENT_VERSION: u32 = 2;

/// A final submission was counted in its solver's record, at the ledger's close time.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SubmissionFolded {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub solver: Address,
    pub attempt: u32,
    pub number: u32,
    pub verdict: Verdict,
    pub score: i64,
    pub prize: i128,
    pub token: Address,
}

/// A winner took the badge of a submission.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BadgeMinted {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub solver: Address,
    pub token_id: u32,
    pub attempt: u32,
    pub number: u32,
    pub score: i64,
    pub prize: i128,
    pub token: Address,
}
