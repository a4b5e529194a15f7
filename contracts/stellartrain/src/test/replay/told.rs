//! A challenge as its events tell it: its beginning, its submissions, its end.
extern crate std;
use super::fields::Fields;
use crate::types::*;
use soroban_sdk::{Address, BytesN};
use std::collections::BTreeMap;
use std::vec::Vec;

/// A vote or a ballot: by, verdict, reason, score, content, units.
pub type Ballot = (u32, Verdict, u32, i64, BytesN<32>, u32);

/// A submission.
pub struct Piece {
    pub solver: Address,
    pub attempt: u32,
    pub number: u32,
    pub cid: Cid,
    pub commitment: BytesN<32>,
    pub time: u64,
    pub units: u32,
    pub verdict: Verdict,
    pub reason: u32,
    pub score: i64,
    pub content: BytesN<32>,
    pub accepted_units: u32,
    pub flags: u32,
    pub voted: u32,
    pub heard: u64,
    pub votes: Vec<Ballot>,
}

pub struct Told {
    pub maker: Address,
    pub created: u64,
    pub terms: Terms,
    /// Counters and money; the lists in it are `fees` and `tallies` below.
    pub state: State,
    pub fees: Vec<i128>,
    pub tallies: Vec<Tally>,
    /// By number.
    pub pieces: BTreeMap<u32, Piece>,
    pub tries: BTreeMap<Address, Attempts>,
    pub shares: Option<soroban_sdk::Bytes>,
    /// Numbers on the board of a bounty or in the running table, in order.
    pub board: Vec<u32>,
    /// Rows of the ranking of the oracles' quorum or of the judge's last one: number and private score.
    pub ranking: Vec<(u32, i64)>,
    /// Rankings by the place of their oracle.
    pub ranked: Vec<(u32, soroban_sdk::Vec<RankingRow>)>,
    /// Whose ranking an event said that the prizes go by; it comes before the rows by which that was decided.
    pub announced: Option<Ranking>,
    pub earnings: Earnings,
    pub epochs: Vec<Epoch>,
    /// Votes on the epoch to come: place, root, total.
    pub epoch_votes: Vec<(u32, BytesN<32>, i128)>,
    pub claims: BTreeMap<Address, i128>,
    pub opened: BTreeMap<Address, Cid>,
}

impl Told {
    pub fn created(f: &Fields, now: u64) -> Told {
        let (terms, prize, budget): (Terms, i128, i128) = (f.get("terms"), f.get("prize"), f.get("fee_budget"));
        let n = terms.oracles.len() as usize;
        let aside = if matches!(terms.payout, Payout::Ranked(_)) { fee(&terms) } else { 0 };
        let e = terms.oracles.env().clone();
        let purse = Purse {
            escrow: prize,
            reserved: 0,
            prizes: 0,
            budget: budget - aside,
            held_fees: 0,
            ranking_fees: aside,
            fees: soroban_sdk::Vec::new(&e),
            deposits: 0,
            carried: 0,
            owed: 0,
        };
        let state = State {
            cancelled: false,
            ended: 0,
            accepted: soroban_sdk::Vec::from_iter(&e, (0..n).map(|_| 0)),
            key: None,
            submitted: 0,
            concluded: 0,
            decided: 0,
            head: 0,
            kept: 0,
            due: 0,
            rows: 0,
            scored: 0,
            unsettled: 0,
            ranking: Ranking::Open,
            ranked: 0,
            judge_ranked: false,
            purse,
            tallies: soroban_sdk::Vec::new(&e),
            folded: false,
            unopened: false,
        };
        Told {
            maker: f.topic(2),
            created: now,
            terms,
            state,
            fees: std::vec![0; n],
            tallies: std::vec![Tally::default(); n],
            pieces: BTreeMap::new(),
            tries: BTreeMap::new(),
            shares: None,
            board: std::vec![],
            ranking: std::vec![],
            ranked: std::vec![],
            announced: None,
            earnings: Earnings::default(),
            epochs: std::vec![],
            epoch_votes: std::vec![],
            claims: BTreeMap::new(),
            opened: BTreeMap::new(),
        }
    }

    pub fn place(&self, oracle: &Address) -> u32 {
        self.terms.oracles.first_index_of(oracle).expect("an oracle of this challenge")
    }

    pub fn m(&self) -> usize {
        (self.terms.oracles.len() as usize).div_ceil(2)
    }

