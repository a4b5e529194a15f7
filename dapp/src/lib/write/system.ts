/** The sdk's view of this deployment, and the connected wallet as its signer; loaded on demand, for it brings the Stellar SDK along. */
import type { Signer } from '@stellartrain/contracts-client'
import { openSystem, type System } from '@stellartrain/sdk/system'
import { config } from '../config.ts'
import { sign, wallet } from '../wallet/session.ts'
import { WalletError } from '../wallet/wallet.ts'

let opened: System | undefined

export function system(): System {
  opened ??= openSystem(config())
  return opened
}

export function walletSigner(): Signer {
  const connected = wallet()
  if (!connected) throw new WalletError('no_wallet')
  return { address: connected.address, sign: (xdr) => sign(xdr) }
}
