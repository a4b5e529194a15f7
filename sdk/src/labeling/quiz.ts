/**
 * The quiz of a labeling challenge: what the oracles ask a labeler, and its answers, signed once and given to all of them. Each judges for
 * itself; a labeler gets items once a majority has signed that it passed.
 */

import { asSigner, type SignerLike, signDigest } from '@stellartrain/contracts-client'
import { quorum } from '@stellartrain/contracts-client/rules'
import { sleep } from '@stellartrain/contracts-client/wait'
import type { LeaseSignature } from '@stellartrain/ipfs-content/lease'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { networkId } from '@stellartrain/ipfs-content/network'
import { passedSignatures, quizDigest } from '@stellartrain/ipfs-content/quiz'
import { type ChallengeContext, readContext } from '../challenge/context.ts'
import { csvRows } from '../challenge/csv.ts'
import { askEach, oraclePlaces, saidWords } from '../oracles/ask-oracles.ts'
import type { StellarTrain } from '../system/client.ts'
import { fetchContent } from '../system/content.ts'
import { partOf } from '../system/counted.ts'
import { isoTime } from '../system/iso-time.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { checkAnswers, itemValues } from './answers.ts'
import { rowsOf, type Tasks } from './batch.ts'
import { answersIn } from './filled-in.ts'
import { nextTry, refusalOf, type ToldTry } from './told-quiz.ts'

const QUIZ_MAX_BYTES = 4 * 1024 * 1024
const SILENT_MS = 15_000
const TELLING_MS = 3_000
const ANSWER_MAX_BYTES = 256 * 1024
/** The last that times are written of. */
const LAST_SECOND = 253_402_300_799

export type Quiz = Pick<Tasks, 'header' | 'rows' | 'columns' | 'task'> & {
  challenge: number
  labeler: string
  /** Enough oracles signed that this labeler passed: it gets items. */
  admitted: boolean
  /** Oracles that signed so, of which so many are needed. */
  passedAt: number
  needed: number
  oracles: number
  /** The next try, from 1, of so many. */
  try: number
  tries: number
  /** None is left. */
  over: boolean
  /** Until when the next try waits, unix seconds; 0 for now. */
  wait: number
  minAccuracy: number
}

/** What one oracle says, with those signatures that are true. */
type Told = ToldTry & { who: string; signatures: LeaseSignature[] }
type Refused = { who: string; code: string; detail: string }

type Context = Pick<ChallengeContext, 'id' | 'challenge' | 'manifest'>

const termsOf = ({ id, manifest }: Context): NonNullable<NonNullable<Manifest['labeling']>['quiz']> => {
  const { quiz } = manifest.labeling ?? {}
  if (quiz) return quiz
  throw new UserError(
    'rule_not_supported',
    `Challenge ${id} asks labelers for no quiz. Get items with: npx stellartrain tasks ${id}`,
  )
}

/**
 * How a labeler stands, and what its next try asks.
 * @throws UserError `rule_not_supported`, `no_lease` (retryable) where no oracle answers; ContentError, ChainFailure
 */
export async function readQuiz(
  client: StellarTrain,
  { challenge, labeler }: { challenge: number; labeler: string },
  { signal }: AbortOptions = {},
): Promise<Quiz> {
  const context = await readContext(client, challenge, { signal })
  termsOf(context)
  const path = `challenges/${challenge}/quiz/${labeler}`
  const { told, refused } = await askAll(client, context, labeler, path, undefined, signal)
  if (told.length === 0) throw silent(refused)
  return quizOf(client, context, labeler, told, signal)
}

/**
 * Signs the answers to a try once and gives them to all oracles. Repeating it is safe.
 * @param taken.csv as a batch has it: the id and the answer of each question, or the questions filled in
 * @throws UserError `bad_answer` before anything is signed; `not_handed_out` (retryable) where too few oracles answer to admit anyone;
 * `no_attempts_left`; what the wallet throws
 */
export async function takeQuiz(
  client: StellarTrain,
  taken: { challenge: number; try: number; csv: Uint8Array },
  { signer: given, signal }: AbortOptions & { signer: SignerLike },
): Promise<Quiz> {
  const context = await readContext(client, taken.challenge, { signal })
  const { tries } = termsOf(context)
  const signer = asSigner(given)
  const labeler = signer.address
  const { manifest } = context
  const items = await readQuizItems(client, manifest, signal)
  const answers = answersIn(taken.csv, csvRows(items)?.[0] ?? [], manifest)
  checkAnswers(manifest, answers, itemValues(items, manifest.submission.idColumn))
  const csv = new TextDecoder().decode(answers)
  const said = { labeler, try: taken.try, csv }
  if (taken.try > tries) throw over(labeler)
  const signature = await signDigest(
    signer,
    client.config.passphrase,
    quizDigest(await placeOf(client, context), said),
    {
      signal,
    },
  )
  const body = JSON.stringify({ challenge: taken.challenge, answers: { ...said, signature } })
  const { told, refused } = await askAll(client, context, labeler, 'quiz', body, signal)
  const quiz = await quizOf(client, context, labeler, told, signal)
  const judged = told.length
  if (quiz.admitted) await tellPassed(client, context, labeler, told, signal)
  // Those that did not judge it could still admit; the same answers may be given again.
  if (!quiz.admitted && judged < quiz.needed) {
    const why = saidWords(refused)
    const code = refusalOf(refused, quiz)
    if (code === 'no_tries_left') throw over(labeler)
    if (code === 'bad_answers') throw new UserError('bad_answer', `The oracles cannot read these answers. ${why}`)
    throw new UserError(
      'not_handed_out',
      `${why} Only ${partOf(judged, quiz.oracles, 'oracle')} judged these answers, and ${quiz.needed} ${quiz.needed === 1 ? 'has' : 'have'} to: give the same answers again later.`,
      { retryable: true },
    )
  }
  return quiz
}

