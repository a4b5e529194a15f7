/** The oracle as a whole: follows the chain, works on what it owes, sends what is ready, and shows what it does. */

import { connect, networkName } from '@stellartrain/contracts-client'
import { networkId } from '@stellartrain/ipfs-content'
import { ensureRegistered, type Registration } from './accept/register.ts'
import { createApp } from './api/app.ts'
import { createHealth } from './api/health.ts'
import { listen } from './api/server.ts'
import { problemsOf, statusOf } from './api/status.ts'
import { createDecisions } from './desk/decisions.ts'
import { step } from './desk/desk.ts'
import { dutiesOf } from './desk/duties.ts'
import { createGaps } from './desk/gaps.ts'
import { createLane } from './desk/lane.ts'
import { perform } from './desk/perform.ts'
import { createTurns } from './desk/turns.ts'
import { ENGINE } from './engine.ts'
import { type PublicError, placeOf, publicError } from './errors.ts'
import { backfill } from './follow/backfill.ts'
import { FIRST_PACE, observe, pollMs } from './follow/pace.ts'
import { createWatch } from './follow/watch.ts'
import { assess } from './grade/assess.ts'
import { createGrader } from './grade/grader.ts'
import { heartbeat } from './heartbeat.ts'
import { createLog, type Log } from './log.ts'
import { type OracleOptions, withDefaults } from './options.ts'
import { createIdentity } from './paper/identity.ts'
import { createShelf } from './paper/shelf.ts'
import { createPublisher } from './publish/publisher.ts'
import { createTray } from './queue/tray.ts'
import { createTries } from './queue/tries.ts'
import { viewQueue } from './queue/view.ts'
import { createWorkshop } from './queue/workshop.ts'
import { createPrivates } from './rank/privates.ts'
import { createSizing } from './vote/sizing.ts'

export type RunningOracle = {
  readonly url: string
  readonly port: number
  readonly address: string
  /** Stops everything at once; what was not posted is found again on the chain. */
  close(): Promise<void>
}

/**
 * Starts an oracle in this process. It listens at once; registration, following and grading begin as soon as RPC and
 * IPFS answer, and are tried again for as long as it runs.
 * @throws OracleError `cannot_listen`
 */
