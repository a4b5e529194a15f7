/** `stellartrain submit`: check, seal, upload, submit, and with --wait follow it to the payment. */
import { basename, join } from 'node:path'
import { toDecimal } from '@stellartrain/contracts-client/units'
import { readContext, readFacts } from '../context.ts'
import { fileDrafts } from '../draft-files.ts'
import { checkFile, checkStanding, expectedIds, type Standing } from '../precheck.ts'
import { type SubmissionOverview, watchSubmission } from '../submission-status.ts'
import { CheckFailed, type SubmitProgress, submitFile } from '../submit.ts'
import { challengeNumber, parse } from './args.ts'
import { homeFolder, NETWORK_HELP, NETWORK_OPTIONS } from './config.ts'
import { type Connection, connect } from './connect.ts'
import { type Command, EXIT, type Io, printJson, UsageError } from './io.ts'
import { readInput } from './read-write.ts'
import { SIGNER_HELP } from './secret.ts'
import { showSubmission } from './show.ts'

const help = `Check a file, seal it for the challenge's oracles, upload and submit it.

Usage: stellartrain submit CHALLENGE FILE.csv [options]

Stopped at any point, the same command resumes where it stopped; an attempt is never spent twice. A file with the content
of an earlier submission, from anyone, counts as a copy: it wins nothing and loses its deposit.

Options
  --check             only check; nothing is spent or sent
  --wait              wait until it is graded and paid
${SIGNER_HELP}${NETWORK_HELP}
With --wait the exit code is 0 only if the submission was accepted and everything due was paid. Where prizes go by a
ranking after the deadline, waiting ends with the public score.

Examples
  stellartrain submit 7 predictions.csv --check --secret-file solver.key
  stellartrain submit 7 predictions.csv --wait --secret-file solver.key
`

export const submit: Command = {
  help,
  async run(args, io) {
    const { values, positionals } = parse(
      args,
      { ...NETWORK_OPTIONS, wait: { type: 'boolean' }, check: { type: 'boolean' } },
      2,
    )
    const challenge = challengeNumber(positionals[0])
    const file = positionals[1]
    if (!file) throw new UsageError('Name the file to submit.')
    const csv = readInput(file, io)
    const connection = await connect(values, io)
    const { client } = connection
    const say = (text: string) => (values.json ? io.stderr : io.stdout)(`${text}\n`)
    const signer = connection.signer()
    try {
      if (values.check) return await checkOnly(connection, challenge, csv, signer.address, Boolean(values.json), io)
      const { token } = await readFacts(client, challenge, connection.options)
      const submitted = await submitFile(client, {
        challenge,
        csv,
        signer,
        fileName: basename(file),
        drafts: fileDrafts(join(homeFolder(io), 'drafts')),
        signal: io.signal,
        onProgress: (progress) => {
          const line = progressLine(progress, token)
          if (line) say(line)
        },
      })
      if (!values.wait) {
        if (values.json) printJson(io, submitted)
        return EXIT.ok
      }
      let seen: SubmissionOverview | undefined
      let shown = ''
      for await (const next of watchSubmission(client, submitted, { signal: io.signal })) {
        seen = next
        const step = next.steps.find((one) => one.state === 'active')
        if (step && step.label !== shown) say(`  ${step.label}`)
        shown = step?.label ?? shown
        // The ranking may be weeks away; the public score is what there is to wait for.
        if (next.ranking?.open && next.status !== 'pending') break
      }
      if (values.json)
        printJson(io, { ...submitted, ledgersToPayment: ledgers(seen, submitted.ledger), submission: seen })
      else if (seen) io.stdout(showSubmission(seen))
      return seen?.status === 'scored' && !seen.held ? EXIT.ok : EXIT.refused
    } catch (error) {
      if (error instanceof CheckFailed) for (const problem of error.precheck.problems) say(`  ${problem.message}`)
      throw error
    }
  },
}

async function checkOnly(
  { client, options }: Connection,
  challenge: number,
  csv: Uint8Array,
  solver: string,
  json: boolean,
  io: Io,
): Promise<number> {
  const context = await readContext(client, challenge, options)
  const standing = await checkStanding(client, context, solver, options)
  const ids = await expectedIds(client, context, solver, standing.attempt, options)
  const precheck = await checkFile(context.manifest, csv, ids)
  if (!precheck.ok) throw new CheckFailed(precheck)
  if (json) printJson(io, { ok: true, precheck, standing })
  else
    io.stdout(
      `The file passes the check: ${precheck.rows} rows. This would be attempt ${standing.attempt}; ${standing.attemptsLeft} left.\n${depositLine(standing, context.token)}`,
    )
  return EXIT.ok
}

type Asset = { code: string; decimals: number }

/** What the deposit is for, before it is paid. */
function depositLine({ deposit }: Standing, { code, decimals }: Asset): string {
  if (deposit === 0n) return ''
  return `Deposit ${toDecimal(deposit, decimals)} ${code}: lost if the file is rejected or a copy of an earlier submission, else returned.\n`
}

function ledgers(seen: SubmissionOverview | undefined, submitted: number): number | null {
  return seen?.payment && submitted > 0 ? seen.payment.ledger - submitted : null
}

function progressLine(progress: SubmitProgress, token: Asset): string | undefined {
  switch (progress.step) {
    case 'checked': {
      const { precheck, standing } = progress
      const deposit = depositLine(standing, token).trimEnd()
      return `  Checked: ${precheck.rows} rows; attempt ${standing.attempt}${deposit ? `\n  ${deposit}` : ''}`
    }
    case 'sealed':
      return `  Sealed: ${progress.bytes} bytes`
    case 'uploaded':
      return `  Uploaded: ${progress.cid}`
    case 'resumed':
      return `  Resuming earlier work (${progress.from})`
    case 'submitted':
      return `  Submitted: number ${progress.submitted.number}, transaction ${progress.submitted.hash}`
    default:
      return undefined
  }
}
