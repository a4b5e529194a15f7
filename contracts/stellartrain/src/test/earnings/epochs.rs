//! Epochs follow each other, each by a quorum of equal votes.
use super::super::world::refused;
use super::*;
use crate::errors::Error;

fn counts(w: &World, id: u32) -> std::vec::Vec<(u32, u32, u32)> {
    let tallies = w.client().state(&id).tallies.iter();
    tallies.map(|tally| (tally.votes, tally.agreed, tally.disagreed)).collect()
}

/// Three trees that differ.
fn three(w: &World, id: u32) -> [Tree; 3] {
    let people = labelers(w, 1);
    [10, 20, 30].map(|amount| Tree::of(w, id, 1, &[(&people[0], amount)]))
}

#[test]
fn two_equal_votes_make_an_epoch_and_the_dissenter_is_on_record() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let [x, y, _] = three(&w, id);
    assert!(!post(&w, id, 2, 1, &x, 50));
    assert!(!post(&w, id, 0, 1, &y, 50));
    assert_eq!((w.client().earnings(&id).epochs, counts(&w, id)[0]), (0, (1, 0, 0)));
    assert!(post(&w, id, 1, 1, &y, 50));
    assert_eq!(counts(&w, id), [(1, 1, 0), (1, 1, 0), (1, 0, 1)]);
    assert_eq!(w.client().epoch(&id, &1), Epoch { root: y.root(&w.e), total: 50, time: w.now() });
}

#[test]
fn another_total_is_another_vote() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let [x, _, _] = three(&w, id);
    assert!(!post(&w, id, 0, 1, &x, 50));
    assert!(!post(&w, id, 1, 1, &x, 51));
    assert!(post(&w, id, 2, 1, &x, 51));
    assert_eq!(w.client().earnings(&id).total, 51);
}

#[test]
fn a_vote_is_given_once_and_not_changed() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let [x, y, _] = three(&w, id);
    post(&w, id, 0, 1, &x, 50);
    for tree in [&x, &y] {
        let again = w.client().try_post_earnings(&w.oracles[0], &id, &1, &tree.root(&w.e), &50, &w.cid(8));
        refused(again, Error::AlreadyPosted);
    }
}

#[test]
fn epochs_have_no_gaps_and_no_repetition() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let [x, y, _] = three(&w, id);
    let number = |epoch| w.client().try_post_earnings(&w.oracles[2], &id, &epoch, &y.root(&w.e), &60, &w.cid(8));
    for wrong in [0, 2, u32::MAX] {
        refused(number(wrong), Error::WrongEpoch);
    }
    post_by_quorum(&w, id, 1, &x, 50);
    // The third oracle comes too late; what has its quorum does not change.
    refused(number(1), Error::WrongEpoch);
    refused(number(3), Error::WrongEpoch);
    assert!(number(2).is_ok());
    assert_eq!(w.client().epoch(&id, &1).root, x.root(&w.e));
}

#[test]
fn when_all_have_voted_differently_the_next_vote_starts_anew() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let trees = three(&w, id);
    for (oracle, tree) in trees.iter().enumerate() {
        assert!(!post(&w, id, oracle, 1, tree, 50));
    }
    // Nobody is said to be wrong, and whoever erred may now vote with another.
    assert!(!post(&w, id, 1, 1, &trees[2], 50));
    assert!(post(&w, id, 2, 1, &trees[2], 50));
    assert_eq!(counts(&w, id), [(1, 0, 0), (2, 1, 0), (2, 1, 0)]);
    w.check();
}

#[test]
fn after_the_patience_two_votes_that_differ_make_room() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let [x, y, _] = three(&w, id);
    post(&w, id, 0, 1, &x, 50);
    w.pass(terms.patience);
    post(&w, id, 1, 1, &y, 50);
    w.pass(terms.patience - 1);
    let again = w.client().try_post_earnings(&w.oracles[0], &id, &1, &y.root(&w.e), &50, &w.cid(8));
    refused(again, Error::AlreadyPosted);
    w.pass(1);
    assert!(!post(&w, id, 0, 1, &y, 50));
    // The votes before it are gone: the second oracle votes again.
    assert!(post(&w, id, 1, 1, &y, 50));
}

#[test]
fn a_late_vote_that_completes_a_quorum_is_no_new_start() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let [x, y, _] = three(&w, id);
    post(&w, id, 0, 1, &x, 50);
    post(&w, id, 1, 1, &y, 50);
    w.pass(terms.patience);
    assert!(post(&w, id, 2, 1, &y, 50));
    assert_eq!(counts(&w, id), [(1, 0, 1), (1, 1, 0), (1, 1, 0)]);
}

#[test]
fn a_late_vote_of_a_third_kind_starts_anew() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let [x, y, z] = three(&w, id);
    post(&w, id, 0, 1, &x, 50);
    post(&w, id, 1, 1, &y, 50);
    w.pass(terms.patience);
    assert!(!post(&w, id, 2, 1, &z, 50));
    assert!(post(&w, id, 0, 1, &z, 50));
}

#[test]
fn fewer_votes_than_the_quorum_wait_for_ever() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let [x, y, _] = three(&w, id);
    post(&w, id, 0, 1, &x, 50);
    w.pass(10 * terms.patience);
    let changed = w.client().try_post_earnings(&w.oracles[0], &id, &1, &y.root(&w.e), &50, &w.cid(8));
    refused(changed, Error::AlreadyPosted);
    assert!(post(&w, id, 1, 1, &x, 50));
}

#[test]
fn votes_on_one_epoch_do_not_count_for_the_next() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let [x, _, _] = three(&w, id);
    post_by_quorum(&w, id, 1, &x, 50);
    assert!(!post(&w, id, 0, 2, &x, 50));
    assert!(post(&w, id, 1, 2, &x, 50));
}

#[test]
fn one_oracle_alone_posts_at_once() {
    let w = World::new();
    let id = w.open(&Terms { oracles: Vec::from_slice(&w.e, &w.oracles[..1]), quorum: 1, ..terms(&w) });
    let [x, y, _] = three(&w, id);
    assert!(post(&w, id, 0, 1, &x, 10) && post(&w, id, 0, 2, &y, 20));
}
