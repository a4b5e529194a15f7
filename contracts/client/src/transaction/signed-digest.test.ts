/** A signature over 32 bytes, of whoever can sign transactions alone. */
import { Keypair, TransactionBuilder } from '@stellar/stellar-sdk/base'
import { expect, test } from 'vitest'
import { isDigestSigned, signDigest } from './signed-digest.ts'

const PASSPHRASE = 'a network'
const digest = new Uint8Array(32).fill(7)

test('the signature is over these bytes, of this account, on this network, and the transaction can never be valid', async () => {
  const pair = Keypair.random()
  const address = pair.publicKey()
  let asked = ''
  const signer = {
    address,
    sign: async (xdr: string) => {
      asked = xdr
      const transaction = TransactionBuilder.fromXdr(xdr, PASSPHRASE)
      transaction.sign(pair)
      return transaction.toXdr()
    },
  }
  const signature = await signDigest(signer, PASSPHRASE, digest)
  expect(signature).toMatch(/^[0-9a-f]{128}$/)
  expect(TransactionBuilder.fromXdr(asked, PASSPHRASE)).toMatchObject({ sequence: '0', source: address })
  expect(isDigestSigned(address, PASSPHRASE, digest, signature)).toBe(true)
  expect(isDigestSigned(address, PASSPHRASE, new Uint8Array(32).fill(8), signature)).toBe(false)
  expect(isDigestSigned(address, 'another', digest, signature)).toBe(false)
  expect(isDigestSigned(Keypair.random().publicKey(), PASSPHRASE, digest, signature)).toBe(false)
  expect(isDigestSigned(address, PASSPHRASE, digest, '00')).toBe(false)
  expect(isDigestSigned('C…', PASSPHRASE, digest, signature)).toBe(false)
})

test('a wallet that signs something else is refused', async () => {
  const other = Keypair.random()
  const signer = {
    address: Keypair.random().publicKey(),
    sign: async (xdr: string) => {
      const transaction = TransactionBuilder.fromXdr(xdr, PASSPHRASE)
      transaction.sign(other)
      return transaction.toXdr()
    },
  }
  await expect(signDigest(signer, PASSPHRASE, digest)).rejects.toThrow('did not sign')
})
