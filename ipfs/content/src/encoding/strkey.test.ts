/** Addresses and keys are told apart as the SDK tells them apart. */
import { randomBytes } from 'node:crypto'
import { StrKey } from '@stellar/stellar-sdk/base'
import { expect, test } from 'vitest'
import { decodeAddress, isAccount, isAddress, isContract, isSecretKey } from './strkey.ts'

const KINDS = [
  ['account', isAccount, StrKey.encodeEd25519PublicKey],
  ['contract', isContract, StrKey.encodeContract],
  ['secret key', isSecretKey, StrKey.encodeEd25519SecretSeed],
] as const

test.each(KINDS)('a %s is one, and none of the others; with a letter changed it is nothing', (kind, is, encode) => {
  for (let time = 0; time < 50; time++) {
    const key = new Uint8Array(randomBytes(32))
    const text = encode(key)
    for (const [other, isOther] of KINDS) expect(isOther(text), `${kind} ${other}`).toBe(other === kind)
    expect(isAddress(text)).toBe(kind !== 'secret key')
    const at = 1 + (time % 55)
    const changed = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
    expect(is(changed), changed).toBe(false)
    for (const wrong of [` ${text}`, text.toLowerCase(), text.slice(1), `${text}A`, '']) expect(is(wrong)).toBe(false)
  }
})

test('a secret key has no bytes here', () => {
  const key = new Uint8Array(randomBytes(32))
  expect(decodeAddress(StrKey.encodeContract(key))).toEqual(key)
  expect(() => decodeAddress(StrKey.encodeEd25519SecretSeed(key))).toThrow('Not a Stellar address')
})
