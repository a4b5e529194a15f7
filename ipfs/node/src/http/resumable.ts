/** Resumable uploads by tus 1.0.0 (https://tus.io/protocols/resumable-upload): core, creation, termination and expiration. */
import { arrivingBody } from '@stellartrain/service'
import type { Sessions } from '@stellartrain/service/sign-in'
import { type Context, Hono } from 'hono'
import { IpfsError, tooLarge } from '../errors.ts'
import type { IpfsMetrics } from '../metrics.ts'
import type { IpfsNode } from '../store/node.ts'
import type { Resumable, ResumableUploads } from '../store/resumable.ts'
import type { AddressBudget } from './address-budget.ts'
import type { ClientOf, HolderOf } from './client.ts'
import type { UploadPlaces } from './upload-places.ts'

const VERSION = '1.0.0'
export const TUS_HEADERS = [
  'tus-resumable',
  'tus-version',
  'tus-extension',
  'tus-max-size',
  'upload-offset',
  'upload-length',
  'upload-expires',
  'x-content-cid',
]

export type ResumableDeps = {
  node: Pick<IpfsNode, 'addWhole'>
  uploads: ResumableUploads
  sessions: Sessions
  places: UploadPlaces
  maxUploadBytes: number
  budget: AddressBudget
  clientOf: ClientOf
  holderOf: HolderOf
  /** Unix seconds by the ledger's time, null where it is not known. */
  at: () => number | null
  metrics: IpfsMetrics
  onPinned: (cid: string) => void
}

export function resumable(deps: ResumableDeps): Hono {
  const { node, uploads, sessions, places, maxUploadBytes, budget, clientOf, holderOf, at, metrics, onPinned } = deps
  const app = new Hono()

  app.use(async (c, next) => {
    c.header('tus-resumable', VERSION)
    c.header('cache-control', 'no-store')
    const asked = c.req.header('tus-resumable')
    if (c.req.method !== 'OPTIONS' && asked !== VERSION) {
      throw new IpfsError('wrong_version', 'Send the header Tus-Resumable: 1.0.0.', {
        headers: { 'tus-version': VERSION },
      })
    }
    await next()
    if (!c.error) return
    c.header('connection', 'close')
    c.header('tus-resumable', VERSION)
    if (c.req.method !== 'HEAD') metrics.refused(c.error instanceof IpfsError ? c.error.code : 'internal')
  })

  const account = (c: Context) => sessions.accountOf(c.req.header('authorization'))
  const find = async (c: Context) => uploads.find(await account(c), c.req.param('id') ?? '')

  function described({ offset, length, expires, cid }: Resumable): Record<string, string> {
    return {
      'upload-offset': String(offset),
      'upload-length': String(length),
      ...(cid === null ? { 'upload-expires': new Date(expires).toUTCString() } : { 'x-content-cid': cid }),
    }
  }

  /** What is whole becomes a file; a process that dies in between does it when the upload is asked for again. */
  async function finished(upload: Resumable): Promise<Resumable> {
    let stored: string | undefined
    const done = await uploads.finish(upload, async (file) => {
      const { cid, bytes } = await node.addWhole(upload.account, file, upload.length, at(), upload.by)
      metrics.uploaded(bytes)
      stored = cid
      return cid
    })
    if (stored !== undefined) onPinned(stored)
    return done
  }

  /** As each piece arrives: who breaks off has brought it, too. */
  const spending = (address: string | null) => (bytes: number) => {
    budget.check(address, bytes)
    budget.spend(address, bytes)
  }

  app.options('/*', (c) =>
    c.body(null, 204, {
      'tus-version': VERSION,
      'tus-extension': 'creation,termination,expiration',
      'tus-max-size': String(maxUploadBytes),
    }),
  )
  app.post('/', async (c) => {
    const who = await account(c)
    const length = c.req.header('upload-length')
    if (length === undefined || !/^\d{1,15}$/.test(length))
      throw new IpfsError('bad_request', 'Say how many bytes will come, by the header Upload-Length.')
    if (Number(length) > maxUploadBytes) throw tooLarge(maxUploadBytes)
    budget.check(clientOf(c), Number(length))
    const upload = await finished(await uploads.create(who, Number(length), clientOf(c) ?? who, holderOf(c, who)))
    return c.body(null, 201, { location: `/v1/resumable/${upload.id}`, ...described(upload) })
  })
  app.get('/:id', async (c) => c.body(null, 200, described(await finished(await find(c)))))
  app.patch('/:id', async (c) => {
    if (c.req.header('content-type') !== 'application/offset+octet-stream')
      throw new IpfsError('wrong_type', 'Send parts with the content type application/offset+octet-stream.')
    const upload = await find(c)
    const offset = c.req.header('upload-offset')
    if (offset === undefined || !/^\d{1,15}$/.test(offset))
      throw new IpfsError('bad_request', 'Say where the part begins, by the header Upload-Offset.')
    const address = clientOf(c)
    const place = places.take(upload.account, address)
    try {
      const arriving = place.arriving(arrivingBody(c))
      const part = await uploads.append(upload, Number(offset), arriving, spending(address))
      return c.body(null, 204, described(await finished(part)))
    } catch (error) {
      if (error instanceof IpfsError || !c.req.raw.signal.aborted) throw error
      throw new IpfsError('bad_request', 'The part ended before its last byte; what arrived is kept.')
    } finally {
      place.free()
    }
  })
  app.delete('/:id', async (c) => {
    await uploads.remove(await find(c))
    return c.body(null, 204)
  })
  return app
}
