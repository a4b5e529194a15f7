/** A decoded event as the API gives it: its fields without the type, integers of 64 bits and more as text. */
import type { ContractEvent } from './events.ts'

/** JSON. A copy without `bigint` is written sooner than `JSON.stringify` asks a function of ours for each value. */
export function plainData({ type: _, ...data }: ContractEvent): string {
  return JSON.stringify(plain(data))
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(plain)
  const fields: Record<string, unknown> = {}
  for (const name in value) fields[name] = plain((value as Record<string, unknown>)[name])
  return fields
}
