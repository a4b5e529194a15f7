// Generated from contracts/stellartrain/stellartrain.spec.wasm by `npm run bindings`; do not edit.
/**
* A CIDv1 with a SHA-256 digest; the codec is 0x55 (raw bytes) or 0x70 (UnixFS).
*/
export interface Cid {
    codec: number;
    digest: Uint8Array;
}
/**
 * One oracle's vote on one submission.
 */
export interface Vote {
    attempt: number;
    /**
     * Zeros unless `Scored`.
     */
    content_hash: Uint8Array;
    /**
     * Keep the payment for `release_payment` instead of sending it now.
     */
    hold: boolean;
    /**
     * 1 to 255 for `Rejected`, otherwise 0.
     */
    reason: number;
    /**
     * As graded; the contract rounds it. 0 unless `Scored`.
     */
    score: bigint;
    solver: string;
    /**
     * Accepted units; 0 unless `Scored` in a challenge paid per unit.
     */
    units: number;
    /**
     * `Scored`, `Rejected` or `Unavailable`.
     */
    verdict: Verdict;
}
/**
 * What a quorum of oracles posted for an epoch.
 */
export interface Epoch {
    root: Uint8Array;
    time: bigint;
    total: bigint;
}
/**
 * A place on the board: winners of a bounty in the order of their submissions, solvers of a ranking best first.
 */
export interface Place {
    attempt: number;
    number: number;
    /**
     * What the place brings: final for a bounty and once a ranking is posted, scaled if the running table counts.
     */
    prize: bigint;
    score: bigint;
    solver: string;
}
/**
 * The moving half of a challenge: its counters and its money.
 *
 * The challenge's part of the contract's balance is always
 * `escrow + reserved + fee_budget + Σ fees + deposits + held`, and unclaimed earnings.
 */
export interface State {
    /**
     * Key version that each oracle accepted with; 0 = not yet.
     */
    accepted: Array<number>;
    /**
     * Whether the end was counted in the maker's record.
     */
    closed: boolean;
    /**
     * Deposits that were neither returned nor lost.
     */
    deposits: bigint;
    /**
     * When the challenge ended; 0 = not ended.
     */
    ended: bigint;
    /**
     * Prize money that is not due to anybody yet.
     */
    escrow: bigint;
    fee_budget: bigint;
    /**
     * Earned and not yet withdrawn, by oracle.
     */
    fees: Array<bigint>;
    /**
     * Submissions up to this number are final.
     */
    finalized: number;
    /**
     * Payments that are due and not delivered.
     */
    held: bigint;
    ranking: Ranking;
    /**
     * Pending submissions that at least one oracle voted to reject.
     */
    reject_voted: number;
    /**
     * Pay reserved for submitted batches.
     */
    reserved: bigint;
    /**
     * Each ungraded submission's part, fixed once by the first call after `grade_by`.
     */
    silence: bigint | null;
    status: Status;
    /**
     * Submissions so far; they are numbered from 1.
     */
    submitted: number;
    tallies: Array<Tally>;
    /**
     * Submissions final as unsettled.
     */
    unsettled: number;
    /**
     * Those of them that no oracle voted to reject.
     */
    unsettled_eligible: number;
    /**
     * Places taken on the board.
     */
    winners: number;
}
/**
 * An oracle's record in one challenge, by its place in the list.
 */
export interface Tally {
    /**
     * Votes equal to the quorum's verdict.
     */
    agreed: number;
    /**
     * Number of the last submission that it voted on or passed.
     */
    cursor: number;
    /**
     * Votes that a quorum contradicted.
     */
    disagreed: number;
    /**
     * Submissions that became final without its vote and that it passed over.
     */
    missed: number;
    votes: number;
}
/**
 * All that the maker decides; nothing of it can change after creation.
 */
