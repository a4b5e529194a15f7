//! m equal votes make a verdict; without them the queue moves on in bounded time and nobody is punished.
use super::world::{refused, World};
use crate::errors::Error;
use crate::types::*;
use soroban_sdk::vec;

#[test]
fn a_lowest_reason_stands_and_the_dissenter_is_on_record() {
    let w = World::new();
    let id = w.open(&Terms { quorum: 2, ..w.terms() });
    let work = w.work(id);
    w.post(id, 0, &[w.scored(&work, 90, 1)], true);
    w.post(id, 1, &[w.rejected(&work, 9)], true);
    w.post(id, 2, &[w.rejected(&work, 4)], true);
    let view = w.view(id, &work);
    assert_eq!((view.verdict, view.reason, view.score, view.votes.len()), (Verdict::Rejected, 4, 0, 0));
    let tallies = w.client().state(&id).tallies;
    let counts = |i| tallies.get(i).map(|tally| (tally.agreed, tally.disagreed)).unwrap();
    assert_eq!([counts(0), counts(1), counts(2)], [(0, 1), (1, 0), (1, 0)]);
    w.check();
}

#[test]
fn scores_are_equal_once_rounded_against_the_solver() {
    let w = World::new();
    for (direction, rounded, wins) in [(Direction::Maximize, 40, false), (Direction::Minimize, 50, true)] {
        let id = w.open(&Terms { direction, ..w.terms() });
        let work = w.work(id);
        w.post(id, 0, &[w.scored(&work, 49, 1)], true);
        w.post(id, 1, &[w.scored(&work, 41, 1)], true);
        let view = w.view(id, &work);
        assert_eq!((view.verdict, view.score, view.flags & 4 > 0), (Verdict::Scored, rounded, wins));
    }
}

#[test]
fn a_minority_that_comes_first_does_not_decide() {
    let w = World::new();
    let id = w.open(&w.terms());
    let work = w.work(id);
    w.post(id, 0, &[w.scored(&work, 90, 1)], true);
    w.post(id, 1, &[w.scored(&work, 20, 1)], true);
    assert_eq!(w.view(id, &work).verdict, Verdict::Pending);
    w.post(id, 2, &[w.scored(&work, 20, 1)], true);
    assert_eq!((w.view(id, &work).score, w.balance(&work.solver)), (20, 1_000));
}

#[test]
fn when_all_disagree_the_queue_moves_on() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (a, b) = (w.work(id), w.work(id));
    for oracle in 0..3 {
        let score = oracle as i64 * 10;
        w.post(id, oracle, &[w.scored(&a, score, 1), w.scored(&b, 60, 2)], true);
    }
    let view = w.view(id, &a);
    // No pay, the deposit waits, nobody is said to be wrong.
    assert_eq!((view.verdict, view.flags), (Verdict::Unsettled, 2));
    assert_eq!(w.client().state(&id).unsettled_eligible, 1);
    assert!(w.client().state(&id).tallies.iter().all(|tally| tally.disagreed == 0));
    assert_eq!(w.view(id, &b).verdict, Verdict::Scored);
    assert_eq!(w.release(id, &a), 20);
    refused(w.client().try_release_payment(&id, &a.solver, &1), Error::NothingOwed);
    w.check();
}

#[test]
fn a_silent_oracle_delays_by_one_patience_at_most() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let work = w.work(id);
    w.post(id, 0, &[w.scored(&work, 60, 1)], true);
    w.pass(terms.patience);
    w.post(id, 1, &[w.scored(&work, 70, 1)], true);
    w.pass(terms.patience - 1);
    refused(w.client().try_settle(&id, &w.settlements(&[&work])), Error::NothingToSettle);
    w.pass(1);
    w.client().settle(&id, &w.settlements(&[&work]));
    assert_eq!(w.view(id, &work).verdict, Verdict::Unsettled);
    w.check();
}

#[test]
fn with_fewer_votes_than_the_quorum_the_queue_stands() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let work = w.work(id);
    w.post(id, 0, &[w.scored(&work, 60, 1)], true);
    w.go_to(terms.grade_by - 1);
    refused(w.client().try_settle(&id, &w.settlements(&[&work])), Error::NothingToSettle);
}

