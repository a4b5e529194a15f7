//! Two of three oracles go on without the third; it earns nothing and what it missed is on record.
extern crate std;
use super::super::world::World;
use crate::types::*;
use soroban_sdk::vec;

#[test]
fn the_others_settle_at_once_and_its_absence_is_counted() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let works: std::vec::Vec<_> = (0..4).map(|_| w.work(id)).collect();
    for (content, work) in works.iter().enumerate() {
        w.grade(id, &[w.scored(work, 10, content as u8 + 1)]);
    }
    assert_eq!(w.client().state(&id).finalized, 4);
    w.go_to(terms.deadline);
    w.client().close(&id);
    assert_eq!(w.client().state(&id).fees, vec![&w.e, 20, 20, 0]);
    let record = w.client().oracle(&w.oracles[2]);
    assert_eq!((record.accepted, record.closed, record.votes, record.missed), (1, 1, 0, 4));
    let record = w.client().oracle(&w.oracles[0]);
    assert_eq!((record.votes, record.agreed, record.missed), (4, 4, 0));
    w.check();
}

#[test]
fn when_all_are_needed_its_silence_leaves_everything_to_the_default() {
    let w = World::new();
    let terms = Terms { quorum: 3, ..w.terms() };
    let id = w.open(&terms);
    let work = w.work(id);
    w.grade(id, &[w.scored(&work, 60, 1)]);
    assert_eq!(w.view(id, &work).verdict, Verdict::Pending);
    w.go_to(terms.grade_by);
    assert_eq!(w.release(id, &work), 1_020);
    assert_eq!(w.client().close(&id), 1_000 + 1_000);
    assert_eq!(w.balance(&w.contract), 0);
}
