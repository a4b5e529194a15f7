/** What an oracle says about itself; shape of `GET /status`. */
import { toDecimal } from '@stellartrain/contracts-client'
import type { Reachable } from '../acceptance/reachable.ts'
import type { Receiving } from '../acceptance/receiving.ts'
import type { RegistrationState } from '../acceptance/registration.ts'
import { servedMetrics } from '../acceptance/served-metrics.ts'
import { servedRules } from '../acceptance/served-rules.ts'
import { EMPTY_BALANCE, lowBalance } from '../chain/balance.ts'
import type { Challenge } from '../chain/challenge.ts'
import type { LedgerTime } from '../chain/poll-interval.ts'
import type { Identity } from '../challenge-files/identity.ts'
import { ENGINE } from '../engine.ts'
import type { PublicError } from '../errors.ts'
import type { Isolation } from '../grading/isolation.ts'
import { type QueueItem, STAGES } from '../grading/queue.ts'
import { localUrl } from '../local-url.ts'
import type { OracleState } from '../metrics.ts'
import type { ResolvedOptions } from '../options.ts'
import type { Outbox, Trouble } from '../publish/outbox.ts'
import type { Decisions } from '../scheduler/decisions.ts'
import { served } from '../scheduler/duties.ts'
import type { RetryingTask } from '../scheduler/retry.ts'
import type { LastVote } from '../voting/last-vote.ts'
import type { Upstreams } from './upstreams.ts'

export type Status = {
  address: string
  contract: string
  /** The network's passphrase. */
  network: string
  url: string
  engine: { name: string; version: string }
  /** Metric ids that it grades. */
  metrics: string[]
  /** Payout rules that it serves, by their names on-chain. */
  rules: string[]
  /** The least fee per submission, in the challenge's token, as decimal text. */
  fee: string
  /** Null until registered. `key` is the age recipient `age1…`. */
  keyVersion: number | null
  key: string | null
  /** XLM of its account, as decimal text; null until it was read. */
  balance: string | null
  /** The last ledger that it saw, when it closed (RFC 3339), and how long ago it last heard from the RPC. */
  ledger: number | null
  ledgerClosedAt: string | null
  secondsSinceRpc: number | null
  /** What its operator should see to, in sentences; it works on meanwhile. */
  warnings: string[]
  /** Fees that it could not withdraw, with the reason. */
  blocked: { challenge: number; code: string; message: string }[]
  /** Challenges that it accepted and still serves. */
  accepted: number[]
  /** Challenges that name it and that it refuses, with the reason. */
  refused: { challenge: number; code: string; message: string }[]
  /** What it depends on; null while it answers. */
  upstreams: { rpc: PublicError | null; ipfs: PublicError | null }
  /** Transactions and background tasks that failed and will be retried. */
  retrying: RetryingTask[]
  queue: { length: number; failing: number; oldestSeconds: number }
  /** The last vote that it posted since it was started; null before. */
  lastVote: LastVote | null
  /** Reports and other public documents that no IPFS service has taken yet; meanwhile this oracle serves them. */
  undelivered: {
    documents: number
    oldestSeconds: number
    uploads: { host: string; error: PublicError | null }[]
    /** Documents that its disk does not give back: `damaged`, `missing`, or `unreadable` for now. */
    troubles: Trouble[]
  }
  /** What grading processes were seen to be unable to do, and by what; null where that could not be tried. */
  isolation: Isolation | null
  /** Sealed files that it keeps for the other oracles, in bytes, and the most that it keeps. */
  content: { bytes: number; limit: number }
}

export type Facts = Readonly<{
  options: ResolvedOptions
  /** What it registers on-chain. */
  url: string
  identity: Identity
  registration: RegistrationState
  clock: LedgerTime | undefined
  upstreams: Upstreams
  /** Stroops of its account, once they were read. */
  balance: bigint | undefined
  receiving: Receiving
  reachable: Pick<Reachable, 'problem'>
  lastVote: LastVote | null
  /** Whether payments to a solver failed repeatedly. */
  undeliverable(challenge: number, solver: string): boolean
  challenges: readonly Challenge[]
  decisions: Decisions
  items: readonly QueueItem[]
  retrying: RetryingTask[]
  outbox: Pick<Outbox, 'undelivered' | 'targets' | 'troubles'>
  isolation: Isolation | undefined
  /** Why nothing is graded, where the operator requires more isolation. */
  notIsolated: Error | undefined
  content: { bytes: number; limit: number }
  /** Milliseconds since 1970. */
  now: number
  /** Milliseconds on the clock of `upstreams` and `outbox`, which only grows. */
  monotonic: number
}>

/** After this long without an answer from the RPC the oracle is not ready. */
const SILENT_SECONDS = 30

