//! Entries outlive their challenge, anyone can extend them, and no one has to.
use super::tree::Tree;
use super::world::{refused, World};
use crate::errors::Error;
use crate::storage::{Key, Slot};
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
        Key::Shares(id).into_val(&w.e),
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
fn anyone_can_extend_to_the_networks_maximum() {
    let w = World::new();
    let id = w.open(&w.terms());
    let work = w.work(id);
    w.grade(id, &[w.scored(&work, 60, 1)]);
    let name = SubmissionId { solver: work.solver.clone(), attempt: 1 };
    w.client().extend(&id, &vec![&w.e, name.clone()]);
    for key in [Key::State(id).into_val(&w.e), submission(&w, id, &work.solver), Key::Shares(id).into_val(&w.e)] {
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

#[test]
fn rankings_and_epochs_live_as_long_as_their_challenge() {
    let w = World::new();
    let long = |terms: Terms| Terms { grade_by: w.now() + 150 * 86_400, ..terms };
    let (ranked, earned) = (long(w.ranked(&[5])), long(w.earnings()));
    let (ranking, earnings) = (w.open(&ranked), w.open(&earned));
    let labeler = w.solver();
    let (left, right) = Tree::of(&w.contract, earnings, 1, &[(&labeler, 50)]).children(&w.e);
    w.client().post_earnings(&w.oracles[0], &earnings, &1, &left, &right, &w.cid(8));
    assert!(ttl(&w, &Key::Epoch(earnings, 1)) >= 180 * DAY - 1);
    w.go_to(ranked.deadline);
    w.rank(ranking, &w.oracles[0], &[]);
    assert!(ttl(&w, &Key::Rankings(ranking)) >= 170 * DAY - 1);
    for (id, keys) in [
        (ranking, [Key::Rankings(ranking), Key::Board(ranking)]),
        (earnings, [Key::Earnings(earnings), Key::State(earnings)]),
    ] {
        w.client().extend(&id, &vec![&w.e]);
        assert!(keys.iter().all(|key| ttl(&w, key) == 180 * DAY - 1));
    }
}

/// A judge's time belongs to the challenge.
#[test]
fn entries_wait_for_the_judge() {
    let w = World::new();
    let terms = w.terms();
    let judge_by = w.now() + 150 * 86_400;
    let id = w.open(&Terms { judge: Some(Judge { address: w.judge.clone(), judge_by }), ..terms });
    let work = w.work(id);
    assert!(ttl(&w, &submission(&w, id, &work.solver)) >= 180 * DAY - 1);
    assert!(ttl(&w, &Key::Challenge(id)) >= 180 * DAY - 1);
}
