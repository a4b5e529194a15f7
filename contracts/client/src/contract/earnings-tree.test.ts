/** Sum trees: every labeler proves its own amount, against the root and the total that the two posted children give. */
import { Keypair } from '@stellar/stellar-sdk/base'
import { toHex } from '@stellartrain/contracts-client'
import { expect, test } from 'vitest'
import { type Branch, earningsLeaf, earningsTree, PROOF_MAX, rootOf } from './earnings-tree.ts'

const CONTRACT = 'CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC'
const place = { contract: CONTRACT, challenge: 3, epoch: 2 }
const labelers = Array.from({ length: 9 }, (_, at) => Keypair.fromRawEd25519Seed(Buffer.alloc(32, at + 1)).publicKey())
const plain = ({ hash, sum }: Branch) => ({ hash: toHex(hash), sum })

test('every size has a proof for every leaf, and none for another amount, epoch or challenge', async () => {
  for (let size = 1; size <= labelers.length; size++) {
    const leaves = labelers.slice(0, size).map((labeler, at) => ({ labeler, cumulative: BigInt(at + 1) * 10n }))
    const { root, total, left, right, proofOf } = await earningsTree(place, leaves)
    expect(total).toBe(left.sum + right.sum)
    expect(total).toBe(leaves.reduce((sum, { cumulative }) => sum + cumulative, 0n))
    for (const leaf of leaves) {
      const proof = proofOf(leaf.labeler)!
      expect(proof.length).toBeLessThanOrEqual(PROOF_MAX)
      expect(plain(await rootOf(await earningsLeaf(place, leaf), proof))).toEqual({ hash: toHex(root), sum: total })
      for (const other of [
        earningsLeaf(place, { ...leaf, cumulative: leaf.cumulative + 1n }),
        earningsLeaf({ ...place, epoch: 1 }, leaf),
        earningsLeaf({ ...place, challenge: 4 }, leaf),
      ])
        expect(toHex((await rootOf(await other, proof)).hash)).not.toBe(toHex(root))
      // A sibling with another sum shows another total, or another root.
      const [first, ...rest] = proof
      const lied = await rootOf(await earningsLeaf(place, leaf), [{ ...first!, sum: first!.sum + 1n }, ...rest])
      expect(plain(lied)).not.toEqual({ hash: toHex(root), sum: total })
    }
    expect(proofOf('G')).toBeUndefined()
  }
})

test('a single leaf is the left child, beside a missing one; the order of the leaves does not matter', async () => {
  const one = { labeler: labelers[0]!, cumulative: 7n }
  const { left, right, total } = await earningsTree(place, [one])
  expect([plain(left), plain(right), total]).toEqual([
    plain(await earningsLeaf(place, one)),
    { hash: '0'.repeat(64), sum: 0n },
    7n,
  ])
  const leaves = labelers.map((labeler) => ({ labeler, cumulative: 5n }))
  const [there, back] = await Promise.all([earningsTree(place, leaves), earningsTree(place, leaves.toReversed())])
  expect(toHex(there.root)).toBe(toHex(back.root))
  await expect(earningsTree(place, [])).rejects.toThrow(RangeError)
})
