import { expect, it } from 'vitest'
import { sealedTruth, withUsage } from './usage.ts'

const truth = `id,label\n${Array.from({ length: 10 }, (_, at) => `r${at},x`).join('\n')}\n`

it('parts the rows to predict, the same way for the same seed, and leaves some on each side', () => {
  const rows = (share: number) => withUsage(truth, share, 7).trim().split('\n')
  expect(rows(50)[0]).toBe('id,label,usage')
  expect(rows(50).filter((row) => row.endsWith(',public'))).toHaveLength(5)
  expect(rows(50)).toEqual(rows(50))
  expect(rows(1).filter((row) => row.endsWith(',public'))).toHaveLength(1)
  expect(rows(99).filter((row) => row.endsWith(',private'))).toHaveLength(1)
})

it('what is sealed, and what its maker keeps, is the parted truth of a ranking, else the truth', () => {
  const of = { publicShare: '50', seed: 7 }
  expect(sealedTruth({ kind: 'ranked', ...of }, truth)).toBe(withUsage(truth, 50, 7))
  expect(sealedTruth({ kind: 'bounty', ...of }, truth)).toBe(truth)
})
