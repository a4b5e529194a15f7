/** Everything that seals or opens: truths and submissions. A subpath of its own, so that pages load the cipher when they need it. */
export { maxSealedBytes } from './container.ts'
export * from './submission.ts'
export * from './truth.ts'
