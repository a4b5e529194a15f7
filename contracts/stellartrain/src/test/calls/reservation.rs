//! What a batch can bring is set aside the moment it is submitted, so that no one else can use it up.
use crate::errors::Error;
use crate::test::world::*;
use crate::types::*;

/// 3 for a unit, batches of up to 100 units; 10,000 in the escrow.
fn terms(w: &World) -> Terms {
    w.per_unit(3, 100)
}

fn batch(w: &World, id: u32, units: u32) -> Work {
    w.submit_units(id, &w.solver(), units)
}

/// (escrow, reserved)
fn money(w: &World, id: u32) -> (i128, i128) {
    let purse = w.state(id).purse;
    (purse.escrow, purse.reserved)
}

#[test]
fn a_batch_sets_its_whole_pay_aside() {
    let w = World::new();
    let id = w.open(&terms(&w));
    batch(&w, id, 10);
    assert_eq!(money(&w, id), (9_970, 30));
    batch(&w, id, 100);
    assert_eq!(money(&w, id), (9_670, 330));
    w.check();
}

#[test]
fn the_last_unit_of_the_escrow_can_be_set_aside_and_no_more() {
    let w = World::new();
    let id = w.open(&terms(&w));
    for _ in 0..33 {
        batch(&w, id, 100);
    }
    // 100 are left: 33 units.
    let solver = w.solver();
    let submit =
        |who: &soroban_sdk::Address, units| w.client().try_submit(who, &id, &1, &w.cid(9), &w.bytes(0), &units, &0);
    refused(submit(&solver, 34), Error::EscrowUsedUp);
    assert_eq!((w.balance(&solver), w.client().attempts(&id, &solver).attempts), (1_000, 0));
    w.submit_units(id, &solver, 33);
    assert_eq!(money(&w, id), (1, 9_999));
    refused(submit(&w.solver(), 1), Error::EscrowUsedUp);
    w.check();
}

#[test]
fn a_verdict_frees_what_was_not_accepted_for_the_next() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let [part, none, bad] = [100, 100, 100].map(|units| batch(&w, id, units));
    w.grade(id, &[w.accepted(&part, 40), w.accepted(&none, 0), w.rejected(&bad, 1)]);
    assert_eq!(money(&w, id), (10_000 - 120, 0));
    assert_eq!(w.balance(&part.solver), 1_120);
    assert_eq!(w.view(id, &part).accepted_units, 40);
    batch(&w, id, 100);
    w.check();
}

/// What nobody graded is owed nothing, and its reservation is the maker's again.
#[test]
fn at_the_end_what_was_not_graded_comes_free() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let work = batch(&w, id, 100);
    w.go_to(terms.grade_by);
    assert_eq!(w.client().close(&id), 10_000 - 300 + 990);
    assert_eq!(w.release(id, &work), 20);
    assert_eq!((w.verdict(id, &work), money(&w, id)), (Verdict::Unsettled, (300, 0)));
    assert_eq!(w.client().close(&id), 300 + 10);
    assert_eq!(w.balance(&w.contract), 0);
}

#[test]
fn one_ungraded_batch_a_labeler() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let first = batch(&w, id, 10);
    let next = |attempt| w.client().try_submit(&first.solver, &id, &attempt, &w.cid(9), &w.bytes(0), &10, &0);
    refused(next(2), Error::BatchPending);
    // Another labeler is not held up by it.
    let other = batch(&w, id, 10);
    w.grade(id, &[w.accepted(&first, 10), w.rejected(&other, 1)]);
    assert!(next(2).is_ok());
    refused(next(3), Error::BatchPending);
    // A rejected batch is graded, too.
    w.submit_units(id, &other.solver, 10);
    w.check();
}

#[test]
fn a_batch_has_one_unit_to_the_largest_number() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let solver = w.solver();
    for units in [0, 101, u32::MAX] {
        let bad = w.client().try_submit(&solver, &id, &1, &w.cid(9), &w.bytes(0), &units, &0);
        refused(bad, Error::BadUnits);
    }
    w.submit_units(id, &solver, 100);
    batch(&w, id, 1);
}

#[test]
fn elsewhere_there_are_no_units() {
    let w = World::new();
    for terms in [w.terms(), w.ranked(&[5])] {
        let id = w.open(&terms);
        let bad = w.client().try_submit(&w.solver(), &id, &1, &w.cid(9), &w.bytes(0), &1, &0);
        refused(bad, Error::BadUnits);
    }
}

#[test]
fn no_more_units_are_accepted_than_declared() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let work = batch(&w, id, 10);
    let votes = soroban_sdk::vec![&w.e, w.accepted(&work, 11)];
    refused(w.client().try_post_scores(&w.oracles[0], &id, &w.cid(8), &votes, &true), Error::BadVerdict);
    w.grade(id, &[w.accepted(&work, 10)]);
    assert_eq!(w.balance(&work.solver), 1_030);
}
