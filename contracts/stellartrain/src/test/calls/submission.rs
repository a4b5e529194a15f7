//! Who may submit, when and how often; a number is for good.
extern crate std;
use crate::errors::Error;
use crate::test::world::*;
use crate::types::*;

#[test]
fn a_submission_is_stored_under_its_solver_and_numbered() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (a, b) = (w.solver(), w.solver());
    assert_eq!((w.submit(id, &a).number, w.submit(id, &b).number), (1, 2));
    w.pass(10);
    let cid = Cid { codec: 0x70, ..w.cid(4) };
    assert_eq!(w.client().submit(&a, &id, &2, &cid, &w.bytes(6), &0, &0), 3);
    let view = w.client().submission(&id, &a, &2);
    let expected = Submission {
        number: 3,
        cid,
        commitment: w.bytes(6),
        time: w.now(),
        units: 0,
        verdict: Verdict::Pending,
        reason: 0,
        score: 0,
        content_hash: w.bytes(0),
        accepted_units: 0,
        flags: 0,
        voted: 0,
        heard: 0,
        votes: soroban_sdk::vec![&w.e],
    };
    assert_eq!(view, expected);
    let day = (w.now() / DAY) as u32;
    assert_eq!(w.client().attempts(&id, &a), Attempts { attempts: 2, day, today: 2 });
    let state = w.state(id);
    assert_eq!((state.submitted, state.concluded, state.purse.deposits, state.purse.held_fees), (3, 0, 60, 30));
    assert_eq!(w.balance(&a), 1_000 - 40);
    w.check();
}

#[test]
fn the_window_is_half_open() {
    let w = World::new();
    let terms = Terms { opens: w.now() + 100, ..w.terms() };
    let id = w.open(&terms);
    let solver = w.solver();
    let submit = |attempt| w.client().try_submit(&solver, &id, &attempt, &w.cid(9), &w.bytes(0), &0, &0);
    w.go_to(terms.opens - 1);
    assert_eq!(w.client().phase(&id), Phase::Announced);
    refused(submit(1), Error::NotYetOpen);
    w.go_to(terms.opens);
    assert!(submit(1).is_ok());
    w.go_to(terms.deadline - 1);
    assert!(submit(2).is_ok());
    w.go_to(terms.deadline);
    assert_eq!(w.client().phase(&id), Phase::Grading);
    refused(submit(3), Error::DeadlinePassed);
}

#[test]
fn who_pays_grades_or_judges_takes_no_part() {
    let w = World::new();
    let id = w.open(&w.judged(w.terms()));
    let involved = w.oracles[..3].iter().chain([&w.maker, &w.judge]);
    for who in involved {
        let submit = w.client().try_submit(who, &id, &1, &w.cid(9), &w.bytes(0), &0, &0);
        refused(submit, Error::ConflictOfInterest);
    }
    // An oracle of other challenges is a solver like any other.
    w.fund(&w.oracles[3], 20);
    w.submit(id, &w.oracles[3]);
}

#[test]
fn attempts_are_counted_in_all_and_per_day() {
    let w = World::new();
    let id = w.open(&Terms { attempts: 3, attempts_per_day: 2, ..w.terms() });
    let solver = w.solver();
    let submit = |attempt| w.client().try_submit(&solver, &id, &attempt, &w.cid(9), &w.bytes(0), &0, &0);
    refused(submit(0), Error::WrongAttempt);
    refused(submit(2), Error::WrongAttempt);
    assert!(submit(1).is_ok());
    refused(submit(1), Error::WrongAttempt);
    assert!(submit(2).is_ok());
    refused(submit(3), Error::TooManyToday);
    w.go_to((w.now() / DAY + 1) * DAY);
    assert!(submit(3).is_ok());
    refused(submit(4), Error::TooManyAttempts);
    w.check();
}

#[test]
fn who_has_a_place_is_done_and_plays_elsewhere() {
    let w = World::new();
    let id = w.open(&w.terms());
    let first = w.work(id);
    w.grade(id, &[w.scored(&first, 50, 1)]);
    let again = w.client().try_submit(&first.solver, &id, &2, &w.cid(9), &w.bytes(0), &0, &0);
    refused(again, Error::AlreadyWon);
    let other = w.open(&w.terms());
    w.submit(other, &first.solver);
}

