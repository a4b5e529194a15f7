/** The state that a running indexer reports, and waiting for one. */
import { until } from '@stellartrain/contracts-client/testing/until'
import type { Status } from '../api/types.ts'
import type { Indexer } from '../indexer.ts'

export async function readStatus(indexer: Indexer): Promise<Status> {
  const response = await fetch(`${indexer.url}/status`)
  if (!response.ok) throw new Error(`/status: ${response.status}`)
  return (await response.json()) as Status
}

/** The first status that holds. */
export function untilStatus(indexer: Indexer, what: string, holds: (status: Status) => boolean): Promise<Status> {
  const look = async () => {
    const status = await readStatus(indexer)
    return holds(status) && status
  }
  return until(look, { what })
}
