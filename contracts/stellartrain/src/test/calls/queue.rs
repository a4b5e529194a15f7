//! When the queue of a bounty moves on, to the second, and which of several equal votes is the verdict.
use crate::errors::Error;
use crate::test::world::*;
use crate::types::*;

#[test]
fn others_have_one_patience_after_the_quorums_vote() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let work = w.work(id);
    w.post(id, 0, &[w.scored(&work, 60, 1)], true);
    w.pass(3 * terms.patience);
    w.post(id, 1, &[w.rejected(&work, 1)], true);
    assert_eq!((w.view(id, &work).heard, w.view(id, &work).flags), (w.now(), 0));
    w.pass(terms.patience - 1);
    refused(w.client().try_settle(&id, &w.settlements(&[&work])), Error::NothingToSettle);
    w.pass(1);
    w.settle(id, &[&work]);
    assert_eq!((w.view(id, &work).flags, w.state(id).head), (PASSED | KEPT, 1));
}

#[test]
fn when_all_have_voted_only_two_patiences_of_the_submission_are_waited_for() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let work = w.work(id);
    w.pass(2 * terms.patience - 1);
    for (oracle, score) in [(0, 60), (1, 70), (2, 80)] {
        w.post(id, oracle, &[w.scored(&work, score, 1)], true);
    }
    assert_eq!(w.view(id, &work).flags, 0);
    w.pass(1);
    w.settle(id, &[&work]);
    assert_eq!(w.view(id, &work).flags, PASSED | KEPT);
}

/// One vote alone moves nothing, however long it waits.
#[test]
fn fewer_votes_than_a_quorum_hold_the_queue_until_the_end() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let (first, second) = (w.work(id), w.work(id));
    w.post(id, 0, &[w.scored(&first, 60, 1)], false);
    w.grade(id, &[w.scored(&second, 60, 2)]);
    w.go_to(terms.grade_by - 1);
    refused(w.client().try_settle(&id, &w.settlements(&[&first, &second])), Error::NothingToSettle);
    w.pass(1);
    w.settle(id, &[&second]);
    assert_eq!((w.balance(&second.solver), w.owed(id, &first)), (2_000, 20));
}

#[test]
fn the_lowest_reason_of_the_quorum_is_the_verdicts() {
    let w = World::new();
    let id = w.open(&Terms { oracles: w.first_oracles(5), ..w.terms() });
    let work = w.work(id);
    for (oracle, reason) in [(4, 9), (1, 7), (0, 8), (2, 3)] {
        w.post(id, oracle, &[w.rejected(&work, reason)], false);
    }
    w.settle(id, &[&work]);
    // The fourth vote came after the verdict: neither its reason nor its oracle counts.
    assert_eq!((w.view(id, &work).reason, w.state(id).purse.fees), (7, soroban_sdk::vec![&w.e, 5, 5, 0, 0, 5]));
}

#[test]
fn a_running_table_is_final_once_all_that_is_decided_is_in_it() {
    let w = World::new();
    let terms = w.ranked(&[500, 300]);
    let id = w.open(&terms);
    let (low, high) = (w.work(id), w.work(id));
    w.grade(id, &[w.scored(&low, 60, 1)]);
    for oracle in 0..2 {
        w.post(id, oracle, &[w.scored(&high, 90, 2)], false);
    }
    w.go_to(terms.grade_by);
    refused(w.client().try_release_payment(&id, &low.solver, &1), Error::NothingOwed);
    assert_eq!(w.release(id, &high), 520);
    assert_eq!(w.release(id, &low), 300);
    w.check();
}

#[test]
fn a_ranking_keeps_the_prizes_of_what_can_still_be_scored() {
    let w = World::new();
    let terms = w.ranked(&[500, 300, 100]);
    let id = w.open(&terms);
    let (scored, open) = (w.work(id), w.work(id));
    w.grade(id, &[w.scored(&scored, 60, 1)]);
    w.go_to(terms.deadline);
    // Two can have a place; the fees of the open one and of the ranking are set aside.
    assert_eq!(w.client().close(&id), 100 + 1_000 - 10 - 10 - 10);
    w.grade(id, &[w.scored(&open, 70, 2)]);
    w.go_to(terms.grade_by);
    assert_eq!((w.release(id, &open), w.release(id, &scored)), (500, 300));
    w.check();
}

/// Who stands with a lower number can win no second time.
#[test]
fn no_place_is_kept_for_who_has_won() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let solver = w.solver();
    let (first, second) = (w.submit(id, &solver), w.submit(id, &solver));
    w.grade(id, &[w.scored(&first, 60, 1)]);
    w.post(id, 0, &[w.scored(&second, 60, 2)], false);
    w.post(id, 2, &[w.rejected(&second, 1)], false);
    w.pass(2 * terms.patience);
    w.settle(id, &[&second]);
    assert_eq!((w.view(id, &second).flags, w.state(id).kept), (PASSED, 0));
}
