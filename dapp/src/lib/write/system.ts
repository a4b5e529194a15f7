/** The sdk's view of this deployment, and the connected wallet as its signer; loaded on demand, for it brings the Stellar SDK along. */
import type { Signer } from '@stellartrain/contracts-client'
import { createClient, type StellarTrain } from '@stellartrain/sdk/client'
import { config } from '../site/config.ts'
import { sign, wallet } from '../wallet/session.ts'
import { WalletError } from '../wallet/wallet.ts'

let opened: StellarTrain | undefined

export function system(): StellarTrain {
  opened ??= createClient(config())
  return opened
}

export function walletSigner(): Signer {
  const connected = wallet()
  if (!connected) throw new WalletError('no_wallet')
  return { address: connected.address, sign: (xdr) => sign(xdr) }
}
