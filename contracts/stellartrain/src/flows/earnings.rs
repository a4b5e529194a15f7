//! Many small payments: oracles post a Merkle root of cumulative earnings, each labeler claims its own.
use super::{all_accepted, check_active, check_cid, count_votes, dates, place};
use crate::errors::{require, Error, OrFail};
use crate::rules::{earnings, fees, sums, times};
use crate::types::{Challenge, Cid, Earnings, Epoch, EpochVote, EpochVotes, Payout, State};
use crate::{money, storage};
use soroban_sdk::xdr::ToXdr;
use soroban_sdk::{Address, BytesN, Env, IntoVal, Val, Vec};
use stellar_contract_utils::crypto::{merkle::Verifier, sha256::Sha256};

pub struct Posted {
    /// Earlier votes on this epoch were dropped, for no quorum could come of them.
    pub again: bool,
    pub quorum: bool,
    /// What the oracles of the quorum earned in all.
    pub fees: i128,
}

pub fn post(e: &Env, oracle: &Address, id: u32, number: u32, root: &BytesN<32>, total: i128, report: &Cid) -> Posted {
    let (challenge, mut state) = storage::load(e, id);
    let place = place(&challenge, oracle).or_fail(e);
    check_postable(e, &challenge, &state).or_fail(e);
    check_cid(report).or_fail(e);
    let earned = storage::earnings(e, id);
    require(sums::inc(earned.epochs) == Ok(number), Error::WrongEpoch).or_fail(e);
    let most = sums::add(earned.total, state.escrow).or_fail(e);
    require(total >= earned.total && total <= most, Error::BadTotal).or_fail(e);

    let now = e.ledger().timestamp();
    let same = |vote: &EpochVote| vote.root == *root && vote.total == total;
    let (mut votes, stuck) = open_votes(e, id, &challenge, number, now);
    let voted = votes.iter().any(|vote| vote.oracle == place);
    let quorum = !voted && votes.iter().filter(same).count() as u32 + 1 >= challenge.terms.quorum;
    // A late vote that completes a quorum is no new start.
    let again = stuck && !quorum;
    require(again || !voted, Error::AlreadyPosted).or_fail(e);
    if again {
        votes = Vec::new(e);
    }
    votes.push_back(EpochVote { oracle: place, root: root.clone(), total, time: now });
    let proved = quorum.then_some(&votes).into_iter().flatten().map(|vote| (vote.oracle, same(&vote)));
    count_votes(&mut state, place, proved).or_fail(e);

    let mut fees = 0;
    let mut earned = earned;
    storage::declare_epoch(e, id, number);
    if quorum {
        fees = pay_fees(&challenge, &mut state, &votes, same).or_fail(e);
        state.escrow = sums::take(state.escrow, total - earned.total).or_fail(e);
        earned = Earnings { epochs: number, total, ..earned };
        storage::set_epoch(e, id, number, &Epoch { root: root.clone(), total, time: now }, challenge.terms.grade_by);
    }
    // Written in any case, so that a simulation declares them whatever lands before the call.
    storage::set_earnings(e, id, &earned);
    storage::set_epoch_votes(e, id, &EpochVotes { epoch: number, votes });
    storage::set_state(e, id, &state);
    Posted { again, quorum, fees }
}

fn check_postable(e: &Env, challenge: &Challenge, state: &State) -> Result<(), Error> {
    require(matches!(challenge.terms.payout, Payout::Earnings), Error::WrongRule)?;
    check_active(state)?;
    require(all_accepted(state), Error::NotAccepted)?;
    times::check_grading(&dates(&challenge.terms), e.ledger().timestamp())
}

/// The votes on this epoch so far, and whether they make room for new ones: those that cannot become a quorum any more, or
/// have been waited for long enough, do. A vote is never changed, but an epoch must not be stuck for ever.
fn open_votes(e: &Env, id: u32, challenge: &Challenge, number: u32, now: u64) -> (Vec<EpochVote>, bool) {
    let EpochVotes { epoch, votes } = storage::epoch_votes(e, id);
    if epoch != number {
        return (Vec::new(e), false);
    }
    let last = votes.last().map_or(now, |vote| vote.time);
    let terms = &challenge.terms;
    let stuck = earnings::is_stuck(votes.len(), terms.oracles.len(), terms.quorum, terms.patience, last, now);
    (votes, stuck)
}

/// Each oracle of the quorum earns its fee, as far as the budget goes for all of them.
fn pay_fees(
    challenge: &Challenge,
    state: &mut State,
    votes: &Vec<EpochVote>,
    same: impl Fn(&EpochVote) -> bool,
) -> Result<i128, Error> {
    let terms = &challenge.terms;
    let due = fees::of_quorum(terms.oracle_fee, terms.quorum)?;
    if due == 0 || due > state.fee_budget {
        return Ok(0);
    }
    state.fee_budget = sums::take(state.fee_budget, due)?;
    for vote in votes.iter().filter(same) {
        let earned = state.fees.get(vote.oracle).ok_or(Error::NotAnOracle)?;
        state.fees.set(vote.oracle, sums::add(earned, terms.oracle_fee)?);
    }
    Ok(due)
}

/// Returns what the labeler was sent.
pub fn claim(e: &Env, id: u32, number: u32, labeler: &Address, cumulative: i128, proof: Vec<BytesN<32>>) -> i128 {
    storage::keep_contract(e);
    let challenge = storage::challenge(e, id);
    let Epoch { root, .. } = storage::epoch(e, id, number);
    let leaf = leaf(e, id, number, labeler, cumulative);
    require(Verifier::<Sha256>::verify(e, proof, root, leaf), Error::BadProof).or_fail(e);
    let amount = cumulative.saturating_sub(storage::claimed(e, id, labeler));
    require(amount > 0, Error::NothingOwed).or_fail(e);
    let earned = storage::earnings(e, id);
    let claimed = sums::add(earned.claimed, amount).or_fail(e);
    require(claimed <= earned.total, Error::BeyondTotal).or_fail(e);

    storage::set_earnings(e, id, &Earnings { claimed, ..earned });
    storage::set_claimed(e, id, labeler, cumulative);
    money::pay(e, &challenge.terms.token, labeler, amount);
    amount
}

/// SHA-256 of the XDR of (contract, challenge, epoch, labeler, cumulative). It is longer than two hashes, so no inner node
/// of a tree can pass for it.
fn leaf(e: &Env, id: u32, epoch: u32, labeler: &Address, cumulative: i128) -> BytesN<32> {
    let fields: Val = (e.current_contract_address(), id, epoch, labeler.clone(), cumulative).into_val(e);
    e.crypto().sha256(&fields.to_xdr(e)).to_bytes()
}
