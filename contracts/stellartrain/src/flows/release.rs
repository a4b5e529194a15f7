//! What a submission is still owed is paid by its own call; none waits for another.
use super::bounty;
use crate::entry::Entry;
use crate::errors::{require, Error, OrFail};
use crate::events::SilenceFixed;
use crate::rules::owed::{collect, Owed, Standing};
use crate::rules::{silence, sums};
use crate::types::{Challenge, State, Status};
use crate::{money, storage};
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
    let mut entry = storage::entry(e, id, solver, attempt);
    fix_silence(e, id, &challenge, &mut state);
    let owed = take(&challenge, &mut state, &mut entry).or_fail(e);
    let total = owed.total().or_fail(e);
    require(total > 0, Error::NothingOwed).or_fail(e);

    storage::set_state(e, id, &state);
    storage::set_entry(e, id, solver, attempt, &entry);
    money::pay(e, &challenge.terms.token, solver, total);
    let Owed { prize, deposit, silence } = owed;
    Released { number: entry.number, prize, deposit, silence, verdict: entry.summary(), total }
}

/// What `release` would pay now.
pub fn owed(e: &Env, id: u32, solver: &Address, attempt: u32) -> i128 {
    let (challenge, mut state) = (storage::challenge(e, id), storage::state(e, id));
    let mut entry = storage::entry(e, id, solver, attempt);
    split(&challenge, &mut state, e.ledger().timestamp()).or_fail(e);
    take(&challenge, &mut state, &mut entry).and_then(|owed| owed.total()).or_fail(e)
}

/// Sets the silence share aside, once, if grading is over and work is ungraded. The caller stores the state.
pub fn fix_silence(e: &Env, id: u32, challenge: &Challenge, state: &mut State) {
    if let Some((part, eligible)) = split(challenge, state, e.ledger().timestamp()).or_fail(e) {
        SilenceFixed { challenge: id, part, eligible }.publish(e);
    }
}

fn split(challenge: &Challenge, state: &mut State, now: u64) -> Result<Option<(i128, u32)>, Error> {
    let over = state.status == Status::Active && now >= challenge.terms.grade_by;
    if !over || state.silence.is_some() || !silence::ungraded(state) {
        return Ok(None);
    }
    let eligible = silence::eligible(state)?;
    let most = bounty(&challenge.terms)?.reward;
    let part = silence::part(state.escrow, challenge.terms.silence_share, eligible, most);
    let shared = sums::times(part, eligible)?;
    state.escrow = sums::take(state.escrow, shared)?;
    state.held = sums::add(state.held, shared)?;
    state.silence = Some(part);
    Ok(Some((part, eligible)))
}

/// Moves what the submission is owed out of the state's balances.
fn take(challenge: &Challenge, state: &mut State, entry: &mut Entry) -> Result<Owed, Error> {
    let standing = Standing {
        reward: bounty(&challenge.terms)?.reward,
        deposit: challenge.terms.deposit,
        ended: state.status == Status::Ended,
        silence: state.silence,
    };
    let owed = collect(entry, &standing);
    state.held = sums::take(state.held, sums::add(owed.prize, owed.silence)?)?;
    state.deposits = sums::take(state.deposits, owed.deposit)?;
    Ok(owed)
}
