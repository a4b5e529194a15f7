/** The Merkle sum tree of an epoch of earnings, as labelers and oracles make it: leaves of two and more, proofs for each. */
import { createHash } from 'node:crypto'
import { Address } from '@stellar/stellar-sdk/base'
import type { Branch, Sibling } from '@stellartrain/contracts-client'

export type Earning = { labeler: string; cumulative: bigint }

export type Tree = { left: Branch; right: Branch; root: Uint8Array; total: bigint; proofs: Sibling[][] }

const NOTHING: Branch = { hash: new Uint8Array(32), sum: 0n }

const sha256 = (...parts: Uint8Array[]) =>
  new Uint8Array(parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest())

/** The contract's leaf: SHA-256(0 ‖ contract ‖ challenge ‖ epoch ‖ labeler ‖ cumulative). */
export function leafOf(contract: string, challenge: number, epoch: number, { labeler, cumulative }: Earning): Branch {
  const xdr = (address: string) => Buffer.from(new Address(address).toScVal().toXdr('base64'), 'base64')
  const hash = sha256(Uint8Array.of(0), xdr(contract), u32(challenge), u32(epoch), xdr(labeler), i128(cumulative))
  return { hash, sum: cumulative }
}

/** A level with an odd number of subtrees ends with a missing one. */
export function treeOf(leaves: readonly Branch[]): Tree {
  const proofs: Sibling[][] = leaves.map(() => [])
  let level = leaves.map((branch, index) => ({ ...branch, below: [index] }))
  for (;;) {
    const above: typeof level = []
    for (let at = 0; at < level.length; at += 2) {
      const [one, other] = [level[at]!, level[at + 1] ?? { ...NOTHING, below: [] }]
      for (const index of one.below) proofs[index]!.push({ hash: other.hash, sum: other.sum, left: false })
      for (const index of other.below) proofs[index]!.push({ hash: one.hash, sum: one.sum, left: true })
      above.push({ ...node(one, other), below: [...one.below, ...other.below] })
    }
    if (above.length === 1) {
      const [left, right] = [level[0]!, level[1] ?? NOTHING].map(({ hash, sum }) => ({ hash, sum }))
      return { left: left!, right: right!, root: above[0]!.hash, total: above[0]!.sum, proofs }
    }
    level = above
  }
}

const node = (left: Branch, right: Branch): Branch => ({
  hash: sha256(Uint8Array.of(1), left.hash, i128(left.sum), right.hash, i128(right.sum)),
  sum: left.sum + right.sum,
})

function u32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** Of amounts, which are not negative. */
const i128 = (value: bigint): Uint8Array => Buffer.from(value.toString(16).padStart(32, '0'), 'hex')
