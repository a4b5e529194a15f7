/**
 * A double of the Freighter EXTENSION for browser tests: it answers the real message protocol of the unmodified
 * `@stellar/freighter-api` from a page script, and signs in Node with a key pair. The pages cannot tell.
 */
import { Keypair, TransactionBuilder } from '@stellar/stellar-sdk/base'
import type { BrowserContext } from 'playwright-core'

export type FreighterDouble = {
  readonly address: string
  /** How many transactions it was asked to sign, and did sign. */
  readonly asked: number
  readonly signed: number
  /** The next signatures are declined, as a person would. */
  reject(on: boolean): void
  /** The network that the wallet is set to. */
  setNetwork(network: { name: string; passphrase: string }): void
  /** Whether access was granted before; if not, connecting asks and this double says yes, unless it rejects. */
  setAllowed(on: boolean): void
}

type Options = { secret: string; network: { name: string; passphrase: string }; rpcUrl?: string; allowed?: boolean }
type Request = { type: string; messageId: number; transactionXdr?: string; networkPassphrase?: string }

const DECLINED = { code: -4, message: 'The user rejected this request.' }

/** Installs the double in every page of a context; without it the extension is absent. */
export async function installFreighter(context: BrowserContext, options: Options): Promise<FreighterDouble> {
  const keypair = Keypair.fromSecret(options.secret)
  const address = keypair.publicKey()
  let { network, allowed = false } = options
  let rejecting = false
  let asked = 0
  let signed = 0

  const answer = (request: Request): Record<string, unknown> => {
    const identity = { publicKey: allowed ? address : '' }
    switch (request.type) {
      case 'REQUEST_CONNECTION_STATUS':
        return { isConnected: true }
      case 'REQUEST_ALLOWED_STATUS':
        return { isAllowed: allowed }
      case 'SET_ALLOWED_STATUS':
        allowed = !rejecting
        return { isAllowed: allowed }
      case 'REQUEST_ACCESS':
        if (rejecting) return { publicKey: '', apiError: DECLINED }
        allowed = true
        return { publicKey: address }
      case 'REQUEST_PUBLIC_KEY':
        return identity
      case 'REQUEST_NETWORK_DETAILS':
        return {
          networkDetails: {
            network: network.name.toUpperCase(),
            networkName: network.name,
            networkUrl: options.rpcUrl ?? '',
            networkPassphrase: network.passphrase,
            sorobanRpcUrl: options.rpcUrl ?? '',
          },
        }
      case 'SUBMIT_TRANSACTION':
        return sign(request)
      default:
        return { apiError: { code: -1, message: `The double does not know ${request.type}.` } }
    }
  }
  const sign = ({ transactionXdr, networkPassphrase }: Request): Record<string, unknown> => {
    asked += 1
    if (rejecting || !transactionXdr) return { signedTransaction: '', signerAddress: '', apiError: DECLINED }
    const transaction = TransactionBuilder.fromXdr(transactionXdr, networkPassphrase ?? network.passphrase)
    transaction.sign(keypair)
    signed += 1
    return { signedTransaction: transaction.toXdr(), signerAddress: address }
  }

  await context.exposeBinding('__freighterDouble', (_source, request: Request) => answer(request))
  await context.addInitScript(pageScript)
  return {
    address,
    get asked() {
      return asked
    },
    get signed() {
      return signed
    },
    reject: (on) => {
      rejecting = on
    },
    setNetwork: (next) => {
      network = next
    },
    setAllowed: (on) => {
      allowed = on
    },
  }
}

/** Runs in the page before its own scripts: what an extension's content script does. */
function pageScript(): void {
  const host = globalThis as unknown as {
    addEventListener(
      type: 'message',
      listener: (event: { source: unknown; data: Request & { source?: string } }) => void,
    ): void
    postMessage(message: unknown, origin: string): void
    location: { origin: string }
    __freighterDouble(request: Request): Promise<Record<string, unknown>>
  }
  host.addEventListener('message', (event) => {
    if (event.source !== globalThis || event.data?.source !== 'FREIGHTER_EXTERNAL_MSG_REQUEST') return
    void host.__freighterDouble(event.data).then((fields) => {
      // The misspelt key is the real protocol's.
      host.postMessage(
        { source: 'FREIGHTER_EXTERNAL_MSG_RESPONSE', messagedId: event.data.messageId, ...fields },
        host.location.origin,
      )
    })
  })
}
