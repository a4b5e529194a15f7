//! Verdicts in the order of the numbers: fees, duplicates, winners; then the payments, one transfer per solver.
use crate::board::Board;
use crate::entry::{Entry, DEPOSIT_HELD, PRIZE_HELD, PRIZE_PAID, REJECT_VOTED, UNAVAILABLE};
use crate::errors::{Error, OrFail};
use crate::money;
use crate::rows::Rows;
use crate::rules::board::Row;
use crate::rules::verdict::{decide, Ballot, Outcome};
use crate::rules::{fees, payout, sums, MAX_ORACLES};
use crate::storage::{self, Slot};
use crate::types::{Challenge, Payout, SettledRow, State, Status, Tally, Verdict};
use alloc::vec::Vec as List;
use soroban_sdk::{Address, Env, Vec};

/// Stands for an oracle's place where no quorum came about.
const NOBODY: u32 = 255;

/// A challenge while a call works on its submissions.
pub struct Desk<'a> {
    pub e: &'a Env,
    pub id: u32,
    pub challenge: &'a Challenge,
    pub state: State,
    /// Of the first `oracles` places.
    pub tallies: [Tally; MAX_ORACLES as usize],
    fees: [i128; MAX_ORACLES as usize],
    oracles: usize,
    pub now: u64,
}

/// A submission in a batch.
pub struct Case {
    slot: Slot,
    pub solver: Address,
    pub attempt: u32,
    pub hold: bool,
    pub entry: Entry,
    /// Content that this call votes for. Only its key is sure to be in the footprint, so no other content is settled.
    pub voted_content: Option<[u8; 32]>,
    settled: Option<Due>,
}

/// What a verdict brought its solver.
#[derive(Clone, Copy)]
struct Due {
    by: u32,
    prize: i128,
    deposit: i128,
}

impl Due {
    fn total(&self) -> Result<i128, Error> {
        sums::add(self.prize, self.deposit)
    }
}

impl Case {
    pub fn new(slot: Slot, solver: Address, attempt: u32, hold: bool, entry: Entry) -> Case {
        Case { slot, solver, attempt, hold, entry, voted_content: None, settled: None }
    }

    /// The mark is compared here, the whole address by the host, which costs much more.
    fn is_of_the_solver_of(&self, other: &Case) -> bool {
        self.slot.mark == other.slot.mark && self.solver == other.solver
    }
}

