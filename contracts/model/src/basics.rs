//! The plain values that every rule speaks of.

/// Unix seconds of the ledger's close; no other clock counts.
pub type Time = u64;
/// Units of a token.
pub type Amount = i128;
/// Units of 1e-7, so that NaN, infinity and "n/a" cannot be written down.
pub type Score = i64;
/// A submission's number in its challenge, from 1.
pub type Number = u32;

/// An account or a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(pub u32);

/// A token's contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token(pub u32);

/// No single amount may be larger, so that no sum that the rules make can overflow.
pub const MAX_AMOUNT: Amount = 1_000_000_000_000_000_000_000_000_000;
/// A batch of votes or of submissions to settle holds at most this many.
pub const MAX_BATCH: usize = 40;
/// Seconds of a day; days change at midnight UTC.
pub const DAY: Time = 86_400;

/// Refuses unless the condition holds.
pub fn require<E>(condition: bool, refusal: E) -> Result<(), E> {
    if condition {
        Ok(())
    } else {
        Err(refusal)
    }
}
