/**
 * A batch earns at most this part of the prize, so that no wallet can reserve all of it (`BATCHES_IN_A_PRIZE` in
 * `contracts/stellartrain/src/rules/payout.rs`). No dependency: forms compute while somebody types.
 */
export const BATCHES = 20
