//! A solver hands in work and gets its place in the queue.
use super::{all_accepted, check_active, check_cid, dates, pending};
use crate::entry::Entry;
use crate::errors::{require, Error, OrFail};
use crate::money;
use crate::rules::{attempts, fees, payout, sums, times};
use crate::storage::{self, Slot};
use crate::types::{Challenge, Cid, Payout, State};
use soroban_sdk::{Address, Env};

pub struct Taken {
    pub number: u32,
    pub deposit: i128,
    pub carried: i128,
}

pub fn submit(e: &Env, solver: &Address, id: u32, attempt: u32, cid: &Cid, units: u32, offer: i128) -> Taken {
    let (challenge, mut state) = storage::load(e, id);
    let terms = &challenge.terms;
    let now = e.ledger().timestamp();
    check_may_submit(e, &challenge, &state, id, solver, now).or_fail(e);
    let tried = storage::attempts(e, id, solver);
    let tried = attempts::next(&tried, attempt, now, terms.attempts, terms.attempts_per_day).or_fail(e);
    let reserved = reserve(&challenge, &state, units).or_fail(e);
    check_cid(cid).or_fail(e);
    sums::amount(offer).or_fail(e);
    let carried = fees::carry(state.fee_budget, pending(&state), terms.oracle_fee, terms.quorum).or_fail(e);
    require(offer >= carried, Error::CarryTooLow).or_fail(e);

    let number = sums::inc(state.submitted).or_fail(e);
    state.submitted = number;
    state.deposits = sums::add(state.deposits, terms.deposit).or_fail(e);
    state.fee_budget = sums::add(state.fee_budget, carried).or_fail(e);
    state.escrow = sums::take(state.escrow, reserved).or_fail(e);
    state.reserved = sums::add(state.reserved, reserved).or_fail(e);
    storage::set_state(e, id, &state);
    storage::add_entry(e, id, solver, &tried, &Entry::new(number, now, units, cid), terms.grade_by);

    // The solver signs for a fixed amount, whatever others submit meanwhile; what is not needed goes back.
    money::pull(e, &terms.token, solver, sums::add(terms.deposit, offer).or_fail(e));
    money::pay(e, &terms.token, solver, offer - carried);
    Taken { number, deposit: terms.deposit, carried }
}

fn check_may_submit(
    e: &Env,
    challenge: &Challenge,
    state: &State,
    id: u32,
    solver: &Address,
    now: u64,
) -> Result<(), Error> {
    check_active(state)?;
    require(all_accepted(state), Error::NotAccepted)?;
    times::check_open(&dates(&challenge.terms), now)?;
    let involved = challenge.maker == *solver || challenge.terms.oracles.contains(solver);
    require(!involved, Error::ConflictOfInterest)?;
    match &challenge.terms.payout {
        Payout::Bounty(_) => require(!storage::board(e, id).solvers.contains(solver), Error::AlreadyWon),
        Payout::Earnings => Err(Error::WrongRule),
        Payout::PerUnit(_) => {
            let last = storage::attempts(e, id, solver).attempts;
            let waits = last > 0 && storage::entry(e, &Slot::new(e, id, solver, last)).is_pending();
            require(!waits, Error::BatchPending)
        }
        Payout::Ranked(_) => Ok(()),
    }
}

/// What must be set aside so that all that could be accepted of a batch can be paid.
fn reserve(challenge: &Challenge, state: &State, units: u32) -> Result<i128, Error> {
    match &challenge.terms.payout {
        Payout::PerUnit(unit) => {
            require((1..=unit.max_units).contains(&units), Error::BadUnits)?;
            let reserved = payout::reservation(unit, units)?;
            require(reserved <= state.escrow, Error::EscrowUsedUp)?;
            Ok(reserved)
        }
        _ => require(units == 0, Error::BadUnits).map(|()| 0),
    }
}
