/**
 * Calls that take the next number of a counter. Simulation sees one number; a footprint that holds the entries of the next ones
 * too lets others take theirs in between, without a second signature.
 */
import { Address, type xdr } from '@stellar/stellar-sdk/base'
import { raiseResources } from './resources.ts'
import type { Call } from './simulate.ts'

/** So many numbers are declared: nine others may come first. */
export const NUMBERS = 10
/** Stroops for one more declared entry, which is paid for whether it is written or not; the public network asks at most this. */
const PER_ENTRY = 10_000n

/**
 * Declares the entries of the numbers from the simulated one on. `head` is the name of a key `[name, number]` that the call
 * writes, `entries` all that it writes under a number.
 */
export function numberedFootprint(
  head: string,
  entries: (contract: string, number: number) => readonly xdr.LedgerKey[],
): NonNullable<Call<unknown>['amend']> {
  return async (found) => {
    const seen = found.resources.footprint.readWrite.flatMap((key) => numberOf(key, head) ?? [])[0]
    if (!seen) return found
    const readWrite = Array.from({ length: NUMBERS - 1 }, (_, at) =>
      entries(seen.contract, seen.number + at + 1),
    ).flat()
    return raiseResources(found, { readWrite, moreInstructions: 1_000_000, fee: BigInt(readWrite.length) * PER_ENTRY })
  }
}

function numberOf(key: xdr.LedgerKey, head: string): { contract: string; number: number } | undefined {
  if (key.type !== 'contractData' || key.contractData.key.type !== 'scvVec') return undefined
  const [name, number] = key.contractData.key.vec ?? []
  if (name?.type !== 'scvSymbol' || String(name.value) !== head || number?.type !== 'scvU32') return undefined
  return { contract: Address.fromScAddress(key.contractData.contract).toString(), number: number.u32 }
}
