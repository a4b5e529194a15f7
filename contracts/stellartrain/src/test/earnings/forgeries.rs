//! What a proof must not be good for.
use super::*;
use crate::errors::Error;
use crate::test::tree::{branch, leaf, parent};
use soroban_sdk::vec;

struct Posted {
    w: World,
    id: u32,
    people: std::vec::Vec<Address>,
    tree: Tree,
}

/// Four labelers with 10, 20, 30 and 40.
fn posted() -> Posted {
    let w = World::new();
    let id = w.open(&w.earnings());
    let people = labelers(&w, 4);
    let tree = epoch(&w, id, 1, &[(&people[0], 10), (&people[1], 20), (&people[2], 30), (&people[3], 40)]);
    Posted { w, id, people, tree }
}

#[track_caller]
fn bad(w: &World, id: u32, labeler: &Address, amount: i128, proof: &Vec<Sibling>) {
    refused(w.client().try_claim(&id, &1, labeler, &amount, proof), Error::BadProof);
}

#[test]
fn another_amount_or_labeler() {
    let Posted { w, id, people, tree } = posted();
    let good = proof(&w, &tree, 0);
    for amount in [9, 11, 0, -10, i128::MAX, i128::MIN] {
        bad(&w, id, &people[0], amount, &good);
    }
    bad(&w, id, &people[1], 10, &good);
    bad(&w, id, &w.solver(), 10, &good);
    w.check();
}

#[test]
fn another_proof() {
    let Posted { w, id, people, tree } = posted();
    let good = proof(&w, &tree, 0);
    let (first, second) = (good.get_unchecked(0), good.get_unchecked(1));
    let nothing = Sibling { hash: w.bytes(0), sum: 0, left: false };
    for other in [
        vec![&w.e],
        vec![&w.e, first.clone()],
        vec![&w.e, second.clone(), first.clone()],
        vec![&w.e, first.clone(), second.clone(), nothing],
        vec![&w.e, first.clone(), Sibling { hash: w.bytes(1), ..second.clone() }],
        vec![&w.e, Sibling { left: true, ..first.clone() }, second.clone()],
        vec![&w.e, first, Sibling { left: true, ..second }],
        proof(&w, &tree, 2),
    ] {
        bad(&w, id, &people[0], 10, &other);
    }
    assert_eq!(claim(&w, id, 1, &tree, 0), 10);
}

/// The sums are hashed: what a labeler adds to its own leaf cannot be taken from beside it.
#[test]
fn a_sum_shifted_between_siblings() {
    let Posted { w, id, people, tree } = posted();
    let good = proof(&w, &tree, 0);
    let (first, second) = (good.get_unchecked(0), good.get_unchecked(1));
    for (amount, sum) in [(30, 0), (35, -5), (11, 19), (10, 20 + 1), (10, i128::MAX), (10, i128::MIN)] {
        bad(&w, id, &people[0], amount, &vec![&w.e, Sibling { sum, ..first.clone() }, second.clone()]);
        bad(&w, id, &people[0], amount, &vec![&w.e, first.clone(), Sibling { sum, ..second.clone() }]);
    }
    w.check();
}

#[test]
fn of_another_challenge_epoch_or_contract() {
    let Posted { w, id, people, tree } = posted();
    let other = w.open(&w.earnings());
    // The same root posted elsewhere proves nothing there, for the leaves name contract, challenge and epoch.
    post_by_quorum(&w, other, 1, &tree);
    bad(&w, other, &people[0], 10, &proof(&w, &tree, 0));
    post_by_quorum(&w, id, 2, &tree);
    let later = w.client().try_claim(&id, &2, &people[0], &10, &proof(&w, &tree, 0));
    refused(later, Error::BadProof);
    let elsewhere = Tree::of(&w.asset, id, 3, &[(&people[0], 60), (&people[1], 60)]);
    post_by_quorum(&w, id, 3, &elsewhere);
    let foreign = w.client().try_claim(&id, &3, &people[0], &60, &proof(&w, &elsewhere, 0));
    refused(foreign, Error::BadProof);
    assert_eq!(claim(&w, id, 1, &tree, 0), 10);
}

/// A leaf's message begins with 0 and a node's with 1: neither can be taken for the other.
#[test]
fn an_inner_node_as_a_leaf_and_a_leaf_as_a_node() {
    let Posted { w, id, people, tree } = posted();
    let (left, right) = tree.children(&w.e);
    let upper = vec![&w.e, Sibling { hash: right.hash, sum: right.sum, left: false }];
    for amount in [10, 20, 30, left.sum] {
        bad(&w, id, &people[0], amount, &upper);
    }
    // The root itself is no leaf, and a leaf alone no root: a tree has two children at least.
    bad(&w, id, &people[0], 100, &vec![&w.e]);
    let alone = (leaf(&w.contract, id, 2, &people[0], 100), 100);
    let posted = branch(&w.e, alone);
    for oracle in &w.oracles[..2] {
        w.client().post_earnings(oracle, &id, &2, &posted, &branch(&w.e, ([0; 32], 0)), &w.cid(8));
    }
    refused(w.client().try_claim(&id, &2, &people[0], &100, &vec![&w.e]), Error::BadProof);
    assert_ne!(w.client().epoch(&id, &2).root, w.bytes_of(alone.0));
}

#[test]
fn an_epoch_that_is_not_there() {
    let Posted { w, id, people, tree } = posted();
    for number in [0, 2, u32::MAX] {
        let none = w.client().try_claim(&id, &number, &people[0], &10, &proof(&w, &tree, 0));
        refused(none, Error::NoEpoch);
    }
    // One vote makes no epoch.
    let next = super::tree(&w, id, 2, &[(&people[0], 100)]);
    post(&w, id, 2, 2, &next);
    refused(w.client().try_claim(&id, &2, &people[0], &100, &proof(&w, &next, 0)), Error::NoEpoch);
    refused(w.client().try_claim(&9, &1, &people[0], &10, &proof(&w, &tree, 0)), Error::NoChallenge);
}

/// A negative sum anywhere on the way up ends the proof, so it hides no larger one beside it.
#[test]
fn a_leaf_of_less_than_nothing() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let people = labelers(&w, 3);
    let tree = super::tree(&w, id, 1, &[(&people[0], 10), (&people[1], -5), (&people[2], 70)]);
    post_by_quorum(&w, id, 1, &tree);
    bad(&w, id, &people[0], 10, &proof(&w, &tree, 0));
    bad(&w, id, &people[1], -5, &proof(&w, &tree, 1));
    assert_eq!((w.client().earnings(&id).total, claim(&w, id, 1, &tree, 2)), (75, 70));
    w.check();
}

#[test]
fn a_leaf_of_nothing_is_owed_nothing() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let people = labelers(&w, 2);
    let tree = epoch(&w, id, 1, &[(&people[0], 0), (&people[1], 70)]);
    refused(w.client().try_claim(&id, &1, &people[0], &0, &proof(&w, &tree, 0)), Error::NothingOwed);
    assert_eq!(parent(tree.levels[0][0], tree.levels[0][1]), tree.root());
}
