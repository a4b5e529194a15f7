/** The one account that this browser keeps, encrypted, in its local storage. */
import { readVault, type Vault, VaultError } from './vault.ts'

const NAME = 'stellartrain.account'

/** Undefined where there is none, or where it cannot be read. */
export function keptVault(storage: Storage = localStorage): Vault | undefined {
  const text = storage.getItem(NAME)
  if (text === null) return undefined
  try {
    return readVault(text)
  } catch {
    return undefined
  }
}

/**
 * Another tab may have kept an account since this page was drawn, and its key is nowhere else.
 * @throws VaultError `other_account` where another one is kept here
 */
export function checkRoom(address: string, storage: Storage = localStorage): void {
  const kept = keptVault(storage)
  if (kept !== undefined && kept.address !== address)
    throw new VaultError(
      'other_account',
      `This browser keeps the account ${kept.address.slice(0, 4)}…${kept.address.slice(-4)} already. Open it, save it as a file, and remove it before another one is kept here.`,
    )
}

/** @throws VaultError `other_account`; DOMException where the browser keeps nothing */
export function keepVault(vault: Vault, storage: Storage = localStorage): void {
  checkRoom(vault.address, storage)
  storage.setItem(NAME, JSON.stringify(vault))
}

export const dropVault = (storage: Storage = localStorage): void => storage.removeItem(NAME)
