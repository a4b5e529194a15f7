//! Until every oracle has accepted, with one challenge key, nothing is taken and the money can go back.
use crate::errors::Error;
use crate::test::world::*;
use crate::types::*;
use soroban_sdk::{testutils::Address as _, Address, Bytes};

#[test]
fn the_first_oracle_makes_the_key_and_all_name_it() {
    let w = World::new();
    let id = w.create(&w.terms(), 2_000, 0);
    let shares = |length: usize| Bytes::from_slice(&w.e, &[7; 1_100][..length]);
    let accept = |place: usize, key: u8, length: usize| {
        w.client().try_accept_challenge(&w.oracles[place], &id, &w.bytes(key), &shares(length))
    };
    for (place, length) in [(1, 0), (2, 300)] {
        refused(accept(place, 5, length), Error::KeyNotMade);
    }
    refused(accept(0, 5, 0), Error::BadShares);
    refused(accept(0, 5, 1_025), Error::BadShares);
    assert_eq!((w.state(id).key, w.client().shares(&id)), (None, None));
    assert!(accept(0, 5, 1_024).is_ok());
    assert_eq!((w.state(id).key, w.client().shares(&id)), (Some(w.bytes(5)), Some(shares(1_024))));
    refused(accept(1, 5, 1), Error::BadShares);
    refused(accept(1, 6, 0), Error::WrongKey);
    refused(accept(0, 6, 1), Error::AlreadyAccepted);
    assert!(accept(2, 5, 0).is_ok() && accept(1, 5, 0).is_ok());
    assert_eq!((w.client().phase(&id), w.client().shares(&id)), (Phase::Open, Some(shares(1_024))));
}

#[test]
fn one_byte_of_shares_is_enough_and_one_oracle_alone_opens() {
    let w = World::new();
    let id = w.create(&w.terms_of(1), 2_000, 0);
    w.client().accept_challenge(&w.oracles[0], &id, &w.bytes(5), &Bytes::from_slice(&w.e, &[1]));
    assert_eq!(w.client().phase(&id), Phase::Open);
}

#[test]
fn an_oracle_is_bound_to_its_newest_key() {
    let w = World::new();
    let id = w.create(&w.terms(), 2_000, 0);
    w.accept_by(id, 0);
    assert_eq!(w.register(&w.oracles[1], 7), 2);
    assert_eq!(w.accept_by(id, 1), 2);
    // A key registered later does not reach back into a challenge that was accepted.
    w.register(&w.oracles[1], 8);
    assert_eq!(w.state(id).accepted, soroban_sdk::vec![&w.e, 1, 2, 0]);
    assert_eq!(w.client().oracle(&w.oracles[1]).accepted, 1);
    assert_eq!(w.client().oracle(&w.oracles[2]).accepted, 0);
}

#[test]
fn acceptance_is_once_by_its_oracles_and_in_time() {
    let w = World::new();
    let terms = w.terms();
    let id = w.create(&terms, 2_000, 0);
    let accept = |who: &Address, id: u32| w.client().try_accept_challenge(who, &id, &w.bytes(99), &w.shares(0));
    for stranger in [&Address::generate(&w.e), &w.oracles[3], &w.maker] {
        refused(accept(stranger, id), Error::NotAnOracle);
    }
    refused(accept(&w.oracles[0], id + 1), Error::NoChallenge);
    w.accept_by(id, 0);
    refused(accept(&w.oracles[0], id), Error::AlreadyAccepted);
    w.go_to(terms.accept_by - 1);
    w.accept_by(id, 1);
    w.go_to(terms.accept_by);
    let late = w.client().try_accept_challenge(&w.oracles[2], &id, &w.bytes(99), &w.shares(2));
    refused(late, Error::AcceptTooLate);
    assert_eq!(w.client().phase(&id), Phase::Lapsed);
}

#[test]
fn no_submission_before_the_last_acceptance() {
    let w = World::new();
    let id = w.create(&w.terms(), 2_000, 0);
    let solver = w.solver();
    for place in 0..3 {
        let early = w.client().try_submit(&solver, &id, &1, &w.cid(9), &w.bytes(0), &0, &1_000);
        refused(early, Error::NotAccepted);
        w.accept_by(id, place);
    }
    w.submit_carrying(id, &solver, 0, 10);
}

#[test]
fn cancelling_sends_everything_back_and_ends_it() {
    let w = World::new();
    let before = w.balance(&w.maker);
    for terms in [w.terms(), w.ranked(&[2_000])] {
        let id = w.create(&terms, 2_000, 500);
        w.accept_by(id, 0);
        assert_eq!((w.client().cancel(&id), w.balance(&w.maker)), (2_500, before));
        assert_eq!((w.client().phase(&id), total(&w.state(id))), (Phase::Cancelled, 0));
        w.check();
    }
    assert_eq!(w.client().maker(&w.maker).cancelled, 2);

    let id = 1;
    let (e, maker, oracle) = (&w.e, &w.maker, &w.oracles[0]);
    w.go_to(w.terms().grade_by - 1);
    refused(w.client().try_cancel(&id), Error::Cancelled);
    let accept = w.client().try_accept_challenge(&w.oracles[1], &id, &w.bytes(99), &w.shares(1));
    refused(accept, Error::Cancelled);
    refused(w.client().try_top_up(maker, &id, &0, &1), Error::Cancelled);
    refused(w.client().try_submit(&w.solver(), &id, &1, &w.cid(9), &w.bytes(0), &0, &0), Error::Cancelled);
    refused(w.client().try_post_scores(oracle, &id, &w.cid(8), &soroban_sdk::vec![e], &true), Error::Cancelled);
    refused(w.client().try_settle(&id, &soroban_sdk::vec![e]), Error::Cancelled);
    refused(w.client().try_release_payment(&id, maker, &1), Error::Cancelled);
    w.pass(1);
    refused(w.client().try_close(&id), Error::Cancelled);
    refused(w.client().try_reveal(maker, &id, &w.cid(1)), Error::Cancelled);
}

#[test]
fn what_all_oracles_accepted_cannot_be_taken_back() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    refused(w.client().try_cancel(&id), Error::CannotCancel);
    w.go_to(terms.accept_by);
    refused(w.client().try_cancel(&id), Error::CannotCancel);
    w.go_to(terms.grade_by);
    refused(w.client().try_cancel(&id), Error::CannotCancel);
    refused(w.client().try_cancel(&9), Error::NoChallenge);
}
