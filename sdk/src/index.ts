/** Light entry: configuration, types and the API client. What signs, seals or verifies is loaded by subpath where it is used. */
export type { ApiClient } from './api.ts'
export { createApi } from './api.ts'
export type { StellarTrain } from './client.ts'
export { type DemoAccount, type KnownAsset, parseConfig, type SystemConfig } from './config.ts'
export type { Created, CreateProgress, PreparedChallenge, TrialScores } from './create.ts'
export { type Draft, type DraftStore, memoryDrafts, storageDrafts } from './drafts.ts'
export type { ChallengePlan, PlannedDataset } from './plan.ts'
export { type ProblemCode, UserError } from './problems.ts'
export type {
  Proof,
  StepId,
  StepState,
  SubmissionOverview,
  SubmissionStatus,
  SubmissionStep,
} from './submission-status.ts'
export type { SubmitOptions, SubmitProgress, Submitted } from './submit.ts'
