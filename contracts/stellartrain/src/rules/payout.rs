//! Who wins and how much: the first solvers to reach the threshold.
use super::sums;
use crate::errors::{require, Error};
use crate::types::Direction;

/// A board of winners has at most this many places.
pub const MAX_WINNERS: u32 = 50;

/// The whole prize of a bounty, locked at creation.
pub fn bounty_prize(reward: i128, winners: u32) -> Result<i128, Error> {
    require(reward > 0 && (1..=MAX_WINNERS).contains(&winners), Error::BadPayout)?;
    sums::times(sums::amount(reward)?, winners)
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
}
