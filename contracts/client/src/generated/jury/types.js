// Generated from contracts/jury/jury.wasm by `npm run bindings`; do not edit.
/**
 * What can be said of a submission; a judge says `Scored` or `Rejected`.
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
     * Enum Case: Rejected
     */
    Verdict[Verdict["Rejected"] = 2] = "Rejected";
    /**
     * Enum Case: Unavailable
     */
    Verdict[Verdict["Unavailable"] = 3] = "Unavailable";
    /**
     * Enum Case: Unsettled
     */
    Verdict[Verdict["Unsettled"] = 4] = "Unsettled";
    /**
     * Enum Case: Void
     */
    Verdict[Verdict["Void"] = 5] = "Void";
})(Verdict || (Verdict = {}));
/**
 * Numbered from 1200 on: the main contract's and the records' numbers end below.
 */
export const Error = {
    /**
     * A jury has an odd number of different jurors, 1 to 9.
     */
    1200: { message: "BadJurors" },
    /**
     * Only a juror can vote.
     */
    1201: { message: "NotAJuror" }
};
