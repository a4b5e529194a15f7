/** Repeatable chance for tests: the same seed, the same story. */
import { createHash } from 'node:crypto'
import { StrKey } from '@stellar/stellar-sdk/base'
import { cidToString } from '@stellartrain/contracts-client/cid'

export type Chance = {
  /** From 0 to below 1. */
  next(): number
  /** A whole number, both ends included. */
  int(from: number, to: number): number
  pick<T>(items: readonly T[]): T
  yes(probability: number): boolean
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return { next, int, pick: (items) => items[int(0, items.length - 1)]!, yes: (probability) => next() < probability }
}

const digest = (name: string) => createHash('sha256').update(name).digest()

/** Names to values: the same name gives the same account, contract, CID, hash. */
export const accountOf = (name: string) => StrKey.encodeEd25519PublicKey(digest(`account ${name}`))
export const contractOf = (name: string) => StrKey.encodeContract(digest(`contract ${name}`))
export const cidOf = (name: string) => cidToString({ codec: 0x55, digest: digest(`cid ${name}`) })
export const hashOf = (name: string) => digest(`hash ${name}`).toString('hex')
