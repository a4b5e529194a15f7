/**
 * Reading a command line: node's own parser, with sentences for what is wrong, and our ways to name things. It types the
 * options from their table and adds no dependency; what it lacks, help texts and suggestions, is ours in any case.
 */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { SubmissionRef } from '../challenge/history.ts'
import type { SubmissionName } from '../submit/submission-status.ts'
import type { StellarTrain } from '../system/client.ts'
import { parseAddress } from '../system/names.ts'
import type { AbortOptions } from '../system/options.ts'
import { UsageError } from './io.ts'
import { suggest } from './suggest.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** @param most how many arguments without a name there can be. @throws UsageError */
export function parse<O extends Options>(args: string[], options: O, most = 1) {
  try {
    const parsed = parseArgs({ args, options, allowPositionals: true, strict: true })
    const [empty] = Object.entries(parsed.values).find(([, value]) => [value].flat().includes('')) ?? []
    if (empty !== undefined) throw new UsageError(`The option --${empty} is empty; it needs a value.`)
    const tooMany = parsed.positionals[most]
    if (tooMany === undefined) return parsed
    throw new UsageError(`There is one argument too many: "${tooMany}".`)
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    throw new UsageError(sentenceOf(cause, Object.keys(options)), { cause })
  }
}

function sentenceOf(cause: unknown, names: readonly string[]): string {
  const { code, message } = cause as { code?: string; message?: string }
  const option = /'(-[^ ']*)/.exec(message ?? '')?.[1] ?? ''
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const meant = suggest(option.replace(/^-+/, ''), names)
    return `There is no option ${option}.${meant ? ` Did you mean --${meant}?` : ''}`
  }
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return message ?? String(cause)
  const name = /--[^ ',=]+/.exec(message ?? '')?.[0] ?? option
  if (/ambiguous/.test(message ?? ''))
    return `The option ${name} needs a value; write ${name}=VALUE for a value that begins with a dash.`
  return /does not take/.test(message ?? '')
    ? `The option ${name} takes no value.`
    : `The option ${name} needs a value.`
}

/** `7` */
export function challengeNumber(text: string | undefined): number {
  return numberOf(text, 'Name a challenge by its number, e.g. 7.')
}

function numberOf(text: string | undefined, otherwise: string): number {
  const number = Number(text)
  if (!text || !/^\d{1,9}$/.test(text) || number < 1)
    throw new UsageError(text === undefined ? otherwise : `"${text}" is not a number from 1. ${otherwise}`)
  return number
}

/** `--limit 20` @throws UsageError */
export function wholeNumber(name: string, text: string, { from = 1, to = 999_999_999 } = {}): number {
  const number = Number(text)
  if (!/^\d{1,9}$/.test(text) || number < from || number > to)
    throw new UsageError(`${name} is a whole number from ${from}${to < 999_999_999 ? ` to ${to}` : ''}, not "${text}".`)
  return number
}

const ATTEMPT = 'Name an attempt by its number, e.g. 1.'
const SUBMISSION = 'Name a submission like 7/3, or 7/G…/1 by solver and attempt.'

/** `7/3` or `7/G…/1`, or `7` with a solver and an attempt. @throws UsageError, UserError `bad_value` */
export function submissionRef(
  text: string | undefined,
  flags: { solver?: string | undefined; attempt?: string | undefined } = {},
): SubmissionName {
  const [challenge, who, attempt, rest] = (text ?? '').split('/')
  const id = challengeNumber(text === undefined ? undefined : challenge)
  if (rest !== undefined) throw new UsageError(SUBMISSION)
  if (who !== undefined && attempt !== undefined)
    return { challenge: id, solver: parseAddress(who), attempt: numberOf(attempt, ATTEMPT) }
  if (who !== undefined) return { challenge: id, number: numberOf(who, SUBMISSION) }
  if (!flags.solver) throw new UsageError('Name a submission like 7/3, or give --solver G… and --attempt N.')
  return { challenge: id, solver: parseAddress(flags.solver), attempt: numberOf(flags.attempt ?? '1', ATTEMPT) }
}

/** The same, looked up where it is named by its number. @throws UsageError, UserError `bad_value`, `not_found` */
export async function namedSubmission(
  client: StellarTrain,
  name: SubmissionName,
  options: AbortOptions,
): Promise<SubmissionRef> {
  if ('solver' in name) return name
  const { locate } = await import('../challenge/history.ts')
  return locate(client, name.challenge, name.number, options)
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 }

/** A date (ISO 8601), or a time from now such as `+3d`, `+90m`. @throws UsageError */
export function timeOf(text: string, now: Date): Date {
  const relative = /^\+(\d{1,6})([smhd])$/.exec(text)
  if (relative) return new Date(now.getTime() + Number(relative[1]) * (UNITS[relative[2] ?? 's'] ?? 1) * 1_000)
  const date = new Date(text)
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(date.getTime())) {
    throw new UsageError(`"${text}" is not a time; write 2027-01-31T12:00Z or +3d.`)
  }
  return date
}
