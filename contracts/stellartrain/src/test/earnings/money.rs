//! What was posted has left the escrow for good, and no more than that can be claimed.
use super::*;
use crate::errors::Error;

#[test]
fn an_epoch_takes_its_increase_out_of_the_makers_reach() {
    let w = World::new();
    let terms = w.earnings();
    let id = w.open(&terms);
    let people = labelers(&w, 1);
    epoch(&w, id, 1, &[(&people[0], 4_000)]);
    assert_eq!((w.state(id).purse.escrow, w.client().earnings(&id).total), (6_000, 4_000));
    let tree = epoch(&w, id, 2, &[(&people[0], 9_000)]);
    assert_eq!((w.state(id).purse.escrow, w.client().earnings(&id).total), (1_000, 9_000));
    w.check();
    w.go_to(terms.grade_by);
    assert_eq!(w.client().close(&id), 1_000 + 1_000 - 20);
    assert_eq!(total(&w.state(id)), 20);
    w.check();
    assert_eq!(claim(&w, id, 2, &tree, 0), 9_000);
    w.check();
}

/// A tree's total is the sum of its leaves, so whoever was posted can be paid; a sum below a hash that nobody can open is the
/// one way for a quorum to strand money.
#[test]
fn a_sum_that_nobody_can_open_is_stranded_and_takes_from_no_one() {
    let w = World::new();
    let (id, other) = (w.open(&w.earnings()), w.open(&w.earnings()));
    let people = labelers(&w, 2);
    let tree = Tree::hiding(&w.contract, id, 1, &[(&people[0], 60), (&people[1], 40)], 500);
    post_by_quorum(&w, id, 1, &tree);
    assert_eq!((w.client().earnings(&id).total, claim(&w, id, 1, &tree, 0), claim(&w, id, 1, &tree, 1)), (600, 60, 40));
    assert_eq!((w.state(id).purse.escrow, w.state(other).purse.escrow), (9_400, 10_000));
    w.check();
}

#[test]
fn an_epoch_that_lowers_someone_takes_nothing_back() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let people = labelers(&w, 2);
    let first = epoch(&w, id, 1, &[(&people[0], 80), (&people[1], 20)]);
    assert_eq!(claim(&w, id, 1, &first, 0), 80);
    let second = epoch(&w, id, 2, &[(&people[0], 30), (&people[1], 70)]);
    // The first got more than it has now earned: it keeps it and is owed nothing.
    refused(w.client().try_claim(&id, &2, &people[0], &30, &proof(&w, &second, 0)), Error::NothingOwed);
    // What it kept is missing for the other, and nobody else's money pays for it.
    refused(w.client().try_claim(&id, &2, &people[1], &70, &proof(&w, &second, 1)), Error::BeyondTotal);
    assert_eq!(claim(&w, id, 1, &first, 1), 20);
    w.check();
    let third = epoch(&w, id, 3, &[(&people[0], 80), (&people[1], 70)]);
    assert_eq!(claim(&w, id, 3, &third, 1), 50);
    w.check();
}

#[test]
fn what_is_added_can_be_earned() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let people = labelers(&w, 1);
    let tree = super::tree(&w, id, 1, &[(&people[0], 10_500)]);
    let (left, right) = tree.children(&w.e);
    let beyond = w.client().try_post_earnings(&w.oracles[0], &id, &1, &left, &right, &w.cid(8));
    refused(beyond, Error::BadTotal);
    w.client().top_up(&w.solver(), &id, &500, &0);
    post_by_quorum(&w, id, 1, &tree);
    assert_eq!((claim(&w, id, 1, &tree, 0), w.state(id).purse.escrow), (10_500, 0));
    w.check();
}

#[test]
fn without_an_epoch_everything_goes_back() {
    let w = World::new();
    let terms = w.earnings();
    let id = w.open(&terms);
    let people = labelers(&w, 1);
    let tree = super::tree(&w, id, 1, &[(&people[0], 50)]);
    post(&w, id, 0, 1, &tree);
    w.go_to(terms.grade_by - 1);
    // The escrow and the budget stay while an epoch can come; the records are folded once.
    assert_eq!((w.client().close(&id), w.state(id).folded), (0, true));
    refused(w.client().try_close(&id), Error::NothingToClose);
    assert!(post(&w, id, 1, 1, &tree));
    w.go_to(terms.grade_by);
    assert_eq!(w.client().close(&id), 11_000 - 50 - 10);
    refused(w.client().try_close(&id), Error::NothingToClose);
    assert_eq!(w.balance(&w.contract), 60);
}
