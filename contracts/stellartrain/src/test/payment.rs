//! The prize arrives in the transaction that settles; what cannot be delivered is held and paid later.
use super::world::{refused, World};
use crate::errors::Error;
use crate::types::*;
use soroban_sdk::vec;

#[test]
fn the_winner_is_paid_with_its_deposit_in_one_transfer() {
    let w = World::new();
    let id = w.open(&w.terms());
    let work = w.work(id);
    w.grade(id, &[w.scored(&work, 50, 1)]);
    assert_eq!(w.balance(&work.solver), 2_000);
    let view = w.view(id, &work);
    assert_eq!((view.verdict, view.score, view.flags), (Verdict::Scored, 50, 4));
    let place = Place { solver: work.solver.clone(), attempt: 1, number: 1, score: 50, prize: 1_000 };
    assert_eq!(w.client().board(&id), vec![&w.e, place]);
    let state = w.client().state(&id);
    assert_eq!((state.winners, state.escrow, state.deposits, state.held), (1, 1_000, 0, 0));
    refused(w.client().try_release_payment(&id, &work.solver, &1), Error::NothingOwed);
    w.check();
}

#[test]
fn below_the_threshold_only_the_deposit_comes_back() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (low, bad) = (w.work(id), w.work(id));
    w.grade(id, &[w.scored(&low, 49, 1), w.rejected(&bad, 3)]);
    assert_eq!((w.balance(&low.solver), w.balance(&bad.solver)), (1_000, 980));
    assert_eq!(w.client().state(&id).escrow, 2_000 + 10);
    w.check();
}

#[test]
fn a_solver_wins_a_bounty_once() {
    let w = World::new();
    let id = w.open(&w.terms());
    let solver = w.solver();
    let (first, second) = (w.submit(id, &solver), w.submit(id, &solver));
    w.grade(id, &[w.scored(&first, 60, 1), w.scored(&second, 90, 2)]);
    assert_eq!(w.balance(&solver), 2_000);
    assert_eq!((w.view(id, &second).verdict, w.view(id, &second).flags), (Verdict::Scored, 0));
    assert_eq!(w.client().state(&id).winners, 1);
    w.check();
}

#[test]
fn first_come_first_paid() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (a, b, c) = (w.work(id), w.work(id), w.work(id));
    w.grade(id, &[w.scored(&a, 60, 1), w.scored(&b, 70, 2), w.scored(&c, 99, 3)]);
    let balances = [&a, &b, &c].map(|work| w.balance(&work.solver));
    assert_eq!(balances, [2_000, 2_000, 980]);
    assert_eq!(w.view(id, &c).verdict, Verdict::Pending);
    assert_eq!(w.client().state(&id).status, Status::Ended);
    w.check();
}

#[test]
fn a_frozen_solver_holds_nobody_up() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (a, b) = (w.work(id), w.work(id));
    w.freeze(&a.solver, true);
    w.grade(id, &[w.scored(&a, 60, 1), w.scored(&b, 60, 2)]);
    assert_eq!(w.balance(&b.solver), 2_000);
    assert_eq!((w.view(id, &a).verdict, w.view(id, &a).flags), (Verdict::Scored, 1 | 2));
    let state = w.client().state(&id);
    assert_eq!((state.held, state.deposits, state.escrow), (1_000, 20, 0));
    w.check();

    // While it is frozen the release fails and changes nothing; afterwards it pays once.
    assert_eq!(w.client().owed(&id, &a.solver, &1), 1_020);
    assert!(w.client().try_release_payment(&id, &a.solver, &1).is_err());
    w.freeze(&a.solver, false);
    assert_eq!(w.release(id, &a), 1_020);
    assert_eq!((w.balance(&a.solver), w.view(id, &a).flags), (2_000, 4));
    assert_eq!(w.client().owed(&id, &a.solver, &1), 0);
    refused(w.client().try_release_payment(&id, &a.solver, &1), Error::NothingOwed);
    w.check();
}

#[test]
fn who_settles_may_hold_a_payment_back() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (a, b) = (w.work(id), w.work(id));
    w.post(id, 0, &[w.scored(&a, 60, 1), w.scored(&b, 10, 2)], false);
    let hold = |vote: Vote| Vote { hold: true, ..vote };
    w.post(id, 1, &[hold(w.scored(&a, 60, 1)), hold(w.scored(&b, 10, 2))], true);
    assert_eq!((w.balance(&a.solver), w.balance(&b.solver)), (980, 980));
    assert_eq!((w.view(id, &a).flags, w.view(id, &b).flags), (3, 2));
    w.check();
    assert_eq!((w.release(id, &a), w.release(id, &b)), (1_020, 20));
    w.check();
}

#[test]
fn a_batch_pays_a_solver_with_one_transfer() {
    use soroban_sdk::testutils::Events;
    let w = World::new();
    let id = w.open(&w.terms());
    let solver = w.solver();
    let works = [w.submit(id, &solver), w.submit(id, &solver), w.submit(id, &solver)];
    let votes = [w.scored(&works[0], 10, 1), w.scored(&works[1], 60, 2), w.scored(&works[2], 10, 3)];
    w.post(id, 0, &votes, false);
    w.post(id, 1, &votes, true);
    assert_eq!(w.e.events().all().filter_by_contract(&w.asset).events().len(), 1);
    assert_eq!(w.balance(&solver), 2_000);

    // If that one transfer fails, all of them are held.
    let other = w.solver();
    let works = [w.submit(id, &other), w.submit(id, &other)];
    w.freeze(&other, true);
    w.grade(id, &[w.scored(&works[0], 10, 4), w.scored(&works[1], 10, 5)]);
    assert_eq!((w.view(id, &works[0]).flags, w.view(id, &works[1]).flags), (2, 2));
    w.check();
}

#[test]
fn settle_false_moves_no_money() {
    let w = World::new();
    let id = w.open(&w.terms());
    let work = w.work(id);
    for oracle in 0..3 {
        w.post(id, oracle, &[w.scored(&work, 60, 1)], false);
    }
    assert_eq!((w.view(id, &work).verdict, w.balance(&work.solver)), (Verdict::Pending, 980));
    w.client().settle(&id, &w.settlements(&[&work]));
    assert_eq!(w.balance(&work.solver), 2_000);
    w.check();
}

#[test]
fn settle_passes_over_what_is_final() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (a, b) = (w.work(id), w.work(id));
    w.grade(id, &[w.scored(&a, 10, 1)]);
    w.post(id, 0, &[w.scored(&b, 10, 2)], false);
    w.post(id, 1, &[w.scored(&b, 10, 2)], false);
    w.client().settle(&id, &w.settlements(&[&a, &b]));
    assert_eq!(w.client().state(&id).finalized, 2);
    refused(w.client().try_settle(&id, &w.settlements(&[&a, &b])), Error::NothingToSettle);
    refused(w.client().try_settle(&id, &w.settlements(&[&b, &a])), Error::VoteOutOfOrder);
    w.check();
}
