/** After the deadline: the private score of every scored submission, and the ranking that follows from them. */

import { type Chain, readSubmissions, type Submission, Verdict } from '@stellartrain/contracts-client'
import { encodeRanking, type Place } from '@stellartrain/ipfs-content'
import type { RankedRow } from '@stellartrain/oracle-grade'
import type { Log } from '@stellartrain/service'
import { type Challenge, missingEntries } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import { type InputsCache, requestOf } from '../challenge-files/cache.ts'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import { openEntry } from '../challenge-files/open-submission.ts'
import type { Engine } from '../engine.ts'
import { OracleError, publicError } from '../errors.ts'
import type { Grader } from '../grading/grader.ts'
import type { PrivateScore, PrivateScores } from '../grading/private-scores.ts'
import type { Publish } from '../publish/upload.ts'
import { composeRanking, type LeftOut, type Ranked } from './compose.ts'

export type RankDeps = Readonly<{
  chain: Chain
  place: Place
  gateways: readonly string[]
  inputsCache: InputsCache
  grader: Grader
  privateScores: PrivateScores
  publish: Publish
  engine: Engine
  identities(): Promise<readonly string[]>
  /** Time of the last closed ledger, unix seconds. */
  clock(): bigint
  log: Log
  signal: AbortSignal
}>

/** What a ranking needs besides the rows: the CID of its report. */
export type Ranking = Readonly<{ rows: Ranked['rows']; report: string }>

/** Submissions fetched and graded at the same time. */
const CONCURRENCY = 8
/** Attempts before a submission can be left out: a gateway that was down for a moment is not a reason. */
const LEAST_ATTEMPTS = 3

type Scored = Readonly<{ entry: Entry; stored: Submission }>

/**
 * Computes the ranking and publishes its report. All submissions must be final.
 * @throws OracleError `ranking_incomplete`, ContentError, ChainFailure: try again.
 */
export async function makeRanking(challenge: Challenge, deps: RankDeps): Promise<Ranking> {
  const { chain, place, inputsCache, privateScores, publish, engine, log, signal } = deps
  const { id, state, terms } = challenge
  const [gap] = missingEntries(challenge, 1, state.submitted)
  if (gap !== undefined)
    throw new OracleError('event_missing', `The event of submission ${gap} of challenge ${id} is not known.`)
  const inputs = await inputsCache.get(requestOf(challenge))
  const entries = [...challenge.entries.values()].sort((a, b) => a.number - b.number)
  const ids = entries.map(({ solver, attempt }) => ({ solver, attempt }))
  const stored = await readSubmissions(chain, id, ids, { signal })
  const scored = entries
    .map((entry, index): Scored => ({ entry, stored: stored[index]! }))
    .filter((one) => one.stored.verdict === Verdict.Scored)
  const failures = await gradeMissing(
    scored.filter(({ entry }) => privateScores.get(id, entry.number) === undefined),
    inputs,
    deps,
  )
  refuseEarly(challenge, failures, deps)
  const rows: RankedRow[] = []
  const leftOut: LeftOut[] = []
  for (const { entry, stored } of scored) {
    const found = privateScores.get(id, entry.number)
    const why = whyNot(found, stored)
    if (why !== undefined) leftOut.push({ number: entry.number, why })
    else rows.push({ number: entry.number, solver: entry.solver, attempt: entry.attempt, score: found!.score! })
  }
  const ranking = composeRanking({ place, challenge: id, inputs, engine, terms, rows, leftOut })
  log.info('ranked', { challenge: id, scored: scored.length, places: ranking.rows.length, leftOut: leftOut.length })
  return { rows: ranking.rows, report: await publish(encodeRanking(ranking.report)) }
}

function whyNot(found: PrivateScore | undefined, { content_hash }: Submission): LeftOut['why'] | undefined {
  if (found === undefined) return 'unavailable'
  if (found.contentHash !== Buffer.from(content_hash).toString('hex')) return 'differs'
  return found.score === null ? 'no_score' : undefined
}

type Failure = Readonly<{ number: number; attempts: number; message: string }>

/** Grades again what this process has no private score of, e.g. after a restart. */
async function gradeMissing(missing: readonly Scored[], inputs: GradingInputs, deps: RankDeps): Promise<Failure[]> {
  const { place, gateways, grader, privateScores, signal } = deps
  const { maxBytes } = inputs.manifest.submission
  const identities = await deps.identities()
  const failures: Failure[] = []
  const queue = [...missing]
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { challenge, number } = next.entry
      try {
        const opened = await openEntry(next.entry, { place, gateways, maxBytes, identities, signal })
        const outcome = 'reason' in opened ? undefined : await grader.grade(next.entry, inputs, opened.csv)
        // The quorum saw a score where this oracle sees none: the content is not the one that they graded.
        const found =
          outcome === undefined || 'rejected' in outcome
            ? { score: null, contentHash: '' }
            : { score: outcome.privateScore ?? null, contentHash: outcome.contentHash }
        privateScores.note(challenge, number, found)
      } catch (error) {
        signal.throwIfAborted()
        failures.push({
          number,
          attempts: privateScores.failed(challenge, number),
          message: publicError(error).message,
        })
      }
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  return failures
}

/**
 * Unavailable content is waited for until `patience` after the deadline; then it takes no place. Otherwise a solver who fears
 * the private rows could withdraw the content and keep what the public ones gave.
 */
function refuseEarly({ id, terms }: Challenge, failures: readonly Failure[], { clock }: RankDeps): void {
  const [first] = failures.toSorted((a, b) => a.number - b.number)
  if (first === undefined) return
  const patient =
    clock() >= terms.deadline + terms.patience && failures.every(({ attempts }) => attempts >= LEAST_ATTEMPTS)
  if (patient) return
  const message = `Submission ${first.number} of challenge ${id} cannot be graded for the ranking now. ${first.message}`
  throw new OracleError('ranking_incomplete', message)
}
