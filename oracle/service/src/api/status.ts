/** What an oracle says about itself; shape of `GET /status`. */
import { METRICS } from '@stellartrain/oracle-grade'
import type { Registration } from '../accept/register.ts'
import { SERVED_RULES } from '../accept/rules.ts'
import type { Decisions } from '../desk/decisions.ts'
import { ENGINE } from '../engine.ts'
import type { PublicError } from '../errors.ts'
import type { Seen } from '../follow/pace.ts'
import type { Watched } from '../follow/watched.ts'
import type { Settled } from '../options.ts'
import type { Identity } from '../paper/identity.ts'
import type { Item } from '../queue/tray.ts'
import type { Trouble } from '../queue/tries.ts'
import type { Health } from './health.ts'

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
  /** The last ledger that it saw, when it closed (RFC 3339), and how long ago it last heard from the RPC. */
  ledger: number | null
  ledgerClosedAt: string | null
  secondsSinceRpc: number | null
  /** Challenges that it accepted and still serves. */
  accepted: number[]
  /** Challenges that named it and that it does not take, with the reason. */
  refused: { challenge: number; code: string; message: string }[]
  /** What it depends on; null while all is well. */
  upstreams: { rpc: PublicError | null; ipfs: PublicError | null }
  /** What failed and will be tried again: transactions to send, challenges to look at. */
  troubles: Trouble[]
  queue: { length: number; failing: number; oldestSeconds: number }
}

export type Facts = Readonly<{
  options: Settled
  identity: Identity
  registration: Registration | undefined
  /** Why the last try to register failed. */
  registering: PublicError | null
  clock: Seen | undefined
  health: Health
  /** Milliseconds since 1970. */
  now: number
}>

type More = Readonly<{
  url: string
  challenges: readonly Watched[]
  decisions: Decisions
  items: readonly Item[]
  troubles: Trouble[]
}>

/** Longer without a word from the RPC, and the oracle does not call itself ready. */
const DEAF_SECONDS = 30

export function statusOf(facts: Facts & More): Status {
  const { options, identity, registration, clock, health, now, challenges, items } = facts
  const heard = health.lastAnswer('rpc')
  const ages = items.map(({ entry }) => Math.max(0, Math.floor(now / 1000) - Number(entry.time)))
  return {
    address: identity.address,
    contract: options.contract,
    network: options.networkPassphrase,
    url: facts.url,
    engine: { ...ENGINE },
    metrics: METRICS.map(({ id }) => id),
    rules: [...SERVED_RULES],
    fee: String(options.feeMin),
    keyVersion: registration?.version ?? null,
    key: registration?.recipient ?? null,
    ledger: clock?.ledger ?? null,
    ledgerClosedAt: clock ? new Date(Number(clock.closedAt) * 1000).toISOString() : null,
    secondsSinceRpc: heard === undefined ? null : Math.floor((now - heard) / 1000),
    accepted: challenges.filter(({ state, seat }) => (state.accepted[seat] ?? 0) > 0).map(({ id }) => id),
    refused: facts.decisions.refusals(),
    troubles: facts.troubles,
    upstreams: { rpc: health.errorOf('rpc'), ipfs: health.errorOf('ipfs') },
    queue: {
      length: items.length,
      failing: items.filter(({ stage }) => stage === 'failed_retrying').length,
      oldestSeconds: Math.max(0, ...ages),
    },
  }
}

/** Why it cannot grade at present, in sentences; empty when it can. */
export function problemsOf({ registration, registering, health, now }: Facts): string[] {
  const problems: string[] = []
  if (registration === undefined)
    problems.push(`Not registered on this contract yet. ${registering?.message ?? ''}`.trim())
  const heard = health.lastAnswer('rpc')
  if (heard === undefined || now - heard > DEAF_SECONDS * 1000)
    problems.push(`The RPC does not answer: ${health.errorOf('rpc')?.message ?? 'no answer yet'}`)
  const ipfs = health.errorOf('ipfs')
  if (ipfs !== null) problems.push(`IPFS does not take uploads: ${ipfs.message}`)
  return problems
}
