//! Three oracles, one evil, one late by a patience: the honest winner #1 (0.99) is voted down by the evil one and passed over.
//! Once the maker could close with the whole prize, or the evil oracle's own wallets were paid. Now #1 keeps a place, and is paid
//! when the late oracle has voted; what places are left beside it are paid meanwhile.
use super::super::world::*;
use super::Stakes;
use crate::types::*;

const HONEST: usize = 0;
const LATE: usize = 1;
const EVIL: usize = 2;

fn terms(w: &World, winners: u32) -> Terms {
    Terms { step: 1, threshold: 90, oracle_fee: 0, deposit: 1, ..w.bounty(50, winners) }
}

/// #1 is scored by the honest oracle, rejected by the evil one, and passed over after two patiences.
fn passed_over(w: &World, id: u32) -> Work {
    let first = w.work(id);
    w.post(id, HONEST, &[w.scored(&first, 99, 1)], true);
    w.post(id, EVIL, &[w.rejected(&first, 1)], true);
    w.pass(2 * 600);
    w.settle(id, &[&first]);
    assert_eq!(w.view(id, &first).flags, PASSED | KEPT);
    first
}

#[test]
fn the_winner_keeps_a_place_and_two_others_are_paid_meanwhile() {
    on_both(|w| {
        let terms = terms(&w, 3);
        let id = w.open_with(&terms, 150, 0);
        let first = passed_over(&w, id);
        let (second, third) = (w.work(id), w.work(id));
        let votes = [w.scored(&second, 95, 2), w.scored(&third, 96, 3)];
        w.post(id, HONEST, &votes, true);
        w.post(id, EVIL, &votes, true);
        assert_eq!([w.balance(&second.solver), w.balance(&third.solver)], [1_050, 1_050]);
        w.go_to(terms.deadline);
        assert!(w.client().try_close(&id).is_err(), "#1 can still win what is left");
        w.post(id, LATE, &[w.scored(&first, 99, 1)], true);
        assert_eq!(w.balance(&first.solver), 1_050);
        assert_eq!(w.state(id).purse.escrow, 0);
        w.check();
    });
}

/// One place only, and a wallet of the evil oracle has a good file behind it.
#[test]
fn the_evil_oracle_s_wallet_waits_and_has_nothing() {
    on_both(|w| {
        let terms = terms(&w, 1);
        let id = w.open_with(&terms, 50, 0);
        let first = passed_over(&w, id);
        let wallet = w.solver();
        let stakes = Stakes::of(&w, &[&wallet, &w.oracles[EVIL], &w.maker]);
        let second = w.submit(id, &wallet);
        w.post(id, EVIL, &[w.scored(&second, 95, 2)], true);
        w.post(id, HONEST, &[w.scored(&second, 95, 2)], true);
        let state = w.state(id);
        assert_eq!((w.client().phase(&id), state.rows, state.due), (Phase::Ended, 1, 0));
        assert!(w.client().try_close(&id).is_err(), "nothing for the maker");
        w.post(id, LATE, &[w.scored(&first, 99, 1)], true);
        assert_eq!(w.balance(&first.solver), 1_050);
        assert_eq!(w.owed(id, &second), 0);
        assert!(w.client().try_release_payment(&id, &wallet, &1).is_err());
        assert_eq!(stakes.profit(), 0, "the deposit came back, and nothing else");
        assert_eq!(w.balance(&w.contract), 0);
        w.check();
    });
}
