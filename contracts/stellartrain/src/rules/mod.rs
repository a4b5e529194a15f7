//! The decisions of the contract, as functions of plain values: nothing here reads or writes the ledger.
//!
//! They follow the executable specification in `contracts/model` file by file.
pub mod attempts;
pub mod board;
pub mod close;
pub mod fees;
pub mod payout;
pub mod phase;
pub mod queue;
pub mod records;
pub mod rounding;
pub mod sums;
pub mod terms;
pub mod verdict;

/// The longest list of oracles.
pub const MAX_ORACLES: usize = 5;
/// Submissions in one call.
pub const MAX_BATCH: u32 = 40;
/// Bytes of an oracle's URL.
pub const MAX_URL: u32 = 128;
/// Bytes of the sealed shares of a challenge key.
pub const MAX_SHARES: u32 = 1_024;
/// Siblings in a proof of earnings.
pub const MAX_PROOF: u32 = 40;
/// Multicodecs of raw bytes and of UnixFS.
pub const CODECS: [u32; 2] = [0x55, 0x70];
