//! Two oracles simulate against the same ledger; their calls land in either order. The outcome is the same, and what each
//! declared is enough for both places.
use super::super::earnings::tree::leaf;
use super::super::world::World;
use crate::types::*;
use soroban_sdk::{vec, BytesN, Vec};

const ORDERS: [[usize; 2]; 2] = [[0, 1], [1, 0]];

/// Entries that the last call declared: (all, for writing).
fn declared(w: &World) -> (u32, u32) {
    let used = w.e.cost_estimate().resources();
    (used.memory_read_entries + used.disk_read_entries, used.write_entries)
}

#[test]
fn votes_alone_touch_nothing_but_the_state_and_the_submissions() {
    for order in ORDERS {
        let w = World::new();
        let id = w.open(&w.terms());
        let work = w.work(id);
        let entries = order.map(|oracle| {
            w.post(id, oracle, &[w.scored(&work, 60, 1)], false);
            declared(&w)
        });
        assert_eq!(entries[0], entries[1]);
        w.client().settle(&id, &w.settlements(&[&work]));
        assert_eq!(w.balance(&work.solver), 2_000);
        assert_eq!(w.client().state(&id).fees, vec![&w.e, 5, 5, 0]);
        w.check();
    }
}

#[test]
fn with_settle_the_second_pays_whichever_it_is() {
    for order in ORDERS {
        let w = World::new();
        let id = w.open(&w.terms());
        let (work, copy) = (w.work(id), w.work(id));
        for oracle in order {
            w.post(id, oracle, &[w.scored(&work, 60, 1), w.scored(&copy, 60, 1)], true);
        }
        assert_eq!((w.balance(&work.solver), w.view(id, &copy).verdict), (2_000, Verdict::Duplicate));
        w.check();
    }
}

#[test]
fn a_ranking_declares_the_board_in_either_place() {
    for order in ORDERS {
        let w = World::new();
        let terms = Terms { payout: Payout::Ranked(Ranked { prizes: vec![&w.e, 500] }), ..w.terms() };
        let id = w.open(&terms);
        let work = w.work(id);
        w.grade(id, &[w.scored(&work, 60, 1)]);
        w.go_to(terms.deadline);
        let rows = vec![&w.e, RankingRow { solver: work.solver.clone(), attempt: 1, score: 60 }];
        let entries = order.map(|oracle| {
            w.client().post_ranking(&w.oracles[oracle], &id, &w.cid(8), &rows);
            declared(&w)
        });
        assert_eq!(entries[0], entries[1]);
        assert_eq!(w.release(id, &work), 500);
    }
}

#[test]
fn an_epoch_is_declared_by_the_first_vote_already() {
    for order in ORDERS {
        let w = World::new();
        let terms = Terms { payout: Payout::Earnings, deposit: 0, silence_share: 0, ..w.terms() };
        let id = w.open(&terms);
        let labeler = w.solver();
        let root = BytesN::from_array(&w.e, &leaf(&w.contract, id, 1, &labeler, 10));
        let entries = order.map(|oracle| {
            w.client().post_earnings(&w.oracles[oracle], &id, &1, &root, &10, &w.cid(8));
            declared(&w)
        });
        assert_eq!(entries[0], entries[1]);
        assert_eq!(w.client().claim(&id, &1, &labeler, &10, &Vec::new(&w.e)), 10);
        w.check();
    }
}
