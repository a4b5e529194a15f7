/** The oracle as a whole: wires its parts, listens, follows the chain until it is closed. */
import { createApp } from './api/app.ts'
import { viewQueue } from './api/queue-view.ts'
import { listen } from './api/server.ts'
import { problemsOf, statusOf } from './api/status.ts'
import { type OracleOptions, withDefaults } from './options.ts'
import { runLoop } from './scheduler/loop.ts'
import { wire } from './wire.ts'

export type RunningOracle = {
  readonly url: string
  readonly port: number
  readonly address: string
  /** Stops everything at once; what was not posted is found again on the chain. */
  close(): Promise<void>
}

/**
 * Starts an oracle in this process. It listens at once; registration, following and grading begin as soon as RPC and
 * IPFS answer, and are retried for as long as it runs.
 * @throws OracleError `cannot_listen`
 */
export async function startOracle(given: OracleOptions): Promise<RunningOracle> {
  const options = withDefaults(given)
  const { log, now, random } = options
  const stop = new AbortController()
  const { signal } = stop
  const { onChain, work, registration, upstreams, scheduler } = await wire(options, signal)
  const { identity, watch, interval } = onChain
  const { queue, decisions, grader } = work

  const facts = () => ({ options, identity, registration, clock: watch.clock(), upstreams, now: now() })
  const server = await listen(
    createApp({
      status: () =>
        statusOf({
          ...facts(),
          url: publicUrl,
          challenges: watch.challenges(),
          decisions,
          items: queue.all(),
          retrying: scheduler.retrying(),
        }),
      problems: () => problemsOf(facts()),
      queue: () => viewQueue(queue.all(), now()),
      subscribe: scheduler.subscribe,
    }),
    options.host,
    options.port,
  )
  const publicUrl = options.publicUrl ?? server.url

  const running = runLoop({
    async register() {
      const registered = await registration.ensure(publicUrl)
      const keyVersion = registration.current()?.version
      log.info(registered ? 'registered' : 'already_registered', {
        address: identity.address,
        keyVersion,
        url: publicUrl,
      })
    },
    async poll() {
      const changed = await upstreams.watch('rpc', () => watch.poll())
      const seen = watch.clock()
      if (seen !== undefined) interval.observe(seen)
      scheduler.advance(changed)
    },
    pauseMs: interval.pollMs,
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
    },
  }
}
