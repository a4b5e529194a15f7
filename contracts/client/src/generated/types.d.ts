// Generated from contracts/stellartrain/stellartrain.wasm by `npm run bindings`; do not edit.
/**
* Who decides what the oracles leave undecided: an account or a contract, neither the maker nor an oracle.
*/
export interface Judge {
    address: string;
    /**
     * Ballots are taken from `grade_by` on and before this time; it is the end of the challenge.
     */
    judge_by: bigint;
}
/**
 * A CIDv1 with a SHA-256 digest; the codec is 0x55 (raw bytes) or 0x70 (UnixFS).
 */
export interface Cid {
    codec: number;
    digest: Uint8Array;
}
/**
 * What a call did with one submission: (number, by, what, score, content hash, units, amount).
 *
 * `by` is the place of an oracle whose vote is the verdict, 253 for the judge's ballot, 254 where no one decided, 255 if
 * the submission was not concluded. `what` is verdict | reason << 8 | flags << 16 | status << 24, flags and status being
 * those after the call. In votes and ballots, verdict, reason, score, hash and units are what was voted; otherwise what
 * the submission was concluded by. `amount` is what was sent or held because of this submission.
 */
export type Row = readonly [number, number, number, bigint, Uint8Array, number, bigint];
/**
 * One vote on one submission, of an oracle or of the judge.
 */
