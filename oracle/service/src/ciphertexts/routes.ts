/** Sealed files over HTTP: served to everybody by block, taken from everybody where the ledger names them. */
import { CAR_MEDIA_TYPE, ContentError, isCid, parseCid, writeCar } from '@stellartrain/ipfs-content'
import { arrivingBody, createPlaces, type EndedBy, HttpError, type Log } from '@stellartrain/service'
import { type Context, Hono } from 'hono'
import { createClientOf } from './client.ts'
import type { BlockStore } from './store.ts'
import { type Taken, takeCar } from './take.ts'

export type RouteDeps = Readonly<{
  store: BlockStore
  /** Own documents that are on their way to the IPFS services. */
  outbox?: { block(cid: string): Promise<Uint8Array<ArrayBuffer> | undefined> }
  /** How many proxies of ours are in front. Default 0. */
  proxies?: number
  /** Counts what was not taken, by its code. */
  onRefused?: (code: string) => void
  /**
   * The challenge whose submission has this CID, and the manifest's limit for what is inside; waits a little for an own view of the
   * ledger that is behind its caller's, few of one client at once. Undefined where no challenge that this oracle accepted names it.
   */
  named(cid: string, client: string): Promise<{ challenge: number; maxBytes: number } | undefined>
  log: Log
}>

/** How many may hand over files at once, and read them. */
const AT_ONCE = 32
/** From one address, so that whoever has a single one cannot take them all. */
const PER_ADDRESS = 8
/** Less than 16 KiB in a minute is too slow, and an hour is enough for the largest file. */
const PACE = { tooSlowMs: 60_000, longestMs: 3_600_000 }
const READERS = 128
const RAW_MEDIA_TYPE = 'application/vnd.ipld.raw'
const IMMUTABLE = 'public, max-age=29030400, immutable'

/** `GET /ipfs/{cid}` as a trustless gateway, the same and `PUT`, `POST` under `/v1/content/{cid}`. */
export function contentRoutes(
  { store, outbox, named, log, proxies = 0, onRefused = () => {} }: RouteDeps,
  now: () => number = () => performance.now(),
): Hono {
  const app = new Hono()
  const clientOf = createClientOf(proxies)
  const places = createPlaces({ atOnce: AT_ONCE, perClient: PER_ADDRESS, ...PACE, now, refusal: ended })
  const readers = createPlaces({ atOnce: READERS, now, refusal: () => refused('busy') })
  const blockOf = async (cid: ReturnType<typeof parseCid>) => (await store.get(cid)) ?? outbox?.block(cid.toString())

  async function take(c: Context): Promise<Response> {
    try {
      return await taken(c)
    } catch (error) {
      // What is refused may have a body on its way: the next request must not follow it on this connection.
      c.header('connection', 'close')
      if (error instanceof HttpError || error instanceof ContentError) onRefused(error.code)
      throw error
    }
  }

  async function taken(c: Context): Promise<Response> {
    const cid = cidOf(c)
    const client = clientOf(c)
    const found = await named(cid, client)
    if (found === undefined) throw refused('not_named')
    const place = places.take(client)
    if (place === undefined) throw refused('busy')
    try {
      const file = await takeCar(cid, found.challenge, found.maxBytes, place.arriving(arrivingBody(c)), store)
      log.info('file_taken', { challenge: found.challenge, ...file })
      return answer(c, file)
    } catch (error) {
      if (error instanceof ContentError || !c.req.raw.signal.aborted) throw error
      throw new HttpError(400, 'bad_request', 'The archive ended before its last byte.')
    } finally {
      place.free()
    }
  }

  async function serve(c: Context): Promise<Response> {
    const cid = parseCid(cidOf(c))
    const format = formatOf(c)
    const etag = format === 'car' ? `W/"${cid}.car"` : `"${cid}.raw"`
    const root = await blockOf(cid)
    if (root === undefined) throw new HttpError(404, 'not_found', 'This oracle does not keep this content.')
    const headers = { etag, 'cache-control': IMMUTABLE, vary: 'accept', 'x-content-type-options': 'nosniff' }
    if (
      c.req
        .header('if-none-match')
        ?.split(',')
        .some((tag) => tag.trim() === etag)
    )
      return c.body(null, 304, headers)
    const type = format === 'raw' ? RAW_MEDIA_TYPE : `${CAR_MEDIA_TYPE}; version=1; order=dfs; dups=n`
    const length = format === 'raw' ? { 'content-length': String(root.length) } : {}
    const described = { ...headers, 'content-type': type, ...length }
    if (c.req.method === 'HEAD') return c.body(null, 200, described)
    const blocks = writeCar(parseCid(cid.toString()), async (one) => {
      const block = await blockOf(one)
      if (block === undefined) throw new Error(`block ${one} is not kept`)
      return block
    })
    return c.body(metered(format === 'raw' ? pieces(root) : blocks, clientOf(c)), 200, described)
  }

  /** Who reads slowly holds a place and memory: where all places are taken, the reader that has stalled for longest gives way. */
  function metered(content: AsyncIterable<Uint8Array>, client: string): ReadableStream<Uint8Array> {
    const place = readers.take(client)
    if (place === undefined) throw refused('busy')
    async function* counted() {
      try {
        yield* content
      } finally {
        place!.free()
      }
    }
    return place.through(ReadableStream.from(counted()) as ReadableStream<Uint8Array>)
  }

  app.get('/ipfs/:cid', serve)
  app.get('/v1/content/:cid', serve)
  app.put('/v1/content/:cid', take)
  app.post('/v1/content/:cid', take)
  return app
}

