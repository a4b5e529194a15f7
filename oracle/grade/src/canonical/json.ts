/** JSON as RFC 8785 (JCS) writes it: equal values have equal text. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Throws `TypeError` for what I-JSON does not have: numbers that are not finite, lone surrogates, undefined and other types. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = value as Readonly<Record<string, Json>>
    // JavaScript's order of strings is the one by UTF-16 units that the RFC asks for.
    const keys = Object.keys(members).sort()
    return `{${keys.map((key) => `${primitive(key)}:${canonicalJson(members[key]!)}`).join(',')}}`
  }
  return primitive(value as null | boolean | number | string)
}

/** The RFC takes numbers and strings as ECMAScript writes them, −0 as 0. */
function primitive(value: null | boolean | number | string): string {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError('JSON has no number that is not finite.')
  if (typeof value === 'string' && !value.isWellFormed()) throw new TypeError('JSON has no lone surrogates.')
  const text = JSON.stringify(value) as string | undefined
  if (text === undefined) throw new TypeError(`JSON has no ${typeof value}.`)
  return text
}
