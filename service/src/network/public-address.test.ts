/** Whatever stands for this machine or its network is no public address, however it is written. */
import { expect, test } from 'vitest'
import { addressOf, isPublicAddress, publicLookup } from './public-address.ts'

test.each(['8.8.8.8', '1.1.1.1', '172.15.255.255', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
  '%s is public',
  (address) => expect(isPublicAddress(address)).toBe(true),
)

test.each([
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.9.9.9', '169.254.169.254', '172.16.0.1', '192.168.1.1'],
  ...[
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
  ],
  ...[
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2001::1',
    '',
    'localhost',
    'example.org',
  ],
])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false))

test.each([
  ['http://0x7f.1/', '127.0.0.1'],
  ['http://2130706433/', '127.0.0.1'],
  ['http://0177.0.0.1/', '127.0.0.1'],
  ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
  ['https://example.org/', null],
])('%s is the address %s', (url, address) => expect(addressOf(new URL(url))).toBe(address))

test('a name that resolves to this machine is refused, in each form in which it is asked', async () => {
  const ask = (lookup: ReturnType<typeof publicLookup>, all: boolean) =>
    new Promise((resolve) => lookup('localhost', { all } as never, (error, found) => resolve(error?.message ?? found)))
  for (const all of [true, false]) {
    expect(await ask(publicLookup(), all)).toMatch('localhost is not an address of the public internet')
    expect(JSON.stringify(await ask(publicLookup({ allowed: () => true }), all))).toMatch(/127\.0\.0\.1|::1/)
  }
})
