/** The gateway: blocks and archives that the caller can check, and plain files for browsers. */
import type { HttpBindings } from '@hono/node-server'
import { RAW } from '@stellartrain/ipfs-content/cid'
import { openFile } from '@stellartrain/ipfs-content/read-file'
import { readDagNode } from '@stellartrain/ipfs-content/unixfs'
import type { Log } from '@stellartrain/service'
import { type Context, Hono } from 'hono'
import type { CID } from 'multiformats/cid'
import { IpfsError } from '../errors.ts'
import { inlined, parseAnyCid } from '../gateway/any-cid.ts'
import { carOf, spanOf } from '../gateway/car.ts'
import { resolvePath, segmentsOf } from '../gateway/path.ts'
import { type CarShape, carType, etagOf, matches, RAW_TYPE, readRequest } from '../gateway/request.ts'
import type { IpfsMetrics } from '../metrics.ts'
import { type Buffers, createBuffers } from '../store/buffers.ts'
import type { IpfsNode } from '../store/node.ts'
import type { ClientOf } from './client.ts'
import { parseRange } from './range.ts'
import { createReads, type Reads } from './reads.ts'

export type GatewayDeps = {
  node: Pick<IpfsNode, 'read'>
  clientOf: ClientOf
  metrics: Pick<IpfsMetrics, 'read' | 'reading'>
  log: Log
}

/** Of the leaves of our profile; what is kept between answers takes 16 MiB at most. */
const BUFFERS = { bytes: 1_048_576, kept: 16 }

export const ALLOW = 'GET, HEAD, OPTIONS'

export function gateway({ node, clientOf, metrics, log }: GatewayDeps): Hono {
  const app = new Hono()
  const reads = createReads({ metrics, log })
  const buffers = createBuffers(BUFFERS.bytes, BUFFERS.kept)
  const deps = { reads, clientOf, buffers }

  app.get('/*', async (c) => {
    const [text = '', ...rest] = new URL(c.req.url).pathname.replace(/^\/ipfs\//, '').split('/')
    const root = parseAnyCid(decoded(text))
    const client = clientOf(c)
    const read = async (cid: CID) => inlined(cid) ?? (await node.read(cid, undefined, client))
    // Only leaves: what is read of a node stays in use while its children are sent.
    const readLeaf = async (cid: CID) =>
      inlined(cid) ?? (await node.read(cid, cid.code === RAW ? buffers : undefined, client))
    const asked = readRequest(
      (name) => c.req.query(name),
      (name) => c.req.header(name),
    )
    const way = await resolvePath(root, segmentsOf(rest.join('/')), read).catch(onlyIfCached(c))
    const target = way.at(-1)!
    const etag = etagOf(target.toString(), asked)
    const path = new URL(c.req.url).pathname
    const headers: Headers = {
      etag,
      'cache-control': 'public, max-age=29030400, immutable',
      'x-ipfs-path': path,
      'x-ipfs-roots': way.join(','),
      vary: 'accept',
      ...(!asked.byQuery && asked.format !== 'file' && { 'content-location': `${path}?format=${asked.format}` }),
    }
    const known = matches(c.req.header('if-none-match'), etag)
    if (known === 'tag') return c.body(null, 304, headers)
    const block = await read(target).catch(onlyIfCached(c))
    if (known === 'any') return c.body(null, 304, headers)
    if (asked.format === 'raw') return raw(c, target, block, headers, deps)
    if (asked.format === 'car') return car(c, way, block, asked.shape, headers, read, deps)
    return file(c, target, block, headers, readLeaf, deps)
  })
  app.all('/*', (c) => {
    throw new IpfsError('method_not_allowed', `Content is read here with GET or HEAD, not ${c.req.method}.`, {
      headers: { allow: ALLOW },
    })
  })
  return app
}

type Headers = Record<string, string>
type Deps = { reads: Reads; clientOf: ClientOf; buffers: Buffers }
type Read = (cid: CID) => Promise<Uint8Array>

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Who asks for what is at hand alone is told so. */
function onlyIfCached(c: Context): (error: unknown) => never {
  return (error) => {
    const asked = c.req.header('cache-control')?.includes('only-if-cached')
    if (asked && error instanceof IpfsError && error.code === 'not_found')
      throw new IpfsError('not_cached', error.message)
    throw error
  }
}

function raw(c: Context, cid: CID, block: Uint8Array, headers: Headers, deps: Deps): Response {
  const more = { 'content-type': RAW_TYPE, 'content-length': String(block.length), ...attachment(c, `${cid}.bin`) }
  return answer(c, 200, { ...headers, ...more }, () => once(block), deps, block.length)
}

function car(
  c: Context,
  way: readonly CID[],
  block: Uint8Array,
  shape: CarShape,
  headers: Headers,
  read: Read,
  deps: Deps,
): Response {
  const target = readDagNode(way.at(-1)!, block)
  // A range that cannot be is refused while a status can still say so.
  if (target.kind === 'file' && shape.bytes) spanOf(target.bytes, shape.bytes)
  const more = { 'content-type': carType(shape), 'accept-ranges': 'none', ...attachment(c, `${way.at(-1)}.car`) }
  return answer(c, 200, { ...headers, ...more }, () => carOf(way, target, shape, read), deps)
}

/** A file as bytes and nothing else: whatever was uploaded must not run as a page of this origin. */
async function file(
  c: Context,
  cid: CID,
  block: Uint8Array,
  headers: Headers,
  read: Read,
  deps: Deps,
): Promise<Response> {
  const getBlock = async (one: CID) => (one === cid ? block : await read(one))
  const opened = await openFile(cid, getBlock, Number.POSITIVE_INFINITY, deps.reads.areFew() ? 2 : 1)
  const { bytes } = opened
  const ifRange = c.req.header('if-range')
  const asked = ifRange === undefined || ifRange === headers.etag ? c.req.header('range') : undefined
  const range = parseRange(asked, bytes)
  const { start, end } = range ?? { start: 0, end: bytes }
  const more = {
    'content-type': 'application/octet-stream',
    'content-length': String(end - start),
    'accept-ranges': 'bytes',
    'content-security-policy': "sandbox; default-src 'none'",
    ...(range ? { 'content-range': `bytes ${start}-${end - 1}/${bytes}` } : {}),
    ...attachment(c, cid.toString()),
  }
  return answer(c, range ? 206 : 200, { ...headers, ...more }, () => opened.read(start, end), deps, end - start)
}

function attachment(c: Context, name: string): Headers {
  const plain = (c.req.query('filename') ?? name).replace(/[^\w.-]/g, '_').slice(0, 100)
  return { 'content-disposition': `attachment; filename="${plain}"` }
}

async function* once(block: Uint8Array): AsyncGenerator<Uint8Array> {
  if (block.length > 0) yield block
}

function answer(
  c: Context,
  status: number,
  headers: Headers,
  body: () => AsyncGenerator<Uint8Array>,
  { reads, clientOf, buffers }: Deps,
  bytes?: number,
): Response {
  if (c.req.method === 'HEAD') return new Response(null, { status, headers })
  const { outgoing } = (c.env ?? {}) as Partial<HttpBindings>
  const about = { requestId: String(c.get('requestId') ?? ''), path: c.req.path }
  const to = {
    ...{ client: clientOf(c), bytes, about },
    destroy: outgoing && (() => void outgoing.destroy()),
    // What the system has not taken yet is still read.
    sent: outgoing && ((block: Uint8Array) => void (outgoing.writableLength === 0 && buffers.giveBack(block))),
  }
  return new Response(reads.stream(body, to), { status, headers })
}