#[test]
fn what_only_one_oracle_can_fetch_is_unsettled() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let (work, next) = (w.work(id), w.work(id));
    w.post(id, 0, &[w.scored(&work, 60, 1), w.scored(&next, 60, 2)], true);
    let early = vec![&w.e, w.unavailable(&work)];
    w.pass(terms.patience - 1);
    refused(w.client().try_post_scores(&w.oracles[1], &id, &w.cid(8), &early, &true), Error::TooEarlyUnavailable);
    w.pass(1);
    w.post(id, 1, &[w.unavailable(&work), w.scored(&next, 60, 2)], true);
    w.post(id, 2, &[w.unavailable(&work), w.scored(&next, 60, 2)], true);
    let view = w.view(id, &work);
    // A quorum could not get it, so its deposit comes back and the one behind it is paid.
    assert_eq!((view.verdict, view.flags), (Verdict::Unsettled, 2 | 32));
    assert_eq!(w.client().state(&id).tallies.get(0).unwrap().disagreed, 1);
    assert_eq!(w.balance(&next.solver), 2_000);
    assert_eq!(w.client().state(&id).fee_budget, 1_000 - 10);
    w.check();
}

#[test]
fn every_oracle_may_be_needed() {
    let w = World::new();
    let terms = Terms { quorum: 3, ..w.terms() };
    let id = w.open(&terms);
    let work = w.work(id);
    w.post(id, 0, &[w.scored(&work, 60, 1)], true);
    w.post(id, 1, &[w.scored(&work, 60, 1)], true);
    w.pass(terms.patience);
    refused(w.client().try_settle(&id, &w.settlements(&[&work])), Error::NothingToSettle);
    w.post(id, 2, &[w.rejected(&work, 1)], true);
    // With m = n a single oracle can veto; it cannot take the prize or the deposit.
    assert_eq!(w.view(id, &work).verdict, Verdict::Unsettled);
    assert_eq!(w.client().state(&id).unsettled_eligible, 0);
    w.check();
}

#[test]
fn one_oracle_alone_decides_at_once() {
    let w = World::new();
    let id = w.open(&Terms { oracles: vec![&w.e, w.oracles[0].clone()], quorum: 1, ..w.terms() });
    let work = w.work(id);
    w.post(id, 0, &[w.scored(&work, 60, 1)], true);
    assert_eq!(w.balance(&work.solver), 2_000);
    w.check();
}

#[test]
fn a_vote_that_contradicts_itself_is_refused() {
    let w = World::new();
    let id = w.open(&w.terms());
    let work = w.work(id);
    let scored = w.scored(&work, 60, 1);
    let bad = [
        Vote { reason: 1, ..scored.clone() },
        Vote { units: 1, ..scored.clone() },
        w.rejected(&work, 0),
        w.rejected(&work, 256),
        Vote { score: 1, ..w.rejected(&work, 1) },
        Vote { content_hash: w.bytes(1), ..w.rejected(&work, 1) },
        Vote { score: 1, ..w.unavailable(&work) },
        Vote { verdict: Verdict::Pending, ..w.unavailable(&work) },
        Vote { verdict: Verdict::Duplicate, ..scored.clone() },
        Vote { verdict: Verdict::Unsettled, ..w.unavailable(&work) },
        Vote { verdict: Verdict::Void, ..w.unavailable(&work) },
    ];
    for vote in bad {
        let votes = vec![&w.e, vote];
        refused(w.client().try_post_scores(&w.oracles[0], &id, &w.cid(8), &votes, &true), Error::BadVerdict);
    }
}

#[test]
fn without_a_deposit_nothing_waits_for_the_unsettled() {
    let w = World::new();
    let id = w.open(&Terms { deposit: 0, silence_share: 0, ..w.terms() });
    let work = w.work(id);
    for oracle in 0..3 {
        w.post(id, oracle, &[w.scored(&work, oracle as i64 * 10, 1)], true);
    }
    assert_eq!((w.view(id, &work).verdict, w.view(id, &work).flags), (Verdict::Unsettled, 0));
    refused(w.client().try_release_payment(&id, &work.solver, &1), Error::NothingOwed);
}
