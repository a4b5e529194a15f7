//! StellarTrain: escrow, grading and payment of machine-learning challenges. Start reading at `contract`.
#![no_std]

pub mod contract;
pub mod errors;
pub mod events;
mod flows;
mod storage;
pub mod types;
