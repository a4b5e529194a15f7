/**
 * Quizzes: who may label, where the manifest asks for one. Each oracle asks the same questions, judges the answers for itself and signs for
 * whoever passed; a labeler gets leases once a majority has signed. No oracle relies on what another one says.
 */
import { createHash } from 'node:crypto'
import { isDigestSigned } from '@stellartrain/contracts-client'
import { quorum } from '@stellartrain/contracts-client/rules'
import { askJson } from '@stellartrain/ipfs-content/ask'
import { endpoint } from '@stellartrain/ipfs-content/endpoint'
import type { LeaseSignature } from '@stellartrain/ipfs-content/lease'
import type { Place } from '@stellartrain/ipfs-content/network'
import { passedSignatures, type QuizAnswers, quizDigest, signPassed } from '@stellartrain/ipfs-content/quiz'
import type { QuizTry } from '@stellartrain/oracle-grade'
import { HttpError, type Log } from '@stellartrain/service'
import type { Challenge } from '../chain/challenge.ts'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import type { Identity } from '../challenge-files/identity.ts'
import type { Peers } from '../ciphertexts/peers.ts'
import type { QuizResult } from '../grading/jobs.ts'
import { createHourly } from './hourly.ts'
import { openJournalOf } from './journal.ts'
import { createTries, quizEntry, type Tries } from './tries.ts'

/** How a labeler stands; anyone may ask. */
export type QuizStanding = Readonly<{
  challenge: number
  labeler: string
  /** A majority has signed that this labeler passed. */
  admitted: boolean
  /** This oracle's own signature, once the labeler has passed here; or all that it knows of. */
  signatures: readonly LeaseSignature[]
  /** The next try here, from 1, of so many; above them none is left. */
  try: number
  tries: number
  /** Until when the next try waits, ledger time; 0 for now. */
  wait: number
  /** Ids of the items that the next try asks; empty where there is none. */
  questions: readonly string[]
}>

export type Quizzes = {
  /**
   * @param asks who wants to know the questions, and from which address; '' where that is not known. Undefined for signatures alone
   * @throws HttpError
   */
  standing(
    challenge: Challenge,
    labeler: string,
    now: number,
    asks: { client: string } | undefined,
  ): Promise<QuizStanding>
  /**
   * Judges a try. Repeating it is safe. @param client whose address it came from; '' where that is not known
   * @throws HttpError
   */
  take(challenge: Challenge, answers: QuizAnswers, now: number, client: string): Promise<QuizStanding>
  /** Signatures of a majority, shown by anybody. @throws HttpError `not_passed` */
  remember(challenge: Challenge, labeler: string, signatures: readonly LeaseSignature[]): Promise<void>
  /** @throws HttpError `quiz_not_passed` for whoever is asked for a quiz and has not passed it */
  check(challenge: Challenge, labeler: string): Promise<void>
}

export type QuizzesDeps = Readonly<{
  folder: string
  place: Place
  networkPassphrase: string
  identity: Pick<Identity, 'address' | 'keypair'>
  inputs(challenge: Challenge): Promise<GradingInputs>
  quiz(of: QuizTry, inputs: GradingInputs, csv?: Uint8Array): Promise<QuizResult>
  peers: Pick<Peers, 'of'>
  /** Milliseconds since 1970. */
  wall: () => number
  log: Log
  signal: AbortSignal
}>

type Terms = NonNullable<NonNullable<GradingInputs['labeling']>['quiz']>
type Open = { tries: Tries; append: (entry: Parameters<Tries['note']>[0]) => Promise<void> }

/** Tries of one address in an hour: each account is one key, and keys cost nothing. */
const MOST_OF_CLIENT = 30
/**
 * Tries whose questions one address is told in an hour, for the same reason: whoever could ask for any number of accounts would choose one
 * that is asked what it knows. Each costs the grading process something, too.
 */
const MOST_TOLD = 60
/** Questions that were told; telling them again costs nothing. */
const MOST_KEPT = 2_000
/** Between two questions to the other oracles about one labeler. */
const ASK_MS = 5_000
const PEER_MS = 4_000
const PEER_BYTES = 64 * 1024
const MOST_REMEMBERED = 10_000
/** For an answer without questions: who has them counts as having asked. */
export const WITHOUT_QUESTIONS = { questions: 'none' }

