//! An oracle registers a new key while work encrypted to its old one waits to be graded.
use super::super::world::World;

#[test]
fn the_challenge_keeps_the_version_that_was_accepted() {
    let w = World::new();
    let id = w.open(&w.terms());
    let before = w.work(id);
    let old = w.client().oracle_key(&w.oracles[0], &1);
    assert_eq!(w.register(&w.oracles[0], 77), 2);
    let after = w.work(id);
    // Both submissions are to be opened with version 1, which is still there, unchanged.
    assert_eq!(w.client().state(&id).accepted.get(0), Some(1));
    assert_eq!(w.client().oracle_key(&w.oracles[0], &1), old);
    w.grade(id, &[w.scored(&before, 60, 1), w.scored(&after, 60, 2)]);
    assert_eq!((w.balance(&before.solver), w.balance(&after.solver)), (2_000, 2_000));
    w.check();
}

#[test]
fn a_challenge_accepted_later_has_the_new_one() {
    let w = World::new();
    let terms = w.terms();
    let waiting = w.client().create_challenge(&w.maker, &terms, &2_000, &1_000);
    let earlier = w.open(&terms);
    w.register(&w.oracles[0], 77);
    w.accept(waiting);
    let version = |id| w.client().state(&id).accepted.get(0);
    assert_eq!((version(earlier), version(waiting)), (Some(1), Some(2)));
    assert_eq!(w.client().oracle_key(&w.oracles[0], &2).key, w.bytes(77));
}
