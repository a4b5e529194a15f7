/**
 * The Merkle sum tree of an epoch's earnings, as the contract hashes it. A branch is (hash, sum); leaf: SHA-256(0 ‖ contract ‖
 * challenge ‖ epoch ‖ labeler ‖ cumulative), node: SHA-256(1 ‖ left hash ‖ left sum ‖ right hash ‖ right sum). Integers are
 * big-endian, `i128` in 16 bytes, addresses the XDR of their values. Leaves are in the order of their addresses; where a child is
 * missing, it is 32 zero bytes with the sum 0. Root and total are a node's, so that a tree has two children at least.
 */
import { Address } from '@stellar/stellar-sdk/base'

/** Base units of the challenge's token, all that the labeler earned so far. */
export type EarningsLeaf = { labeler: string; cumulative: bigint }
export type EarningsPlace = { contract: string; challenge: number; epoch: number }

export type Branch = { hash: Uint8Array; sum: bigint }
/** `left`: the sibling is the left one. */
export type Sibling = Branch & { left: boolean }

export type EarningsTree = {
  root: Uint8Array
  /** Sum of all leaves. */
  total: bigint
  /** The root's children, which an oracle posts. */
  left: Branch
  right: Branch
  /** The siblings from the labeler's leaf to the root; undefined for one who is not in it. */
  proofOf(labeler: string): Sibling[] | undefined
}

const MISSING: Branch = { hash: new Uint8Array(32), sum: 0n }
/** The contract takes no longer proof. */
export const PROOF_MAX = 40

/** @param leaves at least one, each labeler once; they are sorted here */
export async function earningsTree(place: EarningsPlace, leaves: readonly EarningsLeaf[]): Promise<EarningsTree> {
  if (leaves.length === 0) throw new RangeError('A tree of earnings has at least one leaf.')
  const sorted = leaves.toSorted((a, b) => (a.labeler < b.labeler ? -1 : 1))
  const levels: Branch[][] = [await Promise.all(sorted.map((leaf) => earningsLeaf(place, leaf)))]
  // A single leaf is the left child of the root.
  for (let level = levels[0]!; level.length > 1 || levels.length === 1; levels.push(level)) {
    const below = level
    level = await Promise.all(
      Array.from({ length: Math.ceil(below.length / 2) }, (_, pair) =>
        node(below[2 * pair]!, below[2 * pair + 1] ?? MISSING),
      ),
    )
  }
  const top = levels.at(-1)![0]!
  const [left, right = MISSING] = levels.at(-2)!
  const places = new Map(sorted.map(({ labeler }, at) => [labeler, at]))
  return {
    ...{ root: top.hash, total: top.sum, left: left!, right },
    proofOf(labeler) {
      const at = places.get(labeler)
      if (at === undefined) return undefined
      return levels.slice(0, -1).map((level, height) => {
        const own = at >> height
        return { ...(level[own ^ 1] ?? MISSING), left: (own & 1) === 1 }
      })
    },
  }
}

export async function earningsLeaf(
  { contract, challenge, epoch }: EarningsPlace,
  { labeler, cumulative }: EarningsLeaf,
): Promise<Branch> {
  const fields = [addressXdr(contract), u32(challenge), u32(epoch), addressXdr(labeler), i128(cumulative)]
  return { hash: await sha256(Uint8Array.of(0), ...fields), sum: cumulative }
}

/** What a labeler's leaf and proof come to; equal to the posted root and total if they belong to it. */
export async function rootOf(leaf: Branch, proof: readonly Sibling[]): Promise<Branch> {
  let branch = leaf
  for (const { left, ...sibling } of proof) branch = left ? await node(sibling, branch) : await node(branch, sibling)
  return branch
}

async function node(left: Branch, right: Branch): Promise<Branch> {
  const hash = await sha256(Uint8Array.of(1), left.hash, i128(left.sum), right.hash, i128(right.sum))
  return { hash, sum: left.sum + right.sum }
}

const addressXdr = (address: string): Uint8Array => new Address(address).toScVal().toXdr()

function u32(value: number): Uint8Array {
  const out = new Uint8Array(4)
  new DataView(out.buffer).setUint32(0, value)
  return out
}

function i128(value: bigint): Uint8Array {
  const out = new Uint8Array(16)
  const view = new DataView(out.buffer)
  view.setBigInt64(0, value >> 64n)
  view.setBigUint64(8, BigInt.asUintN(64, value))
  return out
}

async function sha256(...parts: Uint8Array[]): Promise<Uint8Array> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  parts.reduce((at, part) => {
    bytes.set(part, at)
    return at + part.length
  }, 0)
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}
