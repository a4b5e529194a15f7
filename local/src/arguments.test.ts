/** The npm scripts refuse what they do not know instead of starting something else. */
import { expect, test } from 'vitest'
import { readFlags } from './arguments.ts'

class Stopped extends Error {
  readonly code: number
  constructor(text: string, code: number) {
    super(text)
    this.code = code
  }
}

const read = (...args: string[]) =>
  readFlags('usage', ['json'], args, (text, code) => {
    throw new Stopped(text, code)
  })

test('a known flag is given, or not', () => {
  expect([...read('--json')]).toEqual(['json'])
  expect([...read()]).toEqual([])
})

test('help prints the usage and starts nothing', () => {
  expect(() => read('--help')).toThrow(expect.objectContaining({ message: 'usage', code: 0 }))
})

test.each([['--jsno'], ['-j'], ['now'], ['--json=1']])('%s is refused by name', (argument) => {
  expect(() => read(argument)).toThrow(
    expect.objectContaining({ code: 2, message: expect.stringContaining(argument.split('=')[0]!) }),
  )
})
