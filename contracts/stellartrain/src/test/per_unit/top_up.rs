//! Anybody may add to the escrow until the deadline; a prize that is fixed takes nothing.
use super::super::world::{refused, total};
use super::*;
use crate::errors::Error;

#[test]
fn more_money_takes_more_batches() {
    let w = World::new();
    let id = w.client().create_challenge(&w.maker, &terms(&w), &30, &100);
    w.accept(id);
    batch(&w, id, 10);
    refused(w.client().try_submit(&w.solver(), &id, &1, &w.cid(9), &1, &0), Error::EscrowUsedUp);
    let donor = w.solver();
    w.client().top_up(&donor, &id, &7, &5);
    let state = w.client().state(&id);
    assert_eq!((state.escrow, state.fee_budget, w.balance(&donor)), (7, 105, 988));
    batch(&w, id, 2);
    assert_eq!(money(&w, id), (1, 36));
    w.check();
}

#[test]
fn it_takes_amounts_until_the_deadline() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    for (escrow, fees) in [(0, 0), (-1, 5), (5, -1)] {
        refused(w.client().try_top_up(&w.maker, &id, &escrow, &fees), Error::BadAmount);
    }
    // No balance may hold more than the largest amount.
    let most = 1_000_000_000_000_000_000_000_000_000;
    for (escrow, fees) in [(most - 9_999, 0), (0, most - 999), (most, 0), (i128::MAX, 1), (0, i128::MAX)] {
        refused(w.client().try_top_up(&w.maker, &id, &escrow, &fees), Error::BadAmount);
    }
    w.go_to(terms.deadline - 1);
    w.client().top_up(&w.maker, &id, &1, &0);
    w.go_to(terms.deadline);
    refused(w.client().try_top_up(&w.maker, &id, &1, &0), Error::DeadlinePassed);
}

#[test]
fn a_fixed_prize_stays_as_it_is() {
    let w = World::new();
    let ranked = Payout::Ranked(Ranked { prizes: soroban_sdk::vec![&w.e, 5] });
    for payout in [w.terms().payout, ranked] {
        let id = w.open(&Terms { payout, ..w.terms() });
        refused(w.client().try_top_up(&w.maker, &id, &1, &0), Error::EscrowNotTakenHere);
        w.client().top_up(&w.maker, &id, &0, &1);
    }
    w.check();
}

#[test]
fn money_added_before_it_starts_goes_back_to_the_maker() {
    let w = World::new();
    let id = w.client().create_challenge(&w.maker, &terms(&w), &100, &0);
    w.client().top_up(&w.solver(), &id, &10, &1);
    assert_eq!((w.client().cancel(&id), total(&w.client().state(&id))), (111, 0));
    w.check();
}
