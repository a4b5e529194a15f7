/** The oracle as a part of other programs: tests and the local system start it here; on its own it runs by main.ts. */
export type { QueueLine } from './api/queue-view.ts'
export type { Status } from './api/status.ts'
export { type Config, OPTIONS, readConfig } from './config.ts'
export { OracleError, type OracleErrorCode } from './errors.ts'
export type { Grader } from './grading/grader.ts'
export type { Outcome } from './grading/jobs.ts'
export type { OracleOptions } from './options.ts'
export { type RunningOracle, startOracle } from './oracle.ts'
