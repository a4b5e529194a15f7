//! Which work is opened: what its chunks and runs are kept under.
use soroban_sdk::Address;

/// A solver's attempt at a challenge.
pub struct Id<'a> {
    pub challenge: u32,
    pub solver: &'a Address,
    pub attempt: u32,
}
