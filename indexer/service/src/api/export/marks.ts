/** What a file says of itself, as `_meta` does in JSON: as headers, and inside of Parquet as key-value metadata. */
import type { Meta } from '../types.ts'

const HEADERS = {
  'x-stellartrain-ledger': 'The ledger whose state the file is.',
  'x-stellartrain-whole':
    'Of files. `false`: something is missing or was not compared with the contract; rows may be missing, and counts and sums may be too low.',
  'x-stellartrain-verified-ledger':
    'Of files. Up to this ledger everything was compared with the contract; not there before the first comparison.',
} as const

export const MARK_NAMES = Object.keys(HEADERS)

/** For the OpenAPI document. */
export const markHeaders = Object.fromEntries(
  Object.entries(HEADERS).map(([name, description]) => [
    name,
    { description, schema: name.endsWith('whole') ? { type: 'boolean' as const } : { type: 'integer' as const } },
  ]),
)

export function headersOf({ ledger, whole, verifiedLedger }: Meta): Record<string, string> {
  return {
    'x-stellartrain-ledger': String(ledger),
    'x-stellartrain-whole': String(whole),
    ...(verifiedLedger !== null && { 'x-stellartrain-verified-ledger': String(verifiedLedger) }),
  }
}

export function keyValuesOf({ ledger, whole, verifiedLedger, completeSince, contract, network }: Meta) {
  const values = { ledger, whole, verified_ledger: verifiedLedger, complete_since: completeSince, contract, network }
  return Object.entries(values).flatMap(([key, value]) =>
    value === null ? [] : [{ key: `stellartrain.${key}`, value: String(value) }],
  )
}
