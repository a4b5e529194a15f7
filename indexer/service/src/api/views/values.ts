/** Values of rows in the form that the API promises. */
import { CONTENT_REASONS } from '@stellartrain/ipfs-content'
import { reasonName, reasonText } from '@stellartrain/oracle-grade'
import type { Asset, Score } from '../types.ts'

/** Rows of a page share their ledgers, and answers their pages: writing a time takes longer than finding it. */
const written = new Map<number, string>()
const MOST_WRITTEN = 10_000

/** Of the year 9999. */
export const LAST_SECOND = 253_402_300_799

/** From Unix seconds. */
export function time(seconds: number | string): string {
  // The contract bounds its times; an absurd one in `opens` must not break a page.
  const at = Math.max(0, Math.min(Number(seconds), LAST_SECOND))
  const known = written.get(at)
  if (known !== undefined) return known
  const text = new Date(at * 1000).toISOString()
  if (written.size >= MOST_WRITTEN) written.clear()
  written.set(at, text)
  return text
}

export function timeOrNull(seconds: number | string): string | null {
  return Number(seconds) === 0 ? null : time(seconds)
}

/** Base units, as text. */
export const amount = (units: bigint): string => units.toString()

/** Null for zeros and for nothing. */
export const hashOrNull = (hex: string): string | null => (/^0*$/.test(hex) ? null : hex)

export function score(units: bigint): Score {
  return { units: String(units), value: Number(units) / 1e7 }
}

export type AssetColumns = {
  token: string
  asset_code: string | null
  asset_issuer: string | null
  asset_native: boolean | null
  asset_decimals: number | null
}

export function asset(row: AssetColumns): Asset {
  return {
    contract: row.token,
    code: row.asset_code,
    issuer: row.asset_issuer,
    native: row.asset_native ?? false,
    decimals: row.asset_decimals,
  }
}

export type Reason = { code: number; name: string | null; text: string }

const CONTENT_NAMES = new Map<number, [name: string, text: string]>(
  Object.entries(CONTENT_REASONS).map(([name, { code, sentence }]) => [code, [name, sentence]]),
)

export function reason(code: number): Reason | null {
  if (code === 0) return null
  const [name, text] = CONTENT_NAMES.get(code) ?? [reasonName(code) ?? null, reasonText(code)]
  return { code, name, text }
}
