//! What the world may learn: together these events give the whole stored state, without asking the chain.
//!
//! The contract cannot be changed, so all its events have one version, which `config` returns and the wasm's meta names. A
//! later contract may add fields under the same version; another meaning gets another version.
use crate::types::{Branch, Cid, Ranking, RankingRow, Row, Terms};
use soroban_sdk::{contractevent, Address, Bytes, BytesN, String, Vec};

/// The version of these events.
pub const EVENT_VERSION: u32 = 2;

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
    /// Of it, a ranking's fees are set aside at once.
    pub fee_budget: i128,
}

/// An oracle took the challenge on, with this version of its key and the challenge key; the first one also brought the
/// shares, in which the private half is sealed to every oracle.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ChallengeAccepted {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub oracle: Address,
    pub key_version: u32,
    pub key: BytesN<32>,
    pub shares: Bytes,
}

/// Someone added money.
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

/// A solver's work has its number; `deposit` was paid in, and `carried` for its grading.
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
    pub commitment: BytesN<32>,
    pub units: u32,
    pub deposit: i128,
    pub carried: i128,
}

/// An oracle voted; where it settled, the rows also say what was concluded and passed over.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Scored {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub oracle: Address,
    /// The grade report of this batch.
    pub report: Cid,
    /// Whether the call settled.
    pub settle: bool,
    pub rows: Vec<Row>,
}

/// Submissions were concluded by votes cast before, or passed over.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Settled {
    #[topic]
    pub challenge: u32,
    pub rows: Vec<Row>,
}

/// The judge decided; its ballots are carried out from the end on. One that changes nothing has no row.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ruled {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub judge: Address,
    /// The judge's reasons.
    pub report: Cid,
    pub rows: Vec<Row>,
}

/// What a submission was still owed was sent: its prize, and what comes back together with the pay of a batch. The row says
/// how it was concluded, if this call did that.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PaymentReleased {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub solver: Address,
    pub attempt: u32,
    pub prize: i128,
    pub back: i128,
    pub row: Row,
}

/// An oracle or the judge posted a ranking; with the oracles' quorum the prizes are due.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RankingPosted {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub by: Address,
    pub report: Cid,
    pub rows: Vec<RankingRow>,
    pub quorum: bool,
}

/// No ranking had its quorum at the end: the prizes go by the judge's last ranking, or by the running table.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RankingFixed {
    #[topic]
    pub challenge: u32,
    pub ranking: Ranking,
}

/// An oracle posted an epoch of earnings, by the two children of the root; with the quorum they can be claimed. `fees` went
/// from the budget to the oracles of the quorum.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EarningsPosted {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub oracle: Address,
    pub epoch: u32,
    pub left: Branch,
    pub right: Branch,
    /// The hash of the root.
    pub root: BytesN<32>,
    /// The sum of the root.
    pub total: i128,
    pub report: Cid,
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

/// The maker was sent what no one can still win: of the prize, and of the fee budget. `folded` says that the records of the
/// maker or the oracles grew: the challenge counts in them from the first such event on, and each moves all of its tallies there
/// but `open`.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ChallengeClosed {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub maker: Address,
    pub prize: i128,
    pub fees: i128,
    pub folded: bool,
}
