/** The small decoder must say what the SDK's own says, and must not be led astray by broken bytes. */
import { Address, Keypair, nativeToScVal, scValToNative, xdr } from '@stellar/stellar-sdk/base'
import { expect, test } from 'vitest'
import { readScVal } from './scval.ts'

const account = Keypair.fromRawEd25519Seed(new Uint8Array(32).fill(7)).publicKey()
const contract = Address.contract(new Uint8Array(32).fill(9)).toString()

test.each<[string, xdr.ScVal]>([
  ['u32', nativeToScVal(4_294_967_295, { type: 'u32' })],
  ['i64', nativeToScVal(-(2n ** 63n), { type: 'i64' })],
  ['u64', nativeToScVal(2n ** 64n - 1n, { type: 'u64' })],
  ['i128 negative', nativeToScVal(-1n, { type: 'i128' })],
  ['i128 large', nativeToScVal(2n ** 126n + 5n, { type: 'i128' })],
  ['bool', nativeToScVal(true)],
  ['void', xdr.ScVal.scvVoid()],
  ['symbol', nativeToScVal('submitted', { type: 'symbol' })],
  ['string with padding', nativeToScVal('https://oracle.example/ä', { type: 'string' })],
  ['account', new Address(account).toScVal()],
  ['contract', new Address(contract).toScVal()],
  ['nested', nativeToScVal([1n, ['a', { x: 5, y: new Uint8Array([1, 2, 3]) }]])],
])('reads %s as the SDK does', (_, value) => {
  const ours = readScVal(value.toXdr())
  const theirs = scValToNative(value)
  expect(normal(ours)).toEqual(normal(theirs))
  expect(readScVal(value.toXdr('base64'))).toEqual(ours)
})

test('refuses cut and padded bytes, and lengths that the bytes cannot hold', () => {
  const bytes = nativeToScVal([1n, 2n, 'abc']).toXdr()
  for (let length = 0; length < bytes.length; length++) expect(() => readScVal(bytes.subarray(0, length))).toThrow()
  expect(() => readScVal(Uint8Array.from([...bytes, 0]))).toThrow(/after the end/)
  expect(() => readScVal(Uint8Array.of(0, 0, 0, 16, 0, 0, 0, 1, 255, 255, 255, 255))).toThrow(/cut off/)
})

/** Buffers and typed arrays compare by their bytes. */
function normal(value: unknown): unknown {
  if (value instanceof Uint8Array) return Array.from(value)
  if (Array.isArray(value)) return value.map(normal)
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normal(inner)]))
  }
  return value
}
