/** What an oracle says of itself at its registered URL: trusted with nothing, useful to see whether it is there. */
import { config } from './config.ts'

export type OracleStatus = { fee: string; queue: number; metrics: string[]; engine: string }

const LIMIT_MS = 5000

/** Null: it does not answer, or answers for another address or contract. */
export async function readOracleStatus({
  url,
  address,
}: {
  url: string
  address: string
}): Promise<OracleStatus | null> {
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}/status`, { signal: AbortSignal.timeout(LIMIT_MS) })
    const said = (await response.json()) as Record<string, unknown>
    if (said.address !== address || said.contract !== config().contract) return null
    const queue = (said.queue as { length?: unknown } | undefined)?.length
    const engine = (said.engine as { version?: unknown } | undefined)?.version
    return {
      fee: typeof said.fee === 'string' && /^\d+$/.test(said.fee) ? said.fee : '0',
      queue: typeof queue === 'number' ? queue : 0,
      metrics: Array.isArray(said.metrics) ? said.metrics.map(String) : [],
      engine: typeof engine === 'string' ? engine : 'unknown',
    }
  } catch {
    return null
  }
}
