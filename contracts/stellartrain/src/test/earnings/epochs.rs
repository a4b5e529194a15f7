//! Epochs follow each other, each by a quorum of equal votes.
use super::*;
use crate::errors::Error;

/// Three trees that differ.
fn three(w: &World, id: u32) -> [Tree; 3] {
    let people = labelers(w, 1);
    [10, 20, 30].map(|amount| tree(w, id, 1, &[(&people[0], amount)]))
}

#[track_caller]
fn try_post(w: &World, id: u32, oracle: usize, epoch: u32, tree: &Tree, error: Error) {
    let (left, right) = tree.children(&w.e);
    refused(w.client().try_post_earnings(&w.oracles[oracle], &id, &epoch, &left, &right, &w.cid(8)), error);
}

#[test]
fn two_equal_votes_make_an_epoch() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let [x, y, _] = three(&w, id);
    assert!(!post(&w, id, 2, 1, &x));
    assert!(!post(&w, id, 0, 1, &y));
    assert_eq!(w.client().earnings(&id), Earnings::default());
    refused(w.client().try_epoch(&id, &1), Error::NoEpoch);
    assert!(post(&w, id, 1, 1, &y));
    assert_eq!(w.client().epoch(&id, &1), Epoch { root: w.bytes_of(y.root().0), total: 20, time: w.now() });
    // Votes on epochs are no votes on submissions: the records do not count them.
    assert!(w.state(id).tallies.iter().all(|tally| tally == Tally::default()));
}

#[test]
fn five_oracles_need_three() {
    let w = World::new();
    let id = w.open(&Terms { oracles: w.first_oracles(5), ..w.earnings() });
    let [x, y, _] = three(&w, id);
    assert!(!post(&w, id, 0, 1, &x) && !post(&w, id, 1, 1, &x));
    assert!(!post(&w, id, 2, 1, &y) && !post(&w, id, 3, 1, &y));
    assert!(post(&w, id, 4, 1, &y));
}

#[test]
fn one_oracle_alone_posts_at_once() {
    let w = World::new();
    let id = w.open(&Terms { oracles: w.first_oracles(1), ..w.earnings() });
    let [x, y, _] = three(&w, id);
    assert!(post(&w, id, 0, 1, &x) && post(&w, id, 0, 2, &y));
}

#[test]
fn a_vote_can_be_replaced_until_the_quorum() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let [x, y, z] = three(&w, id);
    for tree in [&x, &y, &x, &z, &x] {
        assert!(!post(&w, id, 0, 1, tree));
    }
    // One oracle is one vote, however often it posts.
    assert!(!post(&w, id, 0, 1, &x));
    assert!(!post(&w, id, 1, 1, &y));
    assert!(!post(&w, id, 2, 1, &z));
    // All three differ, and are not stuck.
    assert!(post(&w, id, 2, 1, &y));
    assert_eq!((w.client().earnings(&id).total, w.state(id).purse.fees), (20, soroban_sdk::vec![&w.e, 0, 5, 5]));
    try_post(&w, id, 0, 1, &y, Error::WrongEpoch);
    w.check();
}

/// The root is what is voted on: the same total with other leaves, or the children the other way round, is another vote.
#[test]
fn another_tree_of_the_same_total_is_another_vote() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let people = labelers(&w, 2);
    let x = tree(&w, id, 1, &[(&people[0], 10), (&people[1], 20)]);
    let y = tree(&w, id, 1, &[(&people[1], 20), (&people[0], 10)]);
    assert!(!post(&w, id, 0, 1, &x));
    assert!(!post(&w, id, 1, 1, &y));
    assert!(post(&w, id, 2, 1, &y));
    assert_eq!(w.client().earnings(&id).total, 30);
}

#[test]
fn epochs_have_no_gaps_and_no_repetition() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let [x, y, _] = three(&w, id);
    for wrong in [0, 2, u32::MAX] {
        try_post(&w, id, 2, wrong, &y, Error::WrongEpoch);
    }
    post_by_quorum(&w, id, 1, &x);
    for wrong in [0, 1, 3] {
        try_post(&w, id, 2, wrong, &y, Error::WrongEpoch);
    }
    assert!(!post(&w, id, 2, 2, &y));
    assert_eq!(w.client().epoch(&id, &1).root, w.bytes_of(x.root().0));
}

#[test]
fn votes_on_one_epoch_do_not_count_for_the_next() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let [x, _, _] = three(&w, id);
    post_by_quorum(&w, id, 1, &x);
    assert!(!post(&w, id, 0, 2, &x));
    assert!(post(&w, id, 1, 2, &x));
}

#[test]
fn each_epoch_stays_readable() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let people = labelers(&w, 1);
    let first = epoch(&w, id, 1, &[(&people[0], 10)]);
    let posted = w.now();
    w.pass(60);
    let second = epoch(&w, id, 2, &[(&people[0], 30)]);
    let read = |number| w.client().epoch(&id, &number);
    assert_eq!(read(1), Epoch { root: w.bytes_of(first.root().0), total: 10, time: posted });
    assert_eq!(read(2), Epoch { root: w.bytes_of(second.root().0), total: 30, time: posted + 60 });
    claim(&w, id, 1, &first, 0);
    assert_eq!((w.client().claimed(&id, &people[0]), w.client().earnings(&id).claimed), (10, 10));
}
