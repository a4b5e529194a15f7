//! A challenge comes into being: creation, acceptance, more money, or everything back.
use super::{check_cid, phase_now, place};
use crate::errors::{require, Error, OrFail};
use crate::rules::{sums, terms as rules, MAX_SHARES};
use crate::types::{Challenge, MakerRecord, OracleRecord, Payout, Phase, Purse, Ranking, State, Tally, Terms};
use crate::{money, storage};
use soroban_sdk::{Address, Bytes, BytesN, Env, Vec};

/// Returns the new challenge's number, and the challenge.
pub fn create(e: &Env, maker: Address, terms: Terms, prize: i128, fee_budget: i128) -> (u32, Challenge) {
    let now = e.ledger().timestamp();
    rules::check(&terms, prize, fee_budget, now, &storage::config(e)).or_fail(e);
    check_cid(&terms.manifest).or_fail(e);
    let challenge = Challenge { maker, created: now, terms };
    check_people(e, &challenge).or_fail(e);
    storage::keep_contract(e);

    let Challenge { maker, terms, .. } = &challenge;
    let id = storage::add_challenge(e, &challenge, &new_state(e, terms, prize, fee_budget));
    let record = storage::maker(e, maker);
    let challenges = sums::inc(record.challenges).or_fail(e);
    storage::set_maker(e, maker, &MakerRecord { challenges, ..record });

    money::pull(e, &terms.token, maker, prize + fee_budget);
    (id, challenge)
}

/// Different registered oracles; a judge who is neither the maker nor one of them, and none where no one can judge.
fn check_people(e: &Env, challenge: &Challenge) -> Result<(), Error> {
    let Challenge { maker, terms, .. } = challenge;
    for (place, oracle) in terms.oracles.iter().enumerate() {
        require(terms.oracles.first_index_of(&oracle) == Some(place as u32), Error::BadOracles)?;
        require(storage::oracle(e, &oracle).is_some(), Error::NotRegistered)?;
    }
    let Some(judge) = &terms.judge else { return Ok(()) };
    let partial = judge.address == *maker || terms.oracles.contains(&judge.address);
    require(!partial && !terms.is_earnings(), Error::BadJudge)
}

fn new_state(e: &Env, terms: &Terms, prize: i128, fee_budget: i128) -> State {
    let (mut accepted, mut fees, mut tallies) = (Vec::new(e), Vec::new(e), Vec::new(e));
    for _ in 0..terms.oracles.len() {
        accepted.push_back(0);
        fees.push_back(0);
        tallies.push_back(Tally::default());
    }
    let ranking_fees = if terms.is_ranked() { terms.verdict_fee() } else { 0 };
    State {
        cancelled: false,
        ended: 0,
        accepted,
        key: None,
        submitted: 0,
        concluded: 0,
        decided: 0,
        head: 0,
        kept: 0,
        due: 0,
        rows: 0,
        scored: 0,
        unsettled: 0,
        ranking: Ranking::Open,
        ranked: 0,
        judge_ranked: false,
        purse: Purse {
            escrow: prize,
            reserved: 0,
            prizes: 0,
            budget: fee_budget - ranking_fees,
            held_fees: 0,
            ranking_fees,
            fees,
            deposits: 0,
            carried: 0,
            owed: 0,
        },
        tallies,
        folded: false,
        unopened: false,
    }
}

/// Returns the key version that the oracle is bound to from now on.
pub fn accept(e: &Env, oracle: &Address, id: u32, key: &BytesN<32>, shares: &Bytes) -> u32 {
    let (challenge, mut state) = storage::load(e, id);
    require(!state.cancelled, Error::Cancelled).or_fail(e);
    let place = place(&challenge, oracle).or_fail(e);
    require(state.accepted.get(place) == Some(0), Error::AlreadyAccepted).or_fail(e);
    require(e.ledger().timestamp() < challenge.terms.accept_by, Error::AcceptTooLate).or_fail(e);
    check_key(&state, place, key, shares).or_fail(e);

    let end = challenge.terms.end();
    if place == 0 {
        state.key = Some(key.clone());
        storage::set_shares(e, id, shares, end);
    }
    let record = storage::oracle(e, oracle).ok_or(Error::NotRegistered).or_fail(e);
    let version = record.versions;
    state.accepted.set(place, version);
    storage::set_state(e, id, &state);
    let accepted = sums::inc(record.accepted).or_fail(e);
    storage::set_oracle(e, oracle, &OracleRecord { accepted, ..record });
    storage::keep_oracle_key(e, oracle, version, end);
    version
}

/// The first oracle makes the challenge key and brings its shares; the others name the same key.
fn check_key(state: &State, place: u32, key: &BytesN<32>, shares: &Bytes) -> Result<(), Error> {
    if place == 0 {
        return require((1..=MAX_SHARES).contains(&shares.len()), Error::BadShares);
    }
    let made = state.key.as_ref().ok_or(Error::KeyNotMade)?;
    require(shares.is_empty(), Error::BadShares)?;
    require(made == key, Error::WrongKey)
}

pub fn top_up(e: &Env, from: &Address, id: u32, escrow: i128, fees: i128) {
    let (challenge, mut state) = storage::load(e, id);
    phase_now(e, &challenge, &state).check_top_up().or_fail(e);
    let fixed = matches!(challenge.terms.payout, Payout::Bounty(_) | Payout::Ranked(_));
    require(sums::amount(escrow).or_fail(e) == 0 || !fixed, Error::EscrowNotTakenHere).or_fail(e);
    let added = escrow + sums::amount(fees).or_fail(e);
    require(added > 0, Error::BadAmount).or_fail(e);

    let purse = &mut state.purse;
    purse.escrow = sums::amount(purse.escrow + escrow).or_fail(e);
    purse.budget = sums::amount(purse.budget + fees).or_fail(e);
    storage::set_state(e, id, &state);
    money::pull(e, &challenge.terms.token, from, added);
}

/// Returns what went back to the maker.
pub fn cancel(e: &Env, id: u32) -> i128 {
    let (challenge, mut state) = storage::load(e, id);
    match phase_now(e, &challenge, &state) {
        Phase::Cancelled => Err(Error::Cancelled).or_fail(e),
        // The oracles' time to accept is the maker's time to change its mind; after it, no one needs to be asked.
        Phase::Accepting => challenge.maker.require_auth(),
        Phase::Lapsed => {}
        _ => Err(Error::CannotCancel).or_fail(e),
    }
    let purse = &mut state.purse;
    let refunded = purse.escrow + purse.budget + purse.ranking_fees;
    (purse.escrow, purse.budget, purse.ranking_fees) = (0, 0, 0);
    state.cancelled = true;
    storage::set_state(e, id, &state);
    let record = storage::maker(e, &challenge.maker);
    let cancelled = sums::inc(record.cancelled).or_fail(e);
    storage::set_maker(e, &challenge.maker, &MakerRecord { cancelled, ..record });
    money::pay(e, &challenge.terms.token, &challenge.maker, refunded);
    refunded
}
