// Generated from contracts/recount/recount.wasm by `npm run bindings`; do not edit.
/**
 * A metric of the engine (`docs/metrics`), with its average where it has one.
 */
export var Metric;
(function (Metric) {
    /**
     * Enum Case: Accuracy
     */
    Metric[Metric["Accuracy"] = 1] = "Accuracy";
    /**
     * Enum Case: BalancedAccuracy
     */
    Metric[Metric["BalancedAccuracy"] = 2] = "BalancedAccuracy";
    /**
     * Enum Case: F1Binary
     */
    Metric[Metric["F1Binary"] = 3] = "F1Binary";
    /**
     * Enum Case: F1Micro
     */
    Metric[Metric["F1Micro"] = 4] = "F1Micro";
    /**
     * Enum Case: F1Macro
     */
    Metric[Metric["F1Macro"] = 5] = "F1Macro";
    /**
     * Enum Case: F1Weighted
     */
    Metric[Metric["F1Weighted"] = 6] = "F1Weighted";
    /**
     * Enum Case: PrecisionBinary
     */
    Metric[Metric["PrecisionBinary"] = 7] = "PrecisionBinary";
    /**
     * Enum Case: PrecisionMicro
     */
    Metric[Metric["PrecisionMicro"] = 8] = "PrecisionMicro";
    /**
     * Enum Case: PrecisionMacro
     */
    Metric[Metric["PrecisionMacro"] = 9] = "PrecisionMacro";
    /**
     * Enum Case: PrecisionWeighted
     */
    Metric[Metric["PrecisionWeighted"] = 10] = "PrecisionWeighted";
    /**
     * Enum Case: RecallBinary
     */
    Metric[Metric["RecallBinary"] = 11] = "RecallBinary";
    /**
     * Enum Case: RecallMicro
     */
    Metric[Metric["RecallMicro"] = 12] = "RecallMicro";
    /**
     * Enum Case: RecallMacro
     */
    Metric[Metric["RecallMacro"] = 13] = "RecallMacro";
    /**
     * Enum Case: RecallWeighted
     */
    Metric[Metric["RecallWeighted"] = 14] = "RecallWeighted";
    /**
     * Enum Case: Mcc
     */
    Metric[Metric["Mcc"] = 15] = "Mcc";
    /**
     * Enum Case: CohenKappa
     */
    Metric[Metric["CohenKappa"] = 16] = "CohenKappa";
    /**
     * Enum Case: RocAuc
     */
    Metric[Metric["RocAuc"] = 17] = "RocAuc";
    /**
     * Enum Case: Mae
     */
    Metric[Metric["Mae"] = 18] = "Mae";
    /**
     * Enum Case: Mse
     */
    Metric[Metric["Mse"] = 19] = "Mse";
    /**
     * Enum Case: Rmse
     */
    Metric[Metric["Rmse"] = 20] = "Rmse";
})(Metric || (Metric = {}));
/**
 * Error Enum: Error
 */
export const Error = {
    /**
     * These rules cannot be: name 1 to 64 classes of at most 64 bytes in ascending order for a metric of classes, two for the area
     * under the curve, none for a metric of numbers, and a positive class among them.
     */
    1400: { message: "BadRules" },
    /**
     * The challenge names another judge than this contract.
     */
    1401: { message: "NotTheJudge" },
    /**
     * Only bounties and rankings can be recounted.
     */
    1402: { message: "WrongPayout" },
    /**
     * Rules are fixed before the first submission, or not at all.
     */
    1403: { message: "TooLate" },
    /**
     * The rules are fixed already, for good.
     */
    1404: { message: "AlreadyConfigured" },
    /**
     * The maker fixed no rules for this challenge, so it cannot be recounted.
     */
    1405: { message: "NotConfigured" },
    /**
     * Truth and work are opened between grade_by and judge_by alone.
     */
    1406: { message: "NotJudging" },
    /**
     * Salt and chunk hashes are not those of the truth that the challenge committed to.
     */
    1407: { message: "TruthMismatch" },
    /**
     * Nonce and chunk hashes are not those of the work that its solver committed to.
     */
    1408: { message: "WorkMismatch" },
    /**
     * The chunk is not the one that was committed to at this place.
     */
    1409: { message: "ChunkMismatch" },
    /**
     * Chunks are opened in their order: ask which one is next.
     */
    1410: { message: "OutOfOrder" },
    /**
     * It is opened already.
     */
    1411: { message: "AlreadyOpened" },
    /**
     * It has too many chunks: at most 1,024, and 16 for the area under the curve.
     */
    1412: { message: "TooManyChunks" },
    /**
     * The bytes are no canonical form of one column of the kind that the rules name.
     */
    1413: { message: "BadForm" },
    /**
     * A row has a class that the rules do not name.
     */
    1414: { message: "UnknownClass" },
    /**
     * The work has another number of rows than the truth.
     */
    1415: { message: "WrongRows" },
    /**
     * A number is outside of the range that the rules name, or has a fraction where they want whole ones.
     */
    1416: { message: "OutOfRange" },
    /**
     * Open the truth first, to its end.
     */
    1417: { message: "TruthNotOpen" },
    /**
     * The solver committed to nothing, so nothing can be opened.
     */
    1418: { message: "NoCommitment" },
    /**
     * The metric has no value for these rows.
     */
    1419: { message: "NoScore" },
    /**
     * It can be removed once the judge's time is over.
     */
    1420: { message: "NotOver" },
    /**
     * The work was rejected by the oracles' quorum.
     */
    1421: { message: "Rejected" },
    /**
     * Open the work first, to its end.
     */
    1422: { message: "WorkNotOpen" },
    /**
     * With unique content works are opened before open_until alone: what came later could make nothing else a copy any more.
     */
    1423: { message: "OpenedTooLate" },
    /**
     * Rule on it from open_until on: until then a lower number with the same content may still be opened.
     */
    1424: { message: "RuledTooEarly" },
    /**
     * It is ruled on already.
     */
    1425: { message: "AlreadyRuled" }
};
