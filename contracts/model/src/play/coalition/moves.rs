//! What honest oracles do in a ledger, and what the coalition tries.
use super::game::Game;
use super::WALLETS;
use crate::bank::CONTRACT;
use crate::basics::{Address, Number, Time};
use crate::challenge::{Challenge, Status};
use crate::earnings::Root;
use crate::play::honest::{File, Sight};
use crate::play::samples;
use crate::verdict::Verdict;
use crate::world::Call;

impl Game<'_> {
    /// By number - 1, what an honest oracle can open now: what its solver sent it, and, a ledger later, what any other honest
    /// oracle has.
    fn files(&self, place: usize, count: usize) -> Vec<Option<File>> {
        let arrived = |number: usize| {
            let (plan, it) = (&self.setup.plans[self.plans[number]], &self.challenge().submissions[number]);
            let has = |other: usize| {
                let late = Time::from(other != place);
                let honest = self.setup.honest[other];
                honest && plan.reach[other].is_some_and(|delay| self.world.now >= it.time + delay + late)
            };
            (self.open || (0..self.setup.honest.len()).any(has)).then_some(plan.file)
        };
        (0..count).map(arrived).collect()
    }

    /// Honest oracles vote, settle, pay out and rank on what stood in the last ledger.
    pub(super) fn honest(&self, seen: &Challenge) -> Vec<(Address, Call)> {
        let mut calls = Vec::new();
        for (place, oracle) in self.setup.terms.oracles.iter().enumerate() {
            let (from, to) = self.setup.asleep[place];
            if !self.open && (!self.setup.honest[place] || (from..to).contains(&self.world.now)) {
                continue;
            }
            let files = self.files(place, seen.submissions.len());
            let sight = Sight { challenge: seen, files: &files, now: self.world.now, place };
            let votes = sight.votes().into_iter();
            calls.extend(votes.map(|vote| (*oracle, Call::PostScores(0, vec![vote], true))));
            calls.extend(sight.ranking().map(|rows| (*oracle, Call::PostRanking(0, rows))));
            let epoch = seen.earnings.epochs.len();
            if let Some((_, root)) = self.setup.epochs.get(epoch).filter(|(time, _)| *time <= self.world.now) {
                if seen.earnings.votes[place].as_ref() != Some(root) {
                    calls.push((*oracle, Call::PostEarnings(0, epoch + 1, root.clone())));
                }
            }
        }
        let all: Vec<(Number, bool)> =
            seen.submissions.iter().filter(|it| !it.is_concluded()).map(|it| (it.number, false)).collect();
        if !all.is_empty() {
            calls.push((CONTRACT, Call::Settle(0, all)));
        }
        let owed = seen.submissions.iter().filter(|it| seen.owed(it.number) > 0);
        calls.extend(owed.map(|it| (CONTRACT, Call::ReleasePayment(0, it.number))));
        calls
    }

    /// Whatever could help: votes of any kind, settling in any order and holding payments, closing, ballots, rankings, roots.
    pub(super) fn coalition(&mut self) -> Vec<(Address, Call)> {
        let mut calls = Vec::new();
        let count = self.plans.len();
        let challenge = self.world.challenges[0].clone();
        let terms = &challenge.terms;
        for (place, oracle) in terms.oracles.iter().enumerate() {
            if self.setup.honest[place] || self.setup.recount {
                continue;
            }
            for number in 1..=count as Number {
                if self.dice.one_in(6) {
                    let vote = self.lie(number);
                    let settle = self.dice.one_in(2);
                    calls.push((*oracle, Call::PostScores(0, vec![(number, vote)], settle)));
                }
            }
            if terms.is_ranked() && self.dice.one_in(3) {
                calls.push((*oracle, Call::PostRanking(0, self.false_ranking(&challenge))));
            }
            if terms.is_earnings() && self.dice.one_in(3) {
                let epoch = challenge.earnings.epochs.len();
                let mut root = self.setup.epochs.get(epoch).map_or(Root::of([]), |(_, root)| root.clone());
                match self.dice.below(3) {
                    0 => *root.leaves.entry(Address(WALLETS)).or_default() += 1,
                    1 => root.blind += 1,
                    _ => {}
                }
                calls.push((*oracle, Call::PostEarnings(0, epoch + 1, root)));
            }
        }
        if count > 0 && self.dice.one_in(2) {
            let mut numbers: Vec<(Number, bool)> =
                (1..=count as Number).map(|number| (number, self.dice.one_in(2))).collect();
            self.dice.shuffle(&mut numbers);
            numbers.truncate(1 + self.dice.below(count));
            calls.push((samples::MAKER, Call::Settle(0, numbers)));
        }
        if self.dice.one_in(4) {
            calls.push((samples::MAKER, Call::Close(0)));
        }
        if let Some(judge) = terms.judge.filter(|_| count > 0 && !self.setup.recount) {
            let number = 1 + self.dice.below(count) as Number;
            calls.push((judge.address, Call::Rule(0, vec![(number, self.lie(number))])));
            if terms.is_ranked() {
                calls.push((judge.address, Call::PostRanking(0, self.false_ranking(&challenge))));
            }
        }
        calls
    }

    fn lie(&mut self, number: Number) -> Verdict {
        let plan = &self.setup.plans[self.plans[number as usize - 1]];
        let content = plan.file.content;
        let truth = match plan.file.grade {
            Ok(grade) => Verdict::Scored { score: grade.public, content, units: grade.units },
            Err(reason) => Verdict::Rejected(reason),
        };
        let win = Verdict::Scored { score: 99, content, units: plan.units };
        let lose = Verdict::Scored { score: 10, content: 1, units: 0 };
        let own = if plan.is_honest() { self.dice.of(&[lose, Verdict::Rejected(1)]) } else { win };
        self.dice.of(&[own, own, truth, Verdict::Unavailable, Verdict::Rejected(1), win])
    }

    fn false_ranking(&mut self, challenge: &Challenge) -> Vec<(Address, Number, i64)> {
        let scored = |it: &&crate::challenge::Submission| matches!(it.status, Status::Scored { .. });
        let mut rows: Vec<(Address, Number, i64)> = Vec::new();
        for it in challenge.submissions.iter().filter(scored) {
            if self.dice.one_in(2) && rows.len() < 3 && rows.iter().all(|(solver, ..)| *solver != it.solver) {
                rows.push((it.solver, it.number, 99 - rows.len() as i64));
            }
        }
        rows
    }
}