export interface Vote {
    attempt: number;
    /**
     * Zeros unless `Scored`.
     */
    content_hash: Uint8Array;
    /**
     * Where this call settles: keep the payment for `release_payment` instead of sending it now.
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
     * `Scored`, `Rejected` or, by oracles only, `Unavailable`.
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
 * Where a challenge is: a function of the clock and of its counters, one name for each.
 */
export declare enum Phase {
    /**
     * Everything went back to the maker.
     */
    Cancelled = 0,
    /**
     * The oracles try the truth and accept; the maker may still take everything back.
     */
    Accepting = 1,
    /**
     * Not all accepted in time; anyone may send everything back.
     */
    Lapsed = 2,
    /**
     * All accepted, not open yet.
     */
    Announced = 3,
    /**
     * Submissions and votes are taken.
     */
    Open = 4,
    /**
     * Votes are taken.
     */
    Grading = 5,
    /**
     * The last patience of a ranking's grading: only rankings are taken.
     */
    Ranking = 6,
    /**
     * Ballots and rankings of the judge are taken.
     */
    Judging = 7,
    /**
     * Everything is decided or never will be; anyone carries it out.
     */
    Over = 8,
    /**
     * A bounty found its last winner. Votes, ballots and the end go on for the kept places alone.
     */
    Ended = 9
}
/**
 * A place on the board: winners of a bounty, first those whose prize is due, then those who wait; solvers of a ranking
 * best first.
 */
export interface Place {
    attempt: number;
    /**
     * Whether the prize is set aside for this place; what is due stays due.
     */
    due: boolean;
    number: number;
    /**
     * What the place brings, or would bring as things stand.
     */
    prize: bigint;
    score: bigint;
    solver: string;
}
/**
 * Everything that the contract holds for one challenge, by what it is for; unclaimed earnings are counted in `Earnings`.
 */
export interface Purse {
    /**
     * Free for fees.
     */
    budget: bigint;
    /**
     * Fees that open submissions carry.
     */
    carried: bigint;
    /**
     * Of open submissions.
     */
    deposits: bigint;
    /**
     * The prize that is not set aside for anyone.
     */
    escrow: bigint;
    /**
     * Earned and not yet withdrawn, by oracle.
     */
    fees: Array<bigint>;
    /**
     * For the verdicts of open submissions that carry nothing.
     */
    held_fees: bigint;
    /**
     * What comes back to solvers, and pay of batches, that could not be sent or was held.
     */
    owed: bigint;
    /**
     * Prizes that are due and were not sent.
     */
    prizes: bigint;
    /**
     * For the first oracles of a ranking's quorum.
     */
    ranking_fees: bigint;
    /**
     * The most that ungraded batches can earn.
     */
    reserved: bigint;
}
/**
 * The moving half of a challenge: its counters and its money.
 */
export interface State {
    /**
     * Key version that each oracle accepted with; 0 = not yet.
     */
    accepted: Array<number>;
    /**
     * Everything was sent back.
     */
    cancelled: boolean;
    /**
     * How many of them are final.
     */
    concluded: number;
    /**
     * How many have a verdict and are not concluded; not counted on once a bounty has ended.
     */
    decided: number;
    /**
     * How many of the board's first rows have their prize set aside.
     */
    due: number;
    /**
     * When the last winner of a bounty was found; 0 = not yet.
     */
    ended: bigint;
    /**
     * Whether the challenge counts in the records of the maker and the oracles.
     */
    folded: boolean;
    /**
     * The last number that the queue of a bounty has passed.
     */
    head: number;
    /**
     * Whether the judge posted a ranking.
     */
    judge_ranked: boolean;
    /**
     * How many places of a bounty are kept for submissions that were passed over.
     */
    kept: number;
    /**
     * The challenge key, an X25519 recipient that submissions are sealed to; the first oracle makes it.
     */
    key: Uint8Array | null;
    purse: Purse;
    /**
     * How many rows the ranking has that the oracles' quorum or the judge posted last.
     */
    ranked: number;
    ranking: Ranking;
    /**
     * How many rows the board or the running table has.
     */
    rows: number;
    /**
     * How many submissions stand `Scored`.
     */
    scored: number;
    /**
     * Submissions so far; they are numbered from 1.
     */
    submitted: number;
    tallies: Array<Tally>;
    /**
     * Whether the maker's record counted the truth as not opened; opening it takes that back.
     */
    unopened: boolean;
    /**
     * How many stand `Unsettled`.
     */
    unsettled: number;
}
/**
 * An oracle's conduct in one challenge, by its place in the list. `close` moves all but `open` into its record.
 */
export interface Tally {
    /**
     * Votes equal to a quorum's verdict.
     */
    agreed: number;
    /**
     * Votes that a quorum contradicted.
     */
    disagreed: number;
    /**
     * Concluded submissions that no quorum decided and that lack its vote.
     */
    missing: number;
    /**
     * Votes on what is not concluded yet.
     */
    open: number;
    /**
     * Of these, `Unavailable` that it never improved.
     */
    unavailable: number;
    /**
     * Submissions that it voted on, late votes included.
     */
    votes: number;
}
/**
 * All that the maker decides; none of it can change after creation.
 */
export interface Terms {
    /**
     * Until then every oracle must have accepted.
     */
    accept_by: bigint;
    /**
     * Attempts of one solver, in total; failures count.
     */
    attempts: number;
    attempts_per_day: number;
    /**
     * Submissions are taken before this time.
     */
    deadline: bigint;
    /**
     * Paid in with each submission; comes back unless it is rejected or unavailable.
     */
    deposit: bigint;
    direction: Direction;
    /**
     * A contract that `submit` asks whether it admits a solver.
     */
    gate: string | null;
    /**
     * Votes are taken before this time; in a ranking the last patience before it belongs to the ranking alone.
     */
    grade_by: bigint;
    judge: Judge | null;
    manifest: Cid;
    /**
     * Submissions and votes are taken from this time on (a time in the past means at once).
     */
    opens: bigint;
    /**
     * Whether the truth is promised to be opened after the end.
     */
    opens_truth: boolean;
    /**
     * What each oracle of a quorum earns for a verdict.
     */
    oracle_fee: bigint;
    /**
     * One, three or five registered oracles; votes and fees refer to them by their place in this list. Their majority is
     * the quorum.
     */
    oracles: Array<string>;
    /**
     * How long an oracle tries before it may vote `Unavailable`, and how long others wait for it, in seconds.
     */
    patience: bigint;
    payout: Payout;
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
    /**
     * The commitment of the truth, fixed before anyone submits; zeros where there is no truth.
     */
    truth: Uint8Array;
    /**
     * Identical content of another solver earns nothing. Oracles follow this rule; the contract knows no copies.
     */
    unique_content: boolean;
}
/**
 * Struct: Bounty
 */
export interface Bounty {
    reward: bigint;
    /**
     * 1 to 50.
     */
    winners: number;
}
/**
 * A subtree of a Merkle sum tree: the hash of its root and the sum of its leaves. A missing one is zeros with sum 0.
 */
export interface Branch {
    hash: Uint8Array;
    sum: bigint;
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
    /**
     * The shortest time between deadline and `grade_by`, and between `grade_by` and `judge_by`, in seconds.
     */
    min_window: bigint;
}
/**
 * The rule by which a challenge pays, frozen at creation.
 */
export type Payout = 
/**
 * `reward` to each of the first `winners` solvers who meet the threshold, in the order of submission.
 */
{
    tag: "Bounty";
    values: readonly [Bounty];
} | 
/**
 * The prizes to the best solvers after the deadline, on the private part of the truth.
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
 * By Merkle sum trees of cumulative amounts; takes no submissions.
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
 * What became of a submission, for those who build on it.
 */
export interface Outcome {
    /**
     * Neither verdict nor prize can still change.
     */
    last: boolean;
    number: number;
    /**
     * What it won so far, paid or not; without what comes back of its own money.
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
     * The largest batch that one submission may bring; its pay is at most a twentieth of the prize.
     */
    max_units: number;
    rate: bigint;
}
/**
 * Whose ranking the prizes go by; `Open` for all other payout rules.
 */
export declare enum Ranking {
    /**
     * Enum Case: Open
     */
    Open = 0,
    /**
     * A quorum of oracles posted it.
     */
    Oracles = 1,
    /**
     * The judge's last one counts, for no quorum of oracles posted any.
     */
    Judge = 2,
    /**
     * No one's: the running table pays, in full.
     */
    Table = 3
}
/**
 * A step of a proof: the subtree beside the way up.
 */
export interface Sibling {
    hash: Uint8Array;
    /**
     * Whether the sibling is the left one.
     */
    left: boolean;
    sum: bigint;
}
/**
 * What is said of a submission: by a vote (`Scored`, `Rejected`, `Unavailable`), or by its status (all of them).
 */
export declare enum Verdict {
    /**
     * Open.
     */
    Pending = 0,
    /**
     * Graded.
     */
    Scored = 1,
    /**
     * Opened and worth nothing, for a typed reason.
     */
    Rejected = 2,
    /**
     * Could not be fetched, or not graded within the oracle's means.
     */
    Unavailable = 3,
    /**
     * No one decided before the end.
     */
    Unsettled = 4,
    /**
     * The last winner was found before its turn came.
     */
    Void = 5
}
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
 * The earnings of a challenge paid by Merkle sum trees.
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
     * X25519 recipient that truths and shares are encrypted to.
     */
    key: Uint8Array;
    metadata: Cid;
    time: bigint;
    url: string;
}
/**
 * A row of a ranking, best first; the score as graded, on the private part of the truth.
 */