export interface Terms {
    /**
     * Until then every oracle must have accepted.
     */
    accept_by: bigint;
    /**
     * Attempts of one solver, in all; failures count.
     */
    attempts: number;
    attempts_per_day: number;
    /**
     * Submissions are taken before this time.
     */
    deadline: bigint;
    /**
     * Paid in with each submission; comes back unless it is rejected or a copy.
     */
    deposit: bigint;
    direction: Direction;
    /**
     * Votes are taken before this time; the defaults for silence apply from it on.
     */
    grade_by: bigint;
    manifest: Cid;
    /**
     * Submissions are taken from this time on (a time in the past means at once).
     */
    opens: bigint;
    /**
     * Whether the truth is promised to be opened after the end.
     */
    opens_truth: boolean;
    /**
     * What each oracle of the quorum earns for a final submission, out of the fee budget.
     */
    oracle_fee: bigint;
    /**
     * One to five registered oracles; votes and fees refer to them by their place in this list.
     */
    oracles: Array<string>;
    /**
     * How long a missing vote can hold up the queue, in seconds.
     */
    patience: bigint;
    payout: Payout;
    /**
     * How many equal votes make a verdict: more than half of the oracles.
     */
    quorum: number;
    /**
     * Basis points of the remaining prize that ungraded submissions share at `grade_by`.
     */
    silence_share: number;
    /**
     * Scores are rounded to multiples of it, against the solver.
     */
    step: bigint;
    /**
     * The rounded score that a submission must reach.
     */
    threshold: bigint;
    /**
     * A SEP-41 token; every amount of the challenge is in its units.
     */
    token: string;
}
/**
 * Struct: Bounty
 */
export interface Bounty {
    reward: bigint;
    winners: number;
}
/**
 * Fixed when the contract is deployed.
 */
export interface Config {
    /**
     * The form of the events; another contract may have another.
     */
    event_version: number;
    /**
     * The shortest patience that a challenge may have, in seconds.
     */
    min_patience: bigint;
}
/**
 * The rule by which a challenge pays, frozen at creation.
 */
export type Payout = 
/**
 * `reward` to each of the first `winners` solvers who meet the threshold.
 */
{
    tag: "Bounty";
    values: readonly [Bounty];
} | 
/**
 * The prizes to the best solvers after the deadline.
 */
{
    tag: "Ranked";
    values: readonly [Ranked];
} | 
/**
 * `rate` for each accepted unit of a batch; the threshold does not matter here.
 */
{
    tag: "PerUnit";
    values: readonly [PerUnit];
} | 
/**
 * By Merkle roots of cumulative amounts; takes no submissions.
 */
{
    tag: "Earnings";
    values: void;
};
/**
 * Struct: Ranked
 */
export interface Ranked {
    /**
     * 1 to 40, the largest first.
     */
    prizes: Array<bigint>;
}
/**
 * What is stored of a challenge's phase; open, grading and expired follow from the clock.
 */
export declare enum Status {
    /**
     * Enum Case: Active
     */
    Active = 0,
    /**
     * The last winner was found, or everything was final after the deadline and it was closed.
     */
    Ended = 1,
    /**
     * Enum Case: Cancelled
     */
    Cancelled = 2
}
/**
 * What became of a submission, for those who build on it.
 */
export interface Outcome {
    /**
     * Neither verdict nor prize can change any more.
     */
    last: boolean;
    number: number;
    /**
     * What it won, paid or not; without deposit and silence share.
     */
    prize: bigint;
    score: bigint;
    token: string;
    verdict: Verdict;
}
/**
 * Struct: PerUnit
 */
export interface PerUnit {
    /**
     * The largest batch that one submission may bring.
     */
    max_units: number;
    rate: bigint;
}
/**
 * Where the prizes of a ranking come from; `Open` for all other payout rules.
 */
export declare enum Ranking {
    /**
     * Enum Case: Open
     */
    Open = 0,
    /**
     * A quorum of oracles posted the board.
     */
    Posted = 1,
    /**
     * No quorum did before `grade_by`: the running table counts, scaled by graded / submitted.
     */
    Table = 2
}
/**
 * Where a submission stands; `Unavailable` occurs in votes only.
 */
export declare enum Verdict {
    /**
     * Enum Case: Pending
     */
    Pending = 0,
    /**
     * Enum Case: Scored
     */
    Scored = 1,
    /**
     * Scored, but its content had been submitted before.
     */
    Duplicate = 2,
    /**
     * Enum Case: Rejected
     */
    Rejected = 3,
    /**
     * The oracles came to no verdict, or none could grade it.
     */
    Unsettled = 4,
    /**
     * Not final when the last winner was found.
     */
    Void = 5,
    /**
     * Could not be fetched, opened or graded within the oracle's means.
     */
    Unavailable = 6
}
/**
 * A vote in an event: (verdict | reason << 8, rounded score, content hash, units).
 */
