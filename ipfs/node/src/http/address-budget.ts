/** What each address uploaded today: accounts cost nothing, addresses do. */
import { IpfsError } from '../errors.ts'

export type AddressBudget = {
  /** @throws IpfsError `address_full` where so many bytes more would be too many */
  check(address: string | null, bytes: number): void
  spend(address: string | null, bytes: number): void
}

const DAY_MS = 86_400_000
/** Addresses that are remembered; beyond these the first ones of the day are forgotten. */
const MOST = 50_000

/** @param now milliseconds */
export function createAddressBudget(maxBytes: number, now: () => number): AddressBudget {
  const spent = new Map<string, number>()
  let day = 0

  function today(): void {
    const current = Math.floor(now() / DAY_MS)
    if (current !== day) spent.clear()
    day = current
  }

  return {
    check(address, bytes) {
      today()
      if (address === null || (spent.get(address) ?? 0) + bytes <= maxBytes) return
      const seconds = Math.ceil(((day + 1) * DAY_MS - now()) / 1000)
      const headers = { 'retry-after': String(seconds) }
      throw new IpfsError(
        'address_full',
        `Your address may upload ${maxBytes} bytes a day here. Try again tomorrow, or use another service.`,
        { headers },
      )
    },
    spend(address, bytes) {
      today()
      if (address === null) return
      if (spent.size >= MOST && !spent.has(address)) spent.delete(spent.keys().next().value!)
      spent.set(address, (spent.get(address) ?? 0) + bytes)
    },
  }
}
