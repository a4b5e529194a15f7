//! Values shared with clients: what calls take, what the contract stores as it is, what views return.
//!
//! Amounts are `i128` in the token's own units, scores `i64` in units of 1e-7, times Unix seconds, shares basis points.
use soroban_sdk::{contracttype, Address, BytesN, String, Vec};

/// A CIDv1 with a SHA-256 digest; the codec is 0x55 (raw bytes) or 0x70 (UnixFS).
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Cid {
    pub codec: u32,
    pub digest: BytesN<32>,
}

/// The rule by which a challenge pays, frozen at creation.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Payout {
    /// `reward` to each of the first `winners` solvers who meet the threshold.
    Bounty(Bounty),
    /// The prizes to the best solvers after the deadline.
    Ranked(Ranked),
    /// `rate` for each accepted unit of a batch; the threshold does not matter here.
    PerUnit(PerUnit),
    /// By Merkle roots of cumulative amounts; takes no submissions.
    Earnings,
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Bounty {
    pub reward: i128,
    pub winners: u32,
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ranked {
    /// 1 to 40, the largest first.
    pub prizes: Vec<i128>,
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PerUnit {
    pub rate: i128,
    /// The largest batch that one submission may bring.
    pub max_units: u32,
}

/// Which way a better score lies.
#[contracttype]
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Direction {
    Maximize = 0,
    Minimize = 1,
}

/// All that the maker decides; nothing of it can change after creation.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Terms {
    /// A SEP-41 token; every amount of the challenge is in its units.
    pub token: Address,
    pub payout: Payout,
    /// One to five registered oracles; votes and fees refer to them by their place in this list.
    pub oracles: Vec<Address>,
    /// How many equal votes make a verdict: more than half of the oracles.
    pub quorum: u32,
    /// What each oracle of the quorum earns for a final submission, out of the fee budget.
    pub oracle_fee: i128,
    /// Paid in with each submission; comes back unless it is rejected or a copy.
    pub deposit: i128,
    /// The rounded score that a submission must reach.
    pub threshold: i64,
    pub direction: Direction,
    /// Scores are rounded to multiples of it, against the solver.
    pub step: i64,
    /// Submissions are taken from this time on (a time in the past means at once).
    pub opens: u64,
    /// Until then every oracle must have accepted.
    pub accept_by: u64,
    /// Submissions are taken before this time.
    pub deadline: u64,
    /// How long a missing vote can hold up the queue, in seconds.
    pub patience: u64,
    /// Votes are taken before this time; the defaults for silence apply from it on.
    pub grade_by: u64,
    /// Basis points of the remaining prize that ungraded submissions share at `grade_by`.
    pub silence_share: u32,
    /// Attempts of one solver, in all; failures count.
    pub attempts: u32,
    pub attempts_per_day: u32,
    /// Whether the truth is promised to be opened after the end.
    pub opens_truth: bool,
    pub manifest: Cid,
}

/// The frozen half of a challenge.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Challenge {
    pub maker: Address,
    pub created: u64,
    pub terms: Terms,
}

/// What is stored of a challenge's phase; open, grading and expired follow from the clock.
#[contracttype]
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Status {
    Active = 0,
    /// The last winner was found, or everything was final after the deadline and it was closed.
    Ended = 1,
    Cancelled = 2,
}

/// Where the prizes of a ranking come from; `Open` for all other payout rules.
#[contracttype]
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Ranking {
    Open = 0,
    /// A quorum of oracles posted the board.
    Posted = 1,
    /// No quorum did before `grade_by`: the running table counts, scaled by graded / submitted.
    Table = 2,
}

/// An oracle's record in one challenge, by its place in the list.
#[contracttype]
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    /// Number of the last submission that it voted on or passed.
    pub cursor: u32,
    pub votes: u32,
    /// Votes equal to the quorum's verdict.
    pub agreed: u32,
    /// Votes that a quorum contradicted.
    pub disagreed: u32,
    /// Submissions that became final without its vote and that it passed over.
    pub missed: u32,
}

