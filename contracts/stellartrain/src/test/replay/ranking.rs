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

    pub fn ranking_posted(&mut self, place: u32, rows: &soroban_sdk::Vec<RankingRow>, quorum: bool, now: u64) {
        let Payout::Ranked(ranked) = &self.terms.payout else { panic!("a ranking of something else") };
        assert!(self.grades(now) && now >= self.terms.deadline && self.plain.ranking == Ranking::Open);
        assert_eq!(self.plain.submitted, self.plain.finalized, "ranked when all is graded");
        assert!(self.rankings.iter().all(|(other, _)| *other != place), "one ranking each");
        let prizes = ranked.prizes.len();
        let rows: Vec<RankingRow> = rows.iter().collect();
        let board = self.ranked(&rows);
        assert!(board.len() <= prizes as usize);
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

    /// The rows as a board: scored, distinct, good enough, in order.
    fn ranked(&self, rows: &[RankingRow]) -> Vec<Row> {
        let row = |row: &RankingRow| {
            let number = self.number_of(&row.solver, row.attempt).expect("a submission");
            assert_eq!(self.pieces[&number].seen.verdict, Verdict::Scored);
            assert!(self.meets(self.rounded(row.score)));
            Row { solver: row.solver.clone(), attempt: row.attempt, number, score: row.score }
        };
        let board: Vec<Row> = rows.iter().map(row).collect();
        assert!(board.windows(2).all(|two| self.better(&two[0], &two[1]) == Ordering::Less), "best first");
        let twice = |at: usize| board[..at].iter().any(|other| other.solver == board[at].solver);
        assert!(!(0..board.len()).any(twice), "a solver has one place");
        board
    }
}
