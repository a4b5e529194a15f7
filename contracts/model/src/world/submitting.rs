//! A submission comes in.
use super::{Answer, World};
use crate::attempts;
use crate::basics::{require, Address, Amount};
use crate::challenge::{Status, Submission};
use crate::event::Event;
use crate::fees::{cover, Cover};
use crate::refusal::Refusal;
use crate::terms::{Payout, Terms};
use crate::verdict::Votes;

impl World {
    /// Fixes the submission's number, takes the deposit and, where the fee budget is empty, the fee that it carries; sets aside
    /// the most that a batch of labels can earn.
    pub(super) fn submit(&mut self, solver: Address, id: usize, attempt: u32, units: u32) -> Answer {
        let challenge = self.challenge(id)?;
        let terms = &challenge.terms;
        challenge.phase(self.now).check_submit()?;
        require(!terms.is_earnings(), Refusal::WrongRule)?;
        let judges = terms.judge.is_some_and(|judge| judge.address == solver);
        require(!judges && solver != terms.maker && terms.oracle(solver).is_err(), Refusal::KnowsTheTruth)?;
        require(self.admits(terms, id, solver), Refusal::NotAdmitted)?;
        // Who stands on the board, due or waiting, gains nothing by a later number.
        require(challenge.board.place_of(solver).is_none(), Refusal::AlreadyWon)?;
        let mut own = challenge.submissions.iter().filter(|it| it.solver == solver);
        let batches = matches!(terms.payout, Payout::PerUnit { .. });
        require(!batches || own.all(Submission::is_concluded), Refusal::UngradedBatch)?;
        let so_far = challenge.attempts.get(&solver).copied().unwrap_or_default();
        let tried = attempts::next(so_far, attempt, self.now, terms.attempts, terms.attempts_per_day)?;
        let reservation = reservation(&terms.payout, units)?;
        require(reservation <= challenge.purse.escrow, Refusal::EscrowTooSmall)?;

        let fee = terms.verdict_fee();
        let (token, deposit, n) = (terms.token, terms.deposit, terms.n());
        let carry = if cover(challenge.purse.budget, fee) == Cover::Solver { fee } else { 0 };
        self.bank.check(token, solver, deposit + carry)?;
        self.bank.take(token, solver, deposit + carry);
        let now = self.now;
        let challenge = &mut self.challenges[id];
        let purse = &mut challenge.purse;
        purse.deposits += deposit;
        purse.carried += carry;
        if carry == 0 {
            purse.budget -= fee;
            purse.held_fees += fee;
        }
        purse.escrow -= reservation;
        purse.reserved += reservation;
        challenge.attempts.insert(solver, tried);
        let number = challenge.submissions.len() as u32 + 1;
        challenge.submissions.push(Submission {
            number,
            solver,
            attempt,
            time: now,
            units,
            carry,
            votes: Votes::none(n),
            late: vec![None; n],
            passed: false,
            kept: false,
            status: Status::Pending,
            quorum: None,
            owed: 0,
            prize_paid: false,
        });
        Ok(vec![Event::Submitted(number, solver, carry)])
    }

    /// A gate is asked about challenge and solver; it sees only what other contracts have stored.
    fn admits(&self, terms: &Terms, id: usize, solver: Address) -> bool {
        let admitted = |gate: &Address| self.gates.get(gate).is_some_and(|list| list.contains(&(id, solver)));
        terms.gate.as_ref().is_none_or(admitted)
    }
}

/// What a batch reserves: accepted work is always paid.
fn reservation(payout: &Payout, units: u32) -> Result<Amount, Refusal> {
    match payout {
        Payout::PerUnit { rate, max_units } => {
            require((1..=*max_units).contains(&units), Refusal::BadUnits)?;
            Ok(rate * Amount::from(units))
        }
        _ => {
            require(units == 0, Refusal::BadUnits)?;
            Ok(0)
        }
    }
}
