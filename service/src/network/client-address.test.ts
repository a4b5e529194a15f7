/** Limits for each client count clients, whatever headers a stranger or a proxy writes. */
import { expect, test } from 'vitest'
import { clientAddress, clientKey, networkKey } from './client-address.ts'

const from = (forwarded: string, proxies: number) =>
  clientKey(clientAddress({ remote: '10.0.0.1', forwarded, proxies }))

test.each([
  ['what a stranger wrote before our proxy', '127.0.0.1, 198.51.100.7', 1, '198.51.100.7'],
  ['two of our proxies', '127.0.0.1, 198.51.100.7, 203.0.113.9', 2, '198.51.100.7'],
  ['no proxy of ours', '198.51.100.7', 0, '10.0.0.1'],
  ['a proxy that writes the port', '198.51.100.7:41234', 1, '198.51.100.7'],
  ['a proxy that writes it behind IPv6', '[2001:db8:1:2:3::4]:443', 1, '2001:db8:1:2'],
  ['IPv6', '2001:db8:1:2:3::4', 1, '2001:db8:1:2'],
])('%s', (_, forwarded, proxies, key) => {
  expect(from(forwarded, proxies)).toBe(key)
})

test.each([
  ['198.51.100.7', '198.51.100'],
  ['::ffff:198.51.100.7', '198.51.100'],
  ['2001:db8:1:2:3::4', '2001:db8:1'],
  ['2001:db8::4', '2001:db8:0'],
])('the network of %s', (address, network) => {
  expect(networkKey(clientKey(address))).toBe(network)
})
