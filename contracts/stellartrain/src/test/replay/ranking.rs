//! Boards: the running table made anew from all scored submissions, and what oracles ranked.
extern crate std;
use super::challenge::{Row, Told};
use crate::types::*;
use std::cmp::Ordering;
use std::vec::Vec;

impl Told {
    pub fn board(&self) -> Vec<Row> {
        match (&self.terms.payout, &self.posted) {
            (Payout::Bounty(_), _) => self.winners().collect(),
            (Payout::Ranked(_), Some(posted)) => posted.clone(),
            (Payout::Ranked(ranked), None) => self.table(ranked.prizes.len() as usize),
            _ => std::vec![],
        }
    }

    /// Each solver's best scored submission that reaches the threshold, best first.
    fn table(&self, places: usize) -> Vec<Row> {
        let scored = self.pieces.values().filter(|piece| piece.seen.verdict == Verdict::Scored);
        let rows = scored.map(|piece| Row {
            solver: piece.solver.clone(),
            attempt: piece.attempt,
            number: piece.seen.number,
            score: piece.seen.score,
        });
        let mut rows: Vec<Row> = rows.filter(|row| self.meets(row.score)).collect();
        rows.sort_by(|a, b| self.better(a, b));
        let mut best: Vec<Row> = std::vec![];
        for row in rows {
            if best.len() < places && best.iter().all(|other| other.solver != row.solver) {
                best.push(row);
            }
        }
        best
    }

    pub fn better(&self, a: &Row, b: &Row) -> Ordering {
        let by_score = match self.terms.direction {
            Direction::Maximize => b.score.cmp(&a.score),
            Direction::Minimize => a.score.cmp(&b.score),
        };
        by_score.then(a.number.cmp(&b.number))
    }

    pub fn rounded(&self, score: i64) -> i64 {
        let above = score.rem_euclid(self.terms.step);
        match self.terms.direction {
            Direction::Minimize if above > 0 => score + self.terms.step - above,
            _ => score - above,
        }
    }

    pub fn number_of(&self, solver: &soroban_sdk::Address, attempt: u32) -> Option<u32> {
        let found = |piece: &&super::challenge::Piece| piece.solver == *solver && piece.attempt == attempt;
        self.pieces.values().find(found).map(|piece| piece.seen.number)
    }

    /// Whether an oracle may post this ranking.
    pub fn may_rank(&self, place: u32, rows: &[RankingRow], now: u64) -> bool {
        let Payout::Ranked(ranked) = &self.terms.payout else { return false };
        let all_final = now >= self.terms.deadline && self.plain.submitted == self.plain.finalized;
        let silent = self.rankings.iter().all(|(other, _)| *other != place);
        let fits = rows.len() <= ranked.prizes.len() as usize && self.ranked(rows).is_some();
        self.grades(now) && all_final && self.plain.ranking == Ranking::Open && silent && fits
    }

    pub fn ranking_posted(&mut self, place: u32, rows: &soroban_sdk::Vec<RankingRow>, quorum: bool, now: u64) {
        let rows: Vec<RankingRow> = rows.iter().collect();
        assert!(self.may_rank(place, &rows, now), "a ranking: {rows:?}");
        let board = self.ranked(&rows).expect("a board");
        self.rankings.push((place, rows.clone()));
        self.plain.tallies[place as usize].votes += 1;
        let equal = |other: &(u32, Vec<RankingRow>)| other.1 == rows;
        let agreed = self.rankings.iter().filter(|other| equal(other)).count();
        assert_eq!(quorum, agreed as u32 >= self.terms.quorum);
        if !quorum {
            return;
        }
        for other in &self.rankings {
            let tally = &mut self.plain.tallies[other.0 as usize];
            *(if equal(other) { &mut tally.agreed } else { &mut tally.disagreed }) += 1;
        }
        self.plain.winners = board.len() as u32;
        self.posted = Some(board);
        self.plain.ranking = Ranking::Posted;
        let due: i128 = (0..self.plain.winners).map(|place| self.prize(&self.plain, place)).sum();
        self.plain.escrow -= due;
        self.plain.held += due;
        if self.is_over(now) {
            self.end(now);
        }
    }

    /// The rows as a board, if they are scored, distinct, good enough and in order.
    fn ranked(&self, rows: &[RankingRow]) -> Option<Vec<Row>> {
        let mut board: Vec<Row> = std::vec![];
        for RankingRow { solver, attempt, score } in rows {
            let number = self.number_of(solver, *attempt)?;
            let row = Row { solver: solver.clone(), attempt: *attempt, number, score: *score };
            let scored = self.pieces[&number].seen.verdict == Verdict::Scored && self.meets(self.rounded(*score));
            let ordered = board.last().is_none_or(|last| self.better(last, &row) == Ordering::Less);
            let distinct = board.iter().all(|other| other.solver != *solver);
            if !scored || !ordered || !distinct {
                return None;
            }
            board.push(row);
        }
        Some(board)
    }
}
