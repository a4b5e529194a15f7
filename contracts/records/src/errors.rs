//! Every refusal of the contract, numbered once and forever, from 1100 on: the main contract's numbers end below.
//!
//! The sentence above a number is what people read in the pages and on the command line. OpenZeppelin's own numbers (200 to
//! 214) would mean something else there, so every case that could raise one is refused here first.
use soroban_sdk::{contracterror, panic_with_error, Env};

#[contracterror]
#[derive(Copy, Clone, Debug, Eq, PartialEq, PartialOrd, Ord)]
#[repr(u32)]
pub enum Error {
    /// The badges' picture is not a SHA-256 CID of raw bytes or of a UnixFS file.
    BadImage = 1100,
    /// The main contract knows no such submission.
    NoOutcome = 1101,
    /// The outcome of this submission can still change; come back when it is final.
    NotFinal = 1102,
    /// This submission is in its solver's record already.
    AlreadyFolded = 1103,
    /// This submission won nothing; badges are for winners.
    NothingWon = 1104,
    /// The badge of this submission was minted already.
    AlreadyMinted = 1105,
    /// There is no badge with this number, or it was burned.
    NoBadge = 1106,
    /// A badge stays with the one who won it: it can be neither transferred nor approved for someone else.
    NotTransferable = 1107,
    /// Only its owner can burn a badge.
    NotYourBadge = 1108,
}

/// Ends the call with the numbered error.
pub fn fail(e: &Env, error: Error) -> ! {
    panic_with_error!(e, error)
}

/// The numbered error unless the condition holds.
pub fn require(e: &Env, holds: bool, error: Error) {
    if !holds {
        fail(e, error)
    }
}
