//! Scores are rounded to multiples of the step, always against the solver.
use crate::types::Direction;

/// Down where more is better, up where less is better. At the ends of the range it saturates, still against the solver.
pub fn against_solver(score: i64, step: i64, direction: Direction) -> i64 {
    let above = score.rem_euclid(step);
    match direction {
        Direction::Maximize => score.checked_sub(above).unwrap_or(i64::MIN),
        Direction::Minimize if above == 0 => score,
        Direction::Minimize => score.checked_add(step - above).unwrap_or(i64::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Direction::{Maximize, Minimize};

    #[test]
    fn floor_and_ceiling_also_below_zero() {
        for (score, floor, ceiling) in [(7, 5, 10), (5, 5, 5), (0, 0, 0), (-1, -5, 0), (-5, -5, -5), (-7, -10, -5)] {
            assert_eq!(against_solver(score, 5, Maximize), floor, "{score}");
            assert_eq!(against_solver(score, 5, Minimize), ceiling, "{score}");
        }
    }

    #[test]
    fn never_in_favour_and_never_by_a_whole_step() {
        for score in [i64::MIN, i64::MIN + 1, -8, -7, -1, 0, 1, 6, 7, i64::MAX - 1, i64::MAX] {
            for step in [1, 2, 7, 1_000_000, i64::MAX] {
                let (down, up) = (against_solver(score, step, Maximize), against_solver(score, step, Minimize));
                assert!(down <= score && i128::from(score) - i128::from(down) < i128::from(step));
                assert!(up >= score && i128::from(up) - i128::from(score) < i128::from(step));
            }
        }
    }
}