/// A place that waits behind a kept one is a place as well.
#[test]
fn who_waits_for_a_place_is_done_too() {
    let w = World::new();
    let id = w.open(&w.bounty(1_000, 2));
    let (kept, waiting) = ([w.work(id), w.work(id)], w.work(id));
    let won = w.scored(&waiting, 60, 3);
    w.post(id, 0, &[w.scored(&kept[0], 60, 1), w.scored(&kept[1], 60, 2), won.clone()], false);
    w.post(id, 1, &[w.rejected(&kept[0], 1), w.rejected(&kept[1], 1), won], false);
    w.pass(2 * MIN_PATIENCE);
    w.settle(id, &[&kept[0], &kept[1], &waiting]);
    let board = w.client().board(&id);
    assert_eq!((w.state(id).kept, board.len(), board.get_unchecked(0).due), (2, 1, false));
    let again = w.client().try_submit(&waiting.solver, &id, &2, &w.cid(9), &w.bytes(0), &0, &0);
    refused(again, Error::AlreadyWon);
    w.check();
}

#[test]
fn bad_arguments_are_refused_and_leave_nothing() {
    let w = World::new();
    let id = w.open(&w.terms());
    let solver = w.solver();
    let submit = |id: u32, cid: &Cid, units: u32, carry: i128| {
        w.client().try_submit(&solver, &id, &1, cid, &w.bytes(0), &units, &carry)
    };
    let cid = w.cid(9);
    refused(submit(id, &Cid { codec: 0x12, ..w.cid(9) }, 0, 0), Error::BadCid);
    refused(submit(id, &cid, 1, 0), Error::BadUnits);
    refused(submit(id, &cid, 0, -1), Error::BadAmount);
    refused(submit(id, &cid, 0, 1_000_000_000_000_000_000_000_000_001), Error::BadAmount);
    refused(submit(id + 1, &cid, 0, 0), Error::NoChallenge);
    assert_eq!((w.state(id).submitted, w.balance(&solver)), (0, 1_000));
    assert_eq!(w.client().attempts(&id, &solver), Attempts::default());
}

#[test]
fn when_the_budget_is_used_up_the_submission_carries_its_whole_fee() {
    let w = World::new();
    let id = w.open_with(&w.terms(), 2_000, 19);
    w.work(id);
    let solver = w.solver();
    let submit = |attempt, carry| w.client().try_submit(&solver, &id, &attempt, &w.cid(9), &w.bytes(0), &0, &carry);
    refused(submit(1, 0), Error::CarryTooLow);
    refused(submit(1, 9), Error::CarryTooLow);
    assert!(submit(1, 25).is_ok());
    // Ten were needed, fifteen came back at once.
    let state = w.state(id);
    assert_eq!((w.balance(&solver), state.purse.budget, state.purse.carried), (1_000 - 20 - 10, 9, 10));
    let flags = |attempt: u32| w.client().submission(&id, &solver, &attempt).flags;
    assert_eq!(flags(1), CARRIED);
    w.client().top_up(&w.maker, &id, &0, &1);
    assert!(submit(2, 25).is_ok());
    assert_eq!((flags(2), w.balance(&solver)), (0, 950));
    w.check();
}

#[test]
fn twenty_solvers_signed_for_the_same_ledger_and_all_are_in() {
    let w = World::new();
    // The budget covers ten of them; each of twenty signed for the same amount, knowing nothing of the others.
    let id = w.open_with(&w.terms(), 2_000, 100);
    let mut carried = std::vec::Vec::new();
    for number in 1..=20 {
        let solver = w.solver();
        assert_eq!(w.submit_carrying(id, &solver, 0, 10).number, number);
        carried.push(1_000 - 20 - w.balance(&solver));
    }
    assert_eq!(carried, [[0; 10], [10; 10]].concat());
    let purse = w.state(id).purse;
    assert_eq!((purse.budget, purse.held_fees, purse.carried), (0, 100, 100));
    w.check();
}

#[test]
fn a_gate_is_asked_about_everyone_else() {
    let w = World::new();
    let id = w.open(&Terms { gate: Some(w.gate.clone()), ..w.terms() });
    let solver = w.solver();
    let submit =
        |who: &soroban_sdk::Address, attempt| w.client().try_submit(who, &id, &attempt, &w.cid(9), &w.bytes(0), &0, &0);
    refused(submit(&solver, 1), Error::NotAdmitted);
    w.admit(id + 1, &solver);
    refused(submit(&solver, 1), Error::NotAdmitted);
    w.admit(id, &solver);
    assert!(submit(&solver, 1).is_ok());
    refused(submit(&w.solver(), 1), Error::NotAdmitted);
    w.admit(id, &w.maker);
    refused(submit(&w.maker, 1), Error::ConflictOfInterest);
    w.check();
}
