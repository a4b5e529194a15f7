import { StrKey } from '@stellar/stellar-sdk/base'
import { expect, test } from 'vitest'
import { accountAddress, contractAddress } from './strkey.ts'

test('addresses are those of the Stellar SDK', () => {
  for (let seed = 0; seed < 50; seed++) {
    const bytes = Uint8Array.from({ length: 32 }, (_, index) => (seed * 89 + index * 57) & 0xff)
    expect(accountAddress(bytes)).toBe(StrKey.encodeEd25519PublicKey(bytes))
    expect(contractAddress(bytes)).toBe(StrKey.encodeContract(bytes))
  }
})