export interface RankingRow {
    attempt: number;
    score: bigint;
    solver: string;
}
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
    /**
     * The solver's commitment to what is inside; zeros if there is none. The contract only keeps it.
     */
    commitment: Uint8Array;
    content_hash: Uint8Array;
    /**
     * 1 it carries the fee of its verdict, 2 the queue passed it over, 4 a place is kept for it, 8 what comes back or the
     * pay of a batch is due and was not delivered, 16 its prize was sent, 32 the judge decided.
     */
    flags: number;
    /**
     * When as many oracles as the quorum needs had voted, whatever they said; 0 = not yet, or concluded.
     */
    heard: bigint;
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
     * Which oracles voted, by their places: bit 0 is the first one.
     */
    voted: number;
    /**
     * In the order in which they were cast, while the submission is open.
     */
    votes: Array<VoteRecord>;
}
/**
 * A vote or the judge's ballot, as it is kept while its submission is open.
 */
export interface VoteRecord {
    /**
     * Place of the oracle in the challenge's list, from 0; 253 for the judge.
     */
    by: number;
    content_hash: Uint8Array;
    reason: number;
    score: bigint;
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
     * Over, with everything decided.
     */
    decided: number;
    /**
     * Over, with work undecided.
     */
    undecided: number;
    /**
     * Over, and the truth that was promised is not opened by the maker.
     */
    unopened: number;
}
/**
 * An oracle's public record. `close` adds what it did in a challenge.
 */
