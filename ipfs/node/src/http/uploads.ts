/** Uploads of signed-in accounts: the raw bytes of one file, or its archive. */
import { CAR_MEDIA_TYPE } from '@stellartrain/ipfs-content/car'
import { parseCid } from '@stellartrain/ipfs-content/cid'
import { arrivingBody, type Log } from '@stellartrain/service'
import type { Sessions } from '@stellartrain/service/sign-in'
import { type Context, Hono } from 'hono'
import type { Named } from '../chain/named.ts'
import { IpfsError, tooLarge } from '../errors.ts'
import type { IpfsMetrics } from '../metrics.ts'
import type { Added, IpfsNode } from '../store/node.ts'
import type { AddressBudget } from './address-budget.ts'
import type { ClientOf, HolderOf } from './client.ts'
import type { UploadPlaces } from './upload-places.ts'

export type UploadDeps = {
  node: IpfsNode
  sessions: Sessions
  named: Named | null
  places: UploadPlaces
  maxUploadBytes: number
  budget: AddressBudget
  clientOf: ClientOf
  holderOf: HolderOf
  metrics: IpfsMetrics
  log: Log
  onPinned: (cid: string) => void
}

type Upload = Parameters<IpfsNode['add']>

export function uploads(deps: UploadDeps): Hono {
  const { node, sessions, named, places, maxUploadBytes, budget, clientOf, holderOf, metrics, log, onPinned } = deps
  const app = new Hono()
  // What is refused may have a body on its way: the next request must not follow it on this connection.
  app.use(async (c, next) => {
    await next()
    if (!c.error) return
    c.header('connection', 'close')
    metrics.refused(c.error instanceof IpfsError ? c.error.code : 'internal')
  })

  async function take(
    c: Context,
    store: (...upload: Upload) => Promise<Added[]>,
    answer: (files: Added[]) => Response,
  ): Promise<Response> {
    const account = await sessions.accountOf(c.req.header('authorization'))
    const address = clientOf(c)
    const stated = Number(c.req.header('content-length') ?? 0)
    // Believed only where it saves the caller from sending in vain.
    if (stated > maxUploadBytes * 1.01 + 65_536) throw tooLarge(maxUploadBytes)
    budget.check(address, Math.max(stated, 1))
    const place = places.take(account, address)
    try {
      const at = named === null ? Math.floor(Date.now() / 1000) : (named.clock()?.closedAt ?? null)
      const files = await store(account, place.arriving(arrivingBody(c)), at, holderOf(c, account))
      for (const { cid, bytes } of files) {
        budget.spend(address, bytes)
        onPinned(cid)
        metrics.uploaded(bytes)
      }
      const [first] = files
      log.info('uploaded', { account, ...(files.length === 1 ? first : { files: files.length }) })
      return answer(files)
    } catch (error) {
      if (error instanceof IpfsError || !c.req.raw.signal.aborted) throw error
      log.info('upload_aborted', { account })
      throw new IpfsError('bad_request', 'The upload ended before its last byte.')
    } finally {
      place.free()
    }
  }

  const one = (c: Context) => (files: Added[]) => {
    const added = files[0]!
    return c.json(added, 201, { location: `/ipfs/${added.cid}` })
  }
  app.post('/', (c) => take(c, async (...upload) => [await node.add(...upload)], one(c)))
  app.post('/files', (c) => {
    checkIsCar(c, 'Send the files as an archive, its roots in the order of the files')
    return take(c, node.addArchives, (files) => c.json({ files }, 201))
  })
  app.put('/:cid', (c) => {
    const cid = parseCid(c.req.param('cid')).toString()
    checkIsCar(c, 'Send the file as an archive, root first')
    return take(c, async (account, ...upload) => [await node.addArchive(account, cid, ...upload)], one(c))
  })
  return app
}

function checkIsCar(c: Context, what: string): void {
  if (!c.req.header('content-type')?.startsWith(CAR_MEDIA_TYPE))
    throw new IpfsError('bad_request', `${what}, with the content type ${CAR_MEDIA_TYPE}.`)
}
