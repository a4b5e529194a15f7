/** What is known of a judge and a gate that are contracts, and what only they say. */
import { expect, test } from 'vitest'
import { gateKnownWords, gradingWords, juryWords } from './contract-words.ts'

const jury = { address: 'CJ', jurors: ['GA', 'GB', 'GC'], majority: 2, stellartrain: 'CM', known: true }

test('a jury: its jurors, or that no one can know, or that it can decide nothing here', () => {
  expect(juryWords(jury, 'CM')).toBe('It is a jury: 2 of 3 jurors rule: GA, GB and GC. A jury cannot rank.')
  expect(juryWords({ ...jury, known: false }, 'CM')).toMatch(
    /^It says that it is a jury\. Its code is not .* may be false/,
  )
  expect(juryWords(jury, 'COTHER')).toBe('It is a jury for challenges of CM: here it can decide nothing.')
  expect(juryWords(null, 'CM')).toBe('No one here knows how this contract decides.')
})

test('a judge that grades: takes no one’s word, and where this index does not follow it, what is not shown', () => {
  expect(gradingWords('CM', 'CM', true)).toMatch(/^It takes no one’s word: .* each solver opens\.$/)
  expect(gradingWords('CM', 'CM', false)).toContain('The index does not follow this contract')
  expect(gradingWords('COTHER', 'CM', true)).toBe('It grades challenges of COTHER: here it can decide nothing.')
})

test('a gate: whom it admits', () => {
  const gate = { address: 'CG', owner: 'GA', qualification: null, known: true }
  expect(gateKnownWords(gate)).toBe('It admits solvers whom GA invited.')
  expect(gateKnownWords({ ...gate, qualification: { records: 'CR', paidSubmissions: 1 } })).toBe(
    'It admits solvers whom GA invited, and solvers who have 1 paid submission or more on record.',
  )
  expect(gateKnownWords({ ...gate, known: false })).toMatch(/By its own word: It admits solvers whom GA invited\.$/)
  expect(gateKnownWords(null)).toBe('No one here knows what this contract asks.')
})
