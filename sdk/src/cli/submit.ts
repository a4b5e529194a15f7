/** `stellartrain submit`: check, seal, upload, submit, and with --wait follow it to the payment. */
import { readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { asSigner } from '@stellartrain/contracts-client'
import { createClient, type StellarTrain } from '../client.ts'
import { readContext } from '../context.ts'
import { fileDrafts } from '../draft-files.ts'
import { checkFile, checkStanding, expectedIds } from '../precheck.ts'
import { type SubmissionOverview, watchSubmission } from '../submission-status.ts'
import { CheckFailed, type SubmitProgress, submitFile } from '../submit.ts'
import { challengeNumber, parse } from './args.ts'
import { homeFolder, NETWORK_HELP, NETWORK_OPTIONS, readConfig, readSecret, SIGNER_HELP } from './config.ts'
import { type Command, EXIT, type Io, printJson, UsageError } from './io.ts'
import { showSubmission } from './show.ts'

const help = `Usage: stellartrain submit CHALLENGE FILE.csv [options]

Checks the file, seals it for the challenge's oracles, uploads and submits it. Stopped at any point, the same command
goes on where it stopped; an attempt is never spent twice.

  --wait              stay until it is graded and paid
  --check             only check; nothing is spent or sent
${SIGNER_HELP}${NETWORK_HELP}
With --wait the exit code is 0 only if the submission was accepted and everything due was paid; where prizes go by a
ranking after the deadline, it ends with the public score.
`

export const submit: Command = {
  summary: 'check, seal and submit a file',
  help,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...NETWORK_OPTIONS,
      wait: { type: 'boolean' },
      check: { type: 'boolean' },
    })
    const challenge = challengeNumber(positionals[0])
    const file = positionals[1]
    if (!file) throw new UsageError('Name the file to submit.')
    const csv = readFile(file, io)
    const config = readConfig(values, io)
    const client = createClient(config)
    const say = (text: string) => (values.json ? io.stderr : io.stdout)(`${text}\n`)
    const signer = asSigner(readSecret(values, config, io))
    try {
      if (values.check) return await checkOnly(client, challenge, csv, signer.address, Boolean(values.json), io)
      const submitted = await submitFile(client, {
        challenge,
        csv,
        signer,
        fileName: basename(file),
        drafts: fileDrafts(join(homeFolder(io), 'drafts')),
        signal: io.signal,
        onProgress: (progress) => {
          const line = progressLine(progress)
          if (line) say(line)
        },
      })
      if (!values.wait) {
        if (values.json) printJson(io, submitted)
        return EXIT.ok
      }
      let path: SubmissionOverview | undefined
      let shown = ''
      for await (const next of watchSubmission(client, submitted, { signal: io.signal })) {
        path = next
        const step = next.steps.find((one) => one.state === 'active')
        if (step && step.label !== shown) say(`  ${step.label}`)
        shown = step?.label ?? shown
        // The ranking may be weeks away; the public score is what there is to wait for.
        if (next.ranking?.open && next.status !== 'pending') break
      }
      if (values.json) printJson(io, { ...submitted, ledgersToPayment: ledgers(path, submitted.ledger), path })
      else if (path) io.stdout(showSubmission(path))
      return path?.status === 'scored' && !path.held ? EXIT.ok : EXIT.refused
    } catch (error) {
      if (error instanceof CheckFailed) {
        for (const problem of error.precheck.problems) say(`  ${problem.message}`)
      }
      throw error
    }
  },
}

async function checkOnly(
  client: StellarTrain,
  challenge: number,
  csv: Uint8Array,
  solver: string,
  json: boolean,
  io: Io,
): Promise<number> {
  const context = await readContext(client, challenge, { signal: io.signal })
  const standing = await checkStanding(client, context, solver, { signal: io.signal })
  const ids = await expectedIds(client, context, solver, standing.attempt, { signal: io.signal })
  const precheck = await checkFile(context.manifest, csv, ids)
  if (json) printJson(io, { ok: precheck.ok, precheck, standing })
  else if (precheck.ok) {
    io.stdout(
      `The file is good: ${precheck.rows} rows. This would be attempt ${standing.attempt}; ${standing.attemptsLeft} left.\n`,
    )
  }
  if (!precheck.ok) throw new CheckFailed(precheck)
  return EXIT.ok
}

function readFile(file: string, io: Io): Uint8Array {
  try {
    return readFileSync(resolve(io.cwd, file))
  } catch (cause) {
    throw new UsageError(`The file ${file} cannot be read.`, { cause })
  }
}

function ledgers(path: SubmissionOverview | undefined, submitted: number): number | null {
  return path?.payment && submitted > 0 ? path.payment.ledger - submitted : null
}

function progressLine(progress: SubmitProgress): string | undefined {
  switch (progress.step) {
    case 'checked':
      return `  Checked: ${progress.precheck.rows} rows; attempt ${progress.standing.attempt}`
    case 'sealed':
      return `  Sealed: ${progress.bytes} bytes`
    case 'uploaded':
      return `  Uploaded: ${progress.cid}`
    case 'resumed':
      return `  Going on with earlier work (${progress.from})`
    case 'submitted':
      return `  Submitted: number ${progress.submitted.number}, transaction ${progress.submitted.hash}`
    default:
      return undefined
  }
}
