/** Work by earnings over HTTP: batches, appeals and decisions carry their own signatures, so no sign-in is needed. */
import { ContentError, isAddress } from '@stellartrain/ipfs-content'
import { checkAppeal, checkReview, checkSignedBatch } from '@stellartrain/ipfs-content/work'
import { arrivingBody, createPlaces, HttpError } from '@stellartrain/service'
import { type Context, Hono } from 'hono'
import { createClientOf } from '../ciphertexts/client.ts'
import type { Earnings } from './service.ts'

/** The largest sealed batch as base64; the challenge's own limit is checked beside. */
const MOST_BYTES = 24 * 1024 * 1024
/** Bodies on their way, and of one address. */
const AT_ONCE = 64
const PER_ADDRESS = 8
/** Less than 16 KiB in half a minute is too slow, and ten minutes are enough for the largest. */
const PACE = { tooSlowMs: 30_000, longestMs: 600_000 }

/** @param proxies how many proxies of ours are in front @param now milliseconds that only grow; a test has a clock of its own */
export function workRoutes(earnings: Earnings, proxies = 0, now: () => number = () => performance.now()): Hono {
  const app = new Hono()
  const clientOf = createClientOf(proxies)
  const places = createPlaces({ atOnce: AT_ONCE, perClient: PER_ADDRESS, ...PACE, now, refusal: busy })
  /** Whoever stalls gives its place to the next: bodies that drip keep no labeler and no oracle away. */
  async function bodyOf(c: Context): Promise<Record<string, unknown>> {
    const place = places.take(clientOf(c))
    if (place === undefined) throw busy()
    const pieces: Uint8Array[] = []
    let length = 0
    try {
      for await (const piece of place.arriving(arrivingBody(c))) {
        length += piece.length
        if (length > MOST_BYTES) throw new HttpError(413, 'too_large', `A batch is smaller than ${MOST_BYTES} bytes.`)
        pieces.push(piece)
      }
    } catch (error) {
      // The rest of the body must not be taken for the next request.
      c.header('connection', 'close')
      throw error
    } finally {
      place.free()
    }
    return objectIn(Buffer.concat(pieces).toString())
  }

  app.put('/v1/work/batches', async (c) => {
    const { challenge, batch, sealed } = await bodyOf(c)
    if (typeof sealed !== 'string') throw new HttpError(400, 'bad_request', '`sealed` is the file in base64.')
    const bytes = new Uint8Array(Buffer.from(sealed, 'base64'))
    await earnings.take(
      numberIn(challenge),
      read(() => checkSignedBatch(batch)),
      bytes,
    )
    return c.body(null, 204)
  })
  app.put('/v1/work/appeals', async (c) => {
    const { challenge, appeal } = await bodyOf(c)
    await earnings.appeal(
      numberIn(challenge),
      read(() => checkAppeal(appeal)),
    )
    return c.body(null, 204)
  })
  app.put('/v1/work/reviews', async (c) => {
    const { challenge, review } = await bodyOf(c)
    await earnings.review(
      numberIn(challenge),
      read(() => checkReview(review)),
    )
    return c.body(null, 204)
  })
  app.get('/v1/work/challenges/:id/batches/:sha256', async (c) => {
    const found = await earnings.batch(numberIn(Number(c.req.param('id'))), c.req.param('sha256'))
    if (found === undefined) throw notHere()
    return c.json({ ...found, sealed: Buffer.from(found.sealed).toString('base64') })
  })
  app.get('/v1/work/challenges/:id/epochs/:epoch', async (c) => {
    const list = await earnings.list(numberIn(Number(c.req.param('id'))), Number(c.req.param('epoch')))
    if (list === undefined) throw notHere()
    return c.json(list)
  })
  app.get('/v1/work/challenges/:id/results', async (c) => {
    const { sealed, bytes } = await earnings.results(numberIn(Number(c.req.param('id'))))
    return c.body(bytes, 200, { 'content-type': sealed ? 'application/octet-stream' : 'application/json' })
  })
  app.get('/v1/work/challenges/:id/labelers/:labeler', async (c) => {
    const labeler = c.req.param('labeler')
    if (!isAddress(labeler)) throw new HttpError(400, 'bad_request', 'A labeler is an account, G….')
    return c.json(await earnings.own(numberIn(Number(c.req.param('id'))), labeler))
  })
  app.get('/v1/work/challenges/:id/appeals', async (c) =>
    c.json(await earnings.reviews(numberIn(Number(c.req.param('id'))))),
  )
  return app
}

const notHere = () => new HttpError(404, 'not_found', 'This oracle does not have it.')

const busy = () =>
  new HttpError(503, 'busy', 'Too many requests at once. Try again in a few seconds.', {
    headers: { 'retry-after': '2' },
  })

function objectIn(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>
  } catch {
    // what follows says it
  }
  throw new HttpError(400, 'bad_request', 'Send a JSON object, as docs/api.md shows.')
}

function numberIn(value: unknown): number {
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 0xffff_ffff) return Number(value)
  throw new HttpError(400, 'bad_request', '`challenge` is the number of a challenge.')
}

function read<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    throw new HttpError(400, 'bad_request', error.message)
  }
}
