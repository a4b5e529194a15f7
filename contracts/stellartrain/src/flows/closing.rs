//! The end of a challenge: the truth is opened, oracles take their fees, the maker what the rules leave.
use super::{all_accepted, check_cid, check_not_cancelled, expiry, pending, place};
use crate::errors::{require, Error, OrFail};
use crate::rules::{silence, sums};
use crate::types::{Challenge, Cid, MakerRecord, OracleRecord, Payout, Ranking, State, Status};
use crate::{money, storage};
use soroban_sdk::{Address, Env};

pub fn reveal(e: &Env, revealer: &Address, id: u32, truth: &Cid) {
    let (challenge, state) = storage::load(e, id);
    check_not_cancelled(&state).or_fail(e);
    require(challenge.terms.opens_truth, Error::TruthStaysClosed).or_fail(e);
    let is_maker = challenge.maker == *revealer;
    let involved = is_maker || challenge.terms.oracles.contains(revealer);
    require(involved, Error::NotYours).or_fail(e);
    require(all_accepted(&state), Error::NotAccepted).or_fail(e);
    let graded = e.ledger().timestamp() >= challenge.terms.deadline && pending(&state) == 0;
    let over = graded || state.status == Status::Ended || expired(e, &challenge);
    require(over, Error::NotYetEnded).or_fail(e);
    require(storage::revealed(e, id, revealer).is_none(), Error::AlreadyRevealed).or_fail(e);
    check_cid(truth).or_fail(e);

    storage::set_revealed(e, id, revealer, truth);
    if is_maker {
        let record = storage::maker(e, revealer);
        let opened = sums::inc(record.opened).or_fail(e);
        storage::set_maker(e, revealer, &MakerRecord { opened, ..record });
    }
}

/// Returns what the oracle was sent.
pub fn withdraw_fees(e: &Env, oracle: &Address, id: u32) -> i128 {
    let (challenge, mut state) = storage::load(e, id);
    let place = place(&challenge, oracle).or_fail(e);
    let earned = state.fees.get(place).unwrap_or(0);
    require(earned > 0, Error::NothingEarned).or_fail(e);

    state.fees.set(place, 0);
    storage::set_state(e, id, &state);
    money::pay(e, &challenge.terms.token, oracle, earned);
    earned
}

/// Returns the maker and what was sent.
pub fn close(e: &Env, id: u32) -> (Address, i128) {
    let (challenge, mut state) = storage::load(e, id);
    check_not_cancelled(&state).or_fail(e);
    require(all_accepted(&state), Error::NotAccepted).or_fail(e);
    expiry::fix(e, id, &challenge, &mut state);
    end(e, &challenge, &mut state).or_fail(e);

    let left = sums::add(state.escrow, state.fee_budget).or_fail(e);
    require(left > 0 || !state.closed, Error::NothingToClose).or_fail(e);
    state.escrow = 0;
    state.fee_budget = 0;
    let counted = state.closed;
    state.closed = true;
    storage::set_state(e, id, &state);
    if !counted {
        count_end(e, &challenge, &state).or_fail(e);
        count_votes(e, &challenge, &state).or_fail(e);
    }
    money::pay(e, &challenge.terms.token, &challenge.maker, left);
    (challenge.maker, left)
}

/// Ends a challenge in which nothing can happen any more; one that expired with work ungraded stays as it is.
pub fn end(e: &Env, challenge: &Challenge, state: &mut State) -> Result<(), Error> {
    if state.status == Status::Ended || state.silence.is_some() {
        return Ok(());
    }
    let now = e.ledger().timestamp();
    // Unsettled work may still be owed a part of the prize at `grade_by`.
    let waits = challenge.terms.silence_share > 0 && silence::ungraded(state);
    let ruled = match challenge.terms.payout {
        Payout::Bounty(_) | Payout::PerUnit(_) => true,
        Payout::Ranked(_) => state.ranking != Ranking::Open || state.submitted == 0,
        Payout::Earnings => false,
    };
    let graded = now >= challenge.terms.deadline && pending(state) == 0 && ruled && !waits;
    require(graded || expired(e, challenge), Error::NotYetEnded)?;
    state.status = Status::Ended;
    state.ended = now;
    Ok(())
}

fn expired(e: &Env, challenge: &Challenge) -> bool {
    e.ledger().timestamp() >= challenge.terms.grade_by
}

fn count_end(e: &Env, challenge: &Challenge, state: &State) -> Result<(), Error> {
    let mut record = storage::maker(e, &challenge.maker);
    let counter = if state.status == Status::Ended { &mut record.ended } else { &mut record.expired };
    *counter = sums::inc(*counter)?;
    if challenge.terms.opens_truth {
        record.promised = sums::inc(record.promised)?;
    }
    storage::set_maker(e, &challenge.maker, &record);
    Ok(())
}

/// The votes of a challenge join its oracles' records when it is closed, for then no vote can follow.
fn count_votes(e: &Env, challenge: &Challenge, state: &State) -> Result<(), Error> {
    for (oracle, tally) in challenge.terms.oracles.iter().zip(state.tallies.iter()) {
        let record = storage::oracle(e, &oracle).ok_or(Error::NotRegistered)?;
        let sum = |a: u32, b: u32| a.checked_add(b).ok_or(Error::Overflow);
        // What became final after the oracle's last vote, it missed as well.
        let rest = state.finalized.saturating_sub(tally.cursor);
        let record = OracleRecord {
            closed: sums::inc(record.closed)?,
            votes: sum(record.votes, tally.votes)?,
            agreed: sum(record.agreed, tally.agreed)?,
            disagreed: sum(record.disagreed, tally.disagreed)?,
            missed: sum(record.missed, sum(tally.missed, rest)?)?,
            ..record
        };
        storage::set_oracle(e, &oracle, &record);
    }
    Ok(())
}
