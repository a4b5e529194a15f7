import { expect, test } from 'vitest'
import { Simulated } from './simulated.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('equal questions of one moment are computed once, and others, or those of another moment, each time', () => {
  const asked: string[] = []
  const simulated = new Simulated()
  const get = (moment: string, options: string, envelope: string) =>
    simulated
      .get(moment, options, bytes(envelope), () => {
        asked.push(`${moment} ${options} ${envelope}`)
        return Buffer.from(`${moment} ${options} ${envelope}`)
      })
      .toString()
  const questions: [string, string, string][] = [
    ['1', 'record', 'a'],
    ['1', 'record', 'a'],
    ['1', 'enforce', 'a'],
    ['1', 'record', 'b'],
    ['2', 'record', 'a'],
    ['1', 'record', 'a'],
  ]
  for (const question of questions) expect(get(...question)).toBe(question.join(' '))
  expect(asked).toEqual(['1 record a', '1 enforce a', '1 record b', '2 record a', '1 record a'])
})

test('what is large is not kept, and a flood of questions is not either', () => {
  const simulated = new Simulated()
  let asked = 0
  const get = (envelope: Uint8Array, answer = Buffer.alloc(1)) =>
    simulated.get('1', '', envelope, () => {
      asked += 1
      return answer
    })
  for (let times = 0; times < 2; times++) get(new Uint8Array(20_001))
  for (let times = 0; times < 2; times++) get(bytes('large'), Buffer.alloc(20_001))
  expect(asked).toBe(4)
  for (let number = 0; number < 501; number++) get(bytes(`${number}`))
  get(bytes('0'))
  expect(asked).toBe(4 + 502)
})
