/** Background tasks of a challenge: what takes longer than a tick and is retried until it succeeds. */

import type { Log } from '@stellartrain/service'
import type { Backfill } from '../chain/backfill.ts'
import { type Challenge, lacksEntries, missingEntries } from '../chain/challenge.ts'
import type { Watch } from '../chain/watch.ts'
import { OracleError } from '../errors.ts'
import type { Ranking } from '../ranking/ranking.ts'
import type { Recounting } from '../recount/opening.ts'
import type { Refusal } from '../refusal.ts'
import type { Decisions } from './decisions.ts'
import { rankingBasis } from './owed.ts'
import type { Retries } from './retry.ts'

export type TaskDeps = Readonly<{
  /** What payments wait for has places of its own, which neither new challenges, made by anybody, nor openings can take. */
  retries: Readonly<{ needed: Retries; inspecting: Retries; opening: Retries }>
  watch: Watch
  decisions: Decisions
  /** Resolves to undefined where the challenge can be accepted. */
  inspect(challenge: Challenge): Promise<Refusal | undefined>
  makeRanking(challenge: Challenge): Promise<Ranking>
  /** Resolves to the CID of the opening. */
  publishOpening(challenge: Challenge): Promise<string>
  recounting: Pick<Recounting, 'needed' | 'prepare'>
  /** Undefined where no indexer is configured. */
  backfill: Backfill | undefined
  /** Milliseconds since 1970. */
  now: () => number
  log: Log
}>

/** Each starts its task unless it is running, done, or waiting for its next attempt. */
export type Tasks = {
  /** Looks for submissions whose event was missed. */
  find(challenge: Challenge): void
  /** Decides whether to accept. */
  inspect(challenge: Challenge): void
  refuse(challenge: Challenge, refusal: Refusal): void
  rank(challenge: Challenge): void
  open(challenge: Challenge): void
  /** Finds out what a judge that grades needs. */
  recount(challenge: Challenge, now: number): void
}

const AGAIN_MS = 60_000

export function createTasks(deps: TaskDeps): Tasks {
  const { retries, watch, decisions, backfill, log } = deps

  function start(name: string, work: () => Promise<void>, by: Retries = retries.needed): void {
    if (by.ready(name)) void by.run(name, work)
  }

  async function fill(challenge: Challenge): Promise<void> {
    watch.learn(challenge.id, (await backfill?.(challenge.id)) ?? [])
    await watch.refresh(challenge.id)
  }

  /** Submissions from before this process, whose events the RPC may have dropped. */
  async function fillAll(challenge: Challenge): Promise<void> {
    if (missingEntries(challenge).length > 0) await fill(challenge)
  }

  /** When a challenge was looked at that is refused for something that can pass. */
  const looked = new Map<number, number>()
  const isDue = (id: number, { passing }: Refusal) =>
    passing === true && deps.now() - (looked.get(id) ?? Number.NEGATIVE_INFINITY) >= AGAIN_MS

  function refuse({ id }: Challenge, refusal: Refusal): void {
    const before = decisions.get(id)
    if (before === 'approved' || before?.code === refusal.code) return
    decisions.refuse(id, refusal)
    log.warn('refused', { challenge: id, code: refusal.code, message: refusal.message })
  }

  return {
    refuse,
    find(challenge) {
      start(`find/${challenge.id}`, async () => {
        await watch.rescan()
        await watch.refresh(challenge.id)
        if (lacksEntries(challenge)) await fill(challenge)
        const [first, ...more] = missingEntries(challenge)
        log.info('entries_looked_up', { challenge: challenge.id, missing: first === undefined ? 0 : more.length + 1 })
        if (first === undefined || !lacksEntries(challenge)) return
        const hint = backfill ? 'The indexer does not know it either.' : 'Set INDEXER_URL to ask an indexer.'
        const message = `The RPC no longer has the event of submission ${first} of challenge ${challenge.id}. ${hint}`
        throw new OracleError('event_missing', message)
      })
    },
    inspect(challenge) {
      const before = decisions.get(challenge.id)
      if (before === 'approved' || (before !== undefined && !isDue(challenge.id, before))) return
      start(
        `inspect/${challenge.id}`,
        async () => {
          const refusal = await deps.inspect(challenge)
          if (refusal === undefined) return decisions.approve(challenge.id)
          looked.set(challenge.id, deps.now())
          refuse(challenge, refusal)
        },
        retries.inspecting,
      )
    },
    rank(challenge) {
      const basis = rankingBasis(challenge)
      if (decisions.rankedOn(challenge.id) === basis) return
      start(`rank/${challenge.id}`, async () => {
        await fillAll(challenge)
        decisions.ranked(challenge.id, await deps.makeRanking(challenge), basis)
      })
    },
    recount(challenge, now) {
      if (!deps.recounting.needed(challenge, now)) return
      start(
        `recount/${challenge.id}`,
        async () => {
          await fillAll(challenge)
          await deps.recounting.prepare(challenge)
        },
        retries.opening,
      )
    },
    open(challenge) {
      if (decisions.openingOf(challenge.id) !== undefined) return
      start(
        `open/${challenge.id}`,
        async () => {
          await fillAll(challenge)
          decisions.published(challenge.id, await deps.publishOpening(challenge))
        },
        retries.opening,
      )
    },
  }
}
