/** `stellartrain submit`: check, seal, submit, hand out, and with --wait follow it to the payment. */

import { basename } from 'node:path'
import type { Signer } from '@stellartrain/contracts-client'
import type { Terms } from '@stellartrain/contracts-client/rules'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { readContext, readFacts } from '../challenge/context.ts'
import { copyWords } from '../challenge/terms-words.ts'
import { checkBatchAnswers } from '../labeling/answers.ts'
import { batchAnswers } from '../labeling/filled-in.ts'
import { needsLease } from '../labeling/kept-lease.ts'
import { leaseToCheck } from '../labeling/lease.ts'
import { checkFile, checkStanding, expectedIds, publishedSample, type Standing } from '../submit/precheck.ts'
import { type SubmissionOverview, watchSubmission } from '../submit/submission-status.ts'
import { CheckFailed, followDrafts, type SubmitProgress, submitFile } from '../submit/submit.ts'
import { counted } from '../system/counted.ts'
import { challengeNumber, parse } from './args.ts'
import { submitByEarnings } from './batch-by-earnings.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { type Connection, connect } from './connect.ts'
import { type Command, EXIT, type Io, printJson, UsageError } from './io.ts'
import { readInput } from './read-write.ts'
import { draftsOf, handOutOwn, waitingLine } from './resume-drafts.ts'
import { money, showSubmission } from './show.ts'

export const submit: Command = {
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
    const { token, terms } = await readFacts(client, challenge, connection.options)
    if (terms.payout.rule === 'earnings')
      return await submitByEarnings(connection, { challenge, csv, signer }, values, io)
    if (values.check) return await checkOnly(connection, challenge, csv, signer, Boolean(values.json), io)
    // What was begun before is followed on the ledger now, and handed out after this: no service that is down holds up the ledger.
    const earlier = await followDrafts(client, draftsOf(io), connection.options)
    const submitted = await submitFile(client, {
      challenge,
      csv,
      signer,
      fileName: basename(file),
      drafts: draftsOf(io),
      signal: io.signal,
      onProgress: (progress) => {
        const line = progressLine(progress, token, terms)
        if (line) say(line)
      },
    })
    await handOutOwn(connection, earlier, io)
    if (!values.wait) {
      if (values.json) printJson(io, submitted)
      return EXIT.ok
    }
    let seen: SubmissionOverview | undefined
    let shown = ''
    for await (const next of watchSubmission(client, submitted, { signal: io.signal })) {
      seen = next
      const step = next.story.steps.find((one) => one.state === 'active')
      if (step && step.label !== shown) say(`  ${step.label}`)
      shown = step?.label ?? shown
      // The ranking may be weeks away; the public score is what there is to wait for.
      const { status, place } = next.story
      if (terms.payout.rule === 'ranked' && status !== 'pending' && place?.on !== 'ranking') break
    }
    if (values.json)
      printJson(io, { ...submitted, ledgersToPayment: ledgers(seen, submitted.ledger), submission: seen })
    else if (seen) io.stdout(showSubmission(seen))
    return seen?.story.status === 'scored' && seen.story.amounts.owed.total === 0n ? EXIT.ok : EXIT.refused
  },
}

async function checkOnly(
  { client, options }: Connection,
  challenge: number,
  csv: Uint8Array,
  signer: Signer,
  json: boolean,
  io: Io,
): Promise<number> {
  const context = await readContext(client, challenge, options)
  const solver = signer.address
  const standing = await checkStanding(client, context, solver, options)
  const { attempt } = standing
  const lease = needsLease(context.manifest)
    ? await leaseToCheck(client, context, { solver, attempt, drafts: draftsOf(io) })
    : undefined
  const leased = lease && { lease, signer }
  const answers = await batchAnswers(client, context, csv, { ...options, leased })
  const ids = await expectedIds(client, context, solver, attempt, { ...options, lease })
  const sample = await publishedSample(client, context.manifest, options)
  const precheck = await checkFile(context.manifest, answers, { ids, sample })
  if (!precheck.ok) throw new CheckFailed(precheck)
  await checkBatchAnswers(client, context, answers, { ...options, leased })
  if (json) printJson(io, { ok: true, precheck, standing })
  else
    io.stdout(
      `The file passes the check: ${rowsLine(precheck.rows, context.manifest)}. This would be attempt ${attempt}; ${standing.attemptsLeft} left.\n${costLines(standing, context.terms, context.token).join('')}`,
    )
  return EXIT.ok
}

/** The rows of a file; of a model those that it was tried on, which are not those that it is graded by. */
function rowsLine(rows: number, { submission }: Pick<Manifest, 'submission'>): string {
  if (!submission.model) return counted(rows, 'row')
  return rows > 0
    ? `tried on ${counted(rows, 'published row')}`
    : 'not tried, for no published rows have the columns that it gets'
}

type Asset = { code: string; decimals: number }

/** What an attempt costs, and what a copy costs, before anything is paid. */
function costLines({ deposit, carry }: Standing, terms: Terms, asset: Asset): string[] {
  const show = (amount: bigint) => money(amount, asset)
  return [
    ...(deposit > 0n
      ? [`Deposit ${show(deposit)}: returned; of a rejected or unavailable file it first pays the oracles.\n`]
      : []),
    ...(carry > 0n
      ? [
          `Up to ${show(carry)} is carried for grading: the fee budget may be used up by then; what is not needed comes back in the same call.\n`,
        ]
      : []),
    `${copyWords(terms, asset)}\n`,
  ]
}

function ledgers(seen: SubmissionOverview | undefined, submitted: number): number | null {
  return seen?.payment && submitted > 0 ? seen.payment.ledger - submitted : null
}

function progressLine(progress: SubmitProgress, token: Asset, terms: Terms): string | undefined {
  switch (progress.step) {
    case 'checked': {
      const { precheck, standing, manifest } = progress
      const costs = costLines(standing, terms, token).map((line) => `\n  ${line.trimEnd()}`)
      return `  Checked: ${rowsLine(precheck.rows, manifest)}; attempt ${standing.attempt}${costs.join('')}`
    }
    case 'sealed':
      return `  Sealed: ${counted(progress.bytes, 'byte')}, ${progress.cid}`
    case 'waiting':
      return `  ${waitingLine(progress.who, progress.seconds)}`
    case 'handed_out':
      return `  Handed out to ${progress.took.join(', ')}${progress.failed.map(({ who, why }) => `; not to ${who}: ${why}`).join('')}`
    case 'fee_paid':
      return `  The network fee is paid by ${progress.by}`
    case 'resumed':
      return progress.number === undefined
        ? `  Resuming earlier work (${progress.from})`
        : `  This file was submitted already, as number ${progress.number}`
    case 'submitted':
      return `  Submitted: number ${progress.submitted.number}, transaction ${progress.submitted.hash}`
    default:
      return undefined
  }
}
