//! Batches that nobody graded share at `grade_by`, each at most what it could have earned.
use super::super::world::refused;
use super::*;
use crate::errors::Error;

#[test]
fn what_was_set_aside_is_shared_with_the_rest() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let works = [batch(&w, id, 1_000), batch(&w, id, 1_000)];
    w.go_to(terms.grade_by);
    // Half of all 10,000 for two.
    assert_eq!(w.client().owed(&id, &works[0].solver, &1), 2_500 + 20);
    assert_eq!(w.release(id, &works[0]), 2_520);
    assert_eq!(money(&w, id), (5_000, 0));
    assert_eq!(w.client().close(&id), 5_000 + 1_000);
    assert_eq!(w.release(id, &works[1]), 2_520);
    assert_eq!(w.balance(&w.contract), 0);
}

#[test]
fn a_part_is_at_most_the_own_batch_and_the_maker_has_the_rest() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let works = [batch(&w, id, 10), batch(&w, id, 1_000)];
    w.go_to(terms.grade_by);
    assert_eq!(w.client().close(&id), 5_000 + 1_000);
    // 2,500 were set aside for each; the small batch could have earned 30.
    assert_eq!(w.release(id, &works[0]), 30 + 20);
    assert_eq!(money(&w, id), (2_470, 0));
    w.check();
    // What it left is sent by a later close.
    assert_eq!(w.client().close(&id), 2_470);
    refused(w.client().try_close(&id), Error::NothingToClose);
    assert_eq!(w.release(id, &works[1]), 2_520);
    assert_eq!(w.balance(&w.contract), 0);
}

/// A part larger than a batch's own pay waits in the contract for that batch's release, so it should be no larger than
/// any batch could explain.
#[test]
fn no_part_is_larger_than_the_largest_batch() {
    let w = World::new();
    let terms = Terms { silence_share: 10_000, ..terms(&w) };
    let id = w.open(&terms);
    let work = batch(&w, id, 1);
    w.go_to(terms.grade_by);
    assert_eq!(w.client().close(&id), 7_000 + 1_000);
    assert_eq!(w.client().state(&id).silence, Some(3_000));
    assert_eq!((w.release(id, &work), w.client().close(&id)), (3 + 20, 2_997));
    assert_eq!(w.balance(&w.contract), 0);
}

#[test]
fn unsettled_batches_share_and_what_an_oracle_rejected_does_not() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let [split, junk, silent] = [batch(&w, id, 100), batch(&w, id, 100), batch(&w, id, 100)];
    for oracle in 0..3 {
        w.post(id, oracle, &[accepted(&w, &split, oracle as u32)], true);
    }
    w.post(id, 0, &[w.rejected(&junk, 1)], true);
    assert_eq!(w.release(id, &split), 20);
    w.go_to(terms.grade_by);
    assert_eq!((w.release(id, &split), w.release(id, &junk), w.release(id, &silent)), (300, 20, 320));
    w.client().close(&id);
    assert_eq!(w.balance(&w.contract), 0);
}

#[test]
fn without_a_share_the_reservation_goes_back_to_the_maker() {
    let w = World::new();
    let terms = Terms { silence_share: 0, deposit: 0, ..terms(&w) };
    let id = w.open(&terms);
    let work = batch(&w, id, 1_000);
    w.go_to(terms.grade_by);
    assert_eq!(w.client().close(&id), 10_000 + 1_000);
    refused(w.client().try_release_payment(&id, &work.solver, &1), Error::NothingOwed);
    assert_eq!(w.client().outcome(&id, &work.solver, &1).verdict, Verdict::Unsettled);
    assert_eq!(w.balance(&w.contract), 0);
}

#[test]
fn the_maker_cannot_close_past_a_pending_or_unsettled_batch() {
    let w = World::new();
    let terms = terms(&w);
    let (pending, unsettled, graded) = (w.open(&terms), w.open(&terms), w.open(&terms));
    batch(&w, pending, 5);
    let split = batch(&w, unsettled, 5);
    for oracle in 0..3 {
        w.post(unsettled, oracle, &[accepted(&w, &split, oracle as u32)], true);
    }
    let work = batch(&w, graded, 5);
    w.grade(graded, &[accepted(&w, &work, 5)]);
    w.go_to(terms.deadline);
    for id in [pending, unsettled] {
        refused(w.client().try_close(&id), Error::NotYetEnded);
    }
    assert_eq!(w.client().close(&graded), 9_985 + 990);
    w.check();
}
