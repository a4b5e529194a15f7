/** The table of the quorum demo. */
import { expect, test } from 'vitest'
import { conductTable } from './table.ts'

test('one line an oracle, aligned', () => {
  const address = `G${'A'.repeat(51)}WXYZ`
  const none = { agreed: 0, disagreed: 0, missing: 0, unavailable: 0, fees: '0' }
  expect(
    conductTable([
      { ...none, address, part: 'honest', votes: 12, agreed: 12, fees: '0.2' },
      { ...none, address, part: 'lying', votes: 2, disagreed: 2 },
    ]),
  ).toEqual([
    'oracle  address    votes  agreed  disagreed  unavailable  missing  fees',
    'honest  GAAA…WXYZ     12      12          0            0        0   0.2',
    'lying   GAAA…WXYZ      2       0          2            0        0     0',
  ])
})
