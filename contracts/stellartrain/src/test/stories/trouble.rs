//! Time passes, accounts freeze and thaw, the hostile token changes its mood, money falls from the sky.
extern crate std;
use super::story::{Step, Story};
use super::token::{Mood, MOODS};
use crate::test::replay::Told;
use crate::types::*;
use soroban_sdk::Address;
use std::vec::Vec;

const DAY: u64 = 86_400;

impl Story {
    fn happened(name: &'static str) -> Step {
        Step { name, id: 0, signer: None, result: Ok(()), must: None }
    }

    /// Until the challenge opens.
    pub fn wait(&mut self, id: u32) -> Step {
        let opens = self.told(id).map_or(0, |told| told.terms.opens);
        self.go_to(opens.min(self.now() + DAY));
        Story::happened("pass")
    }

    /// Until nothing is submitted any more, unless that is far away.
    pub fn until_deadline(&mut self, id: u32) -> Step {
        let deadline = self.told(id).map_or(0, |told| told.terms.deadline);
        if deadline < self.now() + DAY {
            self.go_to(deadline.max(self.now()));
        }
        Story::happened("pass")
    }

    /// By seconds, to a moment that matters or around it, or by half a year.
    pub fn pass(&mut self) -> Step {
        let now = self.now();
        let moments = self.replay.challenges.values().filter(|told| told.total() > 0).flat_map(|told| {
            let terms = &told.terms;
            let first = told.pieces.get(&(told.plain.finalized + 1));
            let waits = first.map(|piece| piece.seen.votes.last().map_or(piece.seen.time, |vote| vote.time));
            let waits = waits.map_or(0, |time| time + terms.patience);
            let epoch = told.epoch_votes.last().map_or(0, |vote| vote.time + terms.patience);
            [terms.opens, terms.accept_by, terms.deadline, terms.grade_by, waits, epoch]
        });
        let mut moments: Vec<u64> = moments.filter(|moment| *moment > now + 1).collect();
        moments.sort();
        // Between the deadline and `grade_by` there is grading and ranking to be done: mostly the oracles hurry.
        let busy = |told: &&Told| {
            let pending = told.plain.submitted > told.plain.finalized;
            let ranked = matches!(told.terms.payout, Payout::Ranked(_)) && told.plain.ranking == Ranking::Open;
            told.grades(now) && now >= told.terms.deadline && told.plain.submitted > 0 && (pending || ranked)
        };
        if self.replay.challenges.values().any(|told| busy(&told)) && !self.dice.one_in(4) {
            let soon = now + self.dice.within(1, 20);
            self.go_to(soon);
            return Story::happened("pass");
        }
        let to = match self.dice.below(16) {
            0..=3 if !moments.is_empty() => moments[self.dice.below(moments.len().min(3))] + self.dice.within(0, 2) - 1,
            4 if self.dice.one_in(2) => now + self.dice.of(&[600, 600, 3_600, DAY]),
            5 if self.dice.one_in(8) => now + self.dice.of(&[30 * DAY, 100 * DAY, 200 * DAY]),
            _ => now + self.dice.within(1, 60),
        };
        self.go_to(to);
        Story::happened("pass")
    }

    pub fn trouble(&mut self) -> Step {
        let e = self.w.e.clone();
        let (who, at) = (self.dice.of(&self.everybody()), self.dice.below(2));
        match self.dice.below(6) {
            0 | 1 => {
                let (token, frozen) = (&self.tokens[at], self.dice.one_in(2));
                if token.has_line(&e, &who) || token.reaches(&e, &who) {
                    token.freeze(&e, &who, frozen);
                }
            }
            2 => {
                let (who, room) = (self.dice.of(&self.solvers[7..]), !self.dice.one_in(3));
                self.tokens[at].set_room(&e, &who, room);
            }
            3 => {
                let mood = if self.dice.one_in(2) { Mood::Kind } else { self.dice.of(&MOODS) };
                self.tokens[2].set_mood(&e, mood);
            }
            4 => {
                // Tokens that nobody asked for belong to no challenge.
                let at = self.dice.below(3);
                if self.tokens[at].is_honest() || self.dice.one_in(2) {
                    let amount = self.dice.within(1, 9) as i128;
                    self.gift(at, amount);
                }
            }
            _ => {
                let held = self.tokens[2].balance(&e, &self.w.contract);
                let taken = held.min(self.dice.within(0, 50) as i128);
                self.gift(2, -taken);
            }
        }
        Story::happened("trouble")
    }

    /// The contract gets money without a call, or loses it to the hostile token's issuer.
    pub fn gift(&mut self, at: usize, amount: i128) {
        let token = &mut self.tokens[at];
        token.mint(&self.w.e, &self.w.contract, amount);
        token.drift += amount;
    }

    /// All obstacles are gone: who was frozen is thawed, who had no trustline has one, the hostile token is kind and
    /// gives back what it took.
    pub fn peace(&mut self) {
        let e = self.w.e.clone();
        for token in &self.tokens[..2] {
            for who in self.everybody() {
                token.set_room(&e, &who, true);
                token.freeze(&e, &who, false);
            }
        }
        self.tokens[2].set_mood(&e, Mood::Kind);
        for at in 0..3 {
            let drift = self.tokens[at].drift;
            if drift < 0 {
                self.gift(at, -drift);
            }
        }
    }

    /// Once everything is over and collected, nothing but unclaimed earnings is left.
    pub fn end(&mut self) {
        self.bound.clear();
        let last = self.replay.challenges.values().map(|told| told.terms.grade_by).max().unwrap_or(0);
        self.go_to(last.max(self.now()));
        self.peace();
        let ids: Vec<u32> = self.replay.challenges.keys().copied().collect();
        for id in ids {
            let told = &self.replay.challenges[&id];
            let (now, oracles) = (self.now(), told.oracles.clone());
            let owed = told.pieces.iter().filter(|(number, _)| told.due(**number, now).total() > 0);
            let owed: Vec<(Address, u32)> = owed.map(|(_, piece)| (piece.solver.clone(), piece.attempt)).collect();
            if told.plain.status == Status::Active && !told.all_accepted() {
                let step = self.cancel(id);
                self.check(step);
                continue;
            }
            if told.plain.status == Status::Cancelled {
                continue;
            }
            for (solver, attempt) in owed {
                let result = super::story::answer(self.client.try_release_payment(&id, &solver, &attempt)).map(|_| ());
                self.check(Step { name: "release_payment", id, signer: None, result, must: Some(true) });
            }
            for oracle in oracles {
                let result = super::story::answer(self.client.try_withdraw_fees(&oracle, &id)).map(|_| ());
                self.check(Step { name: "withdraw_fees", id, signer: None, result, must: None });
            }
            let step = self.close(id);
            self.check(step);
            assert_eq!(self.replay.challenges[&id].plain.total(), 0, "challenge {id} keeps money");
        }
        self.check_all();
    }
}
