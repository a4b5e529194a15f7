/**
 * Calls that take the next number of a counter. Simulation sees one number; a footprint that holds the entries of the next ones
 * too lets others take theirs in between, without a second signature.
 */
import { Address, type xdr } from '@stellar/stellar-sdk/base'
import { raiseResources } from '../transaction/resources.ts'
import type { Call } from '../transaction/simulate.ts'

/** So many numbers are declared: nine others may come first. */
export const NUMBERS = 10
/** Stroops for one more declared entry and for a kilobyte that may be written, on the public network at most. */
const FEES = { entry: 10_000, kilobyte: 4_000 }

export type Numbered = {
  /** First part of a key `[head, number]` that the call writes. */
  head: string
  /** All that the call writes under a number. */
  entries(contract: string, number: number): readonly xdr.LedgerKey[]
  /**
   * How large these are together at most. A declared entry that somebody else made counts as written, though this call leaves it as
   * it is.
   */
  bytes: number
}

/** Declares the entries of the numbers from the simulated one on. */
export function numberedFootprint({ head, entries, bytes }: Numbered): NonNullable<Call<unknown>['amend']> {
  return async (found) => {
    const seen = found.resources.footprint.readWrite.flatMap((key) => numberOf(key, head) ?? [])[0]
    if (!seen) return found
    const more = Array.from({ length: NUMBERS - 1 }, (_, at) => entries(seen.contract, seen.number + at + 1))
    const readWrite = more.flat()
    const writeBytes = more.length * bytes
    const fee = readWrite.length * FEES.entry + Math.ceil(writeBytes / 1_024) * FEES.kilobyte
    return raiseResources(found, { readWrite, writeBytes, moreInstructions: 2_000_000, fee: BigInt(fee) })
  }
}

function numberOf(key: xdr.LedgerKey, head: string): { contract: string; number: number } | undefined {
  if (key.type !== 'contractData' || key.contractData.key.type !== 'scvVec') return undefined
  const [name, number] = key.contractData.key.vec ?? []
  if (name?.type !== 'scvSymbol' || String(name.value) !== head || number?.type !== 'scvU32') return undefined
  return { contract: Address.fromScAddress(key.contractData.contract).toString(), number: number.u32 }
}
