/** An account that a browser keeps: what opens it, what does not, and what is read of a file that anybody may have written. */
import { Keypair } from '@stellar/stellar-sdk/base'
import { expect, it } from 'vitest'
import { memoryStorage } from '../../site/memory-storage.ts'
import { isAccount, seedOf } from './keys.ts'
import { dropVault, keepVault, keptVault } from './store.ts'
import { readVault, seal, unseal } from './vault.ts'

const keypair = Keypair.random()
const account = { address: keypair.publicKey(), secret: keypair.secret() }
const password = 'correct horse é'
const quick = { password, iterations: 60_000 }
const flipped = (text: string) => (text.startsWith('A') ? `B${text.slice(1)}` : `A${text.slice(1)}`)

it('is opened by its password, also where it is typed in another form of Unicode, and by no other', async () => {
  const vault = await seal(account, quick)
  expect(JSON.stringify(vault)).not.toContain(account.secret)
  expect(vault.lock).toMatchObject({ by: 'password', iterations: 60_000 })
  expect(await unseal(vault, { password: password.normalize('NFD') })).toBe(account.secret)
  await expect(unseal(vault, { password: `${password} ` })).rejects.toMatchObject({ code: 'wrong_password' })
  await expect(unseal(vault, { prf: new Uint8Array(32) })).rejects.toMatchObject({ code: 'wrong_password' })
  await expect(seal(account, { password: 'short' })).rejects.toMatchObject({ code: 'weak_password' })
})

it('is opened by what a passkey gives', async () => {
  const prf = crypto.getRandomValues(new Uint8Array(32))
  const vault = await seal(account, { prf, credential: 'Y3JlZA==', salt: 'c2FsdA==' })
  expect(await unseal(vault, { prf })).toBe(account.secret)
  await expect(unseal(vault, { prf: new Uint8Array(32) })).rejects.toMatchObject({ code: 'wrong_password' })
})

it('each sealing has its own salt and nonce, and nothing in a file can be changed unnoticed', async () => {
  const [one, two] = [await seal(account, quick), await seal(account, quick)]
  expect(one.iv).not.toBe(two.iv)
  expect(one.lock.salt).not.toBe(two.lock.salt)
  const other = Keypair.random().publicKey()
  for (const changed of [
    { ...one, address: other },
    { ...one, sealed: flipped(one.sealed) },
    { ...one, iv: flipped(one.iv) },
    { ...one, lock: { ...one.lock, iterations: 60_001 } as typeof one.lock },
    { ...one, lock: two.lock },
  ])
    await expect(unseal(changed, { password })).rejects.toMatchObject({ code: 'wrong_password' })
})

it('a file of somebody else’s making is refused before anything is computed', async () => {
  const vault = await seal(account, quick)
  expect(readVault(JSON.stringify(vault))).toEqual(vault)
  for (const bad of [
    'no json',
    'null',
    '[]',
    JSON.stringify({ ...vault, version: 2 }),
    JSON.stringify({ ...vault, address: flipped(vault.address) }),
    JSON.stringify({ ...vault, sealed: 'x'.repeat(501) }),
    JSON.stringify({ ...vault, lock: { ...vault.lock, iterations: 1 } }),
    JSON.stringify({ ...vault, lock: { ...vault.lock, iterations: 1e9 } }),
    JSON.stringify({ ...vault, lock: { by: 'magic', salt: '' } }),
    JSON.stringify({ ...vault, lock: null }),
  ])
    expect(() => readVault(bad), bad.slice(0, 40)).toThrow('not a file of an account')
})

it('is kept by the browser until it is removed; what cannot be read is none', async () => {
  const storage = memoryStorage()
  const vault = await seal(account, quick)
  expect(keptVault(storage)).toBeUndefined()
  keepVault(vault, storage)
  expect(keptVault(storage)).toEqual(vault)
  const other = Keypair.random()
  const another = await seal({ address: other.publicKey(), secret: other.secret() }, quick)
  expect(() => keepVault(another, storage), 'its key is nowhere else').toThrow('keeps the account')
  expect(keptVault(storage)).toEqual(vault)
  const again = await seal(account, quick)
  keepVault(again, storage)
  expect(keptVault(storage)).toEqual(again)
  dropVault(storage)
  expect(keptVault(storage)).toBeUndefined()
  storage.setItem('stellartrain.account', '{}')
  expect(keptVault(storage)).toBeUndefined()
})

it('keys are read by their checksums, as the Stellar SDK does', () => {
  expect(seedOf(account.secret)).toEqual(Uint8Array.from(keypair.rawSecretKey()))
  expect(isAccount(account.address)).toBe(true)
  for (const bad of [flipped(account.secret), account.address, '', 'S', `${account.secret}A`])
    expect(seedOf(bad)).toBeUndefined()
  for (const bad of [account.secret, `G${'A'.repeat(55)}`]) expect(isAccount(bad)).toBe(false)
})
