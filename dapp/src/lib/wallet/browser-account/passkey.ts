/** A passkey whose PRF gives the same 32 secret bytes each time: only the device's owner, by finger, face or PIN, gets them. */
import { WalletError } from '../wallet.ts'

export type PasskeySecret = { credential: string; salt: string; prf: Uint8Array<ArrayBuffer> }

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))
const unbase64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

type PrfResults = { prf?: { enabled?: boolean; results?: { first?: BufferSource } } }

/** Whether this browser may have passkeys at all; whether one has a PRF is known once it is made. */
export async function passkeysHere(): Promise<boolean> {
  if (typeof PublicKeyCredential === 'undefined' || !isSecureContext) return false
  // A passkey belongs to a name, never to a number.
  if (/^[\d.]+$|:/.test(location.hostname)) return false
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false)
}

/** Makes one for an account. @throws WalletError `rejected`, `no_prf` */
export async function makePasskey(address: string): Promise<PasskeySecret> {
  const salt = random(32)
  const made = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: random(32),
        rp: { name: 'StellarTrain' },
        user: { id: random(16), name: address, displayName: `Account ${address.slice(0, 6)}…` },
        pubKeyCredParams: [
          { type: 'public-key', alg: -7 },
          { type: 'public-key', alg: -257 },
        ],
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  )
  const said = made.getClientExtensionResults() as PrfResults
  const credential = base64(new Uint8Array(made.rawId))
  const first = said.prf?.results?.first
  if (first) return { credential, salt: base64(salt), prf: bytesOf(first) }
  if (!said.prf?.enabled) throw new WalletError('no_prf')
  // Some give the bytes only when the passkey is used.
  return { credential, salt: base64(salt), prf: await usePasskey({ credential, salt: base64(salt) }) }
}

/** @throws WalletError `rejected`, `no_prf` */
export async function usePasskey(of: { credential: string; salt: string }): Promise<Uint8Array<ArrayBuffer>> {
  const got = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: random(32),
        allowCredentials: [{ type: 'public-key', id: unbase64(of.credential) }],
        userVerification: 'required',
        extensions: { prf: { eval: { first: unbase64(of.salt) } } },
      },
    }),
  )
  const first = (got.getClientExtensionResults() as PrfResults).prf?.results?.first
  if (!first) throw new WalletError('no_prf')
  return bytesOf(first)
}

const bytesOf = (source: BufferSource): Uint8Array<ArrayBuffer> =>
  source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength)

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await ask()
    if (credential instanceof PublicKeyCredential) return credential
  } catch (cause) {
    throw new WalletError('rejected', cause)
  }
  throw new WalletError('rejected')
}
