/** Buckets fill evenly, and a client is a network or an address. */
import { clientAddress, clientKey } from '@stellartrain/service'
import { expect, test } from 'vitest'
import { createLimiter } from './rate-limit.ts'

test('a bucket holds a minute of requests and fills evenly', () => {
  const limiter = createLimiter(6)
  const takes = (now: number, count: number) => Array.from({ length: count }, () => limiter.take('a', now).wait)
  expect(takes(0, 7)).toEqual([0, 0, 0, 0, 0, 0, 10])
  expect(takes(9_000, 1)).toEqual([1])
  expect(takes(10_000, 2)).toEqual([0, 10])
  expect(limiter.take('b', 10_000)).toEqual({ wait: 0, left: 5, full: 10 })
  expect(takes(1_000_000, 7)).toEqual([0, 0, 0, 0, 0, 0, 10])
  // A clock that is set back gives nothing.
  expect(takes(0, 1)).toEqual([10])
})

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['2001:DB8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::7', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s is the client %s', (address, key) => {
  expect(clientKey(address)).toBe(key)
})

test.each([
  [0, '9.9.9.9', 'remote'],
  [1, '9.9.9.9', '9.9.9.9'],
  [1, '6.6.6.6, 9.9.9.9', '9.9.9.9'],
  [2, '6.6.6.6, 9.9.9.9, 10.0.0.1', '9.9.9.9'],
  [2, '9.9.9.9', '9.9.9.9'],
  [1, undefined, 'remote'],
])('behind %i proxies that say %s it is %s', (proxies, forwarded, client) => {
  expect(clientAddress({ remote: 'remote', forwarded, proxies })).toBe(client)
})
