/** Sign-in by SEP-10, and the two documents by which others can check it. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { SignInError } from './errors.ts'
import type { Keys } from './keys.ts'
import type { Sep10 } from './sep10.ts'
import type { Sessions } from './session.ts'

const LONGEST = 16_000

/** The signed challenge of a body; undefined: there is none. */
function transactionOf(body: unknown): string | undefined {
  const { transaction } = (body ?? {}) as { transaction?: unknown }
  const sound = typeof transaction === 'string' && transaction !== '' && transaction.length <= LONGEST
  return sound ? transaction : undefined
}

export type SignIn = { keys: Keys; sep10: Sep10; sessions: Sessions; networkPassphrase: string }

/** @param parts asked for each request: a service may have its secret only after it began to listen */
export function signInRoutes(parts: () => SignIn): Hono {
  const app = new Hono()
  app.use('/auth', async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
  })
  app.get('/auth', (c) => {
    const { account = '', home_domain: homeDomain, memo } = c.req.query()
    if (memo !== undefined)
      throw new SignInError('bad_request', 'Sign in without a memo: one account is one person here.')
    const { sep10, networkPassphrase } = parts()
    return c.json({ transaction: sep10.challenge(account, homeDomain), network_passphrase: networkPassphrase })
  })
  const onError = () => {
    throw new SignInError('too_large', 'A signed challenge is smaller than 20 kB.')
  }
  app.post('/auth', bodyLimit({ maxSize: 20_000, onError }), async (c) => {
    const form = c.req.header('content-type')?.includes('form-urlencoded')
    const body: unknown = form ? await c.req.parseBody() : await c.req.json().catch(() => null)
    const transaction = transactionOf(body)
    if (transaction === undefined)
      throw new SignInError('bad_request', 'Send {"transaction": "<base64 of the signed challenge>"}.')
    const { sep10, sessions } = parts()
    return c.json({ token: await sessions.issue(sep10.verify(transaction)) })
  })
  app.get('/.well-known/jwks.json', async (c) => c.json(await parts().sessions.jwks()))
  app.get('/.well-known/stellar.toml', (c) => {
    const { keys, networkPassphrase } = parts()
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