    pub fn end(&self) -> u64 {
        self.terms.judge.as_ref().map_or(self.terms.grade_by, |judge| judge.judge_by)
    }

    pub fn accepted(&mut self, oracle: &Address, f: &Fields) {
        let place = self.place(oracle);
        assert_eq!(self.state.accepted.get(place), Some(0), "accepted once");
        self.state.accepted.set(place, f.get("key_version"));
        let (key, shares): (BytesN<32>, soroban_sdk::Bytes) = (f.get("key"), f.get("shares"));
        if place == 0 {
            self.shares = Some(shares);
            self.state.key = Some(key);
        } else {
            assert_eq!((self.state.key.as_ref(), shares.len()), (Some(&key), 0), "one key, brought by the first");
        }
    }

    pub fn topped_up(&mut self, f: &Fields) {
        self.state.purse.escrow += f.get::<i128>("escrow");
        self.state.purse.budget += f.get::<i128>("fees");
    }

    pub fn cancelled(&mut self, f: &Fields) {
        let purse = &mut self.state.purse;
        assert_eq!(f.get::<i128>("refunded"), purse.escrow + purse.budget + purse.ranking_fees);
        (purse.escrow, purse.budget, purse.ranking_fees) = (0, 0, 0);
        self.state.cancelled = true;
    }

    pub fn submitted(&mut self, f: &Fields, now: u64) {
        let (solver, attempt, number): (Address, u32, u32) = (f.topic(2), f.get("attempt"), f.get("number"));
        let (units, deposit, carried): (u32, i128, i128) = (f.get("units"), f.get("deposit"), f.get("carried"));
        assert_eq!((number, deposit), (self.state.submitted + 1, self.terms.deposit));
        let before = self.tries.get(&solver).cloned().unwrap_or_default();
        let day = (now / 86_400) as u32;
        let today = if before.day == day { before.today + 1 } else { 1 };
        assert_eq!(attempt, before.attempts + 1);
        self.tries.insert(solver.clone(), Attempts { attempts: attempt, day, today });
        let fee = fee(&self.terms);
        let purse = &mut self.state.purse;
        assert_eq!(carried, if purse.budget >= fee { 0 } else { fee }, "the budget first");
        if carried == 0 {
            purse.budget -= fee;
            purse.held_fees += fee;
        }
        purse.deposits += deposit;
        purse.carried += carried;
        if let Payout::PerUnit(unit) = &self.terms.payout {
            purse.escrow -= unit.rate * i128::from(units);
            purse.reserved += unit.rate * i128::from(units);
        }
        self.state.submitted = number;
        let nothing = BytesN::from_array(self.terms.oracles.env(), &[0; 32]);
        let piece = Piece {
            solver,
            attempt,
            number,
            cid: f.get("cid"),
            commitment: f.get("commitment"),
            time: now,
            units,
            verdict: Verdict::Pending,
            reason: 0,
            score: 0,
            content: nothing,
            accepted_units: 0,
            flags: u32::from(carried > 0),
            voted: 0,
            heard: 0,
            votes: std::vec![],
        };
        self.pieces.insert(number, piece);
    }

    pub fn revealed(&mut self, f: &Fields) -> Address {
        let by: Address = f.topic(2);
        assert!(self.opened.insert(by.clone(), f.get("truth")).is_none(), "once by each side");
        by
    }

    pub fn withdrawn(&mut self, f: &Fields) {
        let place = self.place(&f.topic(2)) as usize;
        assert_eq!(std::mem::take(&mut self.fees[place]), f.get::<i128>("amount"));
    }

    pub fn closed(&mut self, f: &Fields, now: u64) {
        let (prize, fees): (i128, i128) = (f.get("prize"), f.get("fees"));
        self.redue(now);
        let purse = &mut self.state.purse;
        if now >= self.terms.judge.as_ref().map_or(self.terms.grade_by, |judge| judge.judge_by)
            && self.state.ranking != Ranking::Oracles
        {
            purse.budget += std::mem::take(&mut purse.ranking_fees);
        }
        assert!(prize >= 0 && fees >= 0);
        purse.escrow -= prize;
        purse.budget -= fees;
    }
}

/// What a verdict costs.
pub fn fee(terms: &Terms) -> i128 {
    terms.oracle_fee * i128::from(terms.oracles.len().div_ceil(2))
}
