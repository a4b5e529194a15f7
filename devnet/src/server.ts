/** The HTTP side: JSON-RPC, friendbot, health, and for tests the clock. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type Friendbot, fundedJson, refusedJson } from './friendbot.ts'
import { dispatch, type RpcContext } from './rpc/dispatch.ts'

const MAX_BODY = 4 * 1024 * 1024
/** Bytes of all bodies that are being read at once: many senders who never finish do not fill the memory. */
const MAX_BODIES = 128 * 1024 * 1024
/** Bytes of all answers that nobody has read yet, beyond which no further one is begun. */
const MAX_ANSWERS = 256 * 1024 * 1024
const LIMITS: Limits = { patience: 30_000, bodies: MAX_BODIES, answers: MAX_ANSWERS }
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': '*',
  'access-control-max-age': '86400',
}

export interface Routes {
  rpc: RpcContext
  friendbot: Friendbot
  /** What POST /warp and /close do; absent unless asked for. */
  controls: { warp(seconds: number, ledgers: number): void; close(): void } | undefined
}

/** How long a request may take to arrive, or a client to read on, in milliseconds; bytes that are held at once. */
export interface Limits {
  patience: number
  bodies: number
  answers: number
}

export function createHttpServer(routes: () => Routes, { patience, bodies, answers }: Limits = LIMITS): Server {
  const reader = new BodyReader(bodies)
  const turns = new Turns(answers)
  const server = createServer({ connectionsCheckingInterval: Math.min(patience, 5_000) }, (request, response) => {
    const reply = (status: number, body: unknown) => {
      response.setTimeout(patience)
      turns.hold(response, send(response, status, body))
    }
    turns
      .wait(request, response)
      .then(() => answer(routes(), reader, reply, request, response))
      .catch((error: unknown) => {
        const status = error instanceof HttpError ? error.status : 500
        if (request.socket.destroyed) return
        if (!response.headersSent) reply(status, { error: error instanceof Error ? error.message : String(error) })
        else response.destroy()
      })
  })
  // Who has said all still gets every answer. Node has this as a property without a type.
  Object.assign(server, { httpAllowHalfOpen: true })
  server.keepAliveTimeout = patience
  server.headersTimeout = patience
  server.requestTimeout = patience
  return server
}

class HttpError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

type Reply = (status: number, body: unknown) => void

async function answer(
  routes: Routes,
  reader: BodyReader,
  reply: Reply,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const { method } = request
  if (method === 'OPTIONS') {
    response.writeHead(204, CORS).end()
    return
  }
  if (url.pathname === '/friendbot' && (method === 'GET' || method === 'POST')) {
    const form = method === 'POST' ? new URLSearchParams(await reader.read(request)) : undefined
    await fund(routes.friendbot, url.searchParams.get('addr') ?? form?.get('addr') ?? '', reply)
    return
  }
  if (url.pathname === '/health' && method === 'GET') {
    const { first, last } = routes.rpc.node.history
    return reply(200, { status: 'healthy', latestLedger: last.sequence, oldestLedger: first.sequence })
  }
  if (method !== 'POST')
    throw new HttpError(url.pathname === '/' || url.pathname === '/rpc' ? 405 : 404, 'POST JSON-RPC to /rpc')
  const body = await reader.read(request)
  if (url.pathname === '/' || url.pathname === '/rpc') {
    const result = dispatch(routes.rpc, body)
    if (result === undefined) response.writeHead(204, CORS).end()
    else reply(200, result)
    return
  }
  if (!routes.controls) throw new HttpError(404, 'not found')
  control(routes.controls, url.pathname, body)
  const { last } = routes.rpc.node.history
  reply(200, { sequence: last.sequence, closeTime: last.closeTime })
}

async function fund(friendbot: Friendbot, address: string, reply: Reply): Promise<void> {
  try {
    reply(200, fundedJson(await friendbot.fund(address)))
  } catch (error) {
    const { status, body } = refusedJson(error)
    reply(status, body)
  }
}

function control(controls: NonNullable<Routes['controls']>, path: string, body: string): void {
  if (path === '/close') {
    controls.close()
    return
  }
  if (path !== '/warp') throw new HttpError(404, 'not found')
  const { seconds, ledgers = 1 } = readJson(body)
  for (const value of [seconds, ledgers]) {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
      throw new HttpError(400, 'send {"seconds": N, "ledgers": N} with whole numbers, ledgers being optional')
    }
  }
  controls.warp(seconds as number, ledgers as number)
}

function readJson(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {}
  throw new HttpError(400, 'the body must be a JSON object')
}

/** Reads bodies, all of them together within a limit. */
class BodyReader {
  readonly #most: number
  #held = 0

  constructor(most: number) {
    this.#most = most
  }

  /** Reads a body. What is too long is still taken in, and dropped, for a while: so the sender gets to read why. */
  read(request: IncomingMessage): Promise<string> {
    return new Promise((resolve, reject) => {
      let parts: Buffer[] = []
      let [size, kept] = [0, 0]
      const drop = () => {
        this.#held -= kept
        kept = 0
        parts = []
      }
      const refuse = (status: number, message: string) => {
        drop()
        reject(new HttpError(status, message))
      }
      let refused = false
      request.on('data', (part: Buffer) => {
        size += part.length
        if (size > 8 * MAX_BODY) return request.destroy()
        if (refused) return
        refused = size > MAX_BODY || this.#held + part.length > this.#most
        if (size > MAX_BODY) return refuse(413, `a request has at most ${MAX_BODY} bytes`)
        if (refused) return refuse(503, 'too many long requests at once: try again later')
        parts.push(part)
        kept += part.length
        this.#held += part.length
      })
      request.once('end', () => {
        const body = Buffer.concat(parts).toString()
        drop()
        resolve(body)
      })
      request.once('error', reject)
      request.once('close', drop)
    })
  }
}

/**
 * Gives each connection one answer at a time, and begins none while too many bytes of answers are not read. Only one is
 * begun in each turn of the event loop: while many are computed, others are still listened to and not taken for silent.
 */
class Turns {
  readonly #most: number
  readonly #last = new WeakMap<Socket, Promise<unknown>>()
  #held = 0
  #queue: Promise<void> = Promise.resolve()

  constructor(most: number) {
    this.#most = most
  }

  /** Waits until what was asked before on the same connection has been answered, and read. */
  async wait({ socket }: IncomingMessage, response: ServerResponse): Promise<void> {
    const before = this.#last.get(socket)
    this.#last.set(socket, new Promise((resolve) => response.once('close', resolve)))
    await before
    this.#queue = this.#queue.then(() => new Promise((resolve) => setImmediate(resolve)))
    await this.#queue
    if (socket.destroyed) throw new HttpError(400, 'the client has gone')
    if (this.#held > this.#most) throw new HttpError(503, 'too many answers that nobody reads: try again later')
  }

  /** Counts an answer until its last byte is handed over. */
  hold(response: ServerResponse, bytes: number): void {
    this.#held += bytes
    response.once('close', () => {
      this.#held -= bytes
    })
  }
}

/** Sends an answer; its bytes. */
function send(response: ServerResponse, status: number, body: unknown): number {
  const text = JSON.stringify(body)
  const length = Buffer.byteLength(text)
  response.writeHead(status, { ...CORS, 'content-type': 'application/json', 'content-length': length }).end(text)
  return length
}
