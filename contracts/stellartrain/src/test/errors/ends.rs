//! 6xx and what else ends a payment or a close.
use super::*;
use crate::storage::Key;
use crate::test::tree::Tree;
use soroban_sdk::{testutils::Address as _, String};

/// The first epoch of these earnings, by the first two oracles.
fn epoch(w: &World, id: u32, number: u32, earned: &[(&Address, i128)]) -> Tree {
    let tree = Tree::of(&w.contract, id, number, earned);
    let (left, right) = tree.children(&w.e);
    for oracle in &w.oracles[..2] {
        w.client().post_earnings(oracle, &id, &number, &left, &right, &w.cid(8));
    }
    tree
}

/// No amount that is taken can overflow a sum; a counter could, after four billion calls.
fn register_once_too_often(w: &World) {
    let oracle = w.oracles[0].clone();
    let record = OracleRecord { versions: u32::MAX, ..w.client().oracle(&oracle) };
    w.e.as_contract(&w.contract, || w.e.storage().persistent().set(&Key::Oracle(oracle.clone()), &record));
    let url = String::from_str(&w.e, "");
    refused(w.client().try_register_oracle(&oracle, &w.bytes(1), &url, &w.cid(1)), Error::Overflow);
}

pub const REACHED: &[Reached] = &[
    (Error::NotYetEnded, |w| refused(w.client().try_close(&w.open(&w.terms())), Error::NotYetEnded)),
    (Error::NothingToClose, |w| {
        let terms = w.terms();
        let id = w.open(&terms);
        w.go_to(terms.deadline);
        w.client().close(&id);
        refused(w.client().try_close(&id), Error::NothingToClose);
    }),
    (Error::NothingOwed, |w| {
        let id = w.open(&w.terms());
        let work = w.work(id);
        refused(w.client().try_release_payment(&id, &work.solver, &1), Error::NothingOwed);
    }),
    (Error::TruthStaysClosed, |w| {
        let id = w.open(&Terms { opens_truth: false, ..w.terms() });
        refused(w.client().try_reveal(&w.maker, &id, &w.cid(1)), Error::TruthStaysClosed);
    }),
    (Error::AlreadyRevealed, |w| {
        let terms = w.terms();
        let id = w.open(&terms);
        w.go_to(terms.grade_by);
        w.client().reveal(&w.maker, &id, &w.cid(1));
        refused(w.client().try_reveal(&w.maker, &id, &w.cid(1)), Error::AlreadyRevealed);
    }),
    (Error::NotYours, |w| {
        let id = w.open(&w.terms());
        refused(w.client().try_reveal(&Address::generate(&w.e), &id, &w.cid(1)), Error::NotYours);
    }),
    (Error::NothingEarned, |w| {
        let id = w.open(&w.terms());
        refused(w.client().try_withdraw_fees(&w.oracles[0], &id), Error::NothingEarned);
    }),
    (Error::Overflow, register_once_too_often),
    (Error::NoEpoch, |w| refused(w.client().try_epoch(&w.open(&w.earnings()), &1), Error::NoEpoch)),
    (Error::BadProof, |w| {
        let (id, labeler) = (w.open(&w.earnings()), w.solver());
        let tree = epoch(w, id, 1, &[(&labeler, 60)]);
        refused(w.client().try_claim(&id, &1, &labeler, &61, &tree.proof(&w.e, 0)), Error::BadProof);
    }),
    (Error::BeyondTotal, |w| {
        let (id, a, b) = (w.open(&w.earnings()), w.solver(), w.solver());
        let first = epoch(w, id, 1, &[(&a, 60), (&b, 40)]);
        w.client().claim(&id, &1, &a, &60, &first.proof(&w.e, 0));
        let second = epoch(w, id, 2, &[(&a, 10), (&b, 90)]);
        refused(w.client().try_claim(&id, &2, &b, &90, &second.proof(&w.e, 1)), Error::BeyondTotal);
    }),
];
