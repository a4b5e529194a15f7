/** Light entry: configuration, types and the API client. What signs, seals or verifies is loaded by subpath where it is used. */

export type { Created, CreateProgress, PreparedChallenge, TrialScores } from './create/create.ts'
export type { ChallengePlan, PlannedDataset } from './create/plan.ts'
export { cacheFiles, type Draft, type DraftStore, memoryDrafts, storageDrafts } from './drafts/drafts.ts'
export type { Story, StoryFacts, StoryStep, Words } from './story/index.ts'
export type { SubmissionOverview } from './submit/submission-status.ts'
export type { SubmitOptions, SubmitProgress, Submitted } from './submit/submit.ts'
export type { ApiClient } from './system/api.ts'
export { createApi } from './system/api.ts'
export type { StellarTrain } from './system/client.ts'
export { type DemoAccount, type KnownAsset, parseConfig, type SystemConfig } from './system/config.ts'
export { type ProblemCode, UserError } from './system/problems.ts'
