//! A solver hands its file to one oracle only: it wins nothing by it, and holds up the others for one patience at most.
use super::super::world::{refused, World};
use crate::errors::Error;
use crate::types::*;
use soroban_sdk::vec;

#[test]
fn it_is_unsettled_and_those_behind_it_are_paid() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let (hidden, honest) = (w.work(id), w.work(id));
    w.post(id, 0, &[w.scored(&hidden, 90, 1), w.scored(&honest, 60, 2)], true);
    // The others cannot get it. Before the patience is over they cannot even say so, and may not pass it by.
    let early = vec![&w.e, w.unavailable(&hidden)];
    refused(w.client().try_post_scores(&w.oracles[1], &id, &w.cid(8), &early, &true), Error::TooEarlyUnavailable);
    let skipping = vec![&w.e, w.scored(&honest, 60, 2)];
    refused(w.client().try_post_scores(&w.oracles[1], &id, &w.cid(8), &skipping, &true), Error::VoteOutOfOrder);
    w.pass(terms.patience);
    w.post(id, 1, &[w.unavailable(&hidden), w.scored(&honest, 60, 2)], true);
    w.post(id, 2, &[w.unavailable(&hidden), w.scored(&honest, 60, 2)], true);
    assert_eq!(w.view(id, &hidden).verdict, Verdict::Unsettled);
    assert_eq!((w.balance(&honest.solver), w.balance(&hidden.solver)), (2_000, 980));
    // Its deposit comes back, and no oracle earned anything by it.
    assert_eq!((w.release(id, &hidden), w.client().state(&id).fee_budget), (20, 990));
    w.check();
}

/// The dead oracle was the only one that could not be reached: the two others disagree about availability.
#[test]
fn with_one_oracle_dead_it_waits_for_the_patience_after_the_last_vote() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let (hidden, honest) = (w.work(id), w.work(id));
    w.post(id, 0, &[w.scored(&hidden, 90, 1), w.scored(&honest, 60, 2)], true);
    w.pass(terms.patience);
    w.post(id, 1, &[w.unavailable(&hidden), w.scored(&honest, 60, 2)], true);
    refused(w.client().try_settle(&id, &w.settlements(&[&hidden, &honest])), Error::NothingToSettle);
    w.pass(terms.patience);
    w.client().settle(&id, &w.settlements(&[&hidden, &honest]));
    assert_eq!((w.view(id, &hidden).verdict, w.balance(&honest.solver)), (Verdict::Unsettled, 2_000));
    w.check();
}
