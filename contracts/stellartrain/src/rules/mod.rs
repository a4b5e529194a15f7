//! The decisions of the contract as functions of plain values: no ledger, no storage, no money.
pub mod attempts;
pub mod board;
pub mod earnings;
pub mod fees;
pub mod owed;
pub mod payout;
pub mod queue;
pub mod ranking;
pub mod rounding;
pub mod silence;
pub mod sums;
pub mod times;
pub mod verdict;

/// A challenge names at most this many oracles.
pub const MAX_ORACLES: u32 = 5;
/// A batch of votes, of settlements or of names holds at most this many.
pub const MAX_BATCH: u32 = 40;
/// An oracle's URL has at most this many bytes.
pub const MAX_URL: u32 = 128;
/// The codecs of a content identifier: raw bytes, UnixFS.
pub const CODECS: [u32; 2] = [0x55, 0x70];
