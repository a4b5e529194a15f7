//! Epochs of earnings and the claims on them.
extern crate std;
use super::challenge::Told;
use super::fields::Fields;
use crate::types::*;
use soroban_sdk::Address;

impl Told {
    /// Whether an oracle may vote for an epoch with this total.
    pub fn may_post(&self, place: u32, epoch: u32, total: i128, now: u64) -> bool {
        let right = matches!(self.terms.payout, Payout::Earnings) && self.grades(now);
        // Epochs follow each other; what was earned is never less than before, and never more than was paid in.
        let (next, earned) = (self.earnings.epochs + 1, self.earnings.total);
        let bounded = earned <= total && total <= earned + self.plain.escrow;
        let voted = self.epoch_votes.iter().any(|vote| vote.oracle == place);
        right && epoch == next && bounded && (!voted || self.epoch_is_stuck(now))
    }

    pub fn earnings_posted(&mut self, f: &Fields, now: u64) {
        let place = self.place(&f.topic(2));
        let (epoch, total): (u32, i128) = (f.get("epoch"), f.get("total"));
        assert!(self.may_post(place, epoch, total, now), "epoch {epoch} of {total}");
        let vote = EpochVote { oracle: place, root: f.get("root"), total, time: now };
        let same = |other: &EpochVote| (&other.root, other.total) == (&vote.root, total);
        let others = self.epoch_votes.iter().filter(|other| same(other)).count() as u32;
        let voted = self.epoch_votes.iter().any(|other| other.oracle == place);
        let mut quorum = others + 1 >= self.terms.quorum && !voted;
        // A quorum is looked for before the votes make room for new ones; a vote that was cast is never changed.
        let again = self.epoch_is_stuck(now) && !quorum;
        assert_eq!(f.get::<bool>("again"), again);
        if again {
            self.epoch_votes.clear();
            quorum = self.terms.quorum == 1;
        }
        assert_eq!(f.get::<bool>("quorum"), quorum);
        assert!(self.epoch_votes.iter().all(|vote| vote.oracle != place), "one vote each");
        self.epoch_votes.push(vote.clone());
        self.plain.tallies[place as usize].votes += 1;
        let mut fees = 0;
        if quorum {
            let due = self.terms.oracle_fee * i128::from(self.terms.quorum);
            fees = if due <= self.plain.fee_budget { due } else { 0 };
            self.plain.fee_budget -= fees;
            for other in std::mem::take(&mut self.epoch_votes) {
                let (right, place) = (same(&other), other.oracle as usize);
                let tally = &mut self.plain.tallies[place];
                *(if right { &mut tally.agreed } else { &mut tally.disagreed }) += 1;
                self.plain.fees[place] += if right && fees > 0 { self.terms.oracle_fee } else { 0 };
            }
            self.plain.escrow -= total - self.earnings.total;
            self.earnings.epochs = epoch;
            self.earnings.total = total;
            self.epochs.push(Epoch { root: vote.root, total, time: now });
        }
        assert_eq!(f.get::<i128>("fees"), fees);
    }

    /// No quorum can come of these votes, or it was waited for long enough.
    fn epoch_is_stuck(&self, now: u64) -> bool {
        let votes = self.epoch_votes.len();
        let waited = self.epoch_votes.last().is_some_and(|last| now >= last.time + self.terms.patience);
        votes == self.oracles.len() || votes >= self.terms.quorum as usize && waited
    }

    pub fn claimed(&mut self, labeler: &Address, epoch: u32, amount: i128, cumulative: i128) {
        assert!(epoch >= 1 && epoch <= self.earnings.epochs, "claims are against what has its quorum");
        let before = self.claims.insert(labeler.clone(), cumulative).unwrap_or(0);
        assert!(amount > 0 && before + amount == cumulative, "nothing is claimed twice");
        self.earnings.claimed += amount;
        assert!(self.earnings.claimed <= self.earnings.total);
    }
}
