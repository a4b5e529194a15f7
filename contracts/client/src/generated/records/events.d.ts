// Generated from contracts/records/records.wasm by `npm run bindings`; do not edit.
/** The form of these events, as `config` tells it. */
export declare const EVENT_VERSION: 2;
/** Name on the wire → names and types of the topics after it, in their order, and of the fields. */
export declare const EVENTS: {
  readonly badge_minted: {"topics":{"challenge":"u32","solver":"address"},"data":{"token_id":"u32","attempt":"u32","number":"u32","score":"i64","prize":"i128","token":"address"}},
  readonly submission_folded: {"topics":{"challenge":"u32","solver":"address"},"data":{"attempt":"u32","number":"u32","verdict":"Verdict","score":"i64","prize":"i128","token":"address"}},
  readonly burn: {"topics":{"from":"address"},"data":{"token_id":"u32"}},
  readonly mint: {"topics":{"to":"address"},"data":{"token_id":"u32"}},
};
