// Generated from contracts/gate/gate.wasm by `npm run bindings`; do not edit.
/** The form of these events, as `config` tells it. */
export declare const EVENT_VERSION: 1;
/** Name on the wire → names and types of the topics after it, in their order, and of the fields. */
export declare const EVENTS: {
  readonly invitation_changed: {"topics":{"solver":"address"},"data":{"invited":"bool"}},
};
