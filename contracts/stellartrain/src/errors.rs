//! Every refusal of the contract, numbered once and forever: a hundred numbers per topic.
//!
//! The sentence above a number is what people read in the pages and on the command line.
use soroban_sdk::{contracterror, panic_with_error, Env};

#[contracterror]
#[derive(Copy, Clone, Debug, Eq, PartialEq, PartialOrd, Ord)]
#[repr(u32)]
pub enum Error {
    // 1xx: registry of oracles, content identifiers
    /// This oracle has not registered a key yet.
    NotRegistered = 100,
    /// The URL is longer than 128 bytes.
    UrlTooLong = 101,
    /// The content identifier is not a SHA-256 CID of raw bytes or of a UnixFS file.
    BadCid = 102,

    // 2xx: creation of a challenge
    // 200 was used by an earlier contract and is not given again.
    /// A challenge names one to five different oracles.
    BadOracles = 201,
    /// The quorum must be more than half of the oracles and no more than all of them.
    BadQuorum = 202,
    /// The dates contradict each other: acceptance ends in the future and no later than the deadline, submissions open before the deadline, grading lasts at least three times the patience after the deadline and ends at most 150 days from now.
    BadTimes = 203,
    /// The patience is shorter than this network's minimum or longer than seven days.
    BadPatience = 204,
    /// The payout rule is out of bounds: a bounty has 1 to 50 winners and a reward above zero, a ranking 1 to 40 prizes above zero with the largest first, payment per unit a rate above zero and batches of at least one unit, earnings neither deposit nor silence share.
    BadPayout = 205,
    /// An amount is negative, zero where something is needed, or beyond the largest amount taken.
    BadAmount = 206,
    /// A solver must have at least one attempt, in all and per day.
    BadAttempts = 207,
    /// The silence share is at most 10,000 basis points, and zero where no deposit is asked.
    BadSilenceShare = 208,
    /// The step of the scores must be at least one unit.
    BadStep = 209,
    /// The token did not deliver exactly the amount that was to be paid in.
    TransferMismatch = 210,
    /// The prize paid in must be all rewards of a bounty or all prizes of a ranking, and above zero for the other rules.
    WrongPrize = 211,

    // 3xx: life of a challenge
    /// There is no challenge with this number.
    NoChallenge = 300,
    /// The challenge does not take submissions yet.
    NotYetOpen = 301,
    /// Not every oracle has accepted this challenge yet.
    NotAccepted = 302,
    /// This oracle has accepted this challenge already.
    AlreadyAccepted = 303,
    /// The time to accept this challenge is over.
    AcceptTooLate = 304,
    /// Only an oracle of this challenge can do this.
    NotAnOracle = 305,
    /// The deadline of this challenge has passed.
    DeadlinePassed = 306,
    /// The challenge has ended.
    Ended = 307,
    /// The challenge was cancelled.
    Cancelled = 308,
    /// A challenge that all its oracles have accepted cannot be cancelled.
    CannotCancel = 309,
    /// The challenge has not ended yet.
    NotYetEnded = 310,
    /// Nothing is left to send back to the maker.
    NothingToClose = 311,
    /// The prize of a bounty or a ranking is fixed at its creation; only its fee budget can be topped up.
    EscrowNotTakenHere = 312,
    /// The time for grading is over; the defaults for silence apply.
    GradingOver = 313,
    /// This call does not belong to the challenge's payout rule.
    WrongRule = 314,
    /// The ranking comes after the deadline, once every submission has its verdict.
    RankingTooEarly = 315,
    /// The ranking of this challenge has its quorum already.
    AlreadyRanked = 316,

    // 4xx: submissions
    /// The maker and the oracles of a challenge cannot take part in it.
    ConflictOfInterest = 400,
    /// The number of this attempt is not the solver's next one.
    WrongAttempt = 401,
    /// The solver has used up all attempts of this challenge.
    TooManyAttempts = 402,
    /// The solver has used up today's attempts; a day ends at midnight UTC.
    TooManyToday = 403,
    /// The solver has won this bounty already.
    AlreadyWon = 404,
    /// The declared units do not fit the payout rule: 1 to its largest batch where it pays per unit, otherwise 0.
    BadUnits = 405,
    /// There is no such submission.
    NoSubmission = 406,
    /// The fee budget is used up: offer to carry the fee of grading this submission.
    CarryTooLow = 407,
    /// The labeler's last batch is not graded yet; one at a time.
    BatchPending = 408,
    /// The escrow does not cover this batch: submit fewer units, or wait until the challenge is topped up.
    EscrowUsedUp = 409,

    // 5xx: votes and verdicts
    /// A batch holds 1 to 40 entries.
    BadBatch = 500,
    /// The oracle has already voted on this submission, or passed it.
    AlreadyVoted = 501,
    /// Votes and verdicts follow the numbers of the submissions without gaps.
    VoteOutOfOrder = 502,
    /// The vote contradicts itself: a reason belongs to a rejection only, a score, a content hash and units to a scored submission only.
    BadVerdict = 503,
    /// A submission can be voted unavailable only when the patience has passed since it was made.
    TooEarlyUnavailable = 504,
    /// None of these submissions has the votes to become final.
    NothingToSettle = 505,
    /// The ranking contradicts itself: it has at most as many rows as prizes, each a scored submission that reaches the threshold, of different solvers, best first and the earlier first where scores are equal.
    BadRanking = 506,
    /// The oracle has already posted this ranking or this epoch; a vote is never changed.
    AlreadyPosted = 507,
    /// Epochs follow each other: the next one comes after the last that has its quorum.
    WrongEpoch = 508,
    /// The total of an epoch is at least the last one's, and at most what was paid in.
    BadTotal = 509,

    // 6xx: payments and the end
    /// Nothing is owed to this submission now.
    NothingOwed = 600,
    /// This challenge does not open its truth.
    TruthStaysClosed = 601,
    /// The truth has already been opened from this side.
    AlreadyRevealed = 602,
    /// Only the maker or an oracle of this challenge can open its truth.
    NotYours = 603,
    /// This oracle has no fees to withdraw from this challenge.
    NothingEarned = 604,
    /// The amounts are too large to be added up.
    Overflow = 605,
    /// There is no epoch with this number, or it has no quorum yet.
    NoEpoch = 606,
    /// The proof does not lead from this labeler and amount to the root of the epoch.
    BadProof = 607,
    /// The claims of this challenge would exceed the total that its oracles posted.
    BeyondTotal = 608,
}

/// Ends the call with the numbered error of a rule.
pub trait OrFail<T> {
    fn or_fail(self, e: &Env) -> T;
}

impl<T> OrFail<T> for Result<T, Error> {
    fn or_fail(self, e: &Env) -> T {
        match self {
            Ok(value) => value,
            Err(error) => fail(e, error),
        }
    }
}

/// One copy of the way out, for every call ends there.
#[cold]
#[inline(never)]
fn fail(e: &Env, error: Error) -> ! {
    // By its number: the generated conversion goes through all errors one by one.
    panic_with_error!(e, soroban_sdk::Error::from_contract_error(error as u32))
}

/// The numbered error unless the condition holds.
pub fn require(holds: bool, error: Error) -> Result<(), Error> {
    if holds {
        Ok(())
    } else {
        Err(error)
    }
}
