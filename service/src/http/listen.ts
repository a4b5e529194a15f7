/** An HTTP server around an app: listens, says where, drains and stops. */
import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { ServiceError } from '../errors.ts'
import { boundConnections } from './connections.ts'

export type ListenOptions = Readonly<{
  host: string
  /** 0 takes a free one. */
  port: number
  /** Milliseconds for the headers of a request, for all of it, and without a byte while the client has to move one; 0: no limit. */
  timeouts?: Readonly<{ headers?: number; request?: number; idle?: number }>
}>

export type Listening = Readonly<{
  url: string
  port: number
  /** Takes no new requests, lets running ones finish for a moment, then ends them. */
  close(graceMs?: number): Promise<void>
}>

// Longer than the 60 s after which load balancers drop an idle connection: the side that opened it closes it first.
const KEEP_ALIVE_MS = 65_000
const GRACE_MS = 2_000
const SWEEP_MS = 20

type App = { fetch(request: Request, ...rest: never[]): Response | Promise<Response> }

/** @throws ServiceError `cannot_listen` */
export async function listen(app: App, { host, port, timeouts = {} }: ListenOptions): Promise<Listening> {
  const { headers = 10_000, request = 15_000, idle = 0 } = timeouts
  const serverOptions = { headersTimeout: headers, requestTimeout: request, keepAliveTimeout: KEEP_ALIVE_MS }
  const server = createAdaptorServer({ fetch: app.fetch as never, serverOptions }) as Server
  server.setTimeout(idle)
  server.on('request', endOnlyClients)
  boundConnections(server)
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (cause) {
    throw new ServiceError('cannot_listen', `Cannot listen on ${host}:${port}. ${reason(cause)}`, { cause })
  }
  const bound = (server.address() as AddressInfo).port
  return {
    url: `http://${nameOf(host)}:${bound}`,
    port: bound,
    async close(graceMs = GRACE_MS) {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      // A connection that was in use waits for its next request once it has its answer, and would hold the server for the whole time.
      const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
      const deadline = setTimeout(() => server.closeAllConnections(), graceMs)
      await closed
      clearInterval(sweep)
      clearTimeout(deadline)
    },
  }
}

/**
 * Without this Node ends a connection on which nothing moved for so long also while the service is the one that works: a large upload that
 * had arrived whole and was being stored was cut off, and its client never heard of it.
 */
function endOnlyClients(request: IncomingMessage, response: ServerResponse): void {
  response.on('timeout', (socket: Socket) => {
    if (waitsForClient(request, response)) socket.destroy()
    // Node starts the clock again only once a byte moves.
    else socket.setTimeout(socket.timeout ?? 0)
  })
}

/** For bytes of the request, or for it to take those of the answer. */
function waitsForClient(request: IncomingMessage, response: ServerResponse): boolean {
  if (response.headersSent) return response.writableLength > 0
  return !request.complete && request.readableLength === 0
}

function reason(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'EADDRINUSE') return 'Another program listens there: stop it, or set PORT to another port, or 0.'
  if (code === 'EACCES') return 'This user may not use the port: set PORT to one above 1023.'
  return 'Check HOST and PORT.'
}

/** The host part of a URL at which this machine reaches the server. */
function nameOf(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
