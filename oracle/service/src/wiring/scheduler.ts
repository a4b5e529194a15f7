/** The scheduler, and all the work that it starts. */
import { inspect } from '../acceptance/inspect.ts'
import { backfill } from '../chain/backfill.ts'
import type { Earnings } from '../earnings/service.ts'
import { ENGINE } from '../engine.ts'
import { assess } from '../grading/assess.ts'
import type { OracleMetrics } from '../metrics.ts'
import type { ResolvedOptions } from '../options.ts'
import { publishOpening } from '../publish/opening.ts'
import { makeRanking } from '../ranking/ranking.ts'
import { createRecounting } from '../recount/opening.ts'
import { perform } from '../scheduler/perform.ts'
import { createScheduler, type Scheduler } from '../scheduler/scheduler.ts'
import type { Tasks } from '../tasks/service.ts'
import type { Files, OnChain, Work } from './parts.ts'

export function wireScheduler(
  options: ResolvedOptions,
  onChain: OnChain,
  files: Files,
  work: Work,
  { tasks, earnings: epochs }: { tasks: Tasks; earnings: Earnings },
  { sent, failed }: OracleMetrics,
  signal: AbortSignal,
): Scheduler {
  const {
    log,
    traces,
    monotonic,
    random,
    feeMin,
    earnings,
    evaluators,
    models,
    workerSeconds: seconds,
    indexerUrl,
  } = options
  const { chain, identity, watch, interval } = onChain
  const { address } = identity
  const { queue, decisions, privateScores, batchSizes } = work
  // What assessing, inspecting, ranking, opening and posting take from here; each names its own part.
  const clock = () => watch.clock()?.closedAt ?? 0
  const deps = { ...onChain, ...files, ...work, address, clock, log, signal, engine: ENGINE }
  const recounting = createRecounting(deps)
  return createScheduler({
    recounting,
    watch,
    interval,
    queue,
    decisions,
    privateScores,
    batchSizes,
    log,
    now: monotonic,
    random,
    signal,
    epochOf: epochs.posting,
    unreceivable: onChain.receiving.blocked,
    slots: Math.max(8, options.workers * 4),
    assess: (item, challenge) =>
      traces.span(
        'assess',
        { 'stellartrain.challenge': challenge.id, 'stellartrain.submission': item.entry.number },
        () => assess(item, challenge, { ...deps, opened: tasks.opened }),
      ),
    perform: (duty) =>
      traces.span(duty.kind, { 'stellartrain.challenge': duty.challenge.id }, () =>
        perform(duty, { ...deps, recounting, sent, voted: work.lastVote.note, epochPosted: epochs.posted }),
      ),
    failed,
    forgotten: files.keyring.forget,
    work: {
      async inspect(challenge) {
        const refusal = await inspect(challenge, { ...deps, feeMin, earnings, evaluators, models, seconds })
        if (refusal === undefined) await tasks.begin(challenge)
        return refusal
      },
      makeRanking: (challenge) => makeRanking(challenge, deps),
      publishOpening: (challenge) => publishOpening(challenge, deps),
      backfill: indexerUrl === undefined ? undefined : (id) => backfill(id, { indexerUrl, chain, signal }),
    },
  })
}
