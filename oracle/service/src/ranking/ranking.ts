/** After the deadline: the private score of every scored submission, and the ranking that follows from them. */

import { createHash } from 'node:crypto'
import { postRanking } from '@stellartrain/contracts-client'
import { votesEnd } from '@stellartrain/contracts-client/rules'
import { cidToChain, encodeRanking } from '@stellartrain/ipfs-content'
import type { Log } from '@stellartrain/service'
import { type Challenge, knownSubmissions, missingEntries } from '../chain/challenge.ts'
import { requestOf } from '../challenge-files/cache.ts'
import type { Engine } from '../engine.ts'
import { OracleError, publicError } from '../errors.ts'
import { type GradeDeps, gradeEntry } from '../grading/assess.ts'
import type { PrivateScore, PrivateScores } from '../grading/private-scores.ts'
import type { Publish } from '../publish/upload.ts'
import { type Composed, composeRanking, type LeftOut } from './compose.ts'

export type RankDeps = GradeDeps &
  Readonly<{
    /** The own address. */
    address: string
    privateScores: PrivateScores
    publish: Publish
    engine: Engine
    /** Time of the last closed ledger, unix seconds. */
    clock(): number
    log: Log
  }>

/** What is posted. `hash`: of the rows, in hex, as the contract keeps it of each oracle. `report`: the CID. */
export type Ranking = Readonly<{ rows: Composed['rows']; report: string; hash: string }>

/** Submissions fetched and graded at the same time. */
const CONCURRENCY = 8
/** Attempts before a submission can be left out: a gateway that was down for a moment is not a reason. */
const LEAST_ATTEMPTS = 3

/**
 * Computes the ranking of what stands scored now, and publishes its report.
 * @throws OracleError `event_missing`, `ranking_incomplete`, ContentError, ChainFailure: try again.
 */
export async function makeRanking(challenge: Challenge, deps: RankDeps): Promise<Ranking> {
  const { place, inputsCache, privateScores, publish, engine, log } = deps
  const { id, terms, entries } = challenge
  const [gap] = missingEntries(challenge)
  if (gap !== undefined)
    throw new OracleError('event_missing', `The event of submission ${gap} of challenge ${id} is not known.`)
  const inputs = await inputsCache.get(requestOf(challenge))
  const standing = knownSubmissions(challenge).flatMap(({ number, solver, status }) =>
    status.status === 'scored' ? [{ number, solver, public: status.score, content: status.content }] : [],
  )
  const missing = standing.filter(({ number }) => privateScores.get(id, number) === undefined)
  refuseEarly(challenge, await gradeMissing(challenge, missing, deps), deps)
  const scored: Parameters<typeof composeRanking>[0]['scored'][number][] = []
  const leftOut: LeftOut[] = []
  for (const { content, ...one } of standing) {
    const found = privateScores.get(id, one.number)
    const why = whyNot(found, content)
    if (why !== undefined) leftOut.push({ number: one.number, why })
    else scored.push({ ...one, private: found!.score!, attempt: entries.get(one.number)!.attempt })
  }
  const { rows, report } = composeRanking({ place, challenge: id, inputs, engine, terms, scored, leftOut })
  log.info('ranked', { challenge: id, scored: standing.length, places: rows.length, leftOut: leftOut.length })
  const cid = await publish(encodeRanking(report))
  return { rows, report: cid, hash: hashOf(rows, cid, challenge, deps) }
}

/** SHA-256 of the rows' XDR, which is what the contract compares rankings by. */
function hashOf(rows: Ranking['rows'], report: string, { id }: Challenge, { address }: RankDeps): string {
  const call = postRanking({ by: address, challenge: id, report: cidToChain(report), rows })
  return createHash('sha256').update(call.args.at(-1)!.toXdr()).digest('hex')
}

function whyNot(found: PrivateScore | undefined, content: string): LeftOut['why'] | undefined {
  if (found === undefined) return 'unavailable'
  if (found.contentHash !== content) return 'differs'
  return found.score === null ? 'no_score' : undefined
}

type Failure = Readonly<{ number: number; attempts: number; message: string }>

/** Grades again what this process has no private score of, e.g. after a restart. */
async function gradeMissing(
  challenge: Challenge,
  missing: readonly { number: number }[],
  deps: RankDeps,
): Promise<Failure[]> {
  const { privateScores, signal } = deps
  const { id, entries } = challenge
  const failures: Failure[] = []
  const queue = [...missing]
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { number } = next
      try {
        const { outcome } = await gradeEntry(entries.get(number)!, challenge, deps)
        // The quorum saw a score where this oracle sees none: the content is not the one that they graded.
        const found =
          'rejected' in outcome
            ? { score: null, contentHash: '' }
            : { score: outcome.privateScore ?? null, contentHash: outcome.contentHash }
        privateScores.note(id, number, found)
      } catch (error) {
        signal.throwIfAborted()
        const attempts = privateScores.failed(id, number)
        failures.push({ number, attempts, message: publicError(error).message })
      }
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  return failures
}

/**
 * What cannot be opened is waited for until only rankings are taken any more; then it takes no place. The other oracles, who graded
 * it, serve it, so that this is rare. Once a ranking is posted there is no hurry: only one that lacks nothing can be better.
 */
function refuseEarly(challenge: Challenge, failures: readonly Failure[], { clock }: RankDeps): void {
  const { id, terms, rankings, seat } = challenge
  const [first] = failures.toSorted((a, b) => a.number - b.number)
  if (first === undefined) return
  const posted = rankings.some(({ oracle }) => oracle === seat)
  const tried = failures.every(({ attempts }) => attempts >= LEAST_ATTEMPTS)
  if (!posted && tried && clock() >= votesEnd(terms)) return
  const message = `Submission ${first.number} of challenge ${id} cannot be graded for the ranking now. ${first.message}`
  throw new OracleError('ranking_incomplete', message)
}
