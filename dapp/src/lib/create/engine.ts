/** Asks the engine's worker, one question at a time. */
import type { TrialInput, TrialScores } from '@stellartrain/sdk/trial'
import { keptWorker } from '../workers/kept-worker.ts'
import type { EngineAnswer, EngineRequest, Prepared, Trials } from './engine.worker.ts'

export type { Prepared, Trials }

export class EngineError extends Error {
  readonly code: string
  readonly retryable = false
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

const worker = keptWorker(() => new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' }))

const ask = <T extends Prepared | Trials | TrialScores>(request: EngineRequest): Promise<T> =>
  worker(
    (one) =>
      new Promise<T>((resolve, reject) => {
        one.onmessage = ({ data }: MessageEvent<EngineAnswer>) =>
          'value' in data ? resolve(data.value as T) : reject(new EngineError(data.code, data.failure))
        one.onerror = (event) =>
          reject(new EngineError('worker_failed', event.message || 'The engine could not be started.'))
        one.postMessage(request)
      }),
  )

export const prepare = (request: Extract<EngineRequest, { kind: 'split' | 'files' }>): Promise<Prepared> => ask(request)
export const tryOut = (request: Omit<Extract<EngineRequest, { kind: 'trial' }>, 'kind'>): Promise<Trials> =>
  ask({ kind: 'trial', ...request })
/** The trial of a whole plan, as the sdk runs it. */
export const tryPlan = (input: TrialInput): Promise<TrialScores> => ask({ kind: 'plan', input })

/** The engine's refusals are sentences; anything else is a fault, and its text is not for people. */
export const engineWords = (error: unknown): string =>
  error instanceof EngineError && error.code !== 'failed' && error.code !== 'worker_failed'
    ? error.message
    : 'The files could not be read here. Choose them again, or reload the page.'
