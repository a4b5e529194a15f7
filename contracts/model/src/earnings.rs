//! Thousands of labelers: epochs of cumulative amounts under the root of a Merkle sum tree.
use crate::basics::{require, Address, Amount, MAX_AMOUNT};
use crate::refusal::Refusal;
use std::collections::BTreeMap;

/// A root, as far as the rules see it. On-chain an oracle names the root's two children, each (hash, sum); root and total are
/// computed from them, so the total is always the sum of what lies below, and a proof shows that every sum on its way is right.
/// What can be proved is therefore never more than the total; only a quorum that names a hash of nothing can make it less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// Everything each labeler has earned in this challenge so far.
    pub leaves: BTreeMap<Address, Amount>,
    /// A sum below a hash that nobody can open; honest oracles have none.
    pub blind: Amount,
}

impl Root {
    /// A tree that hides nothing.
    pub fn of(leaves: impl IntoIterator<Item = (Address, Amount)>) -> Root {
        Root { leaves: leaves.into_iter().collect(), blind: 0 }
    }

    /// The root's sum, if every sum in the tree is an amount.
    pub fn total(&self) -> Result<Amount, Refusal> {
        let sums = || self.leaves.values().chain([&self.blind]);
        require(sums().all(|sum| (0..=MAX_AMOUNT).contains(sum)), Refusal::BadTotal)?;
        Ok(sums().sum())
    }

    /// What a proof for this labeler shows.
    pub fn prove(&self, labeler: Address, cumulative: Amount) -> Result<(), Refusal> {
        require(self.leaves.get(&labeler) == Some(&cumulative), Refusal::BadProof)
    }
}

/// The epochs of one challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earnings {
    /// Those with a quorum, from epoch 1.
    pub epochs: Vec<Root>,
    /// The total of the last one.
    pub total: Amount,
    /// Each oracle's root for the next epoch, by its place.
    pub votes: Vec<Option<Root>>,
    /// What each labeler was paid.
    pub claimed: BTreeMap<Address, Amount>,
}

/// An epoch that has its quorum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// The m oracles of the quorum, by their places.
    pub quorum: Vec<usize>,
    /// What moves from the escrow to the earnings, out of reach of every refund.
    pub increase: Amount,
}

impl Earnings {
    /// No epoch yet, of n oracles.
    pub fn none(n: usize) -> Earnings {
        Earnings { epochs: Vec::new(), total: 0, votes: vec![None; n], claimed: BTreeMap::new() }
    }

    /// Whether an oracle's root for an epoch can be taken: epochs follow each other, the total never falls and never exceeds
    /// what was paid in.
    pub fn check(&self, epoch: usize, root: &Root, escrow: Amount) -> Result<Amount, Refusal> {
        require(epoch == self.epochs.len() + 1, Refusal::WrongEpoch)?;
        let total = root.total()?;
        require((self.total..=self.total + escrow).contains(&total), Refusal::BadTotal)?;
        Ok(total)
    }

    /// Takes a root that was checked. An oracle may replace its own until the quorum.
    pub fn vote(&mut self, oracle: usize, root: Root, total: Amount, m: usize) -> Option<Posted> {
        let equal = |vote: &Option<Root>| vote.as_ref() == Some(&root);
        self.votes[oracle] = Some(root.clone());
        let quorum: Vec<usize> = (0..self.votes.len()).filter(|place| equal(&self.votes[*place])).collect();
        if quorum.len() < m {
            return None;
        }
        let increase = total - std::mem::replace(&mut self.total, total);
        self.epochs.push(root);
        self.votes.fill(None);
        Some(Posted { quorum, increase })
    }

    /// What a labeler is paid against any posted epoch: its cumulative amount minus what it already got. It fails where the
    /// claims would exceed the total, which a quorum that lowers somebody's sum can bring about.
    pub fn claimable(&self, epoch: usize, labeler: Address, cumulative: Amount) -> Result<Amount, Refusal> {
        let root = epoch.checked_sub(1).and_then(|at| self.epochs.get(at)).ok_or(Refusal::WrongEpoch)?;
        root.prove(labeler, cumulative)?;
        let amount = cumulative - self.claimed.get(&labeler).copied().unwrap_or(0);
        require(amount > 0, Refusal::NothingOwed)?;
        require(self.paid() + amount <= self.total, Refusal::BeyondTotal)?;
        Ok(amount)
    }

