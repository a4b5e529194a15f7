//! Votes and what they come to: verdicts in the order of the numbers, fees, deposits, prizes.
extern crate std;
use super::challenge::{Row, Told};
use super::plain::{verdict, Ballot};
use crate::types::*;
use soroban_sdk::Address;
use std::vec::Vec;

pub const PRIZE_HELD: u32 = 1;
pub const DEPOSIT_HELD: u32 = 2;
pub const PRIZE_PAID: u32 = 4;
pub const REJECT_VOTED: u32 = 8;
const UNAVAILABLE: u32 = 32;
const NOBODY: u32 = 255;

impl Told {
    /// Whether an oracle may cast these votes on the submissions from `first` on; scores are as graded or rounded.
    pub fn may_vote(&self, place: u32, first: u32, votes: &[Ballot], now: u64) -> bool {
        let (cursor, finalized) = (self.plain.tallies[place as usize].cursor, self.plain.finalized);
        // No gap, no second vote; what is final without it may be passed over.
        let next = first > cursor && (first == cursor + 1 || first <= finalized + 1);
        let sound = |(at, vote): (usize, &Ballot)| {
            let Some(piece) = self.pieces.get(&(first + at as u32)) else { return false };
            let empty = (vote.score, vote.units, vote.content) == (0, 0, [0; 32]);
            let waited = piece.seen.verdict != Verdict::Pending || now >= piece.seen.time + self.terms.patience;
            match vote.verdict {
                Verdict::Scored => vote.reason == 0 && vote.units <= piece.seen.units,
                Verdict::Rejected => (1..=255).contains(&vote.reason) && empty,
                Verdict::Unavailable => vote.reason == 0 && empty && waited,
                _ => false,
            }
        };
        self.grades(now) && (1..=40).contains(&votes.len()) && next && votes.iter().enumerate().all(sound)
    }

    /// Returns the numbers that were voted on.
    pub fn voted(&mut self, place: u32, first: u32, rows: &soroban_sdk::Vec<VoteRow>, now: u64) -> Vec<u32> {
        let ballot = |VoteRow(packed, score, content, units): VoteRow| {
            let (verdict, reason, content) = (verdict(packed & 0xff), packed >> 8, content.to_array());
            Ballot { oracle: place, verdict, reason, score, content, units, time: now }
        };
        let votes: Vec<Ballot> = rows.iter().map(ballot).collect();
        assert!(self.may_vote(place, first, &votes, now), "votes from {first} on: {votes:?}");
        assert!(votes.iter().all(|vote| self.rounded(vote.score) == vote.score), "a score is rounded: {votes:?}");
        let tally = &mut self.plain.tallies[place as usize];
        tally.missed += first - tally.cursor - 1;
        for vote in votes {
            tally.cursor = if tally.cursor < first { first } else { tally.cursor + 1 };
            tally.votes += 1;
            let seen = &mut self.pieces.get_mut(&tally.cursor).expect("a submission").seen;
            let right = match seen.verdict {
                Verdict::Pending => {
                    if vote.verdict == Verdict::Rejected && !seen.has(REJECT_VOTED) {
                        seen.change(0, REJECT_VOTED);
                        self.plain.reject_voted += 1;
                    }
                    seen.votes.push(vote);
                    continue;
                }
                Verdict::Scored | Verdict::Duplicate => {
                    let same =
                        (vote.score, vote.units, vote.content) == (seen.score, seen.accepted_units, seen.content);
                    vote.verdict == Verdict::Scored && same
                }
                Verdict::Rejected => vote.verdict == Verdict::Rejected,
                _ if seen.has(UNAVAILABLE) => vote.verdict == Verdict::Unavailable,
                _ => continue,
            };
            *(if right { &mut tally.agreed } else { &mut tally.disagreed }) += 1;
        }
        (first..first + rows.len()).collect()
    }

    /// The verdict of these votes: none yet, none ever, or the ballot to go by.
    pub fn decision(&self, votes: &[Ballot], now: u64) -> Option<Option<Ballot>> {
        let quorum = self.terms.quorum as usize;
        for vote in votes {
            let group = || votes.iter().filter(|other| other.same(vote));
            if group().count() >= quorum {
                return Some(group().min_by_key(|vote| vote.reason).cloned());
            }
        }
        let waited = votes.last().is_some_and(|last| now >= last.time + self.terms.patience);
        (votes.len() == self.oracles.len() || votes.len() >= quorum && waited).then_some(None)
    }

    /// Returns what was sent to whom.
    pub fn settled(&mut self, first: u32, rows: &soroban_sdk::Vec<SettledRow>, now: u64) -> Vec<(Address, i128)> {
        assert!(rows.is_empty() == (first == 0) && rows.len() <= 40);
        rows.iter().enumerate().filter_map(|(at, row)| self.settle(first + at as u32, &row, now)).collect()
    }

