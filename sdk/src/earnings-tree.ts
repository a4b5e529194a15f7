/**
 * The tree of an epoch's earnings: SHA-256, the smaller of two siblings first, the last of an odd level moves up alone. A
 * leaf is the hash of the XDR of (contract, challenge, epoch, labeler, cumulative), as the contract hashes it.
 */
import { Address, nativeToScVal, xdr } from '@stellar/stellar-sdk/base'

/** Base units of the challenge's token, all that the labeler earned so far. */
export type EarningsLeaf = { labeler: string; cumulative: bigint }
export type EarningsPlace = { contract: string; challenge: number; epoch: number }

export type EarningsTree = {
  root: Uint8Array
  /** Sum of all leaves. */
  total: bigint
  /** The siblings from the labeler's leaf to the root; undefined for one who is not in it. */
  proofOf(labeler: string): Uint8Array[] | undefined
}

/** @param leaves at least one, each labeler once; their order is the order of the leaves */
export async function earningsTree(place: EarningsPlace, leaves: readonly EarningsLeaf[]): Promise<EarningsTree> {
  if (leaves.length === 0) throw new RangeError('A tree of earnings has at least one leaf.')
  const bottom = await Promise.all(leaves.map((leaf) => earningsLeaf(place, leaf)))
  const levels = [bottom]
  for (let level = bottom; level.length > 1; levels.push(level)) {
    const below = level
    level = await Promise.all(
      Array.from({ length: Math.ceil(below.length / 2) }, (_, pair) => parent(below[2 * pair]!, below[2 * pair + 1])),
    )
  }
  const places = new Map(leaves.map(({ labeler }, at) => [labeler, at]))
  return {
    root: levels.at(-1)![0]!,
    total: leaves.reduce((sum, { cumulative }) => sum + cumulative, 0n),
    proofOf(labeler) {
      const at = places.get(labeler)
      if (at === undefined) return undefined
      // A node without a sibling moved up as it was.
      return levels.flatMap((level, height) => level[(at >> height) ^ 1] ?? [])
    },
  }
}

export async function earningsLeaf(
  { contract, challenge, epoch }: EarningsPlace,
  { labeler, cumulative }: EarningsLeaf,
): Promise<Uint8Array> {
  const fields = [
    new Address(contract).toScVal(),
    nativeToScVal(challenge, { type: 'u32' }),
    nativeToScVal(epoch, { type: 'u32' }),
    new Address(labeler).toScVal(),
    nativeToScVal(cumulative, { type: 'i128' }),
  ]
  return sha256(xdr.ScVal.scvVec(fields).toXdr())
}

/** What a labeler's leaf and proof come to; equal to the posted root if they belong to it. */
export async function rootOf(leaf: Uint8Array, proof: readonly Uint8Array[]): Promise<Uint8Array> {
  let node = leaf
  for (const sibling of proof) node = await parent(node, sibling)
  return node
}

async function parent(a: Uint8Array, b: Uint8Array | undefined): Promise<Uint8Array> {
  if (b === undefined) return a
  const both = new Uint8Array(64)
  const [first, second] = isLess(a, b) ? [a, b] : [b, a]
  both.set(first)
  both.set(second, 32)
  return sha256(both)
}

function isLess(a: Uint8Array, b: Uint8Array): boolean {
  const at = a.findIndex((byte, index) => byte !== b[index])
  return at >= 0 && a[at]! < b[at]!
}

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)))
}
