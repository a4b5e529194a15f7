/**
 * Sites outside of IPFS that a labeler agreed to load items from. Until then nothing is asked of them: who serves an image learns the
 * network address of whoever looks at it. Kept in this browser, by challenge.
 */
import { createSignal } from 'solid-js'

export type Hosts = {
  agreed(host: string): boolean
  agree(host: string): void
}

const MOST = 100

/** @param name of the place in the storage; none where nothing is kept */
export function createHosts(storage?: Storage, name = ''): Hosts {
  const [known, setKnown] = createSignal<ReadonlySet<string>>(new Set(storage ? read(storage.getItem(name)) : []))
  return {
    agreed: (host) => known().has(host),
    agree(host) {
      const hosts = [...new Set([...known(), host])].slice(-MOST)
      setKnown(new Set(hosts))
      try {
        storage?.setItem(name, JSON.stringify(hosts))
      } catch {
        // Asked again after a reload.
      }
    },
  }
}

export const hostsName = (contract: string, challenge: number): string => `labels-hosts-${contract}-${challenge}`

function read(text: string | null): string[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string').slice(-MOST) : []
  } catch {
    return []
  }
}
