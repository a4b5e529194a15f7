/** The desk where everything meets: after each look at the chain it brings the queue up to date and starts what can be started. */
import { type Inspection, inspect } from '../accept/inspect.ts'
import type { Refusal } from '../accept/judge.ts'
import { refuseRule } from '../accept/rules.ts'
import { OracleError } from '../errors.ts'
import type { Backfill } from '../follow/backfill.ts'
import { owedVotes, owesAcceptance, owesRanking, owesReveal } from '../follow/standing.ts'
import type { Watch } from '../follow/watch.ts'
import { known, missingEntries, standingOf, type Watched } from '../follow/watched.ts'
import type { Log } from '../log.ts'
import type { Tray } from '../queue/tray.ts'
import type { Tries } from '../queue/tries.ts'
import { makeRanking, type RankDeps } from '../rank/rank.ts'
import { publishOpening, type RevealDeps } from '../reveal/opening.ts'
import type { Decisions } from './decisions.ts'
import { forgettable } from './duties.ts'
import type { Gaps } from './gaps.ts'

/** Submissions of one challenge that are worked on ahead of the next vote. */
const AHEAD = 120

export type DeskDeps = Readonly<{
  watch: Watch
  tray: Tray
  errands: Tries
  decisions: Decisions
  inspection: Inspection
  reveal: RevealDeps
  ranking: RankDeps
  /** Whether a payment to this solver failed again and again. */
  undeliverable(challenge: number, solver: string): boolean
  /** Undefined where no indexer is configured. */
  backfill: Backfill | undefined
  gaps: Gaps
  /** Milliseconds since 1970. */
  now: () => number
  log: Log
}>

/** Brings queue and errands up to date with the chain; cheap when nothing has changed. */
export function step(deps: DeskDeps): void {
  const { watch, tray } = deps
  const now = watch.clock()?.closedAt
  if (now === undefined) return
  for (const { entry } of tray.all()) if (watch.get(entry.challenge) === undefined) tray.drop(entry.challenge)
  for (const challenge of watch.challenges()) {
    if (forgettable(challenge, now, deps.undeliverable)) {
      watch.forget(challenge.id)
      deps.ranking.privates.drop(challenge.id)
      tray.drop(challenge.id)
      continue
    }
    const refused = refuseRule(challenge.terms)
    if (refused !== undefined) {
      refuse(challenge, refused, deps)
      continue
    }
    queue(challenge, now, deps)
    if (owesAcceptance(standingOf(challenge), now)) decide(challenge, deps)
    if (owesRanking(standingOf(challenge), now, challenge.ranked)) rank(challenge, deps)
    if (owesReveal(standingOf(challenge), now, challenge.revealed)) open(challenge, deps)
  }
}

/** Puts what is owed on the tray, takes what was voted on off it, and looks for submissions whose event was missed. */
function queue(challenge: Watched, now: bigint, deps: DeskDeps): void {
  const { tray } = deps
  const { id } = challenge
  const owed = owedVotes(standingOf(challenge), now)
  if (owed === undefined) {
    tray.drop(id)
    return
  }
  tray.dropThrough(id, owed.first - 1)
  const span = { first: owed.first, last: Math.min(owed.last, owed.first + AHEAD - 1) }
  for (const entry of known(challenge, span)) tray.add(entry)
  const missing = missingEntries(challenge, span.first, span.last)
  if (deps.gaps.lasting(id, missing, deps.now())) find(challenge, span, deps)
}

function find(challenge: Watched, span: { first: number; last: number }, deps: DeskDeps): void {
  const { errands, watch, backfill, log } = deps
  const name = `find/${challenge.id}`
  if (!errands.ready(name)) return
  void errands.run(name, async () => {
    await watch.rescan()
    const missing = () => missingEntries(challenge, span.first, span.last)
    if (missing().length > 0 && backfill !== undefined)
      for (const entry of await backfill(challenge.id)) challenge.entries.set(entry.number, entry)
    const [first] = missing()
    log.info('entries_looked_up', { challenge: challenge.id, missing: missing().length })
    if (first === undefined) return
    const hint = backfill ? 'The indexer does not know it either.' : 'Set INDEXER_URL to ask an indexer.'
    const message = `The RPC no longer has the event of submission ${first} of challenge ${challenge.id}. ${hint}`
    throw new OracleError('event_missing', message)
  })
}

function decide(challenge: Watched, deps: DeskDeps): void {
  const { errands, decisions, inspection } = deps
  const name = `inspect/${challenge.id}`
  if (decisions.get(challenge.id) !== undefined || !errands.ready(name)) return
  void errands.run(name, async () => {
    const refusal = await inspect(challenge, inspection)
    if (refusal === undefined) return decisions.approve(challenge.id)
    refuse(challenge, refusal, deps)
  })
}

function refuse({ id }: Watched, refusal: Refusal, { decisions, log }: DeskDeps): void {
  if (decisions.get(id) !== undefined) return
  decisions.refuse(id, refusal)
  log.warn('refused', { challenge: id, code: refusal.code, message: refusal.message })
}

function rank(challenge: Watched, deps: DeskDeps): void {
  const { errands, decisions, ranking } = deps
  const name = `rank/${challenge.id}`
  if (decisions.rankingOf(challenge.id) !== undefined || !errands.ready(name)) return
  void errands.run(name, async () => {
    await findAll(challenge, deps)
    decisions.ranked(challenge.id, await makeRanking(challenge, ranking))
  })
}

/** Submissions from before this process, whose events the RPC may have dropped. */
async function findAll(challenge: Watched, { backfill }: DeskDeps): Promise<void> {
  if (backfill === undefined || missingEntries(challenge, 1, challenge.state.submitted).length === 0) return
  for (const entry of await backfill(challenge.id)) challenge.entries.set(entry.number, entry)
}

function open(challenge: Watched, deps: DeskDeps): void {
  const { errands, decisions, reveal } = deps
  const name = `open/${challenge.id}`
  if (decisions.openingOf(challenge.id) !== undefined || !errands.ready(name)) return
  void errands.run(name, async () => {
    await findAll(challenge, deps)
    decisions.published(challenge.id, await publishOpening(challenge, reveal))
  })
}
