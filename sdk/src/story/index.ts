/** A submission's story, told once for every payout rule over neutral facts. */
export type { StoryAmounts } from './amounts.ts'
export type { Happening, Seen, StoryAsset, StoryFacts } from './facts.ts'
export { type ApiChallenge, type ApiPlace, type ApiSubmission, apiTerms, factsFromApi } from './from-api.ts'
export type { StoryPlace } from './place.ts'
export { paidSentence, prizeWords, type StoryTotals, totalOf, verdictSentence } from './sentences.ts'
export type { Proof, StepId, StepState, StoryStep } from './steps.ts'
export { type Story, type StoryAction, type StoryNext, tell } from './tell.ts'
export { ordinal, PLAIN, placeWords, type Words } from './words.ts'
