/**
 * A signature over 32 bytes by an account whose wallet signs nothing but transactions: of one that can never be valid, for its sequence
 * number is 0, as SEP-10 does it. It has one operation, which holds the bytes; whoever knows them makes the same transaction and checks.
 */
import { Account, Keypair, Operation, TransactionBuilder } from '@stellar/stellar-sdk/base'
import { fromHex, toHex } from '../encoding/hex.ts'
import { asSigner, type SignerLike } from './signer.ts'

const NAME = 'stellartrain work'
const FEE = '100'

const statement = (address: string, networkPassphrase: string, digest: Uint8Array) =>
  new TransactionBuilder(new Account(address, '-1'), {
    fee: FEE,
    networkPassphrase,
    timebounds: { minTime: 0, maxTime: 0 },
  })
    .addOperation(Operation.manageData({ name: NAME, value: new Uint8Array(digest) }))
    .build()

/** 64 bytes in hex. What the wallet returns is checked. @throws what the wallet throws, RangeError where it signed something else */
export async function signDigest(
  signerLike: SignerLike,
  networkPassphrase: string,
  digest: Uint8Array,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<string> {
  const signer = asSigner(signerLike)
  const { address } = signer
  const xdr = statement(address, networkPassphrase, digest).toXdr()
  const signed = TransactionBuilder.fromXdr(
    await signer.sign(xdr, { networkPassphrase, address, signal }),
    networkPassphrase,
  )
  for (const { signature } of signed.signatures) {
    const hex = toHex(signature.value)
    if (isDigestSigned(address, networkPassphrase, digest, hex)) return hex
  }
  throw new RangeError('The wallet did not sign what it was given.')
}

export function isDigestSigned(
  address: string,
  networkPassphrase: string,
  digest: Uint8Array,
  signature: string,
): boolean {
  try {
    const hash = statement(address, networkPassphrase, digest).hash()
    return Keypair.fromPublicKey(address).verify(hash, fromHex(signature, 64))
  } catch {
    return false
  }
}
