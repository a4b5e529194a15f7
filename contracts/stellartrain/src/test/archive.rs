//! What no one touched for a year is archived; the call that needs it restores it in its own footprint, and nothing is lost:
//! neither what is owed nor that it was paid. How long entries live without anybody: `lifetimes`. (On a ledger that evicts: `contracts/client/src/archive.test.ts`.)
extern crate std;
use super::tree::Tree;
use super::world::{refused, World};
use crate::errors::Error;
use crate::types::*;

const YEAR: u64 = 365 * 86_400;

/// Entries that the last call had to restore.
fn restored(w: &World) -> u32 {
    w.e.cost_estimate().resources().disk_read_entries
}

#[test]
fn a_held_prize_is_paid_once_after_years() {
    let w = World::new();
    let id = w.open(&w.terms());
    let work = w.work(id);
    w.freeze(&work.solver, true);
    w.grade(id, &[w.scored(&work, 60, 1)]);
    assert_eq!(restored(&w), 0);
    w.pass(YEAR);
    w.freeze(&work.solver, false);
    assert_eq!(w.release(id, &work), 1_020);
    // Challenge, state, submission and board or balances: all came back in this call.
    assert!(restored(&w) >= 3, "{}", restored(&w));
    w.pass(YEAR);
    refused(w.client().try_release_payment(&id, &work.solver, &1), Error::NothingOwed);
    assert_eq!(w.balance(&work.solver), 2_000);
    w.check();
}

#[test]
fn what_nobody_decided_is_what_it_was() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let works = [w.work(id), w.work(id), w.work(id)];
    w.post(id, 0, &[w.rejected(&works[0], 1)], true);
    w.go_to(terms.grade_by);
    assert_eq!(w.release(id, &works[1]), 20);
    w.pass(YEAR);
    assert_eq!((w.release(id, &works[2]), w.release(id, &works[0])), (20, 20));
    w.pass(YEAR);
    assert_eq!(w.client().close(&id), 2_000 + 1_000);
    assert_eq!(w.balance(&w.contract), 0);
}

#[test]
fn a_judges_ballot_and_a_kept_place_wait_for_years() {
    let w = World::new();
    let terms = w.judged(w.terms());
    let id = w.open(&terms);
    let (split, won) = (w.work(id), w.work(id));
    w.post(id, 0, &[w.scored(&split, 60, 1), w.scored(&won, 60, 2)], false);
    w.post(id, 1, &[w.rejected(&split, 1), w.scored(&won, 60, 2)], false);
    w.pass(2 * terms.patience);
    w.settle(id, &[&split, &won]);
    assert_eq!(w.state(id).kept, 1);
    w.go_to(terms.grade_by);
    w.rule(id, &[w.scored(&split, 60, 1)]);
    w.pass(YEAR);
    assert_eq!(w.release(id, &split), 1_020);
    assert!(restored(&w) >= 3, "{}", restored(&w));
    assert_eq!((w.balance(&won.solver), w.client().close(&id)), (2_000, 1_000 - 10));
    w.check();
}

#[test]
fn a_ranking_keeps_its_board() {
    let w = World::new();
    let id = w.open(&w.ranked(&[500, 300]));
    let works = [w.work(id), w.work(id)];
    w.grade(id, &[w.scored(&works[0], 60, 1), w.scored(&works[1], 90, 2)]);
    w.pass(YEAR);
    // Nobody ranked in time, and nobody called for a year: the table pays.
    assert_eq!((w.release(id, &works[1]), w.release(id, &works[0])), (500, 300));
    assert_eq!((w.client().board(&id).len(), w.state(id).ranking), (2, Ranking::Table));
    w.pass(YEAR);
    refused(w.client().try_release_payment(&id, &works[1].solver, &1), Error::NothingOwed);
    w.check();
}

/// The entry that says what a labeler was sent is archived like any other. Were it taken for missing, the labeler would be
/// paid twice.
#[test]
fn what_was_claimed_stays_claimed() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let (a, b) = (w.solver(), w.solver());
    let tree = Tree::of(&w.contract, id, 1, &[(&a, 70), (&b, 30)]);
    let (left, right) = tree.children(&w.e);
    for oracle in &w.oracles[..2] {
        w.client().post_earnings(oracle, &id, &1, &left, &right, &w.cid(8));
    }
    w.client().claim(&id, &1, &a, &70, &tree.proof(&w.e, 0));
    w.pass(YEAR);
    refused(w.client().try_claim(&id, &1, &a, &70, &tree.proof(&w.e, 0)), Error::NothingOwed);
    assert_eq!(w.client().claim(&id, &1, &b, &30, &tree.proof(&w.e, 1)), 30);
    // Epoch, totals and challenge were archived.
    assert!(restored(&w) >= 3, "{}", restored(&w));
    assert_eq!((w.client().claimed(&id, &a), w.client().earnings(&id).claimed), (70, 100));
    w.check();
}

#[test]
fn an_oracles_keys_and_fees_come_back() {
    let w = World::new();
    let id = w.open(&w.terms());
    let work = w.work(id);
    w.grade(id, &[w.scored(&work, 60, 1)]);
    let key = w.client().oracle_key(&w.oracles[0], &1);
    w.pass(2 * YEAR);
    assert_eq!(w.client().oracle_key(&w.oracles[0], &1), key);
    assert_eq!(w.client().withdraw_fees(&w.oracles[0], &id), 5);
    assert_eq!(w.register(&w.oracles[0], 9), 2);
    w.check();
}

#[test]
fn the_challenge_key_can_be_opened_again_after_years() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (key, shares) = (w.state(id).key, w.client().shares(&id));
    w.pass(2 * YEAR);
    assert_eq!((w.state(id).key, w.client().shares(&id)), (key, shares));
}
