/** A decoded event as the API gives it: its fields without the type, integers of 64 bits and more as text. */
import type { ContractEvent } from './events.ts'

/** JSON. A copy without `bigint` is written sooner than `JSON.stringify` asks a function of ours for each value. */
export function plainData(event: ContractEvent): string {
  const fields: Record<string, unknown> = {}
  for (const name in event) if (name !== 'type') fields[name] = plain((event as Record<string, unknown>)[name])
  return JSON.stringify(fields)
}

function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? value.toString() : value
  if (Array.isArray(value)) return value.map(plain)
  const fields: Record<string, unknown> = {}
  for (const name in value) {
    const field = (value as Record<string, unknown>)[name]
    fields[name] = typeof field === 'object' || typeof field === 'bigint' ? plain(field) : field
  }
  return fields
}
