//! A solver seals a file so that some oracles can open it and others not. That is impossible now: there is one challenge key,
//! which the first oracle makes and whose private half every oracle holds; a file that it does not open is `Rejected`.
use super::super::world::*;
use super::Stakes;
use crate::errors::Error;
use crate::types::*;
use soroban_sdk::Bytes;

#[test]
fn all_oracles_of_a_challenge_accept_the_same_key() {
    on_both(|w| {
        let id = w.create(&w.terms(), 2_000, 0);
        let none = Bytes::new(&w.e);
        let early = w.client().try_accept_challenge(&w.oracles[1], &id, &w.bytes(99), &none);
        refused(early, Error::KeyNotMade);
        let without = w.client().try_accept_challenge(&w.oracles[0], &id, &w.bytes(99), &none);
        refused(without, Error::BadShares);
        w.accept_by(id, 0);
        let other = w.client().try_accept_challenge(&w.oracles[1], &id, &w.bytes(98), &none);
        refused(other, Error::WrongKey);
        let shares = w.client().try_accept_challenge(&w.oracles[1], &id, &w.bytes(99), &w.shares(0));
        refused(shares, Error::BadShares);
        w.accept_by(id, 1);
        w.accept_by(id, 2);
        assert_eq!(w.state(id).key, Some(w.bytes(99)));
    });
}

#[test]
fn a_file_that_the_key_does_not_open_is_rejected_at_once_and_pays_for_it() {
    on_both(|w| {
        let terms = Terms { oracle_fee: 1, deposit: 2, ..w.bounty(50, 1) };
        let id = w.open_with(&terms, 50, 2);
        let (wallet, budget) = (w.solver(), w.state(id).purse.budget);
        let stakes = Stakes::of(&w, &[&wallet, &w.oracles[2]]);
        let sealed = w.submit(id, &wallet);
        // The evil oracle claims that it can open it.
        w.post(id, 2, &[w.scored(&sealed, 100, 1)], true);
        w.grade(id, &[w.rejected(&sealed, 4)]);
        assert_eq!((w.verdict(id, &sealed), w.view(id, &sealed).reason), (Verdict::Rejected, 4));
        assert_eq!(stakes.profit(), -2, "the deposit pays both oracles of the quorum");
        assert_eq!(w.state(id).purse.budget, budget);
        w.check();
    });
}
