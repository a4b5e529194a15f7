//! A challenge comes into being: creation, acceptance, more money, or everything back.
use super::{all_accepted, check_active, check_cid, check_not_cancelled, dates, place};
use crate::errors::{require, Error, OrFail};
use crate::rules::{payout, sums, times, MAX_ORACLES};
use crate::types::{Challenge, MakerRecord, OracleRecord, Payout, Ranking, State, Status, Tally, Terms};
use crate::{money, storage};
use soroban_sdk::{Address, Env, Vec};

/// Returns the new challenge's number, and the challenge.
pub fn create(e: &Env, maker: Address, terms: Terms, prize: i128, fee_budget: i128) -> (u32, Challenge) {
    let now = e.ledger().timestamp();
    payout::check(&terms.payout, prize).or_fail(e);
    check_terms(&terms, now, storage::config(e).min_patience).or_fail(e);
    sums::amount(fee_budget).or_fail(e);
    check_oracles(e, &terms).or_fail(e);
    storage::keep_contract(e);

    let challenge = Challenge { maker, created: now, terms };
    let Challenge { maker, terms, .. } = &challenge;
    let id = storage::add_challenge(e, &challenge, &new_state(e, terms.oracles.len(), prize, fee_budget));
    let record = storage::maker(e, maker);
    let challenges = sums::inc(record.challenges).or_fail(e);
    storage::set_maker(e, maker, &MakerRecord { challenges, ..record });

    money::pull(e, &terms.token, maker, sums::add(prize, fee_budget).or_fail(e));
    (id, challenge)
}

/// Everything that the terms alone decide.
fn check_terms(terms: &Terms, now: u64, min_patience: u64) -> Result<(), Error> {
    // Nothing is submitted to a challenge that pays by earnings, so nothing can be deposited or shared.
    require(!matches!(terms.payout, Payout::Earnings) || terms.deposit == 0, Error::BadPayout)?;
    times::check(&dates(terms), now, min_patience)?;
    sums::amount(terms.oracle_fee)?;
    sums::amount(terms.deposit)?;
    let most_share = if terms.deposit == 0 { 0 } else { 10_000 };
    require(terms.silence_share <= most_share, Error::BadSilenceShare)?;
    require(terms.step >= 1, Error::BadStep)?;
    require(terms.attempts >= 1 && terms.attempts_per_day >= 1, Error::BadAttempts)?;
    check_cid(&terms.manifest)
}

/// One to five different registered oracles, and a quorum of more than half of them.
fn check_oracles(e: &Env, terms: &Terms) -> Result<(), Error> {
    let oracles = &terms.oracles;
    let n = oracles.len();
    require((1..=MAX_ORACLES).contains(&n), Error::BadOracles)?;
    for (place, oracle) in oracles.iter().enumerate() {
        require(oracles.first_index_of(&oracle) == Some(place as u32), Error::BadOracles)?;
        require(storage::oracle(e, &oracle).is_some(), Error::NotRegistered)?;
    }
    require(terms.quorum > n / 2 && terms.quorum <= n, Error::BadQuorum)
}

fn new_state(e: &Env, oracles: u32, prize: i128, fee_budget: i128) -> State {
    let (mut accepted, mut fees, mut tallies) = (Vec::new(e), Vec::new(e), Vec::new(e));
    for _ in 0..oracles {
        accepted.push_back(0);
        fees.push_back(0);
        tallies.push_back(Tally::default());
    }
    State {
        status: Status::Active,
        accepted,
        submitted: 0,
        finalized: 0,
        escrow: prize,
        reserved: 0,
        fee_budget,
        fees,
        deposits: 0,
        held: 0,
        tallies,
        winners: 0,
        reject_voted: 0,
        unsettled: 0,
        unsettled_eligible: 0,
        ranking: Ranking::Open,
        silence: None,
        ended: 0,
        closed: false,
    }
}

/// Returns the key version that the oracle is bound to from now on.
pub fn accept(e: &Env, oracle: &Address, id: u32) -> u32 {
    let (challenge, mut state) = storage::load(e, id);
    check_not_cancelled(&state).or_fail(e);
    let place = place(&challenge, oracle).or_fail(e);
    require(state.accepted.get(place) == Some(0), Error::AlreadyAccepted).or_fail(e);
    require(e.ledger().timestamp() < challenge.terms.accept_by, Error::AcceptTooLate).or_fail(e);

    let record = storage::oracle(e, oracle).ok_or(Error::NotRegistered).or_fail(e);
    let version = record.versions;
    state.accepted.set(place, version);
    storage::set_state(e, id, &state);
    let accepted = sums::inc(record.accepted).or_fail(e);
    storage::set_oracle(e, oracle, &OracleRecord { accepted, ..record });
    storage::keep_oracle_key(e, oracle, version, challenge.terms.grade_by);
    version
}

pub fn top_up(e: &Env, from: &Address, id: u32, escrow: i128, fees: i128) {
    let (challenge, mut state) = storage::load(e, id);
    check_active(&state).or_fail(e);
    require(e.ledger().timestamp() < challenge.terms.deadline, Error::DeadlinePassed).or_fail(e);
    let fixed = matches!(challenge.terms.payout, Payout::Bounty(_) | Payout::Ranked(_));
    require(sums::amount(escrow).or_fail(e) == 0 || !fixed, Error::EscrowNotTakenHere).or_fail(e);
    let added = sums::add(escrow, sums::amount(fees).or_fail(e)).or_fail(e);
    require(added > 0, Error::BadAmount).or_fail(e);

    state.escrow = sums::more(state.escrow, escrow).or_fail(e);
    state.fee_budget = sums::more(state.fee_budget, fees).or_fail(e);
    storage::set_state(e, id, &state);
    money::pull(e, &challenge.terms.token, from, added);
}

/// Returns what went back to the maker.
pub fn cancel(e: &Env, id: u32) -> i128 {
    let (challenge, mut state) = storage::load(e, id);
    check_not_cancelled(&state).or_fail(e);
    require(!all_accepted(&state), Error::CannotCancel).or_fail(e);
    // The oracles' time to accept is the maker's time to change its mind; after it, nobody needs to be asked.
    if e.ledger().timestamp() < challenge.terms.accept_by {
        challenge.maker.require_auth();
    }

    let refunded = sums::add(state.escrow, state.fee_budget).or_fail(e);
    state.status = Status::Cancelled;
    state.escrow = 0;
    state.fee_budget = 0;
    storage::set_state(e, id, &state);
    let record = storage::maker(e, &challenge.maker);
    let cancelled = sums::inc(record.cancelled).or_fail(e);
    storage::set_maker(e, &challenge.maker, &MakerRecord { cancelled, ..record });
    money::pay(e, &challenge.terms.token, &challenge.maker, refunded);
    refunded
}
