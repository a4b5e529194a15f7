// Generated from contracts/stellartrain/stellartrain.spec.wasm by `npm run bindings`; do not edit.
/**
 * What is stored of a challenge's phase; open, grading and expired follow from the clock.
 */
export var Status;
(function (Status) {
    /**
     * Enum Case: Active
     */
    Status[Status["Active"] = 0] = "Active";
    /**
     * The last winner was found, or everything was final after the deadline and it was closed.
     */
    Status[Status["Ended"] = 1] = "Ended";
    /**
     * Enum Case: Cancelled
     */
    Status[Status["Cancelled"] = 2] = "Cancelled";
})(Status || (Status = {}));
/**
 * Where the prizes of a ranking come from; `Open` for all other payout rules.
 */
export var Ranking;
(function (Ranking) {
    /**
     * Enum Case: Open
     */
    Ranking[Ranking["Open"] = 0] = "Open";
    /**
     * A quorum of oracles posted the board.
     */
    Ranking[Ranking["Posted"] = 1] = "Posted";
    /**
     * No quorum did before `grade_by`: the running table counts, scaled by graded / submitted.
     */
    Ranking[Ranking["Table"] = 2] = "Table";
})(Ranking || (Ranking = {}));
/**
 * Where a submission stands; `Unavailable` occurs in votes only.
 */
export var Verdict;
(function (Verdict) {
    /**
     * Enum Case: Pending
     */
    Verdict[Verdict["Pending"] = 0] = "Pending";
    /**
     * Enum Case: Scored
     */
    Verdict[Verdict["Scored"] = 1] = "Scored";
    /**
     * Scored, but its content had been submitted before.
     */
    Verdict[Verdict["Duplicate"] = 2] = "Duplicate";
    /**
     * Enum Case: Rejected
     */
    Verdict[Verdict["Rejected"] = 3] = "Rejected";
    /**
     * The oracles came to no verdict, or none could grade it.
     */
    Verdict[Verdict["Unsettled"] = 4] = "Unsettled";
    /**
     * Not final when the last winner was found.
     */
    Verdict[Verdict["Void"] = 5] = "Void";
    /**
     * Could not be fetched, opened or graded within the oracle's means.
     */
    Verdict[Verdict["Unavailable"] = 6] = "Unavailable";
})(Verdict || (Verdict = {}));
/**
 * Which way a better score lies.
 */
export var Direction;
(function (Direction) {
    /**
     * Enum Case: Maximize
     */
    Direction[Direction["Maximize"] = 0] = "Maximize";
    /**
     * Enum Case: Minimize
     */
    Direction[Direction["Minimize"] = 1] = "Minimize";
})(Direction || (Direction = {}));
/**
 * Error Enum: Error
 */
