// Generated from contracts/gate/gate.wasm by `npm run bindings`; do not edit.
/**
* Numbered from 1300 on: the numbers of the other contracts end below.
*/
export const Error = {
    /**
     * A record qualifies with at least one paid submission.
     */
    1300: { message: "BadQualification" }
};
