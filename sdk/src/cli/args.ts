/** Reading a command line: node's own parser, with sentences for what is wrong, and our ways to name things. */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { StellarTrain } from '../client.ts'
import type { SubmissionRef } from '../history.ts'
import type { SubmissionName } from '../submission-status.ts'
import { UsageError } from './io.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** @throws UsageError */
export function parse<O extends Options>(args: string[], options: O) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

/** `7` */
export function challengeNumber(text: string | undefined): number {
  const number = Number(text)
  if (!text || !/^\d{1,9}$/.test(text) || number < 1) throw new UsageError('Name a challenge by its number, e.g. 7.')
  return number
}

/** `7/3`, or `7` with a solver and an attempt. */
export function submissionRef(
  text: string | undefined,
  flags: { solver?: string | undefined; attempt?: string | undefined },
): SubmissionName {
  const [challenge, number] = (text ?? '').split('/')
  const id = challengeNumber(challenge)
  if (number !== undefined) return { challenge: id, number: challengeNumber(number) }
  if (!flags.solver) throw new UsageError('Name a submission like 7/3, or give --solver G… and --attempt N.')
  return { challenge: id, solver: flags.solver, attempt: challengeNumber(flags.attempt ?? '1') }
}

/** `7/3`, or `7/G…/1`: by its number, which is looked up, or by solver and attempt. @throws UsageError, UserError `not_found` */
export async function namedSubmission(
  client: StellarTrain,
  text: string | undefined,
  options: { signal?: AbortSignal },
): Promise<SubmissionRef> {
  const [challenge, solver, attempt] = (text ?? '').split('/')
  const id = challengeNumber(challenge)
  if (attempt !== undefined && /^[GC][A-Z2-7]{55}$/.test(solver ?? '')) {
    return { challenge: id, solver: solver ?? '', attempt: challengeNumber(attempt) }
  }
  if (!solver || attempt !== undefined)
    throw new UsageError('Name a submission like 7/3, or 7/G…/1 by solver and attempt.')
  const { locate } = await import('../history.ts')
  return locate(client, id, challengeNumber(solver), options)
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 }

/** A date (ISO 8601), or a time from now such as `+3d`, `+90m`. @throws UsageError */
export function timeOf(text: string, now: Date): Date {
  const relative = /^\+(\d{1,6})([smhd])$/.exec(text)
  if (relative) return new Date(now.getTime() + Number(relative[1]) * (UNITS[relative[2] ?? 's'] ?? 1) * 1_000)
  const date = new Date(text)
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(date.getTime())) {
    throw new UsageError(`"${text}" is no time; write 2027-01-31T12:00Z or +3d.`)
  }
  return date
}
