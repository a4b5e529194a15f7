/** `/pins`: the Pinning Service API 1.0, for signed-in accounts; its errors have the shape that it describes. */
import { createPlaces, type Log, onError } from '@stellartrain/service'
import type { Sessions } from '@stellartrain/service/sign-in'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { z } from 'zod'
import { asIpfsError, IpfsError } from '../errors.ts'
import type { PinObjects } from '../pins/objects.ts'
import { askedPinSchema, MOST_PIN_BYTES, querySchema } from '../pins/shapes.ts'
import type { ClientOf } from './client.ts'

/** Requests that are worked on at once, and of one address: each looks through an account's objects. */
const AT_ONCE = 16
const PER_CLIENT = 8
/** What a request may have, its white space and escapes with it. */
const MOST_BODY_BYTES = 16_384

export type PinsDeps = {
  pins: (c: Context) => PinObjects
  sessions: Sessions
  clientOf: ClientOf
  /** Unix seconds by the ledger's time, null where it is not known. */
  at: () => number | null
  log: Log
}

export function pins({ pins, sessions, clientOf, at, log }: PinsDeps): Hono {
  const app = new Hono()
  const account = (c: Context) => sessions.accountOf(c.req.header('authorization'))
  const inner = onError(log, asIpfsError)
  app.onError(async (error, c) => {
    const answer = await inner(error, c)
    const { code, detail } = (await answer.json()) as { code: string; detail: string }
    const body = { error: { reason: code.toUpperCase(), details: detail } }
    const headers = new Headers(answer.headers)
    headers.set('content-type', 'application/json')
    return new Response(JSON.stringify(body), { status: answer.status, headers })
  })
  const tooLarge = () => {
    throw new IpfsError('too_large', `A pin object has at most ${MOST_PIN_BYTES} bytes.`)
  }
  app.use(bodyLimit({ maxSize: MOST_BODY_BYTES, onError: tooLarge }))

  const places = createPlaces({
    ...{ atOnce: AT_ONCE, perClient: PER_CLIENT },
    // Nothing moves here, and nothing waits for a client either: who is at work stays.
    stalledMs: Number.POSITIVE_INFINITY,
    refusal: busy,
  })
  async function inPlace<T>(c: Context, who: string, work: (pins: PinObjects) => Promise<T>): Promise<T> {
    const place = places.take(clientOf(c) ?? who)
    if (place === undefined) throw busy()
    try {
      return await work(pins(c))
    } finally {
      place.free()
    }
  }

  app.get('/', async (c) => {
    const who = await account(c)
    const query = checked(querySchema, {
      ...c.req.query(),
      cid: c.req.queries('cid') ?? [],
      status: c.req.queries('status') ?? [],
    })
    return c.json(await inPlace(c, who, (pins) => pins.list(who, query, at())))
  })
  app.post('/', async (c) => {
    const who = await account(c)
    const pin = await bodyOf(c)
    return c.json(await inPlace(c, who, (pins) => pins.add(who, pin, at())), 202)
  })
  app.get('/:requestid', async (c) => {
    const who = await account(c)
    return c.json(await inPlace(c, who, (pins) => pins.get(who, c.req.param('requestid'), at())))
  })
  app.post('/:requestid', async (c) => {
    const who = await account(c)
    const pin = await bodyOf(c)
    const old = c.req.param('requestid')
    const added = await inPlace(c, who, async (pins) => {
      // The old one must be there; it goes last, so that blocks of both stay.
      await pins.get(who, old, at())
      const one = await pins.add(who, pin, at())
      await pins.remove(who, old)
      return one
    })
    return c.json(added, 202)
  })
  app.delete('/:requestid', async (c) => {
    const who = await account(c)
    await inPlace(c, who, (pins) => pins.remove(who, c.req.param('requestid')))
    return c.body(null, 202)
  })
  return app
}

const bodyOf = async (c: Context) => checked(askedPinSchema, await c.req.json().catch(() => null))

function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [first] = result.error.issues
  const where = first?.path.join('.') || 'the request'
  throw new IpfsError('bad_request', `Wrong ${where}: ${first?.message}.`)
}

function busy(): IpfsError {
  return new IpfsError('busy', 'Too many requests at once. Try again in a second.', { headers: { 'retry-after': '1' } })
}
