/**
 * The account of this browser as a wallet: its key is opened when something is signed, is kept in this tab's memory for a while, and
 * leaves it never. Loaded when somebody chooses it.
 */
import { config } from '../../site/config.ts'
import { type Wallet, WalletError } from '../wallet.ts'
import { setAsking } from './asking.ts'
import { checkRoom, keepVault, keptVault } from './store.ts'
import { type Opener, seal, unseal, type Vault } from './vault.ts'

/** After so long without a signature the key is forgotten. */
const OPEN_MS = 15 * 60_000

type Open = { secret: string; until: number }
let opened: (Open & { address: string }) | undefined

/** @param ask shows what asks: the dialog of the page */
export function browserAccount(vault: Vault, ask: () => void): Wallet {
  return {
    kind: 'browser',
    name: 'This browser',
    address: vault.address,
    networkPassphrase: () => Promise.resolve(config().passphrase),
    forget: forgetAccount,
    async signTransaction(xdr, networkPassphrase) {
      const secret = await secretOf(vault, ask)
      const { Keypair, TransactionBuilder } = await import('@stellar/stellar-sdk/base')
      const transaction = TransactionBuilder.fromXdr(xdr, networkPassphrase)
      transaction.sign(Keypair.fromSecret(secret))
      return transaction.toXdr()
    },
  }
}

/** A new account, kept here. @throws VaultError; WalletError */
export async function makeAccount(lock: { password: string } | 'passkey', secret?: string): Promise<Vault> {
  const { Keypair } = await import('@stellar/stellar-sdk/base')
  const keypair = secret === undefined ? Keypair.random() : Keypair.fromSecret(secret)
  const account = { address: keypair.publicKey(), secret: keypair.secret() }
  // Before a passkey is made for nothing.
  checkRoom(account.address)
  const by = lock === 'passkey' ? await (await import('./passkey.ts')).makePasskey(account.address) : lock
  const vault = await seal(account, by)
  keepVault(vault)
  remember(vault, account.secret)
  return vault
}

/** Opens the account and remembers it for a while. @throws VaultError `wrong_password`; WalletError */
export async function openAccount(vault: Vault, password?: string): Promise<string> {
  const { lock } = vault
  const by: Opener =
    lock.by === 'passkey'
      ? { prf: await (await import('./passkey.ts')).usePasskey(lock) }
      : { password: password ?? '' }
  const secret = await unseal(vault, by)
  remember(vault, secret)
  return secret
}

export const forgetAccount = (): void => {
  opened = undefined
}

export const isOpen = (address: string): boolean => opened?.address === address && opened.until > Date.now()

function remember({ address }: Vault, secret: string): void {
  opened = { address, secret, until: Date.now() + OPEN_MS }
}

async function secretOf(vault: Vault, ask: () => void): Promise<string> {
  if (opened && isOpen(vault.address)) {
    opened.until = Date.now() + OPEN_MS
    return opened.secret
  }
  forgetAccount()
  return new Promise((answer, reject) => {
    setAsking({
      vault,
      answer(secret) {
        setAsking()
        answer(secret)
      },
      decline() {
        setAsking()
        reject(new WalletError('rejected'))
      },
    })
    ask()
  })
}

/** Without opening it: what is kept here, as after a reload. */
export function keptAccount(ask: () => void): Wallet | null {
  const vault = keptVault()
  return vault ? browserAccount(vault, ask) : null
}
