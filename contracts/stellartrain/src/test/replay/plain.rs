//! What is stored, as plain values that can be compared and printed without a ledger.
extern crate std;
use crate::types::*;
use std::vec::Vec;

/// The moving half of a challenge.
#[derive(Clone, Debug, PartialEq)]
pub struct Plain {
    pub status: Status,
    pub accepted: Vec<u32>,
    pub submitted: u32,
    pub finalized: u32,
    pub escrow: i128,
    pub reserved: i128,
    pub fee_budget: i128,
    pub fees: Vec<i128>,
    pub deposits: i128,
    pub held: i128,
    pub tallies: Vec<Tally>,
    pub winners: u32,
    pub reject_voted: u32,
    pub unsettled: u32,
    pub unsettled_eligible: u32,
    pub ranking: Ranking,
    pub silence: Option<i128>,
    pub ended: u64,
    pub closed: bool,
}

impl Plain {
    pub fn new(oracles: usize, escrow: i128, fee_budget: i128) -> Plain {
        Plain {
            status: Status::Active,
            accepted: std::vec![0; oracles],
            submitted: 0,
            finalized: 0,
            escrow,
            reserved: 0,
            fee_budget,
            fees: std::vec![0; oracles],
            deposits: 0,
            held: 0,
            tallies: std::vec![Tally::default(); oracles],
            winners: 0,
            reject_voted: 0,
            unsettled: 0,
            unsettled_eligible: 0,
            ranking: Ranking::Open,
            silence: None,
            ended: 0,
            closed: false,
        }
    }

    pub fn of(state: &State) -> Plain {
        Plain {
            status: state.status,
            accepted: state.accepted.iter().collect(),
            submitted: state.submitted,
            finalized: state.finalized,
            escrow: state.escrow,
            reserved: state.reserved,
            fee_budget: state.fee_budget,
            fees: state.fees.iter().collect(),
            deposits: state.deposits,
            held: state.held,
            tallies: state.tallies.iter().collect(),
            winners: state.winners,
            reject_voted: state.reject_voted,
            unsettled: state.unsettled,
            unsettled_eligible: state.unsettled_eligible,
            ranking: state.ranking,
            silence: state.silence,
            ended: state.ended,
            closed: state.closed,
        }
    }

    /// All money but unclaimed earnings; no part of it is ever below zero.
    pub fn total(&self) -> i128 {
        let parts = [self.escrow, self.reserved, self.fee_budget, self.deposits, self.held];
        assert!(parts.iter().chain(&self.fees).all(|part| *part >= 0), "a balance below zero: {self:?}");
        parts.iter().chain(&self.fees).sum()
    }
}

/// A vote while its submission is pending.
#[derive(Clone, Debug, PartialEq)]
pub struct Ballot {
    pub oracle: u32,
    pub verdict: Verdict,
    pub reason: u32,
    pub score: i64,
    pub content: [u8; 32],
    pub units: u32,
    pub time: u64,
}

impl Ballot {
    pub fn same(&self, other: &Ballot) -> bool {
        (self.verdict, self.score, self.units, self.content) == (other.verdict, other.score, other.units, other.content)
    }
}

/// A submission as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    pub number: u32,
    pub cid: (u32, [u8; 32]),
    pub time: u64,
    pub units: u32,
    pub verdict: Verdict,
    pub reason: u32,
    pub score: i64,
    pub content: [u8; 32],
    pub accepted_units: u32,
    pub flags: u32,
    pub votes: Vec<Ballot>,
}

impl Seen {
    pub fn new(number: u32, cid: &Cid, time: u64, units: u32) -> Seen {
        Seen {
            number,
            cid: (cid.codec, cid.digest.to_array()),
            time,
            units,
            verdict: Verdict::Pending,
            reason: 0,
            score: 0,
            content: [0; 32],
            accepted_units: 0,
            flags: 0,
            votes: std::vec![],
        }
    }

    pub fn of(view: &Submission) -> Seen {
        let votes = view.votes.iter().map(|vote| Ballot {
            oracle: vote.oracle,
            verdict: vote.verdict,
            reason: vote.reason,
            score: vote.score,
            content: vote.content_hash.to_array(),
            units: vote.units,
            time: vote.time,
        });
        Seen {
            verdict: view.verdict,
            reason: view.reason,
            score: view.score,
            content: view.content_hash.to_array(),
            accepted_units: view.accepted_units,
            flags: view.flags,
            votes: votes.collect(),
            ..Seen::new(view.number, &view.cid, view.time, view.units)
        }
    }

    pub fn has(&self, flag: u32) -> bool {
        self.flags & flag > 0
    }

    pub fn change(&mut self, clear: u32, set: u32) {
        self.flags = self.flags & !clear | set;
    }
}

pub fn verdict(code: u32) -> Verdict {
    [
        Verdict::Pending,
        Verdict::Scored,
        Verdict::Duplicate,
        Verdict::Rejected,
        Verdict::Unsettled,
        Verdict::Void,
        Verdict::Unavailable,
    ][code as usize]
}
