//! A winner waits behind kept places, or holds a later waiting place and an earlier kept one; the queue is stuck and 400 are decided
//! behind it at the end; whoever calls `settle` first. The lowest numbers win in whatever order the calls come.
extern crate std;
use super::super::world::*;
use super::Stakes;
use crate::types::*;
use std::vec::Vec;

fn terms(w: &World, winners: u32) -> Terms {
    Terms { oracle_fee: 0, deposit: 1, ..w.bounty(50, winners) }
}

/// The first is passed over with a place kept for it.
fn kept(w: &World, id: u32, work: &Work) {
    w.post(id, 0, &[w.scored(work, 90, 1)], true);
    w.post(id, 2, &[w.rejected(work, 1)], true);
    w.pass(2 * 600);
    w.settle(id, &[work]);
    assert_eq!(w.view(id, work).flags & (PASSED | KEPT), PASSED | KEPT);
}

#[test]
fn who_waits_behind_a_kept_place_is_paid_when_it_falls_free() {
    on_both(|w| {
        let id = w.open_with(&terms(&w, 1), 50, 0);
        let first = w.work(id);
        kept(&w, id, &first);
        let second = w.work(id);
        w.grade(id, &[w.scored(&second, 90, 2)]);
        assert_eq!((w.client().phase(&id), w.balance(&second.solver)), (Phase::Ended, 1_000));
        w.post(id, 1, &[w.rejected(&first, 1)], true);
        assert_eq!(w.release(id, &second), 50);
        w.check();
    });
}

#[test]
fn a_solver_with_a_waiting_place_and_an_earlier_kept_one_wins_once() {
    on_both(|w| {
        let id = w.open_with(&terms(&w, 2), 100, 0);
        let (solver, first) = (w.solver(), w.work(id));
        kept(&w, id, &first);
        let early = w.submit(id, &solver);
        kept(&w, id, &early);
        let (late, other) = (w.submit(id, &solver), w.work(id));
        w.grade(id, &[w.scored(&late, 90, 2)]);
        let state = w.state(id);
        assert_eq!((state.rows, state.kept, state.due), (1, 2, 0), "it waits");
        w.post(id, 1, &[w.scored(&early, 90, 1)], true);
        let numbers = || w.client().board(&id).iter().map(|place| place.number).collect::<Vec<u32>>();
        assert_eq!(numbers(), [early.number], "the earlier one takes its own later place");
        assert_eq!(w.balance(&solver), 1_050, "one place is kept for #1, the other is due");
        w.grade(id, &[w.scored(&other, 90, 3)]);
        assert_eq!((numbers(), w.state(id).due), (std::vec![early.number, other.number], 1));
        w.post(id, 1, &[w.scored(&first, 90, 1)], true);
        assert_eq!(numbers(), [early.number, first.number], "the lowest numbers win");
        assert!(w.client().try_release_payment(&id, &other.solver, &1).is_err());
        assert!(w.client().try_release_payment(&id, &solver, &late.attempt).is_err());
        let balances = [&solver, &first.solver, &other.solver].map(|who| w.balance(who));
        assert_eq!(balances, [1_050, 1_050, 1_000], "each once");
        assert_eq!(w.balance(&w.contract), 0);
        w.check();
    });
}

/// #1 blocks the queue; 400 are decided behind it. The last ten belong to one person, who has them carried out first.
#[test]
fn the_lowest_numbers_win_whoever_carries_them_out_first() {
    on_both(|w| {
        let terms = terms(&w, 10);
        let id = w.open_with(&terms, 500, 0);
        let blocked = w.work(id);
        let works: Vec<Work> = (0..400).map(|_| w.work(id)).collect();
        for batch in works.chunks(40) {
            let votes: Vec<Vote> = batch.iter().map(|work| w.scored(work, 90, 1)).collect();
            w.grade(id, &votes);
        }
        let state = w.state(id);
        assert_eq!((state.decided, state.head, state.concluded), (400, 0, 0));
        let last: Vec<_> = works[390..].iter().map(|work| &work.solver).collect();
        let stakes = Stakes::of(&w, &last);
        w.go_to(terms.grade_by);
        for work in works[390..].iter().rev() {
            assert_eq!(w.release(id, work), 1, "its deposit, for others may still come before it");
        }
        let rest: Vec<&Work> = works[..390].iter().collect();
        for batch in rest.rchunks(40) {
            w.settle(id, batch);
        }
        w.settle(id, &[&blocked]);
        assert_eq!(stakes.profit(), 10, "nothing but their deposits");
        for work in &works[..10] {
            let _ = w.client().try_release_payment(&id, &work.solver, &1);
            assert_eq!(w.balance(&work.solver), 1_050);
        }
        assert!(works[10..].iter().all(|work| w.balance(&work.solver) == 1_000));
        assert_eq!(w.client().close(&id), 0);
        assert_eq!(w.balance(&w.contract), 0);
        w.check();
    });
}
