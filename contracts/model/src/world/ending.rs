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
    /// maker cannot be paid the money stays, and the records grow all the same.
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
        let may = challenge.may_open(self.now) && !challenge.revealed[slot];
        require(may, Refusal::CannotReveal)?;
        let challenge = &mut self.challenges[id];
        challenge.revealed[slot] = true;
        if slot == 0 && challenge.unopened {
            self.makers.entry(by).or_default().unopened -= 1;
        }
        Ok(vec![Event::Revealed(by)])
    }

    /// Moves what happened since the last time into the records of maker and oracles. The challenge itself counts in them once,
    /// when no other verdict can come; that its truth is not opened counts once, when its maker may have opened it.
    fn fold(&mut self, id: usize) -> Option<Event> {
        let now = self.now;
        let challenge = &mut self.challenges[id];
        let closed = challenge.ended || now >= challenge.terms.deadline;
        let (open, over) = (challenge.open(), challenge.is_over(now));
        let is_final = can_fold(closed, over, challenge.ended, open, challenge.decided, challenge.kept);
        let first = is_final && !challenge.folded;
        challenge.folded |= first;
        if !challenge.folded {
            return None;
        }
        let undecided = if first && !challenge.ended { open as u32 } else { 0 };
        let mut grown = first;
        for (oracle, tally) in challenge.terms.oracles.iter().zip(&mut challenge.tallies) {
            let record = self.oracles.entry(*oracle).or_default();
            grown |= record.fold(tally, undecided);
            record.folded += u32::from(first);
        }
        let record = self.makers.entry(challenge.terms.maker).or_default();
        let all_decided = undecided == 0 && challenge.unsettled == 0;
        record.decided += u32::from(first && all_decided);
        record.undecided += u32::from(first && !all_decided);
        let unopened = challenge.may_open(now) && !challenge.revealed[0];
        if unopened && !std::mem::replace(&mut challenge.unopened, true) {
            record.unopened += 1;
            grown = true;
        }
        grown.then_some(Event::Folded)
    }
}

impl Challenge {
    /// Whether its truth may be opened: the terms promise it, and nothing that it could tell can be used any more.
    fn may_open(&self, now: u64) -> bool {
        self.terms.opens_truth && matches!(self.phase(now), Phase::Over | Phase::Ended)
    }

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
