/** The oracle's typed errors, and what of any error may be shown in public. */
import { ServiceError, withoutKeys } from '@stellartrain/service'

export type OracleErrorCode =
  | 'event_missing'
  | 'key_missing'
  | 'indexer_failed'
  | 'not_delivered'
  | 'out_of_memory'
  | 'out_of_time'
  | 'worker_failed'
  | 'not_isolated'
  | 'ranking_incomplete'
  | 'judge_not_ready'
  | 'stopped'

/** A failure of the oracle itself, never of a submission, which gets a verdict instead. Retryable unless it says otherwise. */
export class OracleError extends ServiceError<OracleErrorCode> {
  override readonly name = 'OracleError'

  constructor(code: OracleErrorCode, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(code, message, { retryable: true, ...options })
  }
}

/** What may be shown in public of any failure: a code and a bounded sentence, never uploaded bytes. */
export type PublicError = { code: string; message: string }

/** The errors whose sentences were written for people. Those of other libraries may quote what they were given. */
const SPEAKING = new Set([
  'OracleError',
  'ServiceError',
  'ContentError',
  'ChainFailure',
  'ContractError',
  'GradeError',
  'EventsGone',
])

export function publicError(error: unknown): PublicError {
  if (error instanceof Error && SPEAKING.has(error.name) && 'code' in error)
    return { code: nameOfCode(error), message: withoutKeys(error.message).slice(0, 300) }
  const kind = error instanceof Error ? error.name : typeof error
  return { code: 'unexpected', message: `Something failed that should not have (${kind}).` }
}

/** Where an unexpected failure came from, for the log: a place in the code, without its message. */
export function placeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || SPEAKING.has(error.name)) return undefined
  return /\n\s+at (.+)/.exec(error.stack ?? '')?.[1]?.slice(0, 200)
}

/** A contract's refusal has a number and a name; people know the name. */
function nameOfCode(error: Error & { code?: unknown }): string {
  const { code } = error
  if (typeof code === 'string') return code
  return 'errorName' in error && typeof error.errorName === 'string' ? error.errorName : String(code)
}
