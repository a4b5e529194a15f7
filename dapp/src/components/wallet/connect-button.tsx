/** Connect, or who is connected. */
import { A } from '@solidjs/router'
import type { JSX } from 'solid-js'
import { setDialogOpen, wallet } from '../../lib/wallet/session.ts'
import { shorten } from '../../lib/words/format.ts'
import { Button } from '../ui/button.tsx'
import { Given } from '../ui/given.tsx'
import { Icon } from '../ui/icon.tsx'

export function ConnectButton(): JSX.Element {
  return (
    <Given
      when={wallet()}
      fallback={
        <Button icon="wallet" onClick={() => setDialogOpen(true)}>
          Connect
        </Button>
      }
    >
      {(connected) => (
        <span class="inline-flex items-center rounded-md ring-1 ring-inset ring-line-strong">
          <A
            href={`/accounts/${connected().address}`}
            class="tap inline-flex items-center gap-2 pl-3 pr-2 text-sm font-600 text-ink no-underline focusable rounded-l-md"
          >
            <Icon name="wallet" />
            <span class="sr-only">Your account, {connected().name}</span>
            <span class="num">{shorten(connected().address)}</span>
          </A>
          <button
            type="button"
            class="tap min-w-9 grid place-items-center bg-transparent text-ink-3 hover:text-ink border-l border-line rounded-r-md focusable"
            aria-label="Wallet details"
            onClick={() => setDialogOpen(true)}
          >
            <Icon name="chevron" />
          </button>
        </span>
      )}
    </Given>
  )
}
