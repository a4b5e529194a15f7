/** The decoder against events that the Stellar SDK wrote, and against what is no event of ours. */
import { EVENT_TYPES, RECORDS_EVENT_TYPES, RECOUNT_EVENT_TYPES } from '@stellartrain/contracts-client/events'
import { expect, test } from 'vitest'
import { randomHistory } from '../testing/history.ts'
import { decodeEvent } from './decode.ts'
import { plainData } from './plain.ts'

test('every kind of event comes out as it went in', () => {
  const { events, raw } = randomHistory({ challenges: 60, submissions: 60, records: true, seed: 7 })
  expect(new Set(events.map(({ event }) => event.type)).size).toBe(
    EVENT_TYPES.length + RECORDS_EVENT_TYPES.length + RECOUNT_EVENT_TYPES.length,
  )
  raw.forEach((event, index) => {
    const expected = events[index]!.event
    const clean =
      expected.type === 'oracle_registered' ? { ...expected, url: expected.url.replace('\0', '\ufffd') } : expected
    expect(decodeEvent(event.topic, event.value)).toEqual(clean)
  })
})

test('what it does not understand is null, never an exception', () => {
  const [event] = randomHistory({ challenges: 1, submissions: 1, seed: 1 }).raw
  expect(decodeEvent([], '')).toBeNull()
  expect(decodeEvent(['AAAA'], 'AAAA')).toBeNull()
  expect(decodeEvent(event!.topic.slice(0, 1), event!.value)).toBeNull()
  expect(decodeEvent(event!.topic, event!.value.slice(0, 20))).toBeNull()
})

test('the JSON of every kind of event is what JSON.stringify writes, whatever its texts hold', () => {
  const { events } = randomHistory({ challenges: 60, submissions: 20, records: true, seed: 7 })
  const odd = ['"', '\\', '\0', '\u001f', '\u007f', 'ä', '\u2028', '\ud800', '\udc00x', '😀', '{"a":1}', '']
  for (const { event } of events) {
    const more = { ...event, odd, none: undefined, half: 0.5, nested: { list: [null, true, [1n]], empty: {} } }
    const { type: _, ...data } = more
    expect(plainData(more)).toBe(JSON.stringify(data, (_, value) => (typeof value === 'bigint' ? `${value}` : value)))
  }
})
