//! How a call runs: load what it needs, apply the rules, store, then move money.
pub mod batch;
pub mod case;
pub mod closing;
pub mod creation;
pub mod earnings;
pub mod grading;
pub mod judging;
pub mod payment;
pub mod places;
pub mod ranking;
pub mod registry;
pub mod release;
pub mod submission;
pub mod verdict;
pub mod views;

use crate::errors::{require, Error};
use crate::rules::phase::phase;
use crate::rules::CODECS;
use crate::types::{Challenge, Cid, Phase, State};
use soroban_sdk::{Address, Env};

/// A content identifier of a form that everyone here can fetch and check.
fn check_cid(cid: &Cid) -> Result<(), Error> {
    require(CODECS.contains(&cid.codec), Error::BadCid)
}

/// An oracle's place in the challenge's list.
fn place(challenge: &Challenge, oracle: &Address) -> Result<u32, Error> {
    challenge.terms.oracles.first_index_of(oracle).ok_or(Error::NotAnOracle)
}

/// The phase at this ledger.
pub fn phase_now(e: &Env, challenge: &Challenge, state: &State) -> Phase {
    phase(&challenge.terms, state, e.ledger().timestamp())
}

/// Whether this is the judge of the challenge.
fn is_judge(challenge: &Challenge, who: &Address) -> bool {
    challenge.terms.judge.as_ref().is_some_and(|judge| judge.address == *who)
}
