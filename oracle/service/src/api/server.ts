/** The HTTP server around the app: listens, says where, stops. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { OracleError } from '../errors.ts'

export type RunningServer = { url: string; port: number; close(): Promise<void> }

/** Port 0 takes a free one. @throws OracleError `cannot_listen` */
export async function listen(app: Hono, host: string, port: number): Promise<RunningServer> {
  const serverOptions = { requestTimeout: 15_000, headersTimeout: 10_000 }
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions }) as Server
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (cause) {
    const taken = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE'
    const why = taken ? 'Something else listens there: set PORT to another one, or 0' : 'Check HOST and PORT'
    throw new OracleError('cannot_listen', `Cannot listen on ${host}:${port}. ${why}.`, { retryable: false, cause })
  }
  const bound = (server.address() as AddressInfo).port
  const name = host === '0.0.0.0' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  return {
    url: `http://${name}:${bound}`,
    port: bound,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close').catch(() => {})
    },
  }
}
