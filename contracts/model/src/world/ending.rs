//! The end of a challenge: the maker's rest, the opened truth, the records.
use super::{Answer, World};
use crate::basics::{require, Address};
use crate::challenge::Challenge;
use crate::close;
use crate::event::Event;
use crate::phase::Phase;
use crate::ranking;
use crate::records::can_fold;
use crate::refusal::Refusal;
use crate::terms::Payout;

impl World {
    /// Sends the maker the free fee budget and the prize that nobody can win any more; anyone may call, and again. Where the
    /// maker cannot be paid the money stays, and the records are folded all the same.
    pub(super) fn close(&mut self, id: usize) -> Answer {
        let now = self.now;
        self.challenge(id)?.phase(now).check_close()?;
        let challenge = &mut self.challenges[id];
        let mut events: Vec<Event> = challenge.redue(now).into_iter().collect();
        // The fees of a ranking come back where no oracle quorum earned them.
        if challenge.is_over(now) && challenge.rankings.placed != Some(ranking::By::Oracles) {
            challenge.purse.budget += std::mem::take(&mut challenge.purse.ranking_fees);
        }
        let epochs_may_come = challenge.terms.is_earnings() && now < challenge.terms.grade_by;
        let prize = challenge.purse.escrow - challenge.keep(now);
        let amount = prize + if epochs_may_come { 0 } else { challenge.purse.budget };
        let maker = challenge.terms.maker;
        if amount > 0 && self.bank.send(challenge.terms.token, maker, amount) {
            challenge.purse.escrow -= prize;
            challenge.purse.budget -= amount - prize;
            events.extend([Event::Closed(amount), Event::Paid(maker, amount)]);
        }
        events.extend(self.fold(id));
        Ok(events)
    }

    /// Opens the truth after the end, where the terms promise it. Maker and oracles have a slot each; which of them matches the
    /// commitment in the terms is for everyone to check.
    pub(super) fn reveal(&mut self, by: Address, id: usize) -> Answer {
        let challenge = self.challenge(id)?;
        let terms = &challenge.terms;
        let slot = if by == terms.maker { 0 } else { terms.oracle(by)? + 1 };
        let over = matches!(challenge.phase(self.now), Phase::Over | Phase::Ended);
        require(terms.opens_truth && over && !challenge.revealed[slot], Refusal::CannotReveal)?;
        let challenge = &mut self.challenges[id];
        challenge.revealed[slot] = true;
        if slot == 0 && challenge.folded {
            self.makers.entry(by).or_default().unopened -= 1;
        }
        Ok(vec![Event::Revealed(by)])
    }

    /// Folds the records of maker and oracles, once, as soon as nothing can change them.
    pub(super) fn fold(&mut self, id: usize) -> Option<Event> {
        let now = self.now;
        let challenge = &mut self.challenges[id];
        let closed = challenge.ended || now >= challenge.terms.deadline;
        let (open, over) = (challenge.open(), challenge.is_over(now));
        if challenge.folded || !can_fold(closed, over, challenge.ended, open, challenge.decided, challenge.kept) {
            return None;
        }
        challenge.folded = true;
        let undecided = if challenge.ended { 0 } else { open as u32 };
        for (oracle, tally) in challenge.terms.oracles.iter().zip(&challenge.tallies) {
            self.oracles.entry(*oracle).or_default().fold(tally, undecided);
        }
        let record = self.makers.entry(challenge.terms.maker).or_default();
        if undecided == 0 && challenge.unsettled == 0 {
            record.decided += 1;
        } else {
            record.undecided += 1;
        }
        record.unopened += u32::from(challenge.terms.opens_truth && !challenge.revealed[0]);
        Some(Event::Folded)
    }
}

impl Challenge {
    /// The part of the escrow that somebody can still win.
    pub fn keep(&self, now: u64) -> i128 {
        let over = self.is_over(now);
        let contenders = close::contenders(self.ended, over, self.open(), self.decided, self.kept);
        match &self.terms.payout {
            Payout::Bounty { reward, winners } => close::bounty(*reward, *winners, self.board.due, contenders),
            Payout::Ranked { prizes } => {
                let scored = if over { self.rankings.table.len() } else { self.scored };
                close::ranked(prizes, self.rankings.placed.is_some(), scored, contenders)
            }
            Payout::PerUnit { .. } => 0,
            Payout::Earnings => close::earnings(self.purse.escrow, now < self.terms.grade_by),
        }
    }
}
