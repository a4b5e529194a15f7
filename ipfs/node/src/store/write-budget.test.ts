/** Many uploads at once must not take all memory, and none may keep another one from its own part. */
import { expect, test } from 'vitest'
import { createWriteBudget } from './write-budget.ts'

test('one upload has up to the most, many share the rest, each keeps its own part, and what is written is free again', () => {
  const open = createWriteBudget({ own: 8, most: 32, shared: 48 })
  const fill = (share = open(), of = 0) => {
    while (share.fits(1)) {
      share.add(1)
      of++
    }
    return { share, of }
  }
  const [first, second, third] = [fill(), fill(), fill()]
  expect([first.of, second.of, third.of]).toEqual([32, 32, 8])
  first.share.add(-32)
  expect(fill(third.share, third.of).of).toBe(32)
  // Its own part, though others have all that is shared.
  expect(fill().of).toBe(8)
})

test('a block that is larger than everything is taken alone', () => {
  const share = createWriteBudget({ own: 8, most: 32, shared: 48 })()
  expect(share.fits(1_000)).toBe(true)
  share.add(1_000)
  expect(share.fits(1)).toBe(false)
})
