//! Terms of all four payout rules, now and then impossible ones.
extern crate std;
use super::story::Story;
use crate::test::world::prize;
use crate::types::*;
use soroban_sdk::{Address, Vec};

const DAY: u64 = 86_400;

impl Story {
    /// Terms, the prize paid in and the fee budget.
    pub fn terms(&mut self) -> (Terms, i128, i128) {
        let payout = self.payout();
        let (now, e) = (self.now(), self.w.e.clone());
        let dice = &mut self.dice;
        let earns = matches!(payout, Payout::Earnings);
        let mut oracles: std::vec::Vec<Address> = self.oracles[..5].to_vec();
        (1..oracles.len()).for_each(|at| oracles.swap(at, dice.below(at + 1)));
        let n = dice.of(&[1, 1, 2, 3, 3, 4, 5]);
        let deposit = if earns { 0 } else { dice.of(&[0, 0, 3, 20]) };
        let patience = dice.of(&[600, 600, 600, 900, 7 * DAY]);
        let length = if dice.one_in(25) { dice.within(10, 100) * DAY } else { dice.within(20, 120) * 60 };
        let deadline = now + length;
        let latest = (now + 150 * DAY - deadline - 3 * patience).min(dice.of(&[0, 600, 3_600, 40 * DAY]));
        let terms = Terms {
            token: self.tokens[dice.of(&[0, 0, 0, 0, 1, 1, 2, 2])].address.clone(),
            payout,
            oracles: Vec::from_slice(&e, &oracles[..n]),
            quorum: dice.within(n as u64 / 2 + 1, n as u64) as u32,
            oracle_fee: dice.of(&[0, 1, 7]),
            deposit,
            threshold: 50,
            direction: dice.of(&[Direction::Maximize, Direction::Minimize]),
            step: dice.of(&[1, 10]),
            opens: dice.of(&[0, 0, now, now, now, now, now, now + 120, now + 120, deadline - 1]),
            accept_by: now + dice.within(60, length),
            deadline,
            patience,
            grade_by: deadline + 3 * patience + latest,
            silence_share: if deposit > 0 { dice.of(&[0, 5_000, 9_999, 10_000]) } else { 0 },
            attempts: dice.of(&[1, 3, 20, 60, 60]),
            attempts_per_day: dice.of(&[1, 20, 60, 60, 60]),
            opens_truth: !dice.one_in(3),
            manifest: self.w.cid(1),
        };
        let paid_in = match &terms.payout {
            Payout::PerUnit(_) | Payout::Earnings => i128::from(dice.within(1, 4_000)),
            _ => prize(&terms),
        };
        let fees = dice.of(&[0, 10, 100, 2_000]);
        (terms, paid_in, fees)
    }

    fn payout(&mut self) -> Payout {
        let dice = &mut self.dice;
        match dice.below(4) {
            0 => {
                let winners = dice.of(&[1, 2, 3, 4, 50]);
                Payout::Bounty(Bounty { reward: i128::from(dice.within(1, 1_000)), winners })
            }
            1 => {
                let places = dice.of(&[1, 2, 3, 5, 40]);
                let mut prizes: std::vec::Vec<i128> = (0..places).map(|_| i128::from(dice.within(1, 500))).collect();
                prizes.sort_by(|a, b| b.cmp(a));
                Payout::Ranked(Ranked { prizes: Vec::from_slice(&self.w.e, &prizes) })
            }
            2 => {
                let max_units = dice.of(&[1, 5, 30]);
                Payout::PerUnit(PerUnit { rate: i128::from(dice.within(1, 9)), max_units })
            }
            _ => Payout::Earnings,
        }
    }

    /// One mistake of a maker.
    pub fn spoil(&mut self, terms: &mut Terms, prize: &mut i128, fees: &mut i128) {
        let now = self.now();
        let twice = terms.oracles.get(0).unwrap();
        self.mistakes += 1;
        match self.mistakes % 22 {
            0 => terms.oracles.push_back(twice),
            1 => terms.oracles.push_back(self.oracles[5].clone()),
            2 => terms.oracles = Vec::new(&self.w.e),
            3 => terms.quorum = terms.oracles.len() / 2,
            4 => terms.quorum = terms.oracles.len() + 1,
            5 => terms.accept_by = self.dice.of(&[now, terms.deadline + 1]),
            6 => terms.opens = terms.deadline,
            7 => terms.grade_by = self.dice.of(&[terms.deadline + 3 * terms.patience - 1, now + 150 * DAY + 1]),
            8 => terms.patience = self.dice.of(&[599, 7 * DAY + 1, u64::MAX]),
            9 => {
                let worthless = Bounty { reward: 0, winners: 1 };
                terms.payout = self.dice.of(&[
                    Payout::Bounty(worthless.clone()),
                    Payout::Bounty(Bounty { reward: 1, winners: 51 }),
                    Payout::Ranked(Ranked { prizes: Vec::from_array(&self.w.e, [1, 2]) }),
                    Payout::Ranked(Ranked { prizes: Vec::from_array(&self.w.e, [1; 41]) }),
                    Payout::PerUnit(PerUnit { rate: 0, max_units: 1 }),
                ]);
            }
            10 => terms.payout = Payout::PerUnit(PerUnit { rate: i128::MAX, max_units: 2 }),
            11 => *prize = self.dice.of(&[0, 0, -1, *prize + 1]),
            12 => *fees = self.dice.of(&[-1, i128::MAX]),
            13 => terms.oracle_fee = -1,
            14 => terms.deposit = -1,
            15 => terms.attempts = 0,
            16 => terms.attempts_per_day = 0,
            17 => terms.silence_share = 10_001,
            18 => (terms.deposit, terms.silence_share) = (0, 1),
            19 => terms.step = self.dice.of(&[0, -10]),
            20 => terms.manifest.codec = 0x71,
            _ => terms.deposit = i128::MAX,
        }
    }
}
