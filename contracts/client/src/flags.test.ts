/** The flags are those of the contract's source. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { FLAGS, hasFlag } from './flags.ts'

test('every flag of the contract is known under its name', () => {
  const source = readFileSync(new URL('../../stellartrain/src/entry.rs', import.meta.url), 'utf8')
  const declared = [...source.matchAll(/^pub const ([A-Z_]+): u8 = (\d+);$/gm)].map(([, name, bit]) => [
    name!.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    Number(bit),
  ])
  expect(Object.fromEntries(declared)).toEqual(FLAGS)
})

test('one of several flags is enough, none is none', () => {
  expect(hasFlag(FLAGS.prizePaid | FLAGS.rejectVoted, 'prizeHeld', 'prizePaid')).toBe(true)
  expect(hasFlag(FLAGS.rejectVoted, 'prizeHeld', 'prizePaid')).toBe(false)
  expect(hasFlag(255)).toBe(false)
})
