/** `/pins`: the Pinning Service API 1.0, for signed-in accounts; its errors have the shape that it describes. */
import { type Log, onError } from '@stellartrain/service'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { z } from 'zod'
import type { Sessions } from '../auth/session.ts'
import { asIpfsError, IpfsError } from '../errors.ts'
import type { PinObjects } from '../pins/objects.ts'
import { pinSchema, querySchema } from '../pins/shapes.ts'

export type PinsDeps = {
  pins: (c: Context) => PinObjects
  sessions: Sessions
  /** Unix seconds by the ledger's time, null where it is not known. */
  at: () => number | null
  log: Log
}

export function pins({ pins, sessions, at, log }: PinsDeps): Hono {
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
    throw new IpfsError('too_large', 'A pin object has at most 100 kB.')
  }
  app.use(bodyLimit({ maxSize: 100_000, onError: tooLarge }))

  app.get('/', async (c) => {
    const who = await account(c)
    const query = checked(querySchema, {
      ...c.req.query(),
      cid: c.req.queries('cid') ?? [],
      status: c.req.queries('status') ?? [],
    })
    return c.json(await pins(c).list(who, query, at()))
  })
  app.post('/', async (c) => {
    const who = await account(c)
    return c.json(await pins(c).add(who, await bodyOf(c), at()), 202)
  })
  app.get('/:requestid', async (c) => c.json(await pins(c).get(await account(c), c.req.param('requestid'), at())))
  app.post('/:requestid', async (c) => {
    const who = await account(c)
    const pin = await bodyOf(c)
    const old = c.req.param('requestid')
    // The old one must be there; it goes last, so that blocks of both stay.
    await pins(c).get(who, old, at())
    const added = await pins(c).add(who, pin, at())
    await pins(c).remove(who, old)
    return c.json(added, 202)
  })
  app.delete('/:requestid', async (c) => {
    await pins(c).remove(await account(c), c.req.param('requestid'))
    return c.body(null, 202)
  })
  return app
}

const bodyOf = async (c: Context) => checked(pinSchema, await c.req.json().catch(() => null))

function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [first] = result.error.issues
  const where = first?.path.join('.') || 'the request'
  throw new IpfsError('bad_request', `Wrong ${where}: ${first?.message}.`)
}
