//! The order on a board: winners of a bounty as they come, solvers of a ranking best first, ties to the earlier submission.
use crate::types::Direction;

/// A place without its solver, who is kept beside it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Row {
    pub number: u32,
    pub attempt: u32,
    pub score: i64,
}

impl Row {
    /// Whether this row stands before the other; no two rows of a board are equal, for their numbers differ.
    pub fn before(&self, other: &Row, direction: Direction) -> bool {
        match direction {
            _ if self.score == other.score => self.number < other.number,
            Direction::Maximize => self.score > other.score,
            Direction::Minimize => self.score < other.score,
        }
    }
}

/// What a solver's new row does to a running table of at most `places` distinct solvers.
#[derive(Debug, Eq, PartialEq)]
pub enum Entrance {
    Stays,
    /// The row at `remove` goes (the solver's own or the last), then the new one comes in at `insert`.
    Enters {
        remove: Option<usize>,
        insert: usize,
    },
}

/// `own` is the solver's place so far.
pub fn enter(rows: &[Row], own: Option<usize>, new: &Row, places: usize, direction: Direction) -> Entrance {
    let insert = rows.iter().position(|row| new.before(row, direction)).unwrap_or(rows.len());
    match own {
        Some(own) if insert > own => Entrance::Stays,
        Some(own) => Entrance::Enters { remove: Some(own), insert },
        None if insert >= places => Entrance::Stays,
        None => Entrance::Enters { remove: (rows.len() >= places).then(|| rows.len() - 1), insert },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec as List;
    use Direction::{Maximize, Minimize};

    fn row(number: u32, score: i64) -> Row {
        Row { number, attempt: 1, score }
    }

    #[test]
    fn ties_go_to_the_earlier_submission() {
        assert!(row(1, 5).before(&row(2, 5), Maximize) && row(1, 5).before(&row(2, 5), Minimize));
        assert!(!row(2, 5).before(&row(1, 5), Maximize));
        assert!(row(9, 6).before(&row(1, 5), Maximize) && row(9, 4).before(&row(1, 5), Minimize));
    }

    #[test]
    fn a_full_table_drops_its_last_row() {
        let rows = [row(1, 9), row(2, 7)];
        assert_eq!(enter(&rows, None, &row(3, 8), 2, Maximize), Entrance::Enters { remove: Some(1), insert: 1 });
        assert_eq!(enter(&rows, None, &row(3, 7), 2, Maximize), Entrance::Stays);
        assert_eq!(enter(&rows, None, &row(3, 7), 3, Maximize), Entrance::Enters { remove: None, insert: 2 });
        assert_eq!(enter(&[], None, &row(1, 0), 1, Maximize), Entrance::Enters { remove: None, insert: 0 });
    }

    #[test]
    fn a_solver_has_one_place_and_keeps_its_best() {
        let rows = [row(1, 9), row(2, 7), row(3, 5)];
        assert_eq!(enter(&rows, Some(1), &row(4, 7), 3, Maximize), Entrance::Stays);
        assert_eq!(enter(&rows, Some(1), &row(4, 8), 3, Maximize), Entrance::Enters { remove: Some(1), insert: 1 });
        assert_eq!(enter(&rows, Some(2), &row(4, 10), 3, Maximize), Entrance::Enters { remove: Some(2), insert: 0 });
    }

    /// The table must equal what sorting everything and taking each solver's best would give.
    #[test]
    fn the_running_table_is_the_table_of_all() {
        for direction in [Maximize, Minimize] {
            let mut seed = 7u64;
            let (mut rows, mut owners): (List<Row>, List<u64>) = (List::new(), List::new());
            let mut all: List<(u64, Row)> = List::new();
            for number in 1..400 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let (solver, new) = (seed >> 60, row(number, (seed >> 40) as i64 % 50));
                all.push((solver, new));
                let own = owners.iter().position(|owner| *owner == solver);
                if let Entrance::Enters { remove, insert } = enter(&rows, own, &new, 5, direction) {
                    if let Some(at) = remove {
                        rows.remove(at);
                        owners.remove(at);
                    }
                    rows.insert(insert, new);
                    owners.insert(insert, solver);
                }
                all.sort_by(|(_, a), (_, b)| {
                    if a.before(b, direction) {
                        core::cmp::Ordering::Less
                    } else {
                        core::cmp::Ordering::Greater
                    }
                });
                let mut best: List<(u64, Row)> = List::new();
                for (solver, row) in &all {
                    if best.len() < 5 && best.iter().all(|(other, _)| other != solver) {
                        best.push((*solver, *row));
                    }
                }
                assert_eq!(owners.iter().copied().zip(rows.iter().copied()).collect::<List<_>>(), best);
            }
        }
    }
}
