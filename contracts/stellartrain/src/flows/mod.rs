//! How a call runs: load what it needs, apply the rules, store, then move money.
pub mod closing;
pub mod creation;
pub mod earnings;
pub mod expiry;
pub mod grading;
pub mod ranking;
pub mod registry;
pub mod release;
pub mod settlement;
pub mod submission;
pub mod views;

use crate::errors::{require, Error};
use crate::rules::{sums, times::Dates, CODECS};
use crate::types::{Challenge, Cid, State, Status, Terms};
use soroban_sdk::Address;

/// A content identifier of a form that everybody here can fetch and check.
fn check_cid(cid: &Cid) -> Result<(), Error> {
    require(CODECS.contains(&cid.codec), Error::BadCid)
}

fn dates(terms: &Terms) -> Dates {
    Dates {
        opens: terms.opens,
        accept_by: terms.accept_by,
        deadline: terms.deadline,
        patience: terms.patience,
        grade_by: terms.grade_by,
    }
}

/// An oracle's place in the challenge's list.
fn place(challenge: &Challenge, oracle: &Address) -> Result<u32, Error> {
    challenge.terms.oracles.first_index_of(oracle).ok_or(Error::NotAnOracle)
}

/// Counts a vote that is not on a submission, and, once there is a quorum, which oracles (by their places) it proved right.
fn count_votes(state: &mut State, poster: u32, proved: impl Iterator<Item = (u32, bool)>) -> Result<(), Error> {
    count(state, poster, None)?;
    for (oracle, right) in proved {
        count(state, oracle, Some(right))?;
    }
    Ok(())
}

#[inline(never)]
fn count(state: &mut State, oracle: u32, right: Option<bool>) -> Result<(), Error> {
    let mut tally = state.tallies.get(oracle).ok_or(Error::NotAnOracle)?;
    let counter = match right {
        None => &mut tally.votes,
        Some(true) => &mut tally.agreed,
        Some(false) => &mut tally.disagreed,
    };
    *counter = sums::inc(*counter)?;
    state.tallies.set(oracle, tally);
    Ok(())
}

fn check_not_cancelled(state: &State) -> Result<(), Error> {
    require(state.status != Status::Cancelled, Error::Cancelled)
}

fn check_active(state: &State) -> Result<(), Error> {
    check_not_cancelled(state)?;
    require(state.status != Status::Ended, Error::Ended)
}

fn all_accepted(state: &State) -> bool {
    state.accepted.iter().all(|version| version > 0)
}

fn pending(state: &State) -> u32 {
    state.submitted - state.finalized
}
