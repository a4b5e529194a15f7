//! A quorum of equal rankings is the board, whatever the public scores were.
use super::super::world::refused;
use super::*;
use crate::errors::Error;

#[test]
fn the_private_part_decides_and_the_prizes_are_due() {
    let w = World::new();
    let (id, works) = graded(&w, &terms(&w), &[90, 80, 70, 60]);
    let ranking = [(&works[3], 88), (&works[0], 77), (&works[2], 66)];
    assert!(!rank(&w, id, 2, &ranking));
    // One oracle's ranking changes nothing.
    assert_eq!(order(&w, id), [1, 2, 3]);
    assert_eq!((w.client().state(&id).ranking, w.client().state(&id).held), (Ranking::Open, 0));
    assert!(rank(&w, id, 0, &ranking));
    assert_eq!(board(&w, id), [(4, 88, 500), (1, 77, 300), (3, 66, 200)]);
    let state = w.client().state(&id);
    assert_eq!((state.ranking, state.winners, state.held, state.escrow), (Ranking::Posted, 3, 1_000, 0));
    assert_eq!((state.status, state.ended), (Status::Ended, w.now()));
    w.check();
}

#[test]
fn private_scores_are_ordered_as_graded_and_only_held_against_the_threshold_in_steps() {
    let w = World::new();
    let (id, works) = graded(&w, &terms(&w), &[60, 60, 60]);
    // In steps of 10 all three are 50, and reach the threshold; the ranking is by the scores themselves.
    rank_by_quorum(&w, id, &[(&works[2], 59), (&works[0], 51), (&works[1], 50)]);
    assert_eq!(board(&w, id), [(3, 59, 500), (1, 51, 300), (2, 50, 200)]);
}

#[test]
fn fewer_rows_than_prizes_leave_the_rest_to_the_maker() {
    let w = World::new();
    let (id, works) = graded(&w, &terms(&w), &[90, 80]);
    rank_by_quorum(&w, id, &[(&works[1], 60)]);
    let state = w.client().state(&id);
    assert_eq!((state.winners, state.held, state.escrow), (1, 500, 500));
    assert_eq!(w.client().close(&id), 500 + 1_000 - 2 * 10);
    assert_eq!(w.release(id, &works[1]), 500);
    w.check();
}

#[test]
fn an_empty_ranking_says_that_nobody_reached_the_threshold() {
    let w = World::new();
    let (id, works) = graded(&w, &terms(&w), &[90, 80]);
    rank_by_quorum(&w, id, &[]);
    assert_eq!(board(&w, id), []);
    let state = w.client().state(&id);
    assert_eq!((state.ranking, state.winners, state.held, state.status), (Ranking::Posted, 0, 0, Status::Ended));
    refused(w.client().try_release_payment(&id, &works[0].solver, &1), Error::NothingOwed);
    assert_eq!(w.client().close(&id), 1_000 + 1_000 - 2 * 10);
    w.check();
}

#[test]
fn a_challenge_that_nobody_entered_needs_no_ranking() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    w.go_to(terms.deadline);
    assert_eq!(w.client().close(&id), 2_000);
    assert_eq!(w.client().state(&id).ranking, Ranking::Open);
}

#[test]
fn a_later_attempt_may_be_the_ranked_one() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let first = w.work(id);
    let second = w.submit(id, &first.solver);
    grade(&w, id, &[first.clone(), second.clone()], &[90, 60]);
    w.go_to(terms.deadline);
    rank_by_quorum(&w, id, &[(&second, 95)]);
    assert_eq!((w.release(id, &second), w.balance(&first.solver)), (500, 1_500));
    refused(w.client().try_release_payment(&id, &first.solver, &1), Error::NothingOwed);
}

#[test]
fn where_less_is_better_the_ranking_grows() {
    let w = World::new();
    let (id, works) = graded(&w, &Terms { direction: Direction::Minimize, ..terms(&w) }, &[30, 30, 30]);
    let falling = rows(&w, &[(&works[0], 30), (&works[1], 20)]);
    refused(w.client().try_post_ranking(&w.oracles[0], &id, &w.cid(8), &falling), Error::BadRanking);
    rank_by_quorum(&w, id, &[(&works[1], 20), (&works[0], 30)]);
    assert_eq!(order(&w, id), [2, 1]);
}

#[test]
fn one_oracle_alone_ranks_at_once() {
    let w = World::new();
    let terms = Terms { oracles: Vec::from_slice(&w.e, &w.oracles[..1]), quorum: 1, ..terms(&w) };
    let id = w.open(&terms);
    let work = w.work(id);
    w.post(id, 0, &[w.scored(&work, 60, 1)], true);
    w.go_to(terms.deadline);
    assert!(rank(&w, id, 0, &[(&work, 60)]));
    assert_eq!(w.release(id, &work), 500);
}
