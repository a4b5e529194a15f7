//! Who wins and how much.
use super::sums;
use crate::errors::{require, Error};
use crate::types::{Direction, Payout, PerUnit};

/// A bounty has at most this many winners.
pub const MAX_WINNERS: u32 = 50;
/// A ranking has at most this many prizes.
pub const MAX_PRIZES: u32 = 40;

/// Whether the rule is within its bounds and exactly its prize is paid in.
pub fn check(payout: &Payout, prize: i128) -> Result<(), Error> {
    let promised = match payout {
        Payout::Bounty(bounty) => Some(bounty_prize(bounty.reward, bounty.winners)?),
        Payout::Ranked(ranked) => Some(ranking_prize(ranked.prizes.iter())?),
        Payout::PerUnit(unit) => {
            require(unit.rate > 0 && unit.max_units > 0, Error::BadPayout)?;
            sums::amount(reservation(unit, unit.max_units)?)?;
            None
        }
        Payout::Earnings => None,
    };
    require(sums::amount(prize)? > 0 && promised.is_none_or(|promised| promised == prize), Error::WrongPrize)
}

/// The whole prize of a bounty, locked at creation.
fn bounty_prize(reward: i128, winners: u32) -> Result<i128, Error> {
    require(reward > 0 && (1..=MAX_WINNERS).contains(&winners), Error::BadPayout)?;
    sums::times(sums::amount(reward)?, winners)
}

/// The sum of prizes that do not grow from one to the next.
fn ranking_prize(prizes: impl ExactSizeIterator<Item = i128>) -> Result<i128, Error> {
    require((1..=MAX_PRIZES as usize).contains(&prizes.len()), Error::BadPayout)?;
    let (mut sum, mut before) = (0, sums::MAX_AMOUNT);
    for prize in prizes {
        require(prize > 0 && prize <= before, Error::BadPayout)?;
        before = prize;
        sum = sums::add(sum, prize)?;
    }
    Ok(sum)
}

/// The most that a batch of so many units can bring: set aside when it is submitted.
pub fn reservation(unit: &PerUnit, units: u32) -> Result<i128, Error> {
    sums::times(unit.rate, units)
}

/// Whether a rounded score reaches the threshold.
pub fn meets(score: i64, threshold: i64, direction: Direction) -> bool {
    match direction {
        Direction::Maximize => score >= threshold,
        Direction::Minimize => score <= threshold,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Bounty;

    #[test]
    fn the_threshold_itself_wins() {
        assert!(meets(5, 5, Direction::Maximize) && meets(5, 5, Direction::Minimize));
        assert!(!meets(4, 5, Direction::Maximize) && !meets(6, 5, Direction::Minimize));
    }

    #[test]
    fn a_bounty_has_a_reward_and_a_bounded_board() {
        assert_eq!(bounty_prize(7, 50), Ok(350));
        for (reward, winners) in [(0, 1), (-1, 1), (7, 0), (7, 51)] {
            assert_eq!(bounty_prize(reward, winners), Err(Error::BadPayout));
        }
        assert_eq!(bounty_prize(sums::MAX_AMOUNT + 1, 1), Err(Error::BadAmount));
    }

    #[test]
    fn prizes_are_bounded_and_do_not_grow() {
        assert_eq!(ranking_prize([5, 5, 1].into_iter()), Ok(11));
        assert_eq!(ranking_prize([1; 40].into_iter()), Ok(40));
        assert_eq!(ranking_prize([1; 41].into_iter()), Err(Error::BadPayout));
        for bad in [&[][..], &[0], &[-1], &[1, 2], &[2, 0], &[sums::MAX_AMOUNT + 1]] {
            assert_eq!(ranking_prize(bad.iter().copied()), Err(Error::BadPayout), "{bad:?}");
        }
    }

    #[test]
    fn exactly_the_prize_is_paid_in() {
        let bounty = Payout::Bounty(Bounty { reward: 7, winners: 2 });
        assert_eq!(check(&bounty, 14), Ok(()));
        for wrong in [0, 13, 15] {
            assert_eq!(check(&bounty, wrong), Err(Error::WrongPrize));
        }
        let unit = |rate, max_units| Payout::PerUnit(PerUnit { rate, max_units });
        assert_eq!(check(&unit(3, 10), 1), Ok(()));
        assert_eq!(check(&unit(3, 10), 0), Err(Error::WrongPrize));
        assert_eq!(check(&unit(0, 10), 1), Err(Error::BadPayout));
        assert_eq!(check(&unit(3, 0), 1), Err(Error::BadPayout));
        assert_eq!(check(&unit(sums::MAX_AMOUNT, 2), 1), Err(Error::BadAmount));
        assert_eq!(check(&Payout::Earnings, 1), Ok(()));
        assert_eq!(check(&Payout::Earnings, sums::MAX_AMOUNT + 1), Err(Error::BadAmount));
        assert_eq!(check(&Payout::Earnings, 0), Err(Error::WrongPrize));
    }
}
