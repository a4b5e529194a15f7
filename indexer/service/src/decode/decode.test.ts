/** The decoder against events that the Stellar SDK wrote, and against what is no event of ours. */
import { cidFromChain, cidToChain } from '@stellartrain/ipfs-content/cid'
import { expect, test } from 'vitest'
import { randomHistory } from '../testing/history.ts'
import { cidOf } from '../testing/random.ts'
import { cidText } from './cid.ts'
import { decodeEvent } from './decode.ts'

test('every kind of event comes out as it went in', () => {
  const { events, raw } = randomHistory({ challenges: 60, submissions: 60, seed: 7 })
  expect(new Set(events.map(({ event }) => event.type)).size).toBe(13)
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

test('a CID is written as the library of its inventors writes it', () => {
  for (const codec of [0x55, 0x70]) {
    const { digest } = cidToChain(cidOf('x'))
    expect(cidText(codec, digest)).toBe(cidFromChain({ codec, digest }))
  }
  expect(() => cidText(0x71, new Uint8Array(32))).toThrow(RangeError)
})
