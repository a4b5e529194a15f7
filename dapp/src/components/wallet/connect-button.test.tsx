/** Who is connected, as the head of every page shows it: connected here, in another tab, and after a reload. */
import { MemoryRouter, Route } from '@solidjs/router'
import { Keypair } from '@stellar/stellar-sdk/base'
import { beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import {
  connect,
  dialogOpen,
  disconnect,
  followOtherTabs,
  restore,
  setDialogOpen,
  wallet,
} from '../../lib/wallet/session.ts'
import { shorten } from '../../lib/words/format.ts'
import { button, hasButton } from '../../testing/page.ts'
import { show } from '../../testing/show.ts'
import { loadSite } from '../../testing/site.ts'
import { ConnectButton } from './connect-button.tsx'

const ADA = { name: 'Ada', secret: Keypair.random().secret() }
const KEY = 'stellartrain.wallet'

beforeAll(() => loadSite({ demoAccounts: [ADA] }))
beforeEach(() => {
  disconnect()
  setDialogOpen(false)
})

const head = () =>
  show(() => (
    <MemoryRouter>
      <Route path="*" component={ConnectButton} />
    </MemoryRouter>
  ))

/** What a browser tells this tab when another one of the site has written. */
const otherTab = (value: string | null) => {
  if (value === null) localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, value)
  dispatchEvent(new StorageEvent('storage', { key: KEY, newValue: value }))
}

it('opens the dialog, and then shows and links the connected account', async () => {
  const place = head()
  button(place, 'Connect').click()
  expect(dialogOpen()).toBe(true)
  const { address } = await connect('demo', 'Ada')
  expect(hasButton(place, 'Connect')).toBe(false)
  expect(place.textContent).toContain(shorten(address))
  expect(place.querySelector('a')?.getAttribute('href')).toBe(`/accounts/${address}`)
  disconnect()
  expect(hasButton(place, 'Connect')).toBe(true)
  expect(localStorage.getItem(KEY)).toBeNull()
})

it('follows another tab that connects and disconnects', async () => {
  onTestFinished(followOtherTabs())
  const place = head()
  otherTab(JSON.stringify({ kind: 'demo', name: 'Ada' }))
  await expect.poll(() => hasButton(place, 'Connect')).toBe(false)
  expect(place.textContent).toContain('Your account, Ada')
  otherTab(null)
  expect(hasButton(place, 'Connect')).toBe(true)
})

it.each(['not json', JSON.stringify({ kind: 'demo', name: 'Nobody' })])(
  '%s of an earlier visit connects no one',
  async (kept) => {
    localStorage.setItem(KEY, kept)
    await restore()
    expect(wallet()).toBeNull()
  },
)
