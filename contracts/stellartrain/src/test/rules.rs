//! Rules by themselves, at the points that calls seldom reach. (Those beside the code are in `rules`.)
use super::world::World;
use crate::board::{Board, Solver};
use crate::rules::board::{enter_table, Entrance, Row};
use crate::rules::records::can_count;
use crate::rules::verdict::Ballot;
use crate::types::*;
use soroban_sdk::{testutils::Address as _, Address, Env};

#[test]
fn of_equal_scores_the_lower_number_stands_first_whichever_came_first() {
    let row = |number, score| Row { number, attempt: 1, score };
    let table = [row(3, 90), row(5, 80), row(6, 80)];
    let enters = |number| enter_table(&table, None, &row(number, 80), 4, Direction::Maximize);
    assert_eq!(enters(4), Entrance::Enters { remove: None, insert: 1 });
    assert_eq!(enters(7), Entrance::Enters { remove: None, insert: 3 });
}

#[test]
fn a_record_grows_by_each_count_alone() {
    let none = Tally::default();
    let each = [
        Tally { votes: 1, ..none.clone() },
        Tally { agreed: 1, ..none.clone() },
        Tally { disagreed: 1, ..none.clone() },
        Tally { missing: 1, ..none.clone() },
    ];
    for tally in &each {
        assert_eq!(OracleRecord::default().fold(tally, 0), (none.clone(), true), "{tally:?}");
    }
    let open = Tally { open: 2, ..none };
    assert_eq!(OracleRecord::default().fold(&open, 0), (open.clone(), false));
    assert_eq!(OracleRecord::default().fold(&open, 2), (open.clone(), false), "it voted on both");
    let mut record = OracleRecord::default();
    assert_eq!(record.fold(&open, 3), (open, true));
    assert_eq!(record.missing, 1);
}

#[test]
fn a_late_vote_that_nothing_was_to_be_had_counts_as_such() {
    let verdict = Verdict::Unavailable;
    let vote = Ballot { by: 0, verdict, reason: 0, score: 0, content: [0; 32], units: 0 };
    let mut tally = Tally::default();
    tally.count_late(&vote, Some(false));
    assert_eq!(tally, Tally { votes: 1, unavailable: 1, disagreed: 1, ..Tally::default() });
}

/// `close` is not taken before; the rule says so by itself, too.
#[test]
fn nothing_counts_in_the_records_before_the_deadline() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let counts = |now| can_count(&terms, &w.state(id), now);
    assert_eq!([terms.deadline - 1, terms.deadline].map(counts), [false, true]);
}

#[test]
fn a_board_of_as_many_winners_as_there_can_be_is_kept() {
    let e = Env::default();
    let mut board = Board::default();
    for number in 1..=50 {
        let solver = Solver { address: Address::generate(&e), mark: number.into() };
        board.push(&solver, Row { number, attempt: 1, score: 9 });
    }
    assert_eq!(Board::unpack(&board.pack(&e)).rows, board.rows);
}
