//! Values shared with clients: what calls take, what the contract stores as it is, what views return.
//!
//! Amounts are `i128` in the token's own units, scores `i64` in units of 1e-7, times Unix seconds of the ledger's close.
pub use crate::judge::Judge;
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
    /// `reward` to each of the first `winners` solvers who meet the threshold, in the order of submission.
    Bounty(Bounty),
    /// The prizes to the best solvers after the deadline, on the private part of the truth.
    Ranked(Ranked),
    /// `rate` for each accepted unit of a batch; the threshold does not matter here.
    PerUnit(PerUnit),
    /// By Merkle sum trees of cumulative amounts; takes no submissions.
    Earnings,
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Bounty {
    pub reward: i128,
    /// 1 to 50.
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
    /// The largest batch that one submission may bring; its pay is at most a twentieth of the prize.
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

/// All that the maker decides; none of it can change after creation.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Terms {
    /// A SEP-41 token; every amount of the challenge is in its units.
    pub token: Address,
    pub payout: Payout,
    /// One, three or five registered oracles; votes and fees refer to them by their place in this list. Their majority is
    /// the quorum.
    pub oracles: Vec<Address>,
    /// What each oracle of a quorum earns for a verdict.
    pub oracle_fee: i128,
    /// Paid in with each submission; comes back unless it is rejected or unavailable.
    pub deposit: i128,
    /// The rounded score that a submission must reach.
    pub threshold: i64,
    pub direction: Direction,
    /// Scores are rounded to multiples of it, against the solver.
    pub step: i64,
    /// Submissions and votes are taken from this time on (a time in the past means at once).
    pub opens: u64,
    /// Until then every oracle must have accepted.
    pub accept_by: u64,
    /// Submissions are taken before this time.
    pub deadline: u64,
    /// How long an oracle tries before it may vote `Unavailable`, and how long others wait for it, in seconds.
    pub patience: u64,
    /// Votes are taken before this time; in a ranking the last patience before it belongs to the ranking alone.
    pub grade_by: u64,
    pub judge: Option<Judge>,
    /// A contract that `submit` asks whether it admits a solver.
    pub gate: Option<Address>,
    /// Attempts of one solver, in total; failures count.
    pub attempts: u32,
    pub attempts_per_day: u32,
    /// Identical content of another solver earns nothing. Oracles follow this rule; the contract knows no copies.
    pub unique_content: bool,
    /// The commitment of the truth, fixed before anyone submits; zeros where there is no truth.
    pub truth: BytesN<32>,
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

/// Where a challenge is: a function of the clock and of its counters, one name for each.
#[contracttype]
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Phase {
    /// Everything went back to the maker.
    Cancelled = 0,
    /// The oracles try the truth and accept; the maker may still take everything back.
    Accepting = 1,
    /// Not all accepted in time; anyone may send everything back.
    Lapsed = 2,
    /// All accepted, not open yet.
    Announced = 3,
    /// Submissions and votes are taken.
    Open = 4,
    /// Votes are taken.
    Grading = 5,
    /// The last patience of a ranking's grading: only rankings are taken.
    Ranking = 6,
    /// Ballots and rankings of the judge are taken.
    Judging = 7,
    /// Everything is decided or never will be; anyone carries it out.
    Over = 8,
    /// A bounty found its last winner. Votes, ballots and the end go on for the kept places alone.
    Ended = 9,
}

/// Whose ranking the prizes go by; `Open` for all other payout rules.
#[contracttype]
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Ranking {
    Open = 0,
    /// A quorum of oracles posted it.
    Oracles = 1,
    /// The judge's last one counts, for no quorum of oracles posted any.
    Judge = 2,
    /// No one's: the running table pays, in full.
    Table = 3,
}

/// An oracle's conduct in one challenge, by its place in the list. `close` moves all but `open` into its record.
#[contracttype]
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    /// Submissions that it voted on, late votes included.
    pub votes: u32,
    /// Of these, `Unavailable` that it never improved.
    pub unavailable: u32,
    /// Votes equal to a quorum's verdict.
    pub agreed: u32,
    /// Votes that a quorum contradicted.
    pub disagreed: u32,
    /// Concluded submissions that no quorum decided and that lack its vote.
    pub missing: u32,
    /// Votes on what is not concluded yet.
    pub open: u32,
}

