// Generated from contracts/stellartrain/stellartrain.wasm by `npm run bindings`; do not edit.
/**
 * Where a challenge is: a function of the clock and of its counters, one name for each.
 */
export var Phase;
(function (Phase) {
    /**
     * Everything went back to the maker.
     */
    Phase[Phase["Cancelled"] = 0] = "Cancelled";
    /**
     * The oracles try the truth and accept; the maker may still take everything back.
     */
    Phase[Phase["Accepting"] = 1] = "Accepting";
    /**
     * Not all accepted in time; anyone may send everything back.
     */
    Phase[Phase["Lapsed"] = 2] = "Lapsed";
    /**
     * All accepted, not open yet.
     */
    Phase[Phase["Announced"] = 3] = "Announced";
    /**
     * Submissions and votes are taken.
     */
    Phase[Phase["Open"] = 4] = "Open";
    /**
     * Votes are taken.
     */
    Phase[Phase["Grading"] = 5] = "Grading";
    /**
     * The last patience of a ranking's grading: only rankings are taken.
     */
    Phase[Phase["Ranking"] = 6] = "Ranking";
    /**
     * Ballots and rankings of the judge are taken.
     */
    Phase[Phase["Judging"] = 7] = "Judging";
    /**
     * Everything is decided or never will be; anyone carries it out.
     */
    Phase[Phase["Over"] = 8] = "Over";
    /**
     * A bounty found its last winner. Votes, ballots and the end go on for the kept places alone.
     */
    Phase[Phase["Ended"] = 9] = "Ended";
})(Phase || (Phase = {}));
/**
 * Whose ranking the prizes go by; `Open` for all other payout rules.
 */
export var Ranking;
(function (Ranking) {
    /**
     * Enum Case: Open
     */
    Ranking[Ranking["Open"] = 0] = "Open";
    /**
     * A quorum of oracles posted it.
     */
    Ranking[Ranking["Oracles"] = 1] = "Oracles";
    /**
     * The judge's last one counts, for no quorum of oracles posted any.
     */
    Ranking[Ranking["Judge"] = 2] = "Judge";
    /**
     * No one's: the running table pays, in full.
     */
    Ranking[Ranking["Table"] = 3] = "Table";
})(Ranking || (Ranking = {}));
/**
 * What is said of a submission: by a vote (`Scored`, `Rejected`, `Unavailable`), or by its status (all of them).
 */
export var Verdict;
(function (Verdict) {
    /**
     * Open.
     */
    Verdict[Verdict["Pending"] = 0] = "Pending";
    /**
     * Graded.
     */
    Verdict[Verdict["Scored"] = 1] = "Scored";
    /**
     * Opened and worth nothing, for a typed reason.
     */
    Verdict[Verdict["Rejected"] = 2] = "Rejected";
    /**
     * Could not be fetched, or not graded within the oracle's means.
     */
    Verdict[Verdict["Unavailable"] = 3] = "Unavailable";
    /**
     * No one decided before the end.
     */
    Verdict[Verdict["Unsettled"] = 4] = "Unsettled";
    /**
     * The last winner was found before its turn came.
     */
    Verdict[Verdict["Void"] = 5] = "Void";
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
     * A challenge names one, three or five different oracles.
     */
    201: { message: "BadOracles" },
    /**
     * The judge can be neither the maker nor an oracle of the challenge, and a challenge paid by earnings has none.
     */
    202: { message: "BadJudge" },
    /**
     * The dates contradict each other: acceptance ends in the future, opening and acceptance end at least one patience before the deadline, grading lasts at least four times the patience and this network's shortest window after the deadline, judging at least one window after grading, and the end is at most 150 days from now.
     */
    203: { message: "BadTimes" },
    /**
     * The patience is shorter than this network's minimum or longer than seven days.
     */
    204: { message: "BadPatience" },
    /**
     * The payout rule is out of bounds: a bounty has 1 to 50 winners and a reward above zero, a ranking 1 to 40 prizes above zero with the largest first, payment per unit a rate above zero and batches of at least one unit that cost at most a twentieth of the prize, earnings no deposit.
     */
    205: { message: "BadPayout" },
    /**
     * An amount is negative, zero where something is needed, or beyond the largest amount taken.
     */
    206: { message: "BadAmount" },
    /**
     * A solver must have at least one attempt, in total and per day.
     */
    207: { message: "BadAttempts" },
    /**
     * The fee budget must cover the fees of the ranking, which are set aside at creation.
     */
    208: { message: "BudgetTooSmall" },
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
     * The challenge is not open yet.
     */
    301: { message: "NotYetOpen" },
    /**
     * Not every oracle has accepted this challenge.
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
     * Nothing is left to send to the maker or to add to a record now.
     */
    311: { message: "NothingToClose" },
    /**
     * The prize of a bounty or a ranking is fixed at its creation; only its fee budget can be topped up.
     */
    312: { message: "EscrowNotTakenHere" },
    /**
     * The time for votes and rankings of this challenge is over.
     */
    313: { message: "GradingOver" },
    /**
     * This call does not belong to the challenge's payout rule.
     */
    314: { message: "WrongRule" },
    /**
     * Rankings are taken after the deadline, once every submission is final, and in the last patience of grading in any case.
     */
    315: { message: "RankingTooEarly" },
    /**
     * The ranking of this challenge has its quorum already.
     */
    316: { message: "AlreadyRanked" },
    /**
     * The first oracle of the list makes the challenge key and has not accepted yet.
     */
    317: { message: "KeyNotMade" },
    /**
     * The first oracle of the list brings the sealed shares of the challenge key, 1 to 1,024 bytes; the others bring none.
     */
    318: { message: "BadShares" },
    /**
     * This is not the challenge key that the first oracle made.
     */
    319: { message: "WrongKey" },
    /**
     * Only the judge of this challenge can do this.
     */
    320: { message: "NotTheJudge" },
    /**
     * The judge decides after grading and before the end of judging.
     */
    321: { message: "NotJudging" },
    /**
     * The maker, the oracles and the judge of a challenge cannot take part in it.
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
     * The solver has a place on the board of this bounty already.
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
     * The gate of this challenge does not admit this solver.
     */
    410: { message: "NotAdmitted" },
    /**
     * A batch holds 1 to 40 different submissions.
     */
    500: { message: "BadBatch" },
    /**
     * The oracle has already voted on this submission.
     */
    501: { message: "AlreadyVoted" },
    /**
     * The vote contradicts itself: a reason belongs to a rejection only, a score, a content hash and units to a scored submission only, and a judge cannot find a submission unavailable.
     */
    503: { message: "BadVerdict" },
    /**
     * A submission can be voted unavailable only when the patience has passed since it was made.
     */
    504: { message: "TooEarlyUnavailable" },
    /**
     * Nothing can be done with these submissions now.
     */
    505: { message: "NothingToSettle" },
    /**
     * The ranking contradicts itself: it has at most as many rows as prizes, each a scored submission that reaches the threshold, of different solvers, best first and the earlier first where scores are equal.
     */
    506: { message: "BadRanking" },
    /**
     * Epochs follow each other: the next one comes after the last that has its quorum.
     */
    508: { message: "WrongEpoch" },
    /**
     * Every sum of an epoch is at least zero, and its total is at least the last one's and at most what was paid in.
     */
    509: { message: "BadTotal" },
    /**
     * This submission has its verdict already, or can no longer have one.
     */
    510: { message: "AlreadyDecided" },
    /**
     * Where a quorum of oracles graded a submission, the judge chooses among their votes.
     */
    511: { message: "NotAmongTheVotes" },
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
