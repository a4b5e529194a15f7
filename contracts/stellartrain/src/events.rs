//! What the world may learn: together these events give the whole stored state, without asking the chain.
//!
//! The contract cannot be changed, so all its events have one version, which `config` tells and the wasm's meta names. A
//! later contract may add fields under the same version; another meaning gets another version.
use crate::types::{Cid, RankingRow, SettledRow, Terms, VoteRow};
use soroban_sdk::{contractevent, Address, BytesN, String, Vec};

/// The version of these events.
pub const EVENT_VERSION: u32 = 1;

/// An oracle registered a key, the next version.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OracleRegistered {
    #[topic]
    pub oracle: Address,
    pub version: u32,
    pub key: BytesN<32>,
    pub url: String,
    pub metadata: Cid,
}

/// A challenge exists and its whole prize is locked; it was created at the ledger's close time.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ChallengeCreated {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub maker: Address,
    #[topic]
    pub token: Address,
    pub terms: Terms,
    pub prize: i128,
    pub fee_budget: i128,
}

/// An oracle took the challenge on, with this version of its key.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ChallengeAccepted {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub oracle: Address,
    pub key_version: u32,
}

/// Somebody added money.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ToppedUp {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub from: Address,
    pub escrow: i128,
    pub fees: i128,
}

/// The challenge never started; everything went back to the maker.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ChallengeCancelled {
    #[topic]
    pub challenge: u32,
    pub refunded: i128,
}

/// A solver's work has its number in the queue; `deposit` and `carried` (into the fee budget) were paid in.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Submitted {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub solver: Address,
    pub attempt: u32,
    pub number: u32,
    pub cid: Cid,
    pub units: u32,
    pub deposit: i128,
    pub carried: i128,
}

/// An oracle voted on the submissions `first`, `first + 1`, …; those from `settled_first` on became final (0 = none did).
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Scored {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub oracle: Address,
    /// The grade report of this batch.
    pub report: Cid,
    pub first: u32,
    pub votes: Vec<VoteRow>,
    pub settled_first: u32,
    pub settled: Vec<SettledRow>,
}

/// Submissions became final by votes cast before.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Settled {
    #[topic]
    pub challenge: u32,
    pub first: u32,
    pub settled: Vec<SettledRow>,
}

/// What a submission was still owed was sent; `verdict` is verdict | reason << 8 | flags << 16 after it.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PaymentReleased {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub solver: Address,
    pub attempt: u32,
    pub number: u32,
    pub prize: i128,
    pub deposit: i128,
    pub silence: i128,
    pub verdict: u32,
}

/// Grading is over with work ungraded: each of `eligible` submissions has `part` set aside.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SilenceFixed {
    #[topic]
    pub challenge: u32,
    pub part: i128,
    pub eligible: u32,
}

/// An oracle posted the ranking; with the quorum its rows became the board and the prizes are due.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RankingPosted {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub oracle: Address,
    pub report: Cid,
    pub rows: Vec<RankingRow>,
    pub quorum: bool,
}

/// No ranking had its quorum at `grade_by`: the prizes go by the running table, scaled by `graded` / `submitted`.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RankingFixed {
    #[topic]
    pub challenge: u32,
    pub graded: u32,
    pub submitted: u32,
}

/// An oracle posted an epoch of earnings; with the quorum they can be claimed. `fees` went from the budget to the oracles
/// of the quorum; `again` says that the votes before were dropped, for no quorum could come of them.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EarningsPosted {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub oracle: Address,
    pub epoch: u32,
    pub root: BytesN<32>,
    pub total: i128,
    pub report: Cid,
    pub again: bool,
    pub quorum: bool,
    pub fees: i128,
}

/// A labeler was sent its earnings up to `cumulative`.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EarningsClaimed {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub labeler: Address,
    pub epoch: u32,
    pub amount: i128,
    pub cumulative: i128,
}

/// The maker or an oracle opened the truth; the one that matches the commitment counts.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TruthRevealed {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub by: Address,
    pub truth: Cid,
}

/// An oracle's fees were sent to it.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FeesWithdrawn {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub oracle: Address,
    pub amount: i128,
}

/// The challenge is over and the maker was sent what the rules left.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ChallengeClosed {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub maker: Address,
    pub amount: i128,
}
