/** A demo account of the local network: its key is public and signs at once, without a window. */
import { config, type DemoAccount } from '../site/config.ts'
import type { Wallet } from './wallet.ts'

export async function connectDemo(account: DemoAccount): Promise<Wallet> {
  const { Keypair, TransactionBuilder } = await import('@stellar/stellar-sdk/base')
  const keypair = Keypair.fromSecret(account.secret)
  return {
    kind: 'demo',
    name: account.name,
    address: keypair.publicKey(),
    networkPassphrase: () => Promise.resolve(config().passphrase),
    async signTransaction(xdr, networkPassphrase) {
      const transaction = TransactionBuilder.fromXdr(xdr, networkPassphrase)
      transaction.sign(keypair)
      return transaction.toXdr()
    },
  }
}
