// Generated from contracts/recount/recount.wasm by `npm run bindings`; do not edit.
/** The form of these events, as `config` tells it. */
export declare const EVENT_VERSION: 1;
/** Name on the wire → names and types of the topics after it, in their order, and of the fields. */
export declare const EVENTS: {
  readonly recounted: {"topics":{"challenge":"u32","solver":"address"},"data":{"attempt":"u32","score":"i64","private":"i64","content_hash":"bytes32","copied":"bool"}},
  readonly work_opened: {"topics":{"challenge":"u32","solver":"address"},"data":{"attempt":"u32","place":"u32","rows":"u32"}},
  readonly truth_opened: {"topics":{"challenge":"u32"},"data":{"place":"u32","rows":"u32","complete":"bool"}},
  readonly recount_removed: {"topics":{"challenge":"u32"},"data":{}},
  readonly recount_configured: {"topics":{"challenge":"u32"},"data":{"maker":"address","rules":"Rules"}},
};
