/** What of an account's XLM can be spent: the network keeps a reserve for the account and for each of its entries. */
import type { xdr } from '@stellar/stellar-sdk/base'

/** Stroops for each entry; an account itself counts as two. */
export const RESERVE = 5_000_000n

/** Stroops that an account can spend, on fees, payments and further entries. */
export function spendable({ balance, numSubEntries, ext }: xdr.AccountEntry): bigint {
  const liabilities = ext.type === 'v1' ? ext.value.liabilities.selling : 0n
  const sponsorship = ext.type === 'v1' && ext.value.ext.type === 'v2' ? ext.value.ext.value : undefined
  const entries = 2 + numSubEntries + (sponsorship?.numSponsoring ?? 0) - (sponsorship?.numSponsored ?? 0)
  const free = BigInt(balance) - BigInt(liabilities) - RESERVE * BigInt(entries)
  return free > 0n ? free : 0n
}
