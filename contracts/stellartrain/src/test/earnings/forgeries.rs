//! What a proof must not be good for.
use super::super::world::refused;
use super::*;
use crate::errors::Error;
use soroban_sdk::{vec, BytesN};

struct Posted {
    w: World,
    id: u32,
    people: std::vec::Vec<Address>,
    tree: Tree,
}

/// Four labelers with 10, 20, 30 and 40.
fn posted() -> Posted {
    let w = World::new();
    let id = w.open(&terms(&w));
    let people = labelers(&w, 4);
    let tree = epoch(&w, id, 1, &[(&people[0], 10), (&people[1], 20), (&people[2], 30), (&people[3], 40)]);
    Posted { w, id, people, tree }
}

#[test]
fn another_amount_or_labeler() {
    let Posted { w, id, people, tree } = posted();
    for amount in [9, 11, 0, -10, i128::MAX, i128::MIN] {
        refused(w.client().try_claim(&id, &1, &people[0], &amount, &proof(&w, &tree, 0)), Error::BadProof);
    }
    refused(w.client().try_claim(&id, &1, &people[1], &10, &proof(&w, &tree, 0)), Error::BadProof);
    refused(w.client().try_claim(&id, &1, &w.solver(), &10, &proof(&w, &tree, 0)), Error::BadProof);
    w.check();
}

#[test]
fn another_proof() {
    let Posted { w, id, people, tree } = posted();
    let good = proof(&w, &tree, 0);
    let (first, second) = (good.get(0).unwrap(), good.get(1).unwrap());
    for bad in [
        vec![&w.e],
        vec![&w.e, first.clone()],
        vec![&w.e, second.clone(), first.clone()],
        vec![&w.e, first.clone(), second.clone(), w.bytes(0)],
        vec![&w.e, first.clone(), w.bytes(1)],
        proof(&w, &tree, 2),
    ] {
        refused(w.client().try_claim(&id, &1, &people[0], &10, &bad), Error::BadProof);
    }
    assert_eq!(claim(&w, id, 1, &tree, 0), 10);
}

#[test]
fn of_another_challenge() {
    let Posted { w, id, people, tree } = posted();
    let other = w.open(&terms(&w));
    // The same root posted elsewhere proves nothing there, for the leaves name the challenge.
    post_by_quorum(&w, other, 1, &tree, 100);
    refused(w.client().try_claim(&other, &1, &people[0], &10, &proof(&w, &tree, 0)), Error::BadProof);
    assert_eq!(claim(&w, id, 1, &tree, 0), 10);
}

#[test]
fn of_another_epoch() {
    let Posted { w, id, people, tree } = posted();
    post_by_quorum(&w, id, 2, &tree, 100);
    refused(w.client().try_claim(&id, &2, &people[0], &10, &proof(&w, &tree, 0)), Error::BadProof);
    assert_eq!(claim(&w, id, 1, &tree, 0), 10);
}

#[test]
fn of_another_contract() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let people = labelers(&w, 2);
    let elsewhere = Tree::at(&w.asset, id, 1, &[(&people[0], 10), (&people[1], 20)]);
    post_by_quorum(&w, id, 1, &elsewhere, 30);
    refused(w.client().try_claim(&id, &1, &people[0], &10, &proof(&w, &elsewhere, 0)), Error::BadProof);
}

/// Whoever knows the tree knows pairs of hashes whose hash is an inner node. A leaf is hashed from a longer message than a
/// pair, so no labeler and amount can be found for them.
#[test]
fn an_inner_node_as_a_leaf() {
    let Posted { w, id, people, tree } = posted();
    let inner = &tree.levels[1];
    let upper = vec![&w.e, BytesN::from_array(&w.e, &inner[1])];
    assert_eq!(tree::parent(&inner[0], &inner[1]), tree.top());
    for amount in [10, 20, 30, i128::from_be_bytes(inner[0][..16].try_into().unwrap())] {
        refused(w.client().try_claim(&id, &1, &people[0], &amount, &upper), Error::BadProof);
    }
    // The root itself, and a root that somebody chose to be an inner node, are no leaves either.
    refused(w.client().try_claim(&id, &1, &people[0], &100, &vec![&w.e]), Error::BadProof);
}

#[test]
fn an_epoch_that_is_not_there() {
    let Posted { w, id, people, tree } = posted();
    for number in [0, 2, u32::MAX] {
        refused(w.client().try_claim(&id, &number, &people[0], &10, &proof(&w, &tree, 0)), Error::NoEpoch);
    }
    // One vote makes no epoch.
    let next = Tree::of(&w, id, 2, &[(&people[0], 50)]);
    post(&w, id, 2, 2, &next, 100);
    refused(w.client().try_claim(&id, &2, &people[0], &50, &proof(&w, &next, 0)), Error::NoEpoch);
    refused(w.client().try_claim(&9, &1, &people[0], &10, &proof(&w, &tree, 0)), Error::NoChallenge);
}

#[test]
fn a_leaf_of_nothing_or_less() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let people = labelers(&w, 3);
    let tree = Tree::of(&w, id, 1, &[(&people[0], 0), (&people[1], -5), (&people[2], i128::MIN)]);
    post_by_quorum(&w, id, 1, &tree, 100);
    for place in 0..3 {
        let (who, amount) = &tree.earned[place];
        refused(w.client().try_claim(&id, &1, who, amount, &proof(&w, &tree, place)), Error::NothingOwed);
    }
    w.check();
}
