//! Anybody may send a labeler what it has earned; it gets each unit once.
use super::*;
use crate::errors::Error;

#[test]
fn a_stranger_sends_everybody_its_own() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let people = labelers(&w, 3);
    let tree = epoch(&w, id, 1, &[(&people[0], 10), (&people[1], 200), (&people[2], 3_000)]);
    w.e.mock_auths(&[]);
    assert_eq!([2, 0, 1].map(|place| claim(&w, id, 1, &tree, place)), [3_000, 10, 200]);
    assert_eq!([0, 1, 2].map(|place| w.balance(&people[place])), [1_010, 1_200, 4_000]);
    assert_eq!(w.client().earnings(&id), Earnings { epochs: 1, total: 3_210, claimed: 3_210 });
    w.check();
}

#[test]
fn nothing_is_sent_twice() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let people = labelers(&w, 2);
    let tree = epoch(&w, id, 1, &[(&people[0], 10), (&people[1], 20)]);
    claim(&w, id, 1, &tree, 0);
    refused(w.client().try_claim(&id, &1, &people[0], &10, &proof(&w, &tree, 0)), Error::NothingOwed);
    assert_eq!((w.client().claimed(&id, &people[0]), w.client().claimed(&id, &people[1])), (10, 0));
    w.check();
}

#[test]
fn a_later_epoch_sends_the_difference() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let people = labelers(&w, 2);
    let first = epoch(&w, id, 1, &[(&people[0], 10), (&people[1], 20)]);
    assert_eq!(claim(&w, id, 1, &first, 0), 10);
    let second = epoch(&w, id, 2, &[(&people[0], 15), (&people[1], 100)]);
    assert_eq!((claim(&w, id, 2, &second, 0), claim(&w, id, 2, &second, 1)), (5, 100));
    // What the first epoch said is within that already.
    refused(w.client().try_claim(&id, &1, &people[1], &20, &proof(&w, &first, 1)), Error::NothingOwed);
    assert_eq!(w.client().earnings(&id).claimed, 115);
    w.check();
}

#[test]
fn an_old_epoch_can_be_claimed_for_ever() {
    let w = World::new();
    let terms = w.earnings();
    let id = w.open(&terms);
    let people = labelers(&w, 2);
    let first = epoch(&w, id, 1, &[(&people[0], 10), (&people[1], 20)]);
    let second = epoch(&w, id, 2, &[(&people[0], 15), (&people[1], 100)]);
    assert_eq!((claim(&w, id, 1, &first, 1), claim(&w, id, 2, &second, 1)), (20, 80));
    w.go_to(terms.grade_by);
    assert_eq!(claim(&w, id, 1, &first, 0), 10);
    assert_eq!(w.client().close(&id), 10_000 - 115 + 1_000 - 20);
    assert_eq!(claim(&w, id, 2, &second, 0), 5);
    w.check();
}

#[test]
fn one_labeler_stands_beside_nothing() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let people = labelers(&w, 1);
    let tree = epoch(&w, id, 1, &[(&people[0], 10_000)]);
    assert_eq!((proof(&w, &tree, 0).len(), claim(&w, id, 1, &tree, 0)), (1, 10_000));
    w.check();
}

#[test]
fn every_place_of_a_tree_has_its_proof() {
    let w = World::new();
    for n in [2, 3, 5, 8, 13] {
        let id = w.open(&w.earnings());
        let people = labelers(&w, n);
        let earned: std::vec::Vec<_> = people.iter().enumerate().map(|(i, who)| (who, i as i128 + 1)).collect();
        let tree = epoch(&w, id, 1, &earned);
        for place in 0..n {
            assert_eq!(claim(&w, id, 1, &tree, place), place as i128 + 1);
        }
        let Earnings { total, claimed, .. } = w.client().earnings(&id);
        assert_eq!(total, claimed);
    }
    w.check();
}

#[test]
fn a_labeler_that_cannot_receive_loses_nothing() {
    let w = World::new();
    let id = w.open(&w.earnings());
    let people = labelers(&w, 2);
    let tree = epoch(&w, id, 1, &[(&people[0], 10), (&people[1], 20)]);
    w.freeze(&people[0], true);
    assert!(w.client().try_claim(&id, &1, &people[0], &10, &proof(&w, &tree, 0)).is_err());
    assert_eq!((w.client().claimed(&id, &people[0]), w.client().earnings(&id).claimed), (0, 0));
    assert_eq!(claim(&w, id, 1, &tree, 1), 20);
    w.freeze(&people[0], false);
    assert_eq!(claim(&w, id, 1, &tree, 0), 10);
    w.check();
}
