/** `stellartrain verify`: every check in a line, with what was compared or what is missing. */
import { createRpc, type Rpc } from '@stellartrain/contracts-client'
import { type Check, type Outlook, type Override, verify as run, type Verification } from '../verify/verify.ts'
import { parse, submissionRef } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { type Command, EXIT, type Io, printJson, UsageError } from './io.ts'
import { readInput } from './read-write.ts'

export const verify: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      solver: { type: 'string' },
      attempt: { type: 'string' },
      submission: { type: 'string' },
      truth: { type: 'string' },
      salt: { type: 'string' },
      'also-rpc': { type: 'string', multiple: true },
    })
    const name = submissionRef(positionals[0], values)
    const override = overrideOf(values, io)
    const others = (values['also-rpc'] ?? []).map(otherRpc)
    const { client, options } = await connect(values, io)
    const result = await run(client, name, {
      ...options,
      override,
      maxFiles: Number.POSITIVE_INFINITY,
      others,
      ...(values.json ? {} : { onCheck: (check: Check) => io.stdout(line(check)) }),
    })
    if (values.json) printJson(io, result)
    else io.stdout(`${result.summary}\n`)
    return codeOf(result)
  },
}

function otherRpc(url: string): Rpc {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) throw new UsageError('--also-rpc is the URL of a Stellar RPC.')
  return createRpc(url)
}

function codeOf({ verified, refuted }: Verification): number {
  if (refuted) return EXIT.refused
  return verified ? EXIT.ok : EXIT.open
}

function overrideOf(values: { submission?: string; truth?: string; salt?: string }, io: Io): Override {
  if (values.salt !== undefined && !/^[0-9a-f]{64}$/i.test(values.salt))
    throw new UsageError('--salt is 64 hexadecimal digits.')
  return {
    ...(values.submission ? { submission: readInput(values.submission, io) } : {}),
    ...(values.truth ? { truth: readInput(values.truth, io) } : {}),
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
