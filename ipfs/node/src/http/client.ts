/** Who asks, as far as limits for each address go. */
import type { HttpBindings } from '@hono/node-server'
import { clientAddress, clientKey, isLoopback } from '@stellartrain/service'
import type { Context } from 'hono'
import type { Holder } from '../store/shares.ts'

/** The address of a request's client, or null for this machine's own, which no limit for addresses is meant for. */
export type ClientOf = (c: Context) => string | null

/** Whose share of the room a request of an account takes. */
export type HolderOf = (c: Context, account: string) => Holder

/** @param proxies how many proxies of ours are in front */
export function createClientOf(proxies: number): ClientOf {
  return (c) => {
    const { incoming } = (c.env ?? {}) as Partial<HttpBindings>
    const remote = incoming?.socket.remoteAddress
    if (remote === undefined) return null
    const address = clientAddress({ remote, forwarded: c.req.header('x-forwarded-for'), proxies })
    return isLoopback(address) ? null : clientKey(address)
  }
}
