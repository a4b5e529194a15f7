/** Signing in to the IPFS node with a wallet (SEP-10), once per account and hour, and uploading with it. */

import { asSigner, type SignerLike } from '@stellartrain/contracts-client'
import { backoff, sleep } from '@stellartrain/contracts-client/wait'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import type { Session } from '@stellartrain/ipfs-content/upload'
import type { SystemConfig } from './config.ts'
import type { AbortOptions } from './options.ts'

export type UploadHow = AbortOptions & {
  onProgress?: ((sent: number, total: number) => void) | undefined
  /** Called before the wallet is asked to sign the sign-in. */
  onSigning?: (() => void) | undefined
}

export type Sessions = {
  /** Uploads bytes and returns their CID, compared with our own computation. Repeating it is safe. */
  upload(bytes: Uint8Array<ArrayBuffer>, signer: SignerLike, how?: UploadHow): Promise<string>
}

/** A token that expires within this is no longer used. */
const SOON_MS = 60_000
const UPLOAD_TRIES = 4

export function createSessions(config: SystemConfig): Sessions {
  const sessions = new Map<string, Promise<Session>>()

  async function session(signerLike: SignerLike, how: UploadHow): Promise<Session> {
    const { signIn } = await import('@stellartrain/ipfs-content/upload')
    const signer = asSigner(signerLike)
    const known = await sessions.get(signer.address)?.catch(() => undefined)
    if (known && known.expires > Date.now() + SOON_MS) return known
    const fresh = signIn({
      url: config.ipfsUrl,
      account: signer.address,
      networkPassphrase: config.passphrase,
      sign(xdr) {
        how.onSigning?.()
        return signer.sign(xdr, { networkPassphrase: config.passphrase, address: signer.address, signal: how.signal })
      },
      ...(how.signal ? { signal: how.signal } : {}),
    })
    sessions.set(signer.address, fresh)
    fresh.catch(() => sessions.delete(signer.address))
    return fresh
  }

  return {
    async upload(bytes, signer, how = {}) {
      const { upload } = await import('@stellartrain/ipfs-content/upload')
      for (let tries = 1; ; tries++) {
        const { token } = await session(signer, how)
        try {
          const stored = await upload({
            url: config.ipfsUrl,
            token,
            bytes,
            ...(how.signal ? { signal: how.signal } : {}),
            ...(how.onProgress ? { onProgress: how.onProgress } : {}),
          })
          return stored.cid
        } catch (error) {
          if (!(error instanceof ContentError) || tries >= UPLOAD_TRIES) throw error
          if (error.code === 'signed_out') sessions.delete(asSigner(signer).address)
          else if (!error.retryable) throw error
          await sleep(backoff(tries), how.signal)
        }
      }
    },
  }
}
