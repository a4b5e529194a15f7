//! Epochs of earnings and the claims on them.
use super::fields::Fields;
use super::told::{fee, Told};
extern crate std;
use crate::types::*;
use soroban_sdk::{Address, BytesN};

impl Told {
    pub fn earnings_posted(&mut self, f: &Fields, now: u64) {
        let (place, epoch): (u32, u32) = (self.place(&f.topic(2)), f.get("epoch"));
        let (root, total): (BytesN<32>, i128) = (f.get("root"), f.get("total"));
        let (left, right): (Branch, Branch) = (f.get("left"), f.get("right"));
        let node = crate::test::tree::parent((left.hash.to_array(), left.sum), (right.hash.to_array(), right.sum));
        assert_eq!((root.to_array(), total), node, "the root of its children");
        assert_eq!(epoch, self.earnings.epochs + 1);
        self.epoch_votes.retain(|vote| vote.0 != place);
        self.epoch_votes.push((place, root.clone(), total));
        let equal: std::vec::Vec<u32> =
            self.epoch_votes.iter().filter(|vote| vote.1 == root).map(|vote| vote.0).collect();
        assert_eq!(f.get::<bool>("quorum"), equal.len() >= self.m());
        let mut fees = 0;
        if equal.len() >= self.m() {
            let rise = total - self.earnings.total;
            let m = self.m() as i128;
            let share = if rise > 0 { self.state.purse.budget.min(fee(&self.terms)) / m } else { 0 };
            for place in equal {
                self.fees[place as usize] += share;
                fees += share;
            }
            self.state.purse.budget -= fees;
            self.state.purse.escrow -= rise;
            self.earnings = Earnings { epochs: epoch, total, ..self.earnings.clone() };
            self.epochs.push(Epoch { root, total, time: now });
            self.epoch_votes.clear();
        }
        assert_eq!(f.get::<i128>("fees"), fees);
    }

    pub fn claimed(&mut self, f: &Fields) {
        let (labeler, amount, cumulative): (Address, i128, i128) = (f.topic(2), f.get("amount"), f.get("cumulative"));
        let before = self.claims.insert(labeler, cumulative).unwrap_or(0);
        assert!(amount > 0 && before + amount == cumulative, "nothing is claimed twice");
        self.earnings.claimed += amount;
    }
}
