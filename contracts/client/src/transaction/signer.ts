/** Who signs: a wallet behind a callback, or a key pair. A signer never sees anything but the transaction to sign. */
import { Keypair, TransactionBuilder } from '@stellar/stellar-sdk/base'

export type SignRequest = { networkPassphrase: string; address: string; signal?: AbortSignal | undefined }

export type Signer = {
  /** `G…`, the source of the transactions. */
  readonly address: string
  /** Takes and returns a base64 transaction envelope. Throws when the person declines. */
  sign(xdr: string, request: SignRequest): Promise<string>
}

export type SignerLike = Signer | Keypair | string

/** Makes a signer of a key pair or a secret (`S…`). */
export function keypairSigner(keyOrSecret: Keypair | string): Signer {
  const keypair = typeof keyOrSecret === 'string' ? Keypair.fromSecret(keyOrSecret) : keyOrSecret
  return {
    address: keypair.publicKey(),
    async sign(xdr, { networkPassphrase }) {
      const transaction = TransactionBuilder.fromXdr(xdr, networkPassphrase)
      transaction.sign(keypair)
      return transaction.toXdr()
    },
  }
}

export function asSigner(signer: SignerLike): Signer {
  return typeof signer === 'string' || signer instanceof Keypair ? keypairSigner(signer) : signer
}
