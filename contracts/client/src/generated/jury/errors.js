// Generated from contracts/jury/jury.wasm by `npm run bindings`; do not edit.
/** Code → name and sentence. */
export const ERRORS = {
  1200: {"name":"BadJurors","sentence":"A jury has an odd number of different jurors, 1 to 9."},
  1201: {"name":"NotAJuror","sentence":"Only a juror can vote."},
};
