/** An event that says otherwise than the events before it come to is not believed: something is missing before it. */
import { expect, test } from 'vitest'
import type { ContractEvent, Row } from '../decode/events.ts'
import { randomHistory } from '../testing/history.ts'
import { applyEvents } from './apply.ts'
import { MissingError } from './world.ts'

const { events } = randomHistory({ challenges: 60, submissions: 60, seed: 7 })

type Change = (event: ContractEvent) => ContractEvent | null

const inRow =
  (change: (row: Row) => Row | null): Change =>
  (event) => {
    if (event.type === 'payment_released') {
      const row = change(event.row)
      return row && { ...event, row }
    }
    if (event.type !== 'scored' && event.type !== 'settled' && event.type !== 'ruled') return null
    const at = event.rows.findIndex((row) => change(row) !== null)
    return at === -1 ? null : { ...event, rows: event.rows.with(at, change(event.rows[at]!)!) }
  }

const CHANGES: Record<string, Change> = {
  'an amount': inRow((row) => (row.by === 'open' ? null : { ...row, amount: row.amount + 1n })),
  'a status': inRow((row) => (row.status === 'scored' ? { ...row, status: 'unsettled' } : null)),
  'a flag': inRow((row) => ({ ...row, flags: { ...row.flags, kept: !row.flags.kept } })),
  'whose verdict it is': inRow((row) => (row.by === 'nobody' ? { ...row, by: 'judge' } : null)),
  'a prize that was sent': (event) =>
    event.type === 'payment_released' && event.prize > 0n ? { ...event, prize: event.prize + 1n } : null,
  'what was left': (event) =>
    event.type === 'challenge_closed' && event.prize > 0n ? { ...event, prize: event.prize - 1n } : null,
  'whether the records grew': (event) =>
    event.type === 'challenge_closed' ? { ...event, folded: !event.folded } : null,
  'what a submission carries': (event) => (event.type === 'submitted' ? { ...event, carried: 1n } : null),
  'a quorum of a ranking': (event) =>
    event.type === 'ranking_posted' && event.quorum ? { ...event, quorum: false } : null,
  'whose ranking decides': (event) =>
    event.type === 'ranking_fixed'
      ? { ...event, ranking: event.ranking === 'judge' ? 'running_table' : 'judge' }
      : null,
  'fees of an epoch': (event) =>
    event.type === 'earnings_posted' && event.quorum ? { ...event, fees: event.fees + 1n } : null,
  'fees that were withdrawn': (event) =>
    event.type === 'fees_withdrawn' ? { ...event, amount: event.amount + 1n } : null,
  'what was sent back': (event) =>
    event.type === 'challenge_cancelled' ? { ...event, refunded: event.refunded + 1n } : null,
}

test.each(Object.entries(CHANGES))('%s', (_, change) => {
  const at = events.findIndex(({ event }) => change(event) !== null)
  expect(at).not.toBe(-1)
  const { place, event } = events[at]!
  const told = events.with(at, { place, event: change(event)! })
  expect(() => applyEvents(told)).toThrow(MissingError)
})
