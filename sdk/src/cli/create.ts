/** `stellartrain create`: a challenge from a plan file, with everything shown before it is signed. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { asSigner, toHex } from '@stellartrain/contracts-client'
import { createClient } from '../client.ts'
import { createChallenge, type PreparedChallenge, prepareChallenge } from '../create.ts'
import { parse } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS, readConfig, readSecret, SIGNER_HELP } from './config.ts'
import { preview } from './create-preview.ts'
import { type Command, EXIT, type Io, printJson, UsageError } from './io.ts'
import { PLAN_FLAGS, PLAN_HELP, readPlan } from './plan-file.ts'

const help = `Usage: stellartrain create PLAN.json [options]

Seals the truth for the oracles, runs the metric on perfect, constant and baseline predictions, shows what will be
locked and when what happens, uploads the data and creates the challenge with one signature.

${PLAN_HELP}
  --keep FILE         write what is needed to open the truth yourself later (keep it secret until the end)
  --check             only prepare and show; nothing is uploaded or spent
  --yes               do not ask before signing
${SIGNER_HELP}${NETWORK_HELP}`

export const create: Command = {
  summary: 'create and fund a challenge',
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      ...PLAN_FLAGS,
      keep: { type: 'string' },
      check: { type: 'boolean' },
      yes: { type: 'boolean' },
    })
    const [file] = positionals
    if (!file) throw new UsageError('Name the plan file.')
    const config = readConfig(values, io)
    const client = createClient(config)
    const { signal } = io
    const signer = asSigner(readSecret(values, config, io))
    const plan = readPlan(resolve(io.cwd, file), values, new Date())
    const prepared = await prepareChallenge(client, plan, signer.address, { signal })
    const say = values.json ? io.stderr : io.stdout
    say(preview(prepared))
    if (values.check) {
      if (values.json) printJson(io, summary(prepared))
      return EXIT.ok
    }
    if (!values.yes && !(await agreed(io))) {
      io.stderr('Nothing was uploaded or spent.\n')
      return EXIT.refused
    }
    if (values.keep) keep(resolve(io.cwd, values.keep), prepared)
    const created = await createChallenge(client, prepared, signer, {
      signal,
      onProgress(progress) {
        if (progress.step === 'uploading' && progress.sent === progress.total) say(`  uploaded ${progress.name}\n`)
        if (progress.step === 'funding' && progress.progress.state === 'pending') say('  waiting for the ledger\n')
      },
    })
    if (values.json) printJson(io, { ...created, ...summary(prepared) })
    else io.stdout(`Challenge ${created.challenge} is funded, transaction ${created.hash}\n`)
    return EXIT.ok
  },
}

function summary({ manifestCid, money: planned, trial, warnings }: PreparedChallenge) {
  return { manifest: manifestCid, ...planned, trial, warnings }
}

async function agreed(io: Io): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UsageError('Nobody is there to ask: give --yes to sign.')
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await lines.question('Sign and lock this? [y/N] ', { signal: io.signal })
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    lines.close()
  }
}

function keep(path: string, { salt, manifestCid, manifest }: PreparedChallenge): void {
  const content = { manifest: manifestCid, commitment: manifest.truth.commitment, salt: toHex(salt) }
  try {
    writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    throw new UsageError(`${path} cannot be written; a file that exists is not replaced.`, { cause })
  }
}
