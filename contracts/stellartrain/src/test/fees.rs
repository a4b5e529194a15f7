//! Grading is paid beside the prize, never out of it: by the budget, a lost deposit, or the submission itself.
extern crate std;
use super::world::{refused, World};
use crate::errors::Error;
use crate::types::*;
use soroban_sdk::{testutils::Address as _, vec, Address};

#[test]
fn the_oracles_of_the_quorum_earn_and_withdraw() {
    let w = World::new();
    let id = w.open(&w.terms());
    let work = w.work(id);
    w.post(id, 2, &[w.scored(&work, 10, 1)], true);
    w.post(id, 0, &[w.scored(&work, 10, 1)], true);
    w.post(id, 1, &[w.scored(&work, 10, 1)], true);
    let state = w.client().state(&id);
    assert_eq!((state.fees, state.fee_budget), (vec![&w.e, 5, 0, 5], 990));
    w.check();
    // Anyone may call; the money goes to the oracle.
    assert_eq!(w.client().withdraw_fees(&w.oracles[2], &id), 5);
    assert_eq!(w.balance(&w.oracles[2]), 5);
    refused(w.client().try_withdraw_fees(&w.oracles[2], &id), Error::NothingEarned);
    refused(w.client().try_withdraw_fees(&w.oracles[1], &id), Error::NothingEarned);
    refused(w.client().try_withdraw_fees(&Address::generate(&w.e), &id), Error::NotAnOracle);
    w.check();
}

#[test]
fn only_the_first_of_a_larger_majority_are_paid() {
    let w = World::new();
    let id = w.open(&w.terms());
    let work = w.work(id);
    for oracle in [2, 1, 0] {
        w.post(id, oracle, &[w.rejected(&work, 1)], false);
    }
    w.client().settle(&id, &w.settlements(&[&work]));
    assert_eq!(w.client().state(&id).fees, vec![&w.e, 0, 5, 5]);
    assert!(w.client().state(&id).tallies.iter().all(|tally| tally.agreed == 1));
    w.check();
}

#[test]
fn a_lost_deposit_pays_first() {
    let w = World::new();
    for (deposit, escrow, budget) in [(20, 2_010, 1_000), (10, 2_000, 1_000), (3, 2_000, 993)] {
        let id = w.open(&Terms { deposit, ..w.terms() });
        let work = w.work(id);
        w.grade(id, &[w.rejected(&work, 1)]);
        let state = w.client().state(&id);
        assert_eq!((state.escrow, state.fee_budget, state.deposits), (escrow, budget, 0), "deposit {deposit}");
        w.check();
    }
}

#[test]
fn when_the_budget_is_used_up_the_submission_carries_its_fee() {
    let w = World::new();
    let id = w.client().create_challenge(&w.maker, &w.terms(), &2_000, &14);
    w.accept(id);
    w.work(id);
    let solver = w.solver();
    let submit = |attempt, carry| w.client().try_submit(&solver, &id, &attempt, &w.cid(9), &0, &carry);
    refused(submit(1, 0), Error::CarryTooLow);
    refused(submit(1, 5), Error::CarryTooLow);
    assert!(submit(1, 10).is_ok());
    // Six were needed, four came back.
    assert_eq!((w.balance(&solver), w.client().state(&id).fee_budget), (1_000 - 20 - 6, 20));
    assert!(submit(2, 10).is_ok());
    assert_eq!((w.balance(&solver), w.client().state(&id).fee_budget), (974 - 20 - 10, 30));
    w.check();
}

#[test]
fn the_last_pending_submission_can_still_be_paid_for() {
    let w = World::new();
    let id = w.client().create_challenge(&w.maker, &Terms { deposit: 0, silence_share: 0, ..w.terms() }, &2_000, &0);
    w.accept(id);
    let mut works = std::vec::Vec::new();
    for _ in 0..4 {
        let solver = w.solver();
        let number = w.client().submit(&solver, &id, &1, &w.cid(9), &0, &10);
        works.push(super::world::Work { solver, attempt: 1, number });
    }
    let votes: std::vec::Vec<Vote> = works.iter().map(|work| w.rejected(work, 1)).collect();
    w.grade(id, &votes);
    let state = w.client().state(&id);
    assert_eq!((state.finalized, state.fee_budget, state.fees), (4, 0, vec![&w.e, 20, 20, 0]));
    w.check();
}

#[test]
fn without_a_fee_nothing_is_counted() {
    let w = World::new();
    let id = w.open(&Terms { oracle_fee: 0, ..w.terms() });
    let work = w.work(id);
    w.grade(id, &[w.scored(&work, 10, 1)]);
    assert_eq!(w.client().state(&id).fees, vec![&w.e, 0, 0, 0]);
    w.check();
}