export function createQuizzes(deps: QuizzesDeps): Quizzes {
  const { folder, place, networkPassphrase, identity, peers, wall, log, signal } = deps
  const opened = new Map<number, Promise<Open>>()
  const asked = new Map<string, number>()
  const judged = createHourly(MOST_OF_CLIENT, wall)
  const told = createHourly(MOST_TOLD, wall)
  const kept = new Map<string, Promise<readonly string[]>>()

  function open(id: number): Promise<Open> {
    const known = opened.get(id)
    if (known) return known
    const opening = openJournalOf(quizEntry, folder, id, () =>
      log.warn('quiz_lost', { challenge: id, message: 'The journal of the quiz is damaged and is begun anew.' }),
    ).then((journal): Open => {
      const tries = createTries(journal.entries)
      let last: Promise<unknown> = Promise.resolve()
      return {
        tries,
        append(entry) {
          const next = last.then(async () => {
            // Many at once may have shown what one of them is enough for.
            if (entry.type === 'admitted' && tries.admitted(entry.labeler) !== undefined) return
            await journal.append(entry)
            tries.note(entry)
          })
          last = next.catch(() => {})
          return next
        },
      }
    })
    opened.set(id, opening)
    opening.catch(() => opened.delete(id))
    return opening
  }

  async function termsOf(challenge: Challenge): Promise<{ inputs: GradingInputs; quiz: Terms } | undefined> {
    const inputs = await deps.inputs(challenge)
    const { quiz } = inputs.labeling ?? {}
    return quiz && { inputs, quiz }
  }

  const placeOf = ({ id }: Challenge) => ({ ...place, challenge: id })
  const own = (challenge: Challenge, labeler: string): LeaseSignature =>
    signPassed(placeOf(challenge), labeler, identity.address, identity.keypair.rawSecretKey())

  /** What is known here of who signed for a labeler. */
  function signaturesOf(challenge: Challenge, labeler: string, tries: Tries): readonly LeaseSignature[] {
    const others = tries.admitted(labeler) ?? []
    if (!tries.passed(labeler)) return others
    return [own(challenge, labeler), ...others.filter(({ oracle }) => oracle !== identity.address)]
  }

  /** Asks the others who passed there: one that was away when the quiz was taken learns of it so. */
  async function collect(challenge: Challenge, labeler: string, { tries, append }: Open): Promise<boolean> {
    const needed = quorum(challenge.terms)
    const known = signaturesOf(challenge, labeler, tries)
    if (known.length >= needed) return true
    const name = `${challenge.id}/${labeler}`
    if (wall() - (asked.get(name) ?? 0) < ASK_MS) return false
    asked.set(name, wall())
    for (const old of asked.keys()) if (asked.size > MOST_REMEMBERED) asked.delete(old)
    const urls = await peers.of(challenge).catch(() => [])
    const told = await Promise.all(urls.map((url) => askPeer(url, challenge.id, labeler)))
    const all = passedSignatures(placeOf(challenge), labeler, [...known, ...told.flat()], challenge.terms.oracles)
    if (all.length < needed) return false
    await append({ type: 'admitted', labeler, signatures: all })
    asked.delete(name)
    return true
  }

  async function askPeer(url: string, challenge: number, labeler: string): Promise<LeaseSignature[]> {
    const query = new URLSearchParams(WITHOUT_QUESTIONS)
    const at = endpoint(url, `/v1/tasks/challenges/${challenge}/quiz/${labeler}?${query}`)
    const body = (await askJson(at, { silentMs: PEER_MS, maxBytes: PEER_BYTES, signal })) as {
      signatures?: unknown
    } | null
    return Array.isArray(body?.signatures) ? body.signatures.slice(0, 5).filter(isSignature) : []
  }

  /** What a try asks. @throws HttpError `too_many_questions` */
  function questionsOf(of: QuizTry, inputs: GradingInputs, client: string): Promise<readonly string[]> {
    const name = `${of.challenge}/${of.labeler}/${of.try}`
    const known = kept.get(name)
    if (known) return known
    if (!told.take(client))
      throw tooMany('too_many_questions', 'To this address, questions of too many tries were told')
    const found = deps.quiz(of, inputs).then(({ questions }) => questions)
    kept.set(name, found)
    found.catch(() => kept.delete(name))
    for (const old of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(old)
    return found
  }

  async function standing(
    challenge: Challenge,
    labeler: string,
    now: number,
    asks: { client: string } | undefined,
  ): Promise<QuizStanding> {
    const found = await termsOf(challenge)
    if (found === undefined) throw noQuiz(challenge.id)
    const { tries } = await open(challenge.id)
    const { quiz, inputs } = found
    const signatures = signaturesOf(challenge, labeler, tries)
    const passed = tries.passed(labeler)
    const next = (tries.last(labeler)?.try ?? 0) + 1
    const more = !passed && next <= quiz.tries
    const of = { challenge: challenge.id, labeler, try: next }
    return {
      ...{ challenge: challenge.id, labeler, signatures, tries: quiz.tries },
      admitted: signatures.length >= quorum(challenge.terms),
      try: passed ? next - 1 : next,
      wait: more ? tries.waits(labeler, now) : 0,
      questions: more && asks ? await questionsOf(of, inputs, asks.client) : [],
    }
  }

  const running = new Map<string, Promise<unknown>>()

  return {
    standing,
    async take(challenge, answers, now, client) {
      const found = await termsOf(challenge)
      if (found === undefined) throw noQuiz(challenge.id)
      const { quiz, inputs } = found
      const { labeler, csv, signature } = answers
      if (!isDigestSigned(labeler, networkPassphrase, quizDigest(placeOf(challenge), answers), signature))
        throw new HttpError(422, 'not_signed', 'The answers are not signed by their labeler.')
      const of = await open(challenge.id)
      const name = `${challenge.id}/${labeler}`
      // One after another: two at once would be one try.
      const turn = (running.get(name) ?? Promise.resolve()).then(() => one())
      const done = turn.catch(() => {})
      running.set(name, done)
      void done.then(() => running.get(name) === done && running.delete(name))
      await turn
      // Whoever could be judged is told what comes next: tries are counted already.
      return standing(challenge, labeler, now, { client: '' })

      async function one(): Promise<void> {
        const { tries, append } = of
        const hash = createHash('sha256').update(csv).digest('hex')
        const last = tries.last(labeler)
        if (last?.passed) return
        if (last?.try === answers.try && last.answers === hash) return
        const next = (last?.try ?? 0) + 1
        if (next > quiz.tries)
          throw new HttpError(409, 'no_tries_left', `${labeler} has had all ${quiz.tries} tries of this quiz.`)
        if (answers.try < next)
          throw new HttpError(409, 'other_try', `Try ${answers.try} was judged here; the next one is ${next}.`)
        if (answers.try > quiz.tries) throw new HttpError(422, 'other_try', `The quiz has ${quiz.tries} tries.`)
        const until = tries.waits(labeler, now)
        if (until > 0)
          throw new HttpError(409, 'wait', `The next try is from ${new Date(until * 1_000).toISOString()} on.`)
        if (tries.full(now)) throw tooManyTries('In this challenge')
        if (!judged.take(client)) throw tooManyTries('From this address')
        const bytes = new TextEncoder().encode(csv)
        const result = await deps.quiz({ challenge: challenge.id, labeler, try: answers.try }, inputs, bytes)
        // What cannot be read is not a try.
        if (result.problem !== undefined) throw new HttpError(422, 'bad_answers', result.problem)
        await append({ type: 'try', labeler, try: answers.try, at: now, answers: hash, passed: result.passed })
      }
    },
    async remember(challenge, labeler, given) {
      if ((await termsOf(challenge)) === undefined) throw noQuiz(challenge.id)
      const signatures = passedSignatures(placeOf(challenge), labeler, given, challenge.terms.oracles)
      if (signatures.length < quorum(challenge.terms))
        throw new HttpError(422, 'not_passed', 'These are not the signatures of a majority of the oracles.')
      const { append } = await open(challenge.id)
      await append({ type: 'admitted', labeler, signatures })
    },
    async check(challenge, labeler) {
      if ((await termsOf(challenge)) === undefined) return
      if (await collect(challenge, labeler, await open(challenge.id))) return
      throw new HttpError(
        403,
        'quiz_not_passed',
        `${labeler} has not passed the quiz of challenge ${challenge.id} at a majority of its oracles.`,
      )
    },
  }
}

const isSignature = (value: unknown): value is LeaseSignature => {
  const { oracle, signature } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  return typeof oracle === 'string' && typeof signature === 'string'
}

const noQuiz = (id: number) => new HttpError(404, 'no_quiz', `Challenge ${id} asks labelers for no quiz.`)

const tooMany = (code: string, what: string) =>
  new HttpError(429, code, `${what} in the last hour. Try again later.`, { headers: { 'retry-after': '600' } })
const tooManyTries = (where: string) => tooMany('too_many_tries', `${where}, too many tries of quizzes were judged`)
