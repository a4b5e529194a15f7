/** A decoded event as the API gives it: its fields without the type, integers of 64 bits and more as text. */
import type { ContractEvent } from './events.ts'

/** JSON, put together: neither a copy without `bigint` nor a function of ours is asked for by `JSON.stringify`, for each value of each event. */
export function plainData(event: ContractEvent): string {
  return fieldsOf(event, 'type')
}

/** What JSON writes as it is: most of an event is addresses, hashes and names. */
const AS_IT_IS = /^[ !#-[\]-~]*$/

function jsonOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return AS_IT_IS.test(value) ? `"${value}"` : JSON.stringify(value)
    case 'bigint':
      return `"${value}"`
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? `[${value.map((item) => jsonOf(item) ?? 'null').join()}]` : fieldsOf(value)
    default:
      return JSON.stringify(value)
  }
}

function fieldsOf(value: object, without?: string): string {
  let text = ''
  for (const name in value) {
    if (name === without) continue
    const field = jsonOf((value as Record<string, unknown>)[name])
    if (field !== undefined) text += `${text === '' ? '' : ','}"${name}":${field}`
  }
  return `{${text}}`
}