/// Everything that the contract holds for one challenge, by what it is for; unclaimed earnings are counted in `Earnings`.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Purse {
    /// The prize that is not set aside for anyone.
    pub escrow: i128,
    /// The most that ungraded batches can earn.
    pub reserved: i128,
    /// Prizes that are due and were not sent.
    pub prizes: i128,
    /// Free for fees.
    pub budget: i128,
    /// For the verdicts of open submissions that carry nothing.
    pub held_fees: i128,
    /// For the first oracles of a ranking's quorum.
    pub ranking_fees: i128,
    /// Earned and not yet withdrawn, by oracle.
    pub fees: Vec<i128>,
    /// Of open submissions.
    pub deposits: i128,
    /// Fees that open submissions carry.
    pub carried: i128,
    /// What comes back to solvers, and pay of batches, that could not be sent or was held.
    pub owed: i128,
}

/// The moving half of a challenge: its counters and its money.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct State {
    /// Everything was sent back.
    pub cancelled: bool,
    /// When the last winner of a bounty was found; 0 = not yet.
    pub ended: u64,
    /// Key version that each oracle accepted with; 0 = not yet.
    pub accepted: Vec<u32>,
    /// The challenge key, an X25519 recipient that submissions are sealed to; the first oracle makes it.
    pub key: Option<BytesN<32>>,
    /// Submissions so far; they are numbered from 1.
    pub submitted: u32,
    /// How many of them are final.
    pub concluded: u32,
    /// How many have a verdict and are not concluded; not counted on once a bounty has ended.
    pub decided: u32,
    /// The last number that the queue of a bounty has passed.
    pub head: u32,
    /// How many places of a bounty are kept for submissions that were passed over.
    pub kept: u32,
    /// How many of the board's first rows have their prize set aside.
    pub due: u32,
    /// How many rows the board or the running table has.
    pub rows: u32,
    /// How many submissions stand `Scored`.
    pub scored: u32,
    /// How many stand `Unsettled`.
    pub unsettled: u32,
    pub ranking: Ranking,
    /// How many rows the ranking has that the oracles' quorum or the judge posted last.
    pub ranked: u32,
    /// Whether the judge posted a ranking.
    pub judge_ranked: bool,
    pub purse: Purse,
    pub tallies: Vec<Tally>,
    /// Whether the challenge counts in the records of the maker and the oracles.
    pub folded: bool,
    /// Whether the maker's record counted the truth as not opened; opening it takes that back.
    pub unopened: bool,
}

/// What is said of a submission: by a vote (`Scored`, `Rejected`, `Unavailable`), or by its status (all of them).
#[contracttype]
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Verdict {
    /// Open.
    Pending = 0,
    /// Graded.
    Scored = 1,
    /// Opened and worth nothing, for a typed reason.
    Rejected = 2,
    /// Could not be fetched, or not graded within the oracle's means.
    Unavailable = 3,
    /// No one decided before the end.
    Unsettled = 4,
    /// The last winner was found before its turn came.
    Void = 5,
}

/// A vote or the judge's ballot, as it is kept while its submission is open.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct VoteRecord {
    /// Place of the oracle in the challenge's list, from 0; 253 for the judge.
    pub by: u32,
    pub verdict: Verdict,
    pub reason: u32,
    pub score: i64,
    pub content_hash: BytesN<32>,
    pub units: u32,
}

/// A submission as views return it; it is stored packed.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Submission {
    pub number: u32,
    pub cid: Cid,
    /// The solver's commitment to what is inside; zeros if there is none. The contract only keeps it.
    pub commitment: BytesN<32>,
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
    /// 1 it carries the fee of its verdict, 2 the queue passed it over, 4 a place is kept for it, 8 what comes back or the
    /// pay of a batch is due and was not delivered, 16 its prize was sent, 32 the judge decided.
    pub flags: u32,
    /// Which oracles voted, by their places: bit 0 is the first one.
    pub voted: u32,
    /// When as many oracles as the quorum needs had voted, whatever they said; 0 = not yet, or concluded.
    pub heard: u64,
    /// In the order in which they were cast, while the submission is open.
    pub votes: Vec<VoteRecord>,
}

