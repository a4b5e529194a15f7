/** The tree of an epoch of earnings, as labelers and oracles make it: leaves of two and more, proofs for each. */
import { createHash } from 'node:crypto'
import { Address, nativeToScVal, xdr } from '@stellar/stellar-sdk/base'

export type Earning = { labeler: string; cumulative: bigint }

const sha256 = (...parts: Uint8Array[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

/** SHA-256 of the XDR of (contract, challenge, epoch, labeler, cumulative). */
export function leafOf(contract: string, challenge: number, epoch: number, { labeler, cumulative }: Earning): Buffer {
  const fields = xdr.ScVal.scvVec([
    new Address(contract).toScVal(),
    nativeToScVal(challenge, { type: 'u32' }),
    nativeToScVal(epoch, { type: 'u32' }),
    new Address(labeler).toScVal(),
    nativeToScVal(cumulative, { type: 'i128' }),
  ])
  return sha256(Buffer.from(fields.toXdr('base64'), 'base64'))
}

/** Pairs are hashed in their order as bytes; a last one without a pair goes up as it is. */
export function treeOf(leaves: readonly Buffer[]): { root: Buffer; proofs: Buffer[][] } {
  const proofs: Buffer[][] = leaves.map(() => [])
  let level = leaves.map((hash, index) => ({ hash, below: [index] }))
  while (level.length > 1) {
    const above: typeof level = []
    for (let at = 0; at < level.length; at += 2) {
      const [one, other] = [level[at]!, level[at + 1]]
      if (!other) {
        above.push(one)
        continue
      }
      for (const index of one.below) proofs[index]!.push(other.hash)
      for (const index of other.below) proofs[index]!.push(one.hash)
      const sorted = [one.hash, other.hash].sort(Buffer.compare)
      above.push({ hash: sha256(...sorted), below: [...one.below, ...other.below] })
    }
    level = above
  }
  return { root: level[0]!.hash, proofs }
}