impl<'a> Desk<'a> {
    pub fn new(e: &'a Env, id: u32, challenge: &'a Challenge, state: State) -> Desk<'a> {
        let (mut tallies, mut fees, mut oracles) = (<[Tally; MAX_ORACLES as usize]>::default(), [0; _], 0);
        for (tally, earned) in state.tallies.iter().zip(state.fees.iter()) {
            tallies[oracles] = tally;
            fees[oracles] = earned;
            oracles += 1;
        }
        Desk { e, id, challenge, state, tallies, fees, oracles, now: e.ledger().timestamp() }
    }

    /// Writes the state and these submissions.
    pub fn store(&mut self, cases: &[Case]) {
        self.state.tallies = Vec::from_slice(self.e, &self.tallies[..self.oracles]);
        self.state.fees = Vec::from_slice(self.e, &self.fees[..self.oracles]);
        storage::set_state(self.e, self.id, &self.state);
        for case in cases {
            storage::set_entry(self.e, &case.slot, &case.entry);
        }
    }

    /// Makes final what has its votes, stores everything, pays. Returns the first number that became final (0 = none)
    /// and a row for each.
    pub fn settle(&mut self, cases: &mut [Case]) -> (u32, Vec<SettledRow>) {
        // Work paid per unit knows no places.
        let ranks = !matches!(self.challenge.terms.payout, Payout::PerUnit(_));
        let mut board = if ranks { storage::board(self.e, self.id) } else { Board::new(self.e) };
        for case in cases.iter_mut().filter(|case| case.entry.is_pending()) {
            if self.state.status == Status::Ended || !self.conclude(case, &mut board).or_fail(self.e) {
                break;
            }
        }
        if ranks {
            self.state.winners = board.len();
            // Written even if unchanged: a simulation then declares it for writing, whatever lands before the call.
            storage::set_board(self.e, self.id, &board);
        }
        self.store(cases);
        self.pay(cases);
        self.rows(cases)
    }

    /// Makes one submission final, if it is its turn and it has its votes.
    fn conclude(&mut self, case: &mut Case, board: &mut Board) -> Result<bool, Error> {
        let terms = &self.challenge.terms;
        if case.entry.number != sums::inc(self.state.finalized)? {
            return Ok(false);
        }
        let ballots = &case.entry.ballots;
        match decide(ballots, self.oracles as u32, terms.quorum, terms.patience, self.now) {
            Outcome::Open => return Ok(false),
            Outcome::Split => self.unsettle(case, NOBODY)?,
            Outcome::Quorum(at) => {
                let agreed = ballots[at];
                let elsewhere = case.voted_content.is_some_and(|voted| voted != agreed.content);
                if agreed.verdict == Verdict::Scored && elsewhere {
                    return Ok(false);
                }
                self.count(&case.entry.ballots, &agreed)?;
                match agreed.verdict {
                    Verdict::Unavailable => {
                        case.entry.set(UNAVAILABLE);
                        self.unsettle(case, u32::from(agreed.oracle))?;
                    }
                    _ => self.grade(case, &agreed, board)?,
                }
            }
        }
        self.state.finalized = case.entry.number;
        if case.entry.has(REJECT_VOTED) {
            self.state.reject_voted = sums::dec(self.state.reject_voted)?;
        }
        Ok(true)
    }

    /// Who voted with the quorum is on record, and who voted against it.
    fn count(&mut self, ballots: &[Ballot], agreed: &Ballot) -> Result<(), Error> {
        for ballot in ballots {
            let tally = &mut self.tallies[usize::from(ballot.oracle)];
            let counter = if ballot.same(agreed) { &mut tally.agreed } else { &mut tally.disagreed };
            *counter = sums::inc(*counter)?;
        }
        Ok(())
    }

    /// No verdict: no fee, and the deposit waits for `release_payment`.
    fn unsettle(&mut self, case: &mut Case, by: u32) -> Result<(), Error> {
        case.entry.conclude(Verdict::Unsettled);
        self.state.unsettled = sums::inc(self.state.unsettled)?;
        self.unreserve(&case.entry)?;
        if self.challenge.terms.deposit > 0 {
            case.entry.set(DEPOSIT_HELD);
        }
        if !case.entry.has(REJECT_VOTED) {
            self.state.unsettled_eligible = sums::inc(self.state.unsettled_eligible)?;
        }
        case.settled = Some(Due { by, prize: 0, deposit: 0 });
        Ok(())
    }

    /// A quorum's verdict: the content decides on duplicates, the score on the prize, the verdict on the deposit.
    fn grade(&mut self, case: &mut Case, agreed: &Ballot, board: &mut Board) -> Result<(), Error> {
        let terms = &self.challenge.terms;
        let number = case.entry.number;
        let is_new = agreed.verdict == Verdict::Scored
            && storage::claim_content(self.e, self.id, &agreed.content, number, terms.grade_by);
        let verdict = match agreed.verdict {
            Verdict::Scored if !is_new => Verdict::Duplicate,
            verdict => verdict,
        };
        let earners = case.entry.ballots.iter().filter(|ballot| ballot.same(agreed)).map(|ballot| ballot.oracle);
        let lost = if verdict == Verdict::Scored { 0 } else { terms.deposit };
        self.earn_fees(earners.take(terms.quorum as usize), lost)?;

        let mut due = Due { by: u32::from(agreed.oracle), prize: 0, deposit: terms.deposit - lost };
        self.state.deposits = sums::take(self.state.deposits, terms.deposit)?;
        self.unreserve(&case.entry)?;
        if verdict == Verdict::Scored {
            due.prize = self.award(case, agreed, board)?;
            self.state.escrow = sums::take(self.state.escrow, due.prize)?;
        }
        case.entry.conclude(verdict);
        case.entry.reason = agreed.reason;
        case.entry.score = agreed.score;
        case.entry.accepted_units = agreed.units;
        case.entry.content = agreed.content;
        if due.prize > 0 {
            case.entry.set(PRIZE_PAID);
        }
        if case.hold {
            self.hold_back(&mut case.entry, &due)?;
        }
        case.settled = Some(due);
        Ok(())
    }

    /// What was set aside for a batch joins the escrow again.
    fn unreserve(&mut self, entry: &Entry) -> Result<(), Error> {
        if let Payout::PerUnit(unit) = &self.challenge.terms.payout {
            let reserved = payout::reservation(unit, entry.units)?;
            self.state.reserved = sums::take(self.state.reserved, reserved)?;
            self.state.escrow = sums::add(self.state.escrow, reserved)?;
        }
        Ok(())
    }

    /// What a scored submission is paid out of the escrow now; a place on the board is its own reward until the end.
    fn award(&mut self, case: &Case, agreed: &Ballot, board: &mut Board) -> Result<i128, Error> {
        let terms = &self.challenge.terms;
        let row = Row { number: case.entry.number, attempt: case.attempt, score: agreed.score };
        let meets = payout::meets(agreed.score, terms.threshold, terms.direction);
        match &terms.payout {
            // There is a free place on the board, for the last one ends the challenge.
            Payout::Bounty(bounty) if meets && !board.has(&case.solver, case.slot.mark) => {
                board.push(&case.solver, case.slot.mark, row);
                if board.len() == bounty.winners {
                    self.state.status = Status::Ended;
                    self.state.ended = self.now;
                }
                Ok(bounty.reward)
            }
            Payout::Ranked(ranked) if meets => {
                board.enter(&case.solver, row, ranked.prizes.len(), terms.direction);
                Ok(0)
            }
            Payout::PerUnit(unit) => payout::reservation(unit, agreed.units),
            _ => Ok(0),
        }
    }

    /// The first oracles of the quorum earn their fee, out of a lost deposit before the budget.
    fn earn_fees(&mut self, earners: impl Iterator<Item = u8>, lost: i128) -> Result<(), Error> {
        let terms = &self.challenge.terms;
        let split = fees::split(lost, terms.oracle_fee, terms.quorum)?;
        self.state.fee_budget = sums::take(self.state.fee_budget, split.from_budget)?;
        self.state.escrow = sums::add(self.state.escrow, split.to_escrow)?;
        if terms.oracle_fee > 0 {
            for oracle in earners {
                let earned = self.fees.get_mut(usize::from(oracle)).ok_or(Error::NotAnOracle)?;
                *earned = sums::add(*earned, terms.oracle_fee)?;
            }
        }
        Ok(())
    }

    /// A payment that is due and stays here: its money is counted again.
    fn hold_back(&mut self, entry: &mut Entry, due: &Due) -> Result<(), Error> {
        if due.prize > 0 {
            entry.clear(PRIZE_PAID);
            entry.set(PRIZE_HELD);
            self.state.held = sums::add(self.state.held, due.prize)?;
        }
        if due.deposit > 0 {
            entry.set(DEPOSIT_HELD);
            self.state.deposits = sums::add(self.state.deposits, due.deposit)?;
        }
        Ok(())
    }

    /// One transfer per solver, for all that this batch brings it. What fails is held; nothing else is touched by it.
    fn pay(&mut self, cases: &mut [Case]) {
        let mut failed = false;
        let here = self.e.current_contract_address();
        for (first, amount) in self.payments(cases) {
            let solver = cases[first].solver.clone();
            if money::try_pay(self.e, &self.challenge.terms.token, &here, &solver, amount) {
                continue;
            }
            failed = true;
            for case in cases[first..].iter_mut().filter(|case| case.solver == solver) {
                if let Some(due) = payable(case) {
                    self.hold_back(&mut case.entry, &due).or_fail(self.e);
                    storage::set_entry(self.e, &case.slot, &case.entry);
                }
            }
        }
        if failed {
            storage::set_state(self.e, self.id, &self.state);
        }
    }

    /// The first case of each solver to pay, with the sum of all its cases.
    fn payments(&self, cases: &[Case]) -> List<(usize, i128)> {
        let mut payments: List<(usize, i128)> = List::with_capacity(cases.len());
        for (place, case) in cases.iter().enumerate() {
            let Some(due) = payable(case) else { continue };
            let amount = due.total().or_fail(self.e);
            match payments.iter_mut().find(|(first, _)| case.is_of_the_solver_of(&cases[*first])) {
                Some((_, sum)) => *sum = sums::add(*sum, amount).or_fail(self.e),
                None => payments.push((place, amount)),
            }
        }
        payments
    }

    fn rows(&self, cases: &[Case]) -> (u32, Vec<SettledRow>) {
        let (mut first, mut rows) = (0, Rows::new());
        for case in cases {
            let Some(due) = case.settled else { continue };
            if first == 0 {
                first = case.entry.number;
            }
            rows.push(self.e, &SettledRow(due.by, case.entry.summary(), due.total().or_fail(self.e)));
        }
        (first, rows.vector(self.e))
    }
}

/// What this batch is to send for a submission.
fn payable(case: &Case) -> Option<Due> {
    case.settled.filter(|due| !case.hold && (due.prize > 0 || due.deposit > 0))
}
