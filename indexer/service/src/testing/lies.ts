/** What a lying RPC says that the contract's entries are. */
import { xdr } from '@stellar/stellar-sdk/base'

const dataOf = (entry: string) => xdr.LedgerEntryData.fromXdr(entry, 'base64')

/** Seven stroops are left in every challenge. */
export function poorer(entry: string): string {
  const data = dataOf(entry)
  if (data.type !== 'contractData' || data.contractData.val.type !== 'scvMap') return entry
  const find = (map: xdr.ScVal, key: string) =>
    map.type === 'scvMap'
      ? map.map?.find((one) => one.key.type === 'scvSymbol' && String(one.key.sym) === key)?.val
      : undefined
  const purse = find(data.contractData.val, 'purse')
  const escrow = purse && find(purse, 'escrow')
  if (escrow?.type !== 'scvI128') return entry
  Object.assign(escrow.i128, { lo: 7n })
  return data.toXdr('base64')
}

/** The contract's only entry that is a number by itself is its counter. */
export const counting = (change: (next: number) => number) => (entry: string) => {
  const data = dataOf(entry)
  if (data.type !== 'contractData' || data.contractData.val.type !== 'scvU32') return entry
  Object.assign(data.contractData.val, { u32: change(data.contractData.val.u32) })
  return data.toXdr('base64')
}
