/** Trees are the contract's: the vectors with which its own tests claim. */
import { readFileSync } from 'node:fs'
import { fromHex, toHex } from '@stellartrain/contracts-client'
import { describe, expect, test } from 'vitest'
import { earningsLeaf, earningsTree, rootOf } from './earnings-tree.ts'

type Row = { labeler: string; cumulative: string; leaf: string; proof: string }
type Golden = {
  contract: string
  epochs: { challenge: number; epoch: number; total: string; root: string; rows: Row[] }[]
}
const file = new URL('../../contracts/stellartrain/src/test/golden/earnings.json', import.meta.url)
const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden

describe.each(golden.epochs)('epoch $epoch of challenge $challenge', ({ challenge, epoch, total, root, rows }) => {
  const place = { contract: golden.contract, challenge, epoch }
  const leaves = rows.map(({ labeler, cumulative }) => ({ labeler, cumulative: BigInt(cumulative) }))

  test('has the same leaves, root, proofs and total', async () => {
    const tree = await earningsTree(place, leaves)
    expect(toHex(tree.root)).toBe(root)
    expect(tree.total).toBe(BigInt(total))
    for (const [index, { labeler, leaf, proof }] of rows.entries()) {
      expect(toHex(await earningsLeaf(place, leaves[index]!))).toBe(leaf)
      const found = tree.proofOf(labeler)!
      expect(found.map(toHex).join(' ')).toBe(proof)
      expect(toHex(await rootOf(fromHex(leaf), found))).toBe(root)
    }
    expect(tree.proofOf('G')).toBeUndefined()
  })
})

test('every size has a proof for every leaf, and none for another amount, epoch or challenge', async () => {
  const labelers = golden.epochs.flatMap(({ rows }) => rows.map(({ labeler }) => labeler))
  const all = [...new Set(labelers)].map((labeler, index) => ({ labeler, cumulative: BigInt(index + 1) }))
  const place = { contract: golden.contract, challenge: 3, epoch: 2 }
  for (let size = 1; size <= all.length; size++) {
    const leaves = all.slice(0, size)
    const { root, proofOf } = await earningsTree(place, leaves)
    for (const leaf of leaves) {
      const proof = proofOf(leaf.labeler)!
      expect(await rootOf(await earningsLeaf(place, leaf), proof)).toEqual(root)
      for (const other of [
        earningsLeaf(place, { ...leaf, cumulative: leaf.cumulative + 1n }),
        earningsLeaf({ ...place, epoch: 1 }, leaf),
        earningsLeaf({ ...place, challenge: 4 }, leaf),
      ])
        expect(await rootOf(await other, proof)).not.toEqual(root)
    }
  }
  await expect(earningsTree(place, [])).rejects.toThrow(RangeError)
})
