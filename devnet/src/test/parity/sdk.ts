/**
 * What the test utilities of soroban-sdk measure of a call, beside what the same call used in a ledger. They run the
 * contract on decoded entries in a host that lives on, so what surrounds the call is not counted: entries, arguments and
 * events are not read from XDR or written to it, and the host is not built anew.
 */
import { Transaction, type xdr } from '@stellar/stellar-sdk'
import { sorobanData } from '../kit.ts'
import type { Applied, SdkFigures, Step } from './step.ts'

/** A figure that must lie in a range, ends included. */
export interface Held {
  what: string
  figure: number
  least: number
  most: number
}

/** Why a step's figures cannot be held against each other in this way. */
export const EXCEPTIONS: Record<string, Partial<Record<'instructions' | 'rent' | 'writeEntries', string>>> = {
  'read what was restored': {
    instructions: 'restored code is compiled within the transaction; the test utilities have it compiled',
  },
  'extend to the most, instance and persistent': {
    rent: 'this extends contract code, which rents for a third on the network: the test utilities do not know',
  },
  'survive a call that writes and fails': {
    writeEntries: 'the test utilities count a key whose change was undone',
  },
}

/** Stroops by which rounding each entry or all together may differ. */
const ROUNDING = 5
/** The price of writing a lifetime, which the test utilities also ask for an entry that grew but lives no longer. */
const LIFETIME = 2_500 + 42

export function compare(step: Step, { costs, value }: Applied, sdk: SdkFigures, passphrase: string): Held[] {
  const { footprint } = sorobanData(new Transaction(step.envelope, passphrase)).resources
  const entries = footprint.readOnly.length + footprint.readWrite.length
  const outside = costs.transactionBytes + costs.eventBytes
  const { instructions, rent, writeEntries } = EXCEPTIONS[step.name] ?? {}
  const around = costs.instructions - sdk.instructions
  const memory = costs.memory - sdk.memory
  const held: Held[] = [
    exact('entries touched', sdk.diskReadEntries + sdk.memoryReadEntries, entries),
    exact('bytes read from disk', sdk.diskReadBytes, costs.diskReadBytes),
    exact('bytes written', sdk.writeBytes, costs.writeBytes),
    exact('bytes of events', sdk.eventBytes, costs.eventBytes - sizeOf(value)),
    {
      what: 'memory around the call',
      figure: memory,
      least: 0,
      most: 10_000 * (entries + 1) + 4 * outside + 2 * costs.readBytes,
    },
  ]
  if (!writeEntries) held.push(exact('entries written', sdk.writeEntries, costs.writeEntries))
  if (!instructions) {
    const most = 40_000 + 35_000 * entries + 60 * outside
    held.push({ what: 'instructions around the call', figure: around, least: 0, most })
  }
  if (!rent) held.push(rentOf(costs.rentFee, sdk.rentFee, footprint))
  return held
}

const exact = (what: string, figure: number, expected: number): Held => ({
  what,
  figure,
  least: expected,
  most: expected,
})

/** Rent: equal but for rounding and lifetimes; contract code rents for a third on the network, not in the test utilities. */
function rentOf(ours: number, theirs: number, { readOnly, readWrite }: xdr.LedgerFootprint): Held {
  const code = readWrite.some((key) => key.type === 'contractCode')
  const most = (code ? 3 * ours : ours) + LIFETIME * (readOnly.length + readWrite.length)
  return { what: 'rent', figure: theirs, least: ours - ROUNDING, most: most + ROUNDING }
}

/** Bytes of what a step shows: a value, or its length and hash. */
function sizeOf(shown: string): number {
  if (!shown.startsWith('sha256:')) return Buffer.from(shown, 'base64').length
  return Number(shown.split(':')[1])
}
