/** Signing in to a service with a wallet by SEP-10: what the wallet signs is checked first (docs/formats.md, 9). */

import { WebAuth } from '@stellar/stellar-sdk'
import * as z from 'zod/mini'
import { ContentError } from '../errors.ts'
import { ask } from './ask.ts'
import { withoutSlash } from './endpoint.ts'
import { hostOf } from './host.ts'
import { signingKeyOf } from './stellar-toml.ts'

export type SignInOptions = {
  /** Base URL of the service, e.g. `http://localhost:8080`. */
  url: string
  /** The account `G…` that signs in. */
  account: string
  /** The network the caller is on; the service's own word is not enough. */
  networkPassphrase: string
  /** The wallet: base64 transaction in, the same with a signature out. */
  sign: (transactionXdr: string) => Promise<string>
  /** Default: by the rule of docs/formats.md from `url`. */
  homeDomain?: string
  signal?: AbortSignal
  /** For each call, not for the person at the wallet. Default 15 s. */
  timeoutMs?: number
  fetch?: typeof fetch
}

/** `expires` is in milliseconds since 1970. */
export type Session = { token: string; account: string; expires: number }

const challenge = z.object({
  transaction: z.string().check(z.maxLength(20_000)),
  network_passphrase: z.optional(z.string()),
})
const answer = z.object({
  token: z.string().check(z.maxLength(4096), z.regex(/^[\w-]+\.[\w-]+\.[\w-]+$/)),
})
const claims = z.object({ sub: z.string(), exp: z.number() })

/** The host name of the URL without port; every loopback name is `localhost`. */
export function homeDomainOf(url: string): string {
  const { hostname } = new URL(url)
  return /^(127(\.\d+){3}|\[::1\]|(.+\.)?localhost)$/.test(hostname) ? 'localhost' : hostname
}

/**
 * @throws ContentError `bad_sign_in`: the service asks to sign something else than a sign-in (nothing was signed);
 * `sign_in_refused`: it did not accept the signature; `unavailable` (retryable). What `sign` throws comes through unchanged.
 */
export async function signIn(options: SignInOptions): Promise<Session> {
  const { account, networkPassphrase, sign } = options
  const url = withoutSlash(options.url)
  const homeDomain = options.homeDomain ?? homeDomainOf(url)
  const toml = await call(options, `${url}/.well-known/stellar.toml`)
  const server = signingKeyOf(toml)
  if (!server) throw new ContentError('bad_sign_in', 'The service does not publish a SIGNING_KEY in its stellar.toml.')

  const query = new URLSearchParams({ account, home_domain: homeDomain })
  const asked = parse(challenge, await call(options, `${url}/auth?${query}`))
  checkChallenge(asked.transaction, { server, account, networkPassphrase, homeDomain })
  const transaction = await sign(asked.transaction)

  const body = JSON.stringify({ transaction })
  const { token } = parse(answer, await call(options, `${url}/auth`, { method: 'POST', body }))
  const { sub, exp } = readClaims(token)
  if (sub !== account)
    throw new ContentError('sign_in_refused', 'The service answered with a token for another account.')
  return { token, account, expires: exp * 1000 }
}

function checkChallenge(
  xdr: string,
  expected: { server: string; account: string; networkPassphrase: string; homeDomain: string },
): void {
  const { server, account, networkPassphrase, homeDomain } = expected
  let problem = 'it is for another account'
  try {
    const { clientAccountID, tx } = WebAuth.readChallengeTx(xdr, server, networkPassphrase, homeDomain, homeDomain)
    const domains = tx.operations.filter((op) => op.type === 'manageData' && op.name === 'web_auth_domain')
    if (clientAccountID === account && domains.length === 1) return
    if (domains.length !== 1) problem = 'it does not say for which web_auth_domain it is'
  } catch (error) {
    problem = error instanceof Error ? error.message : 'unreadable'
  }
  const where = `The sign-in of ${homeDomain} was not signed`
  throw new ContentError('bad_sign_in', `${where}: ${problem}. Check the service's address and the network.`)
}

async function call(
  options: SignInOptions,
  url: string,
  init: { method?: 'POST'; body?: string } = {},
): Promise<string> {
  const { fetch, signal, timeoutMs = 15_000 } = options
  let response: Response
  let text: string
  try {
    response = await ask(url, { ...init, silentMs: timeoutMs, signal, fetch })
    text = await response.text()
  } catch (cause) {
    signal?.throwIfAborted()
    throw new ContentError('unavailable', `The service at ${hostOf(options.url)} does not answer.`, {
      retryable: true,
      cause,
    })
  }
  if (response.ok) return text
  const retryable = response.status >= 500 || response.status === 429
  const why = detailOf(text) ?? `HTTP ${response.status}`
  throw new ContentError(retryable ? 'unavailable' : 'sign_in_refused', `Sign-in failed: ${why}`, { retryable })
}

/** The `detail` of a problem document, cut to a length that fits a page. */
export function detailOf(body: string): string | null {
  try {
    const { detail } = z.object({ detail: z.string() }).parse(JSON.parse(body))
    return detail.slice(0, 300)
  } catch {
    return null
  }
}

function parse<S extends z.ZodMiniType>(schema: S, body: string): z.output<S> {
  try {
    return schema.parse(JSON.parse(body))
  } catch {
    throw new ContentError('bad_sign_in', 'The service answered a sign-in with something else than SEP-10 describes.')
  }
}

function readClaims(token: string): z.output<typeof claims> {
  const middle = token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')
  return parse(claims, atob(middle))
}
