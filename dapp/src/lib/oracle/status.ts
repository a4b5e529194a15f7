/** What an oracle says of itself at its registered URL: trusted with nothing, useful to see whether it is there. */
import { endpoint } from '@stellartrain/ipfs-content/endpoint'
import { config } from '../site/config.ts'

export type OracleStatus = {
  fee: string
  queue: number
  /** Of the queue; seconds since the oldest one was submitted, and how many are tried again after a failure. */
  oldestSeconds: number
  failing: number
  metrics: string[]
  /** Payout rules by their names on-chain. */
  rules: string[]
  engine: string
  /** XLM for its transactions, decimal; null where it does not say. */
  balance: string | null
  /** What its operator should see to. */
  warnings: string[]
  /** Challenges that name it and that it does not accept, and why. */
  refused: { challenge: number; message: string }[]
  /** Reports that no IPFS service has taken yet; this oracle serves them meanwhile. */
  undelivered: number
}

const LIMIT_MS = 5000
/** It may say anything: so much of each list is shown. */
const MOST = 200

/** Null: it does not answer, or answers for another address or contract. */
export async function readOracleStatus({
  url,
  address,
}: {
  url: string
  address: string
}): Promise<OracleStatus | null> {
  try {
    const response = await fetch(endpoint(url, '/status'), { signal: AbortSignal.timeout(LIMIT_MS) })
    const said = (await response.json()) as Record<string, unknown>
    if (said.address !== address || said.contract !== config().contract) return null
    const queue = objectOf(said.queue)
    const { version } = objectOf(said.engine)
    return {
      fee: typeof said.fee === 'string' && /^\d{1,39}$/.test(said.fee) ? said.fee : '0',
      queue: countOf(queue.length),
      oldestSeconds: countOf(queue.oldestSeconds),
      failing: countOf(queue.failing),
      metrics: listOf(said.metrics).map(String),
      rules: listOf(said.rules).map(String),
      engine: typeof version === 'string' ? version : 'unknown',
      balance: typeof said.balance === 'string' && /^\d{1,12}(\.\d{1,7})?$/.test(said.balance) ? said.balance : null,
      warnings: listOf(said.warnings).map(String),
      refused: listOf(said.refused)
        .map(objectOf)
        .map(({ challenge, message }) => ({ challenge: countOf(challenge), message: String(message) })),
      undelivered: countOf(objectOf(said.undelivered).documents),
    }
  } catch {
    return null
  }
}

const objectOf = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, MOST) : [])
const countOf = (value: unknown): number => (typeof value === 'number' && value >= 0 ? Math.floor(value) : 0)