    fn settle(&mut self, number: u32, row: &SettledRow, now: u64) -> Option<(Address, i128)> {
        let SettledRow(by, packed, amount) = row;
        assert!(self.grades(now), "settled while it is graded");
        let mut seen = self.pieces[&number].seen.clone();
        assert_eq!((number, seen.verdict), (self.plain.finalized + 1, Verdict::Pending), "final in order, once");
        let votes = std::mem::take(&mut seen.votes);
        let decided = self.decision(&votes, now).expect("votes for a verdict");
        assert_eq!(*by, decided.as_ref().map_or(NOBODY, |vote| vote.oracle));
        self.plain.finalized = number;
        self.plain.reject_voted -= u32::from(seen.has(REJECT_VOTED));
        self.unreserve(seen.units);
        for vote in votes.iter().filter(|_| decided.is_some()) {
            let tally = &mut self.plain.tallies[vote.oracle as usize];
            let agreed = vote.same(decided.as_ref().unwrap());
            *(if agreed { &mut tally.agreed } else { &mut tally.disagreed }) += 1;
        }

        let graded = decided.filter(|vote| vote.verdict != Verdict::Unavailable);
        let sent = if let Some(vote) = graded {
            let new = !self.contents.contains_key(&vote.content);
            seen.verdict = match vote.verdict {
                Verdict::Scored if !new => Verdict::Duplicate,
                verdict => verdict,
            };
            seen.reason = vote.reason;
            if vote.verdict == Verdict::Scored {
                (seen.score, seen.accepted_units, seen.content) = (vote.score, vote.units, vote.content);
                self.contents.entry(vote.content).or_insert(number);
            }
            let back = if seen.verdict == Verdict::Scored { self.terms.deposit } else { 0 };
            self.earn_fees(&votes, &vote, self.terms.deposit - back);
            self.plain.deposits -= self.terms.deposit;
            let prize = self.award(&self.pieces[&number].solver, &seen, vote.units);
            self.plain.escrow -= prize;
            assert_eq!(*amount, prize + back);
            // Paid or held in one piece, as the token behaved: the balances tell whether it is true.
            let held = packed >> 16 & (PRIZE_HELD | DEPOSIT_HELD) > 0;
            let flags = match (prize > 0, back > 0, held) {
                (true, true, true) => PRIZE_HELD | DEPOSIT_HELD,
                (true, false, true) => PRIZE_HELD,
                (false, true, true) => DEPOSIT_HELD,
                (true, _, false) => PRIZE_PAID,
                _ => 0,
            };
            seen.change(0, flags);
            if held {
                self.plain.held += prize;
                self.plain.deposits += back;
            }
            (!held).then_some(*amount)
        } else {
            let unavailable = if *by == NOBODY { 0 } else { UNAVAILABLE };
            seen.verdict = Verdict::Unsettled;
            seen.change(0, unavailable | if self.terms.deposit > 0 { DEPOSIT_HELD } else { 0 });
            self.plain.unsettled += 1;
            self.plain.unsettled_eligible += u32::from(!seen.has(REJECT_VOTED));
            assert_eq!(*amount, 0);
            None
        };
        assert_eq!(*packed, seen.verdict as u32 | seen.reason << 8 | seen.flags << 16, "submission {number}");

        let piece = self.pieces.get_mut(&number).unwrap();
        piece.seen = seen;
        if sent.is_some() && piece.seen.has(PRIZE_PAID) {
            piece.paid.prize = amount - self.terms.deposit;
        }
        let sent = sent.map(|amount| (piece.solver.clone(), amount));
        self.count_winners(now);
        sent
    }

    fn unreserve(&mut self, units: u32) {
        if let Payout::PerUnit(unit) = &self.terms.payout {
            self.plain.reserved -= unit.rate * i128::from(units);
            self.plain.escrow += unit.rate * i128::from(units);
        }
    }

    /// The first of the quorum earn their fee: out of the lost deposit, then out of the budget.
    fn earn_fees(&mut self, votes: &[Ballot], agreed: &Ballot, lost: i128) {
        let (fee, quorum) = (self.terms.oracle_fee, self.terms.quorum);
        for vote in votes.iter().filter(|vote| vote.same(agreed)).take(quorum as usize) {
            self.plain.fees[vote.oracle as usize] += fee;
        }
        let due = fee * i128::from(quorum);
        self.plain.fee_budget -= (due - lost).max(0);
        self.plain.escrow += (lost - due).max(0);
    }

    fn award(&self, solver: &Address, seen: &super::Seen, units: u32) -> i128 {
        match &self.terms.payout {
            _ if seen.verdict != Verdict::Scored => 0,
            Payout::Bounty(bounty) => {
                let first = self.meets(seen.score) && !self.winners().any(|row| row.solver == *solver);
                bounty.reward * i128::from(first)
            }
            Payout::PerUnit(unit) => unit.rate * i128::from(units),
            Payout::Ranked(_) | Payout::Earnings => 0,
        }
    }

    fn count_winners(&mut self, now: u64) {
        self.plain.winners = self.board().len() as u32;
        match &self.terms.payout {
            Payout::Bounty(bounty) => {
                assert!(self.plain.winners <= bounty.winners);
                if self.plain.winners == bounty.winners {
                    (self.plain.status, self.plain.ended) = (Status::Ended, now);
                }
            }
            Payout::Ranked(_) => {}
            Payout::PerUnit(_) | Payout::Earnings => assert_eq!(self.plain.winners, 0),
        }
    }

    pub fn meets(&self, score: i64) -> bool {
        match self.terms.direction {
            Direction::Maximize => score >= self.terms.threshold,
            Direction::Minimize => score <= self.terms.threshold,
        }
    }

    /// Winners of a bounty, in the order of their submissions.
    pub fn winners(&self) -> impl Iterator<Item = Row> + '_ {
        let bounty = matches!(self.terms.payout, Payout::Bounty(_));
        let won = move |piece: &&super::challenge::Piece| bounty && piece.seen.has(PRIZE_HELD | PRIZE_PAID);
        self.pieces.values().filter(won).map(|piece| Row {
            solver: piece.solver.clone(),
            attempt: piece.attempt,
            number: piece.seen.number,
            score: piece.seen.score,
        })
    }
}
