/** Freighter, by its own API package; loaded only when someone connects. */
import type * as Freighter from '@stellar/freighter-api'
import { type Wallet, WalletError } from './wallet.ts'

type FreighterError = { code?: number; message?: string }

/** The code that Freighter gives when the person said no. */
const DECLINED = -4

const api = (): Promise<typeof Freighter> => import('@stellar/freighter-api')

const failure = (error: FreighterError, otherwise: 'no_access' | 'wallet_failed'): WalletError =>
  new WalletError(
    error.code === DECLINED || /declin|reject|denied/i.test(error.message ?? '') ? 'rejected' : otherwise,
    error,
  )

/** Whether the extension answers at all; every other call of its API would wait forever without one. */
export async function freighterPresent(): Promise<boolean> {
  const answer = await (await api()).isConnected()
  return answer.isConnected && !answer.error
}

/** Connects; `quietly` only where access was granted before, so that a reload opens no window. */
export async function connectFreighter(quietly = false): Promise<Wallet | null> {
  const freighter = await api()
  if (!(await freighterPresent())) {
    if (quietly) return null
    throw new WalletError('no_wallet')
  }
  if (quietly && !(await freighter.isAllowed()).isAllowed) return null
  const access = quietly ? await freighter.getAddress() : await freighter.requestAccess()
  if (access.error || !access.address) {
    if (quietly) return null
    throw failure(access.error ?? {}, 'no_access')
  }
  return wallet(freighter, access.address)
}

function wallet(freighter: typeof Freighter, address: string): Wallet {
  return {
    kind: 'freighter',
    name: 'Freighter',
    address,
    async networkPassphrase() {
      const network = await freighter.getNetwork()
      if (network.error) throw failure(network.error, 'wallet_failed')
      return network.networkPassphrase
    },
    async signTransaction(xdr, networkPassphrase) {
      const signed = await freighter.signTransaction(xdr, { networkPassphrase, address })
      if (signed.error) throw failure(signed.error, 'wallet_failed')
      if (!signed.signedTxXdr) throw new WalletError('wallet_failed')
      return signed.signedTxXdr
    },
  }
}
