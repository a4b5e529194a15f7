import type { ChainEvent } from '@stellartrain/indexer-api'
import { describe, expect, it } from 'vitest'
import { sentenceOf } from './sentences.ts'

const event = (type: ChainEvent['type'], data: ChainEvent['data']): ChainEvent => ({
  ...{ id: '1-1', type, ledger: 1, closedAt: '2026-11-01T00:00:00Z', txHash: 'aa', challenge: 1 },
  data,
})

describe('a call of close', () => {
  const closed = (prize: string, fees: string, folded: boolean) =>
    sentenceOf(event('challenge_closed', { prize, fees, folded }))

  it('says what the maker was sent', () => {
    expect(closed('50', '7', true)).toBe(
      'The maker took back what no one could still win: 50 base units of the prize and 7 base units of the fee budget.',
    )
  })

  it('says what else it did where it sent nothing', () => {
    expect(closed('0', '0', true)).toBe('The records of the maker and the oracles were brought up to date.')
    expect(closed('0', '0', false)).toBe('Prizes that are due were set aside.')
  })
})
