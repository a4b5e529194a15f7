/** A service as a process, and nothing that serves. */
export { versionOf } from '../version.ts'
export { type JobMain, type Running, runJob, runService, type ServiceMain, stopOnSignal } from './run.ts'
