//! What is said of a submission and what that comes to: votes and ballots join the others, the verdict concludes it.
use super::batch::Batch;
use super::case::Case;
use super::payment::{bill_of, pay_of};
use super::places;
use crate::entry::{CARRIED, HELD, KEPT, PASSED};
use crate::errors::Error;
use crate::rules::board::Row as PlaceRow;
use crate::rules::fees::Bill;
use crate::rules::queue::Ending;
use crate::rules::verdict::{Ballot, JUDGE, NOBODY};
use crate::rules::{payout, sums};
use crate::types::{Payout, Ranking, Verdict};

impl Batch<'_> {
    /// Whether votes and ballots on a submission can still change anything.
    pub fn takes_part(&self, at: usize) -> bool {
        let entry = &self.cases[at].entry;
        entry.is_open() && (self.state.ended == 0 || entry.has(KEPT))
    }

    /// A vote or the judge's ballot joins the others on an open submission.
    pub fn cast(&mut self, at: usize, ballot: Ballot) {
        let m = self.terms().quorum();
        let entry = &mut self.cases[at].entry;
        let undecided = entry.decision(m).is_none();
        entry.ballots.retain(|other| other.by != ballot.by);
        entry.ballots.push(ballot);
        self.cases[at].vote = Some(ballot);
        if undecided && self.cases[at].entry.decision(m).is_some() && self.state.ended == 0 {
            self.state.decided += 1;
        }
        self.keep_place(at);
    }

    /// Counts a vote on what takes part no more: it changes no verdict and is never an error, for another call may have landed
    /// before. It counts once for each oracle, and not on what is void though no call has written that.
    pub fn cast_late(&mut self, at: usize, ballot: Ballot) {
        let (place, m) = (usize::from(ballot.by), self.terms().quorum());
        let Case { entry, vote, .. } = &mut self.cases[at];
        *vote = Some(ballot);
        let verdict = entry.standing(m);
        if (!entry.is_open() || verdict.is_some()) && entry.voted & 1 << place == 0 {
            entry.voted |= 1 << place;
            self.tallies[place].count_late(&ballot, verdict.map(|verdict| verdict.same(&ballot)));
        }
    }

    /// Says what was voted, and changes nothing: the verdict was made before.
    pub fn cast_in_vain(&mut self, at: usize, ballot: Ballot) {
        self.cases[at].vote = Some(ballot);
    }

    /// Keeps a place for what the queue has passed, as soon as some vote or ballot says that it wins: not only when someone
    /// settles, or who settles another one first would decide whether it can still win.
    pub(super) fn keep_place(&mut self, at: usize) {
        let terms = self.terms();
        let Case { entry, slot, touched, .. } = &mut self.cases[at];
        let keeps = entry.has(PASSED)
            && !entry.has(KEPT)
            && self.state.ended == 0
            && entry.ballots.iter().any(|ballot| ballot.meets(terms))
            && self.places.board.is_open_to(&slot.solver, self.state.due, entry.number);
        if keeps {
            entry.set(KEPT);
            self.state.kept += 1;
            *touched = true;
        }
    }

    /// Makes a submission final: counters, fees, what it brings, and whose prizes are due by it.
    pub(super) fn conclude(&mut self, at: usize, ending: &Ending) -> Result<(), Error> {
        let terms = self.terms();
        let entry = &mut self.cases[at].entry;
        if entry.has(KEPT) {
            entry.clear(KEPT);
            self.state.kept -= 1;
        }
        if self.state.ended == 0 && entry.decision(terms.quorum()).is_some() {
            self.state.decided -= 1;
        }
        for place in 0..self.n {
            let vote = entry.ballots.iter().find(|ballot| usize::from(ballot.by) == place);
            self.tallies[place].conclude(vote, ending, self.state.folded);
        }
        let (status, decision) = match ending {
            Ending::Decided(decision) => (decision.ballot.verdict, Some(decision)),
            Ending::Unsettled => (Verdict::Unsettled, None),
            Ending::Void => (Verdict::Void, None),
        };
        entry.conclude(status, decision);
        self.state.concluded += 1;
        self.state.scored += u32::from(status == Verdict::Scored);
        self.state.unsettled += u32::from(status == Verdict::Unsettled);
        let case = &mut self.cases[at];
        case.touched = true;
        case.verdict = decision.map(|decision| decision.ballot);
        case.by = match decision {
            Some(decision) if decision.by_quorum() => decision.ballot.by,
            Some(_) => JUDGE,
            None => NOBODY,
        };
        self.charge(at, decision.map_or(0, |decision| decision.quorum))?;
        self.award(at);
        let fixed = places::redue(terms, &mut self.state, self.now)?;
        self.fixed = self.fixed.or(fixed);
        if let Payout::Bounty(bounty) = &terms.payout {
            if self.state.ended == 0 && self.state.rows == bounty.winners && !self.is_over() {
                self.state.ended = self.now;
            }
        }
        Ok(())
    }

    /// The fees of the quorum, and what comes back to the solver; a batch's reservation comes free: what was accepted is owed,
    /// the rest returns to the escrow.
    fn charge(&mut self, at: usize, quorum: u8) -> Result<(), Error> {
        let terms = self.terms();
        let entry = &mut self.cases[at].entry;
        let purse = &mut self.state.purse;
        if !entry.has(CARRIED) {
            sums::shift(&mut purse.held_fees, &mut purse.budget, terms.verdict_fee())?;
        }
        let Bill { budget, back } = bill_of(entry, terms);
        sums::take(&mut purse.budget, budget)?;
        sums::take(&mut purse.carried, entry.carried(terms))?;
        sums::take(&mut purse.deposits, terms.deposit)?;
        for place in 0..self.n {
            if quorum & 1 << place != 0 {
                self.fees[place] += terms.oracle_fee;
            }
        }
        let pay = pay_of(entry, terms);
        if let Payout::PerUnit(unit) = &terms.payout {
            let reserved = payout::pay(unit, entry.units);
            sums::shift(&mut purse.reserved, &mut purse.escrow, reserved)?;
            sums::take(&mut purse.escrow, pay)?;
        }
        if back + pay > 0 {
            entry.set(HELD);
            purse.owed += back + pay;
        }
        Ok(())
    }

    /// What reaches the threshold enters the board of a bounty or the running table of a competition.
    fn award(&mut self, at: usize) {
        let terms = self.terms();
        let Case { entry, slot, .. } = &self.cases[at];
        if entry.status != Verdict::Scored || !terms.meets(entry.score) {
            return;
        }
        let row = PlaceRow { number: entry.number, attempt: slot.attempt, score: entry.score };
        let board = &mut self.places.board;
        match &terms.payout {
            Payout::Bounty(bounty) => board.enter_bounty(&slot.solver, row, self.state.due, bounty.winners),
            Payout::Ranked(ranked) if self.state.ranking == Ranking::Open => {
                board.enter_table(&slot.solver, row, ranked.prizes.len(), terms.direction);
            }
            _ => return,
        }
        self.state.rows = self.places.board.len();
    }
}
