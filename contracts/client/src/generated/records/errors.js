// Generated from contracts/records/records.wasm by `npm run bindings`; do not edit.
/** Code → name and sentence. */
export const ERRORS = {
  1100: {"name":"BadImage","sentence":"The badges' picture is not a SHA-256 CID of raw bytes or of a UnixFS file."},
  1101: {"name":"NoOutcome","sentence":"The main contract knows no such submission."},
  1102: {"name":"NotFinal","sentence":"The outcome of this submission can still change; come back when it is final."},
  1103: {"name":"AlreadyFolded","sentence":"This submission is in its solver's record already."},
  1104: {"name":"NothingWon","sentence":"This submission won nothing; badges are for winners."},
  1105: {"name":"AlreadyMinted","sentence":"The badge of this submission was minted already."},
  1106: {"name":"NoBadge","sentence":"There is no badge with this number, or it was burned."},
  1107: {"name":"NotTransferable","sentence":"A badge stays with the one who won it: it can be neither transferred nor approved for someone else."},
  1108: {"name":"NotYourBadge","sentence":"Only its owner can burn a badge."},
};
