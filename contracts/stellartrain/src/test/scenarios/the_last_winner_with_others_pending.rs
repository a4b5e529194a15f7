//! The last winner of a bounty is found while other submissions wait, some with votes already.
extern crate std;
use super::super::world::{refused, World};
use crate::errors::Error;
use crate::types::*;

#[test]
fn what_waits_is_void_its_deposits_go_back_and_the_maker_waits_for_nobody() {
    let w = World::new();
    let terms = Terms { payout: Payout::Bounty(Bounty { reward: 1_000, winners: 1 }), ..w.terms() };
    let id = w.open(&terms);
    let works = [w.work(id), w.work(id), w.work(id), w.work(id)];
    // The third was voted to reject by one, the fourth by nobody.
    w.post(id, 2, &[w.scored(&works[0], 60, 1), w.scored(&works[1], 90, 2), w.rejected(&works[2], 1)], false);
    w.grade(id, &[w.scored(&works[0], 60, 1), w.scored(&works[1], 90, 2)]);
    assert_eq!((w.client().state(&id).status, w.client().state(&id).finalized), (Status::Ended, 1));
    let fate = |i: usize| w.client().outcome(&id, &works[i].solver, &1);
    for i in 1..4 {
        // Told before any call has written it.
        assert_eq!((fate(i).verdict, fate(i).prize, fate(i).last), (Verdict::Void, 0, true));
    }
    assert_eq!(w.client().close(&id), 1_000 - 10);
    assert!([3, 1, 2].iter().all(|i| w.release(id, &works[*i]) == 20));
    for work in &works {
        refused(w.client().try_release_payment(&id, &work.solver, &1), Error::NothingOwed);
    }
    // The oracles' votes on what became void are neither right nor wrong.
    let tallies = w.client().state(&id).tallies;
    assert!(tallies.iter().all(|tally| (tally.agreed, tally.disagreed) == (1, 0)));
    w.check();
}

#[test]
fn in_the_same_batch_the_rest_stays_open() {
    let w = World::new();
    let id = w.open(&w.terms());
    let works: std::vec::Vec<_> = (0..5).map(|_| w.work(id)).collect();
    let votes: std::vec::Vec<Vote> = works.iter().map(|work| w.scored(work, 60, work.number as u8)).collect();
    w.grade(id, &votes);
    assert_eq!((w.client().state(&id).finalized, w.client().state(&id).winners), (2, 2));
    assert_eq!(w.client().content(&id, &w.bytes(3)), 0);
    assert!(works[2..].iter().all(|work| w.release(id, work) == 20));
    w.check();
}

#[test]
fn the_winners_own_later_attempt_is_void_like_the_others() {
    let w = World::new();
    let terms = Terms { payout: Payout::Bounty(Bounty { reward: 1_000, winners: 1 }), ..w.terms() };
    let id = w.open(&terms);
    let first = w.work(id);
    let second = w.submit(id, &first.solver);
    w.grade(id, &[w.scored(&first, 60, 1), w.scored(&second, 90, 2)]);
    assert_eq!((w.release(id, &second), w.balance(&first.solver)), (20, 2_000));
    w.check();
}
