/** What is served where: JSON-RPC, friendbot, health, the controls of tests, and that there is no Horizon. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { dispatch, type RpcContext } from '../rpc/dispatch.ts'
import type { BodyReader } from './bodies.ts'
import type { Controls } from './controls.ts'
import { preflightHeaders } from './cors.ts'
import { HttpError } from './error.ts'
import { type Friendbot, fundedJson, refusedJson } from './friendbot.ts'

export interface Routes {
  rpc: Omit<RpcContext, 'friendbotUrl'>
  friendbot: Friendbot
  /** Where clients find this network, or undefined: where each of them says that it has found it. */
  publicUrl: string | undefined
  /** The same for clients who do not say. */
  url: string
  controls: Controls | undefined
}

export type Reply = (status: number, body?: unknown) => void

/** The paths under which presets and quickstart have the RPC. */
const RPC_PATHS = ['/', '/rpc', '/soroban/rpc']

/** The first parts of Horizon's paths, which wallets and older clients ask. */
const HORIZON = new Set(
  `accounts assets claimable_balances effects fee_stats ledgers liquidity_pools offers operations order_book paths
   payments trade_aggregations trades transactions transactions_async`.split(/\s+/),
)

export async function answer(
  routes: Routes,
  reader: BodyReader,
  reply: Reply,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = urlOf(request.url ?? '/')
  const path = url.pathname.replace(/([^/])\/$/, '$1')
  const method = request.method ?? ''
  const controls = routes.controls?.serves(path) ? routes.controls : undefined
  // No page of another origin may read what the controls answer, nor ask them anything that needs its browser's leave.
  if (controls) response.removeHeader('access-control-allow-origin')
  if (method === 'OPTIONS') {
    response.writeHead(204, controls ? {} : preflightHeaders(request)).end()
    return
  }
  if (method === 'POST' && RPC_PATHS.includes(path)) {
    const result = dispatch({ ...routes.rpc, friendbotUrl: friendbotUrl(routes, request) }, await reader.read(request))
    return result === undefined ? reply(204) : reply(200, result)
  }
  if (path === '/friendbot' && (method === 'GET' || method === 'POST')) {
    const form = method === 'POST' ? new URLSearchParams(await reader.read(request)) : undefined
    return fund(routes.friendbot, url.searchParams.get('addr') ?? form?.get('addr') ?? '', reply)
  }
  if (path === '/health' && method === 'GET') {
    const { first, last } = routes.rpc.node.history
    return reply(200, { status: 'healthy', latestLedger: last.sequence, oldestLedger: first.sequence })
  }
  // A body is read to its end whatever becomes of it, so that its sender gets to read why.
  const body = method === 'POST' ? await reader.read(request) : ''
  if (controls && method === 'POST') assertNotFromPage(request)
  const controlled = controls?.answer(method, path, body)
  if (controlled) return reply(controlled.status, controlled.body)
  if (path !== '/' && RPC_PATHS.includes(path)) throw new HttpError(405, `POST JSON-RPC to ${path}`)
  if (path === '/' || HORIZON.has(path.split('/')[1] ?? '')) return reply(404, NO_HORIZON)
  throw new HttpError(404, NOT_FOUND)
}

/** What a request is for: a path, even one that looks like an address without its scheme, or a whole address as proxies send it. */
function urlOf(target: string): URL {
  const text = /^https?:\/\//i.test(target) ? target : `http://localhost/${target.replace(/^\//, '')}`
  if (URL.canParse(text)) return new URL(text)
  throw new HttpError(404, NOT_FOUND)
}

/**
 * Browsers let every page send a POST to every address, this one included, but without these headers. (They ask before a
 * DELETE.)
 * @throws {HttpError} For a request that such a page might have sent.
 */
function assertNotFromPage({ headers }: IncomingMessage): void {
  const [type = ''] = (headers['content-type'] ?? '').split(';')
  if (type.trim().toLowerCase() === 'application/json' || headers['x-devnet-controls'] !== undefined) return
  throw new HttpError(
    403,
    'send the header "content-type: application/json" or "x-devnet-controls: 1": without them the request might come from any web page',
  )
}

const NOT_FOUND = 'not found: POST JSON-RPC to /rpc, GET /friendbot?addr=ADDRESS or GET /health'

/** In the form in which Horizon says that it does not have something. */
const NO_HORIZON = {
  type: 'https://stellar.org/horizon-errors/not_found',
  title: 'There is no Horizon here',
  status: 404,
  detail:
    'This local network serves Stellar RPC and no Horizon: POST JSON-RPC to /rpc, and read accounts with getLedgerEntries. Friendbot is at /friendbot?addr=ADDRESS.',
}

async function fund(friendbot: Friendbot, address: string, reply: Reply): Promise<void> {
  try {
    reply(200, fundedJson(await friendbot.fund(address)))
  } catch (error) {
    const { status, body } = refusedJson(error)
    reply(status, body)
  }
}

/** Where this client finds friendbot: under the name by which it has found this server. */
function friendbotUrl({ publicUrl, url }: Routes, { headers: { host = '' } }: IncomingMessage): string {
  const base = publicUrl ?? (/^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i.test(host) ? `http://${host}` : url)
  return `${base}/friendbot`
}
