/** Uploads: the raw bytes of one file from a signed-in account. */
import { createPlaces, type Log } from '@stellartrain/service'
import { Hono } from 'hono'
import type { Sessions } from '../auth/session.ts'
import { IpfsError } from '../errors.ts'
import type { IpfsMetrics } from '../metrics.ts'
import type { IpfsNode } from '../store/node.ts'
import { tooLarge } from '../store/spool.ts'

/** How many uploads may be on their way at once; each needs its size on disk. */
const AT_ONCE = 16

export type UploadDeps = {
  node: IpfsNode
  sessions: Sessions
  maxUploadBytes: number
  metrics: IpfsMetrics
  log: Log
  onPinned: (cid: string) => void
}

export function uploads({ node, sessions, maxUploadBytes, metrics, log, onPinned }: UploadDeps): Hono {
  const app = new Hono()
  const places = createPlaces({ atOnce: AT_ONCE, refusal: busy })
  // What is refused may have a body on its way: the next request must not follow it on this connection.
  app.use(async (c, next) => {
    await next()
    if (!c.error) return
    c.header('connection', 'close')
    metrics.refused(c.error instanceof IpfsError ? c.error.code : 'internal')
  })
  app.post('/', async (c) => {
    const account = await sessions.accountOf(c.req.header('authorization'))
    // Believed only where it saves the caller from sending in vain.
    if (Number(c.req.header('content-length') ?? 0) > maxUploadBytes) throw tooLarge(maxUploadBytes)
    const place = places.take()
    if (place === undefined) throw busy()
    metrics.running(places.taken)
    const { body } = c.req.raw
    try {
      const added = await node.add(account, body && place.through(body))
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
      metrics.running(places.taken)
    }
  })
  return app
}

function busy(): IpfsError {
  const headers = { 'retry-after': '5' }
  return new IpfsError('busy', 'Too many uploads at once. Try again in a few seconds.', { headers })
}
