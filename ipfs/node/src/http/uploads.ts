/** Uploads of signed-in accounts: the raw bytes of one file, or its archive. */
import { CAR_MEDIA_TYPE } from '@stellartrain/ipfs-content/car'
import { parseCid } from '@stellartrain/ipfs-content/cid'
import { createPlaces, type EndedBy, type Log, type Places } from '@stellartrain/service'
import { type Context, Hono } from 'hono'
import type { Sessions } from '../auth/session.ts'
import type { Named } from '../chain/named.ts'
import { IpfsError } from '../errors.ts'
import type { IpfsMetrics } from '../metrics.ts'
import type { Added, IpfsNode } from '../store/node.ts'
import { tooLarge } from '../store/spool.ts'
import type { AddressBudget } from './address-budget.ts'
import type { ClientOf } from './client.ts'

/** How many uploads may be on their way at once; each needs its size on disk. */
const AT_ONCE = 16
/** Beside these, of the makers and oracles of challenges: accounts that no stranger can have for nothing. */
const AT_ONCE_WITH_PART = 16
const PER_ACCOUNT = 4
const PER_ADDRESS = 4

export type UploadDeps = {
  node: IpfsNode
  sessions: Sessions
  named: Named | null
  maxUploadBytes: number
  budget: AddressBudget
  clientOf: ClientOf
  metrics: IpfsMetrics
  log: Log
  onPinned: (cid: string) => void
}

/** Less than 16 KiB in a minute is too slow, and two hours are enough for the largest file. */
export const UPLOAD_PACE = { tooSlowMs: 60_000, longestMs: 2 * 3_600_000 }

export function uploads(deps: UploadDeps): Hono {
  const { node, sessions, named, maxUploadBytes, budget, clientOf, metrics, log, onPinned } = deps
  const app = new Hono()
  const pool = (atOnce: number) =>
    createPlaces({ atOnce, perClient: PER_ACCOUNT, ...UPLOAD_PACE, refusal: uploadEnded })
  const strangers = pool(AT_ONCE)
  const withPart = pool(AT_ONCE_WITH_PART)
  const addresses = createPlaces({
    atOnce: Number.POSITIVE_INFINITY,
    perClient: PER_ADDRESS,
    ...UPLOAD_PACE,
    refusal: uploadEnded,
  })
  // What is refused may have a body on its way: the next request must not follow it on this connection.
  app.use(async (c, next) => {
    await next()
    if (!c.error) return
    c.header('connection', 'close')
    metrics.refused(c.error instanceof IpfsError ? c.error.code : 'internal')
  })

  /** Those who have no part share the places of strangers, whatever their number of keys and addresses. */
  function placeFor(account: string, address: string | null) {
    const places: Places = named?.hasPart(account) ? withPart : strangers
    const own = address === null ? undefined : addresses.take(address)
    if (address !== null && own === undefined) throw uploadEnded('displaced')
    const place = places.take(account)
    if (place === undefined) {
      own?.free()
      throw uploadEnded('displaced')
    }
    metrics.running(strangers.taken + withPart.taken)
    return {
      through: (body: ReadableStream<Uint8Array>) => place.through(own ? own.through(body) : body),
      free() {
        place.free()
        own?.free()
        metrics.running(strangers.taken + withPart.taken)
      },
    }
  }

  async function take(
    c: Context,
    store: (account: string, body: AsyncIterable<Uint8Array> | null, at: number | null) => Promise<Added>,
  ): Promise<Response> {
    const account = await sessions.accountOf(c.req.header('authorization'))
    const address = clientOf(c)
    const stated = Number(c.req.header('content-length') ?? 0)
    // Believed only where it saves the caller from sending in vain.
    if (stated > maxUploadBytes * 1.01 + 65_536) throw tooLarge(maxUploadBytes)
    budget.check(address, Math.max(stated, 1))
    const place = placeFor(account, address)
    const { body } = c.req.raw
    try {
      const at = named === null ? Math.floor(Date.now() / 1000) : (named.clock()?.closedAt ?? null)
      const added = await store(account, body && place.through(body), at)
      budget.spend(address, added.bytes)
      onPinned(added.cid)
      metrics.uploaded(added.bytes)
      log.info('uploaded', { account, ...added })
      return c.json(added, 201, { location: `/ipfs/${added.cid}` })
    } catch (error) {
      if (error instanceof IpfsError || !c.req.raw.signal.aborted) throw error
      log.info('upload_aborted', { account })
      throw new IpfsError('bad_request', 'The upload ended before its last byte.')
    } finally {
      place.free()
    }
  }

  app.post('/', (c) => take(c, node.add))
  app.put('/:cid', async (c) => {
    const cid = parseCid(c.req.param('cid')).toString()
    if (!c.req.header('content-type')?.startsWith(CAR_MEDIA_TYPE))
      throw new IpfsError(
        'bad_request',
        `Send the file as an archive, root first, with the content type ${CAR_MEDIA_TYPE}.`,
      )
    return take(c, (account, body, at) => node.addArchive(account, cid, body ?? nothing(), at))
  })
  return app
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** Why an upload was ended, or did not begin. */
export function uploadEnded(why: EndedBy): IpfsError {
  if (why === 'too_slow')
    return new IpfsError(
      'too_slow',
      'The upload brought too little for a minute. Send it again from a faster connection.',
    )
  if (why === 'too_long') return new IpfsError('too_long', 'The upload took longer than two hours. Send it in parts.')
  const headers = { 'retry-after': '5' }
  return new IpfsError('busy', 'Too many uploads at once. Try again in a few seconds.', { headers })
}
