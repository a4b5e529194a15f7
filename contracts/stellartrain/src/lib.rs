//! StellarTrain: escrow, grading and payment of machine-learning challenges on Stellar.
//!
//! * `contract`: every entry point, the table of contents of the product
//! * `types`, `events`, `errors`: what clients see
//! * `rules`: the decisions, as functions of plain values
//! * `flows`: how a call runs: load, apply the rules, store, move money
//! * `storage`, `entry`, `board`: keys, lifetimes and the packed forms of a submission and of a board
//! * `rows`: vectors of a batch's rows, made at once
//! * `money`: calls to tokens, the only code that trusts nobody's return value
#![no_std]
extern crate alloc;

mod board;
pub mod contract;
mod entry;
pub mod errors;
pub mod events;
mod flows;
#[cfg(target_family = "wasm")]
mod memory;
mod money;
mod rows;
mod rules;
mod storage;
pub mod types;

#[cfg(test)]
mod test;

pub use contract::{StellarTrain, StellarTrainClient};
