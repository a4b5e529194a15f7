/** Room above what simulation measured, so that what lands before a transaction does not push it over its own limits. */
import { xdr } from '@stellar/stellar-sdk/base'

export type Raise = {
  /** Factor on instructions, e.g. 1.25. */
  instructions?: number
  /** Added to the instructions after the factor. */
  moreInstructions?: number
  diskReadBytes?: number
  writeBytes?: number
  /** Stroops on top. What the ledger does not use comes back. */
  fee?: bigint
  readWrite?: readonly xdr.LedgerKey[]
  readOnly?: readonly xdr.LedgerKey[]
}

/** What the network allows one transaction; asking for more would make it invalid. */
export const TX_LIMITS = {
  instructions: 400_000_000,
  diskReadBytes: 200_000,
  writeBytes: 132_096,
  writeEntries: 200,
  footprintEntries: 400,
} as const

/**
 * Returns the data with keys added and limits raised. Keys are only ever appended to the read-write list: the list of
 * archived entries refers to it by position. A key never stands in both lists.
 */
export function raiseResources(data: xdr.SorobanTransactionData, raise: Raise): xdr.SorobanTransactionData {
  const { footprint } = data.resources
  const readWrite = [...footprint.readWrite]
  const written = new Set(readWrite.map(id))
  for (const key of raise.readWrite ?? []) {
    if (written.has(id(key))) continue
    written.add(id(key))
    readWrite.push(key)
  }
  const readOnly: xdr.LedgerKey[] = []
  const read = new Set<string>()
  for (const key of [...footprint.readOnly, ...(raise.readOnly ?? [])]) {
    if (written.has(id(key)) || read.has(id(key))) continue
    read.add(id(key))
    readOnly.push(key)
  }
  const instructions =
    Math.ceil(data.resources.instructions * (raise.instructions ?? 1)) + (raise.moreInstructions ?? 0)
  return new xdr.SorobanTransactionData({
    ext: data.ext,
    resourceFee: data.resourceFee + (raise.fee ?? 0n),
    resources: new xdr.SorobanResources({
      footprint: new xdr.LedgerFootprint({ readOnly, readWrite }),
      instructions: atMost(instructions, data.resources.instructions, TX_LIMITS.instructions),
      diskReadBytes: atMost(
        data.resources.diskReadBytes + (raise.diskReadBytes ?? 0),
        data.resources.diskReadBytes,
        TX_LIMITS.diskReadBytes,
      ),
      writeBytes: atMost(
        data.resources.writeBytes + (raise.writeBytes ?? 0),
        data.resources.writeBytes,
        TX_LIMITS.writeBytes,
      ),
    }),
  })
}

const id = (key: xdr.LedgerKey) => key.toXdr('base64')

/** Raised up to the limit, but never below what was measured. */
const atMost = (wanted: number, measured: number, limit: number) => Math.max(measured, Math.min(wanted, limit))
