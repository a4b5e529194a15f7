/** Signatures of Standard Webhooks 1.0 (https://www.standardwebhooks.com): HMAC-SHA256 over id, time and body. */
import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'

/** 32 random bytes, as receivers' libraries take them. */
export const createSecret = (): string => PREFIX + randomBytes(32).toString('base64')

/** The bytes that an attempt carries, the same for each attempt but for the time. */
export type Message = { id: string; body: string }

/** @param now unix seconds of this attempt @param secrets each signs: an old one may still be in use */
export function signedHeaders({ id, body }: Message, secrets: readonly string[], now: number): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${now}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': String(now), 'webhook-signature': signatures.join(' ') }
}
