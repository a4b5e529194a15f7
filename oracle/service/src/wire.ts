/** Builds the oracle's parts and connects them, group by group; nothing here listens, polls or sends. */
import { join } from 'node:path'
import { checkDeployment } from '@stellartrain/contracts-client'
import { homeDomainOf } from '@stellartrain/ipfs-content/sign-in'
import type { Hono } from 'hono'
import { createRegistration, type RegistrationState } from './acceptance/registration.ts'
import { createUpstreams, type Upstreams } from './api/upstreams.ts'
import type { Watch } from './chain/watch.ts'
import { createInputsCache, requestOf } from './challenge-files/cache.ts'
import { createKeyring } from './challenge-files/keyring.ts'
import { createNamed, roomiest } from './ciphertexts/named.ts'
import { createPeers } from './ciphertexts/peers.ts'
import { contentRoutes } from './ciphertexts/routes.ts'
import { type BlockStore, openStore } from './ciphertexts/store.ts'
import { workRoutes } from './earnings/routes.ts'
import type { Earnings } from './earnings/service.ts'
import { type Cell, openCell } from './grading/cell.ts'
import { createGrader } from './grading/grader.ts'
import { createPrivateScores } from './grading/private-scores.ts'
import { createGradingQueue } from './grading/queue.ts'
import { createOracleMetrics, type OracleMetrics } from './metrics.ts'
import type { ResolvedOptions } from './options.ts'
import { type Outbox, openOutbox } from './publish/outbox.ts'
import { createUnitResults } from './publish/unit-results.ts'
import { createUploader } from './publish/upload.ts'
import { createDecisions } from './scheduler/decisions.ts'
import type { Scheduler } from './scheduler/scheduler.ts'
import { taskRoutes } from './tasks/routes.ts'
import type { Tasks } from './tasks/service.ts'
import { createBatchSizes } from './voting/batch-size.ts'
import { createLastVote } from './voting/last-vote.ts'
import { wireChain } from './wiring/chain.ts'
import { wireEarnings, wireTasks } from './wiring/labeling.ts'
import type { OnChain, Work } from './wiring/parts.ts'
import { wireScheduler } from './wiring/scheduler.ts'

export type Wired = Readonly<{
  onChain: OnChain
  work: Work
  registration: RegistrationState
  upstreams: Upstreams
  scheduler: Scheduler
  metrics: OracleMetrics
  store: BlockStore
  outbox: Outbox
  cell: Pick<Cell, 'isolation' | 'refusal'>
  /** Serves and takes sealed files. */
  content: Hono
  tasks: Tasks
  earnings: Earnings
  /** Leases, and the sign-in that they need. */
  labeling: Hono
}>

/** @param folder where sealed files are kept */
export async function wire(options: ResolvedOptions, folder: string, signal: AbortSignal): Promise<Wired> {
  const metrics = createOracleMetrics()
  const upstreams = createUpstreams(options.monotonic)
  const onChain = await wireChain(options, signal)
  const { chain, identity, invokeOptions } = onChain
  const { networkPassphrase, now, monotonic, random, log } = options
  const targets = options.ipfsUrls.map((url) => {
    const upload = createUploader({ url, identity, networkPassphrase, signal, now })
    return { url, upload: (bytes: Uint8Array<ArrayBuffer>) => upstreams.watch('ipfs', () => upload(bytes)) }
  })
  const outbox = await openOutbox({ folder: join(folder, 'outbox'), targets, log, now: monotonic, random, signal })
  const { publish, deliver } = outbox
  const registration = createRegistration({
    profile: options,
    now: monotonic,
    chain,
    identity,
    publish,
    invokeOptions,
    signal,
    async check() {
      await upstreams.watch('rpc', () => checkDeployment(chain, { signal }))
    },
  })
  const identities = () => identity.secrets(registration.current()?.version ?? 1)
  const gateways = options.ipfsUrls
  const { place, watch } = onChain
  const cell = await openCell(folder, log, { required: options.isolation, signal })
  const work = wireWork(options, cell)
  const { openTruth } = work.grader
  const inputsCache = createInputsCache({ place, gateways, identities, openTruth }, signal)
  const store = await openStore(folder, options.storeBytes, () => followedOf(watch))
  const peers = createPeers(chain, monotonic, signal)
  const keyring = createKeyring({ chain, place, identities, signal })
  const files = { gateways, store, peers, inputsCache, publish, deliver, keyring }
  const earnings = wireEarnings(options, onChain, files, work, folder, (id, worked) => tasks.worked(id, worked), signal)
  const tasks: Tasks = options.tasks(wireTasks(options, onChain, files, work, folder, earnings, signal))
  const scheduler = wireScheduler(options, onChain, files, work, { tasks, earnings }, metrics, signal)
  const units = createUnitResults({ ...files, place, watch, monotonic: options.monotonic, signal })
  const secret = identity.keypair.rawSecretKey()
  const homeDomains = [...new Set([homeDomainOf(options.publicUrl ?? 'http://localhost'), 'localhost'])]
  const labeling = taskRoutes({
    ...{ tasks, networkPassphrase, homeDomains, proxies: options.proxies, now: () => new Date(now()) },
    secret: Buffer.from(secret).toString('hex'),
  }).route(
    '/',
    workRoutes(
      { ...earnings, results: (id) => (units.isOf(id) ? units.at(id) : earnings.results(id)) },
      options.proxies,
    ),
  )
  const named = createNamed(watch.naming, signal)
  const content = contentRoutes({
    store,
    outbox,
    onRefused: metrics.refused,
    proxies: options.proxies,
    log,
    async named(cid, client) {
      return roomiest(
        await named(cid, client),
        async (challenge) => (await inputsCache.get(requestOf(challenge))).manifest.submission.maxBytes,
      )
    },
  })
  return {
    onChain,
    work,
    registration,
    upstreams,
    scheduler,
    metrics,
    store,
    outbox,
    cell,
    content,
    tasks,
    earnings,
    labeling,
  }
}

/** Undefined while it is not known yet what is followed. */
function followedOf(watch: Watch): ReadonlySet<number> | undefined {
  return watch.clock() === undefined ? undefined : new Set(watch.challenges().map(({ id }) => id))
}

function wireWork({ workers, workerMemoryMb, workerSeconds, grading, now }: ResolvedOptions, cell: Cell): Work {
  return {
    grader: grading(createGrader({ workers, memoryMb: workerMemoryMb, seconds: workerSeconds, cell })),
    queue: createGradingQueue(),
    privateScores: createPrivateScores(),
    decisions: createDecisions(),
    batchSizes: createBatchSizes(),
    lastVote: createLastVote(now),
  }
}
