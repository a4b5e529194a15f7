//! A quorum posts a root whose leaves add up to more than the total that it names.
use super::super::earnings::tree::Tree;
use super::super::world::{refused, World};
use crate::errors::Error;
use crate::types::*;

#[test]
fn the_first_are_paid_the_last_are_not_and_nobody_else_pays_for_it() {
    let w = World::new();
    let terms = Terms { payout: Payout::Earnings, deposit: 0, silence_share: 0, ..w.terms() };
    let (id, other) = (w.open(&terms), w.open(&terms));
    let people = [w.solver(), w.solver(), w.solver()];
    let earned = [(&people[0], 40), (&people[1], 40), (&people[2], 40)];
    let tree = Tree::of(&w, id, 1, &earned);
    for oracle in 0..2 {
        w.client().post_earnings(&w.oracles[oracle], &id, &1, &tree.root(&w.e), &100, &w.cid(8));
    }
    let claim = |place: usize| w.client().try_claim(&id, &1, &people[place], &40, &tree.proof(&w.e, place));
    assert!(claim(2).is_ok() && claim(0).is_ok());
    refused(claim(1), Error::BeyondTotal);
    // 20 are left that nobody's leaf fits; they are out of the maker's reach, and the oracles can put it right.
    assert_eq!(w.client().state(&other).escrow, 10_000);
    let right = Tree::of(&w, id, 2, &earned);
    for oracle in 0..2 {
        w.client().post_earnings(&w.oracles[oracle], &id, &2, &right.root(&w.e), &120, &w.cid(8));
    }
    assert!(claim(1).is_ok());
    assert_eq!(w.client().earnings(&id), Earnings { epochs: 2, total: 120, claimed: 120 });
    w.check();
}
