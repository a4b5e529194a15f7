/** Signing in to the IPFS node and to oracles with a wallet (SEP-10), once per service, account and hour, and uploading with it. */

import { asSigner, type SignerLike } from '@stellartrain/contracts-client'
import { backoff, sleep } from '@stellartrain/contracts-client/wait'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import type { Session, Uploaded, UploadTarget } from '@stellartrain/ipfs-content/upload'
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
  /** Uploads files as archives, in their order; yields what was stored after each archive. Repeating it is safe. */
  uploadFiles(
    files: readonly Uint8Array<ArrayBuffer>[],
    signer: SignerLike,
    how?: Omit<UploadHow, 'onProgress'>,
  ): AsyncGenerator<Uploaded[]>
  /** A token of another service that asks for a sign-in. @throws ContentError */
  token(url: string, signer: SignerLike, how?: Omit<UploadHow, 'onProgress'>): Promise<string>
}

/** A token that expires within this is no longer used. */
const SOON_MS = 60_000
const UPLOAD_TRIES = 4

const nameOf = (url: string, account: string) => `${url} ${account}`

export function createSessions(config: SystemConfig): Sessions {
  const sessions = new Map<string, Promise<Session>>()

  async function session(url: string, signerLike: SignerLike, how: UploadHow): Promise<Session> {
    const { signIn } = await import('@stellartrain/ipfs-content/upload')
    const signer = asSigner(signerLike)
    const name = nameOf(url, signer.address)
    const known = await sessions.get(name)?.catch(() => undefined)
    if (known && known.expires > Date.now() + SOON_MS) return known
    const fresh = signIn({
      url,
      account: signer.address,
      networkPassphrase: config.passphrase,
      sign(xdr) {
        how.onSigning?.()
        return signer.sign(xdr, { networkPassphrase: config.passphrase, address: signer.address, signal: how.signal })
      },
      ...(how.signal ? { signal: how.signal } : {}),
    })
    sessions.set(name, fresh)
    fresh.catch(() => sessions.delete(name))
    return fresh
  }

  /** Calls with a token until it is done, the sign-in is refused or the service refuses for good. */
  async function again<T>(signer: SignerLike, how: UploadHow, call: (target: UploadTarget) => Promise<T>): Promise<T> {
    const { signal } = how
    for (let tries = 1; ; tries++) {
      const { token } = await session(config.ipfsUrl, signer, how)
      try {
        return await call({ url: config.ipfsUrl, token, ...(signal && { signal }) })
      } catch (error) {
        if (!(error instanceof ContentError) || tries >= UPLOAD_TRIES) throw error
        if (error.code === 'signed_out') sessions.delete(nameOf(config.ipfsUrl, asSigner(signer).address))
        else if (!error.retryable) throw error
        await sleep(backoff(tries), signal)
      }
    }
  }

  return {
    token: async (url, signer, how = {}) => (await session(url, signer, how)).token,
    async upload(bytes, signer, how = {}) {
      const { upload } = await import('@stellartrain/ipfs-content/upload')
      const { onProgress } = how
      const stored = await again(signer, how, (target) =>
        upload({ ...target, bytes, ...(onProgress && { onProgress }) }),
      )
      return stored.cid
    },
    async *uploadFiles(files, signer, how = {}) {
      const { uploadFiles } = await import('@stellartrain/ipfs-content/upload-files')
      for (let done = 0; done < files.length; ) {
        // One archive at a time: what is stored is not sent again where the next one fails.
        const first = async (target: UploadTarget) => (await uploadFiles(target, files.slice(done)).next()).value ?? []
        const stored = await again(signer, how, first)
        done += stored.length
        yield stored
      }
    },
  }
}