    /// All claims together.
    pub fn paid(&self) -> Amount {
        self.claimed.values().sum()
    }
}

/// What each oracle of an epoch's quorum earns: a fee only if the total rose, as far as the budget goes, in equal shares; what
/// does not divide stays, and an empty budget blocks no epoch.
pub fn fee_share(increase: Amount, budget: Amount, verdict_fee: Amount, m: usize) -> Amount {
    if increase > 0 {
        budget.min(verdict_fee) / m as Amount
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Address = Address(1);
    const B: Address = Address(2);

    #[test]
    fn totals_rise_to_what_was_paid_in_and_epochs_follow_each_other() {
        let mut it = Earnings::none(1);
        let root = |a, b| Root::of([(A, a), (B, b)]);
        assert_eq!(it.check(2, &root(1, 1), 10), Err(Refusal::WrongEpoch));
        assert_eq!(it.check(1, &root(10, 1), 10), Err(Refusal::BadTotal));
        assert_eq!(it.check(1, &root(11, -1), 10), Err(Refusal::BadTotal), "every sum in a proof is an amount");
        assert_eq!(it.check(1, &root(4, 1), 10), Ok(5));
        assert_eq!(it.vote(0, root(4, 1), 5, 1), Some(Posted { quorum: vec![0], increase: 5 }));
        assert_eq!(it.check(1, &root(4, 1), 5), Err(Refusal::WrongEpoch));
        assert_eq!(it.check(2, &root(4, 0), 5), Err(Refusal::BadTotal), "the total never falls");
        assert_eq!(it.check(2, &root(10, 0), 5), Ok(10));
        assert_eq!(it.check(2, &root(4, 1), 5), Ok(5));
    }

    #[test]
    fn a_root_is_replaced_until_the_quorum() {
        let mut it = Earnings::none(3);
        let (wrong, right) = (Root::of([(A, 6)]), Root::of([(A, 5)]));
        assert_eq!(it.vote(0, wrong.clone(), 6, 2), None);
        assert_eq!(it.vote(1, right.clone(), 5, 2), None);
        assert_eq!(it.vote(0, right.clone(), 5, 2), Some(Posted { quorum: vec![0, 1], increase: 5 }));
        assert_eq!(it.votes, [None, None, None]);
        let blind = Root { blind: 1, ..wrong };
        assert_ne!(blind, right);
        assert_eq!(blind.total(), Ok(7));
    }

    #[test]
    fn claims_are_paid_once_and_never_beyond_the_total() {
        let mut it = Earnings::none(1);
        it.vote(0, Root::of([(A, 4), (B, 1)]), 5, 1);
        it.vote(0, Root::of([(A, 4), (B, 2)]), 6, 1);
        assert_eq!(it.claimable(3, A, 4), Err(Refusal::WrongEpoch));
        assert_eq!(it.claimable(0, A, 4), Err(Refusal::WrongEpoch));
        assert_eq!(it.claimable(1, A, 5), Err(Refusal::BadProof));
        assert_eq!(it.claimable(1, A, 4), Ok(4));
        it.claimed.insert(A, 4);
        assert_eq!(it.claimable(2, A, 4), Err(Refusal::NothingOwed));
        it.claimed.insert(B, 1);
        assert_eq!(it.claimable(2, B, 2), Ok(1));
        it.vote(0, Root::of([(A, 0), (B, 7)]), 7, 1);
        assert_eq!(it.claimable(3, B, 7), Err(Refusal::BeyondTotal), "A's sum was lowered after A was paid");
    }

    #[test]
    fn the_fee_of_an_epoch_needs_a_rise_and_never_blocks() {
        assert_eq!(fee_share(0, 100, 6, 2), 0);
        assert_eq!(fee_share(1, 100, 6, 2), 3);
        assert_eq!(fee_share(1, 5, 6, 2), 2);
        assert_eq!(fee_share(1, 0, 6, 2), 0);
    }
}
