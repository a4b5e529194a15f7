/** A decoded event as the API gives it: its fields without the type, integers of 64 bits and more as text. */
import type { ContractEvent } from './events.ts'

/** JSON. */
export function plainData(event: ContractEvent): string {
  const { type: _, ...data } = event
  return JSON.stringify(data, (_, value) => (typeof value === 'bigint' ? value.toString() : value))
}
