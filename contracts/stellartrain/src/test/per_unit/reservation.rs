//! What a batch can bring is set aside the moment it is submitted, so that nobody else can use it up.
use super::super::world::refused;
use super::*;
use crate::errors::Error;

#[test]
fn a_batch_sets_its_whole_pay_aside() {
    let w = World::new();
    let id = w.open(&terms(&w));
    batch(&w, id, 100);
    assert_eq!(money(&w, id), (9_700, 300));
    batch(&w, id, 1_000);
    assert_eq!(money(&w, id), (6_700, 3_300));
    w.check();
}

#[test]
fn the_last_unit_of_the_escrow_can_be_set_aside_and_no_more() {
    let w = World::new();
    let id = w.open(&terms(&w));
    for _ in 0..3 {
        batch(&w, id, 1_000);
    }
    // 1,000 are left: 333 units.
    let solver = w.solver();
    refused(w.client().try_submit(&solver, &id, &1, &w.cid(9), &334, &0), Error::EscrowUsedUp);
    assert_eq!((w.balance(&solver), w.client().attempts(&id, &solver).attempts), (1_000, 0));
    submit(&w, id, &solver, 333);
    assert_eq!(money(&w, id), (1, 9_999));
    refused(w.client().try_submit(&w.solver(), &id, &1, &w.cid(9), &1, &0), Error::EscrowUsedUp);
    w.check();
}

#[test]
fn a_verdict_frees_what_was_not_accepted_for_the_next() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let works = [batch(&w, id, 1_000), batch(&w, id, 1_000), batch(&w, id, 1_000)];
    let [part, none, bad] = &works;
    w.grade(id, &[accepted(&w, part, 400), accepted(&w, none, 0), w.rejected(bad, 1)]);
    // 1,200 were paid; half of the lost deposit joins the escrow.
    assert_eq!(money(&w, id), (10_000 - 1_200 + 10, 0));
    batch(&w, id, 1_000);
    w.check();
}

#[test]
fn one_ungraded_batch_a_labeler() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let first = batch(&w, id, 10);
    let next = |attempt| w.client().try_submit(&first.solver, &id, &attempt, &w.cid(9), &10, &0);
    refused(next(2), Error::BatchPending);
    // Another labeler is not held up by it.
    let other = batch(&w, id, 10);
    w.grade(id, &[accepted(&w, &first, 10), w.rejected(&other, 1)]);
    assert!(next(2).is_ok());
    refused(next(3), Error::BatchPending);
    // A rejected batch is graded, too.
    submit(&w, id, &other.solver, 10);
    w.check();
}

#[test]
fn a_batch_without_a_verdict_is_no_pending_one() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let work = batch(&w, id, 10);
    for oracle in 0..3 {
        w.post(id, oracle, &[accepted(&w, &work, oracle as u32)], true);
    }
    assert_eq!((w.view(id, &work).verdict, money(&w, id)), (Verdict::Unsettled, (10_000, 0)));
    submit(&w, id, &work.solver, 10);
    assert_eq!(w.release(id, &work), 20);
    w.check();
}
