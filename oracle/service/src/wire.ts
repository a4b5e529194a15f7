/** Builds the oracle's parts and connects them, group by group; nothing here listens, polls or sends. */
import { join } from 'node:path'
import {
  type Chain,
  checkDeployment,
  connect,
  type InvokeOptions,
  networkName,
  readToken,
} from '@stellartrain/contracts-client'
import { ageFileKey, networkId, type Place, requireOneRecipient } from '@stellartrain/ipfs-content'
import { homeDomainOf } from '@stellartrain/ipfs-content/sign-in'
import type { Hono } from 'hono'
import { inspect } from './acceptance/inspect.ts'
import { createReachable, type Reachable } from './acceptance/reachable.ts'
import { createReceiving, type Receiving } from './acceptance/receiving.ts'
import { createRegistration, type RegistrationState } from './acceptance/registration.ts'
import { createUpstreams, type Upstreams } from './api/upstreams.ts'
import { backfill } from './chain/backfill.ts'
import { type Balance, createBalance } from './chain/balance.ts'
import { createPollInterval, type PollInterval } from './chain/poll-interval.ts'
import { createWatch, type Watch } from './chain/watch.ts'
import { createInputsCache, type InputsCache, requestOf } from './challenge-files/cache.ts'
import { createIdentity, type Identity } from './challenge-files/identity.ts'
import { createKeyring, type Keyring } from './challenge-files/keyring.ts'
import { unlockEntry } from './challenge-files/unlock-submission.ts'
import { createNamed, roomiest } from './ciphertexts/named.ts'
import { createPeers, type Peers } from './ciphertexts/peers.ts'
import { contentRoutes } from './ciphertexts/routes.ts'
import { type BlockStore, openStore } from './ciphertexts/store.ts'
import { workRoutes } from './earnings/routes.ts'
import { createEarnings, type Earnings } from './earnings/service.ts'
import { ENGINE } from './engine.ts'
import { assess } from './grading/assess.ts'
import { type Cell, openCell } from './grading/cell.ts'
import { createGrader, type Grader } from './grading/grader.ts'
import { createPrivateScores, type PrivateScores } from './grading/private-scores.ts'
import { createGradingQueue, type GradingQueue } from './grading/queue.ts'
import { createOracleMetrics, type OracleMetrics } from './metrics.ts'
import type { ResolvedOptions } from './options.ts'
import { publishOpening } from './publish/opening.ts'
import { type Outbox, openOutbox } from './publish/outbox.ts'
import { createUnitResults } from './publish/unit-results.ts'
import { createUploader, type Publish } from './publish/upload.ts'
import { makeRanking } from './ranking/ranking.ts'
import { createRecounting } from './recount/opening.ts'
import { createDecisions, type Decisions } from './scheduler/decisions.ts'
import { perform } from './scheduler/perform.ts'
import { createScheduler, type Scheduler } from './scheduler/scheduler.ts'
import { createLabelers } from './tasks/labeler.ts'
import { tellPeers } from './tasks/peers.ts'
import { createQuizzes } from './tasks/quiz.ts'
import { taskRoutes } from './tasks/routes.ts'
import { createTasks, type Tasks } from './tasks/service.ts'
import { createSponsor } from './tasks/sponsor.ts'
import { type BatchSizes, createBatchSizes } from './voting/batch-size.ts'
import { createLastVote } from './voting/last-vote.ts'

/** The network, this oracle's account on it, and what it sees there. */
type OnChain = Readonly<{
  chain: Chain
  place: Place
  identity: Identity
  watch: Watch
  interval: PollInterval
  balance: Balance
  receiving: Receiving
  reachable: Reachable
  invokeOptions: () => InvokeOptions
}>

/** Content: where it is read, where it is kept and written, and the keys that open it. */
type Files = Readonly<{
  gateways: readonly string[]
  store: BlockStore
  peers: Peers
  inputsCache: InputsCache
  /** At once, the uploads beside. */
  publish: Publish
  /** Until a service has it. */
  deliver: Publish
  keyring: Keyring
}>

