//! What was posted has left the escrow for good, and no more than that can be claimed.
use super::super::world::{refused, total};
use super::*;
use crate::errors::Error;

#[test]
fn an_epoch_takes_its_increase_out_of_the_makers_reach() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let people = labelers(&w, 1);
    epoch(&w, id, 1, &[(&people[0], 4_000)]);
    assert_eq!((w.client().state(&id).escrow, w.client().earnings(&id).total), (6_000, 4_000));
    let tree = epoch(&w, id, 2, &[(&people[0], 9_000)]);
    assert_eq!((w.client().state(&id).escrow, w.client().earnings(&id).total), (1_000, 9_000));
    w.check();
    w.go_to(terms.grade_by);
    assert_eq!(w.client().close(&id), 1_000 + 1_000 - 20);
    assert_eq!(total(&w.client().state(&id)), 20);
    w.check();
    assert_eq!(claim(&w, id, 2, &tree, 0), 9_000);
    w.check();
}

#[test]
fn a_root_that_claims_more_than_its_total_pays_whom_it_can() {
    let w = World::new();
    let (id, other) = (w.open(&terms(&w)), w.open(&terms(&w)));
    let people = labelers(&w, 2);
    let tree = Tree::of(&w, id, 1, &[(&people[0], 60), (&people[1], 60)]);
    post_by_quorum(&w, id, 1, &tree, 100);
    assert_eq!(claim(&w, id, 1, &tree, 1), 60);
    refused(w.client().try_claim(&id, &1, &people[0], &60, &proof(&w, &tree, 0)), Error::BeyondTotal);
    // Neither the escrow nor another challenge pays for it.
    assert_eq!((w.client().state(&id).escrow, w.client().state(&other).escrow), (9_900, 10_000));
    w.check();
    // A higher total makes room.
    epoch(&w, id, 2, &[(&people[0], 60), (&people[1], 60)]);
    assert_eq!(claim(&w, id, 1, &tree, 0), 60);
    w.check();
}

#[test]
fn a_leaf_of_all_the_money_in_the_world_is_refused() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let people = labelers(&w, 2);
    let tree = Tree::of(&w, id, 1, &[(&people[0], i128::MAX), (&people[1], 1)]);
    post_by_quorum(&w, id, 1, &tree, 100);
    let all = || w.client().try_claim(&id, &1, &people[0], &i128::MAX, &proof(&w, &tree, 0));
    refused(all(), Error::BeyondTotal);
    claim(&w, id, 1, &tree, 1);
    refused(all(), Error::Overflow);
    w.check();
}

#[test]
fn an_epoch_that_lowers_somebody_takes_nothing_back() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let people = labelers(&w, 2);
    let first = epoch(&w, id, 1, &[(&people[0], 80), (&people[1], 20)]);
    assert_eq!(claim(&w, id, 1, &first, 0), 80);
    let second = epoch(&w, id, 2, &[(&people[0], 30), (&people[1], 70)]);
    // The first got more than it has now earned: it keeps it and is owed nothing.
    refused(w.client().try_claim(&id, &2, &people[0], &30, &proof(&w, &second, 0)), Error::NothingOwed);
    // What it kept is missing for the other.
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
    let id = w.open(&terms(&w));
    let people = labelers(&w, 1);
    let tree = Tree::of(&w, id, 1, &[(&people[0], 10_500)]);
    let beyond = || w.client().try_post_earnings(&w.oracles[0], &id, &1, &tree.root(&w.e), &10_500, &w.cid(8));
    refused(beyond(), Error::BadTotal);
    w.client().top_up(&w.solver(), &id, &500, &0);
    post_by_quorum(&w, id, 1, &tree, 10_500);
    assert_eq!((claim(&w, id, 1, &tree, 0), w.client().state(&id).escrow), (10_500, 0));
    w.check();
}

#[test]
fn without_an_epoch_everything_goes_back() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let people = labelers(&w, 1);
    let tree = Tree::of(&w, id, 1, &[(&people[0], 50)]);
    post(&w, id, 0, 1, &tree, 50);
    w.go_to(terms.grade_by - 1);
    refused(w.client().try_close(&id), Error::NotYetEnded);
    w.go_to(terms.grade_by);
    assert_eq!(w.client().close(&id), 11_000);
    assert_eq!((w.client().state(&id).status, w.client().maker(&w.maker).ended), (Status::Ended, 1));
    refused(w.client().try_close(&id), Error::NothingToClose);
    assert_eq!(w.balance(&w.contract), 0);
}
