/**
 * Who may wait for something that may yet appear: so many at once, and few of one client. Waiting costs a client nothing, so where all are
 * waiting, the one that waits for longest of whoever has the most gives way to one that would have fewer.
 */

export type Waiting = {
  /**
   * A place to wait in; undefined where the client has as many as one may, or where all are waiting and none has to give way.
   * @param client null or '' is one that is not known: it has no limit of its own, and all such count together where one has to give way
   */
  take(client: string | null): WaitingPlace | undefined
}

export type WaitingPlace = {
  /** Aborted once another one has it. */
  readonly signal: AbortSignal
  free(): void
}

export function createWaiting({ most, perClient }: { most: number; perClient: number }): Waiting {
  /** In the order in which they came. */
  const all = new Set<{ client: string; stop: AbortController }>()

  function makeRoom(client: string): boolean {
    const clients = Map.groupBy(all, (one) => one.client)
    const own = clients.get(client)?.length ?? 0
    if (client !== '' && own >= perClient) return false
    if (all.size < most) return true
    const [richest = []] = [...clients.values()].toSorted((one, other) => other.length - one.length)
    const [longest] = richest
    if (longest === undefined || richest.length <= own + 1) return false
    all.delete(longest)
    longest.stop.abort()
    return true
  }

  return {
    take(given) {
      const client = given ?? ''
      if (!makeRoom(client)) return undefined
      const one = { client, stop: new AbortController() }
      all.add(one)
      return { signal: one.stop.signal, free: () => void all.delete(one) }
    },
  }
}
