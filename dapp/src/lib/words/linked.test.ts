import { describe, expect, it } from 'vitest'
import { linkedParts } from './linked.ts'

const solver = `GABC${'D'.repeat(48)}EFGH`
const like = `GABC${'E'.repeat(48)}EFGH`

describe('the accounts of a sentence', () => {
  it('become parts of their own, with the whole address', () => {
    expect(linkedParts('GABC…EFGH made submission 1.', { solver, number: 1 })).toEqual([
      { text: 'GABC…EFGH', address: solver },
      { text: ' made submission 1.' },
    ])
    expect(
      linkedParts('Oracle GABC…EFGH accepted.', { oracle: solver })
        .map(({ text }) => text)
        .join(''),
    ).toBe('Oracle GABC…EFGH accepted.')
  })
  it('are not guessed', () => {
    expect(linkedParts('GABC…EFGH paid.', { from: solver, to: like })[0]).toEqual({ text: 'GABC…EFGH' })
    expect(linkedParts('GZZZ…EFGH paid.', { from: solver })[0]).toEqual({ text: 'GZZZ…EFGH' })
    expect(linkedParts('Nothing.', {})).toEqual([{ text: 'Nothing.' }])
  })
})
