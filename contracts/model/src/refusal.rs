//! Every reason for which a call is refused. A refused call changes nothing.

/// Why a call was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refusal {
    // Creation
    /// A challenge names 1, 3 or 5 different registered oracles.
    BadOracles,
    /// The judge is the maker or an oracle, or judges earnings, which nobody can judge.
    BadJudge,
    /// A window of the challenge is shorter than a solver, an oracle or a judge needs, or the end is too far away.
    BadTimes,
    /// The patience is below the deployment's minimum or above seven days.
    BadPatience,
    /// Winners, prizes, rate or batch are out of bounds.
    BadPayout,
    /// An amount is negative, zero where something is needed, or beyond the largest one taken.
    BadAmount,
    /// A solver has at least one attempt, in all and per day.
    BadAttempts,
    /// Scores are rounded to a step of at least one unit.
    BadStep,
    /// The prize paid in is not the sum that the rule promises.
    WrongPrize,
    /// A ranking's fees are set aside at creation, and the budget does not cover them.
    BudgetTooSmall,
    /// The token did not take exactly the amount from the payer.
    TransferFailed,

    // Life of a challenge
    /// There is no challenge with this number.
    NoChallenge,
    /// The oracle has registered no key, or not this one.
    NotRegistered,
    /// The maker took the challenge back, or it was sent back because not all oracles accepted.
    Cancelled,
    /// Not every oracle has accepted.
    NotAccepted,
    /// The time to accept is over.
    AcceptTooLate,
    /// This oracle has accepted already.
    AlreadyAccepted,
    /// The first oracle in the list makes the challenge key, and has not accepted yet.
    KeyNotMade,
    /// Only the first oracle brings the sealed shares, of at most 1,024 bytes, and it must.
    BadShares,
    /// The key is not the one that the first oracle made.
    WrongKey,
    /// All oracles have accepted, or somebody other than the maker cancels before `accept_by`.
    CannotCancel,
    /// The challenge has not opened.
    NotYetOpen,
    /// The deadline has passed.
    DeadlinePassed,
    /// The time for votes is over.
    GradingOver,
    /// The last winner was found.
    Ended,
    /// The payout rule knows no such call.
    WrongRule,
    /// The caller is not an oracle of this challenge.
    NotAnOracle,
    /// The caller is not the judge of this challenge.
    NotTheJudge,

    // Submission
    /// Maker, oracles and judge cannot submit.
    KnowsTheTruth,
    /// The gate does not admit this solver.
    NotAdmitted,
    /// This solver stands on the board already.
    AlreadyWon,
    /// The solver has no attempt left.
    TooManyAttempts,
    /// The solver has no attempt left today.
    TooManyToday,
    /// Attempts are numbered from 1 without gaps.
    WrongAttempt,
    /// A batch has 1 to `max_units` units; any other submission has none.
    BadUnits,
    /// The labeler's last batch is not concluded.
    UngradedBatch,
    /// The escrow does not cover the most that this batch could earn.
    EscrowTooSmall,

    // Votes, ballots, settling
    /// There is no submission with this number.
    NoSubmission,
    /// A batch names more than 40 submissions, none, or one twice.
    BadBatch,
    /// The oracle has voted, and only `Unavailable` gives way, and only to a graded vote before the verdict.
    AlreadyVoted,
    /// `Unavailable` can be voted only one patience after the submission.
    TooEarlyForUnavailable,
    /// More units are accepted than were declared, or units where none are paid.
    BadVerdict,
    /// The judge writes ballots from `grade_by` on, before `judge_by`.
    NotJudging,
    /// The submission has its verdict, or nothing is left to win for it.
    AlreadyDecided,
    /// A quorum of oracles has graded it, and the ballot is none of their votes.
    NotAmongTheVotes,

    // Ranking
    /// Rankings are taken when every submission is concluded, and in the last patience of grading in any case.
    RankingTooEarly,
    /// The oracles' ranking has its quorum.
    AlreadyRanked,
    /// A row is not scored, twice, out of order or below the threshold, or there are more rows than prizes.
    BadRanking,

    // Earnings
    /// Epochs follow each other without gaps.
    WrongEpoch,
    /// The total falls, or exceeds what was paid in.
    BadTotal,
    /// The proof does not lead to the epoch's root.
    BadProof,
    /// All that has been earned was paid.
    NothingOwed,
    /// The claims of this challenge would exceed its total.
    BeyondTotal,

    // The end
    /// The maker's rest can be sent from the deadline on, or once a bounty has ended.
    TooEarlyToClose,
    /// The terms do not promise to open the truth, the challenge is not over, or this slot is taken.
    CannotReveal,
}
