//! The first oracle vanishes after acceptance, another loses its disk. The challenge key is read again from the ledger.
use super::super::world::*;
use super::Stakes;
use crate::errors::Error;
use crate::types::*;

#[test]
fn the_sealed_shares_are_in_the_ledger_and_the_others_go_on() {
    on_both(|w| {
        let terms = w.terms();
        let id = w.create(&terms, 2_000, 1_000);
        assert_eq!(w.client().shares(&id), None);
        let vanished = Stakes::of(&w, &[&w.oracles[0]]);
        w.accept(id);
        // A new key of an oracle changes nothing about what it accepted with.
        w.register(&w.oracles[1], 77);
        assert_eq!(w.client().shares(&id), Some(w.shares(0)));
        assert_eq!(w.state(id).accepted.get(1), Some(1));
        let work = w.work(id);
        w.post(id, 1, &[w.scored(&work, 60, 1)], false);
        w.post(id, 2, &[w.scored(&work, 60, 1)], true);
        assert_eq!(w.balance(&work.solver), 2_000);
        w.go_to(terms.grade_by + 30 * DAY);
        assert_eq!(w.client().shares(&id), Some(w.shares(0)), "also a month after the end");
        assert_eq!(w.client().phase(&id), Phase::Over);
        refused(w.client().try_withdraw_fees(&w.oracles[0], &id), Error::NothingEarned);
        assert_eq!(vanished.profit(), 0, "having made the key earns nothing");
    });
}
