//! Oracles: honest ones, liars, and one that is silent for long; and whoever settles.
extern crate std;
use super::dice::mix;
use super::story::{answer, Step, Story};
use crate::test::replay::{Ballot, Piece, Row, Told};
use crate::types::*;
use soroban_sdk::BytesN;
use std::vec::Vec;

/// What there is to find in a submission.
struct Truth {
    kind: u64,
    score: i64,
    private: i64,
    units: u32,
    content: [u8; 32],
}

impl Story {
    fn truth(&self, id: u32, piece: &Piece) -> Truth {
        let number = piece.seen.number;
        let chance = mix(self.seed ^ u64::from(id) << 40 ^ u64::from(number) << 8);
        let minimizes = self.told(id).is_some_and(|told| told.terms.direction == Direction::Minimize);
        let towards = |score: u64| if minimizes { 100 - score as i64 } else { score as i64 };
        // In every other challenge some cannot be fetched, and hold up those behind them.
        let kind = match chance % 16 {
            2 if mix(self.seed ^ u64::from(id)).is_multiple_of(2) => 4,
            kind => kind,
        };
        let mut content = [7; 32];
        // Some bring what others brought before.
        content[..4].copy_from_slice(&if kind == 3 { 1 } else { number }.to_be_bytes());
        Truth {
            kind,
            score: towards(30 + (chance >> 8) % 45),
            private: towards(30 + (chance >> 16) % 45),
            units: ((chance >> 24) % u64::from(piece.seen.units + 1)) as u32,
            content,
        }
    }

    /// What an honest oracle votes; `None` while it cannot get hold of the submission and must wait.
    fn honest(&self, id: u32, told: &Told, piece: &Piece) -> Option<Vote> {
        let truth = self.truth(id, piece);
        let vote = Vote {
            solver: piece.solver.clone(),
            attempt: piece.attempt,
            verdict: Verdict::Scored,
            reason: 0,
            score: truth.score,
            content_hash: BytesN::from_array(&self.w.e, &truth.content),
            units: truth.units,
            hold: false,
        };
        let empty = Vote { score: 0, units: 0, content_hash: self.w.bytes(0), ..vote.clone() };
        match truth.kind {
            0 | 1 => Some(Vote { verdict: Verdict::Rejected, reason: 5, ..empty }),
            2 if self.now() < piece.seen.time + told.terms.patience => None,
            2 => Some(Vote { verdict: Verdict::Unavailable, ..empty }),
            _ => Some(vote),
        }
    }

    /// A vote as this oracle casts it: the fourth oracle lies often, the others rarely.
    fn vote(&mut self, id: u32, piece_number: u32, oracle: usize) -> Option<Vote> {
        let told = self.told(id)?;
        let piece = &told.pieces[&piece_number];
        let (honest, units) = (self.honest(id, told, piece), piece.seen.units);
        let lies = self.dice.one_in(if oracle == 3 { 3 } else { 24 });
        let mut vote = honest?;
        if lies {
            let empty = Vote { score: 0, units: 0, reason: 0, content_hash: self.w.bytes(0), ..vote.clone() };
            vote = match self.dice.below(12) {
                0..=2 => Vote { verdict: Verdict::Unavailable, ..empty },
                3..=5 => Vote { verdict: Verdict::Rejected, reason: 9, ..empty },
                6..=8 => {
                    let (score, content_hash) = (70, self.w.bytes(self.dice.below(3) as u8));
                    Vote { verdict: Verdict::Scored, score, content_hash, ..empty }
                }
                9 => Vote { units: units + 1, ..vote },
                10 => Vote { verdict: Verdict::Void, ..vote },
                _ => Vote { reason: self.dice.of(&[3, 256]), ..vote },
            };
        } else if vote.verdict == Verdict::Rejected {
            vote.reason = 5 + self.dice.below(3) as u32;
        }
        vote.hold = self.dice.one_in(10);
        Some(vote)
    }

    pub fn post_scores(&mut self, id: u32) -> Step {
        let length = self.dice.of(&[1, 1, 2, 3, 5, 40, 40]);
        self.post(id, length)
    }

