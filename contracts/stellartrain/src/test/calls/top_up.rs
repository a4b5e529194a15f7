//! Anyone may add to the escrow until the deadline; a prize that is fixed takes nothing.
use crate::errors::Error;
use crate::test::world::*;
use crate::types::*;

#[test]
fn anyone_can_add_to_the_fee_budget_until_the_deadline() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let donor = w.solver();
    w.client().top_up(&donor, &id, &0, &70);
    assert_eq!((w.balance(&donor), w.state(id).purse.budget), (930, 1_070));
    w.check();
    w.go_to(terms.deadline - 1);
    w.client().top_up(&donor, &id, &0, &1);
    w.go_to(terms.deadline);
    refused(w.client().try_top_up(&donor, &id, &0, &70), Error::DeadlinePassed);
}

#[test]
fn more_money_takes_more_batches() {
    let w = World::new();
    let id = w.open_with(&w.per_unit(1, 10), 200, 400);
    for _ in 0..20 {
        w.submit_units(id, &w.solver(), 10);
    }
    let submit = |units: u32| w.client().try_submit(&w.solver(), &id, &1, &w.cid(9), &w.bytes(0), &units, &0);
    refused(submit(1), Error::EscrowUsedUp);
    w.client().top_up(&w.solver(), &id, &7, &5);
    assert_eq!((w.state(id).purse.escrow, w.state(id).purse.budget), (7, 205));
    refused(submit(8), Error::EscrowUsedUp);
    assert!(submit(7).is_ok());
    w.check();
}

#[test]
fn amounts_have_bounds_and_so_have_balances() {
    let w = World::new();
    let id = w.open(&w.per_unit(1, 10));
    for (escrow, fees) in [(0, 0), (-1, 5), (5, -1)] {
        refused(w.client().try_top_up(&w.maker, &id, &escrow, &fees), Error::BadAmount);
    }
    let most = 1_000_000_000_000_000_000_000_000_000;
    for (escrow, fees) in [(most - 9_999, 0), (0, most - 999), (most, 0), (i128::MAX, 1), (0, i128::MAX)] {
        refused(w.client().try_top_up(&w.maker, &id, &escrow, &fees), Error::BadAmount);
    }
    assert_eq!(w.state(id).purse.escrow, 10_000);
}

#[test]
fn a_fixed_prize_stays_as_it_is() {
    let w = World::new();
    for terms in [w.terms(), w.ranked(&[5])] {
        let id = w.open(&terms);
        refused(w.client().try_top_up(&w.maker, &id, &1, &0), Error::EscrowNotTakenHere);
        refused(w.client().try_top_up(&w.maker, &id, &1, &1), Error::EscrowNotTakenHere);
        w.client().top_up(&w.maker, &id, &0, &1);
    }
    w.check();
}

#[test]
fn a_bounty_that_has_ended_takes_nothing_and_one_that_lapsed_neither() {
    let w = World::new();
    let terms = w.bounty(1_000, 1);
    let (ended, lapsed) = (w.open(&terms), w.create(&terms, 1_000, 0));
    let work = w.work(ended);
    w.grade(ended, &[w.scored(&work, 60, 1)]);
    refused(w.client().try_top_up(&w.maker, &ended, &0, &1), Error::Ended);
    w.go_to(terms.accept_by);
    refused(w.client().try_top_up(&w.maker, &lapsed, &0, &1), Error::AcceptTooLate);
}

#[test]
fn money_added_before_it_starts_goes_back_to_the_maker() {
    let w = World::new();
    let id = w.create(&w.per_unit(1, 1), 100, 0);
    w.client().top_up(&w.solver(), &id, &10, &1);
    assert_eq!((w.client().cancel(&id), total(&w.state(id))), (111, 0));
    w.check();
}

/// A challenge that is announced, not open yet, is topped up like an open one.
#[test]
fn before_it_opens_it_takes_money() {
    let w = World::new();
    let id = w.open(&Terms { opens: w.now() + 100, ..w.per_unit(1, 1) });
    w.client().top_up(&w.solver(), &id, &10, &1);
    assert_eq!(w.state(id).purse.escrow, 10_010);
}
