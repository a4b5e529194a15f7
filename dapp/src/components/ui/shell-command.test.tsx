import { expect, it } from 'vitest'
import { show } from '../../testing/show.ts'
import { ShellCommand } from './shell-command.tsx'

it('keeps the command whole as text, and each of its words on one line', () => {
  const place = show(() => <ShellCommand command="npx stellartrain tasks 4 --out batch.csv" />)
  const command = place.querySelector('code')!
  expect(command.textContent?.trim()).toBe('npx stellartrain tasks 4 --out batch.csv')
  // A browser may end a line after a hyphen; not inside a box of its own.
  const words = [...command.children].map((word) => [word.textContent?.trim(), word.className.includes('inline-block')])
  expect(words).toEqual(['npx', 'stellartrain', 'tasks', '4', '--out', 'batch.csv'].map((word) => [word, true]))
})
