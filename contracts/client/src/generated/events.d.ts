// Generated from contracts/stellartrain/stellartrain.wasm by `npm run bindings`; do not edit.
/** The form of these events, as `config` tells it. */
export declare const EVENT_VERSION: 2;
/** Name on the wire → names and types of the topics after it, in their order, and of the fields. */
export declare const EVENTS: {
  readonly ruled: {"topics":{"challenge":"u32","judge":"address"},"data":{"report":"Cid","rows":"vec<Row>"}},
  readonly scored: {"topics":{"challenge":"u32","oracle":"address"},"data":{"report":"Cid","settle":"bool","rows":"vec<Row>"}},
  readonly settled: {"topics":{"challenge":"u32"},"data":{"rows":"vec<Row>"}},
  readonly topped_up: {"topics":{"challenge":"u32","from":"address"},"data":{"escrow":"i128","fees":"i128"}},
  readonly submitted: {"topics":{"challenge":"u32","solver":"address"},"data":{"attempt":"u32","number":"u32","cid":"Cid","commitment":"bytes32","units":"u32","deposit":"i128","carried":"i128"}},
  readonly ranking_fixed: {"topics":{"challenge":"u32"},"data":{"ranking":"Ranking"}},
  readonly fees_withdrawn: {"topics":{"challenge":"u32","oracle":"address"},"data":{"amount":"i128"}},
  readonly ranking_posted: {"topics":{"challenge":"u32","by":"address"},"data":{"report":"Cid","rows":"vec<RankingRow>","quorum":"bool"}},
  readonly truth_revealed: {"topics":{"challenge":"u32","by":"address"},"data":{"truth":"Cid"}},
  readonly earnings_posted: {"topics":{"challenge":"u32","oracle":"address"},"data":{"epoch":"u32","left":"Branch","right":"Branch","root":"bytes32","total":"i128","report":"Cid","quorum":"bool","fees":"i128"}},
  readonly challenge_closed: {"topics":{"challenge":"u32","maker":"address"},"data":{"prize":"i128","fees":"i128","folded":"bool"}},
  readonly earnings_claimed: {"topics":{"challenge":"u32","labeler":"address"},"data":{"epoch":"u32","amount":"i128","cumulative":"i128"}},
  readonly payment_released: {"topics":{"challenge":"u32","solver":"address"},"data":{"attempt":"u32","prize":"i128","back":"i128","row":"Row"}},
  readonly challenge_created: {"topics":{"challenge":"u32","maker":"address","token":"address"},"data":{"terms":"Terms","prize":"i128","fee_budget":"i128"}},
  readonly oracle_registered: {"topics":{"oracle":"address"},"data":{"version":"u32","key":"bytes32","url":"string","metadata":"Cid"}},
  readonly challenge_accepted: {"topics":{"challenge":"u32","oracle":"address"},"data":{"key_version":"u32","key":"bytes32","shares":"bytes"}},
  readonly challenge_cancelled: {"topics":{"challenge":"u32"},"data":{"refunded":"i128"}},
};
