//! Anyone folds a final submission into its solver's record, once.
extern crate std;
use super::world::{refused, World, NOW};
use crate::errors::Error;
use crate::types::SolverRecord;
use soroban_sdk::testutils::Address as _;
use soroban_sdk::Address;
use stellartrain::types::Terms;

#[test]
fn every_outcome_is_counted_as_what_it_is() {
    let w = World::new();
    let id = w.open(&w.terms());
    let solver = Address::generate(&w.e);
    let works: std::vec::Vec<_> = (0..4).map(|_| w.submit(id, &solver)).collect();
    w.score(&works[0], 40, 1);
    w.go_to(NOW + 600);
    w.unavailable(&works[1]);
    w.reject(&works[2]);
    w.score(&works[3], 60, 2);
    for work in &works {
        w.go_to(w.e.ledger().timestamp() + 100);
        w.fold(work);
    }
    let won =
        SolverRecord { submissions: 4, scored: 2, unavailable: 1, rejected: 1, wins: 1, ..SolverRecord::default() };
    assert_eq!(w.client().record(&solver), SolverRecord { first: NOW + 700, last: NOW + 1_000, ..won.clone() });

    // A second winner ends the bounty with one submission waiting; another challenge gets no grade at all.
    let (winner, waiting) = (w.work(id), w.submit(id, &Address::generate(&w.e)));
    w.score(&winner, 60, 3);
    assert_eq!((w.fold(&waiting).void, w.fold(&waiting_in_silence(&w, &solver)).unsettled), (1, 1));
    let all = w.client().record(&solver);
    assert_eq!((all.submissions, all.unsettled, all.wins), (5, 1, 1));
}

/// A submission that nobody graded before `grade_by`.
fn waiting_in_silence(w: &World, solver: &Address) -> super::world::Work {
    let terms = w.terms();
    let work = w.submit(w.open(&terms), solver);
    w.go_to(terms.grade_by);
    work
}

#[test]
fn a_submission_is_folded_once_and_by_anyone() {
    let w = World::new();
    let work = w.winner();
    w.e.set_auths(&[]);
    assert!(!w.client().folded(&work.challenge, &work.solver, &work.attempt));
    let record = w.fold(&work);
    assert_eq!(record, w.client().record(&work.solver));
    assert!(w.client().folded(&work.challenge, &work.solver, &work.attempt));
    refused(w.client().try_fold(&work.challenge, &work.solver, &work.attempt), Error::AlreadyFolded);
    assert_eq!(w.client().record(&work.solver), record);
}

#[test]
fn what_can_still_change_waits() {
    let w = World::new();
    let terms = w.terms();
    let work = w.work(w.open(&terms));
    refused(w.client().try_fold(&work.challenge, &work.solver, &1), Error::NotFinal);
    refused(w.client().try_mint(&work.challenge, &work.solver, &1), Error::NotFinal);
    w.go_to(terms.grade_by - 1);
    refused(w.client().try_fold(&work.challenge, &work.solver, &1), Error::NotFinal);
    w.go_to(terms.grade_by);
    assert_eq!(w.fold(&work).unsettled, 1);
}

#[test]
fn what_does_not_exist_is_not_counted() {
    let w = World::new();
    let work = w.winner();
    for (challenge, solver, attempt) in
        [(work.challenge, &work.solver, 2), (work.challenge, &w.maker, 1), (9, &work.solver, 1)]
    {
        refused(w.client().try_fold(&challenge, solver, &attempt), Error::NoOutcome);
        refused(w.client().try_mint(&challenge, solver, &attempt), Error::NoOutcome);
    }
    assert_eq!(w.client().record(&work.solver), SolverRecord::default());
}

#[test]
fn solvers_do_not_share_a_record() {
    let w = World::new();
    let id = w.open(&Terms { threshold: 70, ..w.terms() });
    let (a, b) = (w.work(id), w.work(id));
    w.score(&a, 60, 1);
    w.score(&b, 80, 2);
    w.fold(&a);
    w.fold(&b);
    assert_eq!((w.client().record(&a.solver).wins, w.client().record(&b.solver).wins), (0, 1));
}