export type VoteRow = readonly [number, bigint, Uint8Array, number];
/**
 * A solver's attempts in one challenge.
 */
export interface Attempts {
    attempts: number;
    /**
     * Day of the last attempt: Unix time divided by 86,400.
     */
    day: number;
    today: number;
}
/**
 * The earnings of a challenge paid by Merkle roots.
 */
export interface Earnings {
    claimed: bigint;
    /**
     * Epochs with a quorum; they are numbered from 1.
     */
    epochs: number;
    /**
     * All that was ever earned: the last epoch's total.
     */
    total: bigint;
}
/**
 * The frozen half of a challenge.
 */
export interface Challenge {
    created: bigint;
    maker: string;
    terms: Terms;
}
/**
 * Which way a better score lies.
 */
export declare enum Direction {
    /**
     * Enum Case: Maximize
     */
    Maximize = 0,
    /**
     * Enum Case: Minimize
     */
    Minimize = 1
}
/**
 * One version of an oracle's key; never changed or removed.
 */
export interface OracleKey {
    /**
     * X25519 recipient that truths and submissions are encrypted to.
     */
    key: Uint8Array;
    metadata: Cid;
    time: bigint;
    url: string;
}
/**
 * A row of an oracle's ranking, best first; the score as graded, on the private part of the truth.
 */
export interface RankingRow {
    attempt: number;
    score: bigint;
    solver: string;
}
/**
 * A verdict in an event: (by, verdict | reason << 8 | flags << 16, amount).
 *
 * `by` is the place of an oracle whose vote is the verdict, 255 if there was no quorum;
 * `amount` is what became due to the solver, paid or held as the flags say.
 */
export type SettledRow = readonly [number, number, bigint];
/**
 * One submission to settle.
 */
export interface Settlement {
    attempt: number;
    /**
     * Keep the payment for `release_payment` instead of sending it now.
     */
    hold: boolean;
    solver: string;
}
/**
 * A submission as views return it; it is stored packed.
 */
export interface Submission {
    accepted_units: number;
    cid: Cid;
    content_hash: Uint8Array;
    /**
     * 1 prize held, 2 deposit held, 4 prize paid, 8 a reject vote was cast, 16 silence share paid, 32 a quorum could not get or grade it.
     */
    flags: number;
    number: number;
    /**
     * Code of a rejection; 0 otherwise.
     */
    reason: number;
    /**
     * Rounded against the solver.
     */
    score: bigint;
    time: bigint;
    /**
     * Units declared by the solver (payment per unit only).
     */
    units: number;
    verdict: Verdict;
    /**
     * Present while the submission is pending.
     */
    votes: Array<VoteRecord>;
}
/**
 * A vote as it is kept while its submission is pending.
 */
export interface VoteRecord {
    content_hash: Uint8Array;
    /**
     * Place of the oracle in the challenge's list, from 0.
     */
    oracle: number;
    reason: number;
    score: bigint;
    time: bigint;
    units: number;
    verdict: Verdict;
}
/**
 * A maker's public record, counted as things happen.
 */
export interface MakerRecord {
    cancelled: number;
    challenges: number;
    /**
     * Closed with every submission graded.
     */
    ended: number;
    /**
     * Closed at `grade_by` with work ungraded.
     */
    expired: number;
    /**
     * Truths that the maker opened.
     */
    opened: number;
    /**
     * Closed challenges that promise to open their truth.
     */
    promised: number;
}
/**
 * An oracle's public record. The votes of a challenge are added once it is closed.
 */
export interface OracleRecord {
    /**
     * Challenges accepted.
     */
    accepted: number;
    agreed: number;
    /**
     * Challenges closed, whose votes are counted here.
     */
    closed: number;
    disagreed: number;
    missed: number;
    /**
     * Keys registered; the newest has this version.
     */
    versions: number;
    votes: number;
}
/**
 * The name of a submission within its challenge.
 */
