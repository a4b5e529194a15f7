//! Submissions become final and are paid.
use super::{grading::check_batch, Answer, World};
use crate::basics::{require, Amount, Number, Time};
use crate::challenge::{Challenge, Status};
use crate::event::Event;
use crate::fees::{bill, Paid};
use crate::queue::{step, Ending, Step};
use crate::ranking::{self, Place};
use crate::records;
use crate::refusal::Refusal;
use crate::terms::Payout;
use crate::verdict::{By, Verdict};

impl World {
    /// Concludes what can be, in the order given, and skips the rest; anyone may call at any time. Who settles may mark a
    /// payment `hold`; a transfer that fails is held too and never fails the batch.
    pub(super) fn settle(&mut self, id: usize, numbers: &[(Number, bool)]) -> Answer {
        let challenge = self.challenge(id)?;
        challenge.phase(self.now).check_settle()?;
        let named: Vec<Number> = numbers.iter().map(|(number, _)| *number).collect();
        check_batch(challenge, &named)?;
        Ok(self.settle_checked(id, numbers))
    }

    /// The same for a batch that was checked. A solver gets one transfer for all that a batch concludes of its own.
    pub(super) fn settle_checked(&mut self, id: usize, numbers: &[(Number, bool)]) -> Vec<Event> {
        let now = self.now;
        let challenge = &mut self.challenges[id];
        let mut events = Vec::new();
        let mut pay = Vec::new();
        for (number, hold) in numbers {
            if challenge.settle_one(*number, now, &mut events) {
                pay.push((*number, *hold));
            }
        }
        events.extend(self.pay_batch(id, &pay));
        events
    }

    fn pay_batch(&mut self, id: usize, concluded: &[(Number, bool)]) -> Vec<Event> {
        let challenge = &mut self.challenges[id];
        let token = challenge.terms.token;
        let mut events = Vec::new();
        let mut left: Vec<Number> = Vec::new();
        for (number, hold) in concluded {
            match challenge.owed(*number) {
                0 => {}
                amount if *hold => events.push(Event::Held(*number, amount)),
                _ => left.push(*number),
            }
        }
        while let Some(first) = left.first() {
            let solver = challenge.submissions[*first as usize - 1].solver;
            let own = |number: &Number| challenge.submissions[*number as usize - 1].solver == solver;
            let (mine, others): (Vec<Number>, Vec<Number>) = left.iter().partition(|number| own(number));
            let amount = mine.iter().map(|number| challenge.owed(*number)).sum();
            if self.bank.send(token, solver, amount) {
                mine.iter().for_each(|number| challenge.paid(*number));
                events.push(Event::Paid(solver, amount));
            } else {
                events.extend(mine.iter().map(|number| Event::Held(*number, challenge.owed(*number))));
            }
            left = others;
        }
        events
    }

    /// Pays all that a submission is still owed; anyone may call. From the end on, and in a bounty that has ended, it also
    /// writes what was not concluded, so that no amount waits for another call.
    pub(super) fn release_payment(&mut self, id: usize, number: Number) -> Answer {
        let now = self.now;
        let challenge = self.challenge(id)?;
        challenge.phase(now).check_settle()?;
        require(challenge.submission(number).is_some(), Refusal::NoSubmission)?;
        let mut challenge = challenge.clone();
        let mut events: Vec<Event> = challenge.redue(now).into_iter().collect();
        let written = (challenge.is_over(now) || challenge.ended) && challenge.settle_one(number, now, &mut events);
        let amount = challenge.owed(number);
        require(amount > 0 || written, Refusal::NothingOwed)?;
        let solver = challenge.submissions[number as usize - 1].solver;
        if amount > 0 {
            require(self.bank.send(challenge.terms.token, solver, amount), Refusal::TransferFailed)?;
            challenge.paid(number);
            events.push(Event::Paid(solver, amount));
        }
        self.challenges[id] = challenge;
        Ok(events)
    }
}

impl Challenge {
    /// Takes one step with a submission; says whether it was concluded.
    fn settle_one(&mut self, number: Number, now: Time, events: &mut Vec<Event>) -> bool {
        if self.submissions[number as usize - 1].is_concluded() {
            return false;
        }
        match step(&self.view(number, now)) {
            Step::Conclude { ending, queued } => {
                self.head += Number::from(queued);
                self.conclude(number, &ending, now, events);
                return true;
            }
            Step::PassOver => {
                self.head += 1;
                self.submissions[number as usize - 1].passed = true;
                events.push(Event::PassedOver(number));
            }
            Step::Nothing => {}
        }
        self.keep_place(number);
        false
    }

