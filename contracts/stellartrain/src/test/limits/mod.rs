//! What the committed wasm needs of the public network's limits: the environment refuses a call that goes beyond them. What
//! each call costs is in `snapshots/cost.json`, which the client's tests measure on a ledger that enforces footprints.
extern crate std;
use super::world::*;
use crate::types::*;
use soroban_sdk::{BytesN, Vec};

mod crowded;
mod forty;
mod sizes;

/// What one transaction may publish on the public network. (Of 200 entries that it may write, forty payments take 84.)
const EVENT_BYTES: u32 = 16_384;

/// Forty submissions of forty solvers.
fn forty(w: &World, id: u32, units: u32) -> std::vec::Vec<Work> {
    (0..40).map(|_| w.submit_carrying(id, &w.solver(), units, 15)).collect()
}

/// Different contents, as long as they can be.
fn content(w: &World, work: &Work) -> BytesN<32> {
    let mut bytes = [0xff; 32];
    bytes[..4].copy_from_slice(&work.number.to_be_bytes());
    BytesN::from_array(&w.e, &bytes)
}

fn names(w: &World, works: &[Work]) -> Vec<SubmissionId> {
    Vec::from_iter(&w.e, works.iter().map(|work| SubmissionId { solver: work.solver.clone(), attempt: work.attempt }))
}
