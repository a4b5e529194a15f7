// Generated from contracts/recount/recount.wasm by `npm run bindings`; do not edit.
/**
* A row of the ranking that the opened works make.
*/
export interface Row {
    attempt: number;
    number: number;
    /**
     * Of the private rows.
     */
    score: bigint;
    solver: string;
}
/**
 * A work as far as it is open; once it is scored, its result.
 */
export interface Work {
    carry: Uint8Array;
    commitment: Uint8Array;
    /**
     * SHA-256 of the truth's salt and the work's form; zeros until it is scored.
     */
    content_hash: Uint8Array;
    /**
     * A quorum of oracles had scored it; it is opened for the ranking alone.
     */
    decided: boolean;
    /**
     * SHA-256 of salt and form so far.
     */
    hash: Uint8Array;
    known: number;
    /**
     * The chunk that is to be opened next, from 0.
     */
    next: number;
    number: number;
    /**
     * Of the private rows of a ranking; else 0.
     */
    private: bigint;
    /**
     * The main contract was told, or need not be.
     */
    ruled: boolean;
    /**
     * Of all rows; of the public ones in a ranking.
     */
    score: bigint;
    scored: boolean;
    /**
     * What the metric needs of the rows so far.
     */
    tally: Uint8Array;
}
/**
 * How a challenge's work is scored again.
 */
export interface Rules {
    /**
     * The classes in their order: texts by their bytes; numbers by value, each as the 8 bytes of a little-endian float64. Those of
     * the truth alone for the area under the curve; none for a metric of numbers.
     */
    classes: Array<Uint8Array>;
    /**
     * The least number that a work may hold, as the bits of a float64.
     */
    least: bigint;
    metric: Metric;
    /**
     * The greatest one.
     */
    most: bigint;
    /**
     * Whether the classes are numbers.
     */
    numbers: boolean;
    /**
     * The positive class's place, from 0, for a metric of one class.
     */
    positive: number;
    /**
     * Whether a work's numbers are whole.
     */
    whole: boolean;
}
/**
 * A truth as far as it is open.
 */
export interface Truth {
    /**
     * The first bytes of a row that the next chunk ends.
     */
    carry: Uint8Array;
    /**
     * Name of the column that a submission has; empty if it has several.
     */
    column: Uint8Array;
    /**
     * All that is needed is open.
     */
    complete: boolean;
    /**
     * Rows whose value is known.
     */
    known: number;
    /**
     * The chunk that is to be opened next, from 0.
     */
    next: number;
    /**
     * Rows of a ranking whose part is known.
     */
    parted: number;
    rows: number;
    salt: Uint8Array;
}
/**
 * The rules of a challenge, and what of its terms they are applied to; frozen.
 */
export interface Frozen {
    grade_by: bigint;
    judge_by: bigint;
    maker: string;
    minimize: boolean;
    /**
     * Works are opened before it. With unique content they are ruled on from then on, when all copies are known; else at once, and it
     * is `judge_by`.
     */
    open_until: bigint;
    /**
     * Prizes of a ranking; 0 in a bounty.
     */
    places: number;
    rules: Rules;
    step: bigint;
    threshold: bigint;
    /**
     * The truth's commitment.
     */
    truth: Uint8Array;
    unique_content: boolean;
}
/**
 * A metric of the engine (`docs/metrics`), with its average where it has one.
 */
export declare enum Metric {
    /**
     * Enum Case: Accuracy
     */
    Accuracy = 1,
    /**
     * Enum Case: BalancedAccuracy
     */
    BalancedAccuracy = 2,
    /**
     * Enum Case: F1Binary
     */
    F1Binary = 3,
    /**
     * Enum Case: F1Micro
     */
    F1Micro = 4,
    /**
     * Enum Case: F1Macro
     */
    F1Macro = 5,
    /**
     * Enum Case: F1Weighted
     */
    F1Weighted = 6,
    /**
     * Enum Case: PrecisionBinary
     */
    PrecisionBinary = 7,
    /**
     * Enum Case: PrecisionMicro
     */
    PrecisionMicro = 8,
    /**
     * Enum Case: PrecisionMacro
     */
    PrecisionMacro = 9,
    /**
     * Enum Case: PrecisionWeighted
     */
    PrecisionWeighted = 10,
    /**
     * Enum Case: RecallBinary
     */
    RecallBinary = 11,
    /**
     * Enum Case: RecallMicro
     */
    RecallMicro = 12,
    /**
     * Enum Case: RecallMacro
     */
    RecallMacro = 13,
    /**
     * Enum Case: RecallWeighted
     */
    RecallWeighted = 14,
    /**
     * Enum Case: Mcc
     */
    Mcc = 15,
    /**
     * Enum Case: CohenKappa
     */
    CohenKappa = 16,
    /**
     * Enum Case: RocAuc
     */
    RocAuc = 17,
    /**
     * Enum Case: Mae
     */
    Mae = 18,
    /**
     * Enum Case: Mse
     */
    Mse = 19,
    /**
     * Enum Case: Rmse
     */
    Rmse = 20
}
/**
 * Error Enum: Error
 */
