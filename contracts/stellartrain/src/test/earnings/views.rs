//! What can be read of earnings.
use super::super::world::refused;
use super::*;
use crate::errors::Error;

#[test]
fn before_anything_was_posted() {
    let w = World::new();
    let id = w.open(&terms(&w));
    assert_eq!(w.client().earnings(&id), Earnings::default());
    assert_eq!((w.client().claimed(&id, &w.maker), w.client().board(&id).len()), (0, 0));
    refused(w.client().try_epoch(&id, &1), Error::NoEpoch);
    refused(w.client().try_epoch(&id, &0), Error::NoEpoch);
}

#[test]
fn each_epoch_stays_readable() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let people = labelers(&w, 1);
    let first = epoch(&w, id, 1, &[(&people[0], 10)]);
    let posted = w.now();
    w.pass(60);
    let second = epoch(&w, id, 2, &[(&people[0], 30)]);
    assert_eq!(w.client().epoch(&id, &1), Epoch { root: first.root(&w.e), total: 10, time: posted });
    assert_eq!(w.client().epoch(&id, &2), Epoch { root: second.root(&w.e), total: 30, time: posted + 60 });
    claim(&w, id, 1, &first, 0);
    assert_eq!((w.client().claimed(&id, &people[0]), w.client().earnings(&id).claimed), (10, 10));
}
