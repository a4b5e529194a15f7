//! If nobody acts: where the money goes at `grade_by` is fixed before the first submission.
extern crate std;
use super::world::{refused, World};
use crate::errors::Error;
use crate::types::*;

#[test]
fn ungraded_work_shares_and_the_maker_gets_the_rest() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let works = [w.work(id), w.work(id), w.work(id)];
    w.go_to(terms.grade_by - 1);
    refused(w.client().try_release_payment(&id, &works[0].solver, &1), Error::NothingOwed);
    refused(w.client().try_close(&id), Error::NotYetEnded);
    w.go_to(terms.grade_by);
    // Half of 2,000 among three, rounded down.
    assert_eq!(w.client().owed(&id, &works[0].solver, &1), 333 + 20);
    assert_eq!(w.client().state(&id).silence, None);
    assert_eq!(w.release(id, &works[0]), 353);
    let state = w.client().state(&id);
    assert_eq!((state.silence, state.held, state.escrow), (Some(333), 666, 2_000 - 999));
    w.check();
    // The maker's close does not wait for the others, nor they for it.
    assert_eq!(w.client().close(&id), 1_001 + 1_000);
    assert_eq!((w.release(id, &works[2]), w.release(id, &works[1])), (353, 353));
    refused(w.client().try_release_payment(&id, &works[1].solver, &1), Error::NothingOwed);
    let state = w.client().state(&id);
    assert_eq!((state.held, state.deposits, state.status), (0, 0, Status::Active));
    assert_eq!((w.view(id, &works[0]).verdict, w.view(id, &works[0]).flags), (Verdict::Unsettled, 16));
    assert_eq!(w.client().maker(&w.maker).expired, 1);
    assert_eq!(w.balance(&w.contract), 0);
}

#[test]
fn no_part_is_larger_than_the_reward() {
    let w = World::new();
    let terms = Terms { silence_share: 10_000, ..w.terms() };
    let id = w.open(&terms);
    let work = w.work(id);
    w.go_to(terms.grade_by);
    assert_eq!(w.release(id, &work), 1_020);
    assert_eq!(w.client().close(&id), 2_000);
    w.check();
}

#[test]
fn work_that_an_oracle_voted_to_reject_has_no_part_but_its_deposit() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let (junk, good) = (w.work(id), w.work(id));
    w.post(id, 0, &[w.rejected(&junk, 1)], true);
    assert_eq!(w.client().state(&id).reject_voted, 1);
    w.go_to(terms.grade_by);
    assert_eq!((w.release(id, &junk), w.release(id, &good)), (20, 1_020));
    assert_eq!(w.client().close(&id), 1_000 + 1_000);
    assert_eq!(w.balance(&w.contract), 0);
}

#[test]
fn unsettled_work_shares_too() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let (a, b) = (w.work(id), w.work(id));
    for oracle in 0..3 {
        w.post(id, oracle, &[w.scored(&a, oracle as i64 * 10, 1)], true);
    }
    assert_eq!(w.release(id, &a), 20);
    w.go_to(terms.grade_by);
    assert_eq!((w.release(id, &a), w.release(id, &b)), (500, 520));
    assert_eq!(w.view(id, &a).flags, 16);
    refused(w.client().try_release_payment(&id, &a.solver, &1), Error::NothingOwed);
    w.check();
}

#[test]
fn the_maker_cannot_close_past_unsettled_work() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let work = w.work(id);
    for oracle in 0..3 {
        w.post(id, oracle, &[w.scored(&work, oracle as i64 * 10, 1)], true);
    }
    w.go_to(terms.deadline);
    refused(w.client().try_close(&id), Error::NotYetEnded);
    w.go_to(terms.grade_by);
    assert_eq!(w.client().close(&id), 1_000 + 1_000);
    assert_eq!(w.release(id, &work), 1_020);
    w.check();
}

#[test]
fn without_a_share_only_deposits_come_back() {
    let w = World::new();
    let terms = Terms { silence_share: 0, ..w.terms() };
    let id = w.open(&terms);
    let work = w.work(id);
    w.go_to(terms.grade_by);
    assert_eq!(w.client().close(&id), 3_000);
    assert_eq!(w.client().state(&id).silence, Some(0));
    assert_eq!(w.release(id, &work), 20);
    refused(w.client().try_release_payment(&id, &work.solver, &1), Error::NothingOwed);
    w.check();
}

#[test]
fn junk_wallets_before_the_end_gain_less_than_they_lock() {
    let w = World::new();
    let terms = Terms { attempts: 1, attempts_per_day: 1, oracle_fee: 0, ..w.terms() };
    let id = w.open(&terms);
    let honest = w.work(id);
    let junk: std::vec::Vec<_> = (0..100).map(|_| w.work(id)).collect();
    // One oracle is alive and votes to reject them: that alone takes their part away.
    for batch in 0..3 {
        let mut votes = std::vec::Vec::new();
        if batch == 0 {
            votes.push(w.scored(&honest, 60, 1));
        }
        let from = (batch * 40usize).saturating_sub(1);
        let to = (batch * 40 + 39).min(100);
        votes.extend(junk[from..to].iter().map(|work| w.rejected(work, 1)));
        w.post(id, 0, &votes, true);
    }
    w.go_to(terms.grade_by);
    assert_eq!(w.release(id, &honest), 1_020);
    assert!(junk.iter().all(|work| w.release(id, work) == 20));
    w.check();
}
