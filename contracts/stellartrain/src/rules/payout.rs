//! Who wins and how much.
use super::sums;
use crate::errors::{require, Error};
use crate::types::{Direction, Payout, PerUnit, Ranked};

/// A bounty has at most this many winners.
pub const MAX_WINNERS: u32 = 50;
/// A ranking has at most this many prizes.
pub const MAX_PRIZES: u32 = 40;
/// No batch can reserve more than this part of the prize: one wallet alone cannot hold up everyone else.
const BATCHES_IN_A_PRIZE: i128 = 20;

/// Whether the rule is within its bounds and exactly its prize is paid in.
pub fn check(payout: &Payout, prize: i128) -> Result<(), Error> {
    let promised = match payout {
        Payout::Bounty(bounty) => Some(bounty_prize(bounty.reward, bounty.winners)?),
        Payout::Ranked(ranked) => Some(ranking_prize(ranked.prizes.iter())?),
        Payout::PerUnit(_) | Payout::Earnings => None,
    };
    require(sums::amount(prize)? > 0 && promised.is_none_or(|promised| promised == prize), Error::WrongPrize)?;
    match payout {
        Payout::PerUnit(unit) => {
            require(sums::amount(unit.rate)? > 0 && unit.max_units > 0, Error::BadPayout)?;
            require(pay(unit, unit.max_units) <= prize / BATCHES_IN_A_PRIZE, Error::BadPayout)
        }
        _ => Ok(()),
    }
}

/// The whole prize of a bounty, locked at creation.
fn bounty_prize(reward: i128, winners: u32) -> Result<i128, Error> {
    require(reward > 0 && (1..=MAX_WINNERS).contains(&winners), Error::BadPayout)?;
    Ok(sums::amount(reward)? * i128::from(winners))
}

/// The sum of prizes that do not grow from one to the next.
fn ranking_prize(prizes: impl ExactSizeIterator<Item = i128>) -> Result<i128, Error> {
    require((1..=MAX_PRIZES as usize).contains(&prizes.len()), Error::BadPayout)?;
    let (mut sum, mut before) = (0, sums::MAX_AMOUNT);
    for prize in prizes {
        require(prize > 0 && prize <= before, Error::BadPayout)?;
        before = prize;
        sum += prize;
    }
    Ok(sum)
}

/// The sum of the first prizes.
pub fn first_prizes(ranked: &Ranked, places: u32) -> i128 {
    ranked.prizes.iter().take(places as usize).sum()
}

/// What so many units of a batch bring.
pub fn pay(unit: &PerUnit, units: u32) -> i128 {
    unit.rate * i128::from(units)
}

/// Whether a rounded score reaches the threshold; the threshold itself does.
pub fn meets(score: i64, threshold: i64, direction: Direction) -> bool {
    match direction {
        Direction::Maximize => score >= threshold,
        Direction::Minimize => score <= threshold,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prize_is_all_that_the_rule_promises() {
        assert_eq!(bounty_prize(50, 5), Ok(250));
        assert_eq!(bounty_prize(50, 51), Err(Error::BadPayout));
        assert_eq!(bounty_prize(0, 1), Err(Error::BadPayout));
        assert_eq!(bounty_prize(sums::MAX_AMOUNT + 1, 1), Err(Error::BadAmount));
        assert_eq!(ranking_prize([30, 20, 20].into_iter()), Ok(70));
        for bad in [&[][..], &[1, 2], &[1, 0]] {
            assert_eq!(ranking_prize(bad.iter().copied()), Err(Error::BadPayout), "{bad:?}");
        }
    }

    #[test]
    fn one_batch_reserves_at_most_a_twentieth_of_the_prize() {
        let units = |max_units| Payout::PerUnit(PerUnit { rate: 5, max_units });
        assert_eq!(check(&units(10), 1_000), Ok(()));
        assert_eq!(check(&units(11), 1_000), Err(Error::BadPayout));
        assert_eq!(check(&units(0), 1_000), Err(Error::BadPayout));
        assert_eq!(check(&units(1), 0), Err(Error::WrongPrize));
    }

    #[test]
    fn the_threshold_itself_is_enough() {
        assert!(meets(9, 9, Direction::Maximize) && !meets(8, 9, Direction::Maximize));
        assert!(meets(9, 9, Direction::Minimize) && !meets(10, 9, Direction::Minimize));
    }
}
