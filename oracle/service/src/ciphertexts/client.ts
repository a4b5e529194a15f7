/** Who hands over or reads a file, as far as each address has its share of the places. */
import type { HttpBindings } from '@hono/node-server'
import { clientAddress, clientKey, isLoopback } from '@stellartrain/service'
import type { Context } from 'hono'

/** Addresses of networks inside: behind one of them a proxy may stand for everybody. */
const INSIDE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/

/** The address of a request's client, or '' where it may stand for many. */
export type ClientOf = (c: Context) => string

/** @param proxies how many proxies of ours are in front; what else headers say of a client, anybody can write */
export function createClientOf(proxies: number): ClientOf {
  return (c) => {
    const { incoming } = (c.env ?? {}) as Partial<HttpBindings>
    const remote = incoming?.socket.remoteAddress
    if (remote === undefined) return ''
    const address = clientAddress({ remote, forwarded: c.req.header('x-forwarded-for'), proxies })
    if (isLoopback(address)) return ''
    const key = clientKey(address)
    // Our own proxies say whom they stand for.
    return proxies === 0 && INSIDE.test(key) ? '' : key
  }
}