export const Error = {
    /**
     * This oracle has not registered a key yet.
     */
    100: { message: "NotRegistered" },
    /**
     * The URL is longer than 128 bytes.
     */
    101: { message: "UrlTooLong" },
    /**
     * The content identifier is not a SHA-256 CID of raw bytes or of a UnixFS file.
     */
    102: { message: "BadCid" },
    /**
     * A challenge names one to five different oracles.
     */
    201: { message: "BadOracles" },
    /**
     * The quorum must be more than half of the oracles and no more than all of them.
     */
    202: { message: "BadQuorum" },
    /**
     * The dates contradict each other: acceptance ends in the future and no later than the deadline, submissions open before the deadline, grading lasts at least three times the patience after the deadline and ends at most 150 days from now.
     */
    203: { message: "BadTimes" },
    /**
     * The patience is shorter than this network's minimum or longer than seven days.
     */
    204: { message: "BadPatience" },
    /**
     * The payout rule is out of bounds: a bounty has 1 to 50 winners and a reward above zero, a ranking 1 to 40 prizes above zero with the largest first, payment per unit a rate above zero and batches of at least one unit, earnings neither deposit nor silence share.
     */
    205: { message: "BadPayout" },
    /**
     * An amount is negative, zero where something is needed, or beyond the largest amount taken.
     */
    206: { message: "BadAmount" },
    /**
     * A solver must have at least one attempt, in all and per day.
     */
    207: { message: "BadAttempts" },
    /**
     * The silence share is at most 10,000 basis points, and zero where no deposit is asked.
     */
    208: { message: "BadSilenceShare" },
    /**
     * The step of the scores must be at least one unit.
     */
    209: { message: "BadStep" },
    /**
     * The token did not deliver exactly the amount that was to be paid in.
     */
    210: { message: "TransferMismatch" },
    /**
     * The prize paid in must be all rewards of a bounty or all prizes of a ranking, and above zero for the other rules.
     */
    211: { message: "WrongPrize" },
    /**
     * There is no challenge with this number.
     */
    300: { message: "NoChallenge" },
    /**
     * The challenge does not take submissions yet.
     */
    301: { message: "NotYetOpen" },
    /**
     * Not every oracle has accepted this challenge yet.
     */
    302: { message: "NotAccepted" },
    /**
     * This oracle has accepted this challenge already.
     */
    303: { message: "AlreadyAccepted" },
    /**
     * The time to accept this challenge is over.
     */
    304: { message: "AcceptTooLate" },
    /**
     * Only an oracle of this challenge can do this.
     */
    305: { message: "NotAnOracle" },
    /**
     * The deadline of this challenge has passed.
     */
    306: { message: "DeadlinePassed" },
    /**
     * The challenge has ended.
     */
    307: { message: "Ended" },
    /**
     * The challenge was cancelled.
     */
    308: { message: "Cancelled" },
    /**
     * A challenge that all its oracles have accepted cannot be cancelled.
     */
    309: { message: "CannotCancel" },
    /**
     * The challenge has not ended yet.
     */
    310: { message: "NotYetEnded" },
    /**
     * Nothing is left to send back to the maker.
     */
    311: { message: "NothingToClose" },
    /**
     * The prize of a bounty or a ranking is fixed at its creation; only its fee budget can be topped up.
     */
    312: { message: "EscrowNotTakenHere" },
    /**
     * The time for grading is over; the defaults for silence apply.
     */
    313: { message: "GradingOver" },
    /**
     * This call does not belong to the challenge's payout rule.
     */
    314: { message: "WrongRule" },
    /**
     * The ranking comes after the deadline, once every submission has its verdict.
     */
    315: { message: "RankingTooEarly" },
    /**
     * The ranking of this challenge has its quorum already.
     */
    316: { message: "AlreadyRanked" },
    /**
     * The maker and the oracles of a challenge cannot take part in it.
     */
    400: { message: "ConflictOfInterest" },
    /**
     * The number of this attempt is not the solver's next one.
     */
    401: { message: "WrongAttempt" },
    /**
     * The solver has used up all attempts of this challenge.
     */
    402: { message: "TooManyAttempts" },
    /**
     * The solver has used up today's attempts; a day ends at midnight UTC.
     */
    403: { message: "TooManyToday" },
    /**
     * The solver has won this bounty already.
     */
    404: { message: "AlreadyWon" },
    /**
     * The declared units do not fit the payout rule: 1 to its largest batch where it pays per unit, otherwise 0.
     */
    405: { message: "BadUnits" },
    /**
     * There is no such submission.
     */
    406: { message: "NoSubmission" },
    /**
     * The fee budget is used up: offer to carry the fee of grading this submission.
     */
    407: { message: "CarryTooLow" },
    /**
     * The labeler's last batch is not graded yet; one at a time.
     */
    408: { message: "BatchPending" },
    /**
     * The escrow does not cover this batch: submit fewer units, or wait until the challenge is topped up.
     */
    409: { message: "EscrowUsedUp" },
    /**
     * A batch holds 1 to 40 entries.
     */
    500: { message: "BadBatch" },
    /**
     * The oracle has already voted on this submission, or passed it.
     */
    501: { message: "AlreadyVoted" },
    /**
     * Votes and verdicts follow the numbers of the submissions without gaps.
     */
    502: { message: "VoteOutOfOrder" },
    /**
     * The vote contradicts itself: a reason belongs to a rejection only, a score, a content hash and units to a scored submission only.
     */
    503: { message: "BadVerdict" },
    /**
     * A submission can be voted unavailable only when the patience has passed since it was made.
     */
    504: { message: "TooEarlyUnavailable" },
    /**
     * None of these submissions has the votes to become final.
     */
    505: { message: "NothingToSettle" },
    /**
     * The ranking contradicts itself: it has at most as many rows as prizes, each a scored submission that reaches the threshold, of different solvers, best first and the earlier first where scores are equal.
     */
    506: { message: "BadRanking" },
    /**
     * The oracle has already posted this ranking or this epoch; a vote is never changed.
     */
    507: { message: "AlreadyPosted" },
    /**
     * Epochs follow each other: the next one comes after the last that has its quorum.
     */
    508: { message: "WrongEpoch" },
    /**
     * The total of an epoch is at least the last one's, and at most what was paid in.
     */
    509: { message: "BadTotal" },
    /**
     * Nothing is owed to this submission now.
     */
    600: { message: "NothingOwed" },
    /**
     * This challenge does not open its truth.
     */
    601: { message: "TruthStaysClosed" },
    /**
     * The truth has already been opened from this side.
     */
    602: { message: "AlreadyRevealed" },
    /**
     * Only the maker or an oracle of this challenge can open its truth.
     */
    603: { message: "NotYours" },
    /**
     * This oracle has no fees to withdraw from this challenge.
     */
    604: { message: "NothingEarned" },
    /**
     * The amounts are too large to be added up.
     */
    605: { message: "Overflow" },
    /**
     * There is no epoch with this number, or it has no quorum yet.
     */
    606: { message: "NoEpoch" },
    /**
     * The proof does not lead from this labeler and amount to the root of the epoch.
     */
    607: { message: "BadProof" },
    /**
     * The claims of this challenge would exceed the total that its oracles posted.
     */
    608: { message: "BeyondTotal" }
};
