//! What is given before anyone moves, by dice.
use super::{Plan, Setup, HONEST, WALLETS};
use crate::basics::{Address, Amount, Time};
use crate::earnings::Root;
use crate::play::dice::Dice;
use crate::play::honest::{File, Grade};
use crate::play::samples;
use crate::terms::{Judge, Payout, Terms};
use std::collections::BTreeMap;

/// Any story: terms of each kind, honest solvers, and what the coalition hands in.
pub fn setup(dice: &mut Dice) -> Setup {
    let winners = dice.within(1, 3) as usize;
    let (base, prize) = match dice.below(8) {
        0..=3 => (samples::bounty(100, winners), 100 * winners as Amount),
        4 | 5 => (samples::ranked(&[60, 30, 10][..winners]), [60, 90, 100][winners - 1]),
        6 => (samples::per_unit(2, 10), 800),
        _ => (samples::earnings(), 200),
    };
    let n = dice.of(&[1, 3, 3, 3, 5]);
    let deadline = dice.within(40, 80);
    let grade_by = deadline + dice.within(40, 50);
    let judge = Judge { address: samples::JUDGE, by: grade_by + 20 };
    let terms = Terms {
        oracles: samples::ORACLES[..n].to_vec(),
        oracle_fee: dice.of(&[0, 1, 2]),
        deposit: if base.is_earnings() { 0 } else { dice.of(&[0, 1, 8]) },
        deadline,
        grade_by,
        judge: base.judge.filter(|_| dice.one_in(2)).map(|_| judge),
        unique_content: dice.one_in(2),
        attempts: 20,
        attempts_per_day: 20,
        ..base
    };
    let mut honest = vec![false; n];
    while honest.iter().filter(|it| **it).count() < terms.m() {
        honest[dice.below(n)] = true;
    }
    let sleeps = !matches!(terms.payout, Payout::PerUnit { .. }) && dice.one_in(3);
    let sleep = |_| {
        let from = dice.within(20, deadline);
        if sleeps {
            (from, dice.within(from, deadline + samples::PATIENCE))
        } else {
            (0, 0)
        }
    };
    let asleep: Vec<(Time, Time)> = (0..n).map(sleep).collect();
    let budget = dice.of(&[0, 6, 30, 300]) + if terms.is_ranked() { terms.verdict_fee() } else { 0 };
    let mut plans: Vec<Plan> = Vec::new();
    let mut time = 20;
    while !terms.is_earnings() && plans.len() < 12 {
        time += dice.of(&[0, 1, 1, 3, 9]);
        if time >= deadline {
            break;
        }
        let next = plan(dice, time, &plans, n);
        plans.push(match terms.payout {
            Payout::PerUnit { max_units, .. } => labels(dice, next, max_units, plans.len()),
            _ => next,
        });
    }
    let mut epochs = Vec::new();
    let mut sums = BTreeMap::new();
    for at in 0..if terms.is_earnings() { dice.below(5) as u64 } else { 0 } {
        *sums.entry(Address(HONEST + dice.below(3) as u32)).or_default() += dice.within(0, 30) as Amount;
        epochs.push((25 + 20 * at, Root { leaves: sums.clone(), blind: 0 }));
    }
    Setup { terms, prize, budget, honest, asleep, plans, epochs, seed: dice.roll(), recount: false }
}

/// An honest solver's file reaches every oracle at once. A wallet's is good (the maker knows the truth), worthless, or a copy of
/// what was handed in before, and reaches whom it likes when it likes.
fn plan(dice: &mut Dice, time: Time, before: &[Plan], n: usize) -> Plan {
    let (units, honest) = (0, dice.one_in(2));
    let content = 1000 + dice.below(1_000_000) as u64;
    let grade = Grade { public: dice.within(80, 97) as i64, private: dice.within(80, 97) as i64, units };
    let mut file = File { content, grade: if dice.one_in(5) { Err(dice.below(4) as u32) } else { Ok(grade) } };
    if honest {
        let solver = Address(HONEST + dice.below(5) as u32);
        return Plan { time, solver, file, units, reach: vec![Some(0); n] };
    }
    if !before.is_empty() && dice.one_in(2) {
        file = dice.of(before).file;
    }
    let reach = (0..n).map(|_| dice.of(&[Some(0), None, None, Some(9), Some(10), Some(11), Some(25)])).collect();
    Plan { time, solver: Address(WALLETS + dice.below(6) as u32), file, units, reach }
}

/// The same plan as a batch of labels: how many units it declares and how many of them are good. What a labeler hands in is hashed
/// with its address, so a copy has a content of its own.
fn labels(dice: &mut Dice, plan: Plan, max_units: u32, place: usize) -> Plan {
    let units = dice.within(1, max_units.into()) as u32;
    let accepted = dice.within(0, units.into()) as u32;
    let grade = plan.file.grade.map(|grade| Grade { units: accepted, ..grade });
    Plan { units, file: File { content: 2_000_000 + place as u64, grade }, ..plan }
}
