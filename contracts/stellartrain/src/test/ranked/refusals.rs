//! What a ranking must not be, and when it must not come.
use super::super::world::refused;
use super::*;
use crate::errors::Error;
use soroban_sdk::{testutils::Address as _, vec, Address};

#[track_caller]
fn bad(w: &World, id: u32, ranking: &[(&Work, i64)], error: Error) {
    refused(w.client().try_post_ranking(&w.oracles[0], &id, &w.cid(8), &rows(w, ranking)), error);
}

#[test]
fn more_rows_than_prizes() {
    let w = World::new();
    let (id, works) = graded(&w, &terms(&w), &[90, 80, 70, 60]);
    let four = [(&works[0], 90), (&works[1], 80), (&works[2], 70), (&works[3], 60)];
    bad(&w, id, &four, Error::BadRanking);
    rank_by_quorum(&w, id, &four[..3]);
}

#[test]
fn rows_out_of_order() {
    let w = World::new();
    let (id, works) = graded(&w, &terms(&w), &[90, 80, 70]);
    bad(&w, id, &[(&works[0], 60), (&works[1], 70)], Error::BadRanking);
    bad(&w, id, &[(&works[0], 90), (&works[1], 60), (&works[2], 70)], Error::BadRanking);
    // Equal scores: the earlier submission first.
    bad(&w, id, &[(&works[1], 70), (&works[0], 70)], Error::BadRanking);
    rank_by_quorum(&w, id, &[(&works[0], 70), (&works[1], 70)]);
}

#[test]
fn a_solver_twice() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let first = w.work(id);
    let second = w.submit(id, &first.solver);
    grade(&w, id, &[first.clone(), second.clone()], &[90, 80]);
    w.go_to(terms.deadline);
    bad(&w, id, &[(&first, 90), (&second, 80)], Error::BadRanking);
    bad(&w, id, &[(&first, 90), (&first, 90)], Error::BadRanking);
}

#[test]
fn below_the_threshold() {
    let w = World::new();
    let (id, works) = graded(&w, &terms(&w), &[90, 80]);
    bad(&w, id, &[(&works[0], 49)], Error::BadRanking);
    bad(&w, id, &[(&works[0], 90), (&works[1], 49)], Error::BadRanking);
    rank_by_quorum(&w, id, &[(&works[0], 50)]);
}

#[test]
fn where_less_is_better_the_score_is_rounded_up_to_the_threshold() {
    let w = World::new();
    let (id, works) = graded(&w, &Terms { direction: Direction::Minimize, ..terms(&w) }, &[30]);
    bad(&w, id, &[(&works[0], 51)], Error::BadRanking);
    rank_by_quorum(&w, id, &[(&works[0], 50)]);
}

#[test]
fn work_that_was_not_scored() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let [good, copy, junk, split] = [w.work(id), w.work(id), w.work(id), w.work(id)];
    w.grade(id, &[w.scored(&good, 60, 1), w.scored(&copy, 60, 1), w.rejected(&junk, 1)]);
    for oracle in 0..3 {
        w.post(id, oracle, &[w.scored(&split, 10 * oracle as i64, 4)], true);
    }
    w.go_to(terms.deadline);
    for other in [&copy, &junk, &split] {
        bad(&w, id, &[(other, 60)], Error::BadRanking);
    }
    let unknown = Work { attempt: 2, ..good.clone() };
    bad(&w, id, &[(&unknown, 60)], Error::NoSubmission);
}

#[test]
fn before_the_deadline() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let works = add(&w, id, &[60]);
    bad(&w, id, &[(&works[0], 60)], Error::RankingTooEarly);
    w.go_to(terms.deadline - 1);
    bad(&w, id, &[(&works[0], 60)], Error::RankingTooEarly);
    w.go_to(terms.deadline);
    rank_by_quorum(&w, id, &[(&works[0], 60)]);
}

#[test]
fn while_a_submission_is_pending() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let works = add(&w, id, &[60]);
    let last = w.work(id);
    w.go_to(terms.deadline);
    bad(&w, id, &[(&works[0], 60)], Error::RankingTooEarly);
    w.grade(id, &[w.scored(&last, 10, 9)]);
    rank_by_quorum(&w, id, &[(&works[0], 60)]);
}

#[test]
fn once_grading_is_over() {
    let w = World::new();
    let terms = terms(&w);
    let (id, works) = graded(&w, &terms, &[60]);
    w.go_to(terms.grade_by - 1);
    assert!(!rank(&w, id, 0, &[(&works[0], 60)]));
    w.go_to(terms.grade_by);
    refused(
        w.client().try_post_ranking(&w.oracles[1], &id, &w.cid(8), &rows(&w, &[(&works[0], 60)])),
        Error::GradingOver,
    );
    // Once the table counts, it counts for good.
    w.release(id, &works[0]);
    refused(
        w.client().try_post_ranking(&w.oracles[1], &id, &w.cid(8), &rows(&w, &[(&works[0], 60)])),
        Error::AlreadyRanked,
    );
}

#[test]
fn by_others_elsewhere_and_without_a_report() {
    let w = World::new();
    let (id, works) = graded(&w, &terms(&w), &[60]);
    let ranking = rows(&w, &[(&works[0], 60)]);
    for stranger in [&Address::generate(&w.e), &w.maker, &works[0].solver] {
        refused(w.client().try_post_ranking(stranger, &id, &w.cid(8), &ranking), Error::NotAnOracle);
    }
    let oracle = &w.oracles[0];
    refused(w.client().try_post_ranking(oracle, &9, &w.cid(8), &ranking), Error::NoChallenge);
    let elsewhere = Cid { codec: 1, ..w.cid(8) };
    refused(w.client().try_post_ranking(oracle, &id, &elsewhere, &ranking), Error::BadCid);

    let bounty = w.open(&w.terms());
    refused(w.client().try_post_ranking(oracle, &bounty, &w.cid(8), &vec![&w.e]), Error::WrongRule);
}

#[test]
fn of_a_challenge_that_never_started_or_was_closed() {
    let w = World::new();
    let terms = terms(&w);
    let create = || w.client().create_challenge(&w.maker, &terms, &1_000, &0);
    let (unaccepted, cancelled, empty) = (create(), create(), create());
    w.accept(empty);
    w.client().cancel(&cancelled);
    w.go_to(terms.deadline);
    let post = |id| w.client().try_post_ranking(&w.oracles[0], &id, &w.cid(8), &vec![&w.e]);
    refused(post(unaccepted), Error::NotAccepted);
    refused(post(cancelled), Error::Cancelled);
    w.client().close(&empty);
    refused(post(empty), Error::Ended);
}