/// One vote on one submission, of an oracle or of the judge.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Vote {
    pub solver: Address,
    pub attempt: u32,
    /// `Scored`, `Rejected` or, by oracles only, `Unavailable`.
    pub verdict: Verdict,
    /// 1 to 255 for `Rejected`, otherwise 0.
    pub reason: u32,
    /// As graded; the contract rounds it. 0 unless `Scored`.
    pub score: i64,
    /// Zeros unless `Scored`.
    pub content_hash: BytesN<32>,
    /// Accepted units; 0 unless `Scored` in a challenge paid per unit.
    pub units: u32,
    /// Where this call settles: keep the payment for `release_payment` instead of sending it now.
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

/// What a call did with one submission: (number, by, what, score, content hash, units, amount).
///
/// `by` is the place of an oracle whose vote is the verdict, 253 for the judge's ballot, 254 where no one decided, 255 if
/// the submission was not concluded. `what` is verdict | reason << 8 | flags << 16 | status << 24, flags and status being
/// those after the call. In votes and ballots, verdict, reason, score, hash and units are what was voted; otherwise what
/// the submission was concluded by. `amount` is what was sent or held because of this submission.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Row(pub u32, pub u32, pub u32, pub i64, pub BytesN<32>, pub u32, pub i128);

/// A place on the board: winners of a bounty, first those whose prize is due, then those who wait; solvers of a ranking
/// best first.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Place {
    pub solver: Address,
    pub attempt: u32,
    pub number: u32,
    pub score: i64,
    /// What the place brings, or would bring as things stand.
    pub prize: i128,
    /// Whether the prize is set aside for this place; what is due stays due.
    pub due: bool,
}

/// A row of a ranking, best first; the score as graded, on the private part of the truth.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RankingRow {
    pub solver: Address,
    pub attempt: u32,
    pub score: i64,
}

/// An oracle's ranking, of which only the hash is kept: SHA-256 of the rows' XDR.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RankingVote {
    /// Place of the oracle in the challenge's list, from 0.
    pub oracle: u32,
    pub hash: BytesN<32>,
}

/// A subtree of a Merkle sum tree: the hash of its root and the sum of its leaves. A missing one is zeros with sum 0.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Branch {
    pub hash: BytesN<32>,
    pub sum: i128,
}

/// A step of a proof: the subtree beside the way up.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Sibling {
    pub hash: BytesN<32>,
    pub sum: i128,
    /// Whether the sibling is the left one.
    pub left: bool,
}

/// The earnings of a challenge paid by Merkle sum trees.
#[contracttype]
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Earnings {
    /// Epochs with a quorum; they are numbered from 1.
    pub epochs: u32,
    /// All that was ever earned: the last epoch's total.
    pub total: i128,
    pub claimed: i128,
}

/// An oracle's vote on the epoch to come.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EpochVote {
    pub oracle: u32,
    /// The hash of the root; its sum is the total.
    pub root: BytesN<32>,
    pub total: i128,
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
    /// What it won so far, paid or not; without what comes back of its own money.
    pub prize: i128,
    pub token: Address,
    /// Neither verdict nor prize can still change.
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

/// An oracle's public record. `close` adds what it did in a challenge.
#[contracttype]
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct OracleRecord {
    /// Keys registered; the newest has this version.
    pub versions: u32,
    /// Challenges accepted.
    pub accepted: u32,
    /// Challenges that count here.
    pub folded: u32,
    pub votes: u32,
    /// Of these, `Unavailable`.
    pub unavailable: u32,
    pub agreed: u32,
    pub disagreed: u32,
    /// Submissions that no quorum decided and that lack its vote.
    pub missing: u32,
}

/// One version of an oracle's key; never changed or removed.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OracleKey {
    /// X25519 recipient that truths and shares are encrypted to.
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
    /// Over, with everything decided.
    pub decided: u32,
    /// Over, with work undecided.
    pub undecided: u32,
    /// Over, and the truth that was promised is not opened by the maker.
    pub unopened: u32,
}

/// Fixed when the contract is deployed.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Config {
    /// The form of the events; another contract may have another.
    pub event_version: u32,
    /// The shortest patience that a challenge may have, in seconds.
    pub min_patience: u64,
    /// The shortest time between deadline and `grade_by`, and between `grade_by` and `judge_by`, in seconds.
    pub min_window: u64,
}
