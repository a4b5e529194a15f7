/** What went wrong, said once: for people on stderr, for programs as the one JSON object on stdout; and the exit code. */
import type { Precheck } from '@stellartrain/oracle-grade'
import { EXIT, type Io, printJson, UsageError } from './io.ts'
import { problemLines } from './problem-lines.ts'

/** What an error of ours, of the contract, of the chain or of content may carry. */
type Known = {
  code?: string | number
  /** The contract's name of an error that has a number as its code. */
  errorName?: string
  retryable?: boolean
  detail?: string
  problems?: readonly { path: string; message: string }[]
  /** Of a file that would be rejected. */
  precheck?: Pick<Precheck, 'kinds'>
  details?: unknown
}

/** Wrong settings and wrong values are for the caller to correct, as wrong options are. */
const USAGE: ReadonlySet<unknown> = new Set([
  'usage',
  'bad_config',
  'bad_value',
  'wrong_network',
  'no_contract',
  'wrong_contract',
])

/** Nothing to do is no failure: whoever repeats a call on a schedule gets 0 and the reason. Nothing was sent. */
const NOTHING: ReadonlySet<unknown> = new Set([
  'nothing_owed',
  'nothing_to_close',
  'nothing_to_settle',
  'NothingOwed',
  'NothingEarned',
  'NothingToSettle',
  'NothingToClose',
])

/** @param usage the command, as it is typed; returns the exit code */
export async function fail(error: unknown, usage: string, json: boolean, io: Io): Promise<number> {
  if (io.signal.aborted) {
    const message = 'Interrupted. What was signed may still be applied; the same command resumes from there.'
    if (json) printJson(io, { error: { code: 'interrupted', message, retryable: true } })
    else io.stderr(`${message}\n`)
    return EXIT.interrupted
  }
  const message = error instanceof Error ? error.message : String(error)
  const { code, errorName, retryable = false, detail, problems, precheck, details } = (error ?? {}) as Known
  if (NOTHING.has(errorName ?? code)) {
    if (json) printJson(io, { nothing: { code: errorName ?? code, message } })
    else io.stdout(`${message}\n`)
    return EXIT.ok
  }
  if (json) {
    const more = details ?? precheck?.kinds ?? (problems?.length ? problems : undefined)
    const named = errorName ?? code ?? 'unexpected'
    printJson(io, { error: { code: named, message, retryable, ...(more ? { details: more } : {}) } })
  } else if (precheck && precheck.kinds.length > 0)
    io.stderr(
      ['The file would be rejected:', ...(await problemLines(precheck.kinds)), CORRECT_IT]
        .map((line) => `${line}\n`)
        .join(''),
    )
  else {
    io.stderr(`${message}\n`)
    const next = NEXT[String(errorName ?? code)]
    if (next) io.stderr(`${next}\n`)
    for (const problem of problems ?? []) if ('path' in problem) io.stderr(`  ${problem.path}: ${problem.message}\n`)
  }
  if (code === undefined) {
    io.stderr(`This is a bug: please report it.\n${error instanceof Error ? error.stack : ''}\n`)
  } else if (detail && io.env.LOG_LEVEL === 'debug') {
    io.stderr(`${detail}\n`)
  }
  if (error instanceof UsageError && error.help && !json) io.stderr(`See ${usage} --help.\n`)
  if (USAGE.has(code)) return EXIT.usage
  return retryable ? EXIT.unreachable : EXIT.refused
}

/** Where a refusal of the contract or of the sdk leaves open what to do: a command that helps. */
const NEXT: Readonly<Record<string, string>> = {
  NoChallenge: 'List the challenges that there are with: npx stellartrain challenges',
  not_open: 'See its dates with: npx stellartrain status CHALLENGE',
  no_funds:
    'See what the account has with: npx stellartrain account. On a network with a friendbot, get test money with: npx stellartrain account fund',
}

const CORRECT_IT = 'Nothing was spent. Correct the file and try again; with --check it is only checked.'
