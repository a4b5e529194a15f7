//! The silence share beside a ranking: what was left ungraded has its part of what the prizes leave.
use super::super::world::refused;
use super::*;
use crate::errors::Error;

/// A graded and ranked submission beside one on which the oracles disagreed; one prize of three is taken.
fn ranked_with_unsettled(w: &World, terms: &Terms) -> (u32, Work, Work) {
    let id = w.open(terms);
    let (good, split) = (w.work(id), w.work(id));
    for oracle in 0..3 {
        w.post(id, oracle, &[w.scored(&good, 60, 1), w.scored(&split, 10 * oracle as i64, 2)], true);
    }
    w.go_to(terms.deadline);
    rank_by_quorum(w, id, &[(&good, 60)]);
    (id, good, split)
}

#[test]
fn unsettled_work_waits_for_its_part_while_the_winners_are_paid() {
    let w = World::new();
    let terms = terms(&w);
    let (id, good, split) = ranked_with_unsettled(&w, &terms);
    // The ranking ends the challenge only when nothing can follow.
    assert_eq!(w.client().state(&id).status, Status::Active);
    assert_eq!((w.release(id, &good), w.release(id, &split)), (500, 20));
    refused(w.client().try_close(&id), Error::NotYetEnded);
    w.go_to(terms.grade_by);
    // Half of the 500 left, at most the last prize.
    assert_eq!(w.release(id, &split), 200);
    assert_eq!((w.client().state(&id).ranking, w.client().state(&id).held), (Ranking::Posted, 0));
    assert_eq!(w.client().close(&id), 300 + 990);
    assert_eq!(w.balance(&w.contract), 10);
    w.check();
}

#[test]
fn a_prize_is_whole_although_something_was_unsettled() {
    let w = World::new();
    let terms = terms(&w);
    let (id, good, _) = ranked_with_unsettled(&w, &terms);
    w.go_to(terms.grade_by);
    assert_eq!(w.release(id, &good), 500);
    w.check();
}

#[test]
fn without_a_share_the_ranking_ends_it_at_once() {
    let w = World::new();
    let (id, good, split) = ranked_with_unsettled(&w, &Terms { silence_share: 0, ..terms(&w) });
    assert_eq!(w.client().state(&id).status, Status::Ended);
    assert_eq!(w.client().close(&id), 500 + 990);
    assert_eq!((w.release(id, &good), w.release(id, &split)), (500, 20));
    w.check();
}

#[test]
fn what_an_oracle_rejected_is_nothing_to_wait_for() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let (good, bad) = (w.work(id), w.work(id));
    for (oracle, vote) in [w.scored(&bad, 10, 2), w.rejected(&bad, 1), w.scored(&bad, 20, 2)].into_iter().enumerate() {
        w.post(id, oracle, &[w.scored(&good, 60, 1), vote], true);
    }
    w.go_to(terms.deadline);
    rank_by_quorum(&w, id, &[(&good, 60)]);
    assert_eq!(w.client().state(&id).status, Status::Ended);
    assert_eq!((w.release(id, &good), w.release(id, &bad)), (500, 20));
    w.check();
}

#[test]
fn the_table_and_the_silent_share_one_prize() {
    let w = World::new();
    let terms = Terms { silence_share: 10_000, ..with_prizes(&w, &[1_000, 10]) };
    let id = w.open(&terms);
    let works = add(&w, id, &[90]);
    let silent = [w.work(id), w.work(id), w.work(id)];
    w.go_to(terms.grade_by);
    // A quarter was graded: 250 by the table; the silent have all of the rest, each at most the last prize.
    assert_eq!(w.release(id, &works[0]), 250);
    assert!(silent.iter().all(|work| w.release(id, work) == 10 + 20));
    assert_eq!(w.client().close(&id), 1_010 - 250 - 30 + 990);
    assert_eq!(w.balance(&w.contract), 10);
}
