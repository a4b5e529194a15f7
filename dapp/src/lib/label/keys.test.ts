/** Which key a choice gets: its own name where that is a key, else the next that is left. */
import { expect, it } from 'vitest'
import { choiceAt, choiceKeys, commandOf } from './keys.ts'

const named = (...names: string[]) => names.map((value) => ({ value }))

it('a digit or a letter is chosen by itself, wherever it stands', () => {
  const digits = named(...'0123456789')
  expect(choiceKeys(digits).join('')).toBe('0123456789')
  expect(choiceAt('5', digits)).toBe(5)
  expect(choiceKeys(named('B', 'A'))).toEqual(['b', 'a'])
  expect(choiceAt('A', named('B', 'A'))).toBe(1)
})

it('what people read counts, not the value', () => {
  expect(
    choiceKeys([
      { value: '1', title: '2' },
      { value: '2', title: '1' },
    ]),
  ).toEqual(['2', '1'])
})

it('all others get what is left, in their order, and no key twice', () => {
  expect(choiceKeys(named('cat', 'dog'))).toEqual(['1', '2'])
  expect(choiceKeys(named('none', '1', '2', 'more'))).toEqual(['3', '1', '2', '4'])
  expect(choiceKeys(named('a', 'A'))).toEqual(['a', '1'])
  expect(choiceAt('4', named('cat', 'dog'))).toBeUndefined()
})

it('no choice takes the letter of a command, nor the one that draws a box', () => {
  const keys = choiceKeys(named('s', 'u', 'f', 'n', ...Array.from({ length: 40 }, (_, at) => `choice ${at}`)))
  expect(keys.slice(0, 4)).toEqual(['1', '2', '3', '4'])
  expect(keys.at(-1)).toBeUndefined()
  for (const key of keys) expect(key === undefined || (commandOf(key) === undefined && key !== 'n')).toBe(true)
})
