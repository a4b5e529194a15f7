//! A later epoch says that a labeler earned less than before.
use super::super::earnings::tree::Tree;
use super::super::world::{refused, World};
use crate::errors::Error;
use crate::types::*;
use soroban_sdk::Address;

fn post(w: &World, id: u32, epoch: u32, earned: &[(&Address, i128)], total: i128) -> Tree {
    let tree = Tree::of(w, id, epoch, earned);
    for oracle in 0..2 {
        w.client().post_earnings(&w.oracles[oracle], &id, &epoch, &tree.root(&w.e), &total, &w.cid(8));
    }
    tree
}

#[test]
fn what_an_earlier_epoch_promised_can_still_be_claimed_as_long_as_the_total_lasts() {
    let w = World::new();
    let terms = Terms { payout: Payout::Earnings, deposit: 0, silence_share: 0, ..w.terms() };
    let id = w.open(&terms);
    let (a, b) = (w.solver(), w.solver());
    let first = post(&w, id, 1, &[(&a, 80), (&b, 20)], 100);
    // The total cannot fall, so lowering one never lowers what may be claimed in all.
    let fallen = w.client().try_post_earnings(&w.oracles[0], &id, &2, &w.bytes(1), &99, &w.cid(8));
    refused(fallen, Error::BadTotal);
    let second = post(&w, id, 2, &[(&a, 10), (&b, 90)], 100);
    assert_eq!(w.client().claim(&id, &2, &a, &10, &second.proof(&w.e, 0)), 10);
    assert_eq!(w.client().claim(&id, &1, &a, &80, &first.proof(&w.e, 0)), 70);
    refused(w.client().try_claim(&id, &2, &b, &90, &second.proof(&w.e, 1)), Error::BeyondTotal);
    assert_eq!(w.client().claim(&id, &1, &b, &20, &first.proof(&w.e, 1)), 20);
    assert_eq!((w.client().claimed(&id, &a), w.client().claimed(&id, &b)), (80, 20));
    w.check();
}

#[test]
fn whoever_got_more_keeps_it_and_earns_again_from_there() {
    let w = World::new();
    let terms = Terms { payout: Payout::Earnings, deposit: 0, silence_share: 0, ..w.terms() };
    let id = w.open(&terms);
    let a = w.solver();
    let first = post(&w, id, 1, &[(&a, 80)], 80);
    w.client().claim(&id, &1, &a, &80, &first.proof(&w.e, 0));
    let second = post(&w, id, 2, &[(&a, 30)], 80);
    refused(w.client().try_claim(&id, &2, &a, &30, &second.proof(&w.e, 0)), Error::NothingOwed);
    let third = post(&w, id, 3, &[(&a, 90)], 90);
    assert_eq!(w.client().claim(&id, &3, &a, &90, &third.proof(&w.e, 0)), 10);
    w.check();
}
