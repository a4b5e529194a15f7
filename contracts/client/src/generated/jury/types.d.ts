// Generated from contracts/jury/jury.wasm by `npm run bindings`; do not edit.
/**
* A CIDv1 with a SHA-256 digest; the codec is 0x55 (raw bytes) or 0x70 (UnixFS).
*/
export interface Cid {
    codec: number;
    digest: Uint8Array;
}
/**
 * A ballot on one submission.
 */
export interface Vote {
    attempt: number;
    /**
     * Zeros unless `Scored`.
     */
    content_hash: Uint8Array;
    /**
     * Has no meaning in a ballot.
     */
    hold: boolean;
    /**
     * 1 to 255 for `Rejected`, otherwise 0.
     */
    reason: number;
    /**
     * As graded, in units of 1e-7; the main contract rounds it. 0 unless `Scored`.
     */
    score: bigint;
    solver: string;
    /**
     * Accepted units; 0 unless `Scored` in a challenge paid per unit.
     */
    units: number;
    verdict: Verdict;
}
/**
 * What can be said of a submission; a judge says `Scored` or `Rejected`.
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
 * Numbered from 1200 on: the main contract's and the records' numbers end below.
 */
export declare const Error: {
    /**
     * A jury has an odd number of different jurors, 1 to 9.
     */
    1200: {
        message: string;
    };
    /**
     * Only a juror can vote.
     */
    1201: {
        message: string;
    };
};
/**
 * What a juror says of a submission.
 */
export interface Ballot {
    juror: string;
    /**
     * The juror's reasons.
     */
    report: Cid;
    vote: Vote;
}
/**
 * Fixed when the jury is deployed.
 */
export interface Config {
    jurors: Array<string>;
    /**
     * The main contract, whose challenges name this jury as their judge.
     */
    stellartrain: string;
}
/**
 * A juror voted; with the majority the main contract was told.
 */
export interface JurorVotedEvent {
    name: "JurorVoted";
    data: {
        challenge: number;
        juror: string;
        report?: Cid;
        vote?: Vote;
        majority?: boolean;
    };
}
export type ContractEvent = JurorVotedEvent;
