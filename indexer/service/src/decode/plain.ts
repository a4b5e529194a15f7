/** A decoded event as the API gives it: its fields without the type, integers of 64 bits and more as text. */
import type { Standing } from '@stellartrain/contracts-client/rules'
import type { ContractEvent, Row } from './events.ts'

/**
 * JSON, put together: neither a copy without `bigint` nor a function of ours is asked for by `JSON.stringify`, for each value of each
 * event. Rows, which are most of what an index ever writes, are told field by field; `decode.test.ts` holds that none is left out.
 */
export function plainData(event: ContractEvent): string {
  switch (event.type) {
    case 'scored':
    case 'settled':
    case 'ruled':
      return fieldsOf(event, { rows: `[${event.rows.map(rowJson).join()}]` }, 'type')
    case 'payment_released':
      return fieldsOf(event, { row: rowJson(event.row) }, 'type')
    default:
      return fieldsOf(event, NONE, 'type')
  }
}

/** Everything in it is a number, a word or hexadecimal: nothing that JSON writes otherwise. */
function rowJson({ number, by, says, flags, status, amount }: Row): string {
  const { carried, passed, kept, held, prizePaid, byJudge } = flags
  const flagged = `"carried":${carried},"passed":${passed},"kept":${kept},"held":${held},"prizePaid":${prizePaid},"byJudge":${byJudge}`
  const whose = typeof by === 'number' ? by : `"${by}"`
  return `{"number":${number},"by":${whose},"says":${saysJson(says)},"flags":{${flagged}},"status":"${status}","amount":"${amount}"}`
}

function saysJson(says: Standing): string {
  if (says.status === 'scored')
    return `{"status":"scored","score":"${says.score}","content":"${says.content}","units":${says.units}}`
  return says.status === 'rejected' ? `{"status":"rejected","reason":${says.reason}}` : `{"status":"${says.status}"}`
}

/** What JSON writes as it is: most of an event is addresses, hashes and names. */
const AS_IT_IS = /^[ !#-[\]-~]*$/

function jsonOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return AS_IT_IS.test(value) ? `"${value}"` : JSON.stringify(value)
    case 'bigint':
      return `"${value}"`
    case 'number':
    case 'boolean':
      return `${value}`
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? `[${value.map((item) => jsonOf(item) ?? 'null').join()}]` : fieldsOf(value)
    default:
      return undefined
  }
}

/** @param written fields whose JSON is there already */
function fieldsOf(value: object, written: Readonly<Record<string, string>> = NONE, without?: string): string {
  let text = ''
  for (const name in value) {
    if (name === without) continue
    const field = written[name] ?? jsonOf((value as Record<string, unknown>)[name])
    if (field !== undefined) text += `${text === '' ? '' : ','}"${name}":${field}`
  }
  return `{${text}}`
}

const NONE: Readonly<Record<string, string>> = {}
