/** Test helper: the vectors that other implementations made, and the content that they were made of. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { concat, fromHex } from '../encoding/bytes.ts'

type Golden = {
  passphrase: string
  network: string
  contract: string
  solver: string
  csv: string
  cids: { bytes: number; cid: string }[]
  files: { layout: string; bytes: number; cid: string; blocks: Record<string, string> }[]
  keys: { seed: string; versions: { version: number; secret: string; identity: string; recipient: string }[] }
  commitment: { salt: string; commitment: string }
  submission: { challenge: number; sealed: string }
}

export const golden: Golden = JSON.parse(readFileSync(new URL('../../vectors/golden.json', import.meta.url), 'utf8'))

export const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))

/** SHA-256 of "vector 0", of "vector 1", … one after another, cut to `size` bytes. */
export function goldenContent(size: number): Uint8Array<ArrayBuffer> {
  const sums = []
  for (let i = 0; i * 32 < size; i++) sums.push(createHash('sha256').update(`vector ${i}`).digest())
  return concat(sums).slice(0, size)
}

/** The signing seed of the key vectors. */
export const seedBytes = fromHex(golden.keys.seed)

type Formats = {
  addresses: { address: string; xdr: string }[]
  challengeKeys: { oracle: string; challenge: number; private: string; public: string }[]
  shares: { oracles: string[]; challenge: number; sealed: string }
  forms: { bytes: number; formHash: string }[]
  commitments: {
    who: string
    challenge: number
    formHash: string
    salt: string
    truth: string
    nonce: string
    submission: string
  }[]
  submission: { challenge: number; solver: string; nonce: string; sealed: string }
  leases: {
    challenge: number
    labeler: string
    attempt: number
    layer: number
    expires: number
    items: string[]
    itemsHash: string
    preimage: string
    signatures: { seed: string; oracle: string; signature: string }[]
  }[]
}

/** What vectors/formats.py made. */
export const formats: Formats = JSON.parse(readFileSync(new URL('../../vectors/formats.json', import.meta.url), 'utf8'))

/** Where its content belongs. */
export const goldenPlace = { network: golden.network, contract: golden.contract }
