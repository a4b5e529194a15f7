//! What calls cost on the release wasm, under the public network's limits per transaction.
extern crate std;
use super::world::{Work, World};
use crate::types::*;
use soroban_sdk::testutils::Events;
use soroban_sdk::xdr::{Limits, WriteXdr};
use soroban_sdk::{testutils::Address as _, Address, BytesN, Vec};

/// A bounty whose every submission wins, with forty submissions of forty solvers.
fn forty(w: &World) -> (u32, std::vec::Vec<Work>) {
    let terms =
        Terms { payout: Payout::Bounty(Bounty { reward: 1_000, winners: 50 }), attempts_per_day: 1, ..w.terms() };
    let id = w.open(&terms);
    let works = (0..40).map(|_| w.work(id)).collect();
    (id, works)
}

fn winning(w: &World, works: &[Work]) -> std::vec::Vec<Vote> {
    let content = |i: usize| BytesN::from_array(&w.e, &[i as u8; 32]);
    works.iter().enumerate().map(|(i, work)| Vote { content_hash: content(i), ..w.scored(work, 60, 0) }).collect()
}

#[test]
fn one_transaction_pays_forty_within_the_networks_limits() {
    let w = World::on(true);
    let (id, works) = forty(&w);
    w.fund(&w.contract, 1);
    w.token().transfer(&w.solver(), &w.solver(), &1);
    let transfer = w.e.cost_estimate().resources();

    let votes = winning(&w, &works);
    w.post(id, 0, &votes, false);
    let voting = w.e.cost_estimate().resources();
    w.e.cost_estimate().budget().print();
    // The environment enforces the public network's limits for each call, and fails beyond them.
    w.post(id, 1, &votes, true);
    let paying = w.e.cost_estimate().resources();
    w.e.cost_estimate().budget().print();
    std::println!("transfer {transfer:?}\nvoting {voting:?}\npaying {paying:?}");
    assert!(works.iter().all(|work| w.balance(&work.solver) == 2_000));
}
