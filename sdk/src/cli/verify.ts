/** `stellartrain verify`: every check in a line, green or red, with what was compared. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createClient } from '../client.ts'
import { type Check, type Outlook, type Override, verify as run, type Verification } from '../verify.ts'
import { parse, submissionRef } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS, readConfig } from './config.ts'
import { type Command, EXIT, type Io, printJson, UsageError } from './io.ts'

const help = `Usage: stellartrain verify CHALLENGE/NUMBER [options]
       stellartrain verify CHALLENGE --solver G… [--attempt N] [options]

Recomputes the score and the payment of a submission from the contract's storage, its events and public content that is
checked against its CIDs. No indexer is asked. Before the truth is opened it says which checks cannot be made yet.

  --submission FILE   judge this file instead of the published payload
  --truth FILE        judge with this truth, and
  --salt HEX          with this salt, where none is opened yet
${NETWORK_HELP}
Exit code 0: verified. 1: something is not as claimed. 4: nothing wrong, but not every check can be made yet.
`

export const verify: Command = {
  summary: 'recompute a score and its payment from public data',
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      solver: { type: 'string' },
      attempt: { type: 'string' },
      submission: { type: 'string' },
      truth: { type: 'string' },
      salt: { type: 'string' },
    })
    const ref = submissionRef(positionals[0], values)
    const client = createClient(readConfig(values, io))
    const result = await run(client, ref, {
      signal: io.signal,
      override: overrideOf(values, io),
      maxFiles: Number.POSITIVE_INFINITY,
      ...(values.json ? {} : { onCheck: (check: Check) => io.stdout(line(check)) }),
    })
    if (values.json) printJson(io, result)
    else io.stdout(`${result.summary}\n`)
    return codeOf(result)
  },
}

function codeOf({ verified, refuted }: Verification): number {
  if (refuted) return EXIT.refused
  return verified ? EXIT.ok : EXIT.incomplete
}

function overrideOf(values: { submission?: string; truth?: string; salt?: string }, io: Io): Override {
  const read = (file: string) => {
    try {
      return new Uint8Array(readFileSync(resolve(io.cwd, file)))
    } catch (cause) {
      throw new UsageError(`The file ${file} cannot be read.`, { cause })
    }
  }
  if (values.salt !== undefined && !/^[0-9a-f]{64}$/i.test(values.salt)) {
    throw new UsageError('--salt is 64 hexadecimal digits.')
  }
  return {
    ...(values.submission ? { submission: read(values.submission) } : {}),
    ...(values.truth ? { truth: read(values.truth) } : {}),
    ...(values.salt ? { salt: Uint8Array.from(Buffer.from(values.salt, 'hex')) } : {}),
  }
}

const MARKS: Readonly<Record<Outlook, string>> = { later: '…', retry: '…', never: '?', not_applicable: '–' }
const WORDS: Readonly<Record<Outlook, string>> = {
  later: 'not yet',
  retry: 'try again',
  never: 'cannot be made',
  not_applicable: 'does not apply',
}

function line({ title, state, compared, outlook, note }: Check): string {
  if (outlook !== null) return `  ${MARKS[outlook]} ${title}\n      ${WORDS[outlook]}: ${note}\n`
  const mark = state === 'passed' ? '✓' : '✗'
  const detail = compared
    ? state === 'failed'
      ? `      expected ${compared.expected}\n      got      ${compared.got}\n`
      : `      ${compared.got}\n`
    : ''
  return `  ${mark} ${title}\n${detail}${note ? `      ${note}\n` : ''}`
}
