/** Sign-in by SEP-10, and the two documents by which others can check it. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import type { Keys } from '../auth/keys.ts'
import type { Sep10 } from '../auth/sep10.ts'
import type { Sessions } from '../auth/session.ts'
import { IpfsError } from '../errors.ts'

const signed = z.object({ transaction: z.string().min(1).max(16_000) })

export function auth(deps: { keys: Keys; sep10: Sep10; sessions: Sessions; networkPassphrase: string }): Hono {
  const { keys, sep10, sessions, networkPassphrase } = deps
  const app = new Hono()
  app.use('/auth', async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
  })
  app.get('/auth', (c) => {
    const { account = '', home_domain: homeDomain, memo } = c.req.query()
    if (memo !== undefined)
      throw new IpfsError('bad_request', 'Sign in without a memo: one account is one person here.')
    return c.json({ transaction: sep10.challenge(account, homeDomain), network_passphrase: networkPassphrase })
  })
  const onError = () => {
    throw new IpfsError('too_large', 'A signed challenge is smaller than 20 kB.')
  }
  app.post('/auth', bodyLimit({ maxSize: 20_000, onError }), async (c) => {
    const form = c.req.header('content-type')?.includes('form-urlencoded')
    const body: unknown = form ? await c.req.parseBody() : await c.req.json().catch(() => null)
    const parsed = signed.safeParse(body)
    if (!parsed.success) throw new IpfsError('bad_request', 'Send {"transaction": "<base64 of the signed challenge>"}.')
    return c.json({ token: await sessions.issue(sep10.verify(parsed.data.transaction)) })
  })
  app.get('/.well-known/jwks.json', async (c) => c.json(await sessions.jwks()))
  app.get('/.well-known/stellar.toml', (c) => {
    const fields = {
      VERSION: '2.7.0',
      NETWORK_PASSPHRASE: networkPassphrase,
      SIGNING_KEY: keys.server.publicKey(),
      WEB_AUTH_ENDPOINT: new URL('/auth', c.req.url).href,
    }
    return c.text(
      Object.entries(fields)
        .map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
        .join(''),
    )
  })
  return app
}
