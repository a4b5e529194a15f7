/** What a page says of itself: how far it reaches, and what in it is not to be believed. */
import { expect, test } from 'vitest'
import { createEventChain } from '../testing/chain.ts'
import { contractOf } from '../testing/random.ts'
import { tellStory } from '../testing/story.ts'
import { readPage } from './page.ts'

const chain = createEventChain(contractOf('stellartrain'))
tellStory(chain)
const events = chain.raw.slice(0, 6)
const last = events.at(-1)!
const end = (ledger: number) => `${((BigInt(ledger) << 32n) | 0xffff_ffffn).toString().padStart(19, '0')}-4294967294`
const read = (answer: object) =>
  readPage({ events, latestLedger: 2_000, latestLedgerCloseTime: '77', ...answer }, chain.contract)

test('a page that ends with an event may have been cut off inside its ledger', () => {
  expect(read({ cursor: last.id }).through).toBe(last.ledger - 1)
  expect(read({ cursor: end(1_500) })).toMatchObject({ through: 1_500, throughClosedAt: 0 })
  expect(read({ cursor: end(2_000) })).toMatchObject({ through: 2_000, throughClosedAt: 77 })
  expect(read({ cursor: end(9_999) }).through).toBe(2_000)
  expect(read({ events: [], cursor: end(1_200) })).toMatchObject({ events: [], through: 1_200 })
})

test('a page that ends with an event that is none of ours may have been cut off as well', () => {
  const foreign = { ...last, contractId: contractOf('other') }
  expect(read({ events: [...events.slice(0, -1), foreign], cursor: last.id }).through).toBe(last.ledger - 1)
  const failed = { ...last, inSuccessfulContractCall: false }
  expect(read({ events: [failed], cursor: last.id })).toMatchObject({ events: [], through: last.ledger - 1 })
})

test('doubles are dropped, the order is restored, failed calls and other contracts are left out', () => {
  const [first, second, third, fourth] = events
  const odd = [
    second,
    first,
    { ...third, inSuccessfulContractCall: false },
    second,
    { ...fourth, contractId: contractOf('other') },
  ]
  expect(read({ events: odd, cursor: last.id }).events.map(({ id }) => id)).toEqual([first!.id, second!.id])
})

test.each([
  ['no object', null],
  ['no ledger', { events: [], cursor: last.id, latestLedger: 'x' }],
  ['no cursor', { events: [], latestLedger: 1 }],
  ['a strange cursor', { events: [], cursor: 'next', latestLedger: 1 }],
  ['an id of another ledger', { events: [{ ...last, ledger: 5 }], cursor: last.id, latestLedger: 1 }],
  ['a topic that is no base64', { events: [{ ...last, topic: ['{,}'] }], cursor: last.id, latestLedger: 1 }],
  ['a value with a NUL', { events: [{ ...last, value: 'AA\0A' }], cursor: last.id, latestLedger: 1 }],
  ['a cursor beyond all ledgers', { events: [], cursor: end(2 ** 31), latestLedger: 1 }],
  ['a latest ledger beyond all', { events: [], cursor: last.id, latestLedger: 2 ** 31 }],
  ['no time', { events: [{ ...last, ledgerClosedAt: 'soon' }], cursor: last.id, latestLedger: 1 }],
])('%s is refused, to be asked again', (_, answer) => {
  expect(() => readPage(answer, chain.contract)).toThrow(expect.objectContaining({ code: 'bad_page', retryable: true }))
})