export function statusOf(facts: Facts): Status {
  const { options, identity, registration, clock, upstreams, now, monotonic, items } = facts
  const heard = upstreams.lastAnswer('rpc')
  return {
    address: identity.address,
    contract: options.contract,
    network: options.networkPassphrase,
    url: facts.url,
    engine: { ...ENGINE },
    metrics: servedMetrics(options),
    rules: [...servedRules()],
    fee: String(options.feeMin),
    keyVersion: registration.current()?.version ?? null,
    key: registration.current()?.recipient ?? null,
    balance: facts.balance === undefined ? null : toDecimal(facts.balance, 7),
    ledger: clock?.ledger ?? null,
    ledgerClosedAt: clock ? new Date(clock.closedAt * 1000).toISOString() : null,
    secondsSinceRpc: heard === undefined ? null : Math.floor((monotonic - heard) / 1000),
    warnings: warningsOf(facts),
    blocked: facts.receiving.all(),
    accepted: acceptedOf(facts),
    refused: facts.decisions.refusals(),
    retrying: facts.retrying,
    upstreams: { rpc: upstreams.errorOf('rpc'), ipfs: upstreams.errorOf('ipfs') },
    queue: {
      length: items.length,
      failing: items.filter(({ stage }) => stage === 'failed_retrying').length,
      oldestSeconds: Math.max(0, ...items.map((item) => ageOf(item, now))),
    },
    lastVote: facts.lastVote,
    undelivered: {
      ...undeliveredOf(facts),
      uploads: facts.outbox.targets().map(({ url, error }) => ({ host: new URL(url).host, error })),
      troubles: facts.outbox.troubles(),
    },
    isolation: facts.isolation ?? null,
    content: { bytes: facts.content.bytes, limit: facts.content.limit },
  }
}

/** Why it cannot grade at present, in sentences; empty when it can. */
export function problemsOf({ identity, balance, registration, upstreams, notIsolated, monotonic }: Facts): string[] {
  const problems: string[] = []
  const heard = upstreams.lastAnswer('rpc')
  if (heard === undefined || monotonic - heard > SILENT_SECONDS * 1000)
    problems.push(`The RPC does not answer: ${upstreams.errorOf('rpc')?.message ?? 'no answer yet'}`)
  if (balance !== undefined && balance < EMPTY_BALANCE) problems.push(lowBalance(balance, identity.address)!)
  if (notIsolated !== undefined) problems.push(notIsolated.message)
  if (registration.current() === undefined) {
    const why = registration.error()?.message ?? 'Not registered on this contract yet.'
    // Registration needs both: what keeps it back may be listed already.
    if (!problems.some((problem) => problem.includes(why))) problems.unshift(why)
  }
  return problems
}

/** What does not keep it from grading now. */
function warningsOf({ balance, identity, url, options, receiving, reachable, outbox }: Facts): string[] {
  const low = balance === undefined ? undefined : lowBalance(balance, identity.address)
  const local = localUrl(url, options.networkPassphrase)
  // A URL of this machine was told already.
  const unreachable = local === undefined ? reachable.problem() : undefined
  const refusing = outbox
    .targets()
    .flatMap(({ url: at, error }) => (error ? [`${new URL(at).host} takes no uploads: ${error.message}`] : []))
  return [
    ...(low ? [low] : []),
    ...(local ? [local] : []),
    ...(unreachable ? [unreachable] : []),
    ...receiving.all().map(({ message }) => message),
    ...refusing,
    ...outbox.troubles().map(troubled),
  ]
}

function troubled({ cid, code }: Trouble): string {
  if (code === 'unreadable')
    return `The document ${cid} in the outbox cannot be read now, and is tried again: check the disk.`
  const what =
    code === 'damaged' ? `was damaged on the disk and is kept there as ${cid}.damaged` : 'is gone from the disk'
  return `The document ${cid}, which no IPFS service may have, ${what}: check the disk.`
}

/** What the metrics show. */
export function stateOf(facts: Facts): OracleState {
  const { clock, upstreams, balance, challenges, decisions, items, retrying, now, monotonic } = facts
  const of = (stage: QueueItem['stage']) => items.filter((item) => item.stage === stage)
  return {
    stages: Object.fromEntries(
      STAGES.map((stage) => {
        const ages = of(stage).map((item) => ageOf(item, now))
        return [stage, { count: ages.length, oldestSeconds: Math.max(0, ...ages) }]
      }),
    ),
    up: { rpc: upstreams.errorOf('rpc') === null, ipfs: upstreams.errorOf('ipfs') === null },
    ready: problemsOf(facts).length === 0,
    ledger: clock?.ledger,
    accepted: acceptedOf(facts).length,
    refused: decisions.refusals().length,
    retrying: retrying.length,
    balance: balance === undefined ? undefined : Number(balance) / 1e7,
    silentSeconds: secondsSince(upstreams.lastAnswer('rpc'), monotonic),
    lagSeconds: secondsSince(clock && clock.closedAt * 1000, now),
    disagreements: challenges.reduce(
      (sum, challenge) => sum + (challenge.conduct.tallies[challenge.seat]?.disagreed ?? 0),
      0,
    ),
    undeliveredPayments: challenges.reduce(
      (sum, { id, due }) => sum + due.filter(({ solver }) => facts.undeliverable(id, solver)).length,
      0,
    ),
    blocked: facts.receiving.all().length,
    undelivered: undeliveredOf(facts),
    content: facts.content,
  }
}

const secondsSince = (then: number | undefined, now: number) =>
  then === undefined ? undefined : Math.max(0, Math.floor((now - then) / 1000))

function undeliveredOf({ outbox, monotonic }: Facts): { documents: number; oldestSeconds: number } {
  const { count, since } = outbox.undelivered()
  return { documents: count, oldestSeconds: since === undefined ? 0 : Math.floor((monotonic - since) / 1000) }
}

/** Challenges in which somebody waits for this oracle, or will. */
function acceptedOf({ challenges, clock, undeliverable }: Facts): number[] {
  const now = clock?.closedAt ?? 0
  return challenges
    .filter(({ accepted, seat }) => (accepted[seat] ?? 0) > 0)
    .filter((challenge) => !served(challenge, now, { undeliverable }))
    .map(({ id }) => id)
}

/** Seconds since the submission's ledger closed. */
function ageOf({ entry }: QueueItem, now: number): number {
  return Math.max(0, Math.floor(now / 1000) - entry.time)
}
