// Generated from contracts/stellartrain/stellartrain.wasm by `npm run bindings`; do not edit.
import { Cid, Vote, Place, Sibling, Epoch, MakerRecord, Phase, State, Config, SubmissionId, OracleRecord, Settlement, Outcome, Attempts, Earnings, Challenge, OracleKey, Submission, RankingRow, Branch, Terms, ContractEvent } from './types.js';
import { AssembledTransaction, Client as ContractClient, ClientOptions as ContractClientOptions, MethodOptions, ExternalExecutableRef } from '@stellar/stellar-sdk/contract';
import { Address, xdr } from '@stellar/stellar-sdk';
export interface Client {
    /**
     * What `release_payment` would send now.
     */
    owed(args: {
        challenge: number;
        solver: string | Address;
        attempt: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
    /**
     * Records the judge's ballots on submissions that have no verdict. Where a quorum of oracles or more graded a submission,
     * the ballot is one of their votes. Ballots are carried out from the end on. One on what others decided changes nothing,
     * unless no other is left.
     */
    rule(args: {
        judge: string | Address;
        challenge: number;
        report: Cid;
        ballots: Array<Vote>;
    }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
    /**
     * The winners of a bounty so far, those whose prize is due first; the running table of a ranking, or the ranking.
     */
    board(args: {
        challenge: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<Array<Place>>>;
    /**
     * Sends a labeler what it has earned and was not sent yet; anyone may call, against any epoch, at any time.
     */
    claim(args: {
        challenge: number;
        epoch: number;
        labeler: string | Address;
        cumulative: bigint;
        proof: Array<Sibling>;
    }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
    /**
     * Sends the maker the free fee budget and the prize that no one can still win, from the deadline on or once a bounty
     * has ended; anyone may call, repeatedly. Once no other verdict can come, each call also adds to the records of the maker
     * and the oracles what has happened since the last one.
     */
    close(args: {
        challenge: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
    /**
     * What a quorum posted for an epoch. Fails with `NoEpoch`.
     */
    epoch(args: {
        challenge: number;
        epoch: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<Epoch>>;
    /**
     * A maker's record.
     */
    maker(args: {
        maker: string | Address;
    }, options?: MethodOptions): Promise<AssembledTransaction<MakerRecord>>;
    /**
     * Where a challenge is at this moment. Fails with `NoChallenge`.
     */
    phase(args: {
        challenge: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<Phase>>;
    /**
     * The moving half of a challenge. Fails with `NoChallenge`.
     */
    state(args: {
        challenge: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<State>>;
    /**
     * Sends everything back while not all oracles have accepted: by the maker before `accept_by`, by anyone from then on.
     */
    cancel(args: {
        challenge: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
    /**
     * What was fixed when the contract was deployed.
     */
    config(options?: MethodOptions): Promise<AssembledTransaction<Config>>;
    /**
     * Extends the lifetimes of a challenge and of some of its submissions to the network's maximum; anyone may.
     */
    extend(args: {
        challenge: number;
        submissions: Array<SubmissionId>;
    }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
    /**
     * An oracle's record. Fails with `NotRegistered`.
     */
    oracle(args: {
        oracle: string | Address;
    }, options?: MethodOptions): Promise<AssembledTransaction<OracleRecord>>;
    /**
     * Opens the truth after the end, where the challenge promised it. Maker and oracles have a slot each, written once.
     */
    reveal(args: {
        revealer: string | Address;
        challenge: number;
        truth: Cid;
    }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
    /**
     * Concludes and pays submissions that can be, and lets the queue of a bounty pass those over whose time is up; anyone may
     * at any time.
     */
    settle(args: {
        challenge: number;
        submissions: Array<Settlement>;
    }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
    /**
     * The challenge key's private half, sealed to every oracle; nothing before the first oracle accepted.
     */
    shares(args: {
        challenge: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<Uint8Array | null>>;
    /**
     * Submits work. It is stored under (challenge, solver, attempt), so that solvers never fail each other.
     */
    submit(args: {
        solver: string | Address;
        challenge: number;
        attempt: number;
        cid: Cid;
        commitment: Uint8Array;
        units: number;
        carry: bigint;
    }, options?: MethodOptions): Promise<AssembledTransaction<number>>;
    /**
     * Adds money to a challenge until its deadline; anyone may.
     */
    top_up(args: {
        from: string | Address;
        challenge: number;
        escrow: bigint;
        fees: bigint;
    }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
    /**
     * What a labeler was sent in a challenge so far.
     */
    claimed(args: {
        challenge: number;
        labeler: string | Address;
    }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
    /**
     * What became of a submission, even if no call has written it yet. Fails with `NoSubmission`.
     */
    outcome(args: {
        challenge: number;
        solver: string | Address;
        attempt: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<Outcome>>;
    /**
     * How many attempts a solver has made in a challenge.
     */
    attempts(args: {
        challenge: number;
        solver: string | Address;
    }, options?: MethodOptions): Promise<AssembledTransaction<Attempts>>;
    /**
     * The earnings of a challenge so far.
     */
    earnings(args: {
        challenge: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<Earnings>>;
    /**
     * The truth that the maker or an oracle opened, if it did.
     */
    revealed(args: {
        challenge: number;
        by: string | Address;
    }, options?: MethodOptions): Promise<AssembledTransaction<Cid | null>>;
    /**
     * The frozen half of a challenge. Fails with `NoChallenge`.
     */
    challenge(args: {
        challenge: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<Challenge>>;
    /**
     * How many challenges there are; they are numbered from 1.
     */
    challenges(options?: MethodOptions): Promise<AssembledTransaction<number>>;
    /**
     * One version of an oracle's key. Fails with `NotRegistered`.
     */
    oracle_key(args: {
        oracle: string | Address;
        version: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<OracleKey>>;
    /**
     * One submission as it is stored. Fails with `NoSubmission`.
     */
    submission(args: {
        challenge: number;
        solver: string | Address;
        attempt: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<Submission>>;
    /**
     * Records an oracle's votes, in any order; with `settle`, also concludes and pays those of the submissions that can be.
     */
    post_scores(args: {
        oracle: string | Address;
        challenge: number;
        report: Cid;
        votes: Array<Vote>;
        settle: boolean;
    }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
    /**
     * Up to 40 submissions. Fails with `BadBatch`, `NoSubmission`.
     */
    submissions(args: {
        challenge: number;
        ids: Array<SubmissionId>;
    }, options?: MethodOptions): Promise<AssembledTransaction<Array<Submission>>>;
    /**
     * Records a ranking on the private part of the truth. An oracle may replace its own until m are equal: then the prizes are
     * due, and `release_payment` sends them. Where the oracles have none at `grade_by`, the judge may post one until the end,
     * and replace it; it counts from the end on.
     */
    post_ranking(args: {
        by: string | Address;
        challenge: number;
        report: Cid;
        rows: Array<RankingRow>;
    }, options?: MethodOptions): Promise<AssembledTransaction<boolean>>;
    /**
     * Records an oracle's vote on the next epoch of earnings; with the quorum the increase of the total leaves the escrow
     * for good and can be claimed. If the total rose, the oracles of the quorum share a verdict's fee, as far as the budget
     * goes.
     */
    post_earnings(args: {
        oracle: string | Address;
        challenge: number;
        epoch: number;
        left: Branch;
        right: Branch;
        report: Cid;
    }, options?: MethodOptions): Promise<AssembledTransaction<boolean>>;
    /**
     * Sends an oracle what it earned in a challenge; anyone may call.
     */
    withdraw_fees(args: {
        oracle: string | Address;
        challenge: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
    /**
     * Registers an oracle, or its next key. A key is never replaced: each call appends a version.
     */
    register_oracle(args: {
        oracle: string | Address;
        key: Uint8Array;
        url: string;
        metadata: Cid;
    }, options?: MethodOptions): Promise<AssembledTransaction<number>>;
    /**
     * Sends a solver all that a submission is still owed: its prize, what comes back of its deposit and of the fee that it
     * carried, the pay of its batch. From the end on, and in a bounty that has ended, it first concludes the submission.
     */
    release_payment(args: {
        challenge: number;
        solver: string | Address;
        attempt: number;
    }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
    /**
     * Accepts a challenge, after the oracle has checked that it can grade it; fixes its key version.
     */
    accept_challenge(args: {
        oracle: string | Address;
        challenge: number;
        key: Uint8Array;
        shares: Uint8Array;
    }, options?: MethodOptions): Promise<AssembledTransaction<number>>;
    /**
     * Creates a challenge and locks its whole prize and its fee budget.
     */
    create_challenge(args: {
        maker: string | Address;
        terms: Terms;
        prize: bigint;
        fee_budget: bigint;
    }, options?: MethodOptions): Promise<AssembledTransaction<number>>;
}
export declare class Client extends ContractClient {
    readonly options: ContractClientOptions;
    constructor(options: ContractClientOptions);
    static deploy<T = Client>(args: {
        min_patience: bigint;
        min_window: bigint;
    }, options: MethodOptions & Omit<ContractClientOptions, 'contractId'> & {
        salt?: Uint8Array;
        address?: string;
    } & ({
        wasmHash: Uint8Array | string;
        format?: "hex" | "base64";
        externalRef?: never;
    } | {
        externalRef: ExternalExecutableRef;
        wasmHash?: never;
        format?: never;
    })): Promise<AssembledTransaction<T>>;
    readonly fromJson: {
        owed: (json: string) => AssembledTransaction<bigint>;
        rule: (json: string) => AssembledTransaction<void>;
        board: (json: string) => AssembledTransaction<Place[]>;
        claim: (json: string) => AssembledTransaction<bigint>;
        close: (json: string) => AssembledTransaction<bigint>;
        epoch: (json: string) => AssembledTransaction<Epoch>;
        maker: (json: string) => AssembledTransaction<MakerRecord>;
        phase: (json: string) => AssembledTransaction<Phase>;
        state: (json: string) => AssembledTransaction<State>;
        cancel: (json: string) => AssembledTransaction<bigint>;
        config: (json: string) => AssembledTransaction<Config>;
        extend: (json: string) => AssembledTransaction<void>;
        oracle: (json: string) => AssembledTransaction<OracleRecord>;
        reveal: (json: string) => AssembledTransaction<void>;
        settle: (json: string) => AssembledTransaction<void>;
        shares: (json: string) => AssembledTransaction<Uint8Array<ArrayBufferLike> | null>;
        submit: (json: string) => AssembledTransaction<number>;
        top_up: (json: string) => AssembledTransaction<void>;
        claimed: (json: string) => AssembledTransaction<bigint>;
        outcome: (json: string) => AssembledTransaction<Outcome>;
        attempts: (json: string) => AssembledTransaction<Attempts>;
        earnings: (json: string) => AssembledTransaction<Earnings>;
        revealed: (json: string) => AssembledTransaction<Cid | null>;
        challenge: (json: string) => AssembledTransaction<Challenge>;
        challenges: (json: string) => AssembledTransaction<number>;
        oracle_key: (json: string) => AssembledTransaction<OracleKey>;
        submission: (json: string) => AssembledTransaction<Submission>;
        post_scores: (json: string) => AssembledTransaction<void>;
        submissions: (json: string) => AssembledTransaction<Submission[]>;
        post_ranking: (json: string) => AssembledTransaction<boolean>;
        post_earnings: (json: string) => AssembledTransaction<boolean>;
        withdraw_fees: (json: string) => AssembledTransaction<bigint>;
        register_oracle: (json: string) => AssembledTransaction<number>;
        release_payment: (json: string) => AssembledTransaction<bigint>;
        accept_challenge: (json: string) => AssembledTransaction<number>;
        create_challenge: (json: string) => AssembledTransaction<number>;
    };
    /** @deprecated Use fromJson instead. */
    readonly fromJSON: {
        owed: (json: string) => AssembledTransaction<bigint>;
        rule: (json: string) => AssembledTransaction<void>;
        board: (json: string) => AssembledTransaction<Place[]>;
        claim: (json: string) => AssembledTransaction<bigint>;
        close: (json: string) => AssembledTransaction<bigint>;
        epoch: (json: string) => AssembledTransaction<Epoch>;
        maker: (json: string) => AssembledTransaction<MakerRecord>;
        phase: (json: string) => AssembledTransaction<Phase>;
        state: (json: string) => AssembledTransaction<State>;
        cancel: (json: string) => AssembledTransaction<bigint>;
        config: (json: string) => AssembledTransaction<Config>;
        extend: (json: string) => AssembledTransaction<void>;
        oracle: (json: string) => AssembledTransaction<OracleRecord>;
        reveal: (json: string) => AssembledTransaction<void>;
        settle: (json: string) => AssembledTransaction<void>;
        shares: (json: string) => AssembledTransaction<Uint8Array<ArrayBufferLike> | null>;
        submit: (json: string) => AssembledTransaction<number>;
        top_up: (json: string) => AssembledTransaction<void>;
        claimed: (json: string) => AssembledTransaction<bigint>;
        outcome: (json: string) => AssembledTransaction<Outcome>;
        attempts: (json: string) => AssembledTransaction<Attempts>;
        earnings: (json: string) => AssembledTransaction<Earnings>;
        revealed: (json: string) => AssembledTransaction<Cid | null>;
        challenge: (json: string) => AssembledTransaction<Challenge>;
        challenges: (json: string) => AssembledTransaction<number>;
        oracle_key: (json: string) => AssembledTransaction<OracleKey>;
        submission: (json: string) => AssembledTransaction<Submission>;
        post_scores: (json: string) => AssembledTransaction<void>;
        submissions: (json: string) => AssembledTransaction<Submission[]>;
        post_ranking: (json: string) => AssembledTransaction<boolean>;
        post_earnings: (json: string) => AssembledTransaction<boolean>;
        withdraw_fees: (json: string) => AssembledTransaction<bigint>;
        register_oracle: (json: string) => AssembledTransaction<number>;
        release_payment: (json: string) => AssembledTransaction<bigint>;
        accept_challenge: (json: string) => AssembledTransaction<number>;
        create_challenge: (json: string) => AssembledTransaction<number>;
    };
    /**
     * Parse a raw contract event (topics + data) into a typed {@link ContractEvent}.
     */
    parseEvent(topics: xdr.ScVal[] | string[], data: xdr.ScVal | string): ContractEvent | undefined;
    /**
     * Build a topics filter row for the "Ruled" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    ruledEventFilter(topicValues?: {
        challenge?: number;
        judge?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "Scored" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    scoredEventFilter(topicValues?: {
        challenge?: number;
        oracle?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "Settled" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    settledEventFilter(topicValues?: {
        challenge?: number;
    }): string[];
    /**
     * Build a topics filter row for the "ToppedUp" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    toppedUpEventFilter(topicValues?: {
        challenge?: number;
        from?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "Submitted" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    submittedEventFilter(topicValues?: {
        challenge?: number;
        solver?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "RankingFixed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    rankingFixedEventFilter(topicValues?: {
        challenge?: number;
    }): string[];
    /**
     * Build a topics filter row for the "FeesWithdrawn" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    feesWithdrawnEventFilter(topicValues?: {
        challenge?: number;
        oracle?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "RankingPosted" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    rankingPostedEventFilter(topicValues?: {
        challenge?: number;
        by?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "TruthRevealed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    truthRevealedEventFilter(topicValues?: {
        challenge?: number;
        by?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "EarningsPosted" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    earningsPostedEventFilter(topicValues?: {
        challenge?: number;
        oracle?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "ChallengeClosed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    challengeClosedEventFilter(topicValues?: {
        challenge?: number;
        maker?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "EarningsClaimed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    earningsClaimedEventFilter(topicValues?: {
        challenge?: number;
        labeler?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "PaymentReleased" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    paymentReleasedEventFilter(topicValues?: {
        challenge?: number;
        solver?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "ChallengeCreated" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    challengeCreatedEventFilter(topicValues?: {
        challenge?: number;
        maker?: string | Address;
        token?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "OracleRegistered" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    oracleRegisteredEventFilter(topicValues?: {
        oracle?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "ChallengeAccepted" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    challengeAcceptedEventFilter(topicValues?: {
        challenge?: number;
        oracle?: string | Address;
    }): string[];
    /**
     * Build a topics filter row for the "ChallengeCancelled" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
     */
    challengeCancelledEventFilter(topicValues?: {
        challenge?: number;
    }): string[];
}
