// Generated from contracts/records/records.wasm by `npm run bindings`; do not edit.
/**
 * Error Enum: Error
 */
export const Error = {
    /**
     * The badges' picture is not a SHA-256 CID of raw bytes or of a UnixFS file.
     */
    1100: { message: "BadImage" },
    /**
     * The main contract knows no such submission.
     */
    1101: { message: "NoOutcome" },
    /**
     * The outcome of this submission can still change; come back when it is final.
     */
    1102: { message: "NotFinal" },
    /**
     * This submission is in its solver's record already.
     */
    1103: { message: "AlreadyFolded" },
    /**
     * This submission won nothing; badges are for winners.
     */
    1104: { message: "NothingWon" },
    /**
     * The badge of this submission was minted already.
     */
    1105: { message: "AlreadyMinted" },
    /**
     * There is no badge with this number, or it was burned.
     */
    1106: { message: "NoBadge" },
    /**
     * A badge stays with the one who won it: it can be neither transferred nor approved for someone else.
     */
    1107: { message: "NotTransferable" },
    /**
     * Only its owner can burn a badge.
     */
    1108: { message: "NotYourBadge" }
};
/**
 * Where a submission stands, as the main contract numbers it.
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
 * Error Enum: NonFungibleTokenError
 */
export const NonFungibleTokenError = {
    /**
     * Indicates a non-existent `token_id`.
     */
    200: { message: "NonExistentToken" },
    /**
     * Indicates an error related to the ownership over a particular token.
     * Used in transfers.
     */
    201: { message: "IncorrectOwner" },
    /**
     * Indicates a failure with the `operator`s approval. Used in transfers.
     */
    202: { message: "InsufficientApproval" },
    /**
     * Indicates a failure with the `approver` of a token to be approved. Used
     * in approvals.
     */
    203: { message: "InvalidApprover" },
    /**
     * Indicates an invalid value for `live_until_ledger` when setting
     * approvals.
     */
    204: { message: "InvalidLiveUntilLedger" },
    /**
     * Indicates overflow when adding two values
     */
    205: { message: "MathOverflow" },
    /**
     * Indicates all possible `token_id`s are already in use.
     */
    206: { message: "TokenIDsAreDepleted" },
    /**
     * Indicates an invalid amount to batch mint in `consecutive` extension.
     */
    207: { message: "InvalidAmount" },
    /**
     * Indicates the token does not exist in owner's list.
     */
    208: { message: "TokenNotFoundInOwnerList" },
    /**
     * Indicates the token does not exist in global list.
     */
    209: { message: "TokenNotFoundInGlobalList" },
    /**
     * Indicates access to unset metadata.
     */
    210: { message: "UnsetMetadata" },
    /**
     * Indicates the length of the base URI exceeds the maximum allowed.
     */
    211: { message: "BaseUriMaxLenExceeded" },
    /**
     * Indicates the royalty amount is higher than 10_000 (100%) basis points.
     */
    212: { message: "InvalidRoyaltyAmount" },
    /**
     * Indicates the length of the name exceeds the maximum allowed.
     */
    213: { message: "NameMaxLenExceeded" },
    /**
     * Indicates the length of the symbol exceeds the maximum allowed.
     */
    214: { message: "SymbolMaxLenExceeded" }
};
