/** Collects what a ranking's verification rests on besides the submission itself: all entrants, and the score of each, recomputed. */

import { cidToString, toHex, Verdict } from '@stellartrain/contracts-client'
import { redue, round } from '@stellartrain/contracts-client/rules'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { parseRanking, RANKING_MAX_BYTES } from '@stellartrain/ipfs-content/ranking'
import type { StellarTrain } from '../system/client.ts'
import { fetchContent } from '../system/content.ts'
import { partOf } from '../system/counted.ts'
import type { AbortOptions } from '../system/options.ts'
import type { Evidence } from './evidence.ts'
import { whyNotPublic } from './publication.ts'
import type { Entrant, LeftOut, RankingEvidence, Unseen } from './ranking.ts'
import type { Regrade } from './regrade.ts'
import { offersFor, openSealed, type SealedRef } from './sealed.ts'

type GradePayload = (payload: Uint8Array) => ReturnType<Regrade>

export type EntrantOptions = AbortOptions & {
  /** Entrants' files to fetch and grade at most. With fewer than there are, the check of the ranking stays open. */
  maxFiles: number
}

const ABREAST = 6

export async function gatherRanking(
  client: StellarTrain,
  evidence: Evidence,
  grade: Regrade,
  { signal, maxFiles }: EntrantOptions,
): Promise<RankingEvidence> {
  const { terms, challenge, now } = evidence.facts
  const { placed } = redue(terms, challenge, now).challenge.rankings
  const lapsed = placed === 'running_table'
  const posted = placed === 'oracles'
  const roll = readEntrants(evidence)
  const empty = { scores: new Map(), unseen: new Map(), leftOut: { known: true, numbers: new Map() } } as const
  if (!posted && !lapsed) return { ...roll, ...empty, placed }
  const [rescored, leftOut] = await Promise.all([
    rescore(client, evidence, roll.entrants, (payload) => grade(payload, posted ? 'private' : 'public'), {
      signal,
      maxFiles,
    }),
    posted ? readLeftOut(client, evidence, { signal }) : empty.leftOut,
  ])
  const scores = posted ? rescored.scores : new Map(rounded(evidence, rescored.scores))
  return { ...roll, scores, unseen: rescored.unseen, leftOut, placed }
}

/** By the report of the vote that made the quorum. */
async function readLeftOut(
  client: StellarTrain,
  { history, ref }: Evidence,
  { signal }: AbortOptions,
): Promise<LeftOut> {
  for (const event of history.events) {
    if (event.type !== 'ranking_posted' || !event.quorum) continue
    try {
      const report = parseRanking(await fetchContent(client, cidToString(event.report), RANKING_MAX_BYTES, { signal }))
      if (report.contract !== client.config.contract || report.challenge !== ref.challenge) break
      return { known: true, numbers: new Map(report.leftOut.map(({ number, why }) => [number, why])) }
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
    }
  }
  return { known: false, numbers: new Map() }
}

/** Every submission of the challenge, by the events that number them and the entries in storage; else what is missing. */
function readEntrants({ history, state, entries }: Evidence): Pick<RankingEvidence, 'entrants' | 'gap'> {
  const submitted = history.events.filter(({ type }) => type === 'submitted').length
  const entrants = [...entries.values()].map(({ solver, attempt, entry }): Entrant => {
    const { number, verdict, score, content_hash } = entry
    return { solver, attempt, number, verdict, score, hash: toHex(content_hash), cid: cidToString(entry.cid) }
  })
  const gap = (note: string) => ({ entrants, gap: note })
  if (!history.complete)
    return gap(
      `The RPC keeps events only from ledger ${history.from} on; ${partOf(submitted, state.submitted, 'submission', { verb: ['is', 'are'] })} in them.`,
    )
  if (submitted < state.submitted)
    return gap(`The RPC returned the events of ${partOf(submitted, state.submitted, 'submission')}.`)
  if (entrants.length < submitted)
    return gap(`Not in the contract's storage: ${partOf(submitted - entrants.length, submitted, 'submission')}.`)
  return { entrants, gap: undefined }
}

type Rescored = { scores: Map<number, bigint | null>; unseen: Map<number, Unseen> }

/** The score of each scored entrant, from the payload of its sealed file. */
async function rescore(
  client: StellarTrain,
  evidence: Evidence,
  entrants: readonly Entrant[],
  grade: GradePayload,
  { signal, maxFiles }: EntrantOptions,
): Promise<Rescored> {
  const { opened, shown, places, manifest, ref, gateways } = evidence
  const found: Rescored = { scores: new Map(), unseen: new Map() }
  if ('missing' in opened || manifest instanceof ContentError) return found
  if (!('missing' in opened.submission)) {
    found.scores.set(shown.number, scoreOf(grade(opened.submission.bytes)))
  }
  const { openings, openers } = opened
  const { maxBytes, formats } = manifest.submission
  const outlook = openers.opened < openers.oracles ? ('later' as const) : ('never' as const)
  const queue: { sealed: SealedRef; offers: ReturnType<typeof offersFor> }[] = []
  for (const entrant of entrants) {
    if (entrant.verdict !== Verdict.Scored || found.scores.has(entrant.number)) continue
    const { number, solver, cid } = entrant
    const sealed = { challenge: ref.challenge, number, solver, cid }
    const offers = offersFor(openings, sealed)
    if (offers.length === 0) {
      const won = places.some(({ number }) => number === entrant.number)
      const of = { verdict: entrant.verdict, won, paysUnits: false }
      found.unseen.set(entrant.number, whyNotPublic(manifest, of, openers))
    } else if (queue.length >= maxFiles) {
      const note = `Only ${maxFiles} entrants' files were fetched; raise the limit to check them all.`
      found.unseen.set(entrant.number, { outlook: 'later', note })
    } else queue.push({ sealed, offers })
  }
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { sealed, offers } = next
      const payload = await openSealed(client, { ...sealed, maxBytes, formats, outlook, gateways }, offers, {
        signal,
      })
      if ('missing' in payload) found.unseen.set(sealed.number, payload)
      else found.scores.set(sealed.number, scoreOf(grade(payload.bytes)))
    }
  }
  await Promise.all(Array.from({ length: ABREAST }, work))
  return found
}

const scoreOf = (graded: ReturnType<GradePayload>): bigint | null => ('problem' in graded ? null : graded.scoreUnits)

/** As the running table counts them. */
function* rounded({ facts }: Evidence, scores: ReadonlyMap<number, bigint | null>): Generator<[number, bigint | null]> {
  for (const [number, score] of scores) yield [number, score === null ? null : round(score, facts.terms)]
}
