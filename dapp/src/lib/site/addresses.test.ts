import { describe, expect, it } from 'vitest'
import { patterns, whyMissing } from './addresses.ts'

describe('addresses of pages', () => {
  it('are told from what is none', () => {
    expect(['1', '42', '0', '01', 'abc', '1.5', '-1'].filter((text) => patterns.number.test(text))).toEqual(['1', '42'])
    expect(patterns.account.test('GABC')).toBe(false)
    expect(patterns.account.test(`G${'A'.repeat(55)}`)).toBe(true)
    expect(patterns.hash.test('abc')).toBe(false)
  })
  it('say in words what is missing, never as a pattern', () => {
    for (const path of [
      '/accounts/GABC',
      '/challenges/abc',
      '/challenges/abc/submit',
      '/tx/abc',
      '/verify/1/x',
      '/x',
      '/tx/%E0%A4%A',
    ]) {
      expect(whyMissing(path), path).not.toMatch(/[\\^$[\]{}]|Invalid|undefined|NaN/)
    }
    expect(whyMissing('/accounts/GABC')).toContain('“GABC” is not an address')
  })
})
