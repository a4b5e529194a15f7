//! What a submission is still owed is paid by its own call; none waits for another.
use super::expiry;
use crate::board::Board;
use crate::entry::{Entry, PRIZE_HELD, PRIZE_PAID};
use crate::errors::{require, Error, OrFail};
use crate::money;
use crate::rules::owed::{collect, Owed, Standing};
use crate::rules::{payout, ranking, sums};
use crate::storage::{self, Slot};
use crate::types::{Challenge, Payout, Ranking, State, Status};
use soroban_sdk::{Address, Env};

pub struct Released {
    pub number: u32,
    pub prize: i128,
    pub deposit: i128,
    pub silence: i128,
    pub verdict: u32,
    pub total: i128,
}

pub fn release(e: &Env, id: u32, solver: &Address, attempt: u32) -> Released {
    let (challenge, mut state) = storage::load(e, id);
    let slot = Slot::new(e, id, solver, attempt);
    let mut entry = storage::entry(e, &slot);
    expiry::fix(e, id, &challenge, &mut state);
    let owed = take(e, id, &challenge, &mut state, &mut entry).or_fail(e);
    let total = owed.total().or_fail(e);
    require(total > 0, Error::NothingOwed).or_fail(e);

    storage::set_state(e, id, &state);
    storage::set_entry(e, &slot, &entry);
    money::pay(e, &challenge.terms.token, solver, total);
    let Owed { prize, deposit, silence, .. } = owed;
    Released { number: entry.number, prize, deposit, silence, verdict: entry.summary(), total }
}

/// What `release` would pay now.
pub fn owed(e: &Env, id: u32, solver: &Address, attempt: u32) -> i128 {
    let (challenge, mut state) = (storage::challenge(e, id), storage::state(e, id));
    let slot = Slot::new(e, id, solver, attempt);
    let mut entry = storage::entry(e, &slot);
    expiry::lapse(&challenge, &mut state, e.ledger().timestamp()).or_fail(e);
    take(e, id, &challenge, &mut state, &mut entry).and_then(|owed| owed.total()).or_fail(e)
}

/// Moves what the submission is owed out of the state's balances.
fn take(e: &Env, id: u32, challenge: &Challenge, state: &mut State, entry: &mut Entry) -> Result<Owed, Error> {
    let paid = entry.has(PRIZE_PAID);
    let most = match &challenge.terms.payout {
        Payout::PerUnit(unit) => payout::reservation(unit, entry.units)?,
        // Other rules bound the part when it is fixed.
        _ => i128::MAX,
    };
    let standing = Standing {
        prize: if paid { 0 } else { won(e, id, challenge, state, entry)? },
        deposit: challenge.terms.deposit,
        ended: state.status == Status::Ended,
        silence: state.silence,
        most,
    };
    let owed = collect(entry, &standing);
    let part = sums::add(owed.silence, owed.rest)?;
    state.held = sums::take(state.held, sums::add(owed.prize, part)?)?;
    state.escrow = sums::add(state.escrow, owed.rest)?;
    state.deposits = sums::take(state.deposits, owed.deposit)?;
    Ok(owed)
}

/// What a submission has won so far, paid or not.
pub fn won(e: &Env, id: u32, challenge: &Challenge, state: &State, entry: &Entry) -> Result<i128, Error> {
    let won = entry.has(PRIZE_HELD) || entry.has(PRIZE_PAID);
    match &challenge.terms.payout {
        Payout::Bounty(bounty) if won => Ok(bounty.reward),
        Payout::PerUnit(unit) if won => payout::reservation(unit, entry.accepted_units),
        Payout::Ranked(ranked) => {
            // Read in any case: a call simulated before the ranking declares it, and may land after it.
            let board: Board = storage::board(e, id);
            let place = if state.ranking == Ranking::Open { None } else { board.place(entry.number) };
            place.map_or(Ok(0), |place| ranking::prize(ranked, state, place))
        }
        _ => Ok(0),
    }
}
