// Generated from contracts/jury/jury.wasm by `npm run bindings`; do not edit.
/** The form of these events, as `config` tells it. */
export const EVENT_VERSION = 1;
/** Name on the wire → names and types of the topics after it, in their order, and of the fields. */
export const EVENTS = {
  juror_voted: {"topics":{"challenge":"u32","juror":"address"},"data":{"report":"Cid","vote":"Vote","majority":"bool"}},
};
