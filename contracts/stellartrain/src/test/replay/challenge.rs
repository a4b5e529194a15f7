//! A challenge as its events tell it: its beginning, its submissions, its end.
extern crate std;
use super::fields::Fields;
use super::money::Due;
use super::plain::{Plain, Seen};
use crate::types::*;
use soroban_sdk::Address;
use std::collections::BTreeMap;
use std::vec::Vec;

/// A submission with what was sent for it.
pub struct Piece {
    pub solver: Address,
    pub attempt: u32,
    pub seen: Seen,
    pub paid: Due,
}

/// A place on a board, without its prize.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub solver: Address,
    pub attempt: u32,
    pub number: u32,
    pub score: i64,
}

pub struct Told {
    pub maker: Address,
    pub created: u64,
    pub terms: Terms,
    pub oracles: Vec<Address>,
    pub plain: Plain,
    /// By number.
    pub pieces: BTreeMap<u32, Piece>,
    pub tries: BTreeMap<Address, Attempts>,
    /// The submission that had a content first.
    pub contents: BTreeMap<[u8; 32], u32>,
    /// Rankings by the place of their oracle.
    pub rankings: Vec<(u32, Vec<RankingRow>)>,
    pub posted: Option<Vec<Row>>,
    pub earnings: Earnings,
    pub epochs: Vec<Epoch>,
    /// Votes on the epoch to come.
    pub epoch_votes: Vec<EpochVote>,
    pub claims: BTreeMap<Address, i128>,
    pub revealed: BTreeMap<Address, Cid>,
}

impl Told {
    pub fn created(maker: Address, terms: Terms, prize: i128, fee_budget: i128, now: u64) -> Told {
        let promised = match &terms.payout {
            Payout::Bounty(bounty) => Some(bounty.reward * i128::from(bounty.winners)),
            Payout::Ranked(ranked) => Some(ranked.prizes.iter().sum()),
            Payout::PerUnit(_) | Payout::Earnings => None,
        };
        assert!(prize > 0 && promised.unwrap_or(prize) == prize && fee_budget >= 0, "the whole prize is locked");
        assert!(terms.opens < terms.deadline && now < terms.accept_by && terms.accept_by <= terms.deadline);
        assert!(terms.deadline + 3 * terms.patience <= terms.grade_by);
        let oracles: Vec<Address> = terms.oracles.iter().collect();
        let quorum = terms.quorum as usize;
        assert!(oracles.len() <= 5 && 2 * quorum > oracles.len() && quorum <= oracles.len());
        Told {
            maker,
            created: now,
            plain: Plain::new(oracles.len(), prize, fee_budget),
            terms,
            oracles,
            pieces: BTreeMap::new(),
            tries: BTreeMap::new(),
            contents: BTreeMap::new(),
            rankings: std::vec![],
            posted: None,
            earnings: Earnings::default(),
            epochs: std::vec![],
            epoch_votes: std::vec![],
            claims: BTreeMap::new(),
            revealed: BTreeMap::new(),
        }
    }

    pub fn place(&self, oracle: &Address) -> u32 {
        self.oracles.iter().position(|other| other == oracle).expect("an oracle of this challenge") as u32
    }

    pub fn all_accepted(&self) -> bool {
        self.plain.accepted.iter().all(|version| *version > 0)
    }

    /// Votes, verdicts, rankings and epochs belong here.
    pub fn grades(&self, now: u64) -> bool {
        let open = self.terms.opens <= now && now < self.terms.grade_by;
        open && self.plain.status == Status::Active && self.all_accepted()
    }

    /// All that the contract holds for it.
    pub fn total(&self) -> i128 {
        let unclaimed = self.earnings.total - self.earnings.claimed;
        assert!(unclaimed >= 0, "claims beyond the total");
        self.plain.total() + unclaimed
    }

    pub fn accepted(&mut self, oracle: &Address, version: u32, now: u64) {
        let place = self.place(oracle) as usize;
        assert!(now < self.terms.accept_by && self.plain.status == Status::Active);
        assert_eq!(std::mem::replace(&mut self.plain.accepted[place], version), 0, "accepted once");
    }

    pub fn topped_up(&mut self, escrow: i128, fees: i128, now: u64) {
        assert!(now < self.terms.deadline && self.plain.status == Status::Active);
        assert!(escrow >= 0 && fees >= 0 && escrow + fees > 0);
        assert!(escrow == 0 || matches!(self.terms.payout, Payout::PerUnit(_) | Payout::Earnings));
        self.plain.escrow += escrow;
        self.plain.fee_budget += fees;
    }

    /// Returns what goes back to the maker.
    pub fn cancelled(&mut self) -> i128 {
        assert!(self.plain.status == Status::Active && !self.all_accepted() && self.pieces.is_empty());
        self.plain.status = Status::Cancelled;
        std::mem::take(&mut self.plain.escrow) + std::mem::take(&mut self.plain.fee_budget)
    }