    /// As many votes as a batch takes.
    pub fn post_many(&mut self, id: u32) -> Step {
        self.post(id, 40)
    }

    fn post(&mut self, id: u32, mut length: u32) -> Step {
        let (now, mut idle) = (self.now(), true);
        let mut chosen = (self.dice.of(&self.oracles), 0);
        for _ in 0..3 {
            let roll = self.dice.roll() as usize;
            let Some(told) = self.told(id) else { break };
            let place = roll % told.oracles.len();
            let (oracle, cursor) = (told.oracles[place].clone(), told.plain.tallies[place].cursor);
            let (finalized, submitted) = (told.plain.finalized, told.plain.submitted);
            // The fifth oracle seldom does its work.
            let silent = self.oracles[4] == oracle && !self.dice.one_in(6);
            let from = if finalized > cursor && self.dice.one_in(2) { finalized } else { cursor };
            chosen = (oracle, from + 1);
            if from < submitted && !silent {
                idle = false;
                break;
            }
        }
        if idle && !self.dice.one_in(8) {
            let open = self.told(id).is_some_and(|told| now < told.terms.deadline);
            return if open { self.submit(id) } else { self.pass() };
        }
        let (oracle, mut from) = chosen;
        match self.dice.below(60) {
            0 => from += 1,
            1 => from = from.saturating_sub(1),
            2 => length = 41,
            3 => length = 0,
            _ => {}
        }
        let at = self.oracles.iter().position(|other| *other == oracle).unwrap();
        let last =
            self.told(id).map_or(0, |told| told.plain.submitted).min(from.saturating_add(length).saturating_sub(1));
        let mut votes = Vec::new();
        for number in from.max(1)..=last {
            match self.vote(id, number, at) {
                Some(vote) => votes.push(vote),
                None => break,
            }
        }
        let strange = self.dice.one_in(80);
        if strange {
            if let Some(vote) = votes.last_mut() {
                vote.attempt += 7;
            }
        }
        let mut report = self.w.cid(8);
        if self.dice.one_in(100) {
            report.codec = 1;
        }
        let settle = self.dice.one_in(2);
        let must = self.told(id).map_or(Some(false), |told| {
            let place = told.oracles.iter().position(|other| *other == oracle);
            let ballot = |vote: &Vote| Ballot {
                oracle: 0,
                verdict: vote.verdict,
                reason: vote.reason,
                score: vote.score,
                content: vote.content_hash.to_array(),
                units: vote.units,
                time: now,
            };
            let ballots: Vec<Ballot> = votes.iter().map(ballot).collect();
            let may = place.is_some_and(|place| told.may_vote(place as u32, from.max(1), &ballots, now));
            (!strange).then_some(may && report.codec != 1)
        });
        let votes = soroban_sdk::Vec::from_slice(&self.w.e, &votes);
        let result = answer(self.client.try_post_scores(&oracle, &id, &report, &votes, &settle));
        if result.is_ok() {
            self.coverage.batch(votes.len());
        }
        // No payment that fails can fail the batch, whatever the token does.
        Step { name: "post_scores", id, signer: Some(oracle), result, must }
    }

    pub fn settle(&mut self, id: u32) -> Step {
        let (now, skew) = (self.now(), self.dice.below(12));
        let length = self.dice.of(&[1, 2, 5, 40]);
        let told = self.told(id);
        let finalized = told.map_or(0, |told| told.plain.finalized);
        let from = match skew {
            0 => finalized + 2,
            1 => finalized.max(1),
            _ => finalized + 1,
        };
        let row = |piece: &Piece| Settlement { solver: piece.solver.clone(), attempt: piece.attempt, hold: false };
        let pieces = told.map(|told| told.pieces.range(from..from + length).map(|(_, piece)| row(piece)).collect());
        let mut rows: Vec<Settlement> = pieces.unwrap_or_default();
        let first = told.and_then(|told| told.pieces.get(&(finalized + 1)));
        let ready = first.is_some_and(|piece| told.unwrap().decision(&piece.seen.votes, now).is_some());
        let reached = from <= finalized + 1 && finalized + 1 < from + rows.len() as u32;
        let mut must = Some(told.is_some_and(|told| told.grades(now)) && ready && reached);
        if must == Some(false) && !self.dice.one_in(4) {
            return self.post_scores(id);
        }
        if self.dice.one_in(4) {
            rows.iter_mut().for_each(|row| row.hold = true);
        }
        if skew == 2 && rows.len() > 1 {
            rows.swap(0, 1);
            must = None;
        }
        let rows = soroban_sdk::Vec::from_slice(&self.w.e, &rows);
        let result = answer(self.client.try_settle(&id, &rows));
        Step { name: "settle", id, signer: None, result, must }
    }