function answer(c: Context, { cid, bytes, stored }: Taken): Response {
  return c.json({ cid, bytes }, stored ? 201 : 200, { location: `/v1/content/${cid}` })
}

function cidOf(c: Context): string {
  const cid = c.req.param('cid') ?? ''
  if (isCid(cid)) return cid
  throw new HttpError(
    400,
    'bad_cid',
    'Not a CID that StellarTrain uses: CIDv1 in base32, codec raw or dag-pb, sha2-256.',
  )
}

function formatOf(c: Context): 'raw' | 'car' {
  const asked = c.req.query('format')
  const accept = c.req.header('accept') ?? ''
  if (asked === 'car' || (asked === undefined && accept.includes(CAR_MEDIA_TYPE))) return 'car'
  if (asked === 'raw' || asked === undefined) return 'raw'
  throw new HttpError(400, 'not_supported', 'Sealed files are served with format=raw and format=car.')
}

function ended(why: EndedBy): HttpError {
  if (why === 'displaced') return refused('busy')
  const what = why === 'too_slow' ? 'brought too little for a minute' : 'took longer than an hour'
  return new HttpError(408, why, `The archive ${what}. Send it again from a faster connection.`)
}

function refused(code: 'not_named' | 'busy'): HttpError {
  if (code === 'busy')
    return new HttpError(503, code, 'Too many files at once. Try again in a few seconds.', {
      headers: { 'retry-after': '5' },
    })
  const message =
    'No submission to a challenge that this oracle accepted has this CID. Submit it first, then hand the file over.'
  return new HttpError(404, code, message, { headers: { 'retry-after': '5' } })
}

const STATUS: Partial<Record<ContentError['code'], number>> = {
  bad_car: 400,
  too_large: 413,
  not_a_file: 422,
  disk_full: 507,
}

/** What is wrong with content, as an answer. */
export function contentProblem(error: Error): HttpError | undefined {
  if (!(error instanceof ContentError)) return undefined
  const status = STATUS[error.code]
  return status === undefined ? undefined : new HttpError(status, error.code, error.message)
}

/** In pieces, so that it shows whether somebody reads them. */
async function* pieces(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}
