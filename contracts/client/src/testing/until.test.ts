import { expect, test } from 'vitest'
import { until } from './until.ts'

test('it waits for a state, through errors, and says what it waited for when it gives up', async () => {
  const answers = [false, null, new Error('not yet'), { ledger: 7 }]
  const next = async () => {
    const answer = answers.shift()
    if (answer instanceof Error) throw answer
    return answer
  }
  expect(await until(next, { what: 'an answer' })).toEqual({ ledger: 7 })
  await expect(until(() => false, { what: 'the moon', timeout: 50 })).rejects.toThrow(
    'Waited 0.05 s in vain for the moon: Error: it was false',
  )
})
