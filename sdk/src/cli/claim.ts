/** `stellartrain claim`: sends a labeler what it earned; anybody may. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { asSigner } from '@stellartrain/contracts-client'
import { createClient } from '../client.ts'
import { readFacts } from '../context.ts'
import { claim as send } from '../earnings.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS, readConfig, readSecret, SIGNER_HELP } from './config.ts'
import { type Command, EXIT, type Io, printJson, UsageError } from './io.ts'
import { money } from './show.ts'

const help = `Usage: stellartrain claim CHALLENGE [options]

Sends what a labeler earned in a challenge and was not sent yet. Amount and proof come from the report that the oracles
published, and are checked against the root on the chain. Anybody may call it; the money goes to the labeler only.

  --labeler G…        for somebody else
  --epoch N           by an earlier epoch than the newest
  --report FILE       the epoch's report, where the network no longer says which it was
${SIGNER_HELP}${NETWORK_HELP}`

export const claim: Command = {
  summary: 'send a labeler what it earned',
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      labeler: { type: 'string' },
      epoch: { type: 'string' },
      report: { type: 'string' },
    })
    const challenge = challengeNumber(positionals[0])
    const epoch = values.epoch === undefined ? undefined : Number(values.epoch)
    if (epoch !== undefined && (!Number.isInteger(epoch) || epoch < 1))
      throw new UsageError('--epoch is a number from 1.')
    const config = readConfig(values, io)
    const client = createClient(config)
    const { signal } = io
    const signer = asSigner(readSecret(values, config, io))
    const report = values.report === undefined ? undefined : readFile(values.report, io)
    const labeler = values.labeler ?? signer.address
    const sent = await send(client, { challenge, labeler, epoch, report }, signer, { signal })
    if (values.json) printJson(io, { challenge, ...sent })
    else {
      const { token } = await readFacts(client, challenge, { signal })
      io.stdout(`${money(sent.amount, token)} sent to ${labeler}, transaction ${sent.hash}\n`)
    }
    return EXIT.ok
  },
}

function readFile(file: string, io: Io): Uint8Array {
  try {
    return new Uint8Array(readFileSync(resolve(io.cwd, file)))
  } catch (cause) {
    throw new UsageError(`The file ${file} cannot be read.`, { cause })
  }
}
