/** `stellartrain labels create`: items and a labeling task to an ordinary challenge, by the ordinary path. */

import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fromDecimal, toDecimal } from '@stellartrain/contracts-client'
import { ageKeyFromSecret, generateAgeKey, secretFromIdentity } from '@stellartrain/ipfs-content/age'
import type { ChallengePlan } from '../create/plan.ts'
import { BATCHES, GUESSED_TOO_OFTEN, locksMore, UNJUDGED_TOO_OFTEN, unjudgedBatches } from '../labels/amounts.ts'
import { identityFile, identityIn } from '../labels/identity.ts'
import {
  ITEMS_FILE,
  KNOWN_FILE,
  type LabelsPlan,
  planLabels,
  QUIZ_FILE,
  type QuizTerms,
  sealedTo,
} from '../labels/plan.ts'
import { withSealedMedia } from '../labels/private-media.ts'
import { counted } from '../system/counted.ts'
import { UserError } from '../system/problems.ts'
import { type CreateValues, createFrom } from './create.ts'
import { IDENTITY_FILE } from './identity-file.ts'
import { type Io, UsageError } from './io.ts'
import { readJsonObject } from './json-file.ts'
import { checkLabels, type LabelsFile } from './labels-schema.ts'
import { readSource } from './labels-source.ts'
import { type Flags, planFrom } from './plan-file.ts'
import { quizTerms } from './quiz-terms.ts'
import { readInput, writeNew } from './read-write.ts'

const LABELS_FILE = 'labels.json'
const SECONDS_PER_ITEM = 30
const OVERLAP = 3
const MIN_ACCURACY = 0.8
/** Of an amount while it is multiplied. */
const DECIMALS = 18

type Values = CreateValues & Flags & { identity?: string | undefined }

export async function createLabels(named: string | undefined, values: Values, io: Io): Promise<number> {
  if (named === undefined) throw new UsageError('Name the labels file, or the folder that has labels.json.')
  const file = labelsFileAt(resolve(io.cwd, named))
  const { plan, more, results } = await readLabels(file, values, new Date())
  if (results !== undefined) return createFrom(plan, values, io, { more })
  const { recipient, where, keep } = await ownKey(values, plan.title, io)
  const sealed = sealedTo(plan, recipient)
  return createFrom(sealed, values, io, { more: `${more}  labels      for you alone: ${where}\n`, onAgreed: keep })
}

/** The key of a file, or a new one that `keep` writes to a file of its own: who has it reads the labels. */
async function ownKey(
  { identity: file = IDENTITY_FILE }: Values,
  title: string,
  io: Io,
): Promise<{ recipient: string; where: string; keep(): void }> {
  if (existsSync(resolve(io.cwd, file))) {
    const { recipient } = await ageKeyFromSecret(secretFromIdentity(identityIn(readInput(file, io))))
    return { recipient, where: `sealed to the key in ${file}`, keep() {} }
  }
  const key = await generateAgeKey()
  return {
    ...key,
    where: `sealed to a key that is written to ${file} when you create the challenge; keep that file, for without it no one can read them`,
    keep: () => writeNew(file, identityFile(key, title), io, 0o600),
  }
}

/** The plan that a labels file makes, and what is shown beside its preview. @throws UsageError, UserError `bad_input` */
export async function readLabels(
  file: string,
  flags: Flags,
  now: Date,
): Promise<{ plan: ChallengePlan; more: string; results: string | undefined }> {
  const labels = checkLabels(readJsonObject(file), flags)
  const folder = dirname(file)
  const read = await readSource(labels, folder)
  const source = labels.private ? await withSealedMedia(read) : read
  const { secondsPerItem = SECONDS_PER_ITEM, overlap = OVERLAP, minAccuracy = MIN_ACCURACY } = labels
  const amount = (value: string | number | undefined) => (value === undefined ? undefined : String(value))
  if (labels.private && labels.results === 'everyone')
    throw new UserError('bad_input', 'Private items have private labels: leave out "results": "everyone".')
  if (labels.earnings && labels.payout !== 'earnings')
    throw new UserError(
      'bad_input',
      '"earnings" of the labels file needs "payout": "earnings"; per unit, none of it would count.',
    )
  const made = planLabels(source, {
    ...{ secondsPerItem, overlap, minAccuracy, perItem: String(labels.perItem), payout: labels.payout },
    ...{
      batch: labels.batch,
      budget: amount(labels.budget),
      results: labels.results,
      earnings: labels.earnings,
      private: labels.private,
      quiz: quizOf(labels.quiz),
    },
  })
  refuseSmallBudget(made)
  const own: (keyof LabelsFile)[] = [
    'items',
    'idColumn',
    'labelStudio',
    'task',
    'instructions',
    'known',
    'overlap',
    'minAccuracy',
  ]
  const others = new Set<string>([
    ...own,
    'perItem',
    'secondsPerItem',
    'batch',
    'budget',
    'payout',
    'results',
    'earnings',
    'private',
    'quiz',
    '$schema',
  ])
  const common = Object.fromEntries(Object.entries(labels).filter(([name]) => !others.has(name)))
  const open = (path: string): Uint8Array => {
    if (path === ITEMS_FILE || path === KNOWN_FILE) return made.files[path]
    const { [QUIZ_FILE]: asked } = made.files
    if (path === QUIZ_FILE && asked) return asked
    return new Uint8Array(readFileSync(resolve(folder, path)))
  }
  const json = { ...{ asset: 'XLM', deposit: '0' }, ...common, ...made.plan }
  const plan = planFrom(json, { flags, now, open })
  return {
    results: labels.results,
    plan: { ...plan, media: source.media },
    more: labelsPreview(made, {
      secondsPerItem,
      overlap,
      asset: String(flags.asset ?? json.asset),
      task: source.task.answer.kind,
      media: source.media.length,
    }),
  }
}

