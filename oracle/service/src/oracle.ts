/** The oracle as a whole: wires its parts, listens, follows the chain until it is closed. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ChainFailure, checkDeployment, hostOf } from '@stellartrain/contracts-client'
import { type Listening, listen } from '@stellartrain/service'
import { createApp } from './api/app.ts'
import { standingOf, viewQueue } from './api/queue-view.ts'
import { problemsOf, stateOf, statusOf } from './api/status.ts'
import type { QueueItem } from './grading/queue.ts'
import { listenAgain } from './listen-again.ts'
import { localUrl, requirePublicUrl } from './local-url.ts'
import { type OracleOptions, withDefaults } from './options.ts'
import { KEEP_SECONDS } from './scheduler/lingers.ts'
import { runLoop } from './scheduler/loop.ts'
import { wire } from './wire.ts'

const HOUR_MS = 3_600_000
/** Longer than the heartbeat of a stream. */
const IDLE_MS = 30_000
/** Sealed files of a challenge that is over are kept this long after the last one came. */
const KEEP_MS = KEEP_SECONDS * 1_000

export type RunningOracle = {
  readonly url: string
  readonly port: number
  readonly address: string
  /** Stops everything at once; what was not posted is found again on the chain. */
  close(): Promise<void>
}

const CHECK_MS = 5_000

/** What no retry changes. */
const isWrongDeployment = (error: unknown): error is ChainFailure =>
  error instanceof ChainFailure && ['wrong_network', 'no_contract', 'wrong_contract'].includes(error.code)

/** An RPC that does not answer now is asked again later; one that answers for another network or contract ends the start. */
async function refuseWrongDeployment(check: () => Promise<unknown>, silent: () => void): Promise<void> {
  await check().catch((error: unknown) => {
    if (isWrongDeployment(error)) throw error
    silent()
  })
}

/**
 * Starts an oracle in this process. It listens at once; registration, following and grading begin as soon as RPC and
 * IPFS answer, and are retried for as long as it runs.
 * @throws ServiceError `cannot_listen`, `bad_config`; ChainFailure `wrong_network`, `no_contract`, `wrong_contract`
 */
export async function startOracle(given: OracleOptions): Promise<RunningOracle> {
  const options = withDefaults(given)
  const { log, now, monotonic, random } = options
  const stop = new AbortController()
  const { signal } = stop
  const fixed = options.publicUrl
  requirePublicUrl(fixed, options.rpcUrl, options.networkPassphrase)
  const folder = options.home ?? (await mkdtemp(join(tmpdir(), 'stellartrain-oracle-')))
  const wired = await wire(options, folder, signal)
  const { onChain, work, registration, upstreams, scheduler, metrics, store, outbox, content, tasks, earnings } = wired
  const { chain, identity, watch, interval, balance, receiving, reachable } = onChain
  const limit = AbortSignal.any([signal, AbortSignal.timeout(CHECK_MS)])
  const silent = () =>
    log.warn('rpc_unreachable', {
      message: `The RPC at ${hostOf(options.rpcUrl)} gives no usable answer. The oracle listens and continues to try; /ready says when it can work.`,
    })
  await refuseWrongDeployment(() => checkDeployment(chain, { signal: limit }), silent).catch((error: unknown) => {
    stop.abort(error)
    work.grader.close()
    throw error
  })
  const { queue, decisions, grader } = work
  let server: Listening | undefined
  const url = () => options.publicUrl ?? server?.url ?? ''

  const facts = () => ({
    options,
    url: url(),
    identity,
    registration,
    clock: watch.clock(),
    upstreams,
    balance: balance.current(),
    receiving,
    reachable,
    lastVote: work.lastVote.current(),
    undeliverable: work.batchSizes.held,
    challenges: watch.challenges(),
    decisions,
    items: queue.all(),
    retrying: scheduler.retrying(),
    outbox,
    isolation: wired.cell.isolation,
    notIsolated: wired.cell.refusal(),
    content: store,
    now: now(),
    monotonic: monotonic(),
  })
  const standing = ({ entry }: QueueItem) => {
    const challenge = watch.get(entry.challenge)
    return standingOf(challenge?.submissions[entry.number - 1], challenge?.seat ?? 0)
  }
  const app = createApp({
    status: () => statusOf(facts()),
    problems: () => problemsOf(facts()),
    queue: () => viewQueue(queue.all(), standing, now()),
    content,
    labeling: wired.labeling,
    subscribe: scheduler.subscribe,
    metrics: metrics.metrics,
    log,
    traces: options.traces,
    proxies: options.proxies,
    signal,
  })
  metrics.observe(() => stateOf(facts()))
  // A slow upload may take as long as it moves: idleness is bounded, not the whole.
  const timeouts = { headers: 15_000, request: 0, idle: IDLE_MS }
  const { host, port } = options
  server = await listenAgain(folder, port, (at) => listen(app, { host, port: at, timeouts }))
  const local = localUrl(url(), options.networkPassphrase)
  if (local !== undefined) log.warn('local_url', { message: local })

  let pruned = monotonic()
  /** Once an hour, and never at the start: what is followed is not known yet then. */
  async function housekeep(): Promise<void> {
    if (monotonic() - pruned < HOUR_MS) return
    pruned = monotonic()
    await store.prune(new Set(watch.challenges().map(({ id }) => id)), KEEP_MS, now())
  }

  const running = runLoop({
    async register() {
      // First: without XLM nothing can be registered, which should be told.
      await balance.refresh()
      void reachable.refresh()
      const registered = await registration.ensure(url()).catch((error: unknown) => {
        if (isWrongDeployment(error)) options.fatal(error)
        throw error
      })
      const keyVersion = registration.current()?.version
      log.info(registered ? 'registered' : 'already_registered', { address: identity.address, keyVersion, url: url() })
    },
    async poll() {
      const changed = await upstreams.watch('rpc', () => watch.poll())
      const seen = watch.clock()
      if (seen !== undefined) interval.observe(seen)
      scheduler.advance(changed)
      tasks.advance()
      earnings.advance()
      await balance.refresh()
      await registration.refresh()
      // Beside: nothing waits for an answer that a proxy may owe for long.
      void reachable.refresh()
      await housekeep()
    },
    pauseMs: interval.pollMs,
    onFailure: (code) => metrics.failed('poll', code),
    log,
    random,
    signal,
  })

  return {
    url: server.url,
    port: server.port,
    address: identity.address,
    async close() {
      stop.abort(new Error('The oracle is stopping.'))
      grader.close()
      await server.close()
      await running
      if (options.home === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}
