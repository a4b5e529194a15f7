/** The field types that all our JSON documents share, and how a broken document is reported. */
import * as z from 'zod/mini'
import { text, utf8 } from '../encoding/bytes.ts'
import { isCid } from '../encoding/cid.ts'
import { isAddress, isContract } from '../encoding/strkey.ts'
import { ContentError, type ContentErrorCode } from '../errors.ts'
import { LINE } from './limits.ts'

// The small build of zod has no sentences of its own.
z.config(z.locales.en())

/** A string of `pattern`; the test, if there is one, runs only on what matches. */
export const matching = (pattern: RegExp, test?: (text: string) => boolean, error?: string) => {
  const matches = z.string().check(z.regex(pattern, { abort: true }))
  return test ? matches.check(z.refine(test, error ? { error } : {})) : matches
}
export const textOf = (max: number, min = 1) => z.string().check(z.minLength(min), z.maxLength(max))
export const integer = (min: number, max: number) => z.int().check(z.minimum(min), z.maximum(max))

export const cid = matching(/^baf[a-z2-7]{56}$/, isCid, 'not a CIDv1 with codec raw or dag-pb and sha2-256')
export const address = matching(/^[GC][A-Z2-7]{55}$/, isAddress, 'not a Stellar address')
export const contract = matching(/^C[A-Z2-7]{55}$/, isContract, 'not a contract address')
export const hex32 = matching(/^[0-9a-f]{64}$/)
export const hex64 = matching(/^[0-9a-f]{128}$/)
/** Unix seconds; the bound is the largest that a date in JavaScript can show. */
export const unixTime = integer(0, 8_640_000_000_000)
export const count = integer(0, Number.MAX_SAFE_INTEGER)
export const positive = integer(1, 0xffff_ffff)
/** A label for people: one line, no control characters. */
export const line = (max: number) => textOf(max).check(z.regex(LINE, { error: 'control characters are not allowed' }))

/** A list of `min` to `max` items, each with another `key` if one is given. */
export function list<S extends z.ZodMiniType>(item: S, min: number, max: number, key?: (item: z.output<S>) => string) {
  const bounded = z.array(item).check(z.minLength(min), z.maxLength(max))
  if (!key) return bounded
  const distinct = (items: z.output<S>[]) => new Set(items.map(key)).size === items.length
  return bounded.check(z.refine(distinct, { error: 'the items are not distinct' }))
}

/** Rows of a document that are about submissions stand in the order of their numbers, each once. */
export const ascending = () =>
  z.refine<readonly { number: number }[]>(
    (all) => all.every(({ number }, at) => at === 0 || number > all[at - 1]!.number),
    { error: 'numbers do not ascend' },
  )

/**
 * Reads a JSON document of at most `maxBytes` bytes.
 * @throws ContentError `code`, with every field's problem in `problems`.
 */
export function parseDocument<S extends z.ZodMiniType>(
  schema: S,
  bytes: Uint8Array,
  what: { code: ContentErrorCode; name: string; maxBytes: number },
): z.output<S> {
  if (bytes.length > what.maxBytes) {
    throw new ContentError(what.code, `The ${what.name} is larger than ${what.maxBytes} bytes.`)
  }
  let value: unknown
  try {
    value = JSON.parse(text(bytes))
  } catch (cause) {
    throw new ContentError(what.code, `The ${what.name} is not JSON in UTF-8.`, { cause })
  }
  return checkDocument(schema, value, what)
}

/** The same for a value that is already parsed. @throws ContentError `code` */
export function checkDocument<S extends z.ZodMiniType>(
  schema: S,
  value: unknown,
  what: { code: ContentErrorCode; name: string },
): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const problems = result.error.issues
    .slice(0, 20)
    .map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  const first = problems[0]
  const where = first?.path ? ` at ${first.path}` : ''
  throw new ContentError(what.code, `The ${what.name} breaks its format${where}: ${first?.message ?? 'invalid'}.`, {
    problems,
  })
}

/** Bytes for IPFS: the schema is checked on the way out too, so that nothing unreadable is published. */
export function encodeDocument<S extends z.ZodMiniType>(
  schema: S,
  value: unknown,
  what: { code: ContentErrorCode; name: string; maxBytes: number },
): Uint8Array<ArrayBuffer> {
  const bytes = utf8(`${JSON.stringify(checkDocument(schema, value, what), null, 2)}\n`)
  if (bytes.length > what.maxBytes) {
    throw new ContentError(what.code, `The ${what.name} is larger than ${what.maxBytes} bytes; shorten its texts.`)
  }
  return bytes
}
