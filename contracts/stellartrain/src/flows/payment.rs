//! What a batch sends: one transfer to each solver, and what fails is held.
use super::batch::Batch;
use crate::board::Solver;
use crate::entry::{Entry, HELD, PRIZE_PAID};
use crate::errors::Error;
use crate::money;
use crate::rules::fees::{bill, Bill};
use crate::rules::verdict::OPEN;
use crate::rules::{payout, sums};
use crate::storage;
use crate::types::{Payout, Terms, Verdict};
use alloc::vec::Vec as List;

impl Batch<'_> {
    /// All that a submission is owed now: its prize, if it is due and was not sent, and what comes back with the pay of a
    /// batch.
    pub fn owed(&self, at: usize) -> (i128, i128) {
        let (terms, entry) = (self.terms(), &self.cases[at].entry);
        let prize = if entry.has(PRIZE_PAID) { 0 } else { self.places.prize(terms, &self.state, entry.number) };
        let back = if entry.has(HELD) { bill_of(entry, terms).back + pay_of(entry, terms) } else { 0 };
        (prize, back)
    }

    /// Books everything that this batch is to send as sent. A transfer that fails is booked back.
    pub(super) fn plan_payments(&mut self) -> Result<(), Error> {
        for at in 0..self.cases.len() {
            if self.cases[at].by == OPEN {
                continue;
            }
            let (prize, back) = self.owed(at);
            self.cases[at].amount = prize + back;
            if !self.cases[at].hold {
                self.book_sent(at, prize, back)?;
            }
        }
        Ok(())
    }

    pub fn book_sent(&mut self, at: usize, prize: i128, back: i128) -> Result<(), Error> {
        let entry = &mut self.cases[at].entry;
        if prize > 0 {
            entry.set(PRIZE_PAID);
        }
        entry.clear(HELD);
        sums::take(&mut self.state.purse.prizes, prize)?;
        sums::take(&mut self.state.purse.owed, back)
    }

    fn book_held(&mut self, at: usize) {
        let terms = self.terms();
        let entry = &mut self.cases[at].entry;
        let back = bill_of(entry, terms).back + pay_of(entry, terms);
        let prize = self.cases[at].amount - back;
        let entry = &mut self.cases[at].entry;
        if prize > 0 {
            entry.clear(PRIZE_PAID);
        }
        if back > 0 {
            entry.set(HELD);
        }
        self.state.purse.prizes += prize;
        self.state.purse.owed += back;
    }

    /// One transfer per solver, for all that this batch brings it. What fails is held; nothing else is touched by it.
    pub(super) fn pay(&mut self) {
        let here = self.e.current_contract_address();
        let mut failed = false;
        for (solver, amount) in self.payments() {
            if money::try_pay(self.e, &self.terms().token, &here, &solver.address, amount) {
                continue;
            }
            failed = true;
            for at in 0..self.cases.len() {
                let case = &self.cases[at];
                if case.is_paid_here() && case.slot.solver.is(&solver) {
                    self.book_held(at);
                    storage::set_entry(self.e, &self.cases[at].slot, &self.cases[at].entry);
                }
            }
        }
        if failed {
            storage::set_state(self.e, self.id, &self.state);
        }
    }

    /// Each solver to pay, with the sum of all its submissions.
    fn payments(&self) -> List<(Solver, i128)> {
        let mut payments: List<(Solver, i128)> = List::with_capacity(self.cases.len());
        for case in self.cases.iter().filter(|case| case.is_paid_here()) {
            let solver = &case.slot.solver;
            match payments.iter_mut().find(|(other, _)| other.is(solver)) {
                Some((_, sum)) => *sum += case.amount,
                None => payments.push((solver.clone(), case.amount)),
            }
        }
        payments
    }
}

/// What the conclusion of a submission cost and brought back.
pub fn bill_of(entry: &Entry, terms: &Terms) -> Bill {
    let fee = if entry.quorum_verdict().is_some() { terms.verdict_fee() } else { 0 };
    let faulty = matches!(entry.status, Verdict::Rejected | Verdict::Unavailable);
    bill(entry.carried(terms), terms.deposit, fee, faulty)
}

/// What the accepted units of a batch bring.
pub fn pay_of(entry: &Entry, terms: &Terms) -> i128 {
    match &terms.payout {
        Payout::PerUnit(unit) if entry.status == Verdict::Scored => payout::pay(unit, entry.accepted_units),
        _ => 0,
    }
}
