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
    /// A challenge names one, three or five different oracles.
    BadOracles = 201,
    /// The judge can be neither the maker nor an oracle of the challenge, and a challenge paid by earnings has none.
    BadJudge = 202,
    /// The dates contradict each other: acceptance ends in the future, opening and acceptance end at least one patience before the deadline, grading lasts at least four times the patience and this network's shortest window after the deadline, judging at least one window after grading, and the end is at most 150 days from now.
    BadTimes = 203,
    /// The patience is shorter than this network's minimum or longer than seven days.
    BadPatience = 204,
    /// The payout rule is out of bounds: a bounty has 1 to 50 winners and a reward above zero, a ranking 1 to 40 prizes above zero with the largest first, payment per unit a rate above zero and batches of at least one unit that cost at most a twentieth of the prize, earnings no deposit.
    BadPayout = 205,
    /// An amount is negative, zero where something is needed, or beyond the largest amount taken.
    BadAmount = 206,
    /// A solver must have at least one attempt, in total and per day.
    BadAttempts = 207,
    /// The fee budget must cover the fees of the ranking, which are set aside at creation.
    BudgetTooSmall = 208,
    /// The step of the scores must be at least one unit.
    BadStep = 209,
    /// The token did not deliver exactly the amount that was to be paid in.
    TransferMismatch = 210,
    /// The prize paid in must be all rewards of a bounty or all prizes of a ranking, and above zero for the other rules.
    WrongPrize = 211,

    // 3xx: life of a challenge
    /// There is no challenge with this number.
    NoChallenge = 300,
    /// The challenge is not open yet.
    NotYetOpen = 301,
    /// Not every oracle has accepted this challenge.
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
    /// Nothing is left to send to the maker or to add to a record now.
    NothingToClose = 311,
    /// The prize of a bounty or a ranking is fixed at its creation; only its fee budget can be topped up.
    EscrowNotTakenHere = 312,
    /// The time for votes and rankings of this challenge is over.
    GradingOver = 313,
    /// This call does not belong to the challenge's payout rule.
    WrongRule = 314,
    /// Rankings are taken after the deadline, once every submission is final, and in the last patience of grading in any case.
    RankingTooEarly = 315,
    /// The ranking of this challenge has its quorum already.
    AlreadyRanked = 316,
    /// The first oracle of the list makes the challenge key and has not accepted yet.
    KeyNotMade = 317,
    /// The first oracle of the list brings the sealed shares of the challenge key, 1 to 1,024 bytes; the others bring none.
    BadShares = 318,
    /// This is not the challenge key that the first oracle made.
    WrongKey = 319,
    /// Only the judge of this challenge can do this.
    NotTheJudge = 320,
    /// The judge decides after grading and before the end of judging.
    NotJudging = 321,

    // 4xx: submissions
    /// The maker, the oracles and the judge of a challenge cannot take part in it.
    ConflictOfInterest = 400,
    /// The number of this attempt is not the solver's next one.
    WrongAttempt = 401,
    /// The solver has used up all attempts of this challenge.
    TooManyAttempts = 402,
    /// The solver has used up today's attempts; a day ends at midnight UTC.
    TooManyToday = 403,
    /// The solver has a place on the board of this bounty already.
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
    /// The gate of this challenge does not admit this solver.
    NotAdmitted = 410,

    // 5xx: votes and verdicts
    /// A batch holds 1 to 40 different submissions.
    BadBatch = 500,
    /// The oracle has already voted on this submission.
    AlreadyVoted = 501,
    /// The vote contradicts itself: a reason belongs to a rejection only, a score, a content hash and units to a scored submission only, and a judge cannot find a submission unavailable.
    BadVerdict = 503,
    /// A submission can be voted unavailable only when the patience has passed since it was made.
    TooEarlyUnavailable = 504,
    /// Nothing can be done with these submissions now.
    NothingToSettle = 505,
    /// The ranking contradicts itself: it has at most as many rows as prizes, each a scored submission that reaches the threshold, of different solvers, best first and the earlier first where scores are equal.
    BadRanking = 506,
    /// Epochs follow each other: the next one comes after the last that has its quorum.
    WrongEpoch = 508,
    /// Every sum of an epoch is at least zero, and its total is at least the last one's and at most what was paid in.
    BadTotal = 509,
    /// This submission has its verdict already, or can no longer have one.
    AlreadyDecided = 510,
    /// Where a quorum of oracles graded a submission, the judge chooses among their votes.
    NotAmongTheVotes = 511,

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
            Err(error) => panic_with_error!(e, error),
        }
    }
}

/// The numbered error unless the condition holds.
pub fn require(holds: bool, error: Error) -> Result<(), Error> {
    if holds {
        Ok(())
    } else {
        Err(error)
    }
}