export interface OracleRecord {
    /**
     * Challenges accepted.
     */
    accepted: number;
    agreed: number;
    disagreed: number;
    /**
     * Challenges that count here.
     */
    folded: number;
    /**
     * Submissions that no quorum decided and that lack its vote.
     */
    missing: number;
    /**
     * Of these, `Unavailable`.
     */
    unavailable: number;
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
     * A challenge names one, three or five different oracles.
     */
    201: {
        message: string;
    };
    /**
     * The judge can be neither the maker nor an oracle of the challenge, and a challenge paid by earnings has none.
     */
    202: {
        message: string;
    };
    /**
     * The dates contradict each other: acceptance ends in the future, opening and acceptance end at least one patience before the deadline, grading lasts at least four times the patience and this network's shortest window after the deadline, judging at least one window after grading, and the end is at most 150 days from now.
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
     * The payout rule is out of bounds: a bounty has 1 to 50 winners and a reward above zero, a ranking 1 to 40 prizes above zero with the largest first, payment per unit a rate above zero and batches of at least one unit that cost at most a twentieth of the prize, earnings no deposit.
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
     * A solver must have at least one attempt, in total and per day.
     */
    207: {
        message: string;
    };
    /**
     * The fee budget must cover the fees of the ranking, which are set aside at creation.
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
     * The challenge is not open yet.
     */
    301: {
        message: string;
    };
    /**
     * Not every oracle has accepted this challenge.
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
     * Nothing is left to send to the maker or to add to a record now.
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
     * The time for votes and rankings of this challenge is over.
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
     * Rankings are taken after the deadline, once every submission is final, and in the last patience of grading in any case.
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
     * The first oracle of the list makes the challenge key and has not accepted yet.
     */
    317: {
        message: string;
    };
    /**
     * The first oracle of the list brings the sealed shares of the challenge key, 1 to 1,024 bytes; the others bring none.
     */
    318: {
        message: string;
    };
    /**
     * This is not the challenge key that the first oracle made.
     */
    319: {
        message: string;
    };
    /**
     * Only the judge of this challenge can do this.
     */
    320: {
        message: string;
    };
    /**
     * The judge decides after grading and before the end of judging.
     */
    321: {
        message: string;
    };
    /**
     * The maker, the oracles and the judge of a challenge cannot take part in it.
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
     * The solver has a place on the board of this bounty already.
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
     * The gate of this challenge does not admit this solver.
     */
    410: {
        message: string;
    };
    /**
     * A batch holds 1 to 40 different submissions.
     */
    500: {
        message: string;
    };
    /**
     * The oracle has already voted on this submission.
     */
    501: {
        message: string;
    };
    /**
     * The vote contradicts itself: a reason belongs to a rejection only, a score, a content hash and units to a scored submission only, and a judge cannot find a submission unavailable.
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
     * Nothing can be done with these submissions now.
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
     * Epochs follow each other: the next one comes after the last that has its quorum.
     */
    508: {
        message: string;
    };
    /**
     * Every sum of an epoch is at least zero, and its total is at least the last one's and at most what was paid in.
     */
    509: {
        message: string;
    };
    /**
     * This submission has its verdict already, or can no longer have one.
     */
    510: {
        message: string;
    };
    /**
     * Where a quorum of oracles graded a submission, the judge chooses among their votes.
     */
    511: {
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
 * The judge decided; its ballots are carried out from the end on. One that changes nothing has no row.
 */
export interface RuledEvent {
    name: "Ruled";
    data: {
        challenge: number;
        judge: string;
        /**
         * The judge's reasons.
         */
        report?: Cid;
        rows?: Array<Row>;
    };
}
/**
 * An oracle voted; where it settled, the rows also say what was concluded and passed over.
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
        /**
         * Whether the call settled.
         */
        settle?: boolean;
        rows?: Array<Row>;
    };
}
/**
 * Submissions were concluded by votes cast before, or passed over.
 */
