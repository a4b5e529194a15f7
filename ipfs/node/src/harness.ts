/** Test helper: a real service on a free port in a folder of its own, and somebody who signs in to it. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Keypair, TransactionBuilder } from '@stellar/stellar-sdk'
import { signIn } from '@stellartrain/ipfs-content/upload'
import type { CID } from 'multiformats/cid'
import { onTestFinished } from 'vitest'
import { type IpfsOptions, type RunningIpfs, startIpfs } from './start.ts'
import type { CheckedBlockstore } from './store/blocks.ts'
import { openStaging, type Staging } from './store/staging.ts'

export const PASSPHRASE = 'Standalone Network ; February 2017'

/** Removed when the test ends. */
export async function temporaryHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'stellartrain-ipfs-'))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  return home
}

export type Service = RunningIpfs & { home: string }

/** Stopped when the test ends. */
export async function service(options: Partial<IpfsOptions> = {}): Promise<Service> {
  const home = options.home ?? (await temporaryHome())
  const running = await startIpfs({ networkPassphrase: PASSPHRASE, ...options, home })
  let stopped: Promise<void> | undefined
  const close = () => {
    stopped ??= running.close()
    return stopped
  }
  onTestFinished(close)
  return { ...running, home, close }
}

/** A wallet: what it was asked to sign is kept. */
export function wallet(keypair: Keypair = Keypair.random(), passphrase: string = PASSPHRASE) {
  const asked: string[] = []
  return {
    account: keypair.publicKey(),
    asked,
    sign: async (xdr: string) => {
      asked.push(xdr)
      const transaction = TransactionBuilder.fromXDR(xdr, passphrase)
      transaction.sign(keypair)
      return transaction.toXDR()
    },
  }
}

/** The token of somebody who was not there before, or of `keypair`. */
export async function signedIn(url: string, keypair: Keypair = Keypair.random()): Promise<string> {
  const { account, sign } = wallet(keypair)
  return (await signIn({ url, account, networkPassphrase: PASSPHRASE, sign })).token
}

/** Every block file under a home, as full paths. */
export async function blockFiles(home: string): Promise<string[]> {
  const found = await readdir(join(home, 'blocks'), { recursive: true, withFileTypes: true })
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** Bytes that no other test has, the same for the same seed. */
export function bytesOf(size: number, seed: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(size)
  let state = seed * 2 + 1
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    out[i] = state >>> 24
  }
  return out
}

/** Stores what is staged in a store without pins. */
export async function stored<T>(blocks: CheckedBlockstore, stage: (staging: Staging) => Promise<T>): Promise<T> {
  const staging = await openStaging(blocks.path)
  const result = await stage(staging)
  await blocks.adopt(await staging.written(), () => {})
  await staging.remove()
  return result
}

export const putBlock = (blocks: CheckedBlockstore, cid: CID, bytes: Uint8Array) =>
  stored(blocks, (staging) => staging.put(cid, bytes))