export declare const Error: {
    /**
     * These rules cannot be: name 1 to 64 classes of at most 64 bytes in ascending order for a metric of classes, two for the area
     * under the curve, none for a metric of numbers, and a positive class among them.
     */
    1400: {
        message: string;
    };
    /**
     * The challenge names another judge than this contract.
     */
    1401: {
        message: string;
    };
    /**
     * Only bounties and rankings can be recounted.
     */
    1402: {
        message: string;
    };
    /**
     * Rules are fixed before the first submission, or not at all.
     */
    1403: {
        message: string;
    };
    /**
     * The rules are fixed already, for good.
     */
    1404: {
        message: string;
    };
    /**
     * The maker fixed no rules for this challenge, so it cannot be recounted.
     */
    1405: {
        message: string;
    };
    /**
     * Truth and work are opened between grade_by and judge_by alone.
     */
    1406: {
        message: string;
    };
    /**
     * Salt and chunk hashes are not those of the truth that the challenge committed to.
     */
    1407: {
        message: string;
    };
    /**
     * Nonce and chunk hashes are not those of the work that its solver committed to.
     */
    1408: {
        message: string;
    };
    /**
     * The chunk is not the one that was committed to at this place.
     */
    1409: {
        message: string;
    };
    /**
     * Chunks are opened in their order: ask which one is next.
     */
    1410: {
        message: string;
    };
    /**
     * It is opened already.
     */
    1411: {
        message: string;
    };
    /**
     * It has too many chunks: at most 1,024, and 16 for the area under the curve.
     */
    1412: {
        message: string;
    };
    /**
     * The bytes are no canonical form of one column of the kind that the rules name.
     */
    1413: {
        message: string;
    };
    /**
     * A row has a class that the rules do not name.
     */
    1414: {
        message: string;
    };
    /**
     * The work has another number of rows than the truth.
     */
    1415: {
        message: string;
    };
    /**
     * A number is outside of the range that the rules name, or has a fraction where they want whole ones.
     */
    1416: {
        message: string;
    };
    /**
     * Open the truth first, to its end.
     */
    1417: {
        message: string;
    };
    /**
     * The solver committed to nothing, so nothing can be opened.
     */
    1418: {
        message: string;
    };
    /**
     * The metric has no value for these rows.
     */
    1419: {
        message: string;
    };
    /**
     * It can be removed once the judge's time is over.
     */
    1420: {
        message: string;
    };
    /**
     * The work was rejected by the oracles' quorum.
     */
    1421: {
        message: string;
    };
    /**
     * Open the work first, to its end.
     */
    1422: {
        message: string;
    };
    /**
     * With unique content works are opened before open_until alone: what came later could make nothing else a copy any more.
     */
    1423: {
        message: string;
    };
    /**
     * Rule on it from open_until on: until then a lower number with the same content may still be opened.
     */
    1424: {
        message: string;
    };
    /**
     * It is ruled on already.
     */
    1425: {
        message: string;
    };
};
/**
 * A work was scored. The main contract was told, unless a quorum of oracles had scored it; a copy was rejected there.
 */
export interface RecountedEvent {
    name: "Recounted";
    data: {
        challenge: number;
        solver: string;
        attempt?: number;
        /**
         * Of all rows; of the public ones in a ranking.
         */
        score?: bigint;
        /**
         * Of the private rows of a ranking; else 0.
         */
        private?: bigint;
        content_hash?: Uint8Array;
        /**
         * A lower number of another solver has the same content.
         */
        copied?: boolean;
    };
}
/**
 * A chunk of a work was opened; so many of its rows are counted now.
 */
export interface WorkOpenedEvent {
    name: "WorkOpened";
    data: {
        challenge: number;
        solver: string;
        attempt?: number;
        place?: number;
        rows?: number;
    };
}
/**
 * A chunk of a truth was opened; so many of its rows are known now.
 */
export interface TruthOpenedEvent {
    name: "TruthOpened";
    data: {
        challenge: number;
        place?: number;
        rows?: number;
        complete?: boolean;
    };
}
/**
 * What was kept for a challenge that is over was removed, or a part of it.
 */
export interface RecountRemovedEvent {
    name: "RecountRemoved";
    data: {
        challenge: number;
    };
}
/**
 * A maker fixed how its challenge's work is scored again.
 */
export interface RecountConfiguredEvent {
    name: "RecountConfigured";
    data: {
        challenge: number;
        maker?: string;
        rules?: Rules;
    };
}
export type ContractEvent = RecountedEvent | WorkOpenedEvent | TruthOpenedEvent | RecountRemovedEvent | RecountConfiguredEvent;
