//! Many small payments: roots of cumulative earnings that a quorum posts, and what each labeler claims against them.
extern crate std;
use super::world::World;
use crate::types::*;
use soroban_sdk::{Address, Vec};
use tree::Tree;

mod claims;
mod cost;
mod epochs;
mod fees;
mod forgeries;
mod golden;
mod money;
mod refusals;
pub mod tree;
mod views;

/// Paid by roots; 10,000 in the escrow.
fn terms(w: &World) -> Terms {
    Terms { payout: Payout::Earnings, deposit: 0, silence_share: 0, ..w.terms() }
}

fn labelers(w: &World, n: usize) -> std::vec::Vec<Address> {
    (0..n).map(|_| w.solver()).collect()
}

/// One oracle's vote; says whether it made the quorum.
fn post(w: &World, id: u32, oracle: usize, epoch: u32, tree: &Tree, total: i128) -> bool {
    w.client().post_earnings(&w.oracles[oracle], &id, &epoch, &tree.root(&w.e), &total, &w.cid(8))
}

/// The same vote by two oracles.
fn post_by_quorum(w: &World, id: u32, epoch: u32, tree: &Tree, total: i128) {
    assert!(!post(w, id, 0, epoch, tree, total));
    assert!(post(w, id, 1, epoch, tree, total));
}

/// An epoch of these amounts, with their sum as total.
fn epoch(w: &World, id: u32, number: u32, earned: &[(&Address, i128)]) -> Tree {
    let tree = Tree::of(w, id, number, earned);
    post_by_quorum(w, id, number, &tree, earned.iter().map(|(_, amount)| amount).sum());
    tree
}

fn proof(w: &World, tree: &Tree, leaf: usize) -> Vec<soroban_sdk::BytesN<32>> {
    tree.proof(&w.e, leaf)
}

/// What the labeler at this place in the tree is sent.
fn claim(w: &World, id: u32, number: u32, tree: &Tree, place: usize) -> i128 {
    let (labeler, amount) = &tree.earned[place];
    w.client().claim(&id, &number, labeler, amount, &proof(w, tree, place))
}