function quizOf(asked: LabelsFile['quiz']): QuizTerms | undefined {
  if (asked === undefined) return undefined
  const { questions = 5, minAccuracy = MIN_ACCURACY, tries = 2 } = asked
  return { questions, minAccuracy, tries, items: asked.items ?? 4 * questions }
}

/** `times` an amount, both decimal. */
const product = (amount: string, times: number): bigint => fromDecimal(amount, DECIMALS) * BigInt(times)

/** The rule of a plan's terms, in the words of a labels file. @throws UserError `bad_input` */
function refuseSmallBudget({ plan: { payout }, batch }: LabelsPlan): void {
  if (payout.rule !== 'per_unit') return
  const least = product(payout.rate, batch * BATCHES)
  if (fromDecimal(payout.prize, DECIMALS) >= least) return
  throw new UserError(
    'bad_input',
    `A full batch may earn at most a twentieth of the budget: lower "batch" (now ${batch}) or "perItem", or raise "budget" to ${toDecimal(least, DECIMALS)}. What is not earned comes back after the end.`,
  )
}

function budgetLines({ plan: { payout }, items, batch }: LabelsPlan, of: { overlap: number; asset: string }): string[] {
  if (payout.rule !== 'per_unit' || !locksMore({ items, overlap: of.overlap, batch })) return []
  const money = (times: number) => `${toDecimal(product(payout.rate, times), DECIMALS)} ${of.asset.split(':')[0]}`
  return [
    `  budget      at least ${money(batch * BATCHES)}, because a full batch may earn at most a twentieth; all labels together earn at most ${money(items * of.overlap)}, and what is left comes back after the end`,
  ]
}

const timesWords = (count: number): string => (count === 1 ? 'once' : `${count} times`)

function labelsPreview(
  made: LabelsPlan,
  of: { secondsPerItem: number; overlap: number; asset: string; task: string; media: number },
): string {
  const { plan, items, known, batch, hourly, guessed } = made
  const share = known / items
  const each = Number((share * batch).toFixed(1))
  const perBatch = Number.isInteger(each) ? each : `on average ${each}`
  const unjudged = unjudgedBatches({ items, known, batch })
  const lines = [
    `  items       ${items.toLocaleString('en-US')}, each labeled ${timesWords(of.overlap)}: ${of.task}${of.media > 0 ? `; ${counted(of.media, 'file')} ${of.media === 1 ? 'is' : 'are'} uploaded with them` : ''}`,
    `  known       ${counted(known, 'item')} (${percent(share)}); a batch of ${batch} has ${perBatch} of them`,
    `  an hour     earns a labeler ${hourly} ${of.asset.split(':')[0]} at ${of.secondsPerItem} s an item, before what the network asks for a transaction`,
    ...budgetLines(made, of),
    ...(plan.labeling?.quiz ? quizLines(plan.labeling.quiz, guessed) : []),
    ...(unjudged > UNJUDGED_TOO_OFTEN
      ? [
          `  ! About ${percent(unjudged)} of the full batches have no known item and are accepted unjudged: know more items, or enlarge the batch.`,
        ]
      : []),
  ]
  return `${lines.join('\n')}\n`
}

function quizLines(
  quiz: NonNullable<NonNullable<LabelsPlan['plan']['labeling']>['quiz']>,
  guessed: number | undefined,
): string[] {
  const chance = guessed === undefined ? '' : `; whoever guesses passes with a chance of ${percent(guessed)}`
  return [
    `  quiz        ${quizTerms(quiz)}, before anyone gets items${chance}`,
    ...(guessed !== undefined && guessed > GUESSED_TOO_OFTEN
      ? [
          '  ! Guessing passes this quiz too often, and accounts cost little: ask more questions, or for more right answers.',
        ]
      : []),
  ]
}

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`

function labelsFileAt(path: string): string {
  try {
    return statSync(path).isDirectory() ? join(path, LABELS_FILE) : path
  } catch (cause) {
    throw new UsageError(`There is no file or folder ${path}.`, { cause })
  }
}
