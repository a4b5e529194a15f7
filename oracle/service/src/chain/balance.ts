/** The XLM of this oracle's account, read now and then: without it no transaction can be paid. */
import { type Chain, readAccount } from '@stellartrain/contracts-client'

export type Balance = {
  /** In stroops; undefined before it was read, 0 where there is no account. */
  current(): bigint | undefined
  /** Reads it again when the last reading is a minute old. @throws ChainFailure */
  refresh(): Promise<void>
}

const REFRESH_MS = 60_000

export function createBalance(chain: Chain, address: string, now: () => number, signal: AbortSignal): Balance {
  let stroops: bigint | undefined
  let readAt = Number.NEGATIVE_INFINITY
  return {
    current: () => stroops,
    async refresh() {
      if (now() - readAt < REFRESH_MS) return
      const account = await readAccount(chain, address, { signal })
      stroops = account?.balance ?? 0n
      readAt = now()
    },
  }
}
