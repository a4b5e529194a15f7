//! Places and prizes: of a bounty, of the running table, of rankings.
extern crate std;
use super::fields::Fields;
use super::told::Told;
use crate::types::*;
use soroban_sdk::Address;

impl Told {
    fn meets(&self, score: i64) -> bool {
        match self.terms.direction {
            Direction::Maximize => score >= self.terms.threshold,
            Direction::Minimize => score <= self.terms.threshold,
        }
    }

    /// What reaches the threshold enters the board or the running table; then what is safe of it is due.
    pub fn enter(&mut self, number: u32, now: u64) {
        let piece = &self.pieces[&number];
        let wins = piece.verdict == Verdict::Scored && self.meets(piece.score);
        match &self.terms.payout {
            Payout::Bounty(bounty) if wins => {
                let (due, winners) = (self.state.due as usize, bounty.winners as usize);
                let own = self.board.iter().position(|other| self.pieces[other].solver == piece.solver);
                // A solver stands once: what is due stays, and what waits only gives way to a lower number.
                if own.is_none_or(|place| place >= due && self.board[place] > number) {
                    if let Some(place) = own {
                        self.board.remove(place);
                    }
                    let waiting = self.board.split_off(due);
                    let mut waiting: std::vec::Vec<u32> = waiting.into_iter().chain([number]).collect();
                    waiting.sort_unstable();
                    self.board.extend(waiting);
                    self.board.truncate(winners);
                }
            }
            Payout::Ranked(ranked) if wins && self.state.ranking == Ranking::Open => {
                let places = ranked.prizes.len() as usize;
                self.board = self.table(places);
            }
            _ => {}
        }
        self.state.rows = self.board.len() as u32;
        self.redue(now);
        if let Payout::Bounty(bounty) = &self.terms.payout {
            if self.state.ended == 0 && self.state.rows == bounty.winners && now < self.end() {
                self.state.ended = now;
            }
        }
    }

    /// Each solver's best scored submission that reaches the threshold, best first, the earlier first where scores are equal.
    fn table(&self, places: usize) -> std::vec::Vec<u32> {
        let mut scored: std::vec::Vec<_> =
            self.pieces.values().filter(|piece| piece.verdict == Verdict::Scored && self.meets(piece.score)).collect();
        scored.sort_by_key(|piece| {
            let score = i128::from(piece.score);
            (if self.terms.direction == Direction::Maximize { -score } else { score }, piece.number)
        });
        let mut table: std::vec::Vec<u32> = std::vec![];
        for piece in scored {
            if table.len() < places && table.iter().all(|other| self.pieces[other].solver != piece.solver) {
                table.push(piece.number);
            }
        }
        table
    }

    /// Prizes of a bounty that nothing can take away any more; from the end on, by whom those of a competition go.
    pub fn redue(&mut self, now: u64) {
        if matches!(self.terms.payout, Payout::Ranked(_)) && now >= self.end() && self.state.ranking == Ranking::Open {
            match (self.state.judge_ranked, self.state.decided) {
                (true, _) => self.fix(Ranking::Judge),
                (false, 0) => self.fix(Ranking::Table),
                _ => {}
            }
        }
        let Payout::Bounty(bounty) = &self.terms.payout else { return };
        let state = &mut self.state;
        let end = self.terms.judge.as_ref().map_or(self.terms.grade_by, |judge| judge.judge_by);
        let claims = if state.ended > 0 || now < end { state.kept } else { state.decided };
        let due = state.rows.min(bounty.winners.saturating_sub(claims)).max(state.due);
        let more = bounty.reward * i128::from(due - state.due);
        state.due = due;
        state.purse.escrow -= more;
        state.purse.prizes += more;
    }

    /// The prize that is set aside for a submission, sent or not.
    pub fn prize(&self, number: u32) -> i128 {
        let place = match self.state.ranking {
            Ranking::Oracles | Ranking::Judge => self.ranking.iter().position(|row| row.0 == number),
            _ => self.board.iter().position(|other| *other == number),
        };
        match (&self.terms.payout, place) {
            (Payout::Bounty(bounty), Some(place)) if (place as u32) < self.state.due => bounty.reward,
            (Payout::Ranked(ranked), Some(place)) if self.state.ranking != Ranking::Open => {
                ranked.prizes.get(place as u32).unwrap_or(0)
            }
            _ => 0,
        }
    }

    pub fn ranking_posted(&mut self, f: &Fields) {
        let (by, rows): (Address, soroban_sdk::Vec<RankingRow>) = (f.topic(2), f.get("rows"));
        let quorum: bool = f.get("quorum");
        let judge = self.terms.judge.as_ref().is_some_and(|judge| judge.address == by);
        if !judge {
            let place = self.place(&by);
            self.ranked.retain(|(other, _)| *other != place);
            self.ranked.push((place, rows.clone()));
            let equal: std::vec::Vec<u32> =
                self.ranked.iter().filter(|(_, other)| *other == rows).map(|(place, _)| *place).collect();
            assert_eq!(quorum, equal.len() >= self.m());
            for place in equal.iter().filter(|_| quorum) {
                self.fees[*place as usize] += self.terms.oracle_fee;
                self.state.purse.ranking_fees -= self.terms.oracle_fee;
            }
        }
        self.state.judge_ranked |= judge;
        if !judge && !quorum {
            return;
        }
        let number = |row: &RankingRow| {
            let own = |piece: &&super::told::Piece| piece.solver == row.solver && piece.attempt == row.attempt;
            self.pieces.values().find(own).expect("a submission").number
        };
        self.ranking = rows.iter().map(|row| (number(&row), row.score)).collect();
        self.state.ranked = rows.len();
        if quorum {
            self.fix(Ranking::Oracles);
        }
    }

    fn fix(&mut self, ranking: Ranking) {
        let Payout::Ranked(ranked) = &self.terms.payout else { panic!("no ranking here") };
        assert_eq!(self.state.ranking, Ranking::Open, "fixed once");
        let rows = if ranking == Ranking::Table { self.board.len() } else { self.ranking.len() };
        let prizes: i128 = ranked.prizes.iter().take(rows).sum();
        self.state.ranking = ranking;
        self.state.purse.escrow -= prizes;
        self.state.purse.prizes += prizes;
    }
}
