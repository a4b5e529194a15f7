// Generated from contracts/records/records.wasm by `npm run bindings`; do not edit.
/**
* A CIDv1 with a SHA-256 digest; the codec is 0x55 (raw bytes) or 0x70 (UnixFS).
*/
export interface Cid {
    codec: number;
    digest: Uint8Array;
}
/**
 * What a badge says, copied from the final submission when it was minted.
 */
export interface Badge {
    attempt: number;
    challenge: number;
    /**
     * The submission's number in the challenge.
     */
    number: number;
    prize: bigint;
    score: bigint;
    solver: string;
    token: string;
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
     * The picture that every badge shows.
     */
    image: Cid;
    /**
     * The main contract, whose outcomes are read.
     */
    stellartrain: string;
}
/**
 * A solver's record: what became of the submissions that someone folded in. No evidence against self-dealing.
 */
export interface SolverRecord {
    /**
     * When the first of them was folded in; 0 = none yet.
     */
    first: bigint;
    /**
     * When the latest of them was folded in.
     */
    last: bigint;
    rejected: number;
    scored: number;
    /**
     * Folded in, whatever became of them; the five kinds add up to it.
     */
    submissions: number;
    /**
     * Could not be fetched or graded.
     */
    unavailable: number;
    /**
     * Without a verdict: the oracles came to none, or did not grade in time.
     */
    unsettled: number;
    /**
     * Not final when the last winner was found.
     */
    void: number;
    /**
     * Those that won something. The amounts, by token, are in the events.
     */
    wins: number;
}
/**
 * Error Enum: Error
 */
export declare const Error: {
    /**
     * The badges' picture is not a SHA-256 CID of raw bytes or of a UnixFS file.
     */
    1100: {
        message: string;
    };
    /**
     * The main contract knows no such submission.
     */
    1101: {
        message: string;
    };
    /**
     * The outcome of this submission can still change; come back when it is final.
     */
    1102: {
        message: string;
    };
    /**
     * This submission is in its solver's record already.
     */
    1103: {
        message: string;
    };
    /**
     * This submission won nothing; badges are for winners.
     */
    1104: {
        message: string;
    };
    /**
     * The badge of this submission was minted already.
     */
    1105: {
        message: string;
    };
    /**
     * There is no badge with this number, or it was burned.
     */
    1106: {
        message: string;
    };
    /**
     * A badge stays with the one who won it: it can be neither transferred nor approved for someone else.
     */
    1107: {
        message: string;
    };
    /**
     * Only its owner can burn a badge.
     */
    1108: {
        message: string;
    };
};
/**
 * A winner took the badge of a submission.
 */
export interface BadgeMintedEvent {
    name: "BadgeMinted";
    data: {
        challenge: number;
        solver: string;
        token_id?: number;
        attempt?: number;
        number?: number;
        score?: bigint;
        prize?: bigint;
        token?: string;
    };
}
/**
 * A final submission was counted in its solver's record, at the ledger's close time.
 */
export interface SubmissionFoldedEvent {
    name: "SubmissionFolded";
    data: {
        challenge: number;
        solver: string;
        attempt?: number;
        number?: number;
        verdict?: Verdict;
        score?: bigint;
        prize?: bigint;
        token?: string;
    };
}
/**
 * Where a submission stands, as the main contract numbers it.
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
     * Enum Case: Rejected
     */
    Rejected = 2,
    /**
     * Enum Case: Unavailable
     */
    Unavailable = 3,
    /**
     * Enum Case: Unsettled
     */
    Unsettled = 4,
    /**
     * Enum Case: Void
     */
    Void = 5
}
/**
 * Event emitted when a token is burned.
 */
export interface BurnEvent {
    name: "Burn";
    data: {
        from: string;
        token_id?: number;
    };
}
/**
 * Event emitted when a token is minted.
 */
export interface MintEvent {
    name: "Mint";
    data: {
        to: string;
        token_id?: number;
    };
}
/**
 * Error Enum: NonFungibleTokenError
 */
export declare const NonFungibleTokenError: {
    /**
     * Indicates a non-existent `token_id`.
     */
    200: {
        message: string;
    };
    /**
     * Indicates an error related to the ownership over a particular token.
     * Used in transfers.
     */
    201: {
        message: string;
    };
    /**
     * Indicates a failure with the `operator`s approval. Used in transfers.
     */
    202: {
        message: string;
    };
    /**
     * Indicates a failure with the `approver` of a token to be approved. Used
     * in approvals.
     */
    203: {
        message: string;
    };
    /**
     * Indicates an invalid value for `live_until_ledger` when setting
     * approvals.
     */
    204: {
        message: string;
    };
    /**
     * Indicates overflow when adding two values
     */
    205: {
        message: string;
    };
    /**
     * Indicates all possible `token_id`s are already in use.
     */
    206: {
        message: string;
    };
    /**
     * Indicates an invalid amount to batch mint in `consecutive` extension.
     */
    207: {
        message: string;
    };
    /**
     * Indicates the token does not exist in owner's list.
     */
    208: {
        message: string;
    };
    /**
     * Indicates the token does not exist in global list.
     */
    209: {
        message: string;
    };
    /**
     * Indicates access to unset metadata.
     */
    210: {
        message: string;
    };
    /**
     * Indicates the length of the base URI exceeds the maximum allowed.
     */
    211: {
        message: string;
    };
    /**
     * Indicates the royalty amount is higher than 10_000 (100%) basis points.
     */
    212: {
        message: string;
    };
    /**
     * Indicates the length of the name exceeds the maximum allowed.
     */
    213: {
        message: string;
    };
    /**
     * Indicates the length of the symbol exceeds the maximum allowed.
     */
    214: {
        message: string;
    };
};
export type ContractEvent = BadgeMintedEvent | SubmissionFoldedEvent | BurnEvent | MintEvent;
