/**
 * Places for streams. Each client has its share, and when all are taken the client that holds the most gives one up, its oldest: so
 * nobody who opens many keeps out others. A stream that ends so is resumed by its client, which names the last event that it saw.
 */

export type StreamPlace = { signal: AbortSignal; free(): void }

export type StreamPlaces = {
  /** Null: this client has its share, or all have as few as it would have. */
  take(client: string): StreamPlace | null
  readonly taken: number
}

export type StreamPlacesOptions = {
  most: number
  perClient: number
  /** Whoever is to be refused gives up the oldest of its own instead. Default: no. */
  renews?: boolean
}

export function createStreamPlaces({ most, perClient, renews = false }: StreamPlacesOptions): StreamPlaces {
  /** Oldest first. */
  const held = new Map<string, Set<AbortController>>()
  let taken = 0

  function free(client: string, place: AbortController): void {
    const own = held.get(client)
    if (!own?.delete(place)) return
    if (own.size === 0) held.delete(client)
    taken -= 1
  }
  /** Of whoever holds more than the newcomer would. */
  function makeRoom(own: number): boolean {
    let richest: [string, Set<AbortController>] | undefined
    for (const one of held) if (!richest || one[1].size > richest[1].size) richest = one
    if (!richest || richest[1].size <= own + 1) return false
    return endOldest(richest[0])
  }

  /** False where it has none. */
  function endOldest(client: string): boolean {
    const [oldest] = held.get(client) ?? []
    if (oldest === undefined) return false
    free(client, oldest)
    oldest.abort()
    return true
  }

  return {
    take(client) {
      const own = held.get(client)?.size ?? 0
      const isRefused = own >= perClient || (taken >= most && !makeRoom(own))
      if (isRefused && !(renews && endOldest(client))) return null
      const place = new AbortController()
      const places = held.get(client) ?? new Set()
      held.set(client, places.add(place))
      taken += 1
      return { signal: place.signal, free: () => free(client, place) }
    },
    get taken() {
      return taken
    },
  }
}
