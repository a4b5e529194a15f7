//! The board of a bounty: who has won a place, whose prize is due, and who waits behind a kept place.
use crate::basics::{Address, Number};

/// A winner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Stands on the board once.
    pub solver: Address,
    /// The submission that won the place.
    pub number: Number,
}

/// At most as many rows as winners: first those whose prize is due, then those who wait, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    /// Due, then waiting.
    pub rows: Vec<Row>,
    /// How many of the first rows are due; what is due stays due.
    pub due: usize,
}

impl Board {
    /// The solver's place, from 0.
    pub fn place_of(&self, solver: Address) -> Option<usize> {
        self.rows.iter().position(|row| row.solver == solver)
    }

    /// Whether this submission's prize is set aside.
    pub fn is_due(&self, number: Number) -> bool {
        self.rows[..self.due].iter().any(|row| row.number == number)
    }

    /// Whether the submission would enter if it won: its solver does not stand yet, or waits with a later one.
    pub fn is_open_to(&self, row: Row) -> bool {
        match self.place_of(row.solver) {
            Some(place) => place >= self.due && self.rows[place].number > row.number,
            None => true,
        }
    }

    /// A winner enters among those who wait, by number; an own later one that waits goes, and so does who no longer fits.
    pub fn enter(&mut self, row: Row, winners: usize) {
        if !self.is_open_to(row) {
            return;
        }
        self.rows.retain(|other| other.solver != row.solver);
        let waiting = self.rows[self.due..].iter().position(|other| other.number > row.number);
        let place = waiting.map_or(self.rows.len(), |place| self.due + place);
        self.rows.insert(place, row);
        self.rows.truncate(winners);
    }

    /// Makes the prizes due that nothing can take away any more; returns how many.
    ///
    /// `claims` is how many others may still come in with a lower number: before the end, and in a bounty that has ended, the
    /// kept places; from the end on, what has a verdict and is not concluded. Each of them brings at most one solver, so the
    /// first `winners - claims` rows are safe. As long as this is asked after every conclusion, no call of its own is needed
    /// when a place falls free.
    pub fn redue(&mut self, winners: usize, claims: usize) -> usize {
        let due = self.rows.len().min(winners.saturating_sub(claims)).max(self.due);
        due - std::mem::replace(&mut self.due, due)
    }
}

/// Whether a place is kept for a submission that was passed over: some oracle or the judge says that it reaches the threshold,
/// and it would enter if that became the verdict.
pub fn keeps_place(board: &Board, row: Row, some_meets: bool) -> bool {
    some_meets && board.is_open_to(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(solver: u32, number: u32) -> Row {
        Row { solver: Address(solver), number }
    }

    fn board(due: usize, rows: &[(u32, u32)]) -> Board {
        Board { rows: rows.iter().map(|(solver, number)| row(*solver, *number)).collect(), due }
    }

    #[test]
    fn who_waits_is_sorted_by_number_behind_what_is_due() {
        let mut it = board(1, &[(1, 5), (2, 6)]);
        it.enter(row(3, 2), 4);
        assert_eq!(it, board(1, &[(1, 5), (3, 2), (2, 6)]));
        it.enter(row(4, 9), 4);
        it.enter(row(5, 7), 4);
        assert_eq!(it, board(1, &[(1, 5), (3, 2), (2, 6), (5, 7)]), "the last one no longer fits");
        it.enter(row(6, 8), 4);
        assert_eq!(it.rows.len(), 4);
        assert_eq!(it.place_of(Address(6)), None);
    }

    #[test]
    fn a_solver_stands_once_and_a_lower_number_replaces_its_own_that_waits() {
        let mut it = board(1, &[(1, 5), (2, 6)]);
        it.enter(row(1, 2), 3);
        assert_eq!(it, board(1, &[(1, 5), (2, 6)]), "what is due stays");
        it.enter(row(2, 7), 3);
        assert_eq!(it, board(1, &[(1, 5), (2, 6)]), "a later one adds nothing");
        it.enter(row(2, 3), 3);
        assert_eq!(it, board(1, &[(1, 5), (2, 3)]));
        assert!(it.is_due(5) && !it.is_due(3) && !it.is_due(2));
    }

    #[test]
    fn rows_are_due_up_to_what_the_claims_leave_and_stay_so() {
        let mut it = board(0, &[(1, 1), (2, 2)]);
        assert_eq!((it.redue(3, 2), it.due), (1, 1));
        assert_eq!((it.redue(3, 9), it.due), (0, 1));
        assert_eq!((it.redue(3, 1), it.due), (1, 2));
        assert_eq!((it.redue(3, 0), it.due), (0, 2));
    }

    #[test]
    fn a_place_is_kept_for_what_could_enter() {
        let it = board(1, &[(1, 5), (2, 6)]);
        assert!(keeps_place(&it, row(3, 2), true) && !keeps_place(&it, row(3, 2), false));
        assert!(!keeps_place(&it, row(1, 2), true), "its solver has won");
        assert!(keeps_place(&it, row(2, 2), true) && !keeps_place(&it, row(2, 8), true));
    }
}
