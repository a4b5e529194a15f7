//! Places: of a bounty, due, waiting and kept; of a competition's running table.
use crate::types::Direction;

/// What a submission brings onto a board.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Row {
    pub number: u32,
    pub attempt: u32,
    pub score: i64,
}

impl Row {
    /// Whether this row stands before the other: better score first, ties to the earlier submission. No two rows of a board
    /// are equal, for their numbers differ.
    pub fn before(&self, other: &Row, direction: Direction) -> bool {
        match direction {
            _ if self.score == other.score => self.number < other.number,
            Direction::Maximize => self.score > other.score,
            Direction::Minimize => self.score < other.score,
        }
    }
}

/// What a new row does to the rows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Entrance {
    Stays,
    /// The solver's own row at `remove` goes, then the new one comes in at `insert`, and what no longer fits goes.
    Enters {
        remove: Option<usize>,
        insert: usize,
    },
}

/// Whether a submission would enter a bounty's board if it won: its solver (whose place is `own`) does not stand yet, or
/// waits with a later number.
pub fn is_open_to(rows: &[Row], own: Option<usize>, due: usize, number: u32) -> bool {
    own.is_none_or(|place| place >= due && rows[place].number > number)
}

/// A winner of a bounty enters among those who wait, by number; the first `due` rows stay.
pub fn enter_bounty(rows: &[Row], own: Option<usize>, due: usize, new: &Row) -> Entrance {
    if !is_open_to(rows, own, due, new.number) {
        return Entrance::Stays;
    }
    // Its own row has a later number, so it stands behind the place where the new one comes in.
    let insert = (due..rows.len()).find(|place| rows[*place].number > new.number).unwrap_or(rows.len());
    Entrance::Enters { remove: own, insert }
}

/// A running table of at most `places` distinct solvers takes the row in, if it is good enough.
pub fn enter_table(rows: &[Row], own: Option<usize>, new: &Row, places: usize, direction: Direction) -> Entrance {
    let insert = rows.iter().position(|row| new.before(row, direction)).unwrap_or(rows.len());
    match own {
        Some(own) if insert > own => Entrance::Stays,
        None if insert >= places => Entrance::Stays,
        own => Entrance::Enters { remove: own, insert },
    }
}

/// How many of a bounty's first rows are due: those that nothing can still take away.
///
/// `claims` is how many others may still come in with a lower number: before the end, and in a bounty that has ended, the
/// kept places; from the end on, what has a verdict and is not concluded. Each of them brings at most one solver, so the
/// first `winners − claims` rows are safe. What is due stays due.
pub fn due(rows: u32, due: u32, winners: u32, claims: u32) -> u32 {
    rows.min(winners.saturating_sub(claims)).max(due)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Direction::{Maximize, Minimize};
    use alloc::vec::Vec;
    use Entrance::{Enters, Stays};

    fn rows(numbers: &[u32]) -> Vec<Row> {
        numbers.iter().map(|number| Row { number: *number, attempt: 1, score: 0 }).collect()
    }

    #[test]
    fn who_waits_is_sorted_by_number_behind_what_is_due() {
        let board = rows(&[5, 6, 9]);
        let new = |number| rows(&[number])[0];
        assert_eq!(enter_bounty(&board, None, 1, &new(2)), Enters { remove: None, insert: 1 });
        assert_eq!(enter_bounty(&board, None, 1, &new(7)), Enters { remove: None, insert: 2 });
        assert_eq!(enter_bounty(&board, None, 1, &new(10)), Enters { remove: None, insert: 3 });
    }

    #[test]
    fn a_solver_stands_once_and_a_lower_number_replaces_its_own_that_waits() {
        let board = rows(&[5, 6, 9]);
        let new = |number| rows(&[number])[0];
        assert_eq!(enter_bounty(&board, Some(0), 1, &new(2)), Stays, "what is due stays");
        assert_eq!(enter_bounty(&board, Some(1), 1, &new(7)), Stays, "a later one adds nothing");
        assert_eq!(enter_bounty(&board, Some(2), 1, &new(8)), Enters { remove: Some(2), insert: 2 });
        assert_eq!(enter_bounty(&board, Some(2), 1, &new(2)), Enters { remove: Some(2), insert: 1 });
    }

    #[test]
    fn rows_are_due_up_to_what_the_claims_leave_and_stay_so() {
        assert_eq!(due(2, 0, 3, 2), 1);
        assert_eq!(due(2, 1, 3, 9), 1);
        assert_eq!(due(2, 1, 3, 1), 2);
    }

    #[test]
    fn a_table_holds_the_best_row_of_each_solver() {
        let row = |number, score| Row { number, attempt: 1, score };
        let table = [row(3, 90), row(1, 80), row(2, 80)];
        assert_eq!(enter_table(&table, None, &row(4, 85), 3, Maximize), Enters { remove: None, insert: 1 });
        assert_eq!(enter_table(&table, None, &row(4, 80), 3, Maximize), Stays);
        assert_eq!(enter_table(&table, None, &row(4, 80), 4, Maximize), Enters { remove: None, insert: 3 });
        assert_eq!(enter_table(&table, Some(0), &row(4, 90), 3, Maximize), Stays, "no better than its own");
        assert_eq!(enter_table(&table, Some(2), &row(4, 95), 3, Maximize), Enters { remove: Some(2), insert: 0 });
        assert_eq!(enter_table(&table, Some(2), &row(4, 81), 3, Maximize), Enters { remove: Some(2), insert: 1 });
        assert_eq!(enter_table(&[row(1, 5)], None, &row(2, 4), 1, Minimize), Enters { remove: None, insert: 0 });
    }
}