    /// Makes a submission final: counters, fees, what it brings, and whose prizes are due by it.
    fn conclude(&mut self, number: Number, ending: &Ending, now: Time, events: &mut Vec<Event>) {
        let it = &mut self.submissions[number as usize - 1];
        self.kept -= usize::from(std::mem::take(&mut it.kept));
        if it.votes.decision.is_some() && !self.ended {
            self.decided -= 1;
        }
        self.concluded += 1;
        self.scored += usize::from(matches!(ending.verdict(), Some(Verdict::Scored { .. })));
        self.unsettled += usize::from(*ending == Ending::Unsettled);
        it.status = Status::of(ending);
        it.quorum = records::quorum(ending);
        events.push(Event::Concluded(number, it.status));
        for (place, tally) in self.tallies.iter_mut().enumerate() {
            tally.conclude(place, &it.votes, ending, self.folded);
        }
        self.charge(number, ending);
        match self.terms.payout {
            Payout::PerUnit { rate, .. } => self.pay_units(number, rate),
            Payout::Ranked { .. } | Payout::Bounty { .. } => self.award(number),
            Payout::Earnings => {}
        }
        events.extend(self.redue(now));
        if let Payout::Bounty { winners, .. } = self.terms.payout {
            self.ended |= self.board.rows.len() == winners && !self.is_over(now);
        }
    }

    /// The fees of the quorum, and what comes back to the solver.
    fn charge(&mut self, number: Number, ending: &Ending) {
        let (fee, deposit) = (self.terms.verdict_fee(), self.terms.deposit);
        let it = &mut self.submissions[number as usize - 1];
        let faulty = matches!(ending.verdict(), Some(Verdict::Rejected(_) | Verdict::Unavailable));
        let quorum: &[usize] = match ending {
            Ending::Decided(decision) => match &decision.by {
                By::Quorum(oracles) => oracles,
                By::Judge => &[],
            },
            _ => &[],
        };
        let bill = bill(Paid { carry: it.carry, deposit }, if quorum.is_empty() { 0 } else { fee }, faulty);
        let purse = &mut self.purse;
        if it.carry == 0 {
            purse.held_fees -= fee;
            purse.budget += fee;
        }
        purse.budget -= bill.budget;
        purse.carried -= it.carry;
        purse.deposits -= deposit;
        quorum.iter().for_each(|place| purse.fees[*place] += self.terms.oracle_fee);
        it.owed += bill.back;
        purse.owed += bill.back;
    }

    /// A batch's reservation comes free: what was accepted is paid, the rest returns to the escrow.
    fn pay_units(&mut self, number: Number, rate: Amount) {
        let it = &mut self.submissions[number as usize - 1];
        let all = rate * Amount::from(it.units);
        let paid = match it.status {
            Status::Scored { units, .. } => rate * Amount::from(units),
            _ => 0,
        };
        self.purse.reserved -= all;
        self.purse.escrow += all - paid;
        self.purse.owed += paid;
        it.owed += paid;
    }

    /// What reaches the threshold enters the board of a bounty or the running table of a competition.
    fn award(&mut self, number: Number) {
        let it = &self.submissions[number as usize - 1];
        let Status::Scored { score, .. } = it.status else { return };
        if !self.terms.meets(score) {
            return;
        }
        match &self.terms.payout {
            Payout::Bounty { winners, .. } => self.board.enter(it.row(), *winners),
            Payout::Ranked { prizes } if self.rankings.placed.is_none() => {
                let place = Place { solver: it.solver, number, score };
                ranking::enter(&mut self.rankings.table, place, prizes.len(), self.terms.direction);
            }
            _ => {}
        }
    }

    /// Sets the prizes aside that are due now.
    pub(super) fn redue(&mut self, now: Time) -> Option<Event> {
        match &self.terms.payout {
            Payout::Bounty { reward, winners } => {
                let more = self.board.redue(*winners, self.claims(now)) as Amount * reward;
                self.purse.escrow -= more;
                self.purse.prizes += more;
                None
            }
            Payout::Ranked { .. } => {
                let (by, rows) = self.rankings.due(self.is_over(now), self.decided)?;
                let rows = rows.to_vec();
                Some(self.place(by, rows))
            }
            _ => None,
        }
    }

    /// Sets the prizes of a ranking aside.
    pub(super) fn place(&mut self, by: ranking::By, rows: Vec<Place>) -> Event {
        let Payout::Ranked { prizes } = &self.terms.payout else { unreachable!("only a competition is ranked") };
        let prize = self.rankings.place(by, rows.clone(), prizes);
        self.purse.escrow -= prize;
        self.purse.prizes += prize;
        Event::Ranked(by, rows)
    }

    /// All that a submission is owed now: its prize, if it is due, and what comes back.
    pub fn owed(&self, number: Number) -> Amount {
        self.prize_due(number) + self.submissions[number as usize - 1].owed
    }

    /// All that a submission was owed has been sent.
    fn paid(&mut self, number: Number) {
        let prize = self.prize_due(number);
        let it = &mut self.submissions[number as usize - 1];
        it.prize_paid |= prize > 0;
        self.purse.prizes -= prize;
        self.purse.owed -= std::mem::take(&mut it.owed);
    }
}
