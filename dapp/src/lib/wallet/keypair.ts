/** A demo account of the local network: its key is public and signs at once, without a window. */
import { config, type DemoAccount } from '../config.ts'
import type { Wallet } from './wallet.ts'

export async function connectDemo(account: DemoAccount): Promise<Wallet> {
  const { Keypair } = await import('@stellar/stellar-sdk/base')
  const keypair = Keypair.fromSecret(account.secret)
  const address = keypair.publicKey()
  return {
    kind: 'demo',
    name: account.name,
    address,
    networkPassphrase: () => Promise.resolve(config().passphrase),
    async signTransaction(xdr, networkPassphrase) {
      const { TransactionBuilder } = await import('@stellar/stellar-sdk/base')
      const transaction = TransactionBuilder.fromXDR(xdr, networkPassphrase)
      transaction.sign(keypair)
      return transaction.toXDR()
    },
  }
}