export interface SubmissionId {
    attempt: number;
    solver: string;
}
/**
 * Error Enum: Error
 */
export declare const Error: {
    /**
     * This oracle has not registered a key yet.
     */
    100: {
        message: string;
    };
    /**
     * The URL is longer than 128 bytes.
     */
    101: {
        message: string;
    };
    /**
     * The content identifier is not a SHA-256 CID of raw bytes or of a UnixFS file.
     */
    102: {
        message: string;
    };
    /**
     * A challenge names one to five different oracles.
     */
    201: {
        message: string;
    };
    /**
     * The quorum must be more than half of the oracles and no more than all of them.
     */
    202: {
        message: string;
    };
    /**
     * The dates contradict each other: acceptance ends in the future and no later than the deadline, submissions open before the deadline, grading lasts at least three times the patience after the deadline and ends at most 150 days from now.
     */
    203: {
        message: string;
    };
    /**
     * The patience is shorter than this network's minimum or longer than seven days.
     */
    204: {
        message: string;
    };
    /**
     * The payout rule is out of bounds: a bounty has 1 to 50 winners and a reward above zero, a ranking 1 to 40 prizes above zero with the largest first, payment per unit a rate above zero and batches of at least one unit, earnings neither deposit nor silence share.
     */
    205: {
        message: string;
    };
    /**
     * An amount is negative, zero where something is needed, or beyond the largest amount taken.
     */
    206: {
        message: string;
    };
    /**
     * A solver must have at least one attempt, in all and per day.
     */
    207: {
        message: string;
    };
    /**
     * The silence share is at most 10,000 basis points, and zero where no deposit is asked.
     */
    208: {
        message: string;
    };
    /**
     * The step of the scores must be at least one unit.
     */
    209: {
        message: string;
    };
    /**
     * The token did not deliver exactly the amount that was to be paid in.
     */
    210: {
        message: string;
    };
    /**
     * The prize paid in must be all rewards of a bounty or all prizes of a ranking, and above zero for the other rules.
     */
    211: {
        message: string;
    };
    /**
     * There is no challenge with this number.
     */
    300: {
        message: string;
    };
    /**
     * The challenge does not take submissions yet.
     */
    301: {
        message: string;
    };
    /**
     * Not every oracle has accepted this challenge yet.
     */
    302: {
        message: string;
    };
    /**
     * This oracle has accepted this challenge already.
     */
    303: {
        message: string;
    };
    /**
     * The time to accept this challenge is over.
     */
    304: {
        message: string;
    };
    /**
     * Only an oracle of this challenge can do this.
     */
    305: {
        message: string;
    };
    /**
     * The deadline of this challenge has passed.
     */
    306: {
        message: string;
    };
    /**
     * The challenge has ended.
     */
    307: {
        message: string;
    };
    /**
     * The challenge was cancelled.
     */
    308: {
        message: string;
    };
    /**
     * A challenge that all its oracles have accepted cannot be cancelled.
     */
    309: {
        message: string;
    };
    /**
     * The challenge has not ended yet.
     */
    310: {
        message: string;
    };
    /**
     * Nothing is left to send back to the maker.
     */
    311: {
        message: string;
    };
    /**
     * The prize of a bounty or a ranking is fixed at its creation; only its fee budget can be topped up.
     */
    312: {
        message: string;
    };
    /**
     * The time for grading is over; the defaults for silence apply.
     */
    313: {
        message: string;
    };
    /**
     * This call does not belong to the challenge's payout rule.
     */
    314: {
        message: string;
    };
    /**
     * The ranking comes after the deadline, once every submission has its verdict.
     */
    315: {
        message: string;
    };
    /**
     * The ranking of this challenge has its quorum already.
     */
    316: {
        message: string;
    };
    /**
     * The maker and the oracles of a challenge cannot take part in it.
     */
    400: {
        message: string;
    };
    /**
     * The number of this attempt is not the solver's next one.
     */
    401: {
        message: string;
    };
    /**
     * The solver has used up all attempts of this challenge.
     */
    402: {
        message: string;
    };
    /**
     * The solver has used up today's attempts; a day ends at midnight UTC.
     */
    403: {
        message: string;
    };
    /**
     * The solver has won this bounty already.
     */
    404: {
        message: string;
    };
    /**
     * The declared units do not fit the payout rule: 1 to its largest batch where it pays per unit, otherwise 0.
     */
    405: {
        message: string;
    };
    /**
     * There is no such submission.
     */
    406: {
        message: string;
    };
    /**
     * The fee budget is used up: offer to carry the fee of grading this submission.
     */
    407: {
        message: string;
    };
    /**
     * The labeler's last batch is not graded yet; one at a time.
     */
    408: {
        message: string;
    };
    /**
     * The escrow does not cover this batch: submit fewer units, or wait until the challenge is topped up.
     */
    409: {
        message: string;
    };
    /**
     * A batch holds 1 to 40 entries.
     */
    500: {
        message: string;
    };
    /**
     * The oracle has already voted on this submission, or passed it.
     */
    501: {
        message: string;
    };
    /**
     * Votes and verdicts follow the numbers of the submissions without gaps.
     */
    502: {
        message: string;
    };
    /**
     * The vote contradicts itself: a reason belongs to a rejection only, a score, a content hash and units to a scored submission only.
     */
    503: {
        message: string;
    };
    /**
     * A submission can be voted unavailable only when the patience has passed since it was made.
     */
    504: {
        message: string;
    };
    /**
     * None of these submissions has the votes to become final.
     */
    505: {
        message: string;
    };
    /**
     * The ranking contradicts itself: it has at most as many rows as prizes, each a scored submission that reaches the threshold, of different solvers, best first and the earlier first where scores are equal.
     */
    506: {
        message: string;
    };
    /**
     * The oracle has already posted this ranking or this epoch; a vote is never changed.
     */
    507: {
        message: string;
    };
    /**
     * Epochs follow each other: the next one comes after the last that has its quorum.
     */
    508: {
        message: string;
    };
    /**
     * The total of an epoch is at least the last one's, and at most what was paid in.
     */
    509: {
        message: string;
    };
    /**
     * Nothing is owed to this submission now.
     */
    600: {
        message: string;
    };
    /**
     * This challenge does not open its truth.
     */
    601: {
        message: string;
    };
    /**
     * The truth has already been opened from this side.
     */
    602: {
        message: string;
    };
    /**
     * Only the maker or an oracle of this challenge can open its truth.
     */
    603: {
        message: string;
    };
    /**
     * This oracle has no fees to withdraw from this challenge.
     */
    604: {
        message: string;
    };
    /**
     * The amounts are too large to be added up.
     */
    605: {
        message: string;
    };
    /**
     * There is no epoch with this number, or it has no quorum yet.
     */
    606: {
        message: string;
    };
    /**
     * The proof does not lead from this labeler and amount to the root of the epoch.
     */
    607: {
        message: string;
    };
    /**
     * The claims of this challenge would exceed the total that its oracles posted.
     */
    608: {
        message: string;
    };
};
/**
 * An oracle voted on the submissions `first`, `first + 1`, …; those from `settled_first` on became final (0 = none did).
 */
