/**
 * Connections cost whoever opens them nothing, and each costs the process memory: so many are open at once, and one more takes the place of
 * the longest one without a request, of the address that has the most.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { clientKey } from '../network/client-address.ts'

/** Some 16 KB each, of which the smallest of our containers has room for as many; more than all event streams and transfers together. */
const MOST = 8_192

export function boundConnections(server: Server, most = MOST): void {
  /** By address, the oldest first. */
  const open = new Map<string, Set<Socket>>()
  const busy = new Set<Socket>()
  let count = 0

  function makeRoom(): void {
    let richest = new Set<Socket>()
    for (const sockets of open.values()) if (sockets.size > richest.size) richest = sockets
    const all = [...richest]
    ;(all.find((socket) => !busy.has(socket)) ?? all[0])?.destroy()
  }

  server.on('connection', (socket: Socket) => {
    const key = clientKey(socket.remoteAddress ?? '')
    const own = open.get(key) ?? new Set()
    open.set(key, own.add(socket))
    count++
    socket.once('close', () => {
      count--
      own.delete(socket)
      if (own.size === 0 && open.get(key) === own) open.delete(key)
    })
    if (count > most) makeRoom()
  })
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    busy.add(socket)
    response.once('close', () => busy.delete(socket))
  })
}
