/** `stellartrain labels batches`, `appeal`, `appeals`, `decide`: what became of batches that earnings are paid for, and what is decided after all. */

import { readFacts } from '../challenge/context.ts'
import { csvRows } from '../challenge/csv.ts'
import { appealBatch, decideAppeals, type OpenAppeal, readAppeals } from '../earnings/appeals.ts'
import { type OwnBatch, readOwnWork } from '../earnings/work.ts'
import { identityIn } from '../labels/identity.ts'
import type { StellarTrain } from '../system/client.ts'
import { counted, partOf } from '../system/counted.ts'
import { parseAddress } from '../system/names.ts'
import type { AbortOptions } from '../system/options.ts'
import { challengeNumber, wholeNumber } from './args.ts'
import { connect } from './connect.ts'
import { EXIT, type Io, printJson, UsageError } from './io.ts'
import { readInput } from './read-write.ts'
import { money } from './show.ts'

export const APPEAL_OPTIONS = {
  labeler: { type: 'string' },
  attempt: { type: 'string' },
  why: { type: 'string' },
  accept: { type: 'string', multiple: true },
  uphold: { type: 'string', multiple: true },
  withdraw: { type: 'string', multiple: true },
  note: { type: 'string' },
  identity: { type: 'string' },
} as const

type Values = Parameters<typeof connect>[0] & {
  [Name in 'labeler' | 'attempt' | 'why' | 'note' | 'identity']?: string | undefined
} & { [Name in 'accept' | 'uphold' | 'withdraw']?: string[] | undefined } & { json?: boolean | undefined }

type Run = (challenge: number, values: Values, io: Io) => Promise<void>

const batches: Run = async (challenge, values, io) => {
  const named = values.labeler === undefined ? undefined : parseAddress(values.labeler)
  const { client, signer, options } = await connect(values, io)
  const labeler = named ?? signer().address
  const work = await readOwnWork(client, { challenge, labeler }, options)
  if (values.json) return printJson(io, work)
  const { token } = await readFacts(client, challenge, options)
  for (const batch of work.batches)
    io.stdout(`${batchLine(batch, (units) => money(BigInt(units), token), challenge)}${whoSays(batch, work.oracles)}\n`)
  io.stdout(
    `${counted(work.batches.length, 'batch', 'batches')}; ${money(BigInt(work.cumulative), token)} earned by ${counted(work.epochs, 'epoch')}${work.proven ? ', as the ledger proves' : ', as the oracles say: the report of the epoch cannot be read'}.\n`,
  )
}

/** Of one batch the ledger proves nothing: where no majority says it, who does. */
const whoSays = ({ toldBy }: OwnBatch, oracles: number): string =>
  toldBy * 2 > oracles ? '' : `\n    So far ${partOf(toldBy, oracles, 'oracle', { verb: ['says', 'say'] })} so.`

function batchLine(batch: OwnBatch, show: (units: string) => string, challenge: number): string {
  const { attempt, state, epoch, earned = '0', units, why, appeal } = batch
  const name = `${String(attempt).padEnd(4)}`
  if (state === 'waiting') return `${name}submitted; its verdict is shown once its epoch is posted`
  if (state === 'accepted')
    return `${name}accepted by epoch ${epoch}${appeal ? ' after an appeal' : ''}: ${counted(units ?? 0, 'answer')}, ${show(earned)}`
  const next =
    appeal === 'open'
      ? 'You appealed; the reviewer decides.'
      : appeal === 'upheld'
        ? 'You appealed; the reviewer left it rejected.'
        : `npx stellartrain labels appeal ${challenge} --attempt ${attempt} --why TEXT`
  return `${name}rejected ${epoch === undefined ? 'before any epoch, for no one has earned anything yet' : `by epoch ${epoch}`}: ${why}\n    ${next}`
}

