/** The shapes of the Pinning Service API 1.0 (ipfs/pinning-services-api-spec), as a server takes them and as a client reads them. */
import { z } from 'zod'

export const STATUSES = ['queued', 'pinning', 'pinned', 'failed'] as const
const MATCHES = ['exact', 'iexact', 'partial', 'ipartial'] as const

const texts = z.record(z.string().max(1_000), z.string().max(1_000)).refine((all) => Object.keys(all).length <= 100)
const unique = (items: readonly string[]) => new Set(items).size === items.length

export const pinSchema = z.object({
  cid: z.string().min(1).max(512),
  name: z.string().max(255).optional(),
  origins: z.array(z.string().max(500)).max(20).refine(unique).optional(),
  meta: texts.optional(),
})
export type Pin = z.output<typeof pinSchema>

/** The most that a pin object takes here, JSON in UTF-8. */
export const MOST_PIN_BYTES = 3_072
const fits = (pin: unknown) => Buffer.byteLength(JSON.stringify(pin)) <= MOST_PIN_BYTES
/** What this service takes: a record costs nothing else, so names, origins and meta are a few kB together. */
export const askedPinSchema = pinSchema.refine(fits, {
  message: `the pin object has more than ${MOST_PIN_BYTES} bytes: send less in meta and origins`,
})

export const pinStatusSchema = z.object({
  requestid: z.string().min(1),
  status: z.enum(STATUSES),
  created: z.iso.datetime({ offset: true }),
  pin: pinSchema,
  delegates: z.array(z.string()),
  info: z.record(z.string(), z.string()).optional(),
})
export type PinStatus = z.output<typeof pinStatusSchema>

export const pinResultsSchema = z.object({ count: z.int().min(0), results: z.array(pinStatusSchema).max(1000) })

export const failureSchema = z.object({ error: z.object({ reason: z.string(), details: z.string().optional() }) })

const json = z
  .string()
  .max(10_000)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: 'is not JSON' })
      return z.NEVER
    }
  })

export const querySchema = z.object({
  cid: z.array(z.string().max(512)).max(10).refine(unique),
  name: z.string().max(255).optional(),
  match: z.enum(MATCHES).default('exact'),
  status: z.array(z.enum(STATUSES)),
  before: z.iso.datetime({ offset: true }).optional(),
  after: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(10),
  meta: json.pipe(texts).optional(),
})
export type PinQuery = z.output<typeof querySchema>

/** Whether a pin's name is what was asked for. */
export function nameMatches(
  name: string | undefined,
  { name: asked, match }: Pick<PinQuery, 'name' | 'match'>,
): boolean {
  if (asked === undefined) return true
  if (name === undefined) return false
  const [one, other] = match.startsWith('i') ? [name.toLowerCase(), asked.toLowerCase()] : [name, asked]
  return match.endsWith('partial') ? one.includes(other) : one === other
}
