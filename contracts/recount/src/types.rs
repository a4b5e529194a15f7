//! Values shared with clients, and what is stored.
use soroban_sdk::{contracttype, Address, Bytes, BytesN, Vec};

/// A metric of the engine (`docs/metrics`), with its average where it has one.
#[contracttype]
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Metric {
    Accuracy = 1,
    BalancedAccuracy = 2,
    F1Binary = 3,
    F1Micro = 4,
    F1Macro = 5,
    F1Weighted = 6,
    PrecisionBinary = 7,
    PrecisionMicro = 8,
    PrecisionMacro = 9,
    PrecisionWeighted = 10,
    RecallBinary = 11,
    RecallMicro = 12,
    RecallMacro = 13,
    RecallWeighted = 14,
    Mcc = 15,
    CohenKappa = 16,
    RocAuc = 17,
    Mae = 18,
    Mse = 19,
    Rmse = 20,
}

/// How a challenge's work is scored again.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Rules {
    pub metric: Metric,
    /// The classes in their order: texts by their bytes; numbers by value, each as the 8 bytes of a little-endian float64. Those of
    /// the truth alone for the area under the curve; none for a metric of numbers.
    pub classes: Vec<Bytes>,
    /// Whether the classes are numbers.
    pub numbers: bool,
    /// The positive class's place, from 0, for a metric of one class.
    pub positive: u32,
    /// The least number that a work may hold, as the bits of a float64.
    pub least: u64,
    /// The greatest one.
    pub most: u64,
    /// Whether a work's numbers are whole.
    pub whole: bool,
}

/// The rules of a challenge, and what of its terms they are applied to; frozen.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Frozen {
    pub rules: Rules,
    pub maker: Address,
    /// The truth's commitment.
    pub truth: BytesN<32>,
    pub grade_by: u64,
    pub judge_by: u64,
    /// Works are opened before it. With unique content they are ruled on from then on, when all copies are known; else at once, and it
    /// is `judge_by`.
    pub open_until: u64,
    /// Prizes of a ranking; 0 in a bounty.
    pub places: u32,
    pub threshold: i64,
    pub step: i64,
    pub minimize: bool,
    pub unique_content: bool,
}

/// A truth as far as it is open.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Truth {
    /// The chunk that is to be opened next, from 0.
    pub next: u32,
    pub rows: u32,
    /// Rows whose value is known.
    pub known: u32,
    /// Rows of a ranking whose part is known.
    pub parted: u32,
    /// The first bytes of a row that the next chunk ends.
    pub carry: Bytes,
    /// Name of the column that a submission has; empty if it has several.
    pub column: Bytes,
    pub salt: BytesN<32>,
    /// All that is needed is open.
    pub complete: bool,
}

/// A work as far as it is open; once it is scored, its result.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Work {
    pub number: u32,
    pub commitment: BytesN<32>,
    /// A quorum of oracles had scored it; it is opened for the ranking alone.
    pub decided: bool,
    /// The main contract was told, or need not be.
    pub ruled: bool,
    /// The chunk that is to be opened next, from 0.
    pub next: u32,
    pub known: u32,
    pub carry: Bytes,
    /// SHA-256 of salt and form so far.
    pub hash: Bytes,
    /// What the metric needs of the rows so far.
    pub tally: Bytes,
    pub scored: bool,
    /// Of all rows; of the public ones in a ranking.
    pub score: i64,
    /// Of the private rows of a ranking; else 0.
    pub private: i64,
    /// SHA-256 of the truth's salt and the work's form; zeros until it is scored.
    pub content_hash: BytesN<32>,
}

/// An opened attempt in a ranking.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Attempt {
    pub attempt: u32,
    pub number: u32,
    pub public: i64,
    pub private: i64,
}

/// A row of the ranking that the opened works make.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Row {
    pub solver: Address,
    pub attempt: u32,
    pub number: u32,
    /// Of the private rows.
    pub score: i64,
}

/// The work with the lowest number of some content that was recounted.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct First {
    pub number: u32,
    pub solver: Address,
}
