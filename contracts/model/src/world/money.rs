//! Earnings and fees: what is counted first and taken later.
use super::{Answer, World};
use crate::basics::{require, Address, Amount};
use crate::earnings::{fee_share, Root};
use crate::event::Event;
use crate::refusal::Refusal;

impl World {
    /// An oracle's root for the next epoch, in [`opens`, `grade_by`). At the quorum the increase moves from the escrow to the
    /// earnings, and if the total rose the oracles of the quorum share a fee.
    pub(super) fn post_earnings(&mut self, by: Address, id: usize, epoch: usize, root: &Root) -> Answer {
        let challenge = self.challenge(id)?;
        let terms = &challenge.terms;
        require(terms.is_earnings(), Refusal::WrongRule)?;
        let oracle = terms.oracle(by)?;
        challenge.phase(self.now).check_vote(terms, self.now)?;
        let total = challenge.earnings.check(epoch, root, challenge.purse.escrow)?;

        let challenge = &mut self.challenges[id];
        let (m, fee) = (challenge.terms.m(), challenge.terms.verdict_fee());
        let mut events = vec![Event::RootPosted(by, epoch)];
        if let Some(posted) = challenge.earnings.vote(oracle, root.clone(), total, m) {
            let purse = &mut challenge.purse;
            let share = fee_share(posted.increase, purse.budget, fee, m);
            purse.escrow -= posted.increase;
            purse.earned += posted.increase;
            purse.budget -= share * m as Amount;
            posted.quorum.iter().for_each(|place| purse.fees[*place] += share);
            events.push(Event::EpochPosted(epoch, share * m as Amount));
        }
        Ok(events)
    }

    /// Pays a labeler against any posted epoch, for ever; anyone may call.
    pub(super) fn claim(&mut self, id: usize, epoch: usize, labeler: Address, cumulative: Amount) -> Answer {
        let challenge = self.challenge(id)?;
        let amount = challenge.earnings.claimable(epoch, labeler, cumulative)?;
        let token = challenge.terms.token;
        require(self.bank.send(token, labeler, amount), Refusal::TransferFailed)?;
        let challenge = &mut self.challenges[id];
        *challenge.earnings.claimed.entry(labeler).or_default() += amount;
        challenge.purse.earned -= amount;
        Ok(vec![Event::Paid(labeler, amount)])
    }

    /// Sends an oracle what it earned in a challenge; anyone may call.
    pub(super) fn withdraw_fees(&mut self, id: usize, oracle: Address) -> Answer {
        let challenge = self.challenge(id)?;
        let place = challenge.terms.oracle(oracle)?;
        let amount = challenge.purse.fees[place];
        require(amount > 0, Refusal::NothingOwed)?;
        require(self.bank.send(challenge.terms.token, oracle, amount), Refusal::TransferFailed)?;
        self.challenges[id].purse.fees[place] = 0;
        Ok(vec![Event::Paid(oracle, amount)])
    }
}