export async function startOracle(given: OracleOptions): Promise<RunningOracle> {
  const options = withDefaults(given)
  const { networkPassphrase, contract, now, random } = options
  const log: Log = options.log ?? createLog('silent', () => {})
  const stop = new AbortController()
  const { signal } = stop
  const network = {
    name: networkName(networkPassphrase),
    passphrase: networkPassphrase,
    rpcUrl: options.rpcUrl,
    contract,
  }
  const chain = connect(network)
  const place = { network: await networkId(networkPassphrase), contract }
  const identity = createIdentity(options.secretKey, { networkPassphrase, contract })
  const gateways = options.ipfsUrls
  const health = createHealth(now)
  const listeners = new Set<() => void>()
  let registration: Registration | undefined
  let registering: PublicError | null = null
  let pace = FIRST_PACE

  const identities = () => identity.secrets(registration?.version ?? 1)
  const shelf = createShelf({ place, gateways, identities }, signal)
  const grader = createGrader({
    workers: options.workers,
    memoryMb: options.workerMemoryMb,
    seconds: options.workerSeconds,
  })
  const upload = createPublisher({ url: gateways[0]!, identity, networkPassphrase, signal, now })
  const publish = (bytes: Uint8Array<ArrayBuffer>) => health.watch('ipfs', () => upload(bytes))
  const invokeOptions = () => ({ signal, pollMs: pollMs(pace) })
  const watch = createWatch(chain, identity.address, log, signal)
  const tray = createTray()
  const privates = createPrivates()
  const decisions = createDecisions()
  const sizing = createSizing()
  const turns = createTurns()
  const tries = { log, now, random, onChange: () => advance(), signal }
  const errands = createTries({ ...tries, policy: { firstMs: 1_000, capMs: 30_000 }, most: 8 })
  const sending = createTries({ ...tries, policy: { firstMs: 500, capMs: 8_000 }, most: 1 })
  const casting = { chain, place, identity, shelf, publish, engine: ENGINE, invokeOptions }
  const assessing = { place, gateways, shelf, grader, privates, identities, signal }
  const { indexerUrl } = options
  const desk = {
    watch,
    tray,
    errands,
    decisions,
    inspection: { shelf, grader, gateways, feeMin: options.feeMin, signal },
    reveal: { chain, place, address: identity.address, gateways, shelf, grader, publish, identities, log, signal },
    ranking: {
      ...{ chain, place, gateways, shelf, grader, privates, publish, engine: ENGINE, identities, log, signal },
      clock: () => watch.clock()?.closedAt ?? 0n,
    },
    undeliverable: sizing.held,
    backfill: indexerUrl === undefined ? undefined : (id: number) => backfill(id, { indexerUrl, chain, signal }),
    gaps: createGaps(),
    now,
    log,
  }
  const workshop = createWorkshop({
    ...tries,
    tray,
    slots: Math.max(8, options.workers * 4),
    policy: { firstMs: 500, capMs: 15_000 },
    async assess(item) {
      const challenge = watch.get(item.entry.challenge)
      if (challenge === undefined) throw new Error('The challenge is no longer followed.')
      return assess(item, challenge, assessing)
    },
  })
  const facts = {
    itemOf: tray.get,
    limit: sizing.limit,
    approved: (challenge: number) => decisions.get(challenge) === 'approved',
    openingOf: decisions.openingOf,
    rankingOf: decisions.rankingOf,
    undeliverable: sizing.held,
  }
  const duties = () => {
    const closed = watch.clock()?.closedAt
    if (closed === undefined || signal.aborted) return []
    const ledgerMs = pace.ledgerSeconds * 1_000
    return dutiesOf(watch.challenges(), { ...facts, now: closed }).filter((duty) => turns.allows(duty, now(), ledgerMs))
  }
  const lane = createLane(duties, (duty) => perform(duty, { ...casting, watch, sizing, log }), sending)

  /** Looks at what can be done now; time alone can make something due, but only a change is told to those who listen. */
  function advance(changed = true): void {
    if (signal.aborted) return
    try {
      step(desk)
      workshop.start()
      lane.wake()
    } catch (error) {
      log.error('unexpected', { ...publicError(error), at: placeOf(error) })
    }
    if (changed) for (const listener of listeners) listener()
  }

  const troubles = () => [...errands.troubles(), ...sending.troubles()]
  const facing = () => ({ options, identity, registration, registering, clock: watch.clock(), health, now: now() })
  const server = await listen(
    createApp({
      status: () =>
        statusOf({
          ...facing(),
          url: publicUrl,
          challenges: watch.challenges(),
          decisions,
          items: tray.all(),
          troubles: troubles(),
        }),
      problems: () => problemsOf(facing()),
      queue: () => viewQueue(tray.all(), now()),
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    }),
    options.host,
    options.port,
  )
  const publicUrl = options.publicUrl ?? server.url

  const running = heartbeat({
    async register() {
      const deps = { chain, identity, publish, invokeOptions, signal }
      const { registered, ...standing } = await ensureRegistered(publicUrl, deps).catch((error: unknown) => {
        registering = publicError(error)
        throw error
      })
      registration = standing
      registering = null
      log.info(registered ? 'registered' : 'known', {
        address: identity.address,
        keyVersion: standing.version,
        url: publicUrl,
      })
    },
    async look() {
      const changed = await health.watch('rpc', () => watch.poll())
      const seen = watch.clock()
      if (seen !== undefined) pace = observe(pace, seen)
      advance(changed)
    },
    pauseMs: () => pollMs(pace),
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