export interface ScoredEvent {
    name: "Scored";
    data: {
        challenge: number;
        oracle: string;
        /**
         * The grade report of this batch.
         */
        report?: Cid;
        first?: number;
        votes?: Array<VoteRow>;
        settled_first?: number;
        settled?: Array<SettledRow>;
    };
}
/**
 * Submissions became final by votes cast before.
 */
export interface SettledEvent {
    name: "Settled";
    data: {
        challenge: number;
        first?: number;
        settled?: Array<SettledRow>;
    };
}
/**
 * Somebody added money.
 */
export interface ToppedUpEvent {
    name: "ToppedUp";
    data: {
        challenge: number;
        from: string;
        escrow?: bigint;
        fees?: bigint;
    };
}
/**
 * A solver's work has its number in the queue; `deposit` and `carried` (into the fee budget) were paid in.
 */
export interface SubmittedEvent {
    name: "Submitted";
    data: {
        challenge: number;
        solver: string;
        attempt?: number;
        number?: number;
        cid?: Cid;
        units?: number;
        deposit?: bigint;
        carried?: bigint;
    };
}
/**
 * No ranking had its quorum at `grade_by`: the prizes go by the running table, scaled by `graded` / `submitted`.
 */
export interface RankingFixedEvent {
    name: "RankingFixed";
    data: {
        challenge: number;
        graded?: number;
        submitted?: number;
    };
}
/**
 * Grading is over with work ungraded: each of `eligible` submissions has `part` set aside.
 */
