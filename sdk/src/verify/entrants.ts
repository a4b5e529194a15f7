/** Collects what a ranking's verification rests on besides the submission itself: all entrants, and what of them was opened. */

import { cidToString, Ranking, readClock, stored, toHex, view, views } from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { fetchCid } from '@stellartrain/ipfs-content/fetch'
import { parseRanking, RANKING_MAX_BYTES } from '@stellartrain/ipfs-content/ranking'
import type { Graded } from '@stellartrain/oracle-grade'
import type { StellarTrain } from '../client.ts'
import type { Evidence } from './evidence.ts'
import type { Entrant, RankingEvidence } from './ranking.ts'

type Options = { signal?: AbortSignal | undefined }

/** Scores a payload on the private rows. */
export type GradePrivately = (payload: Uint8Array) => Graded | { problem: string }

/** Payloads that are fetched and graded for one verification; more are left as the oracles ranked them. */
const MOST_PAYLOADS = 500

export async function gatherRanking(
  client: StellarTrain,
  evidence: Evidence,
  grade: GradePrivately,
  { signal }: Options,
): Promise<RankingEvidence> {
  const { chain } = client
  const { ref, state, challenge } = evidence
  const [outcome, clock, entrants] = await Promise.all([
    view(chain, views.outcome(ref), { signal }),
    readClock(chain, { signal }),
    readEntrants(client, evidence, { signal }),
  ])
  const late = BigInt(clock.closedAt) >= challenge.terms.grade_by
  const lapsed = state.ranking === Ranking.Table || (state.ranking === Ranking.Open && late)
  const privates = state.ranking === Ranking.Posted ? await regrade(client, evidence, entrants, grade, { signal }) : []
  const leftOut = state.ranking === Ranking.Posted ? await readLeftOut(client, evidence, { signal }) : []
  return { entrants, privates: new Map(privates), leftOut: new Map(leftOut), lapsed, prize: outcome.prize }
}

/** By the report of the vote that made the quorum; none where it cannot be had, for then nothing excuses a missing place. */
async function readLeftOut(
  { gateways, fetch, config }: StellarTrain,
  { history, ref }: Evidence,
  { signal }: Options,
): Promise<[number, string][]> {
  for (const event of history.events) {
    if (event.type !== 'ranking_posted' || !event.quorum) continue
    try {
      const how = { gateways, maxBytes: RANKING_MAX_BYTES, fetch, ...(signal ? { signal } : {}) }
      const report = parseRanking(await fetchCid(cidToString(event.report), how))
      if (report.contract !== config.contract || report.challenge !== ref.challenge) return []
      return report.leftOut.map(({ number, why }) => [number, why])
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
    }
  }
  return []
}

async function readEntrants({ chain }: StellarTrain, { ref, history }: Evidence, options: Options) {
  if (!history.complete) return undefined
  const submitted = history.events.flatMap((event) =>
    event.type === 'submitted' ? [{ solver: event.solver, attempt: event.attempt }] : [],
  )
  const entries = await stored.submissions(chain, ref.challenge, submitted, options)
  return submitted.flatMap((who, index): Entrant[] => {
    const entry = entries[index]
    if (!entry) return []
    return [
      { ...who, number: entry.number, verdict: entry.verdict, score: entry.score, hash: toHex(entry.content_hash) },
    ]
  })
}

/** Of what was opened, the private scores; a payload that is not what was graded tells nothing. */
async function regrade(
  client: StellarTrain,
  { opened, shown }: Evidence,
  entrants: readonly Entrant[] | undefined,
  grade: GradePrivately,
  { signal }: Options,
): Promise<[number, bigint | null][]> {
  if ('missing' in opened) return []
  const scores: [number, bigint | null][] = []
  const note = (number: number, payload: Uint8Array, hash: string | undefined) => {
    const graded = grade(payload)
    if (number === shown.number) scores.push([number, 'problem' in graded ? null : graded.scoreUnits])
    else if (!('problem' in graded) && graded.contentHash === hash) scores.push([number, graded.scoreUnits])
  }
  if (!('missing' in opened.submission)) note(shown.number, opened.submission.bytes, undefined)
  for (const { number, cid, bytes } of (opened.opening?.submissions ?? []).slice(0, MOST_PAYLOADS)) {
    const entrant = entrants?.find((one) => one.number === number)
    if (number === shown.number || entrant === undefined) continue
    try {
      const { gateways, fetch } = client
      note(
        number,
        await fetchCid(cid, { gateways, maxBytes: bytes, fetch, ...(signal ? { signal } : {}) }),
        entrant.hash,
      )
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
    }
  }
  return scores
}
