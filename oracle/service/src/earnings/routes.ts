/** Work by earnings over HTTP: batches, appeals and decisions carry their own signatures, so no sign-in is needed. */
import { ContentError, isAddress } from '@stellartrain/ipfs-content'
import { checkAppeal, checkReview, checkSignedBatch } from '@stellartrain/ipfs-content/work'
import { createPlaces, HttpError } from '@stellartrain/service'
import { Hono } from 'hono'
import { busy, createArrivingJson } from '../arriving-json.ts'
import { createClientOf } from '../ciphertexts/client.ts'
import type { Earnings } from './service.ts'

/** The largest sealed batch as base64; the challenge's own limit is checked beside. */
const MOST_BYTES = 24 * 1024 * 1024
/** Batches that are opened and judged at once, and of one address: each is in memory until then, and any key can sign one. */
const JUDGED_AT_ONCE = 16
const PER_ADDRESS = 4

/** @param proxies how many proxies of ours are in front @param now milliseconds that only grow; a test has a clock of its own */
export function workRoutes(earnings: Earnings, proxies = 0, now?: () => number): Hono {
  const app = new Hono()
  const tooLarge = `A batch is smaller than ${MOST_BYTES} bytes.`
  const bodyOf = createArrivingJson({ mostBytes: MOST_BYTES, tooLarge, proxies, now })
  const clientOf = createClientOf(proxies)
  const judging = createPlaces({
    ...{ atOnce: JUDGED_AT_ONCE, perClient: PER_ADDRESS },
    // Nothing moves here: who is at work stays.
    ...{ stalledMs: Number.POSITIVE_INFINITY, refusal: busy },
  })

  app.put('/v1/work/batches', async (c) => {
    const { challenge, batch, sealed } = await bodyOf(c)
    if (typeof sealed !== 'string') throw new HttpError(400, 'bad_request', '`sealed` is the file in base64.')
    const signed = read(() => checkSignedBatch(batch))
    const place = judging.take(clientOf(c))
    if (place === undefined) throw busy()
    try {
      await earnings.take(numberIn(challenge), signed, new Uint8Array(Buffer.from(sealed, 'base64')))
    } finally {
      place.free()
    }
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