/// The moving half of a challenge: its counters and its money.
///
/// The challenge's part of the contract's balance is always
/// `escrow + reserved + fee_budget + Σ fees + deposits + held`, and unclaimed earnings.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct State {
    pub status: Status,
    /// Key version that each oracle accepted with; 0 = not yet.
    pub accepted: Vec<u32>,
    /// Submissions so far; they are numbered from 1.
    pub submitted: u32,
    /// Submissions up to this number are final.
    pub finalized: u32,
    /// Prize money that is not due to anybody yet.
    pub escrow: i128,
    /// Pay reserved for submitted batches.
    pub reserved: i128,
    pub fee_budget: i128,
    /// Earned and not yet withdrawn, by oracle.
    pub fees: Vec<i128>,
    /// Deposits that were neither returned nor lost.
    pub deposits: i128,
    /// Payments that are due and not delivered.
    pub held: i128,
    pub tallies: Vec<Tally>,
    /// Places taken on the board.
    pub winners: u32,
    /// Pending submissions that at least one oracle voted to reject.
    pub reject_voted: u32,
    /// Submissions final as unsettled.
    pub unsettled: u32,
    /// Those of them that no oracle voted to reject.
    pub unsettled_eligible: u32,
    pub ranking: Ranking,
    /// Each ungraded submission's part, fixed once by the first call after `grade_by`.
    pub silence: Option<i128>,
    /// When the challenge ended; 0 = not ended.
    pub ended: u64,
    /// Whether the end was counted in the maker's record.
    pub closed: bool,
}

/// Where a submission stands; `Unavailable` occurs in votes only.
#[contracttype]
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Verdict {
    Pending = 0,
    Scored = 1,
    /// Scored, but its content had been submitted before.
    Duplicate = 2,
    Rejected = 3,
    /// The oracles came to no verdict, or none could grade it.
    Unsettled = 4,
    /// Not final when the last winner was found.
    Void = 5,
    /// Could not be fetched, opened or graded within the oracle's means.
    Unavailable = 6,
}

/// A vote as it is kept while its submission is pending.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct VoteRecord {
    /// Place of the oracle in the challenge's list, from 0.
    pub oracle: u32,
    pub verdict: Verdict,
    pub reason: u32,
    pub score: i64,
    pub content_hash: BytesN<32>,
    pub units: u32,
    pub time: u64,
}

/// A submission as views return it; it is stored packed.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Submission {
    pub number: u32,
    pub cid: Cid,
    pub time: u64,
    /// Units declared by the solver (payment per unit only).
    pub units: u32,
    pub verdict: Verdict,
    /// Code of a rejection; 0 otherwise.
    pub reason: u32,
    /// Rounded against the solver.
    pub score: i64,
    pub content_hash: BytesN<32>,
    pub accepted_units: u32,
    /// 1 prize held, 2 deposit held, 4 prize paid, 8 a reject vote was cast, 16 silence share paid, 32 a quorum could not get or grade it.
    pub flags: u32,
    /// Present while the submission is pending.
    pub votes: Vec<VoteRecord>,
}

/// One oracle's vote on one submission.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Vote {
    pub solver: Address,
    pub attempt: u32,
    /// `Scored`, `Rejected` or `Unavailable`.
    pub verdict: Verdict,
    /// 1 to 255 for `Rejected`, otherwise 0.
    pub reason: u32,
    /// As graded; the contract rounds it. 0 unless `Scored`.
    pub score: i64,
    /// Zeros unless `Scored`.
    pub content_hash: BytesN<32>,
    /// Accepted units; 0 unless `Scored` in a challenge paid per unit.
    pub units: u32,
    /// Keep the payment for `release_payment` instead of sending it now.
    pub hold: bool,
}

/// One submission to settle.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Settlement {
    pub solver: Address,
    pub attempt: u32,
    /// Keep the payment for `release_payment` instead of sending it now.
    pub hold: bool,
}

