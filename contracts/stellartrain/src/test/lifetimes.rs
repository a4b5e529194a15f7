//! Entries outlive their challenge, anyone can extend them, and nobody has to.
use super::world::{refused, World};
use crate::errors::Error;
use crate::storage::{content_key, Key, Slot};
use crate::types::*;
use soroban_sdk::testutils::storage::{Instance, Persistent};
use soroban_sdk::{vec, Address, Env, IntoVal, Val, Vec};

const DAY: u32 = 17_280;

fn ttl(w: &World, key: &impl IntoVal<Env, Val>) -> u32 {
    w.e.as_contract(&w.contract, || w.e.storage().persistent().get_ttl(key))
}

fn submission(w: &World, id: u32, solver: &Address) -> Val {
    Slot::new(&w.e, id, solver, 1).key.into_val(&w.e)
}

fn content(w: &World, id: u32, byte: u8) -> Val {
    content_key(&w.e, id, &[byte; 32]).into_val(&w.e)
}

#[test]
fn a_long_challenge_keeps_its_entries_until_a_month_after_it() {
    let w = World::new();
    let terms = Terms { grade_by: w.now() + 150 * 86_400, ..w.terms() };
    let id = w.open(&terms);
    let work = w.work(id);
    w.grade(id, &[w.scored(&work, 60, 1)]);
    let solver = work.solver.clone();
    for key in [
        Key::Challenge(id).into_val(&w.e),
        Key::State(id).into_val(&w.e),
        Key::Board(id).into_val(&w.e),
        submission(&w, id, &solver),
        Key::Solver(id, solver).into_val(&w.e),
        content(&w, id, 1),
        Key::OracleKey(w.oracles[0].clone(), 1).into_val(&w.e),
    ] {
        assert!(ttl(&w, &key) >= 180 * DAY - 1, "{key:?}: {}", ttl(&w, &key));
    }
}

#[test]
fn a_short_one_pays_for_no_longer_than_the_network_asks() {
    let w = World::new();
    let id = w.open(&w.terms());
    let work = w.work(id);
    assert_eq!(ttl(&w, &submission(&w, id, &work.solver)), 120 * DAY - 1);
}

#[test]
fn any_change_keeps_the_contract_and_the_state_alive() {
    let w = World::new();
    let terms = Terms { grade_by: w.now() + 150 * 86_400, ..w.terms() };
    let id = w.open(&terms);
    let work = w.work(id);
    let instance = || w.e.as_contract(&w.contract, || w.e.storage().instance().get_ttl());
    w.go_to(w.now() + 119 * 86_400);
    assert!(instance() < 30 * DAY);
    w.post(id, 0, &[w.scored(&work, 60, 1)], false);
    assert_eq!(instance(), 30 * DAY);
    w.go_to(terms.grade_by + 29 * 86_400);
    assert!(ttl(&w, &Key::State(id)) < 2 * DAY);
    w.release(id, &work);
    assert_eq!((ttl(&w, &Key::State(id)), ttl(&w, &Key::Challenge(id))), (30 * DAY, 30 * DAY));
}

#[test]
fn anybody_can_extend_to_the_networks_maximum() {
    let w = World::new();
    let id = w.open(&w.terms());
    let work = w.work(id);
    w.grade(id, &[w.scored(&work, 60, 1)]);
    let name = SubmissionId { solver: work.solver.clone(), attempt: 1 };
    w.client().extend(&id, &vec![&w.e, name.clone()]);
    for key in [Key::State(id).into_val(&w.e), submission(&w, id, &work.solver), content(&w, id, 1)] {
        assert_eq!(ttl(&w, &key), 180 * DAY - 1);
    }
    let too_many = Vec::from_iter(&w.e, (0..41).map(|_| name.clone()));
    refused(w.client().try_extend(&id, &too_many), Error::BadBatch);
    refused(w.client().try_submissions(&id, &too_many), Error::BadBatch);
    let unknown = SubmissionId { attempt: 2, ..name };
    refused(w.client().try_extend(&id, &vec![&w.e, unknown.clone()]), Error::NoSubmission);
    refused(w.client().try_submissions(&id, &vec![&w.e, unknown]), Error::NoSubmission);
    refused(w.client().try_extend(&9, &vec![&w.e]), Error::NoChallenge);
}

#[test]
fn forty_of_everything_can_be_extended_and_read_in_one_call() {
    let w = World::new();
    let id = w.open(&w.terms());
    let names = Vec::from_iter(&w.e, (0..40).map(|_| SubmissionId { solver: w.work(id).solver, attempt: 1 }));
    w.client().extend(&id, &names);
    let views = w.client().submissions(&id, &names);
    assert!(views.iter().enumerate().all(|(i, view)| view.number == i as u32 + 1));
}
