/** An account of this browser: made under a password, opened before it signs, and asked for again where it is locked. */

import { MemoryRouter, Route } from '@solidjs/router'
import { Account, Asset, Keypair, Networks, Operation, TransactionBuilder } from '@stellar/stellar-sdk/base'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { config } from '../../lib/site/config.ts'
import { forgetAccount, isOpen, makeAccount } from '../../lib/wallet/browser-account/account.ts'
import { keptVault } from '../../lib/wallet/browser-account/store.ts'
import { connect, disconnect, restore, setDialogOpen, sign, wallet } from '../../lib/wallet/session.ts'
import { button, field, fill, hasButton } from '../../testing/page.ts'
import { show } from '../../testing/show.ts'
import { loadSite } from '../../testing/site.ts'
import ConnectDialog from './connect-dialog.tsx'

const PASSWORD = 'a long password'

beforeAll(() => loadSite())
beforeEach(() => {
  localStorage.clear()
  disconnect()
  forgetAccount()
  setDialogOpen(false)
})

const envelope = (address: string) => {
  const payment = Operation.payment({ destination: address, asset: Asset.native(), amount: '1' })
  const built = new TransactionBuilder(new Account(address, '1'), {
    fee: '100',
    networkPassphrase: config().passphrase,
  })
  return built.addOperation(payment).setTimeout(60).build().toXdr()
}
const page = () =>
  show(() => (
    <MemoryRouter>
      <Route path="*" component={() => <ConnectDialog />} />
    </MemoryRouter>
  ))

it('is made, signs, is locked after a reload, and signs again with its password alone', async () => {
  expect(config().passphrase).toBe(Networks.STANDALONE)
  page()
  setDialogOpen(true)
  await expect.poll(() => document.body.textContent).toContain('Keep an account in this browser')
  button(document, 'Keep an account in this browser').click()
  await expect.poll(() => document.body.textContent).toContain('the money is gone')
  button(document, 'Make a new account').click()
  fill(field(document, 'Password'), 'short')
  fill(field(document, 'The password again'), 'short')
  expect(button(document, 'Keep it under this password').disabled).toBe(true)
  fill(field(document, 'Password'), PASSWORD)
  fill(field(document, 'The password again'), 'something else')
  expect(document.body.textContent).toContain('The two are not equal.')
  fill(field(document, 'The password again'), PASSWORD)
  button(document, 'Keep it under this password').click()
  await expect.poll(() => wallet()?.kind).toBe('browser')
  const { address } = wallet()!
  const signed = TransactionBuilder.fromXdr(await sign(envelope(address)), config().passphrase)
  expect(Keypair.fromPublicKey(address).verify(signed.hash(), signed.signatures[0]!.signature)).toBe(true)

  forgetAccount()
  setDialogOpen(false)
  await restore()
  expect(wallet()?.address).toBe(address)
  const waiting = sign(envelope(address))
  await expect.poll(() => hasButton(document, 'Open and sign')).toBe(true)
  fill(field(document, 'Password'), 'not the password')
  button(document, 'Open and sign').click()
  await expect.poll(() => document.body.textContent).toContain('not the password of the account')
  fill(field(document, 'Password'), PASSWORD)
  button(document, 'Open and sign').click()
  expect(TransactionBuilder.fromXdr(await waiting, config().passphrase).signatures).toHaveLength(1)

  forgetAccount()
  const declined = sign(envelope(address))
  await expect.poll(() => hasButton(document, 'Open and sign')).toBe(true)
  button(document, 'Decline').click()
  await expect(declined).rejects.toMatchObject({ code: 'rejected' })
})

it('an account that another tab kept meanwhile is never replaced, and is offered to be opened', async () => {
  page()
  setDialogOpen(true)
  await expect.poll(() => document.body.textContent).toContain('Keep an account in this browser')
  button(document, 'Keep an account in this browser').click()
  await expect.poll(() => document.body.textContent).toContain('the money is gone')
  button(document, 'Make a new account').click()
  const elsewhere = await makeAccount({ password: PASSWORD })
  fill(field(document, 'Password'), 'another password')
  fill(field(document, 'The password again'), 'another password')
  button(document, 'Keep it under this password').click()
  await expect.poll(() => document.body.textContent).toContain('already')
  expect(keptVault()).toEqual(elsewhere)
  await expect.poll(() => hasButton(document, 'Open the account')).toBe(true)
  expect(document.body.textContent).toContain(elsewhere.address)
})

it('its key is forgotten by whoever disconnects', async () => {
  const { address } = await makeAccount({ password: PASSWORD })
  await connect('browser')
  expect(isOpen(address)).toBe(true)
  disconnect()
  expect(isOpen(address)).toBe(false)
})
