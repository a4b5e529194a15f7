//! StellarTrain: escrow, grading and payment of machine-learning challenges on Stellar.
//!
//! * `contract`: every entry point, the table of contents of the product
//! * `types`, `events`, `errors`: what clients see
//! * `rules`: the decisions, as functions of plain values; specified by `contracts/model`
//! * `flows`: how a call runs: load, apply the rules, store, move money
//! * `storage`, `entry`, `board`: keys, lifetimes and the packed forms of a submission and of a board
//! * `money`, `gate`: calls to other contracts, the only code that trusts no one's return value
#![no_std]
#![deny(unsafe_code)]
extern crate alloc;

mod board;
pub mod contract;
mod entry;
pub mod errors;
pub mod events;
mod flows;
mod gate;
mod judge;
mod money;
mod rules;
mod storage;
pub mod types;

#[cfg(test)]
mod test;

pub use contract::{StellarTrain, StellarTrainClient};
