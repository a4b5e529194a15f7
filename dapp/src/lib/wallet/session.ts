/** Who is connected, in all tabs of this site: restored quietly after a reload, never asked for to read. */
import { createSignal } from 'solid-js'
import { config } from '../site/config.ts'
import { type Wallet, WalletError, type WalletKind } from './wallet.ts'

const KEY = 'stellartrain.wallet'
const [wallet, setWallet] = createSignal<Wallet | null>(null)
const [dialogOpen, setDialogOpen] = createSignal(false)

/** Counts what this tab changed about the account, so that whatever shows its funds looks again. */
const [accountVersion, setAccountVersion] = createSignal(0)
export const accountChanged = (): void => void setAccountVersion((count) => count + 1)

let given = 0
/** How many signatures the wallet has given to this page. */
export const signatures = (): number => given
export { accountVersion, dialogOpen, setDialogOpen, wallet }

const remember = (kind: WalletKind, name: string) => localStorage.setItem(KEY, JSON.stringify({ kind, name }))

/** @param demoName of a demo account */
export async function connect(kind: WalletKind, demoName?: string): Promise<Wallet> {
  const connected = await open(kind, demoName, false)
  if (!connected) throw new WalletError('no_wallet')
  remember(connected.kind, connected.name)
  setWallet(connected)
  return connected
}

export function disconnect(): void {
  localStorage.removeItem(KEY)
  leave()
}

function leave(): void {
  wallet()?.forget?.()
  setWallet(null)
}

/** Another tab connected or disconnected: this one follows. @returns its end */
export function followOtherTabs(): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key !== KEY && event.key !== null) return
    if (event.newValue) void restore()
    else leave()
  }
  addEventListener('storage', onStorage)
  return () => removeEventListener('storage', onStorage)
}

/** After a reload: the same wallet again, if it still lets us see its address without asking. */
export async function restore(): Promise<void> {
  try {
    const saved = JSON.parse(localStorage.getItem(KEY) ?? 'null') as { kind: WalletKind; name: string } | null
    if (saved) setWallet(await open(saved.kind, saved.name, true))
  } catch {
    localStorage.removeItem(KEY)
  }
}

async function open(kind: WalletKind, demoName: string | undefined, quietly: boolean): Promise<Wallet | null> {
  if (kind === 'freighter') return (await import('./freighter.ts')).connectFreighter(quietly)
  if (kind === 'browser') return (await import('./browser-account/account.ts')).keptAccount(() => setDialogOpen(true))
  const account = config().demoAccounts.find((candidate) => candidate.name === demoName)
  return account ? (await import('./keypair.ts')).connectDemo(account) : null
}

/** Signs on this site's network, after a look whether the wallet is on it: a signature for another network helps nobody. */
export async function sign(xdr: string): Promise<string> {
  const current = wallet()
  if (!current) throw new WalletError('no_wallet')
  const { passphrase } = config()
  if ((await current.networkPassphrase()) !== passphrase) throw new WalletError('wrong_network')
  const signed = await current.signTransaction(xdr, passphrase)
  given += 1
  return signed
}
