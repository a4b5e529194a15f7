// Generated from contracts/gate/gate.wasm by `npm run bindings`; do not edit.
/** Code → name and sentence. */
export const ERRORS = {
  1300: {"name":"BadQualification","sentence":"A record qualifies with at least one paid submission."},
};
