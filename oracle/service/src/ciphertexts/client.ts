/** Who hands over or reads a file, as far as each address has its share of the places. */
import type { HttpBindings } from '@hono/node-server'
import { clientKey, isLoopback } from '@stellartrain/service'
import type { Context } from 'hono'

/** Addresses of networks inside: behind one of them a proxy may stand for everybody. */
const INSIDE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/

/** The address of a request's client, or '' where it may stand for many. What headers say of it, anybody can write. */
export function clientOf(c: Context): string {
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>
  const remote = incoming?.socket.remoteAddress
  if (remote === undefined || isLoopback(remote)) return ''
  const key = clientKey(remote)
  return INSIDE.test(key) ? '' : key
}
