//! The copy is the later one, in this challenge, and its deposit is lost.
use super::world::World;
use crate::types::*;

#[test]
fn the_later_submission_of_the_same_content_is_the_duplicate() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (a, b) = (w.work(id), w.work(id));
    w.grade(id, &[w.scored(&a, 30, 1), w.scored(&b, 30, 1)]);
    assert_eq!((w.view(id, &a).verdict, w.view(id, &b).verdict), (Verdict::Scored, Verdict::Duplicate));
    assert_eq!((w.balance(&a.solver), w.balance(&b.solver)), (1_000, 980));
    assert_eq!(w.client().content(&id, &w.bytes(1)), a.number);
    // The lost deposit of 20 pays both oracles, what is over goes to the escrow.
    let state = w.client().state(&id);
    assert_eq!((state.escrow, state.deposits, state.fee_budget), (2_010, 0, 990));
    w.check();
}

#[test]
fn a_copy_wins_nothing_even_if_the_original_lost() {
    let w = World::new();
    let id = w.open(&w.terms());
    let a = w.work(id);
    w.grade(id, &[w.scored(&a, 30, 1)]);
    let b = w.work(id);
    w.grade(id, &[w.scored(&b, 90, 1)]);
    assert_eq!((w.view(id, &b).verdict, w.client().state(&id).winners), (Verdict::Duplicate, 0));
}

#[test]
fn another_challenge_knows_nothing_of_it() {
    let w = World::new();
    let (one, two) = (w.open(&w.terms()), w.open(&w.terms()));
    let (a, b) = (w.work(one), w.work(two));
    w.grade(one, &[w.scored(&a, 60, 1)]);
    w.grade(two, &[w.scored(&b, 60, 1)]);
    assert_eq!(w.view(two, &b).verdict, Verdict::Scored);
    w.check();
}

#[test]
fn rejected_work_claims_no_content() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (a, b) = (w.work(id), w.work(id));
    w.grade(id, &[w.rejected(&a, 1), w.rejected(&b, 1)]);
    assert_eq!(w.view(id, &b).verdict, Verdict::Rejected);
    assert_eq!(w.client().content(&id, &w.bytes(0)), 0);
}

#[test]
fn post_scores_settles_only_the_content_that_it_votes_for() {
    let w = World::new();
    let id = w.open(&Terms { quorum: 2, ..w.terms() });
    let (a, b) = (w.work(id), w.work(id));
    // Two oracles agree on the second submission while the first is open; the third thinks otherwise.
    w.post(id, 0, &[w.scored(&a, 60, 1), w.scored(&b, 60, 2)], true);
    w.post(id, 1, &[w.rejected(&a, 1), w.scored(&b, 60, 2)], true);
    w.post(id, 2, &[w.scored(&a, 60, 1), w.scored(&b, 60, 3)], true);
    assert_eq!(w.client().state(&id).finalized, 1);
    w.client().settle(&id, &w.settlements(&[&b]));
    assert_eq!(w.view(id, &b).content_hash, w.bytes(2));
    assert_eq!(w.client().state(&id).tallies.get(2).unwrap().disagreed, 1);
    w.check();
}
