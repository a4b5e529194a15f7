//! The truth is promised for the end. Each side has one slot; which one fits the commitment, everybody can check.
use super::super::world::{refused, World};
use crate::errors::Error;
use crate::types::*;

#[test]
fn early_means_while_anything_could_still_be_graded() {
    let w = World::new();
    let terms = w.terms();
    let (open, pending) = (w.open(&terms), w.open(&terms));
    w.work(pending);
    let reveal = |id: u32| w.client().try_reveal(&w.maker, &id, &w.cid(5));
    refused(reveal(open), Error::NotYetEnded);
    w.go_to(terms.deadline - 1);
    refused(reveal(open), Error::NotYetEnded);
    w.go_to(terms.deadline);
    assert!(reveal(open).is_ok());
    refused(reveal(pending), Error::NotYetEnded);
    w.go_to(terms.grade_by - 1);
    refused(reveal(pending), Error::NotYetEnded);
    w.go_to(terms.grade_by);
    assert!(reveal(pending).is_ok());
}

#[test]
fn a_wrong_truth_takes_its_own_slot_and_no_other() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    w.go_to(terms.deadline);
    w.client().reveal(&w.maker, &id, &w.cid(99));
    refused(w.client().try_reveal(&w.maker, &id, &w.cid(1)), Error::AlreadyRevealed);
    // The oracles know the truth, too: any of them can still open the right one.
    w.client().reveal(&w.oracles[2], &id, &w.cid(1));
    refused(w.client().try_reveal(&w.oracles[2], &id, &w.cid(1)), Error::AlreadyRevealed);
    assert_eq!(w.client().revealed(&id, &w.maker), Some(w.cid(99)));
    assert_eq!(w.client().revealed(&id, &w.oracles[2]), Some(w.cid(1)));
    assert_eq!(w.client().revealed(&id, &w.oracles[0]), None);
}

#[test]
fn a_broken_promise_is_on_record() {
    let w = World::new();
    let terms = w.terms();
    let (kept, broken) = (w.open(&terms), w.open(&terms));
    w.go_to(terms.deadline);
    w.client().close(&kept);
    w.client().close(&broken);
    w.client().reveal(&w.maker, &kept, &w.cid(5));
    // An oracle's truth serves everybody, and is not the maker's promise kept.
    w.client().reveal(&w.oracles[0], &broken, &w.cid(5));
    let MakerRecord { promised, opened, .. } = w.client().maker(&w.maker);
    assert_eq!((promised, opened), (2, 1));
}

#[test]
fn it_costs_no_money_and_moves_none() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let work = w.work(id);
    w.grade(id, &[w.scored(&work, 60, 1)]);
    w.go_to(terms.deadline);
    let before = (w.client().state(&id), w.balance(&w.contract));
    w.client().reveal(&w.maker, &id, &w.cid(5));
    assert_eq!((w.client().state(&id), w.balance(&w.contract)), before);
}
