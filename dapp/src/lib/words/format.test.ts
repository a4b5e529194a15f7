import { describe, expect, it } from 'vitest'
import {
  formatAmount,
  formatDuration,
  formatRelative,
  formatScore,
  formatUnits,
  ordinal,
  parseUnits,
  shorten,
} from './format.ts'

const usdc = { code: 'USDC', decimals: 7, contract: 'CAAA' }

describe('amounts', () => {
  it('never round money away and never invent zeros', () => {
    expect(formatUnits('12345000000', 7)).toBe('1,234.5')
    expect(formatUnits('1', 7)).toBe('0.0000001')
    expect(formatUnits(-5n, 0)).toBe('\u22125')
    expect(formatUnits(2n ** 120n, 7)).toContain('.')
  })
  it('name an unread token by its contract and count base units', () => {
    const unread = { code: null, decimals: null, contract: 'CABCDEFGHIJKLMNOP' }
    expect(formatAmount('500', unread)).toBe('500 base units of CABC…MNOP')
  })
  it('round-trip through the form', () => {
    for (const text of ['0', '50', '0.0000001', '12.5']) {
      expect(formatUnits(parseUnits(text, 7)!, 7)).toBe(text)
    }
    expect(formatAmount(parseUnits('50', 7)!, usdc)).toBe('50 USDC')
  })
  it('refuse what is no plain amount', () => {
    for (const text of ['', '-1', '1e3', '1,5', '0.00000001', ' ', '1.']) expect(parseUnits(text, 7)).toBeNull()
  })
})

describe('times', () => {
  it('say two parts for hours and days, one otherwise', () => {
    expect(formatDuration(3 * 3600 + 360)).toBe('3 h 6 min')
    expect(formatDuration(59)).toBe('59 s')
    expect(formatDuration(86_400)).toBe('1 d')
    expect(formatDuration(119.9 * 86_400)).toBe('120 d')
  })
  it('tell past from future', () => {
    expect(formatRelative(10_000, 0)).toBe('in 10 s')
    expect(formatRelative(0, 10_000)).toBe('10 s ago')
  })
})

describe('scores and names', () => {
  it('drop only zeros that say nothing', () => {
    expect([0.9, 0.8712345, 41, -0.5].map(formatScore)).toEqual(['0.9', '0.8712345', '41', '\u22120.5'])
  })
  it('keep what identifies a hash', () => {
    expect(shorten('GABCDEFGHIJKLMNOPQRSTUVWXYZ')).toBe('GABC…WXYZ')
    expect(shorten('short')).toBe('short')
  })
  it('count places as people do', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 113].map(ordinal)).toEqual([
      '1st',
      '2nd',
      '3rd',
      '4th',
      '11th',
      '12th',
      '13th',
      '21st',
      '102nd',
      '113th',
    ])
  })
})
