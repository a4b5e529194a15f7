/**
 * An account's secret key, encrypted: by a password (PBKDF2 with SHA-256) or by what a passkey gives (its PRF, HKDF), with AES-256-GCM.
 * The format is also that of the file that is exported. No storage and no page.
 */
import { isAccount, seedOf } from './keys.ts'

export type Vault = {
  format: 'stellartrain/account'
  version: 1
  address: string
  lock: PasswordLock | PasskeyLock
  iv: string
  sealed: string
}
type PasswordLock = { by: 'password'; iterations: number; salt: string }
type PasskeyLock = { by: 'passkey'; credential: string; salt: string }

export type Opener = { password: string } | { prf: Uint8Array<ArrayBuffer> }

export class VaultError extends Error {
  readonly code: 'wrong_password' | 'bad_vault' | 'weak_password' | 'other_account'
  readonly retryable = true
  constructor(code: VaultError['code'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'VaultError'
    this.code = code
  }
}

/** OWASP's figure for PBKDF2-HMAC-SHA256 (2023). A file of others may say more, never less than a tenth. */
export const ITERATIONS = 600_000
const LEAST_ITERATIONS = 60_000
const MOST_ITERATIONS = 10_000_000
export const PASSWORD_LEAST = 10

const encode = (text: string) => new TextEncoder().encode(text)
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))
const unbase64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))

/** @throws VaultError `weak_password` */
export async function seal(
  account: { address: string; secret: string },
  by: { password: string; iterations?: number } | { prf: Uint8Array<ArrayBuffer>; credential: string; salt: string },
): Promise<Vault> {
  const { address, secret } = account
  if ('password' in by && by.password.length < PASSWORD_LEAST)
    throw new VaultError(
      'weak_password',
      `Use at least ${PASSWORD_LEAST} characters: whoever has the file may guess for years.`,
    )
  const lock: Vault['lock'] =
    'password' in by
      ? { by: 'password', iterations: by.iterations ?? ITERATIONS, salt: base64(random(16)) }
      : { by: 'passkey', credential: by.credential, salt: by.salt }
  const iv = random(12)
  const key = await keyOf(lock, by)
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: bound(address, lock) },
    key,
    encode(secret),
  )
  return {
    ...{ format: 'stellartrain/account', version: 1, address, lock },
    ...{ iv: base64(iv), sealed: base64(new Uint8Array(sealed)) },
  }
}

/** The secret key, S…. @throws VaultError `wrong_password` */
export async function unseal(vault: Vault, by: Opener): Promise<string> {
  const { address, lock } = vault
  let secret: string
  try {
    const key = await keyOf(lock, by)
    const algorithm = { name: 'AES-GCM', iv: unbase64(vault.iv), additionalData: bound(address, lock) }
    secret = new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key, unbase64(vault.sealed)))
  } catch (cause) {
    const what =
      lock.by === 'password' ? 'This is not the password of the account.' : 'The passkey does not open the account.'
    throw new VaultError('wrong_password', what, cause)
  }
  if (seedOf(secret) === undefined) throw new VaultError('bad_vault', 'The file holds no secret key.')
  return secret
}

/** What is in a storage or a file may be anything. @throws VaultError `bad_vault` */
export function readVault(text: string): Vault {
  const refused = (cause?: unknown) =>
    new VaultError('bad_vault', 'This is not a file of an account of these pages.', cause)
  let vault: Partial<Vault> | null
  try {
    vault = JSON.parse(text) as Partial<Vault> | null
  } catch (cause) {
    throw refused(cause)
  }
  const texts = [vault?.address, vault?.iv, vault?.sealed, vault?.lock?.salt]
  const fits =
    vault?.format === 'stellartrain/account' &&
    vault.version === 1 &&
    texts.every((one) => typeof one === 'string' && one.length <= 500) &&
    isAccount(vault.address!) &&
    isLock(vault.lock!)
  if (!fits) throw refused()
  return vault as Vault
}

function isLock(lock: Vault['lock']): boolean {
  if (lock.by === 'passkey') return typeof lock.credential === 'string' && lock.credential.length <= 2_000
  const { by, iterations } = lock
  return (
    by === 'password' && Number.isInteger(iterations) && iterations >= LEAST_ITERATIONS && iterations <= MOST_ITERATIONS
  )
}

/** Nobody can give an account's key another address, or weaken its lock, unnoticed. */
const bound = (address: string, lock: Vault['lock']) =>
  encode(`stellartrain/account 1 ${address} ${lock.by} ${lock.by === 'password' ? lock.iterations : lock.credential}`)

async function keyOf(lock: Vault['lock'], by: Opener): ReturnType<typeof crypto.subtle.deriveKey> {
  const aes = { name: 'AES-GCM', length: 256 }
  if (lock.by === 'password' && 'password' in by) {
    const material = await crypto.subtle.importKey('raw', encode(by.password.normalize('NFC')), 'PBKDF2', false, [
      'deriveKey',
    ])
    const how = { name: 'PBKDF2', hash: 'SHA-256', salt: unbase64(lock.salt), iterations: lock.iterations }
    return crypto.subtle.deriveKey(how, material, aes, false, ['encrypt', 'decrypt'])
  }
  if (lock.by === 'passkey' && 'prf' in by) {
    const material = await crypto.subtle.importKey('raw', by.prf, 'HKDF', false, ['deriveKey'])
    const how = { name: 'HKDF', hash: 'SHA-256', salt: unbase64(lock.salt), info: encode('stellartrain/account') }
    return crypto.subtle.deriveKey(how, material, aes, false, ['encrypt', 'decrypt'])
  }
  throw new VaultError('bad_vault', 'The account is locked in another way.')
}
