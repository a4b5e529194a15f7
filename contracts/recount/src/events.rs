//! What the world may learn.
use crate::types::Rules;
use soroban_sdk::{contractevent, Address, BytesN};

/// A maker fixed how its challenge's work is scored again.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RecountConfigured {
    #[topic]
    pub challenge: u32,
    pub maker: Address,
    pub rules: Rules,
}

/// A chunk of a truth was opened; so many of its rows are known now.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TruthOpened {
    #[topic]
    pub challenge: u32,
    pub place: u32,
    pub rows: u32,
    pub complete: bool,
}

/// A chunk of a work was opened; so many of its rows are counted now.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WorkOpened {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub solver: Address,
    pub attempt: u32,
    pub place: u32,
    pub rows: u32,
}

/// A work was scored. The main contract was told, unless a quorum of oracles had scored it; a copy was rejected there.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Recounted {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub solver: Address,
    pub attempt: u32,
    /// Of all rows; of the public ones in a ranking.
    pub score: i64,
    /// Of the private rows of a ranking; else 0.
    pub private: i64,
    pub content_hash: BytesN<32>,
    /// A lower number of another solver has the same content.
    pub copied: bool,
}

/// What was kept for a challenge that is over was removed, or a part of it.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RecountRemoved {
    #[topic]
    pub challenge: u32,
}
