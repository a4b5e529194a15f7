//! `Earnings`: a total above its leaves stranded the difference for ever; one unit too much blocked every claim; ten epochs with
//! total 0 drained the fee budget. Now the total is the sum of the root's two children, a fee is paid only when it rises, and an
//! oracle may replace its vote until the quorum.
use super::super::tree::{branch, Tree};
use super::super::world::*;
use super::Stakes;
use crate::errors::Error;

fn post(w: &World, id: u32, oracle: usize, epoch: u32, tree: &Tree) -> bool {
    let (left, right) = tree.children(&w.e);
    w.client().post_earnings(&w.oracles[oracle], &id, &epoch, &left, &right, &w.cid(4))
}

#[test]
fn the_total_is_the_sum_of_the_leaves_and_every_claim_is_paid() {
    on_both(|w| {
        let id = w.open_with(&w.earnings(), 100, 100);
        let labelers = [w.solver(), w.solver()];
        let right = Tree::of(&w.contract, id, 1, &[(&labelers[0], 60), (&labelers[1], 40)]);
        // One unit too much is refused when it is posted, not when it is claimed.
        let wrong = Tree::of(&w.contract, id, 1, &[(&labelers[0], 61), (&labelers[1], 40)]);
        let (a, b) = wrong.children(&w.e);
        let posted = w.client().try_post_earnings(&w.oracles[0], &id, &1, &a, &b, &w.cid(4));
        refused(posted, Error::BadTotal);
        // A wrong vote is replaced.
        let less = Tree::of(&w.contract, id, 1, &[(&labelers[0], 59), (&labelers[1], 40)]);
        assert!(!post(&w, id, 0, 1, &less));
        assert!(!post(&w, id, 1, 1, &right));
        assert!(post(&w, id, 0, 1, &right));
        assert_eq!(w.client().epoch(&id, &1).total, 100);
        for (place, (labeler, sum)) in right.earned.iter().enumerate() {
            assert_eq!(w.client().claim(&id, &1, labeler, sum, &right.proof(&w.e, place)), *sum);
        }
        assert_eq!(w.client().earnings(&id).claimed, 100, "nothing is stranded");
        w.check();
    });
}

/// An evil oracle posts a total without leaves, alone: it never becomes an epoch.
#[test]
fn a_sum_that_nobody_can_claim_needs_a_quorum() {
    on_both(|w| {
        let terms = w.earnings();
        let id = w.open_with(&terms, 100, 100);
        let stakes = Stakes::of(&w, &[&w.oracles[2]]);
        let (left, right) = (branch(&w.e, ([9; 32], 100)), branch(&w.e, ([0; 32], 0)));
        assert!(!w.client().post_earnings(&w.oracles[2], &id, &1, &left, &right, &w.cid(4)));
        w.go_to(terms.grade_by);
        assert_eq!(w.client().close(&id), 200);
        assert!(w.client().try_withdraw_fees(&w.oracles[2], &id).is_err());
        assert_eq!(stakes.profit(), 0);
        w.check();
    });
}

/// A quorum of lazy oracles posts ten epochs in which nobody earns anything.
#[test]
fn epochs_in_which_nothing_is_earned_pay_nobody() {
    on_both(|w| {
        let terms = w.earnings();
        let id = w.open_with(&terms, 100, 100);
        for epoch in 1..=10 {
            let empty = Tree::of(&w.contract, id, epoch, &[]);
            post(&w, id, 0, epoch, &empty);
            assert!(post(&w, id, 1, epoch, &empty));
        }
        let purse = w.state(id).purse;
        assert_eq!((purse.budget, purse.fees.iter().sum::<i128>()), (100, 0));
        let labeler = w.solver();
        let tree = Tree::of(&w.contract, id, 11, &[(&labeler, 1)]);
        post(&w, id, 0, 11, &tree);
        assert!(post(&w, id, 1, 11, &tree));
        assert_eq!(w.state(id).purse.budget, 90, "one fee for the epoch in which the total rose");
        w.check();
    });
}
