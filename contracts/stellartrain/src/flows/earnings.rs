//! Many small payments: oracles post the root of a Merkle sum tree of cumulative earnings, each labeler claims its own.
use super::{check_cid, phase_now, place};
use crate::errors::{require, Error, OrFail};
use crate::rules::sums::MAX_AMOUNT;
use crate::rules::{fees, sums, MAX_PROOF};
use crate::storage::EpochState;
use crate::types::{Branch, Challenge, Cid, Earnings, Epoch, EpochVote, Sibling, State, Terms};
use crate::{money, storage};
use soroban_sdk::xdr::ToXdr;
use soroban_sdk::{Address, Bytes, BytesN, Env, Vec};

pub struct Posted {
    pub root: BytesN<32>,
    pub total: i128,
    pub quorum: bool,
    /// What the oracles of the quorum earned in total.
    pub fees: i128,
}

pub fn post(e: &Env, oracle: &Address, id: u32, number: u32, left: &Branch, right: &Branch, report: &Cid) -> Posted {
    let (challenge, mut state) = storage::load(e, id);
    let terms = &challenge.terms;
    require(terms.is_earnings(), Error::WrongRule).or_fail(e);
    let place = place(&challenge, oracle).or_fail(e);
    let now = e.ledger().timestamp();
    phase_now(e, &challenge, &state).check_vote(terms, now).or_fail(e);
    check_cid(report).or_fail(e);
    let mut earned = storage::earnings(e, id);
    require(sums::inc(earned.epochs) == Ok(number), Error::WrongEpoch).or_fail(e);
    let (root, total) = node(e, left, right).or_fail(e);
    let most = earned.total + state.purse.escrow;
    require((earned.total..=most).contains(&total), Error::BadTotal).or_fail(e);

    // An oracle may replace its own vote until the quorum.
    let mut votes = storage::epoch_votes(e, id, number);
    if let Some(own) = votes.iter().position(|vote| vote.oracle == place) {
        votes.remove(own as u32);
    }
    votes.push_back(EpochVote { oracle: place, root: root.clone(), total });
    let agreed: Vec<u32> = oracles(e, &votes, &root);
    let mut epoch = EpochState::Open(votes);
    let quorum = agreed.len() >= terms.quorum();
    let mut paid = 0;
    if quorum {
        paid = share_fees(terms, &mut state, &agreed, total - earned.total).or_fail(e);
        sums::take(&mut state.purse.escrow, total - earned.total).or_fail(e);
        earned = Earnings { epochs: number, total, ..earned };
        epoch = EpochState::Posted(Epoch { root: root.clone(), total, time: now });
    }
    // Written in any case, so that a simulation declares them whatever lands before the call.
    storage::set_epoch_state(e, id, number, &epoch, terms.end());
    storage::set_earnings(e, id, &earned);
    storage::set_state(e, id, &state);
    Posted { root, total, quorum, fees: paid }
}

/// The oracles that voted for this root; equal roots have equal sums.
fn oracles(e: &Env, votes: &Vec<EpochVote>, root: &BytesN<32>) -> Vec<u32> {
    let mut agreed = Vec::new(e);
    for vote in votes.iter().filter(|vote| vote.root == *root) {
        agreed.push_back(vote.oracle);
    }
    agreed
}

/// Each oracle of the quorum earns its share of one verdict's fee, if the total rose. Returns all of it.
fn share_fees(terms: &Terms, state: &mut State, oracles: &Vec<u32>, increase: i128) -> Result<i128, Error> {
    let m = terms.quorum();
    let share = fees::epoch_share(increase, state.purse.budget, terms.verdict_fee(), m);
    for oracle in oracles.iter() {
        let earned = state.purse.fees.get(oracle).ok_or(Error::NotAnOracle)?;
        state.purse.fees.set(oracle, earned + share);
    }
    let all = share * i128::from(m);
    sums::take(&mut state.purse.budget, all)?;
    Ok(all)
}

/// Returns what the labeler was sent.
pub fn claim(e: &Env, id: u32, number: u32, labeler: &Address, cumulative: i128, proof: &Vec<Sibling>) -> i128 {
    storage::keep_contract(e);
    let Challenge { terms, .. } = storage::challenge(e, id);
    let epoch = storage::epoch(e, id, number);
    require(proof.len() <= MAX_PROOF, Error::BadProof).or_fail(e);
    let mut branch = leaf(e, id, number, labeler, cumulative);
    for sibling in proof.iter() {
        branch = climb(e, branch, sibling).or_fail(e);
    }
    let proved = branch.hash == epoch.root && branch.sum == epoch.total;
    require(proved, Error::BadProof).or_fail(e);
    let amount = cumulative - storage::claimed(e, id, labeler);
    require(amount > 0, Error::NothingOwed).or_fail(e);
    let earned = storage::earnings(e, id);
    let claimed = earned.claimed + amount;
    require(claimed <= earned.total, Error::BeyondTotal).or_fail(e);

    storage::set_earnings(e, id, &Earnings { claimed, ..earned });
    storage::set_claimed(e, id, labeler, cumulative);
    money::pay(e, &terms.token, labeler, amount);
    amount
}

/// SHA-256(0 ‖ contract ‖ challenge ‖ epoch ‖ labeler ‖ cumulative): integers big-endian, addresses as the XDR of their values.
fn leaf(e: &Env, id: u32, epoch: u32, labeler: &Address, cumulative: i128) -> Branch {
    let mut bytes = Bytes::from_slice(e, &[0]);
    bytes.append(&e.current_contract_address().to_xdr(e));
    bytes.extend_from_array(&id.to_be_bytes());
    bytes.extend_from_array(&epoch.to_be_bytes());
    bytes.append(&labeler.to_xdr(e));
    bytes.extend_from_array(&cumulative.to_be_bytes());
    Branch { hash: e.crypto().sha256(&bytes).to_bytes(), sum: cumulative }
}

/// The parent of a subtree and of the sibling beside it.
fn climb(e: &Env, branch: Branch, sibling: Sibling) -> Result<Branch, Error> {
    let Sibling { hash, sum, left } = sibling;
    let beside = Branch { hash, sum };
    let (hash, sum) =
        if left { node(e, &beside, &branch) } else { node(e, &branch, &beside) }.map_err(|_| Error::BadProof)?;
    Ok(Branch { hash, sum })
}

/// SHA-256(1 ‖ left hash ‖ left sum ‖ right hash ‖ right sum), and both sums. No sum is negative, or it could hide another.
fn node(e: &Env, left: &Branch, right: &Branch) -> Result<(BytesN<32>, i128), Error> {
    let fits = |sum: i128| (0..=MAX_AMOUNT).contains(&sum);
    require(fits(left.sum) && fits(right.sum), Error::BadTotal)?;
    let mut bytes = Bytes::from_slice(e, &[1]);
    for branch in [left, right] {
        bytes.append(branch.hash.as_ref());
        bytes.extend_from_array(&branch.sum.to_be_bytes());
    }
    Ok((e.crypto().sha256(&bytes).to_bytes(), left.sum + right.sum))
}
