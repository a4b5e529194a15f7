//! Values shared with clients. Amounts are `i128` in the token's own units, scores `i64` in units of 1e-7, times Unix seconds.
use soroban_sdk::{contracttype, Address, BytesN};

/// A CIDv1 with a SHA-256 digest; the codec is 0x55 (raw bytes) or 0x70 (UnixFS).
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Cid {
    pub codec: u32,
    pub digest: BytesN<32>,
}

/// Fixed when the contract is deployed.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Config {
    /// The form of the events; another contract may have another.
    pub event_version: u32,
    /// The main contract, whose outcomes are read.
    pub stellartrain: Address,
    /// The picture that every badge shows.
    pub image: Cid,
}

/// A solver's record: what became of the submissions that someone folded in. No evidence against self-dealing.
#[contracttype]
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct SolverRecord {
    /// Folded in, whatever became of them; the five kinds add up to it.
    pub submissions: u32,
    pub scored: u32,
    pub rejected: u32,
    /// Could not be fetched or graded.
    pub unavailable: u32,
    /// Without a verdict: the oracles came to none, or did not grade in time.
    pub unsettled: u32,
    /// Not final when the last winner was found.
    pub void: u32,
    /// Those that won something. The amounts, by token, are in the events.
    pub wins: u32,
    /// When the first of them was folded in; 0 = none yet.
    pub first: u64,
    /// When the latest of them was folded in.
    pub last: u64,
}

/// What a badge says, copied from the final submission when it was minted.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Badge {
    pub challenge: u32,
    /// The submission's number in the challenge.
    pub number: u32,
    pub solver: Address,
    pub attempt: u32,
    pub score: i64,
    pub prize: i128,
    pub token: Address,
}
