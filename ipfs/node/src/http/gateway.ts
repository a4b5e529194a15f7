/** The gateway: blocks and archives that the caller can check, and plain files for browsers. */

import type { HttpBindings } from '@hono/node-server'
import { writeCar } from '@stellartrain/ipfs-content/car'
import { parseCid } from '@stellartrain/ipfs-content/cid'
import type { Log } from '@stellartrain/service'
import { type Context, Hono } from 'hono'
import type { CID } from 'multiformats/cid'
import { IpfsError } from '../errors.ts'
import type { IpfsNode } from '../store/node.ts'
import { parseRange } from './range.ts'

const RAW = 'application/vnd.ipld.raw'
const CAR = 'application/vnd.ipld.car'

export function gateway(node: IpfsNode, log: Log): Hono {
  const app = new Hono()
  app.get('/:cid', async (c) => {
    const cid = parseCid(c.req.param('cid'))
    const format = formatOf(c)
    const etag = format === 'raw' ? `"${cid}.raw"` : format === 'car' ? `W/"${cid}.car"` : `"${cid}"`
    const headers = {
      etag,
      'cache-control': 'public, max-age=29030400, immutable',
      'x-ipfs-path': `/ipfs/${cid}`,
      'x-ipfs-roots': cid.toString(),
      vary: 'accept',
    }
    const known = (c.req.header('if-none-match') ?? '')
      .split(',')
      .some((tag) => tag.trim() === etag || tag.trim() === '*')
    if (known) return c.body(null, 304, headers)
    if (format === 'raw') return raw(node, cid, headers)
    if (format === 'car') return car(c, node, cid, headers, log)
    return file(c, node, cid, headers, log)
  })
  app.get('/:cid/*', () => {
    throw new IpfsError('not_supported', 'Paths inside a CID are not served: ask for the CID of the file itself.')
  })
  return app
}

type Headers = Record<string, string>

async function raw(node: IpfsNode, cid: CID, headers: Headers): Promise<Response> {
  const block = await node.read(cid)
  return new Response(new Uint8Array(block), {
    headers: { ...headers, 'content-type': RAW, 'content-length': String(block.length), ...attachment(`${cid}.bin`) },
  })
}

async function car(c: Context, node: IpfsNode, cid: CID, headers: Headers, log: Log): Promise<Response> {
  await node.read(cid)
  const deep = c.req.query('dag-scope') !== 'block'
  return new Response(streamOf(writeCar(cid, node.read, deep), c, log), {
    headers: { ...headers, 'content-type': `${CAR}; version=1; order=dfs; dups=n`, ...attachment(`${cid}.car`) },
  })
}

/** A file as bytes and nothing else: whatever was uploaded must not run as a page of this origin. */
async function file(c: Context, node: IpfsNode, cid: CID, headers: Headers, log: Log): Promise<Response> {
  const { bytes, read } = await node.open(cid)
  const ifRange = c.req.header('if-range')
  const asked = ifRange === undefined || ifRange === headers.etag ? c.req.header('range') : undefined
  const range = parseRange(asked, bytes)
  const { start, end } = range ?? { start: 0, end: bytes }
  return new Response(streamOf(read(start, end), c, log), {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      'content-type': 'application/octet-stream',
      'content-length': String(end - start),
      'accept-ranges': 'bytes',
      'content-security-policy': "sandbox; default-src 'none'",
      ...(range ? { 'content-range': `bytes ${start}-${end - 1}/${bytes}` } : {}),
      ...attachment(c.req.query('filename') ?? cid.toString()),
    },
  })
}

function formatOf(c: Context): 'raw' | 'car' | 'file' {
  const asked = c.req.query('format')
  if (asked === 'raw' || asked === 'car') return asked
  if (asked !== undefined)
    throw new IpfsError('not_supported', 'This gateway serves format=raw, format=car and plain files.')
  const accept = c.req.header('accept') ?? ''
  return accept.includes(RAW) ? 'raw' : accept.includes(CAR) ? 'car' : 'file'
}

function attachment(name: string): Headers {
  const plain = name.replace(/[^\w.-]/g, '_').slice(0, 100)
  return { 'content-disposition': `attachment; filename="${plain}"` }
}

/**
 * Bytes as they are read. A broken block in the middle breaks the connection, for a shorter file must not look like a whole one;
 * the HTTP adapter would also do that, but with a stack on stderr.
 */
function streamOf(pieces: AsyncGenerator<Uint8Array>, c: Context, log: Log): ReadableStream<Uint8Array> {
  const { outgoing } = (c.env ?? {}) as Partial<HttpBindings>
  async function* guarded() {
    try {
      yield* pieces
    } catch (error) {
      if (!outgoing) throw error
      const cause = error instanceof Error ? error.message : String(error)
      log.error('response_broken', { requestId: c.get('requestId'), path: c.req.path, cause })
      outgoing.destroy()
    }
  }
  return ReadableStream.from(guarded()) as ReadableStream<Uint8Array>
}