const appeal: Run = async (challenge, values, io) => {
  const { attempt, why } = values
  if (attempt === undefined) throw new UsageError('Name the batch by its attempt: --attempt N.')
  if (!why?.trim()) throw new UsageError('Say why your answers are right: --why TEXT.')
  if (why.length > 1_000) throw new UsageError('--why has at most 1,000 characters.')
  const number = wholeNumber('--attempt', attempt)
  const { client, signer, options } = await connect(values, io)
  const signs = signer()
  await appealBatch(client, { challenge, attempt: number, why, signer: signs }, options)
  if (values.json) printJson(io, { challenge, labeler: signs.address, attempt: number })
  else io.stdout(`Appealed. The reviewer decides; a later epoch pays what is accepted after all.\n`)
}

const list: Run = async (challenge, values, io) => {
  const { client, options } = await connect(values, io)
  const found = await readAppeals(client, challenge, options)
  const said = await answersOf(challenge, values, io, client, options)
  if (values.json) return printJson(io, { challenge, ...found, ...(said && { answers: said }) })
  for (const one of found.appeals) {
    io.stdout(`${appealLines(one)}\n`)
    for (const [item, answer] of said?.[`${one.labeler}/${one.attempt}`] ?? [])
      io.stdout(`    ${shown(item ?? '')}: ${shown(answer ?? '')}\n`)
  }
  const { won, lost, reviewer } = found
  io.stdout(
    `${counted(found.appeals.length, 'appeal')} to decide, by ${reviewer}; ${won + lost === 0 ? 'none is decided yet' : `labelers won ${partOf(won, won + lost, 'decided appeal')}`}.\n`,
  )
}

/** What the batches say, for whoever has the key: rows of id and answer, by `labeler/attempt`. */
async function answersOf(
  challenge: number,
  { identity: file }: Values,
  io: Io,
  client: StellarTrain,
  options: AbortOptions,
): Promise<Record<string, string[][]> | undefined> {
  if (file === undefined) return undefined
  const { readAppealed } = await import('../labels/work-votes.ts')
  const found = await readAppealed(client, challenge, { ...options, identity: identityIn(readInput(file, io)) })
  return Object.fromEntries([...found].map(([name, csv]) => [name, (csvRows(csv) ?? []).slice(1)]))
}

const shown = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 200)

/** Indented and without control characters: what a stranger wrote must not look like a line of this program. */
const appealLines = ({ labeler, attempt, rejected, why }: OpenAppeal): string =>
  `${labeler}/${attempt}\n    rejected: ${shown(rejected)}\n    appeal:   ${why.replace(/[\p{Cc}\p{Cf}]+/gu, ' ')}`

const decide: Run = async (challenge, values, io) => {
  const { accept = [], uphold = [], withdraw = [], note } = values
  if (accept.length + uphold.length + withdraw.length === 0)
    throw new UsageError(
      'Say what is decided: --accept G…/1, --uphold G…/1 or --withdraw ITEM, each as often as needed.',
    )
  const accepted = accept.map((text) => batchName('--accept', text))
  const upheld = uphold.map((text) => batchName('--uphold', text))
  const twice = accept.find((text) => uphold.includes(text))
  if (twice !== undefined) throw new UsageError(`${twice} is both accepted and upheld.`)
  const { client, signer, options } = await connect(values, io)
  const decisions = { accepted, upheld, withdrawn: withdraw, note }
  const { number, took, oracles } = await decideAppeals(client, challenge, decisions, signer(), options)
  if (values.json) printJson(io, { challenge, number, took, ...decisions })
  else
    io.stdout(
      `Decided, as list ${number}: ${partOf(took.length, oracles, 'oracle')} took it. The next epoch pays what is accepted after all.\n`,
    )
}

function batchName(option: string, text: string): { labeler: string; attempt: number } {
  const [who = '', attempt = '', rest] = text.split('/')
  if (rest !== undefined || attempt === '') throw new UsageError(`${option} names a batch like G…/1, not "${text}".`)
  return { labeler: parseAddress(who), attempt: wholeNumber(option, attempt) }
}

const RUNS: Readonly<Record<string, Run>> = { batches, appeal, appeals: list, decide }
export const APPEAL_VERBS: readonly string[] = Object.keys(RUNS)

export async function runAppeals(verb: string, named: string | undefined, values: Values, io: Io): Promise<number> {
  await RUNS[verb]!(challengeNumber(named), values, io)
  return EXIT.ok
}