    /// Whether the rules take this submission; what it pays in is another matter.
    pub fn may_submit(&self, solver: &Address, attempt: u32, units: u32, now: u64) -> bool {
        let terms = &self.terms;
        let open = self.plain.status == Status::Active && self.all_accepted();
        let open = open && terms.opens <= now && now < terms.deadline;
        let stranger = *solver != self.maker && !self.oracles.contains(solver);
        let tries = self.tried(solver, now);
        let next = attempt == tries.attempts && attempt <= terms.attempts && tries.today <= terms.attempts_per_day;
        let fits = match &terms.payout {
            Payout::Bounty(_) => units == 0 && !self.winners().any(|row| row.solver == *solver),
            Payout::Ranked(_) => units == 0,
            Payout::PerUnit(unit) => {
                let pending = |piece: &Piece| piece.solver == *solver && piece.seen.verdict == Verdict::Pending;
                let one_batch = !self.pieces.values().any(pending);
                let bounded = units >= 1 && units <= unit.max_units;
                one_batch && bounded && unit.rate * i128::from(units) <= self.plain.escrow
            }
            Payout::Earnings => false,
        };
        open && stranger && next && fits
    }

    /// What the next submission must add to the fee budget, so that the fees of all that is pending are covered.
    pub fn carry(&self) -> i128 {
        let pending = i128::from(self.plain.submitted + 1 - self.plain.finalized);
        (i128::from(self.terms.quorum) * self.terms.oracle_fee * pending - self.plain.fee_budget).max(0)
    }

    /// The solver's record after one more attempt.
    fn tried(&self, solver: &Address, now: u64) -> Attempts {
        let before = self.tries.get(solver).cloned().unwrap_or_default();
        let day = (now / 86_400) as u32;
        let today = if before.day == day { before.today + 1 } else { 1 };
        Attempts { attempts: before.attempts + 1, day, today }
    }

    /// Returns the number of the new submission.
    pub fn submitted(&mut self, f: &Fields, now: u64) -> u32 {
        let (solver, attempt, number): (Address, u32, u32) = (f.topic(2), f.get("attempt"), f.get("number"));
        let (units, deposit, carried): (u32, i128, i128) = (f.get("units"), f.get("deposit"), f.get("carried"));
        assert!(self.may_submit(&solver, attempt, units, now), "attempt {attempt} with {units} units");
        assert_eq!(carried, self.carry(), "the fee of what is pending is covered");
        assert_eq!((number, deposit), (self.plain.submitted + 1, self.terms.deposit));
        self.tries.insert(solver.clone(), self.tried(&solver, now));
        if let Payout::PerUnit(unit) = &self.terms.payout {
            self.plain.escrow -= unit.rate * i128::from(units);
            self.plain.reserved += unit.rate * i128::from(units);
        }
        self.plain.submitted = number;
        self.plain.deposits += deposit;
        self.plain.fee_budget += carried;
        let seen = Seen::new(number, &f.get("cid"), now, units);
        self.pieces.insert(number, Piece { solver, attempt, seen, paid: Due::default() });
        number
    }

    /// Whether the truth may be opened by this side.
    pub fn may_reveal(&self, by: &Address, now: u64) -> bool {
        let involved = *by == self.maker || self.oracles.contains(by);
        let graded = now >= self.terms.deadline && self.plain.finalized == self.plain.submitted;
        let over = graded || self.plain.status == Status::Ended || now >= self.terms.grade_by;
        let started = self.plain.status != Status::Cancelled && self.all_accepted();
        self.terms.opens_truth && involved && started && over && !self.revealed.contains_key(by)
    }

    pub fn revealed(&mut self, by: &Address, truth: Cid, now: u64) {
        assert!(self.may_reveal(by, now), "the truth stays closed until the end");
        self.revealed.insert(by.clone(), truth);
    }

    /// Whether nothing can happen any more: what the maker may be sent then is what the rules leave.
    pub fn is_over(&self, now: u64) -> bool {
        let plain = &self.plain;
        if plain.status == Status::Ended || plain.silence.is_some() || now >= self.terms.grade_by {
            return true;
        }
        let all_final = plain.submitted == plain.finalized;
        let ruled = match self.terms.payout {
            Payout::Bounty(_) | Payout::PerUnit(_) => true,
            Payout::Ranked(_) => plain.ranking != Ranking::Open || plain.submitted == 0,
            Payout::Earnings => false,
        };
        let waits = self.terms.silence_share > 0 && plain.unsettled_eligible > 0;
        now >= self.terms.deadline && all_final && ruled && !waits
    }

    /// Returns what the maker is sent, and whether this is the end that is counted.
    pub fn closed(&mut self, now: u64) -> (i128, bool) {
        assert!(self.plain.status != Status::Cancelled && self.all_accepted() && self.is_over(now));
        assert_eq!(self.lapsed(now), self.plain, "grading ends before the challenge closes");
        self.end(now);
        let counts = !std::mem::replace(&mut self.plain.closed, true);
        let left = std::mem::take(&mut self.plain.escrow) + std::mem::take(&mut self.plain.fee_budget);
        assert!(left > 0 || counts, "closed for nothing");
        (left, counts)
    }

    pub fn end(&mut self, now: u64) {
        if self.plain.status == Status::Active && self.plain.silence.is_none() {
            (self.plain.status, self.plain.ended) = (Status::Ended, now);
        }
    }
}
