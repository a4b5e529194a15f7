//! Units belong to payment per unit, within the largest batch.
use super::super::world::refused;
use super::*;
use crate::errors::Error;

#[test]
fn a_batch_has_one_unit_to_the_largest_number() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let solver = w.solver();
    for units in [0, 1_001, u32::MAX] {
        refused(w.client().try_submit(&solver, &id, &1, &w.cid(9), &units, &0), Error::BadUnits);
    }
    submit(&w, id, &solver, 1_000);
    batch(&w, id, 1);
}

#[test]
fn elsewhere_there_are_no_units() {
    let w = World::new();
    let ranked = Payout::Ranked(Ranked { prizes: soroban_sdk::vec![&w.e, 5] });
    for payout in [w.terms().payout, ranked] {
        let id = w.open(&Terms { payout, ..w.terms() });
        refused(w.client().try_submit(&w.solver(), &id, &1, &w.cid(9), &1, &0), Error::BadUnits);
    }
}

#[test]
fn there_is_nothing_to_rank_or_to_earn() {
    let w = World::new();
    let terms = terms(&w);
    let id = w.open(&terms);
    let oracle = &w.oracles[0];
    refused(w.client().try_post_ranking(oracle, &id, &w.cid(8), &soroban_sdk::vec![&w.e]), Error::WrongRule);
    refused(w.client().try_post_earnings(oracle, &id, &1, &w.bytes(1), &1, &w.cid(8)), Error::WrongRule);
}
