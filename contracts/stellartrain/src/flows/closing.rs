//! The end of a challenge: the truth is opened, oracles take their fees, the maker what no one can win, and records grow.
use super::{check_cid, phase_now, place, places};
use crate::errors::{require, Error, OrFail};
use crate::rules::records::can_count;
use crate::rules::{close as rules, sums};
use crate::types::{Challenge, Cid, MakerRecord, Ranking, State};
use crate::{money, storage};
use soroban_sdk::{Address, Env};

pub fn reveal(e: &Env, revealer: &Address, id: u32, truth: &Cid) {
    let (challenge, state) = storage::load(e, id);
    require(challenge.terms.opens_truth, Error::TruthStaysClosed).or_fail(e);
    let is_maker = challenge.maker == *revealer;
    let involved = is_maker || challenge.terms.oracles.contains(revealer);
    require(involved, Error::NotYours).or_fail(e);
    phase_now(e, &challenge, &state).check_reveal().or_fail(e);
    require(storage::revealed(e, id, revealer).is_none(), Error::AlreadyRevealed).or_fail(e);
    check_cid(truth).or_fail(e);

    storage::set_revealed(e, id, revealer, truth);
    if is_maker {
        let mut record = storage::maker(e, revealer);
        record.unopened -= u32::from(state.unopened);
        storage::set_maker(e, revealer, &record);
    }
}

/// Returns what the oracle was sent.
pub fn withdraw_fees(e: &Env, oracle: &Address, id: u32) -> i128 {
    let (challenge, mut state) = storage::load(e, id);
    let place = place(&challenge, oracle).or_fail(e);
    let earned = state.purse.fees.get(place).unwrap_or(0);
    require(earned > 0, Error::NothingEarned).or_fail(e);

    state.purse.fees.set(place, 0);
    storage::set_state(e, id, &state);
    money::pay(e, &challenge.terms.token, oracle, earned);
    earned
}

pub struct Closed {
    pub maker: Address,
    pub prize: i128,
    pub fees: i128,
    pub folded: bool,
}

/// Sends the maker the free fee budget and the prize that no one can still win. Where the maker cannot be paid the money
/// stays, and the records grow all the same: no one evades its record by freezing its account.
pub fn close(e: &Env, id: u32) -> Closed {
    let (challenge, mut state) = storage::load(e, id);
    let (terms, now) = (&challenge.terms, e.ledger().timestamp());
    let phase = phase_now(e, &challenge, &state);
    phase.check_close().or_fail(e);
    let before = (state.due, state.purse.ranking_fees);
    let fixed = places::redue(terms, &mut state, now).or_fail(e);
    // The fees of a ranking come back where no quorum of oracles earned them.
    if now >= terms.end() && state.ranking != Ranking::Oracles {
        state.purse.budget += core::mem::take(&mut state.purse.ranking_fees);
    }
    let moved = fixed.is_some() || before != (state.due, state.purse.ranking_fees);
    let prize = state.purse.escrow - rules::keep(terms, &state, now);
    let fees = if rules::frees_budget(terms, now) { state.purse.budget } else { 0 };
    let may_open = terms.opens_truth && phase.check_reveal().is_ok();
    let folded = fold(e, id, &challenge, &mut state, may_open).or_fail(e);

    sums::take(&mut state.purse.escrow, prize).or_fail(e);
    sums::take(&mut state.purse.budget, fees).or_fail(e);
    storage::set_state(e, id, &state);
    let here = e.current_contract_address();
    let sent = prize + fees > 0 && money::try_pay(e, &terms.token, &here, &challenge.maker, prize + fees);
    if prize + fees > 0 && !sent {
        state.purse.escrow += prize;
        state.purse.budget += fees;
        storage::set_state(e, id, &state);
    }
    // Prizes that were set aside stay so, though the maker cannot be paid.
    require(sent || folded || moved, Error::NothingToClose).or_fail(e);
    places::publish(e, id, fixed);
    let (prize, fees) = if sent { (prize, fees) } else { (0, 0) };
    Closed { maker: challenge.maker, prize, fees, folded }
}

/// Moves what happened since the last time into the records of maker and oracles, and says whether that was anything. The
/// challenge itself counts there once, when no other verdict can come; that its truth is not opened counts once, when its maker
/// may have opened it. Records are written whether they change or not, so that a simulation declares them whatever lands before
/// the call.
fn fold(e: &Env, id: u32, challenge: &Challenge, state: &mut State, may_open: bool) -> Result<bool, Error> {
    let terms = &challenge.terms;
    let first = !state.folded && can_count(terms, state, e.ledger().timestamp());
    state.folded |= first;
    let undecided = if first && state.ended == 0 { state.submitted - state.concluded } else { 0 };
    let mut grown = first;
    for (place, oracle) in (0..).zip(terms.oracles.iter()) {
        let mut record = storage::oracle(e, &oracle).ok_or(Error::NotRegistered)?;
        if state.folded {
            let (left, grew) = record.fold(&state.tallies.get(place).unwrap_or_default(), undecided);
            record.folded += u32::from(first);
            state.tallies.set(place, left);
            grown |= grew;
        }
        storage::set_oracle(e, &oracle, &record);
    }
    let mut record: MakerRecord = storage::maker(e, &challenge.maker);
    if first {
        let all_decided = undecided == 0 && state.unsettled == 0;
        record.decided += u32::from(all_decided);
        record.undecided += u32::from(!all_decided);
    }
    let opened = storage::revealed(e, id, &challenge.maker).is_some();
    if state.folded && may_open && !opened && !state.unopened {
        state.unopened = true;
        record.unopened += 1;
        grown = true;
    }
    storage::set_maker(e, &challenge.maker, &record);
    Ok(grown)
}
