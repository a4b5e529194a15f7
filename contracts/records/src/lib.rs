//! StellarTrain's second contract: solvers' records, folded from final submissions, and badges that their winners mint.
//!
//! It reads the main contract's `outcome` and trusts no one else; it holds no money and has no owner.
//!
//! * `contract`: every entry point
//! * `types`, `events`, `errors`: what clients see
//! * `outcome`: the one view of the main contract that is read
//! * `metadata`, `cid`, `text`: a badge's document and its name on IPFS, composed from what is stored
//! * `storage`: keys and lifetimes
#![no_std]
#![deny(unsafe_code)]

mod cid;
pub mod contract;
pub mod errors;
pub mod events;
mod metadata;
pub mod outcome;
mod storage;
mod text;
pub mod types;

#[cfg(test)]
mod test;

pub use contract::{Records, RecordsClient};
