//! Who is owed what, and when: the defaults of `grade_by`, releases, fees; and what views say of a moment.
extern crate std;
use super::challenge::{Row, Told};
use super::fields::Fields;
use super::grading::{DEPOSIT_HELD, PRIZE_HELD, PRIZE_PAID, REJECT_VOTED};
use super::plain::Plain;
use crate::types::*;
use soroban_sdk::Address;
use std::vec::Vec;

const SILENCE_PAID: u32 = 16;

/// What one release sends for a submission.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Due {
    pub prize: i128,
    pub deposit: i128,
    pub silence: i128,
    /// What of its part the submission could not have earned.
    rest: i128,
}

impl Due {
    pub fn total(&self) -> i128 {
        self.prize + self.deposit + self.silence
    }
}

impl Told {
    /// The prize of a place (from 0) in a ranking: whole, or in the proportion of what was graded.
    pub fn prize(&self, plain: &Plain, place: u32) -> i128 {
        match &self.terms.payout {
            Payout::Bounty(bounty) => bounty.reward,
            Payout::Ranked(ranked) => {
                let whole = ranked.prizes.get(place).unwrap();
                let graded = i128::from(plain.finalized - plain.unsettled);
                let scaled = plain.ranking != Ranking::Posted && plain.submitted > 0;
                if scaled {
                    whole * graded / i128::from(plain.submitted)
                } else {
                    whole
                }
            }
            Payout::PerUnit(_) | Payout::Earnings => 0,
        }
    }

    /// How the challenge stands once the defaults of this moment are applied.
    pub fn lapsed(&self, now: u64) -> Plain {
        let mut plain = self.plain.clone();
        self.fix_ranking(&mut plain, now);
        self.fix_silence(&mut plain, now);
        plain
    }

    fn lapses(&self, now: u64) -> bool {
        self.plain.status == Status::Active && now >= self.terms.grade_by
    }

    fn fix_ranking(&self, plain: &mut Plain, now: u64) -> bool {
        let fixed =
            matches!(self.terms.payout, Payout::Ranked(_)) && plain.ranking == Ranking::Open && self.lapses(now);
        if fixed {
            plain.ranking = Ranking::Table;
            let due: i128 = (0..plain.winners).map(|place| self.prize(plain, place)).sum();
            plain.escrow -= due;
            plain.held += due;
        }
        fixed
    }

    /// Returns how many share.
    fn fix_silence(&self, plain: &mut Plain, now: u64) -> Option<u32> {
        let shares = |piece: &&super::challenge::Piece| {
            let ungraded = matches!(piece.seen.verdict, Verdict::Pending | Verdict::Unsettled);
            ungraded && !piece.seen.has(REJECT_VOTED)
        };
        let pending = plain.submitted > plain.finalized;
        let ungraded = pending || self.pieces.values().any(|piece| shares(&piece));
        if !ungraded || plain.silence.is_some() || !self.lapses(now) {
            return None;
        }
        plain.escrow += std::mem::take(&mut plain.reserved);
        let eligible = self.pieces.values().filter(shares).count() as i128;
        let most = match &self.terms.payout {
            Payout::Bounty(bounty) => bounty.reward,
            Payout::Ranked(ranked) => ranked.prizes.last().unwrap(),
            Payout::PerUnit(unit) => unit.rate * i128::from(unit.max_units),
            Payout::Earnings => 0,
        };
        let shared = plain.escrow * i128::from(self.terms.silence_share) / 10_000;
        let part = if eligible == 0 { 0 } else { (shared / eligible).min(most) };
        plain.escrow -= part * eligible;
        plain.held += part * eligible;
        plain.silence = Some(part);
        Some(eligible as u32)
    }

    pub fn ranking_fixed(&mut self, graded: u32, submitted: u32, now: u64) {
        let mut plain = self.plain.clone();
        assert!(self.fix_ranking(&mut plain, now), "the running table counts from grade_by on, without a ranking");
        assert_eq!((graded, submitted), (plain.finalized - plain.unsettled, plain.submitted));
        self.plain = plain;
    }

    pub fn silence_fixed(&mut self, part: i128, eligible: u32, now: u64) {
        let mut plain = self.plain.clone();
        assert_eq!(self.fix_silence(&mut plain, now), Some(eligible));
        assert_eq!(plain.silence, Some(part));
        self.plain = plain;
    }

