import { expect, it } from 'vitest'
import type { Challenge } from '../../lib/read/types.ts'
import { show } from '../../testing/show.ts'
import { CommandLine } from './command.tsx'

it('keeps the command whole as text, and each of its words on one line', () => {
  const place = show(() => <CommandLine challenge={{ id: 4, payout: { rule: 'per_unit' } } as unknown as Challenge} />)
  const command = place.querySelector('code')!
  expect(command.textContent?.trim()).toBe('npx stellartrain tasks 4 --out batch.csv')
  // A browser may end a line after a hyphen; not inside a box of its own.
  const words = [...command.children].map((word) => [word.textContent?.trim(), word.className.includes('inline-block')])
  expect(words).toEqual(['npx', 'stellartrain', 'tasks', '4', '--out', 'batch.csv'].map((word) => [word, true]))
})
