/** Uploads: the raw bytes of one file from somebody who is signed in. */
import { Hono } from 'hono'
import type { Sessions } from '../auth/session.ts'
import { IpfsError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { IpfsNode } from '../store/node.ts'
import { tooLarge } from '../store/spool.ts'

/** How many uploads may be on their way at once; each needs its size on disk. */
const AT_ONCE = 16

export type UploadDeps = {
  node: IpfsNode
  sessions: Sessions
  maxUploadBytes: number
  log: Log
  onPinned: (cid: string) => void
}

export function uploads({ node, sessions, maxUploadBytes, log, onPinned }: UploadDeps): Hono {
  const app = new Hono()
  let running = 0
  // What is refused may have a body on its way: nobody should send the next request behind it.
  app.use(async (c, next) => {
    await next()
    if (c.error) c.header('connection', 'close')
  })
  app.post('/', async (c) => {
    const account = await sessions.accountOf(c.req.header('authorization'))
    // Believed only where it saves the caller from sending in vain.
    if (Number(c.req.header('content-length') ?? 0) > maxUploadBytes) throw tooLarge(maxUploadBytes)
    if (running >= AT_ONCE) {
      const headers = { 'retry-after': '5' }
      throw new IpfsError('busy', 'Too many uploads at once. Try again in a few seconds.', { headers })
    }
    running++
    try {
      const added = await node.add(account, c.req.raw.body)
      onPinned(added.cid)
      log('info', 'uploaded', { account, ...added })
      return c.json(added, 201, { location: `/ipfs/${added.cid}` })
    } catch (error) {
      if (error instanceof IpfsError || !c.req.raw.signal.aborted) throw error
      log('info', 'upload_aborted', { account })
      throw new IpfsError('bad_request', 'The upload broke off.')
    } finally {
      running--
    }
  })
  return app
}