    /// What a submission would be sent now.
    pub fn due(&self, number: u32, now: u64) -> Due {
        let (piece, plain) = (&self.pieces[&number], self.lapsed(now));
        let seen = &piece.seen;
        let prize = match &self.terms.payout {
            Payout::Bounty(bounty) if seen.has(PRIZE_HELD) => bounty.reward,
            Payout::PerUnit(unit) if seen.has(PRIZE_HELD) => unit.rate * i128::from(seen.accepted_units),
            Payout::Ranked(_) if !seen.has(PRIZE_PAID) => self.prize_in(&plain, number),
            _ => 0,
        };
        let pending = seen.verdict == Verdict::Pending;
        let undecided = pending && (plain.status == Status::Ended || plain.silence.is_some());
        let deposit = if seen.has(DEPOSIT_HELD) || undecided { self.terms.deposit } else { 0 };
        let shares = (pending || seen.verdict == Verdict::Unsettled) && !seen.has(REJECT_VOTED | SILENCE_PAID);
        let part = plain.silence.filter(|_| shares).unwrap_or(0);
        let most = match &self.terms.payout {
            Payout::PerUnit(unit) => unit.rate * i128::from(seen.units),
            _ => i128::MAX,
        };
        Due { prize, deposit, silence: part.min(most), rest: part - part.min(most) }
    }

    /// What the ranking brings a submission; 0 while there is none.
    fn prize_in(&self, plain: &Plain, number: u32) -> i128 {
        let place = self.board().iter().position(|row| row.number == number);
        place.filter(|_| plain.ranking != Ranking::Open).map_or(0, |place| self.prize(plain, place as u32))
    }

    /// Returns the submission's number and what was sent.
    pub fn released(&mut self, f: &Fields, now: u64) -> (u32, i128) {
        let number: u32 = f.get("number");
        assert_eq!(self.number_of(&f.topic(2), f.get("attempt")), Some(number));
        assert_eq!(self.lapsed(now), self.plain, "the defaults come before the release");
        let due = self.due(number, now);
        let told = (f.get("prize"), f.get("deposit"), f.get("silence"));
        assert_eq!((due.prize, due.deposit, due.silence), told, "released {number}");
        assert!(due.total() > 0);
        self.plain.held -= due.prize + due.silence + due.rest;
        self.plain.escrow += due.rest;
        self.plain.deposits -= due.deposit;

        let standing = self.standing(&self.plain, self.pieces[&number].seen.verdict);
        let Some(piece) = self.pieces.get_mut(&number) else { unreachable!() };
        let before = piece.paid;
        assert!(before.prize == 0 || due.prize == 0, "a prize is paid once");
        assert!(before.deposit == 0 || due.deposit == 0, "a deposit is returned once");
        assert!(before.silence == 0 || due.silence == 0, "a part is paid once");
        piece.paid.prize += due.prize;
        piece.paid.deposit += due.deposit;
        piece.paid.silence += due.silence;
        piece.seen.verdict = standing;
        if standing != Verdict::Pending {
            piece.seen.votes.clear();
        }
        if due.prize > 0 {
            piece.seen.change(PRIZE_HELD, PRIZE_PAID);
        }
        if due.deposit > 0 {
            piece.seen.change(DEPOSIT_HELD, 0);
        }
        if due.silence > 0 {
            piece.seen.change(0, SILENCE_PAID);
        }
        let seen = &piece.seen;
        assert_eq!(f.get::<u32>("verdict"), seen.verdict as u32 | seen.reason << 8 | seen.flags << 16);
        (number, due.total())
    }

    /// What is pending when nothing can be graded any more has its verdict.
    fn standing(&self, plain: &Plain, verdict: Verdict) -> Verdict {
        match verdict {
            Verdict::Pending if plain.status == Status::Ended => Verdict::Void,
            Verdict::Pending if plain.silence.is_some() => Verdict::Unsettled,
            verdict => verdict,
        }
    }

    /// Returns the oracle's fees.
    pub fn withdrawn(&mut self, oracle: &Address) -> i128 {
        let place = self.place(oracle) as usize;
        std::mem::take(&mut self.plain.fees[place])
    }

    /// The board with its prizes, as the view tells it now.
    pub fn places(&self, now: u64) -> Vec<(Row, i128)> {
        let plain = self.lapsed(now);
        let board = self.board().into_iter().enumerate();
        board.map(|(place, row)| (row, self.prize(&plain, place as u32))).collect()
    }

    /// What the view says became of a submission.
    pub fn outcome(&self, number: u32, now: u64) -> Outcome {
        let (plain, seen) = (self.lapsed(now), &self.pieces[&number].seen);
        let verdict = self.standing(&plain, seen.verdict);
        let won = seen.has(PRIZE_HELD | PRIZE_PAID);
        let prize = match &self.terms.payout {
            Payout::Bounty(bounty) if won => bounty.reward,
            Payout::PerUnit(unit) if won => unit.rate * i128::from(seen.accepted_units),
            Payout::Ranked(_) => self.prize_in(&plain, number),
            _ => 0,
        };
        let ranked = !matches!(self.terms.payout, Payout::Ranked(_)) || plain.ranking != Ranking::Open;
        let last = verdict != Verdict::Pending && ranked;
        Outcome { number, verdict, score: seen.score, prize, token: self.terms.token.clone(), last }
    }
}
