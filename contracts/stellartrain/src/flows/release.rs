//! What a submission is still owed is paid by its own call; none waits for another.
use super::batch::Batch;
use super::places;
use crate::errors::{require, Error, OrFail};
use crate::money;
use crate::storage;
use crate::types::{Challenge, Phase, Ranking, Row, State};
use soroban_sdk::{Address, Env};

pub struct Released {
    pub prize: i128,
    pub back: i128,
    pub row: Row,
}

/// Pays all that a submission is still owed. From the end on, and in a bounty that has ended, it also concludes what was not
/// concluded, so that no amount waits for another call.
pub fn release(e: &Env, id: u32, solver: &Address, attempt: u32) -> Released {
    let (challenge, state) = storage::load(e, id);
    let mut batch = Batch::new(e, id, &challenge, state);
    let fixed = prepare(&mut batch, solver, attempt).or_fail(e);
    let (prize, back) = batch.owed(0);
    require(prize + back > 0 || batch.is_touched(), Error::NothingOwed).or_fail(e);
    batch.book_sent(0, prize, back).or_fail(e);
    batch.store();
    money::pay(e, &challenge.terms.token, solver, prize + back);
    places::publish(e, id, fixed);
    let mut row = batch.cases[0].row(e);
    row.6 = prize + back;
    Released { prize, back, row }
}

/// What `release` would pay now; 0 where it would be refused.
pub fn owed(e: &Env, id: u32, solver: &Address, attempt: u32) -> i128 {
    let (challenge, state) = (storage::challenge(e, id), storage::state(e, id));
    let mut batch = Batch::new(e, id, &challenge, state);
    match prepare(&mut batch, solver, attempt) {
        Ok(_) => {
            let (prize, back) = batch.owed(0);
            prize + back
        }
        Err(Error::NoSubmission) => Err(Error::NoSubmission).or_fail(e),
        Err(_) => 0,
    }
}

/// The submission and its challenge as they stand now, even if no call has written it yet.
pub fn standing<'a>(
    e: &'a Env,
    id: u32,
    challenge: &'a Challenge,
    state: State,
    solver: &Address,
    attempt: u32,
) -> Batch<'a> {
    let mut batch = Batch::new(e, id, challenge, state);
    prepare(&mut batch, solver, attempt).or_fail(e);
    batch
}

/// Sets the prizes aside that are due, and concludes the submission if nothing about it can still be decided.
fn prepare(batch: &mut Batch, solver: &Address, attempt: u32) -> Result<Option<Ranking>, Error> {
    let phase = batch.phase();
    phase.check_begun()?;
    batch.add(solver, attempt, true)?;
    let now = batch.now();
    let fixed = places::redue(batch.terms(), &mut batch.state, now)?;
    if matches!(phase, Phase::Over | Phase::Ended) {
        batch.settle_one(0)?;
    }
    Ok(fixed.or(batch.fixed()))
}
