//! A batch of submissions while a call works on them: taken in, settled in the order given, stored and reported. What votes and
//! verdicts change is in `verdict`, what is sent in `payment`.
use super::case::Case;
use super::places::{self, Places};
use crate::entry::{KEPT, PASSED};
use crate::errors::{require, Error, OrFail};
use crate::rules::phase::phase;
use crate::rules::queue::{step, Step, View};
use crate::rules::verdict::JUDGE;
use crate::rules::{MAX_BATCH, MAX_ORACLES};
use crate::storage::{self, Slot};
use crate::types::{Challenge, Phase, Ranking, Row, State, Tally, Terms};
use alloc::vec::Vec as List;
use soroban_sdk::{Address, Env, Vec};

/// A challenge while a call works on its submissions.
pub struct Batch<'a> {
    pub e: &'a Env,
    pub id: u32,
    pub challenge: &'a Challenge,
    pub state: State,
    pub places: Places,
    pub cases: List<Case>,
    /// Of the first `n` places.
    pub tallies: [Tally; MAX_ORACLES],
    pub(super) fees: [i128; MAX_ORACLES],
    /// How many oracles there are.
    pub(super) n: usize,
    pub(super) now: u64,
    /// By whom a competition's prizes go, if this call decided it.
    pub(super) fixed: Option<Ranking>,
}

impl<'a> Batch<'a> {
    pub fn new(e: &'a Env, id: u32, challenge: &'a Challenge, state: State) -> Batch<'a> {
        let (mut tallies, mut fees) = (<[Tally; MAX_ORACLES]>::default(), [0; MAX_ORACLES]);
        for (place, (tally, earned)) in state.tallies.iter().zip(state.purse.fees.iter()).enumerate() {
            tallies[place] = tally;
            fees[place] = earned;
        }
        let places = Places::load(e, id, &challenge.terms);
        let n = challenge.terms.oracles.len() as usize;
        let now = e.ledger().timestamp();
        Batch { e, id, challenge, state, places, cases: List::new(), tallies, fees, n, now, fixed: None }
    }

    pub fn terms(&self) -> &'a Terms {
        &self.challenge.terms
    }

    pub fn now(&self) -> u64 {
        self.now
    }

    pub fn phase(&self) -> Phase {
        phase(self.terms(), &self.state, self.now)
    }

    /// By whom a competition's prizes go, if this call decided it.
    pub fn fixed(&self) -> Option<Ranking> {
        self.fixed
    }

    pub(super) fn is_over(&self) -> bool {
        self.now >= self.terms().end()
    }

    /// Takes a submission into the batch, once; returns its place in it.
    pub fn add(&mut self, solver: &Address, attempt: u32, hold: bool) -> Result<usize, Error> {
        let slot = Slot::new(self.e, self.id, solver, attempt);
        let twice = self.cases.iter().any(|case| case.slot.attempt == attempt && case.slot.solver.is(&slot.solver));
        require(!twice && self.cases.len() < MAX_BATCH as usize, Error::BadBatch)?;
        let entry = storage::entry(self.e, &slot);
        self.cases.push(Case::new(slot, entry, hold));
        Ok(self.cases.len() - 1)
    }

    /// Concludes what can be, in the order given, skips the rest, and pays what this brings; stores everything.
    pub fn settle(&mut self) {
        for at in 0..self.cases.len() {
            self.settle_one(at).or_fail(self.e);
        }
        self.plan_payments().or_fail(self.e);
        self.store();
        self.pay();
        places::publish(self.e, self.id, self.fixed);
    }

    /// Takes one step with an open submission.
    pub fn settle_one(&mut self, at: usize) -> Result<(), Error> {
        if !self.cases[at].entry.is_open() {
            return Ok(());
        }
        match step(&self.view(at)) {
            Step::Conclude { ending, queued } => {
                self.state.head += u32::from(queued);
                self.conclude(at, &ending)?;
            }
            Step::PassOver => {
                self.state.head += 1;
                self.cases[at].entry.set(PASSED);
                self.cases[at].touched = true;
                self.keep_place(at);
            }
            Step::Nothing => self.keep_place(at),
        }
        Ok(())
    }

    fn view(&self, at: usize) -> View {
        let (terms, entry) = (self.terms(), &self.cases[at].entry);
        View {
            is_bounty: terms.is_bounty(),
            over: self.is_over(),
            ended: self.state.ended > 0,
            head: self.state.head,
            number: entry.number,
            submitted: entry.time,
            passed: entry.has(PASSED),
            kept: entry.has(KEPT),
            decision: entry.decision(terms.quorum()),
            heard: entry.heard,
            all_voted: entry.ballots.iter().filter(|ballot| ballot.by != JUDGE).count() == self.n,
            patience: terms.patience,
            now: self.now,
        }
    }

    /// Writes the state, the places and these submissions.
    pub fn store(&mut self) {
        self.store_state();
        self.places.store(self.e, self.id, self.terms());
        for case in &self.cases {
            storage::set_entry(self.e, &case.slot, &case.entry);
        }
    }

    /// Writes the state and these submissions; the places have not changed.
    pub fn store_votes(&mut self) {
        self.store_state();
        for case in &self.cases {
            storage::set_entry(self.e, &case.slot, &case.entry);
        }
    }

    fn store_state(&mut self) {
        self.state.tallies = Vec::from_slice(self.e, &self.tallies[..self.n]);
        self.state.purse.fees = Vec::from_slice(self.e, &self.fees[..self.n]);
        storage::set_state(self.e, self.id, &self.state);
    }

    /// Whether the call changed anything but counted votes.
    pub fn is_touched(&self) -> bool {
        self.cases.iter().any(|case| case.touched)
    }

    /// What the call did with each submission that it voted on or changed.
    pub fn rows(&self) -> Vec<Row> {
        let rows: List<Row> =
            self.cases.iter().filter(|case| case.touched || case.vote.is_some()).map(|case| case.row(self.e)).collect();
        Vec::from_slice(self.e, &rows)
    }
}