/// The name of a submission within its challenge.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SubmissionId {
    pub solver: Address,
    pub attempt: u32,
}

/// A vote in an event: (verdict | reason << 8, rounded score, content hash, units).
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct VoteRow(pub u32, pub i64, pub BytesN<32>, pub u32);

/// A verdict in an event: (by, verdict | reason << 8 | flags << 16, amount).
///
/// `by` is the place of an oracle whose vote is the verdict, 255 if there was no quorum;
/// `amount` is what became due to the solver, paid or held as the flags say.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SettledRow(pub u32, pub u32, pub i128);

/// A place on the board: winners of a bounty in the order of their submissions, solvers of a ranking best first.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Place {
    pub solver: Address,
    pub attempt: u32,
    pub number: u32,
    pub score: i64,
    /// What the place brings: final for a bounty and once a ranking is posted, scaled if the running table counts.
    pub prize: i128,
}

/// A row of an oracle's ranking, best first; the score as graded, on the private part of the truth.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RankingRow {
    pub solver: Address,
    pub attempt: u32,
    pub score: i64,
}

/// The earnings of a challenge paid by Merkle roots.
#[contracttype]
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Earnings {
    /// Epochs with a quorum; they are numbered from 1.
    pub epochs: u32,
    /// All that was ever earned: the last epoch's total.
    pub total: i128,
    pub claimed: i128,
}

/// An oracle's ranking, of which only the hash is kept: SHA-256 of the rows' XDR.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RankingVote {
    /// Place of the oracle in the challenge's list, from 0.
    pub oracle: u32,
    pub hash: BytesN<32>,
}

/// An oracle's vote on the epoch to come.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EpochVote {
    pub oracle: u32,
    pub root: BytesN<32>,
    pub total: i128,
    pub time: u64,
}

/// The votes on one epoch, at most one per oracle.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EpochVotes {
    pub epoch: u32,
    pub votes: Vec<EpochVote>,
}

/// What a quorum of oracles posted for an epoch.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Epoch {
    pub root: BytesN<32>,
    pub total: i128,
    pub time: u64,
}

/// What became of a submission, for those who build on it.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Outcome {
    pub number: u32,
    pub verdict: Verdict,
    pub score: i64,
    /// What it won, paid or not; without deposit and silence share.
    pub prize: i128,
    pub token: Address,
    /// Neither verdict nor prize can change any more.
    pub last: bool,
}

/// A solver's attempts in one challenge.
#[contracttype]
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Attempts {
    pub attempts: u32,
    /// Day of the last attempt: Unix time divided by 86,400.
    pub day: u32,
    pub today: u32,
}

/// An oracle's public record. The votes of a challenge are added once it is closed.
#[contracttype]
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct OracleRecord {
    /// Keys registered; the newest has this version.
    pub versions: u32,
    /// Challenges accepted.
    pub accepted: u32,
    /// Challenges closed, whose votes are counted here.
    pub closed: u32,
    pub votes: u32,
    pub agreed: u32,
    pub disagreed: u32,
    pub missed: u32,
}

/// One version of an oracle's key; never changed or removed.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OracleKey {
    /// X25519 recipient that truths and submissions are encrypted to.
    pub key: BytesN<32>,
    pub url: String,
    pub metadata: Cid,
    pub time: u64,
}

/// A maker's public record, counted as things happen.
#[contracttype]
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct MakerRecord {
    pub challenges: u32,
    pub cancelled: u32,
    /// Closed with every submission graded.
    pub ended: u32,
    /// Closed at `grade_by` with work ungraded.
    pub expired: u32,
    /// Closed challenges that promise to open their truth.
    pub promised: u32,
    /// Truths that the maker opened.
    pub opened: u32,
}

/// Fixed when the contract is deployed.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Config {
    /// The form of the events; another contract may have another.
    pub event_version: u32,
    /// The shortest patience that a challenge may have, in seconds.
    pub min_patience: u64,
}
