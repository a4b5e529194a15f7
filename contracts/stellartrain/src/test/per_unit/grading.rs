//! Pay follows the units that a quorum accepted, and the score decides nothing.
use super::super::world::refused;
use super::*;
use crate::errors::Error;
use soroban_sdk::vec;

#[test]
fn accepted_units_are_paid_at_once_with_the_deposit() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let work = batch(&w, id, 100);
    w.grade(id, &[accepted(&w, &work, 100)]);
    assert_eq!((w.balance(&work.solver), money(&w, id)), (1_300, (9_700, 0)));
    let view = w.view(id, &work);
    assert_eq!((view.verdict, view.units, view.accepted_units, view.flags), (Verdict::Scored, 100, 100, 4));
    refused(w.client().try_release_payment(&id, &work.solver, &1), Error::NothingOwed);
    w.check();
}

#[test]
fn fewer_units_are_paid_by_their_number() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let works = [batch(&w, id, 100), batch(&w, id, 100)];
    w.grade(id, &[accepted(&w, &works[0], 99), accepted(&w, &works[1], 0)]);
    assert_eq!((w.balance(&works[0].solver), w.balance(&works[1].solver)), (1_297, 1_000));
    assert_eq!((w.view(id, &works[0]).flags, w.view(id, &works[1]).flags), (4, 0));
    assert_eq!(money(&w, id), (9_703, 0));
    w.check();
}

#[test]
fn more_than_was_declared_cannot_be_accepted() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let work = batch(&w, id, 100);
    let votes = vec![&w.e, accepted(&w, &work, 101)];
    refused(w.client().try_post_scores(&w.oracles[0], &id, &w.cid(8), &votes, &true), Error::BadVerdict);
    let units_for_nothing = vec![&w.e, Vote { units: 1, ..w.rejected(&work, 1) }];
    refused(w.client().try_post_scores(&w.oracles[0], &id, &w.cid(8), &units_for_nothing, &true), Error::BadVerdict);
}

#[test]
fn another_number_of_units_is_another_verdict() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let work = batch(&w, id, 100);
    w.post(id, 0, &[accepted(&w, &work, 90)], true);
    w.post(id, 1, &[accepted(&w, &work, 80)], true);
    assert_eq!(w.view(id, &work).verdict, Verdict::Pending);
    w.post(id, 2, &[accepted(&w, &work, 80)], true);
    assert_eq!((w.view(id, &work).accepted_units, w.balance(&work.solver)), (80, 1_240));
    let tallies = w.client().state(&id).tallies;
    assert_eq!(tallies.iter().map(|tally| tally.disagreed).collect::<std::vec::Vec<_>>(), [1, 0, 0]);
    w.check();
}

#[test]
fn a_low_score_is_paid_all_the_same() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let work = batch(&w, id, 10);
    w.grade(id, &[Vote { score: -5, ..accepted(&w, &work, 10) }]);
    assert_eq!((w.view(id, &work).score, w.balance(&work.solver)), (-10, 1_030));
    w.check();
}

#[test]
fn a_copy_is_paid_nothing_and_loses_its_deposit() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let works = [batch(&w, id, 10), batch(&w, id, 10)];
    w.grade(id, &[accepted(&w, &works[0], 10), Vote { content_hash: w.bytes(1), ..accepted(&w, &works[1], 10) }]);
    assert_eq!((w.view(id, &works[1]).verdict, w.balance(&works[1].solver)), (Verdict::Duplicate, 980));
    assert_eq!(money(&w, id), (9_970 + 10, 0));
    // Its units stand in the verdict, and bring nothing later either.
    assert_eq!(w.view(id, &works[1]).accepted_units, 10);
    refused(w.client().try_release_payment(&id, &works[1].solver, &1), Error::NothingOwed);
    assert_eq!(w.client().outcome(&id, &works[1].solver, &1).prize, 0);
    w.check();
}

#[test]
fn held_pay_waits_for_its_labeler() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let works = [batch(&w, id, 10), batch(&w, id, 20)];
    w.freeze(&works[0].solver, true);
    w.grade(id, &[accepted(&w, &works[0], 7), accepted(&w, &works[1], 20)]);
    assert_eq!((w.view(id, &works[0]).flags, w.balance(&works[1].solver)), (3, 1_060));
    assert_eq!((w.client().state(&id).held, w.client().owed(&id, &works[0].solver, &1)), (21, 41));
    w.go_to(terms.grade_by);
    w.client().close(&id);
    w.check();
    w.freeze(&works[0].solver, false);
    assert_eq!((w.release(id, &works[0]), w.view(id, &works[0]).flags), (41, 4));
    w.check();
}

#[test]
fn a_labeler_is_paid_again_and_again() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let labeler = w.solver();
    for content in 1..=4u8 {
        let work = submit(&w, id, &labeler, 100);
        w.grade(id, &[Vote { content_hash: w.bytes(content), ..accepted(&w, &work, 100) }]);
        assert_eq!(w.balance(&labeler), 1_000 + 300 * i128::from(content));
    }
    assert_eq!((w.client().state(&id).winners, w.client().board(&id).len()), (0, 0));
    w.check();
}

#[test]
fn accepted_work_is_paid_whatever_the_maker_does_not_add() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.client().create_challenge(&w.maker, &terms, &300, &0);
    w.accept(id);
    // The escrow is used up by one batch and the fee budget is empty: the labeler carries the fee.
    let labeler = w.solver();
    w.client().submit(&labeler, &id, &1, &w.cid(9), &100, &10);
    let work = Work { solver: labeler, attempt: 1, number: 1 };
    w.go_to(terms.deadline + 86_399);
    w.grade(id, &[accepted(&w, &work, 100)]);
    assert_eq!(w.balance(&work.solver), 1_000 - 10 + 300);
    assert_eq!(w.client().close(&id), 0);
    w.check();
}