    pub fn post_ranking(&mut self, id: u32) -> Step {
        let Some(told) = self.told(id) else {
            let rows = soroban_sdk::Vec::new(&self.w.e);
            let result = answer(self.client.try_post_ranking(&self.oracles[0], &id, &self.w.cid(8), &rows));
            return Step { name: "post_ranking", id, signer: None, result: result.map(|_| ()), must: Some(false) };
        };
        let mut rows = self.true_ranking(id, told);
        let prizes = match &told.terms.payout {
            Payout::Ranked(ranked) => ranked.prizes.len() as usize,
            _ => 1,
        };
        let unscored = told.pieces.values().find(|piece| piece.seen.verdict != Verdict::Scored);
        let unscored =
            unscored.map(|piece| RankingRow { solver: piece.solver.clone(), attempt: piece.attempt, score: 60 });
        let oracles = told.oracles.clone();
        let silent: Vec<bool> =
            (0..oracles.len()).map(|place| told.rankings.iter().all(|(other, _)| *other != place as u32)).collect();
        let mut place = self.dice.below(oracles.len());
        if !silent[place] && !self.dice.one_in(6) {
            place = silent.iter().position(|silent| *silent).unwrap_or(place);
        }
        rows.truncate(prizes);
        match self.dice.below(18) {
            0 | 1 => rows.truncate(1),
            2 => rows.clear(),
            3 => rows.reverse(),
            4 => rows.extend(unscored.clone()),
            5 => rows.iter_mut().for_each(|row| row.attempt += 90),
            6 => {
                rows.iter_mut().for_each(|row| row.score = if row.score > 50 { row.score - 40 } else { row.score + 40 })
            }
            7 => {
                let again = rows.first().cloned();
                rows.extend(again);
            }
            8 => {
                let filler = unscored.or(rows.first().cloned());
                rows.extend((0..41).filter_map(|_| filler.clone()));
            }
            _ => {}
        }
        let mut report = self.w.cid(8);
        if self.dice.one_in(40) {
            report.codec = 1;
        }
        let oracle = if self.dice.one_in(30) { self.dice.of(&self.oracles) } else { oracles[place].clone() };
        let told = &self.replay.challenges[&id];
        let place = told.oracles.iter().position(|other| *other == oracle);
        let may = place.is_some_and(|place| told.may_rank(place as u32, &rows, self.now())) && report.codec != 1;
        let rows = soroban_sdk::Vec::from_slice(&self.w.e, &rows);
        let result = answer(self.client.try_post_ranking(&oracle, &id, &report, &rows)).map(|_| ());
        Step { name: "post_ranking", id, signer: Some(oracle), result, must: Some(may) }
    }

    /// The best distinct solvers on the private part of the truth.
    fn true_ranking(&self, id: u32, told: &Told) -> Vec<RankingRow> {
        let scored = told.pieces.values().filter(|piece| piece.seen.verdict == Verdict::Scored);
        let rows = scored.map(|piece| Row {
            solver: piece.solver.clone(),
            attempt: piece.attempt,
            number: piece.seen.number,
            score: self.truth(id, piece).private,
        });
        let mut rows: Vec<Row> = rows.filter(|row| told.meets(told.rounded(row.score))).collect();
        rows.sort_by(|a, b| told.better(a, b));
        let mut best: Vec<RankingRow> = Vec::new();
        for Row { solver, attempt, score, .. } in rows {
            if best.iter().all(|other| other.solver != solver) {
                best.push(RankingRow { solver, attempt, score });
            }
        }
        best
    }
}
