/** Everything that seals or opens: truths, submissions, challenge keys. A subpath of its own, so that pages load the cipher when they need it. */
export * from './challenge-key.ts'
export * from './commitment.ts'
export { maxSealedBytes } from './container.ts'
export * from './form-hash.ts'
export * from './items-file.ts'
export * from './shares.ts'
export * from './submission-file.ts'
export * from './truth-file.ts'