/** Work in hand and what came of it, in memory. */
type Work = Readonly<{
  grader: Grader
  queue: GradingQueue
  privateScores: PrivateScores
  decisions: Decisions
  batchSizes: BatchSizes
  lastVote: ReturnType<typeof createLastVote>
}>

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
    async named(cid) {
      return roomiest(
        await named(cid),
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

async function wireChain(options: ResolvedOptions, signal: AbortSignal): Promise<OnChain> {
  const { networkPassphrase, contract, rpcUrl, log } = options
  const network = { name: networkName(networkPassphrase), passphrase: networkPassphrase, rpcUrl, contract }
  const chain = connect(network)
  const identity = createIdentity(options.secretKey, { networkPassphrase, contract })
  const interval = createPollInterval()
  return {
    chain,
    place: { network: await networkId(networkPassphrase), contract },
    identity,
    watch: createWatch(chain, identity.address, log, signal),
    interval,
    balance: createBalance(chain, identity.address, { log, now: options.monotonic, signal }),
    reachable: createReachable({
      url: options.publicUrl ?? null,
      ...{ address: identity.address, log, now: options.monotonic, signal },
    }),
    receiving: createReceiving(chain, identity.address, options.monotonic, signal),
    invokeOptions: () => ({ signal, pollMs: interval.pollMs() }),
  }
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

/** Of an XLM. */
const STROOPS = 10_000_000n

function wireTasks(
  { now, log, networkPassphrase, sponsorSecretKey, sponsorMakers, sponsorDailyXlm }: ResolvedOptions,
  { chain, place, identity, watch }: OnChain,
  files: Files,
  { grader }: Work,
  folder: string,
  earnings: Earnings,
  signal: AbortSignal,
): Tasks {
  const { inputsCache, keyring, peers } = files
  return createTasks({
    ...{ place, identity, watch, log, signal, wall: now },
    folder: join(folder, 'leases'),
    labelers: createLabelers(chain, now, signal),
    quizzes: createQuizzes({
      ...{ place, networkPassphrase, identity, peers, log, signal, wall: now },
      folder: join(folder, 'quiz'),
      inputs: (challenge) => inputsCache.get(requestOf(challenge)),
      quiz: grader.quiz,
    }),
    sponsor:
      sponsorSecretKey === undefined
        ? undefined
        : createSponsor({
            ...{ chain, place, networkPassphrase, log, signal, folder: join(folder, 'sponsor') },
            terms: {
              secretKey: sponsorSecretKey,
              makers: sponsorMakers,
              daily: BigInt(sponsorDailyXlm) * STROOPS,
            },
          }),
    inputs: (challenge) => inputsCache.get(requestOf(challenge)),
    items: grader.pool,
    work: earnings.worked,
    waiting: earnings.waiting,
    tell: (challenge, labeler, lease) =>
      void peers
        .of(challenge)
        .then((urls) => tellPeers(urls, { challenge: challenge.id, labeler, lease }, signal))
        .catch(() => {}),
    async about(entry, challenge) {
      const [{ manifest }, key] = await Promise.all([inputsCache.get(requestOf(challenge)), keyring.get(challenge)])
      const { maxBytes, idColumn } = manifest.submission
      const file = await unlockEntry(entry, { challenge, maxBytes, key }, { ...files, place, signal })
      return 'reason' in file ? { ids: [], layer: 0 } : grader.about(file, idColumn)
    },
  })
}

function wireEarnings(
  { networkPassphrase, log, monotonic }: ResolvedOptions,
  { chain, place, identity, watch }: OnChain,
  { inputsCache, keyring, peers, publish }: Files,
  { grader }: Work,
  folder: string,
  onWorked: Parameters<typeof createEarnings>[0]['onWorked'],
  signal: AbortSignal,
): Earnings {
  const { address } = identity
  return createEarnings({
    ...{ chain, place, networkPassphrase, address, watch, peers, publish, monotonic, log, signal, onWorked },
    folder: join(folder, 'work'),
    inputs: (challenge) => inputsCache.get(requestOf(challenge)),
    known: grader.pool,
    judge: grader.work,
    decimals: async ({ token }) => (await readToken(chain, token, { signal })).decimals,
    async unlock({ challenge, labeler, sealed, commitment, maxBytes }) {
      requireOneRecipient(sealed)
      const { identity: secret } = await keyring.get(challenge)
      const fileKey = await ageFileKey(sealed, [secret])
      const where = { ...place, challenge: challenge.id, solver: labeler }
      return { sealed, fileKey, place: where, commitment, maxBytes }
    },
  })
}

function wireScheduler(
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
