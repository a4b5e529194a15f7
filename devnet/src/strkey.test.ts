/** Addresses as text: equal to the SDK's, and nothing else is taken for one. */
import { Keypair, StrKey } from '@stellar/stellar-sdk'
import { expect, test } from 'vitest'
import { accountAddress, accountKey, contractAddress, isContract } from './strkey.ts'

test('keys become the text that the SDK makes of them, and back', () => {
  for (let round = 0; round < 50; round++) {
    const key = Keypair.random().rawPublicKey()
    expect(accountAddress(key)).toBe(StrKey.encodeEd25519PublicKey(key))
    expect(contractAddress(key)).toBe(StrKey.encodeContract(key))
    expect(Uint8Array.from(accountKey(accountAddress(key))!)).toEqual(Uint8Array.from(key))
  }
})

test('a wrong letter, kind or length is no address', () => {
  const contract = contractAddress(new Uint8Array(32).fill(9))
  expect(isContract(contract)).toBe(true)
  expect(isContract(contract.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).toBe(false)
  expect(isContract(contract.toLowerCase())).toBe(false)
  expect(isContract(contract.slice(1))).toBe(false)
  expect(accountKey(contract)).toBeUndefined()
})
