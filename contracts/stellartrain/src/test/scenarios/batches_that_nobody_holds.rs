//! Payment per unit, a pool of 20,000, rate 1: batches of 1,000 units with CIDs that nobody holds, from twenty wallets. Once such
//! batches took the whole pool. Now they earn nothing, and their reservations come free.
extern crate std;
use super::super::world::*;
use super::Stakes;
use crate::errors::Error;
use crate::types::*;
use soroban_sdk::Address;
use std::vec::Vec;

fn flooded(w: &World) -> (Terms, u32, Vec<Address>) {
    let terms = Terms { deposit: 1, oracle_fee: 0, ..w.per_unit(1, 1_000) };
    let id = w.open_with(&terms, 20_000, 0);
    (terms, id, (0..20).map(|_| w.solver()).collect())
}

fn submitted(w: &World, id: u32, wallets: &[Address]) -> Vec<Work> {
    let works = wallets.iter().map(|wallet| w.submit_units(id, wallet, 1_000)).collect();
    let purse = w.state(id).purse;
    assert_eq!((purse.escrow, purse.reserved), (0, 20_000), "all of the pool is held for a while");
    let late = w.solver();
    let submission = w.client().try_submit(&late, &id, &1, &w.cid(9), &w.bytes(0), &1, &0);
    refused(submission, Error::EscrowUsedUp);
    works
}

#[test]
fn they_earn_nothing_and_their_reservations_come_free() {
    on_both(|w| {
        let (terms, id, wallets) = flooded(&w);
        let stakes = Stakes::of(&w, &wallets.iter().collect::<Vec<_>>());
        let works = submitted(&w, id, &wallets);
        w.pass(terms.patience);
        w.grade(id, &works.iter().map(|work| w.unavailable(work)).collect::<Vec<_>>());
        let purse = w.state(id).purse;
        assert_eq!((purse.escrow, purse.reserved), (20_000, 0));
        assert_eq!(stakes.profit(), 0);
        let honest = w.solver();
        let work = w.submit_units(id, &honest, 1_000);
        w.grade(id, &[w.accepted(&work, 1_000)]);
        assert_eq!(w.balance(&honest), 1_000 + 1_000);
        w.go_to(terms.deadline);
        assert_eq!(w.client().close(&id), 19_000);
        w.check();
    });
}

/// They belong to an oracle that accepts all of it, and everybody else is silent until the end.
#[test]
fn an_oracle_of_their_own_and_silence_earn_nothing() {
    on_both(|w| {
        let (terms, id, wallets) = flooded(&w);
        let stakes = Stakes::of(&w, &wallets.iter().chain([&w.oracles[2]]).collect::<Vec<_>>());
        let works = submitted(&w, id, &wallets);
        w.post(id, 2, &works.iter().map(|work| w.accepted(work, 1_000)).collect::<Vec<_>>(), true);
        w.go_to(terms.grade_by);
        assert_eq!(w.state(id).purse.reserved, 20_000);
        w.settle(id, &works.iter().collect::<Vec<_>>());
        assert_eq!(stakes.profit(), 0);
        assert_eq!(w.client().close(&id), 20_000);
        w.check();
    });
}
