/** Puts documents on IPFS through the service that takes uploads from signed-in wallets; bytes that it has are sent once. */

import { keypairSigner } from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content'
import { type Session, signIn, upload } from '@stellartrain/ipfs-content/upload'
import type { Identity } from '../challenge-files/identity.ts'

/** Publishes bytes and resolves to their CID. An upload rejects with ContentError; `unavailable`, `timeout`, `disk_full` can be tried again. */
export type Publish = (bytes: Uint8Array<ArrayBuffer>) => Promise<string>

export type UploaderOptions = Readonly<{
  url: string
  identity: Identity
  networkPassphrase: string
  signal: AbortSignal
  /** Milliseconds since 1970. */
  now: () => number
}>

/** A token is renewed this long before it ends. */
const MARGIN_MS = 60_000

export function createUploader({ url, identity, networkPassphrase, signal, now }: UploaderOptions): Publish {
  const signer = keypairSigner(identity.keypair)
  const account = identity.address
  let session: Session | undefined

  async function token(): Promise<string> {
    if (session === undefined || session.expires - MARGIN_MS < now()) {
      const sign = (xdr: string) => signer.sign(xdr, { networkPassphrase, address: account, signal })
      session = await signIn({ url, account, networkPassphrase, sign, signal })
    }
    return session.token
  }

  return async (bytes) => {
    const send = async () => (await upload({ url, token: await token(), bytes, signal })).cid
    try {
      return await send()
    } catch (error) {
      // The service was restarted with another key, or our clocks differ: a fresh sign-in settles it.
      if (!(error instanceof ContentError) || error.code !== 'signed_out') throw error
      session = undefined
      return send()
    }
  }
}
