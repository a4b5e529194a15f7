/** The one account that this browser keeps, encrypted, in its local storage. */
import { readVault, type Vault } from './vault.ts'

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

/** @throws DOMException where the browser keeps nothing */
export const keepVault = (vault: Vault, storage: Storage = localStorage): void =>
  storage.setItem(NAME, JSON.stringify(vault))

export const dropVault = (storage: Storage = localStorage): void => storage.removeItem(NAME)