export interface SilenceFixedEvent {
    name: "SilenceFixed";
    data: {
        challenge: number;
        part?: bigint;
        eligible?: number;
    };
}
/**
 * An oracle's fees were sent to it.
 */
export interface FeesWithdrawnEvent {
    name: "FeesWithdrawn";
    data: {
        challenge: number;
        oracle: string;
        amount?: bigint;
    };
}
/**
 * An oracle posted the ranking; with the quorum its rows became the board and the prizes are due.
 */
export interface RankingPostedEvent {
    name: "RankingPosted";
    data: {
        challenge: number;
        oracle: string;
        report?: Cid;
        rows?: Array<RankingRow>;
        quorum?: boolean;
    };
}
/**
 * The maker or an oracle opened the truth; the one that matches the commitment counts.
 */
export interface TruthRevealedEvent {
    name: "TruthRevealed";
    data: {
        challenge: number;
        by: string;
        truth?: Cid;
    };
}
/**
 * An oracle posted an epoch of earnings; with the quorum they can be claimed. `fees` went from the budget to the oracles
 * of the quorum; `again` says that the votes before were dropped, for no quorum could come of them.
 */
export interface EarningsPostedEvent {
    name: "EarningsPosted";
    data: {
        challenge: number;
        oracle: string;
        epoch?: number;
        root?: Uint8Array;
        total?: bigint;
        report?: Cid;
        again?: boolean;
        quorum?: boolean;
        fees?: bigint;
    };
}
/**
 * The challenge is over and the maker was sent what the rules left.
 */
export interface ChallengeClosedEvent {
    name: "ChallengeClosed";
    data: {
        challenge: number;
        maker: string;
        amount?: bigint;
    };
}
/**
 * A labeler was sent its earnings up to `cumulative`.
 */
export interface EarningsClaimedEvent {
    name: "EarningsClaimed";
    data: {
        challenge: number;
        labeler: string;
        epoch?: number;
        amount?: bigint;
        cumulative?: bigint;
    };
}
/**
 * What a submission was still owed was sent; `verdict` is verdict | reason << 8 | flags << 16 after it.
 */
export interface PaymentReleasedEvent {
    name: "PaymentReleased";
    data: {
        challenge: number;
        solver: string;
        attempt?: number;
        number?: number;
        prize?: bigint;
        deposit?: bigint;
        silence?: bigint;
        verdict?: number;
    };
}
/**
 * A challenge exists and its whole prize is locked; it was created at the ledger's close time.
 */
export interface ChallengeCreatedEvent {
    name: "ChallengeCreated";
    data: {
        challenge: number;
        maker: string;
        token: string;
        terms?: Terms;
        prize?: bigint;
        fee_budget?: bigint;
    };
}
/**
 * An oracle registered a key, the next version.
 */
export interface OracleRegisteredEvent {
    name: "OracleRegistered";
    data: {
        oracle: string;
        version?: number;
        key?: Uint8Array;
        url?: string;
        metadata?: Cid;
    };
}
/**
 * An oracle took the challenge on, with this version of its key.
 */
export interface ChallengeAcceptedEvent {
    name: "ChallengeAccepted";
    data: {
        challenge: number;
        oracle: string;
        key_version?: number;
    };
}
/**
 * The challenge never started; everything went back to the maker.
 */
export interface ChallengeCancelledEvent {
    name: "ChallengeCancelled";
    data: {
        challenge: number;
        refunded?: bigint;
    };
}
export type ContractEvent = ScoredEvent | SettledEvent | ToppedUpEvent | SubmittedEvent | RankingFixedEvent | SilenceFixedEvent | FeesWithdrawnEvent | RankingPostedEvent | TruthRevealedEvent | EarningsPostedEvent | ChallengeClosedEvent | EarningsClaimedEvent | PaymentReleasedEvent | ChallengeCreatedEvent | OracleRegisteredEvent | ChallengeAcceptedEvent | ChallengeCancelledEvent;
