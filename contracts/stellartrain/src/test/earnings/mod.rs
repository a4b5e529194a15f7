//! Many small payments: Merkle sum trees of cumulative earnings that a quorum posts, and what each labeler claims of them.
extern crate std;
use super::tree::Tree;
use super::world::*;
use crate::types::*;
use soroban_sdk::{Address, Vec};

mod claims;
mod cost;
mod epochs;
mod fees;
mod forgeries;
mod golden;
mod money;
mod refusals;

fn labelers(w: &World, n: usize) -> std::vec::Vec<Address> {
    (0..n).map(|_| w.solver()).collect()
}

fn tree(w: &World, id: u32, epoch: u32, earned: &[(&Address, i128)]) -> Tree {
    Tree::of(&w.contract, id, epoch, earned)
}

/// One oracle's vote; says whether it made the quorum.
fn post(w: &World, id: u32, oracle: usize, epoch: u32, tree: &Tree) -> bool {
    let (left, right) = tree.children(&w.e);
    w.client().post_earnings(&w.oracles[oracle], &id, &epoch, &left, &right, &w.cid(8))
}

/// The same vote by two oracles.
fn post_by_quorum(w: &World, id: u32, epoch: u32, tree: &Tree) {
    assert!(!post(w, id, 0, epoch, tree));
    assert!(post(w, id, 1, epoch, tree));
}

/// An epoch of these amounts.
fn epoch(w: &World, id: u32, number: u32, earned: &[(&Address, i128)]) -> Tree {
    let tree = tree(w, id, number, earned);
    post_by_quorum(w, id, number, &tree);
    tree
}

fn proof(w: &World, tree: &Tree, leaf: usize) -> Vec<Sibling> {
    tree.proof(&w.e, leaf)
}

/// What the labeler at this place in the tree is sent.
fn claim(w: &World, id: u32, number: u32, tree: &Tree, place: usize) -> i128 {
    let (labeler, amount) = &tree.earned[place];
    w.client().claim(&id, &number, labeler, amount, &proof(w, tree, place))
}
