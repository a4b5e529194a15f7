//! Who may hand in, when and how often; a number in the queue is for good.
extern crate std;
use super::world::{refused, Work, World};
use crate::errors::Error;
use crate::types::*;

#[test]
fn a_submission_is_stored_under_its_solver_and_numbered() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (a, b) = (w.solver(), w.solver());
    assert_eq!(w.submit(id, &a).number, 1);
    assert_eq!(w.submit(id, &b).number, 2);
    w.pass(10);
    let third = w.submit(id, &a);
    assert_eq!((third.attempt, third.number), (2, 3));
    let view = w.view(id, &third);
    assert_eq!((view.number, view.time, view.verdict), (3, w.now(), Verdict::Pending));
    assert_eq!((view.cid, view.flags, view.votes.len()), (w.cid(9), 0, 0));
    let day = (w.now() / 86_400) as u32;
    assert_eq!(w.client().attempts(&id, &a), Attempts { attempts: 2, day, today: 2 });
    let state = w.client().state(&id);
    assert_eq!((state.submitted, state.finalized, state.deposits), (3, 0, 60));
    assert_eq!(w.balance(&a), 1_000 - 40);
    w.check();
}

#[test]
fn the_window_is_half_open() {
    let w = World::new();
    let terms = Terms { opens: w.now() + 100, ..w.terms() };
    let id = w.open(&terms);
    let solver = w.solver();
    let submit = |attempt| w.client().try_submit(&solver, &id, &attempt, &w.cid(9), &0, &0);
    w.go_to(terms.opens - 1);
    refused(submit(1), Error::NotYetOpen);
    w.go_to(terms.opens);
    assert!(submit(1).is_ok());
    w.go_to(terms.deadline - 1);
    assert!(submit(2).is_ok());
    w.go_to(terms.deadline);
    refused(submit(3), Error::DeadlinePassed);
}

#[test]
fn maker_and_oracles_stay_out() {
    let w = World::new();
    let id = w.open(&w.terms());
    for involved in w.oracles.iter().chain([&w.maker]) {
        refused(w.client().try_submit(involved, &id, &1, &w.cid(9), &0, &0), Error::ConflictOfInterest);
    }
}

#[test]
fn attempts_are_counted_in_all_and_per_day() {
    let w = World::new();
    let id = w.open(&Terms { attempts: 3, attempts_per_day: 2, ..w.terms() });
    let solver = w.solver();
    let submit = |attempt| w.client().try_submit(&solver, &id, &attempt, &w.cid(9), &0, &0);
    refused(submit(0), Error::WrongAttempt);
    refused(submit(2), Error::WrongAttempt);
    assert!(submit(1).is_ok());
    refused(submit(1), Error::WrongAttempt);
    assert!(submit(2).is_ok());
    refused(submit(3), Error::TooManyToday);
    w.go_to((w.now() / 86_400 + 1) * 86_400);
    assert!(submit(3).is_ok());
    refused(submit(4), Error::TooManyAttempts);
    w.check();
}

#[test]
fn a_winner_of_this_bounty_is_done() {
    let w = World::new();
    let id = w.open(&w.terms());
    let first = w.work(id);
    w.grade(id, &[w.scored(&first, 50, 1)]);
    refused(w.client().try_submit(&first.solver, &id, &2, &w.cid(9), &0, &0), Error::AlreadyWon);
    let other = w.open(&w.terms());
    w.submit(other, &first.solver);
}

#[test]
fn bad_arguments_are_refused() {
    let w = World::new();
    let id = w.open(&w.terms());
    let solver = w.solver();
    let cid = Cid { codec: 0x12, ..w.cid(9) };
    refused(w.client().try_submit(&solver, &id, &1, &cid, &0, &0), Error::BadCid);
    refused(w.client().try_submit(&solver, &id, &1, &w.cid(9), &1, &0), Error::BadUnits);
    refused(w.client().try_submit(&solver, &id, &1, &w.cid(9), &0, &-1), Error::BadAmount);
    refused(w.client().try_submit(&solver, &(id + 1), &1, &w.cid(9), &0, &0), Error::NoChallenge);
    assert_eq!(w.client().state(&id).submitted, 0);
}

#[test]
fn twenty_solvers_signed_for_the_same_ledger_and_all_are_in() {
    let w = World::new();
    // The budget covers ten of them; each of twenty signed for the same amount, knowing nothing of the others.
    let id = w.client().create_challenge(&w.maker, &w.terms(), &2_000, &100);
    w.accept(id);
    let mut carried = std::vec::Vec::new();
    for _ in 0..20 {
        let solver = w.solver();
        let number = w.client().submit(&solver, &id, &1, &w.cid(9), &0, &10);
        carried.push(1_000 - 20 - w.balance(&solver));
        assert_eq!(w.view(id, &Work { solver, attempt: 1, number }).number, number);
    }
    assert_eq!(carried, [[0; 10], [10; 10]].concat());
    assert_eq!(w.client().state(&id).fee_budget, 200);
    w.check();
}
