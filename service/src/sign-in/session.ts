/** Tokens: who signed in, for how long, verifiable by anybody with the public key. */
import { createHash } from 'node:crypto'
import { exportJWK, type JWK, jwtVerify, SignJWT } from 'jose'
import { SignInError } from './errors.ts'
import type { Keys } from './keys.ts'

const LIFETIME_SECONDS = 3600

export type Sessions = {
  /** The same claims give the same token, byte for byte: a signed challenge that is sent again is worth no second one. */
  issue: (claims: { account: string; homeDomain: string; hash: string; issued: number }) => Promise<string>
  /** The account of a request's `authorization` header. @throws SignInError `signed_out` */
  accountOf: (authorization: string | undefined) => Promise<string>
  jwks: () => Promise<{ keys: JWK[] }>
}

export function createSessions(
  keys: Keys,
  homeDomains: readonly string[],
  now: () => Date = () => new Date(),
): Sessions {
  const spki = keys.tokenPublic.export({ format: 'der', type: 'spki' })
  const kid = createHash('sha256').update(spki).digest('base64url').slice(0, 16)
  return {
    issue({ account, homeDomain, hash, issued }) {
      return new SignJWT()
        .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid })
        .setIssuer(homeDomain)
        .setSubject(account)
        .setIssuedAt(issued)
        .setExpirationTime(issued + LIFETIME_SECONDS)
        .setJti(hash)
        .sign(keys.tokenPrivate)
    },
    async accountOf(authorization) {
      const token = /^Bearer ([\w.-]+)$/i.exec(authorization ?? '')?.[1]
      if (!token) throw signedOut('Sign in first and send the token as `Authorization: Bearer …`')
      try {
        const { payload } = await jwtVerify(token, keys.tokenPublic, {
          algorithms: ['EdDSA'],
          issuer: [...homeDomains],
          requiredClaims: ['sub', 'exp'],
          currentDate: now(),
        })
        return payload.sub!
      } catch (error) {
        const expired = error instanceof Error && error.name === 'JWTExpired'
        throw signedOut(expired ? 'The session has ended: sign in again' : 'The token is not valid here: sign in again')
      }
    },
    async jwks() {
      return { keys: [{ ...(await exportJWK(keys.tokenPublic)), kid, alg: 'EdDSA', use: 'sig' }] }
    },
  }
}

function signedOut(message: string): SignInError {
  return new SignInError('signed_out', `${message}.`, { headers: { 'www-authenticate': 'Bearer' } })
}
