/** The field types that all our JSON documents share, and how a broken document is reported. */
import { z } from 'zod'
import { text, utf8 } from './bytes.ts'
import { isCid } from './cid.ts'
import { ContentError, type ContentErrorCode } from './errors.ts'
import { isAddress, isContract } from './strkey.ts'

export const cid = z
  .string()
  .regex(/^baf[a-z2-7]{56}$/)
  .refine(isCid, 'not a CIDv1 with codec raw or dag-pb and sha2-256')
export const address = z
  .string()
  .regex(/^[GC][A-Z2-7]{55}$/)
  .refine(isAddress, 'not a Stellar address')
export const contract = z
  .string()
  .regex(/^C[A-Z2-7]{55}$/)
  .refine(isContract, 'not a contract address')
export const hex32 = z.string().regex(/^[0-9a-f]{64}$/)
export const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
export const positive = z.number().int().min(1).max(0xffff_ffff)
/** A label for people: one line, no control characters. */
export const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}+$/u, 'control characters are not allowed')

export function distinct<T>(key: (item: T) => string) {
  return (items: T[]) => new Set(items.map(key)).size === items.length
}

/**
 * Reads a JSON document of at most `maxBytes` bytes.
 * @throws ContentError `code`, with every field's problem in `problems`.
 */
export function parseDocument<S extends z.ZodType>(
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
export function checkDocument<S extends z.ZodType>(
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
export function encodeDocument<S extends z.ZodType>(
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
