//! Solvers who submit in the same ledger land in either order: nobody fails, and the order decides who came first.
extern crate std;
use super::super::world::World;
use crate::types::*;

fn declared(w: &World) -> (u32, u32) {
    let used = w.e.cost_estimate().resources();
    (used.memory_read_entries + used.disk_read_entries, used.write_entries)
}

#[test]
fn twenty_declare_the_same_whoever_lands_before_them() {
    for payout in
        [Payout::Bounty(Bounty { reward: 1_000, winners: 2 }), Payout::PerUnit(PerUnit { rate: 3, max_units: 10 })]
    {
        let w = World::new();
        let units = u32::from(matches!(payout, Payout::PerUnit(_)));
        let id = w.open(&Terms { payout, ..w.terms() });
        let solvers: std::vec::Vec<_> = (0..20).map(|_| w.solver()).collect();
        let mut first = None;
        for (i, solver) in solvers.iter().enumerate() {
            assert_eq!(w.client().submit(solver, &id, &1, &w.cid(9), &units, &10), i as u32 + 1);
            assert_eq!(*first.get_or_insert(declared(&w)), declared(&w));
        }
        w.check();
    }
}

#[test]
fn the_one_that_landed_first_wins_the_only_prize() {
    for swapped in [false, true] {
        let w = World::new();
        let id = w.open(&Terms { payout: Payout::Bounty(Bounty { reward: 1_000, winners: 1 }), ..w.terms() });
        let mut solvers = [w.solver(), w.solver()];
        if swapped {
            solvers.reverse();
        }
        let works = [w.submit(id, &solvers[0]), w.submit(id, &solvers[1])];
        // The second has the better score; being first is what counts.
        w.grade(id, &[w.scored(&works[0], 60, 1), w.scored(&works[1], 90, 2)]);
        assert_eq!((w.balance(&solvers[0]), w.release(id, &works[1])), (2_000, 20));
        w.check();
    }
}

#[test]
fn of_two_with_the_same_content_the_later_is_the_copy() {
    let w = World::new();
    let id = w.open(&w.terms());
    let works = [w.work(id), w.work(id)];
    w.grade(id, &[w.scored(&works[0], 60, 1), w.scored(&works[1], 60, 1)]);
    assert_eq!((w.balance(&works[0].solver), w.balance(&works[1].solver)), (2_000, 980));
    assert_eq!(w.view(id, &works[1]).verdict, Verdict::Duplicate);
    w.check();
}
