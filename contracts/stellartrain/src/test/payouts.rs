//! One walk through each payout rule, from creation to the last unit, on the native contract and on the wasm.
extern crate std;
use super::tree::Tree;
use super::world::*;
use crate::types::*;

/// After the end: every oracle withdraws, the maker closes, and nothing is left.
fn wind_up(w: &World, id: u32) {
    for oracle in w.client().challenge(&id).terms.oracles.iter() {
        let _ = w.client().try_withdraw_fees(&oracle, &id);
    }
    let _ = w.client().try_close(&id);
    assert_eq!(w.balance(&w.contract), 0);
    assert!(w.state(id).folded);
    w.check();
}

#[test]
fn a_bounty_pays_the_first_who_reach_the_threshold() {
    on_both(|w| {
        for n in [1, 3, 5] {
            let terms = w.terms_of(n);
            let id = w.open(&terms);
            assert_eq!(w.client().phase(&id), Phase::Open);
            let works = [w.work(id), w.work(id), w.work(id)];
            w.grade(id, &[w.scored(&works[0], 59, 1), w.rejected(&works[1], 3), w.scored(&works[2], 50, 2)]);
            assert_eq!(w.client().phase(&id), Phase::Ended);
            let fee = 5 * n.div_ceil(2) as i128;
            let balances = works.each_ref().map(|work| w.balance(&work.solver));
            assert_eq!(balances, [2_000, 1_000 - fee.min(20), 2_000]);
            assert_eq!(w.view(id, &works[0]).score, 50);
            assert_eq!(w.client().board(&id).iter().map(|place| place.due).collect::<std::vec::Vec<_>>(), [true, true]);
            let before = w.balance(&w.maker);
            assert_eq!(w.client().withdraw_fees(&w.oracles[0], &id), 3 * 5);
            wind_up(&w, id);
            assert_eq!(w.balance(&w.maker) - before, 1_000 - 3 * fee + fee.min(20));
            let record = w.client().oracle(&w.oracles[0]);
            assert_eq!((record.votes, record.agreed, record.missing), (3 * record.folded, 3 * record.folded, 0));
        }
    });
}

#[test]
fn a_ranking_pays_by_the_private_scores() {
    on_both(|w| {
        let terms = w.ranked(&[600, 300, 100]);
        let id = w.open(&terms);
        let works = [w.work(id), w.work(id)];
        w.grade(id, &[w.scored(&works[0], 90, 1), w.scored(&works[1], 80, 2)]);
        assert_eq!(w.client().board(&id).iter().map(|place| place.prize).collect::<std::vec::Vec<_>>(), [600, 300]);
        w.go_to(terms.deadline);
        let rows = [(&works[1], 77), (&works[0], 75)];
        assert!(!w.rank(id, &w.oracles[0], &rows));
        assert!(w.rank(id, &w.oracles[2], &rows));
        assert_eq!((w.release(id, &works[1]), w.release(id, &works[0])), (600, 300));
        assert_eq!(w.client().withdraw_fees(&w.oracles[2], &id), 5);
        assert_eq!(w.client().close(&id), 100 + 1_000 - 3 * 10);
        wind_up(&w, id);
    });
}

#[test]
fn units_are_paid_as_accepted() {
    on_both(|w| {
        let terms = w.per_unit(2, 100);
        let id = w.open(&terms);
        let solver = w.solver();
        let work = w.submit_units(id, &solver, 100);
        assert_eq!(w.state(id).purse.reserved, 200);
        w.grade(id, &[w.accepted(&work, 60)]);
        assert_eq!(w.balance(&solver), 1_000 + 120);
        assert_eq!(w.state(id).purse.escrow, 10_000 - 120);
        w.go_to(terms.deadline);
        assert_eq!(w.client().close(&id), 10_000 - 120 + 1_000 - 10);
        wind_up(&w, id);
    });
}

#[test]
fn earnings_are_claimed_by_proof() {
    on_both(|w| {
        let terms = w.earnings();
        let id = w.open(&terms);
        let labelers = [w.solver(), w.solver(), w.solver()];
        let tree = Tree::of(&w.contract, id, 1, &[(&labelers[0], 10), (&labelers[1], 20), (&labelers[2], 30)]);
        let (left, right) = tree.children(&w.e);
        for oracle in [0, 2] {
            w.client().post_earnings(&w.oracles[oracle], &id, &1, &left, &right, &w.cid(4));
        }
        assert_eq!(w.client().epoch(&id, &1).root, w.bytes_of(tree.root().0));
        for (place, (labeler, sum)) in tree.earned.iter().enumerate() {
            assert_eq!(w.client().claim(&id, &1, labeler, sum, &tree.proof(&w.e, place)), *sum);
        }
        w.go_to(terms.grade_by);
        assert_eq!(w.client().close(&id), 10_000 - 60 + 1_000 - 10);
        wind_up(&w, id);
    });
}
