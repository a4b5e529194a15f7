//! An oracle that waits for the others, and copies what they said: its vote counts in its record and earns nothing.
use super::super::world::{refused, World};
use crate::errors::Error;
use crate::types::*;
use soroban_sdk::vec;

#[test]
fn a_late_vote_changes_nothing_and_is_on_record() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (a, b) = (w.work(id), w.work(id));
    w.grade(id, &[w.scored(&a, 60, 1), w.rejected(&b, 1)]);
    let before = w.client().state(&id);
    w.post(id, 2, &[w.scored(&a, 60, 1), w.scored(&b, 60, 2)], true);
    let after = w.client().state(&id);
    assert_eq!((after.fees, after.escrow, after.fee_budget), (before.fees, before.escrow, before.fee_budget));
    let last = after.tallies.get(2).unwrap();
    assert_eq!((last.votes, last.agreed, last.disagreed, last.missed), (2, 1, 1, 0));
    assert_eq!((w.view(id, &a).verdict, w.view(id, &b).verdict), (Verdict::Scored, Verdict::Rejected));
    w.check();
}

#[test]
fn it_may_pass_over_what_is_final_and_nothing_else() {
    let w = World::new();
    let id = w.open(&w.terms());
    let works = [w.work(id), w.work(id), w.work(id)];
    w.grade(id, &[w.scored(&works[0], 10, 1), w.scored(&works[1], 10, 2)]);
    w.post(id, 2, &[w.scored(&works[2], 10, 3)], true);
    assert_eq!(w.client().state(&id).tallies.get(2).unwrap().missed, 2);
    let back = vec![&w.e, w.scored(&works[0], 10, 1)];
    refused(w.client().try_post_scores(&w.oracles[2], &id, &w.cid(8), &back, &true), Error::AlreadyVoted);
}

/// Voting last on the first open submission decides between two that differ; it cannot make a third verdict.
#[test]
fn it_decides_between_the_others_and_no_more() {
    let w = World::new();
    for (score, verdict) in [(60, Verdict::Scored), (70, Verdict::Scored), (80, Verdict::Unsettled)] {
        let id = w.open(&w.terms());
        let work = w.work(id);
        w.post(id, 0, &[w.scored(&work, 60, 1)], true);
        w.post(id, 1, &[w.scored(&work, 70, 1)], true);
        w.post(id, 2, &[w.scored(&work, score, 1)], true);
        assert_eq!(w.view(id, &work).verdict, verdict);
        if verdict == Verdict::Scored {
            assert_eq!(w.view(id, &work).score, score);
        }
    }
    w.check();
}
