import { describe, expect, it } from 'vitest'
import { closingOf } from './closing.ts'
import type { Challenge } from './types.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const challenge = {
  state: 'awaiting_oracles',
  maker: 'M',
  acceptBy: '2026-11-23T00:00:00Z',
  opensTruth: true,
  oracles: [{ accepted: false }],
  reveals: [],
  money: { escrow: '100', feeBudget: '5' },
} as unknown as Challenge
const ended = { ...challenge, state: 'ended', oracles: [{ accepted: true }] } as Challenge

describe('the last steps of a challenge', () => {
  it('lets the maker cancel at once and anybody after the time for acceptance', () => {
    expect(closingOf(challenge, 'M', now).cancel).toBe(true)
    expect(closingOf(challenge, 'X', now).cancel).toBe(false)
    expect(closingOf(challenge, 'X', Date.parse(challenge.acceptBy)).cancel).toBe(true)
  })
  it('offers the rest only after the end, and never money that is still locked for winners', () => {
    expect(closingOf(ended, undefined, now).close).toBe(105n)
    expect(closingOf({ ...ended, state: 'open' }, undefined, now).close).toBe(0n)
  })
  it('asks the maker for the truth once', () => {
    expect(closingOf(ended, 'M', now).open).toBe(true)
    expect(closingOf(ended, 'X', now).open).toBe(false)
    expect(closingOf({ ...ended, reveals: [{ by: 'M', cid: 'b', tx: 't', at: '' }] }, 'M', now).open).toBe(false)
  })
})
