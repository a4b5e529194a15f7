/** What can go wrong with the embedded server, each with a sentence that says what to do. */

export type PostgresErrorCode =
  | 'NO_BINARIES'
  | 'UNREACHABLE_BINARIES'
  | 'PORT_TAKEN'
  | 'DISK_FULL'
  | 'NOT_YOURS'
  | 'NO_PASSWORD'
  | 'OTHER_VERSION'
  | 'INIT_FAILED'
  | 'START_FAILED'
  | 'TIMEOUT'

export class PostgresError extends Error {
  override readonly name = 'PostgresError'
  readonly code: PostgresErrorCode
  /** Whether the same call may succeed later without anybody changing anything. */
  readonly retryable: boolean

  constructor(code: PostgresErrorCode, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    this.retryable = options.retryable ?? false
  }
}

/** Turns what Postgres or the system said into an error that a person can act on. */
export function explain(output: string, home: string, fallback: PostgresErrorCode, cause?: unknown): PostgresError {
  if (/No space left on device|ENOSPC|disk quota/i.test(output)) {
    return new PostgresError('DISK_FULL', `The disk that holds ${home} is full. Free some space and start again.`, {
      retryable: true,
      cause,
    })
  }
  if (/Permission denied|EACCES|EPERM|wrong ownership/i.test(output)) {
    return new PostgresError(
      'NOT_YOURS',
      `The database in ${home} belongs to another user. Start as the user that made it, or choose another home. (${lastLine(output)})`,
      { cause },
    )
  }
  return new PostgresError(fallback, `Postgres in ${home} did not start: ${lastLine(output)}`, { cause })
}

function lastLine(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  // Our own knocking at a server that is not open yet is logged as fatal, and explains nothing.
  const telling = lines.findLast(
    (line) => /FATAL|PANIC|error:/i.test(line) && !/system is (starting up|not yet)/.test(line),
  )
  return (telling ?? lines.at(-1) ?? 'it said nothing').trim()
}
