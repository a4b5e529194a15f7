/** The XLM of this oracle's account, read now and then: without it no transaction can be paid. */
import { type Chain, readAccount, toDecimal } from '@stellartrain/contracts-client'
import type { Log } from '@stellartrain/service'

export type Balance = {
  /** In stroops; undefined before it was read, 0 where there is no account. */
  current(): bigint | undefined
  /** Reads it again when the last reading is a minute old. @throws ChainFailure */
  refresh(): Promise<void>
}

const XLM = 10_000_000n
/** One XLM cannot be spent, and each transaction costs up to some tenths. */
export const LOW_BALANCE = 5n * XLM
export const EMPTY_BALANCE = (3n * XLM) / 2n

const REFRESH_MS = 60_000

export type BalanceOptions = Readonly<{ log: Log; now: () => number; signal: AbortSignal }>

export function createBalance(chain: Chain, address: string, { log, now, signal }: BalanceOptions): Balance {
  let stroops: bigint | undefined
  let readAt = Number.NEGATIVE_INFINITY
  let low = false

  /** Once when it becomes low, and once when it is not any more. */
  function tell(balance: bigint): void {
    const isLow = balance < LOW_BALANCE
    if (isLow === low) return
    low = isLow
    if (isLow)
      log.error('balance_low', { address, xlm: toDecimal(balance, 7), message: lowBalance(balance, address) ?? '' })
    else log.info('balance_restored', { address, xlm: toDecimal(balance, 7) })
  }

  return {
    current: () => stroops,
    async refresh() {
      if (now() - readAt < REFRESH_MS) return
      const account = await readAccount(chain, address, { signal })
      stroops = account?.balance ?? 0n
      readAt = now()
      tell(stroops)
    },
  }
}

/** What to do about too little XLM, as a sentence; undefined where there is enough. */
export function lowBalance(stroops: bigint, address: string): string | undefined {
  if (stroops >= LOW_BALANCE) return undefined
  const can = stroops >= EMPTY_BALANCE ? 'It will soon not be able to' : 'It cannot'
  return `The account ${address} has ${toDecimal(stroops, 7)} XLM. ${can} pay for its transactions: send it some.`
}
