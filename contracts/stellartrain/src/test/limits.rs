//! The largest calls that anybody can be pushed to, on the release wasm: the environment refuses what the public network would.
//!
//! Hostile neighbours: five oracles that all vote differently until the last, the longest terms, a full table that every
//! submission turns over, forty of everything.
extern crate std;
use super::world::{Work, World};
use crate::types::*;
use soroban_sdk::{testutils::Address as _, Address, BytesN, Vec};

/// Five oracles, of which three must agree, and terms as long as they can be.
fn crowded(w: &World) -> (World, Terms) {
    let mut oracles = w.oracles.clone();
    for _ in 0..2 {
        let oracle = Address::generate(&w.e);
        w.register(&oracle, 1);
        oracles.push(oracle);
    }
    let (e, contract) = (w.e.clone(), w.contract.clone());
    let w = World { oracles, e, contract, asset: w.asset.clone(), maker: w.maker.clone() };
    let most = i64::MAX;
    let terms = Terms { quorum: 3, step: 1, threshold: -most, attempts: 40, attempts_per_day: 40, ..w.terms() };
    (w, terms)
}

fn content(w: &World, work: &Work) -> BytesN<32> {
    let mut bytes = [0xff; 32];
    bytes[..4].copy_from_slice(&work.number.to_be_bytes());
    BytesN::from_array(&w.e, &bytes)
}

/// Votes whose score grows with the number, so that each takes the first place of a table.
fn better_and_better(w: &World, works: &[Work], lie: i64) -> std::vec::Vec<Vote> {
    let units =
        |work: &Work| w.client().submissions(&1, &names(w, std::slice::from_ref(work))).get(0).map_or(0, |it| it.units);
    let vote = |work: &Work| Vote {
        content_hash: content(w, work),
        units: units(work),
        ..w.scored(work, i64::from(work.number) * 100 + lie, 0)
    };
    works.iter().map(vote).collect()
}

fn names(w: &World, works: &[Work]) -> Vec<SubmissionId> {
    Vec::from_iter(&w.e, works.iter().map(|work| SubmissionId { solver: work.solver.clone(), attempt: work.attempt }))
}

fn forty(w: &World, id: u32, units: u32) -> std::vec::Vec<Work> {
    let one = |_| {
        let solver = w.solver();
        let number = w.client().submit(&solver, &id, &1, &w.cid(9), &units, &15);
        Work { solver, attempt: 1, number }
    };
    (0..40).map(one).collect()
}

/// All five vote, two of them falsely, before one call settles and pays forty.
fn settle_forty(w: &World, id: u32, works: &[Work]) {
    for (oracle, lie) in [(0, 1), (1, 2), (2, 0), (3, 0)] {
        w.post(id, oracle, &better_and_better(w, works, lie), true);
    }
    w.post(id, 4, &better_and_better(w, works, 0), true);
    assert!(works.iter().all(|work| w.view(id, work).verdict == Verdict::Scored));
}

#[test]
fn a_full_batch_turns_over_a_full_table() {
    let (w, terms) = crowded(&World::on(true));
    let prizes = Vec::from_iter(&w.e, (0..40).map(|place| 1_000 - place));
    let terms = Terms { payout: Payout::Ranked(Ranked { prizes }), ..terms };
    let id = w.open(&terms);
    let first = forty(&w, id, 0);
    settle_forty(&w, id, &first);
    let second = forty(&w, id, 0);
    settle_forty(&w, id, &second);
    let board = w.client().board(&id);
    assert_eq!((board.len(), board.get(0).unwrap().number, board.get(39).unwrap().number), (40, 80, 41));

    // The longest ranking, by three of five.
    w.go_to(terms.deadline);
    let row = |work: &Work| RankingRow { solver: work.solver.clone(), attempt: 1, score: i64::from(work.number) << 40 };
    let rows = Vec::from_iter(&w.e, second.iter().rev().map(row));
    for oracle in 0..3 {
        w.client().post_ranking(&w.oracles[oracle], &id, &w.cid(8), &rows);
    }
    assert_eq!(w.release(id, &second[0]), 961);
    w.client().close(&id);
}

#[test]
fn a_full_batch_of_labels_is_paid() {
    let (w, terms) = crowded(&World::on(true));
    let terms = Terms { payout: Payout::PerUnit(PerUnit { rate: 1, max_units: 200 }), ..terms };
    let id = w.open(&terms);
    let works = forty(&w, id, 200);
    settle_forty(&w, id, &works);
    assert!(works.iter().all(|work| w.balance(&work.solver) == 1_200));
}

#[test]
fn a_full_batch_of_a_bounty_is_paid_and_ends_it() {
    let (w, terms) = crowded(&World::on(true));
    let terms = Terms { payout: Payout::Bounty(Bounty { reward: 1_000, winners: 40 }), ..terms };
    let id = w.open(&terms);
    let works = forty(&w, id, 0);
    settle_forty(&w, id, &works);
    assert_eq!(w.client().state(&id).status, Status::Ended);
    w.client().close(&id);
}

#[test]
fn a_full_batch_that_nobody_can_receive_is_held() {
    let (w, terms) = crowded(&World::on(true));
    let terms = Terms { payout: Payout::Bounty(Bounty { reward: 1_000, winners: 50 }), ..terms };
    let id = w.open(&terms);
    let works = forty(&w, id, 0);
    for work in &works {
        w.freeze(&work.solver, true);
    }
    settle_forty(&w, id, &works);
    assert!(works.iter().all(|work| w.view(id, work).flags == 3));
    assert_eq!(w.client().state(&id).held, 40_000);
}

#[test]
fn forty_without_a_verdict_become_final_in_one_call() {
    let (w, terms) = crowded(&World::on(true));
    let id = w.open(&terms);
    let works = forty(&w, id, 0);
    for oracle in 0..5 {
        w.post(id, oracle, &better_and_better(&w, &works, oracle as i64), false);
    }
    w.client().settle(&id, &w.settlements(&works.iter().collect::<std::vec::Vec<_>>()));
    assert_eq!(w.client().state(&id).unsettled, 40);
    w.client().extend(&id, &names(&w, &works));
    assert_eq!(w.client().submissions(&id, &names(&w, &works)).len(), 40);
}
