//! Until every oracle has accepted, nothing is taken and the money can go back.
use super::world::{prize, refused, World};
use crate::errors::Error;
use crate::types::*;
use soroban_sdk::{testutils::Address as _, Address};

#[test]
fn an_oracle_is_bound_to_its_newest_key() {
    let w = World::new();
    let id = w.client().create_challenge(&w.maker, &w.terms(), &2_000, &0);
    assert_eq!(w.register(&w.oracles[1], 7), 2);
    assert_eq!(w.client().accept_challenge(&w.oracles[1], &id), 2);
    // A key registered later does not reach back into a challenge that was accepted.
    w.register(&w.oracles[1], 8);
    let accepted = w.client().state(&id).accepted;
    assert_eq!((accepted.get(0), accepted.get(1), accepted.get(2)), (Some(0), Some(2), Some(0)));
    assert_eq!(w.client().oracle(&w.oracles[1]).accepted, 1);
}

#[test]
fn acceptance_is_once_by_its_oracles_and_in_time() {
    let w = World::new();
    let terms = w.terms();
    let id = w.client().create_challenge(&w.maker, &terms, &prize(&terms), &0);
    refused(w.client().try_accept_challenge(&Address::generate(&w.e), &id), Error::NotAnOracle);
    refused(w.client().try_accept_challenge(&w.oracles[0], &(id + 1)), Error::NoChallenge);
    w.client().accept_challenge(&w.oracles[0], &id);
    refused(w.client().try_accept_challenge(&w.oracles[0], &id), Error::AlreadyAccepted);
    w.go_to(terms.accept_by - 1);
    w.client().accept_challenge(&w.oracles[1], &id);
    w.go_to(terms.accept_by);
    refused(w.client().try_accept_challenge(&w.oracles[2], &id), Error::AcceptTooLate);
}

#[test]
fn no_submission_before_the_last_acceptance() {
    let w = World::new();
    let id = w.client().create_challenge(&w.maker, &w.terms(), &2_000, &0);
    let solver = w.solver();
    for oracle in &w.oracles {
        refused(w.client().try_submit(&solver, &id, &1, &w.cid(9), &0, &1_000), Error::NotAccepted);
        w.client().accept_challenge(oracle, &id);
    }
    w.client().submit(&solver, &id, &1, &w.cid(9), &0, &10);
}

#[test]
fn cancelling_sends_everything_back() {
    let w = World::new();
    let before = w.balance(&w.maker);
    let id = w.client().create_challenge(&w.maker, &w.terms(), &2_000, &500);
    w.client().accept_challenge(&w.oracles[0], &id);
    assert_eq!(w.client().cancel(&id), 2_500);
    assert_eq!(w.balance(&w.maker), before);
    let state = w.client().state(&id);
    assert_eq!((state.status, state.escrow, state.fee_budget), (Status::Cancelled, 0, 0));
    assert_eq!(w.client().maker(&w.maker).cancelled, 1);
    w.check();

    refused(w.client().try_cancel(&id), Error::Cancelled);
    refused(w.client().try_accept_challenge(&w.oracles[1], &id), Error::Cancelled);
    refused(w.client().try_top_up(&w.maker, &id, &0, &1), Error::Cancelled);
    refused(w.client().try_submit(&w.solver(), &id, &1, &w.cid(9), &0, &0), Error::Cancelled);
    refused(w.client().try_close(&id), Error::Cancelled);
    w.go_to(w.client().challenge(&id).terms.grade_by);
    refused(w.client().try_reveal(&w.maker, &id, &w.cid(1)), Error::Cancelled);
    refused(w.client().try_close(&id), Error::Cancelled);
}

#[test]
fn what_all_oracles_accepted_cannot_be_taken_back() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    refused(w.client().try_cancel(&id), Error::CannotCancel);
    w.go_to(terms.accept_by);
    refused(w.client().try_cancel(&id), Error::CannotCancel);
    refused(w.client().try_cancel(&9), Error::NoChallenge);
}

#[test]
fn anybody_can_add_to_the_fee_budget_until_the_deadline() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let donor = w.solver();
    w.client().top_up(&donor, &id, &0, &70);
    assert_eq!((w.balance(&donor), w.client().state(&id).fee_budget), (930, 1_070));
    w.check();
    refused(w.client().try_top_up(&donor, &id, &1, &70), Error::EscrowNotTakenHere);
    refused(w.client().try_top_up(&donor, &id, &-1, &70), Error::BadAmount);
    refused(w.client().try_top_up(&donor, &id, &0, &0), Error::BadAmount);
    refused(w.client().try_top_up(&donor, &id, &0, &-1), Error::BadAmount);
    w.go_to(terms.deadline);
    refused(w.client().try_top_up(&donor, &id, &0, &70), Error::DeadlinePassed);
}
