/** `stellartrain create`: a challenge from a plan file, with everything shown before it is signed. */

import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { toHex } from '@stellartrain/contracts-client'
import { checkFunds, createChallenge, type PreparedChallenge, prepareChallenge } from '../create/create.ts'
import type { ChallengePlan } from '../create/plan.ts'
import { WHERE_ORACLES } from '../oracles/where.ts'
import { partOf } from '../system/counted.ts'
import { UserError } from '../system/problems.ts'
import { parse } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { preview } from './create-preview.ts'
import { type Command, EXIT, type Io, printJson, UsageError } from './io.ts'
import { EXAMPLE_FILES, EXAMPLES, type ExampleName } from './plan-examples.ts'
import { PLAN_FLAGS, readPlan } from './plan-file.ts'
import { writeNew } from './read-write.ts'
import { keepTruthKey, truthKeyText } from './truth-keys.ts'

const NAMES = Object.keys(EXAMPLES) as ExampleName[]

export const create: Command = {
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      ...PLAN_FLAGS,
      ...CREATE_OPTIONS,
      example: { type: 'string' },
    })
    if (values.example !== undefined) return example(values.example, io)
    const [file] = positionals
    if (!file) throw new UsageError('Name the plan file, or print one to start from with --example.')
    return createFrom(readPlan(resolve(io.cwd, file), values, new Date()), values, io)
  },
}

/** What `create` takes beside the plan and its flags. */
export const CREATE_OPTIONS = {
  keep: { type: 'string' },
  check: { type: 'boolean' },
  yes: { type: 'boolean' },
} as const

export type CreateValues = Parameters<typeof connect>[0] & {
  json?: boolean | undefined
  keep?: string | undefined
  check?: boolean | undefined
  yes?: boolean | undefined
}

/**
 * Shows what a plan locks and when what happens, asks, and creates it: for every command that makes a plan.
 * @param of.more what is shown beside the preview
 * @param of.onAgreed called when all is agreed to and can be paid, before anything is uploaded
 */
export async function createFrom(
  plan: ChallengePlan,
  values: CreateValues,
  io: Io,
  { more = '', onAgreed = () => {} }: { more?: string; onAgreed?: () => void } = {},
): Promise<number> {
  const connection = await connect(values, io)
  const { client, options } = connection
  const signer = connection.signer()
  const prepared = await prepareChallenge(client, plan, signer.address, options)
  const say = values.json ? io.stderr : io.stdout
  say(`${preview(prepared)}${more}`)
  if (values.check) {
    const short = await checkFunds(client, prepared, options).catch((error: unknown) => {
      if (error instanceof UserError) return error.message
      throw error
    })
    if (values.json) printJson(io, summary(prepared, short ? [short] : []))
    else if (short) say(`  ! ${short}\n`)
    // What is checked is whether it could be created now.
    return short ? EXIT.refused : EXIT.ok
  }
  if (!values.yes && !(await agreed(io))) {
    if (values.json) printJson(io, { error: { code: 'declined', message: DECLINED, retryable: false } })
    else io.stderr(`${DECLINED}\n`)
    return EXIT.refused
  }
  // Before anything is kept: the same call, repeated with more money, must not find its own files in its way.
  await checkFunds(client, prepared, options)
  onAgreed()
  keep(values.keep, prepared, io)
  const created = await createChallenge(client, prepared, signer, {
    ...options,
    onProgress(progress) {
      if (progress.step === 'uploading_media')
        say(`  uploaded ${partOf(progress.sent, progress.total, 'file')} that items link to\n`)
      if (progress.step === 'uploading' && progress.sent === progress.total) say(`  uploaded ${progress.name}\n`)
      if (progress.step === 'funding' && progress.progress.state === 'pending') say('  waiting for the ledger\n')
    },
  })
  if (values.json) printJson(io, { ...created, ...summary(prepared) })
  else {
    io.stdout(`Challenge ${created.challenge} is funded. Transaction ${created.hash}\n`)
    if (created.configured)
      io.stdout(`How its judge scores on the ledger is fixed. Transaction ${created.configured}\n`)
    io.stderr(`Its oracles accept it next: npx stellartrain status ${created.challenge}\n`)
  }
  return EXIT.ok
}

const DECLINED = 'Nothing was uploaded or spent.'

function example(name: string, io: Io): number {
  // Files and pages say labels, the payout rule is named per unit.
  const wanted = name === 'labels' ? 'per-unit' : name.replaceAll('_', '-')
  const found = NAMES.find((one) => one === wanted)
  if (found === undefined)
    throw new UsageError(`--example is one of ${NAMES.join(', ')} or labels (per-unit), not "${name}".`)
  io.stdout(`${JSON.stringify(EXAMPLES[found], null, 2)}\n`)
  io.stderr(`The plan needs ${EXAMPLE_FILES[found]} beside it, and the address of an oracle. ${WHERE_ORACLES}\n`)
  return EXIT.ok
}

function summary({ manifestCid, money: planned, trial, warnings, recount }: PreparedChallenge, more: string[] = []) {
  return {
    manifest: manifestCid,
    ...planned,
    trial,
    warnings: [...warnings, ...more],
    ...(recount && { recount: recount.cost }),
  }
}

async function agreed(io: Io): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UsageError('There is no terminal to ask on: give --yes to sign without asking.')
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await lines.question('Sign and lock this? [y/N] ', { signal: io.signal })
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    lines.close()
  }
}

/** Before anything is signed: without the salt nobody but the oracles can ever open the truth. */
function keep(path: string | undefined, { salt, manifestCid, terms }: PreparedChallenge, io: Io): void {
  if (terms.payout.tag === 'Earnings') return
  const key = { manifest: manifestCid, commitment: toHex(terms.truth), salt: toHex(salt) }
  if (path) writeNew(path, truthKeyText(key), io, 0o600)
  keepTruthKey(key, io)
}
