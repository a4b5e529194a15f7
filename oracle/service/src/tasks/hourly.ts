/** What strangers may do in an hour, counted for each address: for them accounts cost nothing. */

export type Hourly = {
  /** Counts one more. @param client '' is one that is not known, and has no limit @returns false where an hour has as many already */
  take(client: string): boolean
}

const HOUR_MS = 3_600_000
/** Addresses that are remembered; beyond these the ones that were quiet for longest are forgotten. */
const MOST_CLIENTS = 10_000

/** @param wall milliseconds since 1970 */
export function createHourly(most: number, wall: () => number): Hourly {
  const clients = new Map<string, number[]>()
  return {
    take(client) {
      if (client === '') return true
      const recent = (clients.get(client) ?? []).filter((at) => at > wall() - HOUR_MS)
      if (recent.length >= most) return false
      clients.delete(client)
      clients.set(client, [...recent, wall()])
      for (const old of clients.keys()) if (clients.size > MOST_CLIENTS) clients.delete(old)
      return true
    },
  }
}
