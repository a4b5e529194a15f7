//! A batch of submissions while a call works on them: votes come in, submissions are concluded, their solvers are paid.
use super::places::{self, Places};
use crate::board::Solver;
use crate::entry::{Entry, CARRIED, HELD, KEPT, PASSED, PRIZE_PAID};
use crate::errors::{require, Error, OrFail};
use crate::money;
use crate::rules::board::Row as PlaceRow;
use crate::rules::fees::{bill, Bill};
use crate::rules::phase::phase;
use crate::rules::queue::{step, Ending, Step, View};
use crate::rules::verdict::{Ballot, JUDGE, NOBODY, OPEN};
use crate::rules::{payout, sums, MAX_BATCH, MAX_ORACLES};
use crate::storage::{self, Slot};
use crate::types::{Challenge, Payout, Phase, Ranking, Row, State, Tally, Terms, Verdict};
use alloc::vec::Vec as List;
use soroban_sdk::{Address, BytesN, Env, Vec};

/// A submission in a batch.
pub struct Case {
    slot: Slot,
    pub hold: bool,
    pub entry: Entry,
    /// What this call votes, for the event.
    vote: Option<Ballot>,
    /// Whose verdict concluded it in this call.
    by: u8,
    /// What concluded it in this call.
    verdict: Option<Ballot>,
    /// Whether this call changed anything but counted a vote.
    touched: bool,
    /// What this call sent or held because of it.
    amount: i128,
}

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
    fees: [i128; MAX_ORACLES],
    n: usize,
    now: u64,
    /// By whom a competition's prizes go, if this call decided it.
    fixed: Option<Ranking>,
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

    fn is_over(&self) -> bool {
        self.now >= self.terms().end()
    }

    /// Takes a submission into the batch, once; returns its place in it.
    pub fn add(&mut self, solver: &Address, attempt: u32, hold: bool) -> Result<usize, Error> {
        let slot = Slot::new(self.e, self.id, solver, attempt);
        let twice = self.cases.iter().any(|case| case.slot.attempt == attempt && case.slot.solver.is(&slot.solver));
        require(!twice && self.cases.len() < MAX_BATCH as usize, Error::BadBatch)?;
        let entry = storage::entry(self.e, &slot);
        self.cases.push(Case { slot, hold, entry, vote: None, by: OPEN, verdict: None, touched: false, amount: 0 });
        Ok(self.cases.len() - 1)
    }

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
        let place = usize::from(ballot.by);
        let Case { entry, vote, .. } = &mut self.cases[at];
        *vote = Some(ballot);
        if !entry.is_open() && entry.voted & 1 << place == 0 {
            entry.voted |= 1 << place;
            let agrees = entry.quorum_verdict().map(|verdict| verdict.same(&ballot));
            self.tallies[place].count_late(&ballot, agrees);
        }
    }

    /// Keeps a place for what the queue has passed, as soon as some vote or ballot says that it wins: not only when someone
    /// settles, or who settles another one first would decide whether it can still win.
    fn keep_place(&mut self, at: usize) {
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

    /// Makes a submission final: counters, fees, what it brings, and whose prizes are due by it.
    fn conclude(&mut self, at: usize, ending: &Ending) -> Result<(), Error> {
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
            self.tallies[place].conclude(vote, ending);
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

    /// All that a submission is owed now: its prize, if it is due and was not sent, and what comes back with the pay of a
    /// batch.
    pub fn owed(&self, at: usize) -> (i128, i128) {
        let (terms, entry) = (self.terms(), &self.cases[at].entry);
        let prize = if entry.has(PRIZE_PAID) { 0 } else { self.places.prize(terms, &self.state, entry.number) };
        let back = if entry.has(HELD) { bill_of(entry, terms).back + pay_of(entry, terms) } else { 0 };
        (prize, back)
    }

    /// Books everything that this batch is to send as sent. A transfer that fails is booked back.
    fn plan_payments(&mut self) -> Result<(), Error> {
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

    /// One transfer per solver, for all that this batch brings it. What fails is held; nothing else is touched by it.
    fn pay(&mut self) {
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

impl Case {
    fn is_paid_here(&self) -> bool {
        self.by != OPEN && !self.hold && self.amount > 0
    }

    /// See `Row`.
    pub fn row(&self, e: &Env) -> Row {
        let entry = &self.entry;
        let said = self.vote.or(self.verdict);
        let (verdict, reason) = said.map_or((entry.status, 0), |said| (said.verdict, said.reason));
        let what = verdict as u32 | u32::from(reason) << 8 | u32::from(entry.flags) << 16 | (entry.status as u32) << 24;
        let (score, content, units) = said.map_or((0, [0; 32], 0), |said| (said.score, said.content, said.units));
        let content = BytesN::from_array(e, &content);
        Row(entry.number, u32::from(self.by), what, score, content, units, self.amount)
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
