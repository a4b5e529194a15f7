//! The same game where the judge is the contract that grades (`contracts/recount`): fewer than m oracles live, the others are silent, and
//! each honest solver still gets what honest grading gives.
//!
//! Whoever holds the truth opens it in the judge's time, an honest oracle does at once. Then honest solvers open their work, and wallets
//! what they like, in any order. What the contract says follows from what was opened alone.
use super::game::Game;
use super::{Outcome, Plan, Setup, WALLETS};
use crate::basics::{Address, Amount, Number, Time};
use crate::challenge::Status;
use crate::play::dice::Dice;
use crate::play::honest::{Grade, COPY};
use crate::play::samples;
use crate::ranking::{self, Attempt};
use crate::terms::{Judge, Payout, Terms};
use crate::verdict::Verdict;
use crate::world::Call;
use std::collections::BTreeMap;

/// A story in which at least one oracle is honest, and fewer than m live.
pub fn recounted(dice: &mut Dice) -> Setup {
    loop {
        let mut setup = super::setup(dice);
        let terms = &mut setup.terms;
        let n = terms.oracles.len();
        if n == 1 || !matches!(terms.payout, Payout::Bounty { .. } | Payout::Ranked { .. }) {
            continue;
        }
        terms.judge = Some(Judge { address: samples::JUDGE, by: terms.grade_by + 20 });
        let alive = dice.within(1, terms.m() as Time - 1) as usize;
        setup.honest = vec![false; n];
        while setup.honest.iter().filter(|it| **it).count() < alive {
            setup.honest[dice.below(n)] = true;
        }
        setup.asleep = vec![(0, 0); n];
        setup.recount = true;
        return setup;
    }
}

/// Until when works are opened: where content is unique, the last quarter is for rulings, when all copies are known.
fn open_until(terms: &Terms, judge: Judge) -> Time {
    if terms.unique_content {
        judge.by - (judge.by - terms.grade_by) / 4
    } else {
        judge.by
    }
}

impl Game<'_> {
    /// What is opened to the judge in a ledger, and what it says.
    pub(super) fn recount(&mut self) {
        let terms = self.setup.terms.clone();
        let Some(judge) = terms.judge.filter(|judge| (terms.grade_by..judge.by).contains(&self.world.now)) else {
            return;
        };
        if !self.opened.truth {
            self.opened.truth = true;
            return;
        }
        let until = open_until(&terms, judge);
        let mut numbers: Vec<Number> = (1..=self.plans.len() as Number).collect();
        self.dice.shuffle(&mut numbers);
        for number in numbers {
            let opens = !self.opened.works.contains(&number) && self.world.now < until && self.opens(number, until);
            if opens {
                self.opened.works.push(number);
            }
            let rules = self.opened.works.contains(&number) && self.opened.ruled.iter().all(|(it, _)| *it != number);
            if rules && (!terms.unique_content || self.world.now >= until) {
                self.rule_on(number);
            }
        }
    }

    /// Whoever is honest opens what has a form, in time; a wallet perhaps.
    fn opens(&mut self, number: Number, until: Time) -> bool {
        let last = self.world.now + 2 >= until;
        let plan = self.planned(number);
        let (honest, sound) = (plan.is_honest(), plan.file.grade.is_ok());
        sound && if honest { last || self.dice.one_in(4) } else { self.dice.one_in(8) }
    }

    fn planned(&self, number: Number) -> &Plan {
        &self.setup.plans[self.plans[number as usize - 1]]
    }

    fn grade(&self, number: Number) -> Option<Grade> {
        self.planned(number).file.grade.ok()
    }

    fn rule_on(&mut self, number: Number) {
        let terms = &self.setup.terms;
        let (own, Some(grade)) = (self.planned(number), self.grade(number)) else { return };
        let copied = terms.unique_content
            && self.opened.works.iter().any(|lower| {
                let other = self.planned(*lower);
                *lower < number && other.solver != own.solver && other.file.content == own.file.content
            });
        let verdict = if copied {
            Verdict::Rejected(COPY)
        } else {
            Verdict::Scored { score: grade.public, content: own.file.content, units: 0 }
        };
        self.call(samples::JUDGE, &Call::Rule(0, vec![(number, verdict)])).expect("a ruling");
        self.opened.ruled.push((number, !copied));
        if !copied {
            self.rank();
        }
    }

    /// By the works that were ruled on, as oracles would rank them.
    fn rank(&mut self) {
        let terms = self.setup.terms.clone();
        let Payout::Ranked { prizes } = &terms.payout else { return };
        let scored = self.opened.ruled.iter().filter(|(_, scored)| *scored);
        let attempts = scored.filter_map(|(number, _)| {
            let grade = self.grade(*number)?;
            let solver = self.planned(*number).solver;
            Some(Attempt { solver, number: *number, public: terms.round(grade.public), private: grade.private })
        });
        let attempts: Vec<Attempt> = attempts.collect();
        let rows = ranking::ranking(&attempts, &terms, prizes.len());
        let rows = rows.iter().map(|row| (row.solver, row.number, row.score)).collect();
        self.call(samples::JUDGE, &Call::PostRanking(0, rows)).expect("a ranking");
    }
}

/// Each honest solver has at least what it has where all oracles are honest, and its work has the same score and place.
pub fn compare_recount(setup: &Setup, open: &Outcome, closed: &Outcome) {
    let mut won: BTreeMap<Address, (Amount, Amount)> = BTreeMap::new();
    for (at, plan) in setup.plans.iter().enumerate().filter(|(_, plan)| plan.is_honest()) {
        let both = won.entry(plan.solver).or_default();
        let (open, closed) = (open.fates[at], closed.fates[at]);
        both.0 += open.map_or(0, |fate| fate.won);
        both.1 += closed.map_or(0, |fate| fate.won);
        let Some(open) = open else { continue };
        let closed = closed.unwrap_or_else(|| panic!("plan {at}: taken in the open, refused in the game"));
        if matches!(open.status, Status::Scored { .. }) {
            assert_eq!(closed.status, open.status, "plan {at}: another verdict");
            assert_eq!(closed.place, open.place, "plan {at}: another place");
        }
    }
    for (solver, (open, closed)) in won {
        assert!(solver.0 < WALLETS);
        assert!(closed >= open, "{solver:?} won {closed} instead of {open}");
    }
}