export interface SettledEvent {
    name: "Settled";
    data: {
        challenge: number;
        rows?: Array<Row>;
    };
}
/**
 * Someone added money.
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
 * A solver's work has its number; `deposit` was paid in, and `carried` for its grading.
 */
export interface SubmittedEvent {
    name: "Submitted";
    data: {
        challenge: number;
        solver: string;
        attempt?: number;
        number?: number;
        cid?: Cid;
        commitment?: Uint8Array;
        units?: number;
        deposit?: bigint;
        carried?: bigint;
    };
}
/**
 * No ranking had its quorum at the end: the prizes go by the judge's last ranking, or by the running table.
 */
export interface RankingFixedEvent {
    name: "RankingFixed";
    data: {
        challenge: number;
        ranking?: Ranking;
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
 * An oracle or the judge posted a ranking; with the oracles' quorum the prizes are due.
 */
export interface RankingPostedEvent {
    name: "RankingPosted";
    data: {
        challenge: number;
        by: string;
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
 * An oracle posted an epoch of earnings, by the two children of the root; with the quorum they can be claimed. `fees` went
 * from the budget to the oracles of the quorum.
 */
export interface EarningsPostedEvent {
    name: "EarningsPosted";
    data: {
        challenge: number;
        oracle: string;
        epoch?: number;
        left?: Branch;
        right?: Branch;
        /**
         * The hash of the root.
         */
        root?: Uint8Array;
        /**
         * The sum of the root.
         */
        total?: bigint;
        report?: Cid;
        quorum?: boolean;
        fees?: bigint;
    };
}
/**
 * The maker was sent what no one can still win: of the prize, and of the fee budget. `folded` says that the records of the
 * maker or the oracles grew: the challenge counts in them from the first such event on, and each moves all of its tallies there
 * but `open`.
 */
export interface ChallengeClosedEvent {
    name: "ChallengeClosed";
    data: {
        challenge: number;
        maker: string;
        prize?: bigint;
        fees?: bigint;
        folded?: boolean;
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
 * What a submission was still owed was sent: its prize, and what comes back together with the pay of a batch. The row says
 * how it was concluded, if this call did that.
 */
export interface PaymentReleasedEvent {
    name: "PaymentReleased";
    data: {
        challenge: number;
        solver: string;
        attempt?: number;
        prize?: bigint;
        back?: bigint;
        row?: Row;
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
        /**
         * Of it, a ranking's fees are set aside at once.
         */
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
 * An oracle took the challenge on, with this version of its key and the challenge key; the first one also brought the
 * shares, in which the private half is sealed to every oracle.
 */
export interface ChallengeAcceptedEvent {
    name: "ChallengeAccepted";
    data: {
        challenge: number;
        oracle: string;
        key_version?: number;
        key?: Uint8Array;
        shares?: Uint8Array;
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
export type ContractEvent = RuledEvent | ScoredEvent | SettledEvent | ToppedUpEvent | SubmittedEvent | RankingFixedEvent | FeesWithdrawnEvent | RankingPostedEvent | TruthRevealedEvent | EarningsPostedEvent | ChallengeClosedEvent | EarningsClaimedEvent | PaymentReleasedEvent | ChallengeCreatedEvent | OracleRegisteredEvent | ChallengeAcceptedEvent | ChallengeCancelledEvent;
