//! Which way a better score lies, how a score counts, and whether it wins.
use crate::basics::Score;

/// Which way a better score lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Maximize,
    /// Less is better.
    Minimize,
}

/// The score as it counts: down where more is better, up where less is; at the ends of the range it saturates.
pub fn round(score: Score, step: Score, direction: Direction) -> Score {
    let above = score.rem_euclid(step);
    match direction {
        Direction::Maximize => score.saturating_sub(above),
        Direction::Minimize if above == 0 => score,
        Direction::Minimize => score.saturating_add(step - above),
    }
}

/// Whether a rounded score reaches the threshold; the threshold itself does.
pub fn meets(score: Score, threshold: Score, direction: Direction) -> bool {
    match direction {
        Direction::Maximize => score >= threshold,
        Direction::Minimize => score <= threshold,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_rounded_against_the_solver() {
        for (score, down, up) in
            [(7, 5, 10), (5, 5, 5), (-1, -5, 0), (-7, -10, -5), (Score::MAX, Score::MAX - 2, Score::MAX)]
        {
            assert_eq!((round(score, 5, Direction::Maximize), round(score, 5, Direction::Minimize)), (down, up));
        }
        assert!(meets(5, 5, Direction::Maximize) && meets(5, 5, Direction::Minimize));
        assert!(!meets(4, 5, Direction::Maximize) && !meets(6, 5, Direction::Minimize));
    }
}
