//! A solver submits work and gets its number.
use super::{check_cid, is_judge, phase_now};
use crate::entry::Entry;
use crate::errors::{require, Error, OrFail};
use crate::rules::{attempts, fees, payout, sums};
use crate::storage::{self, Slot};
use crate::types::{Attempts, Challenge, Cid, Payout, State, Terms};
use crate::{gate, money};
use soroban_sdk::{Address, BytesN, Env};

/// What a solver submits.
pub struct Work<'a> {
    pub attempt: u32,
    pub cid: &'a Cid,
    pub commitment: &'a BytesN<32>,
    pub units: u32,
    /// The most that the solver carries for the grading.
    pub carry: i128,
}

pub struct Taken {
    pub number: u32,
    pub deposit: i128,
    pub carried: i128,
}

pub fn submit(e: &Env, solver: &Address, id: u32, work: &Work) -> Taken {
    let (challenge, mut state) = storage::load(e, id);
    let terms = &challenge.terms;
    let now = e.ledger().timestamp();
    phase_now(e, &challenge, &state).check_submit().or_fail(e);
    check_solver(e, &challenge, id, solver).or_fail(e);
    let tried = storage::attempts(e, id, solver);
    check_free(e, id, terms, solver, &tried).or_fail(e);
    let tried = attempts::next(&tried, work.attempt, now, terms.attempts, terms.attempts_per_day).or_fail(e);
    let reserved = reserve(terms, &state, work.units).or_fail(e);
    check_cid(work.cid).or_fail(e);
    sums::amount(work.carry).or_fail(e);
    let carried = fees::carry(state.purse.budget, terms.verdict_fee());
    require(work.carry >= carried, Error::CarryTooLow).or_fail(e);

    let number = sums::inc(state.submitted).or_fail(e);
    state.submitted = number;
    pay_in(&mut state, terms, carried, reserved).or_fail(e);
    storage::set_state(e, id, &state);
    let entry = Entry::new(number, now, work.units, work.cid, work.commitment, carried > 0);
    let slot = Slot::new(e, id, solver, work.attempt);
    storage::add_entry(e, id, &slot, &tried, &entry, terms.end());

    // The solver signs for a fixed amount, whatever others submit meanwhile; what is not needed goes back.
    money::pull(e, &terms.token, solver, terms.deposit + work.carry);
    money::pay(e, &terms.token, solver, work.carry - carried);
    Taken { number, deposit: terms.deposit, carried }
}

/// Who knows the truth or decides takes no part, and a gate is asked about everyone else.
fn check_solver(e: &Env, challenge: &Challenge, id: u32, solver: &Address) -> Result<(), Error> {
    let terms = &challenge.terms;
    require(!terms.is_earnings(), Error::WrongRule)?;
    let involved = challenge.maker == *solver || terms.oracles.contains(solver) || is_judge(challenge, solver);
    require(!involved, Error::ConflictOfInterest)?;
    let admitted = terms.gate.as_ref().is_none_or(|gate| gate::admits(e, gate, id, solver));
    require(admitted, Error::NotAdmitted)
}

/// Who stands on the board of a bounty, due or waiting, gains nothing by a later number; a labeler has one ungraded batch.
fn check_free(e: &Env, id: u32, terms: &Terms, solver: &Address, tried: &Attempts) -> Result<(), Error> {
    let last = Slot::new(e, id, solver, tried.attempts);
    match terms.payout {
        Payout::Bounty(_) => require(storage::board(e, id).place_of(&last.solver).is_none(), Error::AlreadyWon),
        Payout::PerUnit(_) => {
            let waits = tried.attempts > 0 && storage::entry(e, &last).is_open();
            require(!waits, Error::BatchPending)
        }
        Payout::Ranked(_) | Payout::Earnings => Ok(()),
    }
}

/// What must be set aside so that all that could be accepted of a batch can be paid.
fn reserve(terms: &Terms, state: &State, units: u32) -> Result<i128, Error> {
    match &terms.payout {
        Payout::PerUnit(unit) => {
            require((1..=unit.max_units).contains(&units), Error::BadUnits)?;
            let reserved = payout::pay(unit, units);
            require(reserved <= state.purse.escrow, Error::EscrowUsedUp)?;
            Ok(reserved)
        }
        _ => require(units == 0, Error::BadUnits).map(|()| 0),
    }
}

fn pay_in(state: &mut State, terms: &Terms, carried: i128, reserved: i128) -> Result<(), Error> {
    let purse = &mut state.purse;
    purse.deposits += terms.deposit;
    purse.carried += carried;
    if carried == 0 {
        sums::shift(&mut purse.budget, &mut purse.held_fees, terms.verdict_fee())?;
    }
    sums::shift(&mut purse.escrow, &mut purse.reserved, reserved)
}
