/**
 * The contract's rules as pure functions of (terms, state, now), on plain values. The specification is `contracts/model`; vectors
 * that it writes are compared with every function here.
 */
export * from './attempts.ts'
export * from './board.ts'
export * from './close.ts'
export * from './duties.ts'
export * from './facts.ts'
export * from './fees.ts'
export * from './flags.ts'
export * from './owed.ts'
export * from './phase.ts'
export * from './post.ts'
export * from './queue.ts'
export * from './ranking.ts'
export * from './records.ts'
export * from './row.ts'
export * from './settle.ts'
export * from './status.ts'
export * from './terms.ts'
export * from './verdict.ts'
export * from './votes.ts'
