/** What the pages ask of a wallet: an address, the network it is on, and a signature when something is written. */

export type WalletKind = 'freighter' | 'browser' | 'demo'

export type Wallet = {
  kind: WalletKind
  name: string
  address: string
  /** The passphrase of the network that the wallet is set to now. */
  networkPassphrase(): Promise<string>
  /** Signs a transaction envelope (base64 XDR) and returns the signed one. Throws `WalletError`. */
  signTransaction(xdr: string, networkPassphrase: string): Promise<string>
  /** Whoever disconnects leaves nothing open in this tab's memory. */
  forget?(): void
}

export type WalletErrorCode = 'no_wallet' | 'wrong_network' | 'rejected' | 'no_access' | 'no_prf' | 'wallet_failed'

const sentences: Record<WalletErrorCode, string> = {
  no_wallet: 'No wallet answers in this browser. Install Freighter, or reload the page if you just did.',
  wrong_network: 'The wallet is on another network than this site. Switch it in the wallet and try again.',
  rejected: 'You declined in the wallet. You can try again at any time.',
  no_access:
    'The wallet did not share an address with this site. Connecting shows your public address only; nothing can be spent with it.',
  no_prf: 'This passkey cannot encrypt: its device or browser has no PRF. Use a password, which works everywhere.',
  wallet_failed: 'The wallet gave no usable answer. Unlock it and try again.',
}

export class WalletError extends Error {
  readonly code: WalletErrorCode
  readonly retryable = true
  constructor(code: WalletErrorCode, cause?: unknown) {
    super(sentences[code], cause === undefined ? undefined : { cause })
    this.name = 'WalletError'
    this.code = code
  }
}