const over = (labeler: string) =>
  new UserError('no_attempts_left', `${labeler} has had every try of this quiz and cannot label in this challenge.`)

const silent = (refused: readonly Refused[]) =>
  new UserError('no_lease', `No oracle of this challenge answers about its quiz now. ${saidWords(refused)}`.trim(), {
    retryable: true,
  })

/** So that one that was away knows of it, whoever is away later. They check it; nothing waits for them long. */
async function tellPassed(
  client: StellarTrain,
  context: Context,
  labeler: string,
  told: readonly Told[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const signatures = told.flatMap((one) => one.signatures)
  const distinct = [...new Map(signatures.map((one) => [one.oracle, one])).values()]
  const body = JSON.stringify({ challenge: context.id, labeler, signatures: distinct })
  const asked = askAll(client, context, labeler, 'quiz/passed', body, signal)
  await Promise.race([asked, sleep(TELLING_MS, signal)])
}

async function placeOf({ config }: StellarTrain, { id }: Pick<Context, 'id'>) {
  return { network: await networkId(config.passphrase), contract: config.contract, challenge: id }
}

async function readQuizItems(
  client: StellarTrain,
  manifest: Manifest,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const dataset = manifest.datasets.find(({ name }) => name === manifest.labeling?.quiz?.items)
  if (!dataset) throw new UserError('rule_not_supported', 'The manifest does not name the items of its quiz.')
  return fetchContent(client, dataset.cid, Math.min(dataset.bytes, QUIZ_MAX_BYTES), { signal })
}

async function askAll(
  client: StellarTrain,
  context: Context,
  labeler: string,
  path: string,
  body: string | undefined,
  signal: AbortSignal | undefined,
): Promise<{ told: Told[]; refused: Refused[] }> {
  const { oracles } = context.challenge.terms
  const place = await placeOf(client, context)
  const asked = await askEach(client, await oraclePlaces(client, oracles, { signal }), `/v1/tasks/${path}`, {
    ...(body !== undefined && { method: 'PUT', body }),
    ...{ silentMs: SILENT_MS, maxBytes: ANSWER_MAX_BYTES, signal },
  })
  const told: Told[] = []
  const refused: Refused[] = []
  for (const said of asked) {
    if (!said.ok) refused.push(said)
    else if (typeof said.body === 'object' && said.body !== null)
      told.push(toldIn(said.who, said.body as Record<string, unknown>, { place, labeler, oracles }))
    else refused.push({ who: said.who, code: 'silent', detail: 'it does not answer as an oracle does.' })
  }
  return { told, refused }
}

function toldIn(
  who: string,
  said: Record<string, unknown>,
  of: { place: Awaited<ReturnType<typeof placeOf>>; labeler: string; oracles: readonly string[] },
): Told {
  const whole = (value: unknown) => (Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : 0)
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, 50) : [])
  const given = list(said.signatures).filter(
    (one): one is LeaseSignature =>
      typeof (one as LeaseSignature)?.oracle === 'string' && typeof (one as LeaseSignature)?.signature === 'string',
  )
  return {
    who,
    signatures: passedSignatures(of.place, of.labeler, given, of.oracles),
    ...{ try: whole(said.try), wait: Math.min(whole(said.wait), LAST_SECOND) },
    questions: list(said.questions).filter((id): id is string => typeof id === 'string'),
  }
}

async function quizOf(
  client: StellarTrain,
  context: Context,
  labeler: string,
  told: readonly Told[],
  signal: AbortSignal | undefined,
): Promise<Quiz> {
  const { manifest, challenge } = context
  const { tries, minAccuracy } = termsOf(context)
  const { oracles } = challenge.terms
  const needed = quorum({ oracles })
  const passedAt = new Set(told.flatMap(({ signatures }) => signatures.map(({ oracle }) => oracle))).size
  const left = told.filter(({ signatures, who }) => !isSignedBy(signatures, who))
  const next = nextTry(left, needed - passedAt)
  const admitted = passedAt >= needed
  const ids = admitted ? [] : next.questions
  const shown = ids.length > 0 ? rowsOf(await readQuizItems(client, manifest, signal), manifest, ids) : NONE
  return {
    ...{ challenge: context.id, labeler, admitted, passedAt, needed, oracles: oracles.length },
    ...{ try: next.try, tries, over: !admitted && next.try > tries, minAccuracy },
    wait: admitted ? 0 : next.wait,
    ...{ ...shown, columns: manifest.submission.columns },
    ...(manifest.labeling?.task && { task: manifest.labeling.task }),
  }
}

const NONE = { header: [], rows: [] }
const isSignedBy = (signatures: readonly LeaseSignature[], who: string) =>
  signatures.some(({ oracle }) => oracle === who)

/** Until when the next try waits, in words. */
export const waitWords = ({ wait }: Pick<Quiz, 'wait'>): string => (wait === 0 ? 'now' : `from ${isoTime(wait)} on`)
