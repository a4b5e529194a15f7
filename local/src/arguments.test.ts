/** The npm scripts refuse what they do not know instead of starting something else. */
import { expect, test } from 'vitest'
import { numberOf, readFlags, readValues } from './arguments.ts'

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

const stop = (text: string, code: number): never => {
  throw new Stopped(text, code)
}
const values = (...args: string[]) =>
  readValues('usage', { kills: { type: 'string' }, chaos: { type: 'boolean' } }, args, stop)

test('values are read, and help starts nothing', () => {
  expect({ ...values('--kills', '3', '--chaos') }).toEqual({ kills: '3', chaos: true })
  expect(() => values('--help')).toThrow(expect.objectContaining({ message: 'usage', code: 0 }))
})

test.each([[['--kils', '3']], [['now']], [['--kills']], [['--chaos=1']]])(
  '%j is refused in a sentence above the usage',
  (args) => {
    const message = expect.stringMatching(/^[A-Z][^\n]*\.\nusage$/)
    expect(() => values(...args)).toThrow(expect.objectContaining({ code: 2, message }))
  },
)

test.each(['abc', '', '-1', 'Infinity'])('%j is no number of kills', (text) => {
  expect(() => numberOf('kills', text, 0, stop)).toThrow(`--kills is a number from 0, not "${text}".`)
})
