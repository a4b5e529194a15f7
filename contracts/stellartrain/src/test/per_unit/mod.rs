//! Batches of labels: a rate for each accepted unit, set aside when the batch is submitted.
extern crate std;
use super::world::{Work, World};
use crate::types::*;
use soroban_sdk::Address;

mod grading;
mod refusals;
mod reservation;
mod silence;
mod top_up;

/// 3 for a unit, batches of up to 1,000 units; 10,000 in the escrow.
fn terms(w: &World) -> Terms {
    Terms { payout: Payout::PerUnit(PerUnit { rate: 3, max_units: 1_000 }), ..w.terms() }
}

fn submit(w: &World, id: u32, labeler: &Address, units: u32) -> Work {
    let attempt = w.client().attempts(&id, labeler).attempts + 1;
    let number = w.client().submit(labeler, &id, &attempt, &w.cid(9), &units, &0);
    Work { solver: labeler.clone(), attempt, number }
}

/// A new labeler's first batch.
fn batch(w: &World, id: u32, units: u32) -> Work {
    submit(w, id, &w.solver(), units)
}

fn accepted(w: &World, work: &Work, units: u32) -> Vote {
    Vote { units, ..w.scored(work, 60, work.number as u8) }
}

/// (escrow, reserved)
fn money(w: &World, id: u32) -> (i128, i128) {
    let state = w.client().state(&id);
    (state.escrow, state.reserved)
}
