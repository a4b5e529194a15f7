//! Terms of any kind, sometimes wrong ones.
use super::GATE;
use crate::basics::Amount;
use crate::play::dice::Dice;
use crate::play::samples;
use crate::score::Direction;
use crate::terms::{Judge, Payout, Terms};

/// Terms of any kind, sometimes wrong ones.
pub(super) fn terms(dice: &mut Dice) -> (Terms, Amount) {
    let (base, prize) = match dice.below(6) {
        0..=2 => {
            let winners = dice.within(1, 3) as usize;
            (samples::bounty(100, winners), 100 * winners as Amount)
        }
        3 => (samples::ranked(&[60, 30, 10][..dice.within(1, 3) as usize]), 0),
        4 => (samples::per_unit(2, 10), 400),
        _ => (samples::earnings(), 100),
    };
    let prize = if let Payout::Ranked { prizes } = &base.payout { prizes.iter().sum() } else { prize };
    let deadline = dice.within(40, 100);
    let grade_by = deadline + dice.within(40, 60);
    let judge = Judge { address: samples::JUDGE, by: grade_by + dice.within(20, 40) };
    let deposit = if base.is_earnings() { 0 } else { dice.of(&[0, 1, 5]) };
    let mut terms = Terms {
        oracles: samples::ORACLES[..dice.of(&[1, 3, 3, 3, 5])].to_vec(),
        oracle_fee: dice.of(&[0, 1, 2]),
        deposit,
        direction: dice.of(&[Direction::Maximize, Direction::Maximize, Direction::Minimize]),
        step: dice.of(&[1, 1, 5]),
        deadline,
        grade_by,
        judge: if base.is_earnings() || dice.one_in(2) { None } else { Some(judge) },
        gate: dice.one_in(5).then_some(GATE),
        attempts_per_day: dice.of(&[2, 9]),
        ..base
    };
    if dice.one_in(30) {
        terms.grade_by -= 30;
    }
    (terms, prize)
}
